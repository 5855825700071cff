"""Nodes and links added up occasion by occasion, with the papers behind each: for what people can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bylines import SCHEMES
from .items import Paper, Thing
from .occasions import PAPERS, listed
from .pairing import Node, has_byline, pairs, pairs_by_byline
from .selection import Filter, Selection, members_by
from .snapshot import Mirror
from .tallies import Tally, one_of


@dataclass(slots=True)
class Counted:
    """Tallies of nodes and links, and how many papers named no node, or could not be paired; filled one by one.

    `without_byline` is None where the weight asks for no byline.
    """

    nodes: dict[Node, Tally]
    links: dict[tuple[Node, Node], Tally]
    empty: int = 0
    capped: int = 0
    without_byline: int | None = None


def count(
    mirror: Mirror,
    made_of: str,
    kinds: Sequence[str],
    selection: Selection,
    where: Filter,
    *,
    weight: str,
    most: int | None,
) -> Counted:
    """Return what the papers of a selection add up to.

    Args:
        made_of, kinds, weight: of the projection.
        most: a paper with more members of the first kind makes no links; None for any number.
    """
    found = Counted({}, {}, without_byline=0 if weight in SCHEMES else None)
    for occasion, groups in listed(mirror, made_of, kinds, selection, where):
        kept = [[node for node in group if _is_kept(node, selection)] for group in groups]
        found.empty += not any(kept)
        for group, all_of_kind in zip(kept, groups, strict=True):
            for node in group:
                found.nodes.setdefault(node, Tally()).add(occasion, one_of(len(all_of_kind)))
        if most is not None and len(groups[0]) > most:
            found.capped += 1
        elif found.without_byline is None:
            for pair, among in pairs(kept, groups):
                found.links.setdefault(pair, Tally()).add(occasion, one_of(among))
        elif isinstance(occasion, Paper):
            _by_byline(found, occasion, kept[0], where, weight)
    if made_of != PAPERS:  # there, nodes are papers counted
        found.empty = len(selection.papers) - len(found.nodes)
    return found


def _by_byline(found: Counted, paper: Paper, kept: Sequence[Node], where: Filter, weight: str) -> None:
    if not has_byline(paper, where):
        found.without_byline = (found.without_byline or 0) + 1
        return
    for pair, share in pairs_by_byline(kept, members_by(paper, where), weight):
        found.links.setdefault(pair, Tally()).add(paper, share)


def _is_kept(node: Node, selection: Selection) -> bool:
    return node[0] != "author" or selection.authors is None or node[1] in selection.authors


def strength_of(tally: Tally, weight: str) -> float:
    """Return what a link weighs."""
    if weight == "none":
        return 1
    return len(tally.papers) if weight == "full" else tally.share


def node_facts(thing: Thing, kind: str, tally: Tally) -> dict[str, object]:
    """Return what a graph says of a node."""
    return {
        "kind": kind,
        "name": thing.name,
        "id": thing.id,
        "papers": len(tally.papers),
        "fractional_papers": tally.share,
        "from_year": tally.from_year,
        "to_year": tally.to_year,
    }


def link_facts(tally: Tally, strength: float) -> dict[str, object]:
    """Return what a graph says of a link."""
    return {
        "weight": strength,
        "distance": 1 / strength,
        "papers": tuple(tally.papers),
        "from_year": tally.from_year,
        "to_year": tally.to_year,
    }
