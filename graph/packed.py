"""Texts in one column, which can be mapped from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from .made import Made

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Texts(Made[str]):
    """Texts one after the other as UTF-8: text `at` is `content[starts[at]:starts[at + 1]]`."""

    starts: NDArray[np.int64]
    content: NDArray[np.uint8]

    @staticmethod
    def of(texts: Iterable[str | bytes]) -> Texts:
        """Return texts packed, some of them perhaps encoded already.

        Example:
            >>> Texts.of(["a", "", "é"])[2]
            'é'
        """
        pieces = [text if isinstance(text, bytes) else text.encode() for text in texts]
        starts = np.fromiter(accumulate(map(len, pieces), initial=0), np.int64, len(pieces) + 1)
        return Texts(starts, np.frombuffer(b"".join(pieces), np.uint8))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def _made(self, at: int) -> str:
        return self.content[self.starts[at] : self.starts[at + 1]].tobytes().decode()

    def followed_by(self, other: Texts) -> Texts:
        """Return these texts with others behind them. Cost: O(their bytes)."""
        starts = np.concatenate((self.starts, self.starts[-1] + other.starts[1:]))
        return Texts(starts, np.concatenate((self.content, other.content)))

    def listed(self) -> list[str]:
        """Return all texts. Cost: O(their bytes), much less than one at a time."""
        content, starts = self.content.tobytes(), self.starts.tolist()
        return [content[start:end].decode() for start, end in pairwise(starts)]

    def order(self) -> NDArray[np.int64]:
        """Return the numbers of the texts sorted by code point, equal ones as they stand.

        Cost: O(n log n) in numpy, eight bytes of each text at a time and no further than where it differs.

        Example:
            >>> Texts.of(["b", "", "é", "ab", "b"]).order().tolist()
            [1, 3, 0, 4, 2]
        """
        order = np.arange(len(self))
        group, tied, sizes = np.zeros(len(self), np.int64), order.copy(), np.diff(self.starts)
        content = np.concatenate((self.content, np.zeros(8, np.uint8)))
        for done in range(0, int(sizes.max(initial=0)) + 1, 8):
            texts = order[tied]
            word = _words(content, self.starts[texts] + done, np.clip(sizes[texts] - done, 0, 8))
            inside = np.lexsort((word, group[tied]))
            tied = _settled(order, group, tied, texts[inside], word[inside])
            if not len(tied):
                return order
        texts = order[tied]  # a text ends before another that goes on with NUL
        inside = np.lexsort((sizes[texts], group[tied]))
        order[tied] = texts[inside]
        return order


def _words(
    content: NDArray[np.uint8], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Up to eight bytes as one number, the first highest, zeros where there are fewer."""
    windows = np.ndarray((len(content) - 7,), ">u8", content, strides=(1,))
    found = windows[np.minimum(starts, len(windows) - 1)].astype(np.uint64)
    short = ((8 - np.maximum(sizes, 1)) * 8).astype(np.uint64)
    return np.where(sizes > 0, found >> short << short, np.uint64(0))


def _settled(
    order: NDArray[np.int64],
    group: NDArray[np.int64],
    tied: NDArray[np.int64],
    texts: NDArray[np.int64],
    word: NDArray[np.uint64],
) -> NDArray[np.int64]:
    """Put sorted texts at their places, in place, and return the places that are still tied."""
    before = group[tied]
    is_new = np.ones(len(tied), np.bool_)
    is_new[1:] = (before[1:] != before[:-1]) | (word[1:] != word[:-1])
    order[tied] = texts
    group[tied] = tied[np.maximum.accumulate(np.where(is_new, np.arange(len(tied)), 0))]
    is_alone = is_new.copy()
    is_alone[:-1] &= is_new[1:]
    return tied[~is_alone]
