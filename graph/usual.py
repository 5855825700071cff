"""What stands on most of somebody's papers: an institution, a category.

Institutions are of papers, not of people: this is a colour for a picture, never a statement on a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .rows import Rows
    from .snapshot import Mirror

NOTHING: Final = -1


def usual(nodes: Rows, of_papers: Rows, count: int, most: int) -> NDArray[np.int64]:
    """Return what stands on most of a node's papers, of several the first by number; `NOTHING` without.

    Args:
        nodes: which of `count` nodes stand at each paper.
        of_papers: which of `most` things do.

    Cost: O(pairs of a node and a thing on one paper), in scipy.
    """
    found = (nodes.matrix(count).T @ of_papers.matrix(most)).tocoo()
    order = np.lexsort((found.col, -found.data, found.row))
    rows, firsts = np.unique(found.row[order], return_index=True)
    made = np.full(count, NOTHING, np.int64)
    made[rows] = found.col[order][firsts]
    return made


def usual_institutions(mirror: Mirror, authors: Sequence[int] | None = None) -> dict[str, str]:
    """Return author IRI → the name of the institution that stands on most of their papers, the first by IRI of equals.

    Args:
        authors: the numbers of those who are wanted; all by default.
    """
    columns, people = mirror.columns, mirror.columns.authors
    rows = people if authors is None else people.where(np.isin(people.ends, authors))
    found = usual(rows, columns.institutions, len(mirror.authors), len(mirror.institutions))
    known = np.flatnonzero(found != NOTHING).tolist()
    return {mirror.authors[at].iri: mirror.institutions[int(found[at])].name for at in known}
