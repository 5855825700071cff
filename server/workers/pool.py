"""The web process's side of the workers: who answers which question, and what is done for all of them.

Two lanes. A question starts in the fast lane; one that is still running after `FAST_S` goes over to the slow lane
with its worker, and the fast lane gets a new one. As soon as anybody else is there, the worker of a heavy question
runs only when nobody else wants to, for good; one that was alone to its end is used again, with all that it has read.
When the slow lane is full, the worker is ended and the question waits for a place there, to begin anew. A question of
a kind that went over before waits in the slow lane from the start.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

from collegium.graph.errors import CollegiumError

from .frames import BODY, END, HEAD
from .lanes import Askers, Heavy, Lane
from .nest import Nest
from .question import Question, WorkLimits
from .run import Means, Run
from .stalled import Stalled

_PATIENCE_S: Final = 10.0  # in the queue


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
    _run: Run = field(repr=False)
    _pool: Pool = field(repr=False)
    _asker: str = field(repr=False)
    _is_closed: bool = field(default=False, repr=False)

    async def chunks(self) -> AsyncIterator[bytes | bytearray]:
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
        if not self._is_closed:
            self._is_closed = True
            self._run.leave()
            self._pool.askers.leave(self._asker)


class Pool:
    """Workers over snapshots. All methods belong to the event loop that `start` was called in."""

    def __init__(self, limits: WorkLimits, size: PoolSize) -> None:
        self.limits, self.size = limits, size
        self.nest = Nest(limits, size.fast)
        self.fast = Lane(size.fast, size.waiting, _PATIENCE_S)
        self.slow = Lane(size.slow, max(1, size.waiting // 4), _PATIENCE_S)
        self.heavy = Heavy()
        self.askers = Askers(size.per_asker)
        self._means = Means(
            limits, self.nest, self.fast, self.slow, self.heavy, Stalled(2 * (size.fast + size.slow))
        )

    async def start(self) -> None:
        """Start the first workers, so that the first question need not wait for one. Raises: Overloaded."""
        await self.nest.start()

    async def stop(self) -> None:
        """End all workers; return when they are gone."""
        await self.nest.stop()

    def make_way(self) -> None:
        """Let heavy questions go behind: the service has something else to do. One that is alone goes at full speed."""
        self._means.make_way()

    async def ask(self, question: Question, asker: str = "") -> Reply:
        """Return the answer to a question once it begins; `asker` is the address that it comes from.

        Raises:
            QueryError, QueryRefused, ParameterError, NotFound: as the worker found.
            QueryTimeout, QueryMemory: it was stopped.
            Overloaded, TooManyQueries: it was not begun.
        """
        self.askers.enter(asker)
        run = Run(self._means, question, asker)
        try:
            first = await run.begin()
            if first.kind == HEAD:
                return Reply(first.json(), None, run, self, asker)
            head, body = first.split()
        except BaseException:
            run.leave()
            self.askers.leave(asker)
            raise
        reply = Reply(head, body, run, self, asker)
        await reply.close()
        return reply


async def whole(reply: Reply) -> bytes:
    """Return the whole body of an answer, and close it. Raises: as `Reply.chunks`."""
    try:
        if reply.body is not None:
            return reply.body
        return b"".join([chunk async for chunk in reply.chunks()])
    finally:
        with contextlib.suppress(CollegiumError):
            await reply.close()
