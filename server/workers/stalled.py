"""Answers that are read slowly: they hold no place in a lane, and there are only so many of them.

Without this, as many clients as the lanes have places, who ask for much and read nothing, would hold up everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable


class Stalled:
    """Bounds how many answers wait for their readers; each keeps a worker with all its memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._runs: dict[Hashable, tuple[str, Callable[[], None]]] = {}  # in the order that they came

    def add(self, run: Hashable, asker: str, end: Callable[[], None]) -> None:
        """Count one more. When that is too many, the oldest of the address that has most of them is ended."""
        self._runs[run] = (asker, end)
        if len(self._runs) > self._most:
            counts = Counter(owner for owner, _ in self._runs.values())
            oldest = max(self._runs, key=lambda known: counts[self._runs[known][0]])
            self._runs.pop(oldest)[1]()

    def discard(self, run: Hashable) -> None:
        """Forget one that is over."""
        self._runs.pop(run, None)
