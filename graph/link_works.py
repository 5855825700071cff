"""What stands behind a link of any network: the works that make it, their years, and what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .columns import NO_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .evidence import Evidence


@dataclass(frozen=True, slots=True)
class LinkWorks:
    """The works behind a link.

    - `works`: ids of `Mirror.works`, by year, then IRI; those without a year behind them, only cited ones last
    - `years`: how many each year has, printed or completed
    - `institutions`, `categories`: ids, each with how many of the works name it, most first
    """

    works: tuple[int, ...]
    years: Mapping[int, int]
    institutions: tuple[tuple[int, int], ...]
    categories: tuple[tuple[int, int], ...]


def link_works(evidence: Evidence, one: int, other: int) -> LinkWorks:
    """Return what stands behind the link of two nodes; nothing where none links them.

    Cost: O(papers of both), and once for all links O(papers).
    """
    columns, works = evidence.mirror.columns, works_behind(evidence, one, other)
    papers = [at for at in works if at < len(columns)]
    years = columns.years[papers]
    return LinkWorks(
        works=works,
        years=dict(sorted(Counter(years[years != NO_YEAR].tolist()).items())),
        institutions=counted(columns.institutions[at] for at in papers),
        categories=counted(columns.categories[at] for at in papers),
    )


def works_behind(evidence: Evidence, one: int, other: int) -> tuple[int, ...]:
    """Return the works of `link_works` alone, in its order."""
    columns, works = evidence.mirror.columns, evidence.joint(one, other)
    papers = works[works < len(columns)]
    years = columns.years[papers]
    papers = papers[np.lexsort((papers, np.where(years == NO_YEAR, np.iinfo(np.int16).max, years)))]
    return (*papers.tolist(), *works[works >= len(columns)].tolist())


def counted(groups: Iterable[NDArray[Any]]) -> tuple[tuple[int, int], ...]:
    """Return each id with how many groups hold it, most first."""
    counts = Counter(at for group in groups for at in group.tolist())
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
