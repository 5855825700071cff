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
        return [content[start:end].decode() for start, end in pairwise(starts)]
