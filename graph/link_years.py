"""When two people wrote together: the years behind each link, and whether a whole author list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from .columns import NO_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .columns import Columns
    from .rows import Rows

_LATE: Final = np.int16(np.iinfo(np.int16).max)


@dataclass(frozen=True, slots=True, eq=False)
class LinkYears:
    """Beside pairs of nodes: first and last year, `NO_YEAR` without; `cut`: only cut author lists show it."""

    first: NDArray[np.int16]
    last: NDArray[np.int16]
    cut: NDArray[np.bool_]


def link_years(
    columns: Columns, papers: NDArray[np.int64], members: Rows, pairs: NDArray[np.int64], most: int
) -> LinkYears:
    """Return the years of some links.

    Args:
        papers: ids of the papers counted.
        members: a row a paper, of the nodes that it names.
        pairs: the links, each once, the smaller number first, in ascending order.
        most: a paper with more members makes no links.

    Cost: O(sum of k² over papers).
    """
    known = columns.years[papers]
    first, last = np.full(len(pairs), _LATE), np.full(len(pairs), np.int16(NO_YEAR))
    cut = np.ones(len(pairs), np.bool_)
    keys = pairs[:, 0] << 32 | pairs[:, 1]
    for rows, together in _by_size(members, most):
        at = np.searchsorted(keys, together[:, 0] << 32 | together[:, 1])
        at[at == len(keys)] = 0
        found = (keys[at] == (together[:, 0] << 32 | together[:, 1])) if len(keys) else np.zeros(0, np.bool_)
        at, years = at[found], known[rows[found]]
        np.minimum.at(first, at, np.where(years == NO_YEAR, _LATE, years))
        np.maximum.at(last, at, years)
        cut[at[~columns.truncated[papers[rows[found]]]]] = False
    return LinkYears(np.where(first == _LATE, np.int16(NO_YEAR), first), last, cut)


def _by_size(members: Rows, most: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For each number of members: the row and the two nodes of each pair, smaller first."""
    sizes, made = members.sizes, []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        rows = np.flatnonzero(sizes == size)
        nodes = np.sort(
            members.ends[members.starts[rows][:, None] + np.arange(size)].astype(np.int64), axis=1
        )
        one, other = np.triu_indices(size, 1)
        together = np.column_stack((nodes[:, one].ravel(), nodes[:, other].ravel()))
        made.append((np.repeat(rows, len(one)), together))
    return made
