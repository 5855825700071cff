"""Compressed sparse rows: which things stand at which, as two arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Row `at` is `ends[starts[at]:starts[at + 1]]`; `starts` int64, one more than there are rows, `ends` int32."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int32]

    @staticmethod
    def of(rows: Sequence[Sequence[int]]) -> Rows:
        """Return rows given one by one. Cost: O(what they hold).

        Example:
            >>> Rows.of([(1, 2), (), (0,)]).starts.tolist()
            [0, 2, 2, 3]
        """
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        ends = np.fromiter(chain.from_iterable(rows), np.int32, int(sizes.sum()))
        return Rows(_starts(sizes), ends)

    @staticmethod
    def of_sorted(count: int, rows: NDArray[np.int32], ends: NDArray[np.int32]) -> Rows:
        """Return so many rows, of ends that stand in the order of their rows."""
        return Rows(_starts(np.bincount(rows, minlength=count)), ends)

    @staticmethod
    def of_pairs(count: int, rows: NDArray[np.int32], ends: NDArray[np.int32]) -> Rows:
        """Return so many rows, their ends ascending and each once.

        Example:
            >>> Rows.of_pairs(2, np.array([1, 0, 1]), np.array([5, 7, 5])).ends.tolist()
            [7, 5]
        """
        order = np.lexsort((ends, rows))
        rows, ends = rows[order], ends[order]
        new = np.ones(len(rows), np.bool_)
        new[1:] = (rows[1:] != rows[:-1]) | (ends[1:] != ends[:-1])
        return Rows.of_sorted(count, rows[new], ends[new])

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How much each row holds."""
        return np.diff(self.starts)

    @property
    def number(self) -> NDArray[np.int64]:
        """The number of its row, beside each end."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def turned(self, count: int) -> Rows:
        """Return, for each of so many ends, the rows that hold it, ascending.

        Example:
            >>> Rows.of([(1, 2), (), (1,)]).turned(3).ends.tolist()
            [0, 2, 0]
        """
        order = np.argsort(self.ends, kind="stable")
        return Rows.of_sorted(count, self.ends, self.number[order].astype(np.int32))

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """Return the rows with those ends only that a mask beside `ends` keeps."""
        return Rows(_starts(kept)[self.starts], self.ends[kept])

    def take(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return those rows only that a mask over rows keeps."""
        return Rows(_starts(self.sizes[chosen]), self.ends[np.repeat(chosen, self.sizes)])

    def joined(self, rows: NDArray[Any]) -> NDArray[np.int32]:
        """Return what some rows hold, one after the other.

        Example:
            >>> Rows.of([(1, 2), (), (0,)]).joined(np.array([2, 0])).tolist()
            [0, 1, 2]
        """
        sizes = self.starts[rows + 1] - self.starts[rows]
        first = np.repeat(self.starts[rows] - np.cumsum(sizes) + sizes, sizes)
        found: NDArray[np.int32] = self.ends[first + np.arange(len(first))]
        return found

    def matrix(self, columns: int, values: NDArray[Any] | None = None) -> Any:
        """Return the rows as a sparse matrix of so many columns, of ones or of the values beside `ends`."""
        from scipy.sparse import csr_array

        ones = np.ones(len(self.ends)) if values is None else values
        # Beside starts of 8 bytes scipy copies all ends into 8 bytes too.
        starts = self.starts.astype(np.int32) if len(self.ends) < 2**31 else self.starts
        return csr_array((ones, self.ends, starts), shape=(len(self), columns))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> NDArray[np.int32]:
        return self.ends[self.starts[at] : self.starts[at + 1]]


def _starts(sizes: NDArray[Any]) -> NDArray[np.int64]:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
