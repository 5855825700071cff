"""What several measures share: what a node gives to each neighbour, cores, the largest component."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network


def shares(net: Network, sizes: NDArray[Any] | None) -> NDArray[Any]:
    """Return, beside `links.ends`, what of all that a node gives goes to each neighbour."""
    import numpy as np

    given = np.ones(len(net.links.ends)) if sizes is None else sizes
    found: NDArray[Any] = given / net.sums(given)[net.links.number]
    return found


def core_numbers(net: Network) -> NDArray[Any]:
    """Return the core number of each node: those of fewest links are taken away again and again.

    Cost: O(n + m) and a few steps of numpy for each round of taking away.
    Source: V. Batagelj, M. Zaversnik 2003, arXiv:cs/0310049.
    """
    import numpy as np

    links, left = net.links, net.degrees.copy()
    found = np.zeros(len(net), np.int64)
    stays = np.ones(len(net), np.bool_)
    rest = np.arange(len(net))
    core = 0
    while len(rest):
        core = max(core, int(left[rest].min()))
        leaving = rest[left[rest] <= core]
        while len(leaving):
            found[leaving], stays[leaving] = core, False
            ends = links.joined(leaving)
            near, lost = np.unique(ends[stays[ends]], return_counts=True)
            left[near] -= lost
            leaving = near[left[near] <= core].astype(np.int64)
        rest = rest[stays[rest]]
    return found


def largest_component(net: Network) -> tuple[NDArray[Any], Mapping[str, object]]:
    """Return which nodes stand in the largest component, and how large it is among how many.

    Of several largest ones the one with most links is taken, then the one with the first IRI. No node: no component.
    """
    import numpy as np

    members = np.bincount(net.components) if len(net) else np.zeros(0, np.int64)
    links = np.bincount(net.components, net.degrees) if len(net) else members
    largest = np.flatnonzero(members == members.max(initial=0))
    densest = largest[links[largest] == links[largest].max(initial=0)]
    inside = net.components == _first(net, densest) if len(net) else np.zeros(0, np.bool_)
    return inside, {
        "component_nodes": int(inside.sum()),
        "components": len(members),
        "components_of_that_size": len(largest),
    }


def _first(net: Network, parts: NDArray[Any]) -> int:
    """Of some components the one with the first IRI."""
    import numpy as np

    if len(parts) == 1:
        return int(parts[0])
    at = min(np.flatnonzero(np.isin(net.components, parts)).tolist(), key=lambda node: net.nodes[node].iri)
    return int(net.components[at])
