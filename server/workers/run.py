"""One question on its way through the lanes: which worker has it, for how long, and what became of that."""

from __future__ import annotations

import asyncio
import re
import signal
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from collegium.graph.errors import (
    CollegiumError,
    Overloaded,
    QueryMemory,
    QueryRefused,
    QueryStopped,
    QueryTimeout,
)

from .frames import ASK, BODY, FAIL, HEAD, Frame, pack_json
from .lanes import Heavy, Lane
from .nest import Nest
from .nurse import Worker
from .question import Question, WorkLimits
from .stalled import Stalled
from .told import recalled

FAST_S: Final = 0.25  # of a processor, for the fast lane
LONG_S: Final = (
    2.0  # of the clock, for the fast lane: the worker waits, for its reader or for another machine
)
_NEARLY_S: Final = 0.01
_SLOW_S: Final = 0.25  # a reader that takes so long over one part gives its place to others
_GRACE_S: Final = 1.0  # how much later than the kernel the pool itself ends a worker
_STALLED_S: Final = 60.0  # a reader that takes nothing for so long is gone
_LEAST_RATE: Final = 64 << 10  # bytes a second, all in all: who reads more slowly holds a worker for nothing
# Of the memory that a question may use; a worker that holds more of it after a heavy one has too little left.
_KEPT_SHARE: Final = 0.25
_READ_OF_KIND: Final = 8192  # characters that make the kind of a question
# What tells one question of a kind from another: texts and numbers. Not what it names: a look-up of an author with
# 20,000 papers takes long, and is no reason to hold up the look-ups of others. O(size): no `<` inside of `<…>`.
_VARYING: Final = re.compile(r"(<[^<>\s]*>)|\"[^\"]*\"|'[^']*'|#[^\n]*|\d+")


@dataclass
class Means:
    """What questions run on. `stalled`: begun answers that hold no place in a lane. `alone`: heavy ones that hold up
    nobody, since nobody else is there."""

    limits: WorkLimits
    nest: Nest
    fast: Lane
    slow: Lane
    heavy: Heavy
    stalled: Stalled
    alone: set[Run] = field(default_factory=set)

    def make_way(self) -> None:
        """Let heavy questions go behind all others, now that somebody else has come."""
        while self.alone:
            self.alone.pop().go_behind()


def kind_of(text: str, asker: str) -> int:
    """Return what questions have in common that differ in texts and numbers only, and come from one address.

    From one address: else a stranger could make the questions of all others wait, with one that is like theirs.
    """
    return hash((asker, _VARYING.sub(r"\1", text[:_READ_OF_KIND])))


