"""What the papers of one node or link add up to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from .items import Paper

HIGH_BITS: Final = 2.0**30  # sums of fractions of so many bits are exact below 2**23 papers


@dataclass(slots=True)
class Tally:
    """What the papers of one node or link add up to; filled paper by paper, in order of IRI.

    `shared_by` holds among how many each paper is shared; whole numbers, so that three thirds make 1.
    """

    papers: list[str] = field(default_factory=list)
    shared_by: list[int] = field(default_factory=list)
    from_year: int | None = None
    to_year: int | None = None

    @property
    def share(self) -> float:
        return added_shares(self.shared_by)

    def add(self, paper: Paper, among: int) -> None:
        self.papers.append(paper.iri)
        self.shared_by.append(among)
        if paper.year is not None and not paper.year_inferred:
            self.from_year = paper.year if self.from_year is None else min(self.from_year, paper.year)
            self.to_year = paper.year if self.to_year is None else max(self.to_year, paper.year)


def added_shares(shared_by: Iterable[int]) -> float:
    """Return the sum of 1/among, as if added without rounding.

    The upper bits of each share are added apart, where no sum loses any.

    Example:
        >>> added_shares([6] * 6)
        1.0
    """
    parts = []
    for among in shared_by:
        high = math.floor(HIGH_BITS / among) / HIGH_BITS
        parts += [high, (1 - high * among) / among]
    return math.fsum(parts)
