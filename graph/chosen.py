"""Which papers a network is drawn from, over whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .columns import NO_POSITION, NO_YEAR, Columns
from .rows import Rows
from .selection import Filter, find, narrower
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Chosen:
    """The papers of a filter: a mask over the mirror's, and those without a year that no window would take."""

    papers: NDArray[np.bool_]
    without_year: int


def choose(mirror: Mirror, where: Filter) -> Chosen:
    """Return the papers of a filter, as `selection.select` does one by one.

    Raises: NotFound, AmbiguousName.
    Cost: O(papers).
    """
    columns = mirror.columns
    passed = np.ones(len(columns), np.bool_)
    if where.category is not None:
        passed &= _holds(columns.categories, narrower(mirror, where.category), len(mirror.categories))
    if where.institution is not None:
        place = find("institution", mirror.institutions, where.institution)
        passed &= _holds(columns.institutions, [place], len(mirror.institutions))
    if where.authors:
        asked = [find("author", mirror.authors, author) for author in where.authors]
        passed &= _holds(authors_counted(columns, where), asked, len(mirror.authors))
    if where.complete_only:
        passed &= ~columns.truncated
    without = columns.years == NO_YEAR
    without_year = int((passed & without).sum())
    if where.from_year is not None or where.to_year is not None:
        first, last = where.from_year or 1, where.to_year or np.iinfo(np.int16).max
        passed &= (columns.years >= first) & (columns.years <= last)
    return Chosen(passed, without_year)


def _holds(rows: Rows, wanted: Any, most: int) -> NDArray[np.bool_]:
    """Which rows hold one of the ids wanted."""
    is_wanted = np.zeros(most, np.bool_)
    is_wanted[list(wanted)] = True
    return np.bincount(rows.number[is_wanted[rows.ends]], minlength=len(rows)) > 0


def authors_counted(columns: Columns, where: Filter) -> Rows:
    """Return the authors of each paper that a filter counts: all, or the shown ones."""
    return columns.authors.where(columns.positions != NO_POSITION) if where.shown_only else columns.authors
