"""What several measures share: what a node gives to each neighbour, and peeling off those of few links."""

from __future__ import annotations

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
