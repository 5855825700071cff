"""The process that makes workers: it has loaded all that they need and forks them, in milliseconds.

It holds no store and runs no query. Orders come as lines over its control channel; each worker has a number that the
other side thought of:

    spawn N      with one end of a new channel: make worker N at it
    kill N       end it
    yield N      let all others go first from now on

News go back as lines of JSON, {"number": N, "what": W, …}, where W is

    spawned      it is there; with "pid"
    failed       it could not be made; with "signal": null
    ended        with "signal": NUMBER or null, "code": NUMBER or null

When the control channel closes, it kills all workers and ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
from typing import Final

from collegium.graph.collector import collect_seldom

from .jail import confine
from .question import WorkLimits
from .worker import work

_LOWEST: Final = 19  # the niceness of a worker that has been at one question for long


def main(handle: int, limits: WorkLimits) -> None:
    """Serve orders on a socket that the parent handed over as a file number, until it closes."""
    confine(network=bool(limits.services))
    control = socket.socket(fileno=handle)
    # Who stops a service stops all its processes; we and the workers end when the web process has finished.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    os.set_blocking(reading, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    collect_seldom()
    _Nursery(control, reading, limits).run()


class _Nursery:
    def __init__(self, control: socket.socket, signals: int, limits: WorkLimits) -> None:
        self._control, self._signals, self._limits = control, signals, limits
        self._workers: dict[
            int, int
        ] = {}  # number → process id, for those not yet buried: no id is given twice
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
                self._end_all()
                return

    def _obey(self) -> bool:
        """Do what has come; return whether the other side is still there."""
        try:
            data, channels, _, _ = socket.recv_fds(self._control, 4096, 16)
        except ConnectionError:
            return False
        self._channels += channels
        *lines, self._text = (self._text + data).split(b"\n")
        for line in lines:
            order, _, number = line.decode().partition(" ")
            if order == "spawn":
                self._spawn(int(number), socket.socket(fileno=self._channels.pop(0)))
            elif int(number) in self._workers:
                if order == "kill":
                    os.kill(self._workers[int(number)], signal.SIGKILL)
                else:
                    self._let_others_go_first(self._workers[int(number)])
        return bool(data)

    def _let_others_go_first(self, pid: int) -> None:
        # Of the group, which each worker is alone in: of the process, Linux takes its first thread only.
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PGRP, pid, _LOWEST)
        if sys.platform == "linux":
            # Else a worker that wakes up (SCHED_BATCH, too) would wait for the end of the other's turn.
            with contextlib.suppress(OSError):
                for thread in os.listdir(f"/proc/{pid}/task"):
                    os.sched_setscheduler(int(thread), os.SCHED_IDLE, os.sched_param(0))

    def _spawn(self, number: int, channel: socket.socket) -> None:
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # no process, or no memory, for one more; those that are there go on
            channel.close()
            self._tell(number, "failed", signal=None)
            return
        if pid == 0:
            try:
                self._let_go()
                work(channel, self._limits, parent)
            finally:
                os._exit(1)
        with contextlib.suppress(ProcessLookupError, PermissionError):  # ended already, or done by itself
            os.setpgid(pid, pid)
        channel.close()
        self._workers[number] = pid
        self._tell(number, "spawned", pid=pid)

    def _let_go(self) -> None:
        """In the new worker: keep nothing that is the nursery's, or that belongs to another worker."""
        os.setpgid(0, 0)
        self._control.close()
        for handle in (signal.set_wakeup_fd(-1), self._signals, *self._channels):
            os.close(handle)

    def _bury(self) -> None:
        """Tell of every worker that has ended."""
        for number, pid in [*self._workers.items()]:
            has_ended, status = os.waitpid(pid, os.WNOHANG)
            if not has_ended:
                continue
            del self._workers[number]
            code = os.waitstatus_to_exitcode(status)
            self._tell(number, "ended", signal=-code if code < 0 else None, code=code if code >= 0 else None)

    def _end_all(self) -> None:
        """End all workers, and wait for it: where nobody else does, the kernel would keep their names."""
        for pid in self._workers.values():
            os.kill(pid, signal.SIGKILL)
        for pid in self._workers.values():
            os.waitpid(pid, 0)

    def _tell(self, number: int, what: str, **more: int | None) -> None:
        news = {"number": number, "what": what, **more}
        with contextlib.suppress(OSError):  # the parent is gone: the next round sees it
            self._control.sendall(json.dumps(news).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), WorkLimits.from_data(json.loads(sys.argv[2])))
