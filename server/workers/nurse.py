"""The web process's end of one nursery: orders to it, workers from it, and the news of those that ended."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from collegium.graph.errors import Overloaded

from .frames import Line
from .question import WorkLimits

_CPU_CLOCK: Final = 2  # the clock of another process: clock_getcpuclockid(3) of Linux makes its number so
_END_S: Final = 1.0  # from the word to the end of a nursery that is well
_LOOK_S: Final = 0.01
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_ON_THE_WAY_BYTES: Final = 1 << 20  # of a long answer: the more, the less often the two wake each other up
# The token is no business of a process that works for strangers. With its traces, Rust writes 10 KB to the log for
# each query out of memory.
_KEPT_BACK: Final = frozenset({"COLLEGIUM_TOKEN", "RUST_BACKTRACE"})


@dataclass(eq=False, slots=True)
class Worker:
    """One worker process, and the line to it. `yields`: it lets all others go first, for good.

    `number` names it towards its nursery, which never gives a number twice, as the kernel does with `pid`. `ended`
    becomes the signal that ended it; None when it ended otherwise, or nothing is known.
    """

    nurse: Nurse
    number: int
    line: Line
    ended: asyncio.Future[int | None]
    born: asyncio.Future[int]
    pid: int = 0
    yields: bool = field(default=False)

    def cpu_seconds(self) -> float:
        """Return the processor time it has used, 0 once it has ended; elsewhere than on Linux the time of day."""
        if sys.platform != "linux":
            return time.monotonic()
        try:
            return time.clock_gettime(~self.pid << 3 | _CPU_CLOCK)
        except OSError:
            return 0.0

    def resident_bytes(self) -> int:
        """Return how much memory it has; 0 once it has ended, and elsewhere than on Linux."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGE_BYTES
        except OSError:
            return 0


class Nurse(asyncio.Protocol):
    """One nursery process and its workers. `ended` is told of each worker that ended; `lost` of the nursery's end.

    Numbers, not process ids or the order of what comes in, tie a worker to its line: so a request that nobody waits for
    any more cannot mix up those that follow.
    """

    def __init__(
        self, limits: WorkLimits, ended: Callable[[Worker], None], lost: Callable[[Nurse], None]
    ) -> None:
        self._limits, self._ended, self._lost = limits, ended, lost
        self._control: socket.socket | None = None
        self._transport: asyncio.BaseTransport | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._workers: dict[int, Worker] = {}
        self._numbers = itertools.count(1)
        self._text = b""

    @property
    def pid(self) -> int | None:
        """The nursery's process id; None when there is none."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the nursery. Raises: OSError."""
        control, theirs = socket.socketpair()
        self._control = control
        with theirs:
            # -P: what lies in the folder that the service was started in is not ours to import.
            command = [sys.executable, "-P", "-m", "collegium.server.workers.nursery", str(theirs.fileno())]
            self._process = subprocess.Popen(
                [*command, self._limits.to_json()],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if name not in _KEPT_BACK},
            )
        control.setblocking(False)
        # News go through asyncio, on a handle of its own; orders, with channels, through the socket.
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_connection(lambda: self, sock=control.dup())

    async def stop(self) -> None:
        """End the nursery, and with it all its workers; return when they are gone."""
        self._hang_up()
        process = self._process
        if process is None:
            return
        try:
            for _ in range(int(_END_S / _LOOK_S)):
                if process.poll() is not None:
                    return
                await asyncio.sleep(_LOOK_S)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.close()
        if self._control is not None:
            with contextlib.suppress(OSError):  # the other side is gone
                self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
        for worker in [*self._workers.values()]:
            worker.line.close()

    async def spawn(self) -> Worker:
        """Return a new worker.

        Raises:
            OSError: the nursery is gone.
            Overloaded: the kernel has no process for us.
        """
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ON_THE_WAY_BYTES)
        with theirs:
            try:
                _, line = await loop.create_connection(Line, sock=ours)
            except BaseException:
                ours.close()
                raise
            worker = Worker(self, next(self._numbers), line, loop.create_future(), loop.create_future())
            self._workers[worker.number] = worker
            await self._bear(worker, theirs)
        return worker

    async def _bear(self, worker: Worker, channel: socket.socket) -> None:
        try:
            if self._control is None:
                raise ConnectionError("there is no nursery")
            socket.send_fds(self._control, [f"spawn {worker.number}\n".encode()], [channel.fileno()])
            channel.close()  # the worker's end is the worker's alone: else nobody would see it go
            worker.pid = await worker.born
        except BaseException:
            worker.line.close()
            self.order("kill", worker)
            raise

    def order(self, order: str, worker: Worker) -> None:
        """Send an order about a worker; nothing happens when it has ended."""
        if self._control is None or worker.number not in self._workers:
            return
        try:
            self._control.send(f"{order} {worker.number}\n".encode())
        except BlockingIOError:  # it takes no orders: it hangs, and nobody else can end its workers
            if self._process is not None:
                self._process.kill()
        except OSError:
            pass  # it is gone, and its workers with it

    def data_received(self, data: bytes) -> None:
        """Take the news. Called by asyncio."""
        *lines, self._text = (self._text + data).split(b"\n")
        for line in lines:
            self._hear(json.loads(line))

    def _hear(self, news: dict[str, Any]) -> None:
        worker = self._workers.get(news["number"])
        if worker is None:
            return
        if news["what"] == "spawned" and not worker.born.done():
            worker.born.set_result(news["pid"])
        elif news["what"] in ("ended", "failed"):
            del self._workers[worker.number]
            self._end(worker, news["signal"], Overloaded("the machine has no process left for queries"))

    def _end(self, worker: Worker, signal: int | None, error: Exception) -> None:
        worker.ended.set_result(signal)
        if not worker.born.done():
            worker.born.set_exception(error)
        self._ended(worker)

    def connection_lost(self, exc: Exception | None) -> None:
        """The nursery is gone, and its workers with it. Called by asyncio."""
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            self._end(worker, None, ConnectionResetError("the nursery is gone"))
        self._lost(self)
