"""How far nodes lie apart in a network, and all the shortest ways between two of them, over arrays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network

UNREACHED: Final = -1
STEPS: Final = "steps"
_ALIKE: Final = 1e-12  # sums of 1/3 and the like differ in the last digit with the order they are taken in


def steps_from(net: Network, start: int) -> NDArray[Any]:
    """Return the steps to each node, int32; `UNREACHED` without a path. Cost: O(n + m), in numpy a step at a time.

    Example:
        >>> import networkx
        >>> from collegium.graph.network import network_of
        >>> steps_from(network_of(networkx.path_graph("abc")), 0).tolist()
        [0, 1, 2]
    """
    import numpy as np

    reached = np.full(len(net), UNREACHED, np.int32)
    reached[start] = steps = 0
    edge = np.array([start], np.int64)
    starts, ends = net.links.starts, net.links.ends
    while len(edge):
        steps += 1
        sizes = starts[edge + 1] - starts[edge]
        before = np.cumsum(sizes) - sizes
        near = ends[np.repeat(starts[edge] - before, sizes) + np.arange(int(sizes.sum()))]
        near = near[reached[near] == UNREACHED]
        reached[near] = steps
        edge = np.unique(near).astype(np.int64)
    return reached


def distances_from(net: Network, start: int) -> NDArray[Any]:
    """Return the least summed distance to each node; infinite without a path. Cost: O(m log n), in scipy."""
    from scipy.sparse.csgraph import dijkstra

    found: NDArray[Any] = dijkstra(net.matrix(net.distances), directed=True, indices=start)
    return found


@dataclass(frozen=True, eq=False)
class Ways:
    """All shortest ways from one node to another: `left` holds what is left to the end from each node.

    A way leads from node to node by links that keep to a shortest path, the strongest link first, then the name and
    the IRI that come first.
    """

    net: Network
    start: int
    end: int
    by: str
    left: NDArray[Any]

    @staticmethod
    def between(net: Network, start: int, end: int, by: str) -> Ways:
        """Return the ways between two nodes, by "steps" or "distance". Cost: that of one search."""
        left = steps_from(net, end) if by == STEPS else distances_from(net, end)
        return Ways(net, start, end, by, left)

    @property
    def found(self) -> bool:
        """Whether there is any; from a node to itself there is one, of no steps."""
        left = self.left[self.start].item()
        return left != UNREACHED and math.isfinite(left)

    def nearer(self, here: int) -> list[int]:
        """Return the next nodes of shortest ways, in order."""
        import numpy as np

        row = slice(*self.net.links.starts[here : here + 2].tolist())
        ends, left = self.net.links.ends[row], self.left
        lengths = np.ones(len(ends)) if self.by == STEPS else self._lengths[row]
        is_next = left[ends] < left[here]
        is_next &= np.isclose(left[ends] + lengths, left[here], rtol=_ALIKE, atol=0)
        weights, nodes = self.net.weights[row][is_next].tolist(), self.net.nodes
        named = [
            (-weight, nodes[node].name, nodes[node].iri, node)
            for weight, node in zip(weights, ends[is_next].tolist(), strict=True)
        ]
        return [node for *_, node in sorted(named)]

    @cached_property
    def _lengths(self) -> NDArray[Any]:
        return self.net.distances

    @cached_property
    def _next(self) -> dict[int, list[int]]:
        """The next nodes of each node that stands on a shortest way, in the order they are met."""
        found: dict[int, list[int]] = {}
        waiting = [self.start] if self.found else []
        seen = set(waiting)
        for here in waiting:
            found[here] = [] if here == self.end else self.nearer(here)
            waiting += [node for node in found[here] if node not in seen]
            seen.update(found[here])
        return found

    def count(self) -> int:
        """Return how many shortest ways there are, exactly. Cost: O(links of all shortest ways)."""
        counts: dict[int, int] = {}
        for here in sorted(self._next, key=lambda node: float(self.left[node])):
            counts[here] = 1 if here == self.end else sum(counts[node] for node in self._next[here])
        return counts.get(self.start, 0)

    def listed(self) -> Iterator[tuple[int, ...]]:
        """Yield the ways as nodes from start to end, in order. Cost: that of the ways that are taken."""
        if not self.found:
            return
        path, waiting = [self.start], [iter(self._after(self.start))]
        if self.start == self.end:
            yield (self.start,)
        while waiting:
            node = next(waiting[-1], None)
            if node is None:
                waiting.pop()
                path.pop()
            elif node == self.end:
                yield (*path, node)
            else:
                path.append(node)
                waiting.append(iter(self._after(node)))

    def _after(self, here: int) -> list[int]:
        known = self.__dict__.get("_next")  # one way alone does not need those of all
        return self.nearer(here) if known is None else known[here]
