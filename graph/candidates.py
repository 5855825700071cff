"""Whom an author could write with next: who stands to choice, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .errors import ParameterError
from .link_scores import DIGITS, Around, Traits, combined, scores_from
from .network import Network
from .selection import Filter

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST: Final = 20  # of fewer within two steps, authors of the same categories are taken too


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Numbers of nodes, ascending; `within` of these lie two steps away, the others share categories only."""

    numbers: NDArray[np.int64]
    is_near: NDArray[np.bool_]


def check_filter(where: Filter) -> None:
    """Return when suggestions can be made of what a filter leaves. Raises: ParameterError."""
    for name in ("authors", "min_weight"):
        if name in where.given:
            raise ParameterError(name, where.given[name], "nothing: suggestions are made from all links")


def candidates(net: Network, traits: Traits, one: int) -> Candidates:
    """Return the non-neighbours of a node within two steps, and when they are fewer than 20, others up to 20.

    Those are authors that share a category with it: most overlap first, then the latest last year, then by number.
    """
    near = np.unique(Around.of(net, one).ends).astype(np.int64)
    known = np.zeros(len(net), np.bool_)
    known[net.links[one]] = known[one] = True
    near = near[~known[near]]
    if len(near) >= FEWEST:
        return Candidates(near, np.ones(len(near), np.bool_))
    known[near] = True
    far = _of_same_categories(traits, one, known)[: FEWEST - len(near)]
    numbers = np.concatenate((near, far))
    order = np.argsort(numbers)
    return Candidates(numbers[order], (np.arange(len(numbers)) < len(near))[order])


def _of_same_categories(traits: Traits, one: int, known: NDArray[np.bool_]) -> NDArray[np.int64]:
    own = traits.shares[[one]].indices
    if not len(own):
        return np.zeros(0, np.int64)
    is_own = np.zeros(traits.shares.shape[1], np.bool_)
    is_own[own] = True
    of = np.repeat(np.arange(len(known)), np.diff(traits.shares.indptr))
    others = np.unique(of[is_own[traits.shares.indices]])
    others = others[~known[others]]
    overlap = np.round(traits.overlap(one, others), DIGITS)
    found: NDArray[np.int64] = others[np.lexsort((others, -traits.last_years[others], -overlap))]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Candidates in order: `score` descending, then number; all arrays beside each other."""

    numbers: NDArray[np.int64]
    is_near: NDArray[np.bool_]
    score: NDArray[np.float64]
    scores: dict[str, NDArray[np.float64]]


def ordered(net: Network, traits: Traits, one: int, walk: NDArray[np.float64]) -> Ordered:
    """Return the candidates of a node by the mean of the percentiles of their scores.

    Args:
        walk: the PageRank from the node (`walks.pagerank_from`), an element a node.
    """
    found = candidates(net, traits, one)
    scores = scores_from(net, traits, one, found.numbers, walk)
    score = combined(scores)
    order = best_first(score)
    by_name = {name: values[order] for name, values in scores.items()}
    return Ordered(found.numbers[order], found.is_near[order], score[order], by_name)


def best_first(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the places of values, the largest first, equal ones as they stand."""
    found: NDArray[np.int64] = np.argsort(-values, kind="stable")
    return found
