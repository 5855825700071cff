"""The process that makes workers: it has loaded all that they need and forks them, in milliseconds.

It holds no store and runs no query. Orders come as lines over its control channel:

    spawn        with one end of a new channel: make a worker at it; answered {"spawned": PID}
    kill PID     end that worker
    yield PID    let all others go first from now on

and every worker that ended is told as {"ended": PID, "signal": NUMBER or null, "code": NUMBER or null}. When the
control channel closes, it kills all workers and ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Final

from .jail import confine
from .question import WorkLimits
from .worker import work

_LOWEST: Final = 19  # the niceness of a worker that has been at one question for long


def main(handle: int, limits: WorkLimits) -> None:
    """Serve orders on a socket that the parent handed over as a file number, until it closes."""
    confine(network=bool(limits.services))
    control = socket.socket(fileno=handle)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    os.set_blocking(reading, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    gc.freeze()  # what is here now is shared by all workers: the collector must not write to it
    _Nursery(control, reading, limits).run()


class _Nursery:
    def __init__(self, control: socket.socket, signals: int, limits: WorkLimits) -> None:
        self._control, self._signals, self._limits = control, signals, limits
        self._workers: set[int] = set()
        self._text = b""
        self._channels: list[int] = []

    def run(self) -> None:
        """Serve until the control channel closes."""
        while True:
            ready, _, _ = select.select([self._control.fileno(), self._signals], [], [])
            if self._signals in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._signals, 4096)
                self._bury()
            if self._control.fileno() in ready and not self._obey():
                for pid in self._workers:
                    os.kill(pid, signal.SIGKILL)
                return

    def _obey(self) -> bool:
        """Do what has come; return whether the other side is still there."""
        data, channels, _, _ = socket.recv_fds(self._control, 4096, 16)
        self._channels += channels
        if not data:
            return False
        *lines, self._text = (self._text + data).split(b"\n")
        for line in lines:
            order, _, number = line.decode().partition(" ")
            if order == "spawn":
                self._spawn(socket.socket(fileno=self._channels.pop(0)))
            elif int(number) in self._workers:
                if order == "kill":
                    os.kill(int(number), signal.SIGKILL)
                else:
                    os.setpriority(os.PRIO_PROCESS, int(number), _LOWEST)
        return True

    def _spawn(self, channel: socket.socket) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            self._control.close()
            try:
                work(channel, self._limits, parent)
            finally:
                os._exit(1)
        channel.close()
        self._workers.add(pid)
        self._tell({"spawned": pid})

    def _bury(self) -> None:
        """Tell of every worker that has ended."""
        while self._workers:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            self._workers.discard(pid)
            code = os.waitstatus_to_exitcode(status)
            self._tell(
                {"ended": pid, "signal": -code if code < 0 else None, "code": code if code >= 0 else None}
            )

    def _tell(self, content: dict[str, int | None]) -> None:
        with contextlib.suppress(OSError):  # the parent is gone: the next round sees it
            self._control.sendall(json.dumps(content).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), WorkLimits.from_data(json.loads(sys.argv[2])))
