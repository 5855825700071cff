"""The worker processes of one pool: made by the nursery, kept while they are well, replaced when they are not."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Coroutine
from typing import Any, Final

from collegium.graph.errors import Overloaded

from .nurse import Nurse, Worker
from .question import WorkLimits

_START_S: Final = 20.0  # the nursery imports what workers need; a machine that is busy takes its time
_NEWS_S: Final = 2.0
_PAUSE_S: Final = 0.5  # before a worker that ended of itself is replaced: the next may end as fast
_NONE: Final = "no process for queries could be started"
_STOPPING: Final = "the service is being stopped"


class Nest:
    """All workers; belongs to one event loop.

    One task makes them, for all who wait: who goes while a worker is being made leaves it to the next.
    """

    def __init__(self, limits: WorkLimits, idle: int) -> None:
        self._limits, self._most_idle = limits, idle
        self._nurse: Nurse | None = None
        self._idle: list[Worker] = []
        self._takers: deque[asyncio.Future[Worker]] = deque()
        self._making: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._burials: set[asyncio.Task[None]] = (
            set()
        )  # not to be cancelled: the kernel keeps who is not buried
        self._is_stopped = False

    @property
    def size(self) -> int:
        """How many workers there should be for light questions."""
        return self._most_idle

    @property
    def idle(self) -> int:
        """How many workers stand by."""
        return len(self._idle)

    @property
    def nurse(self) -> Nurse | None:
        """The nursery that workers come from now; None before the first."""
        return self._nurse

    async def start(self) -> None:
        """Start the nursery and the workers that stand by. Raises: Overloaded."""
        await self._make_more()
        if len(self._idle) < self._most_idle:
            raise Overloaded(_NONE)

    async def stop(self) -> None:
        """End all workers and the nursery; return when they are gone."""
        self._is_stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*self._burials)
        self._fail(_STOPPING)
        self._idle.clear()
        await self._drop_nurse()

    async def take(self) -> Worker:
        """Return a worker that is free; a new one when there is none.

        Raises:
            Overloaded: none can be made.
        """
        while self._idle:
            worker = self._idle.pop()
            if worker.line.is_quiet:
                return worker
            self.kill(worker)
        if self._is_stopped:
            raise Overloaded(_STOPPING)
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._takers.append(turn)
        self._make_more()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                with contextlib.suppress(ValueError):  # passed over already
                    self._takers.remove(turn)
            elif turn.exception() is None:  # the worker came just as we went
                self.give_back(turn.result())
            raise

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next question, or give it to who waits for one."""
        if self._is_stopped or worker.ended.done() or not worker.line.is_open:
            self.kill(worker)
            return
        while self._takers:
            turn = self._takers.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        if len(self._idle) < self._most_idle:
            self._idle.append(worker)
        else:
            self.kill(worker)

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does; another takes its place."""
        worker.line.close()
        worker.nurse.order("kill", worker)
        if not self._is_stopped:
            self._make_more()

    def let_others_go_first(self, worker: Worker) -> None:
        """Let a worker run only when nobody else wants to. For good: it is not given back."""
        worker.yields = True
        worker.nurse.order("yield", worker)

    async def signal_of(self, worker: Worker) -> int | None:
        """Return the signal that ended a worker; None when it ended otherwise, or nothing is known."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_NEWS_S):
                return await asyncio.shield(worker.ended)
        return None

    def _make_more(self) -> asyncio.Task[None]:
        """Have workers made until nobody waits and enough stand by."""
        if self._making is None or self._making.done():
            self._making = _kept(self._tasks, self._make_all())
        return self._making

    async def _make_all(self) -> None:
        try:
            while self._takers or len(self._idle) < self._most_idle:
                async with asyncio.timeout(_START_S):
                    worker = await self._made()
                self.give_back(worker)
        except Overloaded as error:
            self._fail(error.reason)
        except OSError:  # TimeoutError is one
            await self._drop_nurse()
            self._fail(_NONE)

    async def _made(self) -> Worker:
        if self._nurse is not None:
            with contextlib.suppress(ConnectionError):  # it has ended since
                return await self._nurse.spawn()
            await self._drop_nurse()
        self._nurse = Nurse(self._limits, self._on_end, self._on_loss)
        await self._nurse.start()
        return await self._nurse.spawn()

    def _fail(self, reason: str) -> None:
        """Tell all who wait that there comes no worker."""
        while self._takers:
            turn = self._takers.popleft()
            if not turn.done():
                turn.set_exception(Overloaded(reason))

    async def _drop_nurse(self) -> None:
        nurse, self._nurse = self._nurse, None
        if nurse is not None:
            await nurse.stop()

    def _on_end(self, worker: Worker) -> None:
        """A worker has ended: when it stood by, nobody else sees it."""
        if worker in self._idle:
            self._idle.remove(worker)
            worker.line.close()
            if not self._is_stopped:
                _kept(self._tasks, self._replace())

    def _on_loss(self, nurse: Nurse) -> None:
        """A nursery is gone. Unless we dropped it: what it left is tidied up, and the next started."""
        if nurse is self._nurse and not self._is_stopped:
            self._nurse = None
            _kept(self._burials, nurse.stop())

    async def _replace(self) -> None:
        await asyncio.sleep(_PAUSE_S)
        await self._make_more()


def _kept(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Return a task that does the work, kept until it is done: the loop itself forgets tasks."""
    task = asyncio.ensure_future(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task
