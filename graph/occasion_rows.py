"""The same as `occasions.listed`, over whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .chosen import authors_counted
from .occasions import CITED, PAPER, PAPERS
from .rows import Rows
from .selection import Filter
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Occasions(NamedTuple):
    """Occasions in columns: the members of a kind that each names, ascending; and the work that stands for each."""

    members: Rows
    works: NDArray[np.int64]


def occasions(mirror: Mirror, made_of: str, kind: str, papers: NDArray[np.bool_], where: Filter) -> Occasions:
    """Return the occasions that some papers (a mask) make; of papers a row each, empty for those left out.

    Cost: O(what the papers hold).
    """
    columns = mirror.columns
    if made_of == PAPERS:
        rows = {
            "institution": columns.institutions,
            "category": columns.categories,
            PAPER: columns.references,
        }
        named = rows[kind] if kind in rows else authors_counted(columns, where)
        return Occasions(named.where(papers[named.number]), np.arange(len(columns)))
    if made_of == CITED:
        cited = columns.references
        by_work = cited.where(papers[cited.number]).turned(len(mirror.works))
        is_cited = by_work.sizes > 0
        return Occasions(by_work.take(is_cited), np.flatnonzero(is_cited))
    citing, cited_papers = columns.cites.number, columns.cites.ends
    counted = papers[citing] & papers[cited_papers]
    ends = np.sort(np.column_stack((citing[counted], cited_papers[counted])), axis=1).astype(np.int32)
    return Occasions(Rows(np.arange(0, ends.size + 1, 2), ends.reshape(-1)), citing[counted])
