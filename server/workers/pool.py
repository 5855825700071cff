"""The web process's side of the workers: who answers which question, for how long, and what became of it.

Two lanes. A question starts in the fast lane; one that is still running after `FAST_S` goes over to the slow lane with
its worker, which from then on runs only when nobody else wants to, and the fast lane gets a new worker. When the slow
lane is full, the worker is ended and the question waits for a place there, to begin anew. A question of a kind that
went over before waits in the slow lane from the start. An answer that waits for its reader gives its place back.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

from collegium.graph.errors import (
    CollegiumError,
    Overloaded,
    QueryMemory,
    QueryRefused,
    QueryStopped,
    QueryTimeout,
)

from .frames import ASK, BODY, END, FAIL, HEAD, Frame, pack
from .lanes import Askers, Heavy, Lane
from .nest import Nest, Worker
from .question import Question, WorkLimits
from .stalled import Stalled
from .told import recalled

FAST_S: Final = 0.25  # of a processor, for the fast lane
_READ_OF_KIND: Final = 8192  # characters that make the kind of a question
_NEARLY_S: Final = 0.01
_GRACE_S: Final = 1.0  # how much later than the kernel the pool itself ends a worker
_PATIENCE_S: Final = 10.0  # in the queue
_SLOW_S: Final = 0.25  # a reader that takes so long over one part gives its place to others
_STALLED_S: Final = 60.0  # a reader that takes nothing for so long is gone
# What tells one question of a kind from another: texts and numbers. Not what it names: a look-up of an author with
# 20,000 papers takes long, and is no reason to hold up the look-ups of others.
_VARYING: Final = re.compile(r"(<[^>\s]*>)|\"[^\"]*\"|'[^']*'|#[^\n]*|\d+")


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many workers there are, and how many questions wait for them. `per_asker`: under way from one address."""

    fast: int = 2
    slow: int = 2
    waiting: int = 128
    per_asker: int = 64


