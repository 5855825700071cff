"""The papers behind a network, as columns: what figures of authors are made of that links do not hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .columns import NO_POSITION, NO_YEAR, Columns
from .rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Counted:
    """The papers that a filter chose: a mask over `columns`, and whether printed authors only are counted.

    What follows has a row or an element a paper chosen, in the mirror's order.
    """

    columns: Columns
    chosen: NDArray[np.bool_]
    shown_only: bool = False

    @cached_property
    def authors(self) -> Rows:
        """The authors counted, in byline order."""
        rows = self.columns.authors.take(self.chosen)
        return rows.where(self.positions_of_all != NO_POSITION) if self.shown_only else rows

    @cached_property
    def positions_of_all(self) -> NDArray[np.int32]:
        """Beside the authors of the papers, counted or not: their positions."""
        return self.columns.positions[np.repeat(self.chosen, self.columns.authors.sizes)]

    @cached_property
    def positions(self) -> NDArray[np.int32]:
        """Beside `authors.ends`: the position, `NO_POSITION` where no source prints one."""
        all_of_them = self.positions_of_all
        return all_of_them[all_of_them != NO_POSITION] if self.shown_only else all_of_them

    @cached_property
    def has_byline(self) -> NDArray[np.bool_]:
        """Whether the list is complete and positions run from 1 without a gap."""
        return known_bylines(self.authors, self.positions, self.truncated)

    @property
    def truncated(self) -> NDArray[np.bool_]:
        """Whether the author list is not known to be complete."""
        return self.columns.truncated[self.chosen]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many authors are known, counted or not."""
        return self.columns.authors.sizes[self.chosen]

    @property
    def institutions(self) -> NDArray[np.int64]:
        """How many institutions stand on it."""
        return self.columns.institutions.sizes[self.chosen]

    @property
    def printed_years(self) -> NDArray[np.int16]:
        """The year, `NO_YEAR` where no source prints one."""
        years, inferred = self.columns.years[self.chosen], self.columns.year_inferred[self.chosen]
        return np.where(inferred, np.int16(NO_YEAR), years)

    @property
    def citations(self) -> NDArray[np.int64]:
        """How many papers of the store, chosen or not, cite it."""
        return np.bincount(self.columns.cites.ends, minlength=len(self.columns))[self.chosen]


def places(rows: Rows) -> NDArray[np.int64]:
    """Return the place in its row of each end, from 1."""
    return np.arange(len(rows.ends)) - rows.starts[rows.number] + 1


def known_bylines(
    rows: Rows, positions: NDArray[np.int32], truncated: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which papers have a complete byline whose positions run from 1 without a gap.

    Args:
        rows: the authors of each paper in byline order; `positions` beside its ends.
    """
    astray = rows.number[positions != places(rows)]
    in_order: NDArray[np.bool_] = np.bincount(astray, minlength=len(rows)) == 0
    return ~truncated & in_order
