"""What is derived from one version of the store, remembered for all who ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

_T = TypeVar("_T")
_REMEMBERED: Final = 256  # derived things an edition keeps: networks, rankings, pictures


class Memory:
    """Remembers results by key, the least recently used forgotten first; one thread makes each, others wait."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._lock = Lock()
        self._places: OrderedDict[Hashable, tuple[Lock, list[Any]]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what `make` gave for `key`. An error is not remembered: the next one who asks makes it again."""
        with self._lock:
            lock, held = self._places.setdefault(key, (Lock(), []))
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        if not held:
            with lock:
                if not held:
                    held.append(make())
        return cast(_T, held[0])

    def known(self, key: Hashable) -> Any:
        """Return what is remembered under `key`; None where nothing is. Waits for nobody."""
        with self._lock:
            _, held = self._places.get(key, (None, []))
        return held[0] if held else None
