"""Slices of years, side by side or each holding all before it: `3y` from the first printed year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from .chosen import choose
from .columns import NO_YEAR
from .errors import ParameterError
from .selection import Filter
from .snapshot import Mirror

MOST_SLICES: Final = 100
# Where nobody says how wide: the first of these that makes no more slices than can be read.
_FITTING: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_FITTING: Final = 40
_WIDEST: Final = 9999
_WIDTH: Final = re.compile(r"([0-9]{1,5})\s*y?", re.ASCII | re.IGNORECASE)


class Slice(NamedTuple):
    """Years, both included; a cumulative slice begins with the first of all."""

    from_year: int
    to_year: int


@dataclass(frozen=True, slots=True)
class Slices:
    """The slices of a selection, first to last, of `width` years each; the last one ends with the last year there is.

    `papers_without_year` and `papers_before` (an inferred year before the first printed one) are in none of them.
    """

    width: int
    is_cumulative: bool
    all: tuple[Slice, ...]
    papers_without_year: int
    papers_before: int

    def filters(self, where: Filter) -> Sequence[Filter]:
        """Return a filter narrowed to each slice."""
        return [replace(where, from_year=first, to_year=last) for first, last in self.all]

    def whole(self, where: Filter) -> Filter:
        """Return a filter narrowed to all slices together; itself when there are none."""
        if not self.all:
            return where
        return replace(where, from_year=self.all[0].from_year, to_year=self.all[-1].to_year)

    @property
    def facts(self) -> dict[str, object]:
        """What every answer about slices says of them, ready for JSON."""
        return {
            "slices": f"{self.width}y",
            "cumulative": self.is_cumulative,
            "papers_without_year": self.papers_without_year,
            "papers_before_slices": self.papers_before,
        }


def width_of(text: object) -> int:
    """Return the years of a slice: 3 of "3y", "3" or 3. Raises: ParameterError.

    Example:
        >>> width_of("3y"), width_of(5)
        (3, 5)
    """
    found = None if isinstance(text, bool) else _WIDTH.fullmatch(str(text).strip())
    years = int(found[1]) if found else 0
    if not 1 <= years <= _WIDEST:
        raise ParameterError("slices", text, f"a number of years from 1 to {_WIDEST}, like 3y")
    return years


def fitting_width(years: int) -> int:
    """Return the width that cuts so many years into slices that can be read.

    Example:
        >>> fitting_width(40), fitting_width(41), fitting_width(181), fitting_width(201)
        (1, 2, 5, 10)
    """
    return next((width for width in _FITTING if -(-years // width) <= MOST_FITTING), _FITTING[-1])


def slices_of(
    mirror: Mirror, width: int | None, is_cumulative: bool = False, where: Filter | None = None
) -> Slices:
    """Return the slices of the papers of a filter: from its `from_year`, or else the first printed year, on.

    Without a `width` they have the one that fits, of `fitting_width`.

    They end with its `to_year`, or else the last year known. Without a printed year the first inferred one begins;
    without any year there are none.

    Raises:
        ParameterError: there would be more than `MOST_SLICES`.
        NotFound, AmbiguousName: the filter names what is not there.
    """
    where = Filter() if where is None else where
    chosen, columns = choose(mirror, where), mirror.columns
    known = chosen.papers & (columns.years != NO_YEAR)
    printed = known & ~columns.year_inferred
    years = columns.years[known]
    first = where.from_year or _least(columns.years[printed]) or _least(years)
    last = where.to_year or (int(years.max()) if len(years) else None)
    if first is None or last is None or last < first:
        return Slices(width or 1, is_cumulative, (), chosen.without_year, len(years))
    width = width or fitting_width(last - first + 1)
    starts = range(first, last + 1, width)
    if len(starts) > MOST_SLICES:
        raise ParameterError(
            "slices",
            f"{width}y",
            f"wider ones: {first} to {last} makes {len(starts)}, expected at most {MOST_SLICES}",
        )
    found = [Slice(first if is_cumulative else start, min(start + width - 1, last)) for start in starts]
    return Slices(width, is_cumulative, tuple(found), chosen.without_year, int((years < first).sum()))


def _least(years: np.ndarray[tuple[int], np.dtype[np.int16]]) -> int | None:
    return int(years.min()) if len(years) else None
