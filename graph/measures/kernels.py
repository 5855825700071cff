"""What several measures share: sums over neighbours of neighbours in bounded blocks, the largest component."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_AT_ONCE: Final = 20_000_000  # products of a block: 240 MB


def blocks(net: Network) -> Iterator[slice]:
    """Yield ranges of nodes, each with at most so many walks of two steps, or one node."""
    import numpy as np

    walks = np.cumsum(net.sums(net.degrees[net.links.ends]))
    first = 0
    while first < len(net):
        done = walks[first - 1] if first else 0
        last = max(int(np.searchsorted(walks, done + _AT_ONCE, side="right")), first + 1)
        yield slice(first, last)
        first = last


def triangle_sums(net: Network, sizes: NDArray[Any]) -> NDArray[Any]:
    """Return for each node the products of the three sizes of its triangles, each triangle counted both ways round.

    Cost: O(sum of degree²).
    """
    import numpy as np

    matrix = net.matrix(sizes)
    found = np.zeros(len(net))
    for rows in blocks(net):
        part = matrix[rows]
        found[rows] = (part @ matrix).multiply(part).sum(axis=1)
    return found


def shares(net: Network, sizes: NDArray[Any] | None) -> NDArray[Any]:
    """Return, beside `links.ends`, what of all that a node gives goes to each neighbour."""
    import numpy as np

    given = np.ones(len(net.links.ends)) if sizes is None else sizes
    found: NDArray[Any] = given / net.sums(given)[net.links.number]
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