@dataclass
class Reply:
    """The answer of a worker: its head, and the body whole (`body`) or in `chunks`. Close it in any case."""

    head: dict[str, Any]
    body: bytes | None
    _run: _Run = field(repr=False)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes.

        Raises:
            CollegiumError: it broke off; what came until then is not the whole answer.
        """
        while True:
            frame = await self._run.next()
            if frame.kind == BODY:
                yield frame.data
            elif frame.kind == END:
                return

    async def close(self) -> None:
        """Be done with it: the worker is free again, or is ended when it is still at work."""
        await self._run.close()


class Pool:
    """Workers over snapshots. All methods belong to the event loop that `start` was called in."""

    def __init__(self, limits: WorkLimits, size: PoolSize) -> None:
        self.limits, self.size = limits, size
        self.nest = Nest(limits, size.fast)
        self.fast = Lane(size.fast, size.waiting, _PATIENCE_S)
        self.slow = Lane(size.slow, size.waiting // 4, _PATIENCE_S)
        self.askers = Askers(size.per_asker)
        self.heavy = Heavy()
        self.stalled = Stalled(2 * (size.fast + size.slow))

    async def start(self) -> None:
        """Start the first workers, so that the first question need not wait for one."""
        await self.nest.start()

    async def stop(self) -> None:
        """End all workers."""
        await self.nest.stop()

    async def ask(self, question: Question, asker: str = "") -> Reply:
        """Return the answer to a question once it begins; `asker` is the address that it comes from.

        Raises:
            QueryError, QueryRefused, ParameterError, NotFound: as the worker found.
            QueryTimeout, QueryMemory: it was stopped.
            Overloaded, TooManyQueries: it was not begun.
        """
        self.askers.enter(asker)
        run = _Run(self, question, asker)
        try:
            first = await run.begin()
        except BaseException:
            await run.close()
            raise
        if first.kind == HEAD:
            return Reply(first.json(), None, run)
        head, body = first.split()
        await run.close()
        return Reply(head, body, run)


class _Run:
    """One question on its way through the lanes."""

    def __init__(self, pool: Pool, question: Question, asker: str) -> None:
        self._pool, self._question, self._asker = pool, question, asker
        self._seconds = question.seconds or pool.limits.seconds
        self._kind = hash(_VARYING.sub(r"\1", question.text[:_READ_OF_KIND]))
        self._lane: Lane | None = None
        self._worker: Worker | None = None
        self._alarms: list[asyncio.TimerHandle] = []
        self._reading = asyncio.get_running_loop().call_later(0, int)  # rings when the reader is slow
        self._is_over = False  # the worker has nothing more to say
        self._begun = False
        self._ended_by_us: CollegiumError | None = None
        self._is_displaced = False
        self._cpu = 0.0  # of the worker when it began
        self._closed = False

    async def begin(self) -> Frame:
        """Return the first frame of the answer."""
        pool = self._pool
        is_heavy = self._question.kind == "dump" or self._kind in pool.heavy
        for lane in (pool.slow,) if is_heavy else (pool.fast, pool.slow):
            frame = await self._attempt(lane)
            if frame is not None:
                return frame
        raise Overloaded

    async def _attempt(self, lane: Lane) -> Frame | None:
        """Return the first frame; None when the question has to begin anew in the slow lane."""
        await lane.enter(self._asker)
        if lane is self._pool.fast and self._kind in self._pool.heavy:  # found out while it waited
            lane.leave()
            return None
        self._lane, self._is_displaced = lane, False
        worker = self._worker = await self._pool.nest.take()
        self._cpu = worker.cpu_seconds()
        self._look_in(FAST_S)
        self._watch()
        worker.line.send(pack(ASK, self._question.to_json().encode()))
        try:
            frame = await self.next()
        except _Displaced:
            self._leave()
            return None
        self._begun = frame.kind == HEAD
        return frame

    def _watch(self) -> None:
        """End the worker when its own clock should have, and did not."""
        loop = asyncio.get_running_loop()
        error = QueryTimeout(self._seconds)
        self._alarms.append(loop.call_later(self._seconds + _GRACE_S, self._end, error))

    def _look_in(self, seconds: float) -> None:
        self._alarms.append(asyncio.get_running_loop().call_later(seconds, self._go_over))

    def _go_over(self) -> None:
        """Go over to the slow lane, if that much work was done: a machine that is busy makes no question heavy."""
        pool, worker = self._pool, self._worker
        if worker is None or worker.yields:
            return
        left = FAST_S - (worker.cpu_seconds() - self._cpu)
        if left > _NEARLY_S:
            self._look_in(left)
            return
        pool.heavy.add(self._kind)
        if self._lane is pool.fast:
            if pool.slow.is_full:
                self._is_displaced = not self._begun
                self._end(Overloaded())
                return
            pool.slow.add()
            pool.fast.leave()
            self._lane = pool.slow
        pool.nest.let_others_go_first(worker)

    def _end(self, error: CollegiumError) -> None:
        if self._worker is not None:
            self._ended_by_us = error
            self._pool.nest.kill(self._worker)

    async def next(self) -> Frame:
        """Return the next frame of the answer.

        Raises:
            CollegiumError: the worker says that it cannot go on, or it is gone.
        """
        self._reading.cancel()
        worker = self._worker
        if worker is None:
            raise QueryStopped("the answer was closed")
        frame = await worker.line.next()
        if frame is None:
            raise await self._what_happened(worker)
        if self._begun and frame.kind == BODY:
            self._put_off()
        if frame.kind == FAIL:
            self._is_over = True
            raise recalled(frame.json())
        self._is_over = frame.kind not in (HEAD, BODY)
        return frame

    def _put_off(self) -> None:
        """An answer that is being read may take its time: the worker's own clock stands still while it waits."""
        for alarm in self._alarms:
            alarm.cancel()
        loop = asyncio.get_running_loop()
        limit = self._seconds + _STALLED_S
        self._alarms = [loop.call_later(limit, self._end, QueryTimeout(limit))]
        self._look_in(FAST_S)
        self._reading = loop.call_later(_SLOW_S, self._step_aside)

    def _step_aside(self) -> None:
        """Give the place back, not the worker: the reader is slow."""
        pool, worker, lane = self._pool, self._worker, self._lane
        if worker is not None and lane is not None:
            self._lane = None
            lane.leave()
            pool.nest.let_others_go_first(worker)
            pool.stalled.add(self, self._asker, lambda: self._end(QueryStopped("it was read too slowly")))

    async def _what_happened(self, worker: Worker) -> Exception:
        """Return the error for a worker that is gone."""
        if self._is_displaced:
            return _Displaced()
        if self._ended_by_us is not None:
            return self._ended_by_us
        number = await self._pool.nest.signal_of(worker)
        if number == signal.SIGALRM:
            return QueryTimeout(self._seconds)
        if number in (signal.SIGABRT, signal.SIGKILL):
            return QueryMemory(self._pool.limits.memory_bytes)
        if number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP):
            return QueryRefused("it is nested deeper than the engine can read")
        return QueryStopped("the query was stopped: its process ended; ask again")

    def _leave(self) -> None:
        """Give worker and place back."""
        for alarm in self._alarms:
            alarm.cancel()
        self._alarms.clear()
        self._reading.cancel()
        self._pool.stalled.discard(self)
        lane, self._lane = self._lane, None
        worker, self._worker = self._worker, None
        if worker is not None:
            if self._is_over and not worker.yields:
                self._pool.heavy.discard(self._kind)
                self._pool.nest.give_back(worker)
            else:
                self._pool.nest.kill(worker)
        if lane is not None:
            lane.leave()

    async def close(self) -> None:
        """Be done: once is enough."""
        if not self._closed:
            self._closed = True
            self._leave()
            self._pool.askers.leave(self._asker)


class _Displaced(Exception):
    """The slow lane was full; the question begins anew. Never leaves this file."""


async def whole(reply: Reply) -> bytes:
    """Return the whole body of an answer, and close it. Raises: as `Reply.chunks`."""
    try:
        if reply.body is not None:
            return reply.body
        return b"".join([chunk async for chunk in reply.chunks()])
    finally:
        with contextlib.suppress(CollegiumError):
            await reply.close()
