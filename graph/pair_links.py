"""Why two authors are linked: the papers that both wrote, what these weigh, and what is cut or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .columns import NO_POSITION, NO_YEAR
from .compact import compact, occasions_chosen
from .errors import ParameterError
from .link_works import counted
from .occasions import PAPERS
from .projections import WEIGHTS
from .selection import Filter
from .snapshot import Mirror

if TYPE_CHECKING:
    from .network import Network


@dataclass(frozen=True, slots=True)
class JointPaper:
    """A paper of both: its number in the mirror, their places on it (None: not printed), how many authors are known.

    `is_linking` is False of a paper of more authors than `Mirror.most_authors`: it makes no links.
    """

    paper: int
    places: tuple[int | None, int | None]
    authors: int
    is_linking: bool


@dataclass(frozen=True, slots=True)
class PairLink:
    """What links two authors (ids of the mirror).

    - `papers`: all of both, by year, then IRI (those without a year last)
    - `weights`: the weight of the link by each scheme; empty when there is none
    - `years`: how many joint papers each printed or inferred year has
    - `institutions`, `categories`: ids, each with how many of the joint papers name it, most first
    - `without_year`, `truncated`, `year_inferred`: how many joint papers
    """

    one: int
    other: int
    papers: tuple[JointPaper, ...]
    weights: Mapping[str, float]
    years: Mapping[int, int]
    institutions: tuple[tuple[int, int], ...]
    categories: tuple[tuple[int, int], ...]
    without_year: int
    truncated: int
    year_inferred: int

    @property
    def is_linked(self) -> bool:
        """Whether the co-author network links them."""
        return bool(self.weights)


def pair_link(mirror: Mirror, one: int, other: int, where: Filter | None = None) -> PairLink:
    """Return what links two authors by the papers that a filter counts.

    Raises:
        ParameterError: both are the same.
        NotFound, AmbiguousName: a category or institution of the filter.
    Cost: O(authorships).
    """
    where = where or Filter()
    if one == other:
        raise ParameterError("other", mirror.authors[one].id, "another author than the first")
    bylines, columns = occasions_chosen(mirror, PAPERS, "author", where).members, mirror.columns
    first, second = (bylines.number[bylines.ends == at] for at in (one, other))
    both = np.intersect1d(first, second)
    years = columns.years[both]
    both = both[np.lexsort((both, np.where(years == NO_YEAR, np.iinfo(np.int16).max, years)))]
    years = columns.years[both]
    sizes = bylines.sizes[both]
    papers = [
        JointPaper(
            paper=int(at),
            places=(_place(mirror, int(at), one), _place(mirror, int(at), other)),
            authors=int(size),
            is_linking=bool(size <= mirror.most_authors),
        )
        for at, size in zip(both, sizes, strict=True)
    ]
    return PairLink(
        one=one,
        other=other,
        papers=tuple(papers),
        weights=_weights(mirror, one, other, where) if any(p.is_linking for p in papers) else {},
        years=dict(sorted(Counter(year for year in years.tolist() if year != NO_YEAR).items())),
        institutions=counted(columns.institutions[at] for at in both),
        categories=counted(columns.categories[at] for at in both),
        without_year=int((years == NO_YEAR).sum()),
        truncated=int(columns.truncated[both].sum()),
        year_inferred=int(columns.year_inferred[both].sum()),
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """A neighbour of both (number of a node), and what its links to the one and to the other weigh."""

    node: int
    weights: tuple[float, float]


def shared_neighbours(net: Network, one: int, other: int) -> tuple[Shared, ...]:
    """Return the neighbours that two nodes share, by the weaker of the two links, then by both together, then by name.

    Cost: O(neighbours of both, and their names).
    """
    near = net.links[one], net.links[other]
    both = np.intersect1d(*near, assume_unique=True)
    at = [
        net.links.starts[node] + row.searchsorted(both) for node, row in zip((one, other), near, strict=True)
    ]
    first, second = (net.weights[places].tolist() for places in at)
    found = [Shared(node, (a, b)) for node, a, b in zip(both.tolist(), first, second, strict=True)]
    names = net.nodes

    def key(row: Shared) -> tuple[float, float, str, str]:
        node = names[row.node]
        return -min(row.weights), -sum(row.weights), node.name, node.iri

    return tuple(sorted(found, key=key))


def _place(mirror: Mirror, paper: int, author: int) -> int | None:
    rows = mirror.columns.authors
    at = int(rows.starts[paper]) + rows[paper].tolist().index(author)
    place = int(mirror.columns.positions[at])
    return None if place == NO_POSITION else place


def _weights(mirror: Mirror, one: int, other: int, where: Filter) -> dict[str, float]:
    """The link in a network of these two alone, by each scheme, as any network counts it."""
    pair = frozenset(mirror.authors[at].iri for at in (one, other))
    found: dict[str, float] = {}
    for scheme in WEIGHTS:
        net = compact(mirror, "coauthors", weight=scheme, where=replace(where, authors=pair))
        if net.size:
            found[scheme] = net.weights[0].item()
    return found
