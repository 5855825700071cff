"""How likely two authors who have no joint paper are to write one: the single scores of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .columns import NO_YEAR
from .compact import membership
from .network import Network
from .resampled import of_papers
from .selection import Filter
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Name -> definition, for authors a and c; N(a) the co-authors of a, k(z) how many z has.
SCORES: Final = MappingProxyType(
    {
        "common": "co-authors that a and c have in common",
        "adamic_adar": "sum of 1/ln k(z) over the common co-authors z",
        "resource_allocation": "sum of 1/k(z) over the common co-authors z",
        "pagerank": "PageRank of c from a: damping 0.85, every link alike",
        "category_overlap": "sum over categories of the smaller of the two shares; an author's share of a category is "
        "that of it among all (paper, category) of theirs",
        "recency": "1/(1 + newest year in the network - last printed year of c), 0 without a year",
    }
)
DIGITS: Final = 10  # scores are rounded to so many decimals, so that sums taken in another order tie


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What the authors of a network write about, and when they last did.

    `shares` is sparse, a row a node, a column a category, rows adding up to 1 (or empty); `last_years` int64 of
    printed years, `NO_YEAR` without.
    """

    shares: Any
    last_years: NDArray[np.int64]

    @staticmethod
    def of(mirror: Mirror, where: Filter, net: Network) -> Traits:
        """Return the traits of a co-author network of that mirror and filter. Cost: O(papers)."""
        papers, rows = membership(mirror, "author", where)
        columns = of_papers(mirror, papers).columns
        counts = (rows.matrix(len(net)).T @ columns.categories.matrix(len(mirror.categories))).tocsr()
        sizes = np.maximum(counts.sum(axis=1), 1)
        counts.data = counts.data / np.repeat(sizes, np.diff(counts.indptr))
        last = np.full(len(net), NO_YEAR, np.int64)
        printed = ~columns.year_inferred[rows.number]
        np.maximum.at(last, rows.ends[printed], columns.years[rows.number[printed]].astype(np.int64))
        return Traits(counts, last)

    def recency(self) -> NDArray[np.float64]:
        """Return 1/(1 + years since the last), 0 without a year."""
        known = self.last_years != NO_YEAR
        newest = self.last_years.max(initial=NO_YEAR)
        return np.where(known, 1 / (1.0 + np.where(known, newest - self.last_years, 0)), 0.0)

    def overlap(self, one: int, others: NDArray[Any]) -> NDArray[np.float64]:
        """Return what the categories of a node and of others have in common, in [0, 1]."""
        own = self.shares[[one]].toarray()[0]
        rows = self.shares[others]
        least = np.minimum(rows.data, own[rows.indices])
        at = np.repeat(np.arange(len(others)), np.diff(rows.indptr))
        return np.bincount(at, least, len(others)).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """The network around one author: all nodes two steps away, with what lies between."""

    through: NDArray[np.int32]
    ends: NDArray[np.int32]
    sizes: NDArray[np.int64]

    @staticmethod
    def of(net: Network, one: int) -> Around:
        """Return the walks of two steps from a node. Cost: O(sum of the degrees of its neighbours)."""
        near = net.links[one]
        ends = [net.links[at] for at in near.tolist()]
        return Around(near, np.concatenate(ends) if ends else np.zeros(0, np.int32), net.degrees[near])

    def sums(self, weights: NDArray[Any], count: int) -> NDArray[np.float64]:
        """Return for each of `count` nodes the weights of those in between, added up."""
        return np.bincount(self.ends, np.repeat(weights, self.sizes), count).astype(np.float64)


def scores_from(
    net: Network, traits: Traits, one: int, others: NDArray[Any], walk: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Return the scores of a node with others, beside these, in the order of `SCORES`, rounded.

    Args:
        walk: the PageRank from the node, an element a node.
    Source: L. A. Adamic and E. Adar, 10.1016/S0378-8733(03)00009-1; T. Zhou et al., 10.1140/epjb/e2009-00335-8; D.
        Liben-Nowell and J. Kleinberg, 10.1002/asi.20591.
    """
    around = Around.of(net, one)
    degrees = np.maximum(around.sizes, 2)  # one with a single co-author lies between no two
    found = {
        "common": around.sums(np.ones(len(degrees)), len(net))[others],
        "adamic_adar": around.sums(1 / np.log(degrees), len(net))[others],
        "resource_allocation": around.sums(1 / degrees, len(net))[others],
        "pagerank": walk[others],
        "category_overlap": traits.overlap(one, others),
        "recency": traits.recency()[others],
    }
    return {name: np.round(found[name], DIGITS) for name in SCORES}


def percentiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of values that each is above, equal ones half, itself among them: in (0, 1).

    Example:
        >>> percentiles(np.array([3.0, 1.0, 1.0, 7.0])).tolist()
        [0.625, 0.25, 0.25, 0.875]
    """
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    below = np.cumsum(counts) - counts
    found: NDArray[np.float64] = ((below + counts / 2) / max(len(values), 1))[at]
    return found


def combined(scores: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the mean of the percentiles of all scores, rounded, in (0, 1)."""
    parts = np.array([percentiles(scores[name]) for name in SCORES])
    found: NDArray[np.float64] = np.round(parts.sum(axis=0) / len(SCORES), DIGITS)
    return found
