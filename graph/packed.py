"""Sequences whose items are made when they are looked at, from columns that can be mapped from a file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]


def _same(one: object, other: object) -> bool:
    return one == other


@dataclass(frozen=True, eq=False)
class Texts(Made[str]):
    """Texts one after the other as UTF-8: text `at` is `content[starts[at]:starts[at + 1]]`."""

    starts: NDArray[np.int64]
    content: NDArray[np.uint8]

    @staticmethod
    def of(texts: Iterable[str]) -> Texts:
        """Return texts packed.

        Example:
            >>> Texts.of(["a", "", "é"])[2]
            'é'
        """
        pieces = [text.encode() for text in texts]
        starts = np.fromiter(accumulate(map(len, pieces), initial=0), np.int64, len(pieces) + 1)
        return Texts(starts, np.frombuffer(b"".join(pieces), np.uint8))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def _made(self, at: int) -> str:
        return self.content[self.starts[at] : self.starts[at + 1]].tobytes().decode()

    def listed(self) -> list[str]:
        """Return all texts. Cost: O(their bytes), much less than one at a time."""
        content, starts = self.content.tobytes(), self.starts.tolist()
        return [content[start:end].decode() for start, end in zip(starts, starts[1:], strict=False)]
