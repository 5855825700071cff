"""Links weighed by places in the byline, counted over whole columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .bylines import HARMONIC, first_last_products, unit_of
from .rows import Rows
from .tallies import split

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Bylines(NamedTuple):
    """The authors of papers as nodes: `at` holds beside `nodes.ends` their places, `counts` how many each paper has."""

    nodes: Rows
    at: NDArray[np.int64]
    counts: NDArray[np.int64]


def byline_links(scheme: str, bylines: Bylines, paired: NDArray[np.bool_], count: int) -> Any:
    """Return the strengths of links among so many nodes, both ways, as a sparse matrix with ends ascending.

    Args:
        paired: which papers link their authors.

    Cost: O(sum of k² over papers paired), in memory too.
    """
    from scipy.sparse import coo_array, csr_array

    ones, others, over, rest, among = (
        np.concatenate(parts) for parts in zip(*_pairs(scheme, bylines, paired), strict=True)
    )
    ends = np.minimum(ones, others), np.maximum(ones, others)
    sums = [coo_array((part, ends), shape=(count, count)).tocsr() for part in split(over, rest, among)]
    half = csr_array((sums[0].data + sums[1].data, sums[0].indices, sums[0].indptr), shape=(count, count))
    made = (half + half.T).tocsr()
    made.sort_indices()
    return made


def _pairs(
    scheme: str, bylines: Bylines, paired: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Both nodes of each pair and its share of the paper, for papers of 0, 2, 3 … nodes in turn."""
    sizes = np.where(paired, bylines.nodes.sizes, 0)
    for size in np.unique(np.concatenate(([0], sizes[sizes > 1]))).tolist():
        papers = np.flatnonzero(sizes == size)
        where = bylines.nodes.starts[papers][:, None] + np.arange(size)
        one, other = np.triu_indices(size, 1)
        nodes, at = bylines.nodes.ends[where], bylines.at[where]
        counts = np.repeat(bylines.counts[papers], len(one))
        share = _shares(scheme, counts, at[:, one].ravel(), at[:, other].ravel())
        yield nodes[:, one].ravel(), nodes[:, other].ravel(), *share


def _shares(
    scheme: str, counts: NDArray[Any], one: NDArray[Any], other: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """What `bylines.SCHEMES` gives one pair at a time: over, rest, among."""
    if scheme == HARMONIC:
        known, which = np.unique(counts, return_inverse=True)
        units = np.array([unit_of(count) for count in known.tolist()], np.float64).reshape(-1, 2)
        return units[which, 0], units[which, 1], one * other
    product = np.where((one == 1) | (one == counts), 2, 1) * np.where((other == 1) | (other == counts), 2, 1)
    return product.astype(np.float64), np.zeros(len(counts)), first_last_products(counts)
