"""The shortest collaboration path between two nodes of a projection, with the papers that prove each step."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from .errors import NotFound, ParameterError

if TYPE_CHECKING:
    import networkx

BY: Final = ("steps", "distance")


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
        return " - ".join(self.names)


def shortest_path(graph: networkx.Graph, start: str, end: str, *, by: str = "steps") -> CollaborationPath:
    """Return a shortest path between two nodes (IRIs): fewest steps, or least summed distance (1/weight).

    Of several shortest ones the choice is fixed: from the end whose IRI comes first, the strongest link that
    keeps to a shortest path is taken at each step, then the name and the IRI that come first. There and back
    are the same path.

    Raises: NotFound when one of the two is no node here (the store may know them, filters leave them out);
    ParameterError for another `by`.
    Cost: O(n + m) by steps, O(m log n) by distance.

    Example:
        >>> import networkx
        >>> shortest_path(networkx.path_graph("abcd"), "d", "b").iris
        ('d', 'c', 'b')
    """
    if by not in BY:
        raise ParameterError("by", by, " or ".join(map(repr, BY)))
    for iri in (start, end):
        if iri not in graph:
            raise NotFound("node", iri, "it is not part of this network; take fewer filters")
    first, last = sorted((start, end))
    left = _left_to(graph, last, by)
    iris = _walk(graph, first, last, by, left) if first in left else ()
    iris = iris if start == first else iris[::-1]
    return CollaborationPath(
        start=start,
        end=end,
        start_name=_name(graph, start),
        end_name=_name(graph, end),
        by=by,
        iris=iris,
        names=tuple(_name(graph, iri) for iri in iris),
        steps=tuple(_step(graph, one, other) for one, other in pairwise(iris)),
        at_least=bool(graph.graph.get("at_least", False)),
    )


def _left_to(graph: networkx.Graph, end: str, by: str) -> Mapping[str, float]:
    """Node -> what is left to the end, for all nodes that reach it."""
    import networkx

    if by == "steps":
        return dict(networkx.single_source_shortest_path_length(graph, end))
    return dict(networkx.single_source_dijkstra_path_length(graph, end, weight="distance"))


def _walk(graph: networkx.Graph, start: str, end: str, by: str, left: Mapping[str, float]) -> tuple[str, ...]:
    path = [start]
    while path[-1] != end:
        here = path[-1]
        nearer = [
            (-link.get("weight", 1), _name(graph, node), node)
            for node, link in graph.adj[here].items()
            # sums of 1/3 and the like differ in the last digit with the order they are taken in
            if math.isclose(left[node] + _length(link, by), left[here], rel_tol=1e-12)
            and left[node] < left[here]
        ]
        path.append(min(nearer)[2])
    return tuple(path)


def _length(link: Mapping[str, Any], by: str) -> float:
    return 1 if by == "steps" else float(link.get("distance", 1))


def _name(graph: networkx.Graph, node: str) -> str:
    return str(graph.nodes[node].get("name", node))


def _step(graph: networkx.Graph, start: str, end: str) -> Step:
    link = graph.edges[start, end]
    return Step(
        start,
        end,
        tuple(link.get("papers", ())),
        link.get("weight", 1),
        link.get("distance", 1.0),
        link.get("from_year"),
        link.get("to_year"),
    )
