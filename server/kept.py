"""Finished answers that are kept until the store changes, and the tags that name them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from hashlib import sha256
from threading import Lock
from typing import TypeAlias

from collegium import __version__

Key: TypeAlias = tuple[int, str, str]  # version of the store, what was asked, `Accept`
Headers: TypeAlias = list[tuple[str, str]]


class Answers:
    """Finished answers, bounded in bytes; the least recently used go first. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._lock = Lock()
        self._answers: OrderedDict[Key, tuple[bytes, Headers]] = OrderedDict()

    def get(self, key: Key) -> tuple[bytes, Headers] | None:
        """Return body and headers of an answer."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Key, body: bytes, headers: Iterable[tuple[str, str]]) -> None:
        """Keep an answer, unless it would take more than an eighth of the room."""
        if len(body) > self._most // 8:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._answers[key] = (body, list(headers))
            self._held += _size(key, body) - (_size(key, old[0]) if old else 0)
            while self._held > self._most:
                gone, (content, _) = self._answers.popitem(last=False)
                self._held -= _size(gone, content)


def _size(key: Key, body: bytes) -> int:
    return len(body) + len(key[1]) + len(key[2]) + 1024  # headers and bookkeeping, roughly


def tag_of(key: Key) -> str:
    """Return the entity tag of an answer: it follows from version, address, `Accept` and our own version alone."""
    version, asked, accept = key
    digest = sha256(f"{__version__}\n{asked}\n{accept}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{version}-{digest}"
