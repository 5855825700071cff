"""The worker processes of one pool: made by the nursery, kept while they are well, replaced when they are not."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from collegium.graph.errors import Overloaded

from .frames import Line
from .question import WorkLimits

_START_S = 20.0  # the nursery imports what workers need; a machine that is busy takes its time
_NEWS_S = 2.0
_MOST_NEWS = 1024
_CPU_CLOCK = 2  # the clock of another process: clock_getcpuclockid(3) of Linux makes its number so


@dataclass(eq=False, slots=True)
class Worker:
    """One worker process, and the line to it. `yields`: it lets all others go first, for good."""

    pid: int
    line: Line
    yields: bool = False

    def cpu_seconds(self) -> float:
        """Return the processor time it has used; elsewhere than on Linux the time of day, in its place."""
        try:
            return time.clock_gettime(~self.pid << 3 | _CPU_CLOCK)
        except (OSError, OverflowError):
            return time.monotonic()


class Nest:
    """All workers; belongs to one event loop."""

    def __init__(self, limits: WorkLimits, idle: int) -> None:
        self._limits, self._most_idle = limits, idle
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reader: asyncio.StreamReader | None = None
        self._listening: asyncio.Task[None] | None = None
        self._hearing: asyncio.BaseTransport | None = None
        self._spawned: asyncio.Queue[int] = asyncio.Queue()
        self._signals: OrderedDict[int, int | None] = OrderedDict()
        self._news = asyncio.Event()
        self._idle: list[Worker] = []
        self._making = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopped = False

    async def start(self) -> None:
        """Start the nursery and the workers that stand by."""
        workers = [await self._make() for _ in range(self._most_idle)]
        self._idle += workers

    async def stop(self) -> None:
        """End all workers and the nursery."""
        self._is_stopped = True
        for worker in self._idle:
            worker.line.close()
        self._idle.clear()
        for task in self._tasks:
            task.cancel()
        self._drop_nursery()

    def _drop_nursery(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None
        if self._hearing is not None:
            self._hearing.close()
            self._hearing = None
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.wait()

    async def take(self) -> Worker:
        """Return a worker that is free; a new one when there is none.

        Raises:
            Overloaded: none can be made.
        """
        while self._idle:
            worker = self._idle.pop()
            if worker.line.is_open:
                return worker
        return await self._make()

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next question."""
        if len(self._idle) < self._most_idle and worker.line.is_open and not self._is_stopped:
            self._idle.append(worker)
        else:
            self.kill(worker)

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does; another takes its place."""
        worker.line.close()
        self._order(f"kill {worker.pid}")
        if not self._is_stopped:
            self._later(self._replace())

    def let_others_go_first(self, worker: Worker) -> None:
        """Let a worker run only when nobody else wants to. For good: it is not given back."""
        worker.yields = True
        self._order(f"yield {worker.pid}")

    async def signal_of(self, worker: Worker) -> int | None:
        """Return the signal that ended a worker; None when it ended otherwise, or nothing is known."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_NEWS_S):
                while worker.pid not in self._signals:
                    self._news.clear()
                    await self._news.wait()
        return self._signals.get(worker.pid)

    async def _replace(self) -> None:
        """Have as many workers standing by as there should be."""
        with contextlib.suppress(Overloaded):
            while len(self._idle) < self._most_idle and not self._is_stopped:
                self._idle.append(await self._make())

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _make(self) -> Worker:
        async with self._making:
            try:
                async with asyncio.timeout(_START_S):
                    control = self._control
                    if control is None or self._process is None or self._process.poll() is not None:
                        control = await self._start_nursery()
                    return await self._spawn(control)
            except (TimeoutError, OSError):
                self._drop_nursery()
                raise Overloaded("no process for queries could be started") from None

    async def _start_nursery(self) -> socket.socket:
        self._drop_nursery()
        control, theirs = socket.socketpair()
        self._control = control
        command = [sys.executable, "-m", "collegium.server.workers.nursery", str(theirs.fileno())]
        self._process = subprocess.Popen(
            [*command, self._limits.to_json()], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        control.setblocking(False)
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        # Reads go through asyncio, on a handle of its own; orders, with channels, through the socket.
        self._hearing, _ = await loop.create_connection(
            lambda: asyncio.StreamReaderProtocol(reader),
            sock=socket.socket(fileno=control.dup().detach()),
        )
        self._listening = asyncio.ensure_future(self._listen(reader))
        return control

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            news = json.loads(line)
            if "spawned" in news:
                self._spawned.put_nowait(news["spawned"])
            else:
                self._signals[news["ended"]] = news["signal"]
                while len(self._signals) > _MOST_NEWS:
                    self._signals.popitem(last=False)
                self._news.set()

    async def _spawn(self, control: socket.socket) -> Worker:
        ours, theirs = socket.socketpair()
        socket.send_fds(control, [b"spawn\n"], [theirs.fileno()])
        theirs.close()
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(Line, sock=ours)
        pid = await self._spawned.get()
        self._signals.pop(pid, None)
        return Worker(pid, line)

    def _order(self, order: str) -> None:
        if self._control is not None:
            with contextlib.suppress(OSError):  # the nursery is gone, and its workers with it
                self._control.send(order.encode() + b"\n")
