"""The newest version of the store, looked for with each request."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from collegium.graph.snapshot import MOST_AUTHORS
from collegium.graph.store import Store

from .editions import Edition


class Editions:
    """The current edition: looks at the store with each request (one stat call) and moves on when it has changed."""

    def __init__(self, store: Callable[[], Store], most_authors: int = MOST_AUTHORS) -> None:
        self._store, self._most_authors = store, most_authors
        self._lock = Lock()
        self._edition: Edition | None = None

    def current(self) -> Edition:
        """Return the edition of the newest committed version. Raises: StoreError."""
        known = self._edition
        store = (self._store() if known is None else known.store).refreshed()
        if known is not None and store is known.store:
            return known
        with self._lock:
            if self._edition is None or self._edition.version != store.version:
                self._edition = Edition(store, self._most_authors)
            return self._edition
