"""A network as compressed sparse rows: what every measure is computed on.

22 bytes a link where networkx takes 374. Nodes have numbers; who they are is looked up for what is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .errors import ParameterError
from .items import Entity
from .nodes import Group, Nodes
from .rows import Rows

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray

    from .counted import Counted

_LARGEST_COUNT: Final = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected network without loops.

    - `links`: row a holds the neighbours of node a, ascending; a link stands in both rows
    - `weights`: strength of each link, beside `links.ends`, finite and above 0, int64 where all are whole numbers;
      `lengths` its distance, None for 1/weight
    - `papers`: of each node, int64; `fractional_papers` the same shared, float64
    - `facts`: what it was made of, as `projections.project` tells it
    - `counted`: the papers it was made of; None where it was made of none
    """

    nodes: Nodes
    links: Rows
    weights: NDArray[Any]
    papers: NDArray[np.int64]
    fractional_papers: NDArray[np.float64]
    facts: Mapping[str, object] = field(default_factory=dict)
    lengths: NDArray[np.float64] | None = None
    counted: Counted | None = None

    def __len__(self) -> int:
        return len(self.links)

    @property
    def size(self) -> int:
        """How many links."""
        return len(self.links.ends) // 2

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Neighbours of each node."""
        return self.links.sizes

    @property
    def distances(self) -> NDArray[np.float64]:
        """Length of each link, beside `links.ends`."""
        return 1 / self.weights if self.lengths is None else self.lengths

    def sums(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return what stands beside `links.ends` added up for each node."""
        if values.dtype.kind == "i":
            before = np.concatenate(([0], np.cumsum(values)))
            return before[self.links.starts[1:]] - before[self.links.starts[:-1]]
        return np.bincount(self.links.number, values, minlength=len(self))

    @cached_property
    def backwards(self) -> NDArray[np.int64]:
        """Beside `links.ends`, where the same link stands in the row of its other end. Cost: O(n + m), once."""
        found: NDArray[np.int64] = self.matrix(np.arange(len(self.links.ends))).T.tocsr().data
        return found

    @cached_property
    def _once(self) -> NDArray[np.bool_]:
        """Where in `links.ends` a link stands for the first time."""
        return self.links.number < self.links.ends

    @property
    def places(self) -> NDArray[np.int64]:
        """Where each link of `pairs` stands in `links.ends`."""
        return np.flatnonzero(self._once)

    @property
    def pairs(self) -> NDArray[np.int64]:
        """Each link once, as a row of two numbers, the smaller first."""
        once = self._once
        return np.column_stack((self.links.number[once], self.links.ends[once]))

    def per_pair(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return what stands beside `links.ends` in the order of `pairs`."""
        return values[self._once]

    def listed(self, sizes: NDArray[Any] | None) -> list[float] | None:
        """Return sizes beside `links.ends` as igraph takes them."""
        return None if sizes is None else self.per_pair(sizes).astype(float).tolist()

    def matrix(self, values: NDArray[Any] | None = None) -> Any:
        """Return the adjacency as a sparse matrix, of ones or of what stands beside `links.ends`."""
        return self.links.matrix(len(self), values)

    @cached_property
    def igraph(self) -> Any:
        """The network for igraph, its links in the order of `pairs`. Cost: O(n + m), once."""
        import igraph

        return igraph.Graph(n=len(self), edges=self.pairs)

    @cached_property
    def components(self) -> NDArray[Any]:
        """The component of each node, numbered from 0 by its first node. Cost: O(n + m), once."""
        from scipy.sparse.csgraph import connected_components

        found: NDArray[Any] = connected_components(self.matrix(), directed=False)[1]
        return found

    def among(self, inside: NDArray[np.bool_]) -> tuple[Rows, NDArray[np.bool_]]:
        """Return the links among the nodes of a mask, numbered anew, and where they stood in `links.ends`."""
        kept = inside[self.links.number] & inside[self.links.ends]
        anew = np.cumsum(inside, dtype=np.int32) - 1
        rows = self.links.where(kept).take(inside)
        return Rows(rows.starts, anew[rows.ends]), kept


def network_of(graph: networkx.Graph) -> Network:
    """Return a networkx graph as a network: nodes in its order, `weight` and `distance` of its links.

    Raises:
        ParameterError: it is directed, has several links between two nodes, loops, or a weight that is not a finite
            number above 0.
    Cost: O(n + m).
    """
    _check(graph)
    at = {node: number for number, node in enumerate(graph)}
    count = len(at)
    links = Rows.of([[at[near] for near in graph.adj[node]] for node in graph])
    order = np.lexsort((links.ends, links.number))
    weights = _sizes(graph, "weight")[order]
    lengths = _sizes(graph, "distance")[order]
    return Network(
        nodes=_nodes(graph),
        links=Rows(links.starts, links.ends[order]),
        weights=weights,
        papers=np.fromiter((of for _, of in graph.nodes(data="papers", default=0)), np.int64, count),
        fractional_papers=np.fromiter(
            (of for _, of in graph.nodes(data="fractional_papers", default=0.0)), np.float64, count
        ),
        facts=dict(graph.graph),
        lengths=lengths,
    )


def _nodes(graph: networkx.Graph) -> Nodes:
    things: list[Entity] = []
    starts: list[tuple[str, int]] = []
    for node, known in graph.nodes(data=True):
        kind = str(known.get("kind", ""))
        if not starts or starts[-1][0] != kind:
            starts.append((kind, len(things)))
        things.append(Entity(str(node), str(known.get("id", node)), str(known.get("name", node))))
    ends = [start for _, start in starts[1:]] + [len(things)] * bool(starts)
    groups = (
        Group(kind, things, np.arange(start, end, dtype=np.int32))
        for (kind, start), end in zip(starts, ends, strict=True)
    )
    return Nodes(tuple(groups))


def _sizes(graph: networkx.Graph, attribute: str) -> NDArray[Any]:
    """What the links carry, in the order of the rows."""
    found: list[float] = []
    for node, near in graph.adjacency():
        for other, link in near.items():
            size = link.get(attribute, 1)
            if not (size > 0 and math.isfinite(size)):
                raise ParameterError("graph", f"{attribute} {size} at {node} - {other}", "finite, above 0")
            found.append(size)
    # Networks are loaded with weights up to 10^30, which are whole and larger than an int64.
    are_counts = all(isinstance(size, int) and size <= _LARGEST_COUNT for size in found)
    return np.array(found, np.int64 if are_counts else np.float64)


def _check(graph: networkx.Graph) -> None:
    if graph.is_directed() or graph.is_multigraph():
        raise ParameterError("graph", type(graph).__name__, "an undirected graph with single links")
    if any(node in near for node, near in graph.adjacency()):
        raise ParameterError("graph", "a node linked to itself", "a graph without loops")