class Run:
    """One question on its way."""

    def __init__(self, means: Means, question: Question, asker: str) -> None:
        self._means, self._question, self._asker = means, question, asker
        self._seconds = question.seconds or means.limits.seconds
        self._lane: Lane | None = None
        self._worker: Worker | None = None
        self._watching: asyncio.TimerHandle | None = None  # ends it
        self._looking: asyncio.TimerHandle | None = None  # moves it to the slow lane
        self._reading: asyncio.TimerHandle | None = None  # takes it out of the lanes
        self._is_over = False  # the worker has nothing more to say
        self._has_begun = False
        self._took_long = False
        self._lost = 0  # workers
        self._ended_by_us: Exception | None = None
        self._cpu = 0.0  # of the worker when it began
        self._since = 0.0  # when that was
        self._taken = 0  # bytes

    async def begin(self) -> Frame:
        """Return the first frame of the answer.

        Raises:
            CollegiumError: see `Pool.ask`.
        """
        means = self._means
        lane = means.slow if self._question.kind == "dump" or self._is_heavy else means.fast
        for _ in range(2 + means.nest.size):  # once, once displaced, and what was lost
            try:
                return await self._attempt(lane)
            except _AnewError as anew:
                lane = anew.lane
                self.leave()
        raise Overloaded

    async def _attempt(self, lane: Lane) -> Frame:
        await lane.enter(self._asker)
        if lane is self._means.fast and self._is_heavy:  # found out while it waited
            lane.leave()
            raise _AnewError(self._means.slow)
        self._lane, self._ended_by_us = lane, None
        self._means.make_way()
        worker = self._worker = await self._means.nest.take()
        self._cpu, self._since = worker.cpu_seconds(), asyncio.get_running_loop().time()
        self._look_in(FAST_S)
        worker.line.send(pack_json(ASK, self._question.to_data()))
        return await self.next()

    @cached_property
    def _kind(self) -> int:
        return kind_of(self._question.text, self._asker)

    @property
    def _is_heavy(self) -> bool:
        """Whether one of the kind took long. Mostly none of any kind did, and then the kind need not be worked out."""
        return bool(self._means.heavy) and self._kind in self._means.heavy

    def _watch(self, seconds: float, error: CollegiumError) -> None:
        """End the worker then: its own clock should have, and did not, or stands still."""
        if self._watching is not None:
            self._watching.cancel()
        self._watching = asyncio.get_running_loop().call_later(seconds, self._end, error)

    def _look_in(self, seconds: float) -> None:
        self._looking = asyncio.get_running_loop().call_later(max(seconds, _NEARLY_S), self._go_over)

    def _go_over(self) -> None:
        """Go over to the slow lane, if that much work was done: a machine that is busy makes no question heavy."""
        means, worker = self._means, self._worker
        if worker is None or worker.yields:
            return
        if self._watching is None:  # not before: most are done by now
            spent = asyncio.get_running_loop().time() - self._since
            self._watch(self._seconds + _GRACE_S - spent, QueryTimeout(self._seconds))
        left = FAST_S - (worker.cpu_seconds() - self._cpu)
        wait = LONG_S - (asyncio.get_running_loop().time() - self._since)
        if (left > _NEARLY_S and wait > 0) or (worker.line.has_frames and not self._has_begun):
            self._look_in(min(left, wait))
            return
        if left <= _NEARLY_S:
            means.heavy.add(self._kind)
        if self._lane is means.fast and means.slow.is_full:
            if self._has_begun:
                self._step_aside()
            else:
                self._end(_AnewError(means.slow))
            return
        if self._lane is means.fast:
            means.slow.add()
            means.fast.leave()
            self._lane = means.slow
        self._took_long = True
        if means.fast.running or means.fast.waiting or means.slow.running > 1:
            means.nest.let_others_go_first(worker)
        else:
            means.alone.add(self)

    def go_behind(self) -> None:
        """Run only when nobody else wants to, from now on; the worker cannot be used again."""
        if self._worker is not None and not self._worker.yields:
            self._means.nest.let_others_go_first(self._worker)

    def _step_aside(self) -> None:
        """Give the place back, not the worker: the answer has begun, and its reader is slow or the lane full."""
        worker, lane = self._worker, self._lane
        if worker is not None and lane is not None:
            self._lane = None
            lane.leave()
            self._means.nest.let_others_go_first(worker)
            ended = QueryStopped("others wait, and it was read too slowly")
            self._means.stalled.add(self, self._asker, lambda: self._end(ended))

    def _end(self, error: Exception) -> None:
        if self._worker is not None:
            self._ended_by_us = error
            self._means.nest.kill(self._worker)

    async def next(self) -> Frame:
        """Return the next frame of the answer.

        Raises:
            CollegiumError: the worker says that it cannot go on, or it is gone.
        """
        worker = self._worker
        if self._reading is not None:
            self._reading.cancel()
        if worker is None:
            raise QueryStopped("the answer was closed")
        frame = await worker.line.next()
        if frame is None:
            raise await self._what_happened(worker)
        if frame.kind == FAIL:
            self._is_over = True
            raise recalled(frame.json())
        self._is_over = frame.kind not in (HEAD, BODY)
        self._has_begun = self._has_begun or frame.kind == HEAD
        if self._has_begun:
            self._reading = asyncio.get_running_loop().call_later(_SLOW_S, self._step_aside)
        if frame.kind == BODY:
            self._put_off(len(frame.data))
        return frame

    def _put_off(self, size: int) -> None:
        """An answer that is being read may take its time: the worker's own clock stands still while it waits."""
        self._taken += size
        limit = self._seconds + _STALLED_S
        spent = asyncio.get_running_loop().time() - self._since
        self._watch(min(limit, limit + self._taken / _LEAST_RATE - spent), QueryTimeout(limit))

    async def _what_happened(self, worker: Worker) -> Exception:
        """Return the error for a worker that is gone."""
        if self._ended_by_us is not None:
            return self._ended_by_us
        number = await self._means.nest.signal_of(worker)
        if number == signal.SIGALRM:
            return QueryTimeout(self._seconds)
        if number in (None, signal.SIGKILL) and self._lane is not None and self._is_lost(worker):
            return _AnewError(self._lane)
        if number in (signal.SIGABRT, signal.SIGKILL):
            return QueryMemory(self._means.limits.memory_bytes)
        if number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP):
            return QueryRefused("it is nested deeper than the engine can read")
        if number is None and asyncio.get_running_loop().time() - self._since >= self._seconds:
            return QueryTimeout(self._seconds)  # its own clock ended it; on a busy machine nobody saw how
        return QueryStopped("the query was stopped: its process ended; ask again")

    def _is_lost(self, worker: Worker) -> bool:
        """Whether somebody ended the worker, or its nursery, before it did much: then the question is asked again.

        As often as workers stand by: all may have been killed at once, before we were told.
        """
        self._lost += 1
        return self._lost <= self._means.nest.size and not (
            self._has_begun or self._took_long or worker.yields
        )

    def _can_go_on(self, worker: Worker) -> bool:
        """Whether a worker can take another question. What it has read already makes the next heavy one quicker."""
        most = _KEPT_SHARE * self._means.limits.memory_bytes
        return not worker.yields and not (self._took_long and worker.resident_bytes() > most)

    def leave(self) -> None:
        """Give worker and place back; once or more often."""
        for alarm in (self._watching, self._looking, self._reading):
            if alarm is not None:
                alarm.cancel()
        self._means.stalled.discard(self)
        self._means.alone.discard(self)
        lane, self._lane = self._lane, None
        worker, self._worker = self._worker, None
        if worker is not None:
            if self._is_over and self._can_go_on(worker):
                if self._is_heavy and not self._took_long:
                    self._means.heavy.discard(self._kind)
                self._means.nest.give_back(worker)
            else:
                self._means.nest.kill(worker)
        if lane is not None:
            lane.leave()


class _AnewError(Exception):
    """The question begins anew, in that lane. Never leaves this file."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        super().__init__()
