"""Sequences whose items are made when they are looked at."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from operator import eq
from typing import TypeVar, overload

_T = TypeVar("_T")


class Made(Sequence[_T]):
    """A sequence that makes its items; equal to any sequence of equal items."""

    @abstractmethod
    def _made(self, at: int) -> _T:
        """Return the item at a place, counted from the front."""

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, at: int | slice) -> _T | tuple[_T, ...]:
        if isinstance(at, slice):
            return tuple(map(self._made, range(*at.indices(len(self)))))
        return self._made(range(len(self))[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]


class ByIri(Made[_T]):
    """A sequence of things sorted by IRI; their IRIs are at hand without making them."""

    iris: Sequence[str]
