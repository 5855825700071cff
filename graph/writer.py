"""The next version of a store while it is being written: its engine, and what whoever writes knows of the changes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent import futures
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox


@dataclass(slots=True)
class Writer:
    """The next version while it is being written. Leave `changed` False and nothing is committed.

    `touched` holds the IRIs of all things whose texts in belief may have changed, where whoever writes knows them
    (`text_documents.touched`); None, and the index of words compares everything. `grown` says how many statements there
    are more than before, where that is known; None, and they are counted. `changes.note` fills both.
    `is_described` says that the graphs that follow from belief came along, `believes_same` that belief is as it was.
    """

    engine: ox.Store
    base: str
    version: int
    path: Path | None = None  # of the store; None in memory
    changed: bool = False
    is_counted: bool = False  # whether all statements are counted for the seal, however many there are
    touched: set[str] | None = None
    grown: int | None = None
    is_described: bool = False
    believes_same: bool = False
    is_in_order: bool = False  # whether the engine's tables were put in order in this write
    removed: int = 0  # claims that were taken out: putting the tables in order frees their room on disk
    _beside: list[tuple[futures.Executor, futures.Future[None]]] = field(default_factory=list)

    def meanwhile(self, work: Callable[[], None]) -> None:
        """Have something done beside the rest of this write; nothing is committed before it is."""
        thread = futures.ThreadPoolExecutor(1, "meanwhile")
        self._beside.append((thread, thread.submit(work)))

    def wait(self) -> None:
        """Return once all that was to be done meanwhile is. Raises: as that did."""
        while self._beside:
            for thread, _ in self._beside:  # until it ends it may hold the engine open, which is closed next
                thread.shutdown()
            self._beside.pop()[1].result()
