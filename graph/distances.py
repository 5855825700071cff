"""Steps between any two nodes of a network: breadth-first from one of them, the last few starts remembered."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

    from .network import Network

_REMEMBERED: Final = 64  # starts; four bytes a node each
_UNREACHED: Final = -1


@dataclass(frozen=True, slots=True)
class Links:
    """Who is linked to whom, as compressed rows: node i has `ends[starts[i]:starts[i + 1]]`; nodes sorted."""

    nodes: tuple[str, ...]
    starts: array[int]
    ends: array[int]


def links_of(graph: Network | networkx.Graph) -> Links:
    """Return the links of a network. Cost: O(n log n + m)."""
    from .network import Network

    if isinstance(graph, Network):
        return Links(
            tuple(graph.nodes.iris),
            array("i", graph.links.starts.astype("i").tobytes()),
            array("i", graph.links.ends.astype("i").tobytes()),
        )
    nodes = tuple(sorted(graph))
    number = {node: at for at, node in enumerate(nodes)}
    starts, ends = array("i", [0]), array("i")
    for node in nodes:
        ends.extend(sorted(number[near] for near in graph.adj[node]))
        starts.append(len(ends))
    return Links(nodes, starts, ends)


class Distances:
    """Answers how many steps lie between two nodes. Safe to share between threads."""

    def __init__(self, links: Links, most: int = _REMEMBERED) -> None:
        self._links, self._most = links, most
        self._number = {node: at for at, node in enumerate(links.nodes)}
        self._lock = Lock()
        self._from: OrderedDict[int, array[int]] = OrderedDict()
        self._last = -1

    def steps(self, one: str, other: str) -> int | None:
        """Return the links on a shortest path, 0 from a node to itself; None without a path or for unknown nodes.

        Cost: a look-up when one of the two was a start lately, else O(n + m).

        Example:
            >>> import networkx
            >>> distances = Distances(links_of(networkx.path_graph("abc")))
            >>> distances.steps("a", "c"), distances.steps("a", "x")
            (2, None)
        """
        a, b = self._number.get(one), self._number.get(other)
        if a is None or b is None:
            return None
        with self._lock:
            # Of two that are no starts yet, the one that was asked about just before is the one that stays.
            if a not in self._from and (b in self._from or b == self._last):
                a, b = b, a
            self._last = b
            reached = self._reached(a)[b]
        return None if reached == _UNREACHED else reached

    def _reached(self, start: int) -> array[int]:
        """Return the steps to each node."""
        known = self._from.get(start)
        if known is None:
            known = self._from[start] = _search(self._links, start)
            if len(self._from) > self._most:
                self._from.popitem(last=False)
        else:
            self._from.move_to_end(start)
        return known


def _search(links: Links, start: int) -> array[int]:
    reached = array("i", [_UNREACHED]) * len(links.nodes)
    reached[start] = 0
    starts, ends, edge, steps = links.starts, links.ends, [start], 0
    while edge:
        steps += 1
        following = []
        for at in edge:
            for near in ends[starts[at] : starts[at + 1]]:
                if reached[near] == _UNREACHED:
                    reached[near] = steps
                    following.append(near)
        edge = following
    return reached
