"""Which nodes a paper links, and what part of it each pair is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from .bylines import SCHEMES
from .items import Paper
from .selection import Filter
from .tallies import Share

Node = tuple[str, int]  # kind and id


def pairs(
    kept: Sequence[Sequence[Node]], groups: Sequence[Sequence[Node]]
) -> Iterator[tuple[tuple[Node, Node], int]]:
    """Yield pairs that a paper links, each with how many links share the paper at one node (or in all, across)."""
    if len(groups) == 1:
        among = len(groups[0]) - 1
        yield from ((pair, among) for pair in combinations(kept[0], 2))
    else:
        among = len(groups[0]) * len(groups[1])
        yield from ((pair, among) for pair in product(kept[0], kept[1]))


def has_byline(paper: Paper, where: Filter) -> bool:
    """Return whether the author list is complete and the positions run from 1 without a gap."""
    shown = len(paper.shown)
    whole = where.shown_only or shown == len(paper.authors)
    return not paper.truncated and whole and paper.positions[:shown] == tuple(range(1, shown + 1))


def pairs_by_byline(
    kept: Sequence[Node], byline: Sequence[int], weight: str
) -> Iterator[tuple[tuple[Node, Node], Share]]:
    """Yield pairs that a paper links, each with its share by the places of both.

    Args:
        byline: authors in order; `kept` are those of them that are nodes.
        weight: one of `bylines.SCHEMES`.
    """
    places = {author: at for at, author in enumerate(byline, start=1)}
    for one, other in combinations(kept, 2):
        yield (one, other), SCHEMES[weight].share(len(byline), places[one[1]], places[other[1]])
