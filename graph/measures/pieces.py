"""What holds a network in one piece: component size, articulation, bridges, k-edge components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import second
from .row import COMPUTED, Measure, Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_MOST_NODES: Final = (
    6_000  # a flow for each node of the largest block: 6 s in ca-GrQc, two minutes in a random network
)


def component_size(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of nodes that a node can reach, itself among them."""
    import numpy as np

    return Outcome(np.bincount(net.components)[net.components] if len(net) else np.zeros(0, np.int64))


def articulation(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of pieces more without a node: the blocks that meet in it, less one."""
    import numpy as np

    meeting = np.zeros(len(net), np.int64)
    for block in net.igraph.biconnected_components():
        meeting[block] += 1
    return Outcome(np.maximum(meeting - 1, 0))


def bridges(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of a node's links without which there is no way between its two ends."""
    import numpy as np

    ends = net.pairs[net.igraph.bridges()].ravel()
    return Outcome(np.bincount(ends, minlength=len(net)))


def k_edge_component(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Largest k such that a node and some other are joined by k paths that share no link.

    A path that leaves a block comes back through the same node, so each block is looked at alone: a complete one needs
    no flow, another one a tree of its cuts. In the tree no cut around a node is larger than that of a branch at it.
    """
    import numpy as np

    found = np.zeros(len(net), np.int64)
    for block in net.igraph.biconnected_components():
        at = sorted(block)
        part = net.igraph.induced_subgraph(at)
        if part.ecount() * 2 == len(block) * (len(block) - 1):
            most = np.full(len(block), len(block) - 1)
        else:
            tree = part.gomory_hu_tree()
            most = np.zeros(len(block), np.int64)
            flows = np.array(tree.es["flow"]).astype(np.int64)
            for side in np.array(tree.get_edgelist()).T:
                np.maximum.at(most, side, flows)
        found[at] = np.maximum(found[at], most)
    return Outcome(found)


ROWS: Final = (
    Measure(
        name="component_size",
        title="Component size",
        definition="How many can be reached from someone at all, themselves among them.",
        unit="nodes",
        range="1 to n",
        weight="none",
        default_weight="none",
        cost="O(n + m)",
        source="10.1073/pnas.98.2.404",
        basis=COMPUTED,
        engines={"scipy": component_size, "networkx": second.component_size},
        grows=True,
    ),
    Measure(
        name="articulation",
        title="Articulation",
        definition="Into how many pieces more the network falls without someone; 0 for most.",
        unit="components",
        range="0 to n-2",
        weight="none",
        default_weight="none",
        cost="O(n + m)",
        source="10.1145/362248.362272",
        basis=COMPUTED,
        engines={"igraph": articulation, "networkx": second.articulation},
    ),
    Measure(
        name="bridges",
        title="Bridges",
        definition="How many of someone's links are the only way between the two whom they join.",
        unit="links",
        range="0 to n-1",
        weight="none",
        default_weight="none",
        cost="O(n + m)",
        source="10.1016/0020-0190(74)90003-9",
        basis=COMPUTED,
        engines={"igraph": bridges, "networkx": second.bridges},
    ),
    Measure(
        name="k_edge_component",
        title="k-edge component",
        definition=(
            "The largest k such that someone is in a group where any two are joined by k paths that share no link."
        ),
        unit="paths",
        range="0 to n-1",
        weight="none",
        default_weight="none",
        cost="O(n) flows through the largest block",
        source="10.1137/0109047",
        basis=COMPUTED,
        engines={"igraph": k_edge_component, "networkx": second.k_edge_component},
        grows=True,
        most_nodes=_MOST_NODES,
    ),
)
