"""Who bridges two communities: the links and the members between them, by weight and by restricted betweenness."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .communities import Communities
from .errors import NotFound, ParameterError, UnknownName
from .rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network

BETWEENNESS: Final = (
    "the share of all pairs, one of each community, that a shortest path in the two communities alone joins over "
    "this author or link; of several shortest paths each counts its part, and its ends do not count for authors"
)
RANKED_BY: Final = ("weight", "betweenness")
MOST_WORK: Final = 100_000_000  # starts of searches × links: some five seconds


@dataclass(frozen=True, slots=True)
class BridgeLink:
    """A link across: its ends as numbers of nodes, in the first and the second community."""

    one: int
    other: int
    weight: float
    betweenness: float | None


@dataclass(frozen=True, slots=True)
class BridgeMember:
    """A member (number of a node) with links across: how many, what they weigh together, and between whom it stands."""

    node: int
    community: int
    links: int
    weight: float
    betweenness: float | None


@dataclass(frozen=True, slots=True)
class Bridges:
    """What lies between two communities. `joined` is the share of pairs that any path in the two joins.

    `links` by weight, then betweenness, then names; `members` (with links across or betweenness above 0) by
    betweenness, then weight, then name. `joined` and all betweenness are None where the communities are too large.
    """

    sizes: tuple[int, int]
    links: tuple[BridgeLink, ...]
    members: tuple[BridgeMember, ...]
    weight: float
    joined: float | None

    def ranked(self, by: str) -> Bridges:
        """Return the same with links and members both by "weight", or both by "betweenness"; ties as they stood.

        Raises: UnknownName.
        """
        if by not in RANKED_BY:
            raise UnknownName("by", by, RANKED_BY)
        digits = 9 if by == "weight" else 12  # sums of fractions differ behind them

        def size(row: BridgeLink | BridgeMember) -> float:
            return -round(getattr(row, by) or 0, digits)

        return replace(
            self, links=tuple(sorted(self.links, key=size)), members=tuple(sorted(self.members, key=size))
        )


def bridges(net: Network, found: Communities, one: int, other: int, most_work: int = MOST_WORK) -> Bridges:
    """Return what bridges two communities, by their numbers.

    Raises: NotFound for a number there is not; ParameterError for the same one twice.
    Cost: O(n + m), and for betweenness O(size of the smaller × links in both).
    Source: U. Brandes, On variants of shortest-path betweenness centrality, 10.1016/j.socnet.2007.11.001 (subsets).
    """
    for number in (one, other):
        if not 1 <= number <= len(found):
            raise NotFound("community", str(number), f"numbers go from 1 to {len(found)}")
    if one == other:
        raise ParameterError("to", other, "another community than `from`")
    side = np.zeros(len(net), np.int8)
    side[found.groups.numbers(one - 1)], side[found.groups.numbers(other - 1)] = 1, 2
    rows, kept = net.among(side > 0)
    two = _Two(np.flatnonzero(side), side[side > 0], rows, net.weights[kept], net.nodes.places_by_name)
    between = _Between.of(rows.number, rows.ends, two.sides, most_work)
    sizes = len(found.groups.numbers(one - 1)), len(found.groups.numbers(other - 1))
    links = two.links(between)
    weight = math.fsum(link.weight for link in links)
    return Bridges(sizes, links, two.members(between, (one, other)), weight, between.joined)


@dataclass(frozen=True, slots=True, eq=False)
class _Two:
    """The network of two communities: `nodes` of the whole one, `sides` (1 or 2) beside them, `weights` of links."""

    nodes: NDArray[Any]
    sides: NDArray[Any]
    rows: Rows
    weights: NDArray[Any]
    places: NDArray[Any]

    @property
    def _across(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.sides[self.rows.number] != self.sides[self.rows.ends]
        return found

    def links(self, between: _Between) -> tuple[BridgeLink, ...]:
        once = self._across & (self.sides[self.rows.number] == 1)
        ends = self.rows.number[once].tolist(), self.rows.ends[once].tolist()
        found = [
            BridgeLink(int(self.nodes[a]), int(self.nodes[b]), weight, between.of_link(a, b))
            for a, b, weight in zip(*ends, self.weights[once].tolist(), strict=True)
        ]
        places = self.places
        return tuple(
            sorted(
                found,
                key=lambda row: (
                    -row.weight,
                    -round(row.betweenness or 0, 12),
                    places[row.one],
                    places[row.other],
                ),
            )
        )

    def members(self, between: _Between, numbers: tuple[int, int]) -> tuple[BridgeMember, ...]:
        from_across, count = self.rows.number[self._across], len(self.nodes)
        links = np.bincount(from_across, minlength=count)
        weights = np.bincount(from_across, self.weights[self._across].astype(float), minlength=count)
        found = [
            BridgeMember(
                node=int(self.nodes[at]),
                community=numbers[self.sides[at] - 1],
                links=int(links[at]),
                weight=float(weights[at]),
                betweenness=between.of_node(at),
            )
            for at in np.flatnonzero((links > 0) | (between.nodes > 0)).tolist()
        ]
        places = self.places
        return tuple(
            sorted(
                found,
                key=lambda row: (-round(row.betweenness or 0, 12), -round(row.weight, 9), places[row.node]),
            )
        )


@dataclass(frozen=True, slots=True)
class _Between:
    """Betweenness in the two communities: `nodes` beside them, `links` by their ends; nothing where too dear."""

    nodes: NDArray[Any]
    links: dict[tuple[int, int], float]
    joined: float | None

    @staticmethod
    def of(ones: NDArray[Any], others: NDArray[Any], sides: NDArray[Any], most_work: int) -> _Between:
        starts, ends = sorted((np.flatnonzero(sides == side) for side in (1, 2)), key=len)
        if len(starts) * max(len(ones) // 2, 1) > most_work:
            return _Between(np.zeros(len(sides)), {}, None)
        import igraph

        once = ones < others
        pairs = np.column_stack((ones[once], others[once]))
        graph = igraph.Graph(n=len(sides), edges=pairs)
        asked = {"directed": False, "sources": starts.tolist(), "targets": ends.tolist()}
        count = len(starts) * len(ends) / 2  # igraph halves what an undirected network gives
        nodes = np.array(graph.betweenness(**asked)) / count
        links = np.array(graph.edge_betweenness(**asked)) / count
        labels = np.array(graph.connected_components().membership)
        most = int(labels.max(initial=0)) + 1
        joined = np.bincount(labels[starts], minlength=most) @ np.bincount(labels[ends], minlength=most)
        by_ends = dict(zip(map(tuple, pairs.tolist()), links.tolist(), strict=True))
        return _Between(nodes, by_ends, float(joined) / (2 * count))

    def of_node(self, node: int) -> float | None:
        return None if self.joined is None else float(self.nodes[node])

    def of_link(self, one: int, other: int) -> float | None:
        return None if self.joined is None else self.links[min(one, other), max(one, other)]
