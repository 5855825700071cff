"""Who may run, and who waits: places in a lane, given out in turn to those who ask from different addresses."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque

from collegium.graph.errors import Overloaded, TooManyQueries


class Lane:
    """So many places, and a bounded queue before them. One asker's questions do not hold up another's."""

    def __init__(self, places: int, most_waiting: int, patience_s: float) -> None:
        self.places, self._most_waiting, self._patience_s = places, most_waiting, patience_s
        self.running = 0
        self.waiting = 0
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def is_full(self) -> bool:
        """Whether the next one has to wait."""
        return self.running >= self.places

    async def enter(self, asker: str) -> None:
        """Return when there is a place; `leave` gives it back.

        Raises:
            Overloaded: too many are waiting, or it took too long.
        """
        if not self.is_full and not self.waiting:
            self.running += 1
            return
        if self.waiting >= self._most_waiting:
            raise Overloaded
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._queues.setdefault(asker, deque()).append(turn)
        self.waiting += 1
        alarm = loop.call_later(self._patience_s, self._give_up, asker, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()  # the place came just as we went
            else:
                self._forget(asker, turn)
            raise
        finally:
            alarm.cancel()

    def leave(self) -> None:
        """Give a place back; the next in turn has it."""
        self.running -= 1
        self._admit()

    def add(self) -> None:
        """Take a place although there may be none."""
        self.running += 1

    def _admit(self) -> None:
        while self._queues and not self.is_full:
            asker, queue = next(iter(self._queues.items()))
            turn = queue.popleft()
            if queue:
                self._queues.move_to_end(asker)
            else:
                del self._queues[asker]
            self.waiting -= 1
            if not turn.done():
                self.running += 1
                turn.set_result(None)

    def _give_up(self, asker: str, turn: asyncio.Future[None]) -> None:
        if not turn.done():
            self._forget(asker, turn)
            turn.set_exception(Overloaded())

    def _forget(self, asker: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(asker)
        if queue is None or turn not in queue:
            return
        queue.remove(turn)
        self.waiting -= 1
        if not queue:
            del self._queues[asker]


class Askers:
    """How many questions each address has under way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[str, int] = {}

    def enter(self, asker: str) -> None:
        """Count one more. Raises: TooManyQueries."""
        count = self._counts.get(asker, 0)
        if count >= self._most:
            raise TooManyQueries(self._most)
        self._counts[asker] = count + 1

    def leave(self, asker: str) -> None:
        """Count one less."""
        self._counts[asker] -= 1
        if not self._counts[asker]:
            del self._counts[asker]


class Heavy:
    """Remembers which kinds of question took long: the next of the kind does not go before the light ones."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._known: OrderedDict[int, None] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._known)

    def __contains__(self, kind: int) -> bool:
        return kind in self._known

    def add(self, kind: int) -> None:
        """Remember a kind; the oldest is forgotten when there are too many."""
        self._known[kind] = None
        self._known.move_to_end(kind)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def discard(self, kind: int) -> None:
        """Forget a kind: it was light after all."""
        self._known.pop(kind, None)
