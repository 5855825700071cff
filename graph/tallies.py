"""What the papers of one node or link add up to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .items import Dated

HIGH_BITS: Final = 2.0**30  # sums of fractions of so many bits are exact below 2**23 papers


class Share(NamedTuple):
    """A part of a paper, at most 1: (`over` + `rest`) / `among`, where `rest` is what `over` lacks as a float."""

    over: float
    rest: float
    among: int


@dataclass(slots=True)
class Tally:
    """What the papers of one node or link add up to; filled paper by paper, in order of IRI.

    `shares` holds what part of each paper it is due, not yet divided, so that three thirds make 1.
    """

    papers: list[str] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    from_year: int | None = None
    to_year: int | None = None

    @property
    def share(self) -> float:
        return added_shares(self.shares)

    def add(self, paper: Dated, share: Share) -> None:
        self.papers.append(paper.iri)
        self.shares.append(share)
        if paper.year is not None and not paper.year_inferred:
            self.from_year = paper.year if self.from_year is None else min(self.from_year, paper.year)
            self.to_year = paper.year if self.to_year is None else max(self.to_year, paper.year)


def one_of(among: int) -> Share:
    """Return the part of a paper that is shared evenly among so many."""
    return Share(1, 0.0, among)


def added_shares(shares: Iterable[Share]) -> float:
    """Return the sum of shares, as if added without rounding.

    The upper bits of each share are added apart, where no sum loses any.

    Example:
        >>> added_shares([one_of(6)] * 6)
        1.0
    """
    return math.fsum(part for share in shares for part in split(*share))


def split(over: Any, rest: Any, among: Any) -> tuple[Any, Any]:
    """Return a share, or arrays of them, as upper bits, whose sums are exact, and what is left, below 2**-30."""
    high = HIGH_BITS * over / among // 1 / HIGH_BITS
    return high, (over - high * among + rest) / among
