"""Shortest collaboration paths between two nodes of a network, with the papers that prove each step."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final

from .errors import NotFound, ParameterError
from .shortest import Ways

if TYPE_CHECKING:
    import networkx

    from .network import Network

BY: Final = ("steps", "distance")
MOST_PATHS: Final = 1000
_COUNTED_TO: Final = 2**53  # whole numbers that every reader of JSON understands

# Two nodes -> the papers that link them (IRIs, sorted), and the first and last year that these print.
Proves = Callable[[int, int], tuple[tuple[str, ...], int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a path: two IRIs, their joint papers (IRIs, sorted), and how strong the link is."""

    start: str
    end: str
    papers: tuple[str, ...]
    weight: float
    distance: float
    from_year: int | None
    to_year: int | None


@dataclass(frozen=True, slots=True)
class CollaborationPath:
    """A path from `iris[0]` to `iris[-1]`; without one, `found` is False and `iris` and `steps` are empty.

    `distance` is the sum of 1/weight over the steps; None when there is no path.
    `at_least` says that links may be missing, because author lists are cut: a shorter path may exist.
    """

    start: str
    end: str
    start_name: str
    end_name: str
    by: str
    iris: tuple[str, ...]
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    at_least: bool

    @property
    def found(self) -> bool:
        """Whether there is a path; someone has one of no steps to themselves."""
        return bool(self.iris)

    @property
    def distance(self) -> float | None:
        """Sum of the steps' distances."""
        return math.fsum(step.distance for step in self.steps) if self.found else None

    @property
    def text(self) -> str:
        """One line for people: the names along the path, or that there is none."""
        if not self.found:
            return f"no path between {self.start_name} and {self.end_name} in this network"
        if self.start == self.end:
            return f"{self.start_name} is both ends: no step lies between"
        return " - ".join(self.names)


@dataclass(frozen=True, slots=True)
class CollaborationPaths:
    """The shortest paths between two nodes, at most as many as were asked for, the first as `shortest_path` gives it.

    `total` counts all there are, up to 2**53, and `is_more` says that there are more than that.
    """

    first: CollaborationPath
    paths: tuple[CollaborationPath, ...]
    total: int
    is_more: bool = False

    @property
    def truncated(self) -> bool:
        """Whether there are paths that are not listed."""
        return self.total > len(self.paths)


def shortest_path(
    graph: Network | networkx.Graph, start: str, end: str, *, by: str = "steps", proves: Proves | None = None
) -> CollaborationPath:
    """Return a shortest path between two nodes (IRIs): fewest steps, or least summed distance (1/weight).

    Of several shortest ones the choice is fixed: from the end whose IRI comes first, the strongest link that
    keeps to a shortest path is taken at each step, then the name and the IRI that come first. There and back
    are the same path.

    Args:
        proves: tells the papers of a link; of a networkx graph they stand on its links.
    Raises: NotFound when one of the two is no node here (the store may know them, filters leave them out);
    ParameterError for another `by`.
    Cost: O(n + m) by steps, O(m log n) by distance.

    Example:
        >>> import networkx
        >>> shortest_path(networkx.path_graph("abcd"), "d", "b").iris
        ('d', 'c', 'b')
    """
    return _search(graph, start, end, by, proves).path()


def shortest_paths(
    graph: Network | networkx.Graph,
    start: str,
    end: str,
    *,
    by: str = "steps",
    most: int = 100,
    proves: Proves | None = None,
) -> CollaborationPaths:
    """Return all shortest paths between two nodes, at most `most` (1 to 1000) of them, and how many there are.

    In a stable order, that of the choices of `shortest_path`.

    Raises: as `shortest_path`.
    Cost: as `shortest_path`, and O(links of all shortest paths).
    """
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST_PATHS:
        raise ParameterError("most", most, f"a number of paths, 1 to {MOST_PATHS}")
    search = _search(graph, start, end, by, proves)
    total = search.ways.count()
    paths = tuple(search.path(nodes) for nodes in islice(search.ways.listed(), most))
    first = paths[0] if paths else search.path()
    return CollaborationPaths(first, paths, min(total, _COUNTED_TO), total > _COUNTED_TO)


@dataclass(frozen=True, slots=True)
class _Search:
    net: Network
    ways: Ways
    is_turned: bool
    by: str
    proves: Proves

    def path(self, nodes: tuple[int, ...] | None = None) -> CollaborationPath:
        """Make a path of the nodes of a way; of the first one."""
        way = next(self.ways.listed(), ()) if nodes is None else nodes
        way = way[::-1] if self.is_turned else way
        known = self.net.nodes
        ends = (self.ways.end, self.ways.start) if self.is_turned else (self.ways.start, self.ways.end)
        start, end = (known[node] for node in ends)
        return CollaborationPath(
            start=start.iri,
            end=end.iri,
            start_name=start.name,
            end_name=end.name,
            by=self.by,
            iris=tuple(known[node].iri for node in way),
            names=tuple(known[node].name for node in way),
            steps=tuple(self._step(one, other) for one, other in pairwise(way)),
            at_least=bool(self.net.facts.get("at_least", False)),
        )

    def _step(self, one: int, other: int) -> Step:
        net = self.net
        at = net.links.starts[one] + net.links[one].searchsorted(other)
        papers, first, last = self.proves(one, other)
        weight = net.weights[at].item()
        distance = float(1 / weight if net.lengths is None else net.lengths[at])
        return Step(net.nodes[one].iri, net.nodes[other].iri, papers, weight, distance, first, last)


def _search(graph: Network | networkx.Graph, start: str, end: str, by: str, proves: Proves | None) -> _Search:
    from .network import Network, network_of

    if by not in BY:
        raise ParameterError("by", by, " or ".join(map(repr, BY)))
    net = graph if isinstance(graph, Network) else network_of(graph)
    ends = {iri: net.nodes.number_of(iri) for iri in (start, end)}
    for iri, number in ends.items():
        if number is None:
            raise NotFound("node", iri, "it is not part of this network; take fewer filters")
    first, last = (ends[iri] for iri in sorted((start, end)))
    told = proves or (_nothing if isinstance(graph, Network) else _of_links(graph, net))
    ways = Ways.between(net, first, last, by)  # type: ignore[arg-type]
    return _Search(net, ways, start > end, by, told)


def _nothing(one: int, other: int) -> tuple[tuple[str, ...], int | None, int | None]:
    return (), None, None


def _of_links(graph: Any, net: Network) -> Proves:
    """What the links of a networkx graph tell."""

    def proves(one: int, other: int) -> tuple[tuple[str, ...], int | None, int | None]:
        link = graph.edges[net.nodes[one].iri, net.nodes[other].iri]
        return tuple(link.get("papers", ())), link.get("from_year"), link.get("to_year")

    return proves
