"""Measures of shortest paths: betweenness, closeness, harmonic (weighted: `distance`), eccentricity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import pivots, second
from .row import COMPUTED, Measure, Outcome, by_networkx

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_MOST_NODES: Final = 20_000  # exact to here in about a minute; every node is walked from


def betweenness(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Share of shortest paths between two others that pass through a node, normalised.

    Source: reconciled with networkx: times 2 / ((n-1)(n-2)), for igraph counts pairs and does not normalise.
    """
    import numpy as np

    pairs = (len(net) - 1) * (len(net) - 2) / 2
    values = np.array(net.igraph.betweenness(directed=False, weights=net.listed(sizes)))
    return Outcome(values / pairs if pairs > 0 else np.zeros(len(net)))


def closeness(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Reached nodes over their summed distance, times the share of nodes reached (Wasserman and Faust).

    Source: reconciled with networkx: igraph's is of the component alone, and not a number for a node without links.
    """
    import numpy as np

    reached = np.bincount(net.components)[net.components] if len(net) else np.zeros(0)
    values = np.array(net.igraph.closeness(weights=net.listed(sizes), normalized=True))
    share = (reached - 1) / max(len(net) - 1, 1)
    return Outcome(np.where(reached > 1, values * share, 0.0))


def harmonic(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Sum of 1/distance to all others, as networkx defines it."""
    import numpy as np

    found = net.igraph.harmonic_centrality(weights=net.listed(sizes), normalized=False)
    return Outcome(np.array(found, float))


def eccentricity(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Distance to the farthest node of the same component; 0 for a node without links."""
    import numpy as np

    return Outcome(np.array(net.igraph.eccentricity(), float).astype(np.int64))


ROWS: Final = (
    Measure(
        name="betweenness",
        title="Betweenness",
        definition="How often someone stands on the shortest path between two others.",
        unit="share of pairs of others",
        range="0 to 1",
        weight="distance",
        default_weight="none",
        cost="O(n m); weighted O(n m + n² log n)",
        source="10.1080/0022250X.2001.9990249",
        basis=COMPUTED,
        engines={
            "igraph": betweenness,
            "networkx": by_networkx("betweenness_centrality", "weight", normalized=True),
        },
        most_nodes=_MOST_NODES,
        sampled=pivots.betweenness,
        settings={"normalised": True},
    ),
    Measure(
        name="closeness",
        title="Closeness",
        definition="How near someone is to those they can reach, times the share of all whom they can reach.",
        unit="1 / mean distance, times share reached",
        range="0 to 1; weighted 0 and more",
        weight="distance",
        default_weight="none",
        cost="O(n m); weighted O(n m + n² log n)",
        source="10.1017/CBO9780511815478",
        basis=COMPUTED,
        engines={
            "igraph": closeness,
            "networkx": by_networkx("closeness_centrality", "distance", wf_improved=True),
        },
        most_nodes=_MOST_NODES,
        sampled=pivots.closeness,
        settings={"wf_improved": True},
    ),
    Measure(
        name="harmonic",
        title="Harmonic closeness",
        definition="The sum of 1/distance to all others, where unreachable ones count 0.",
        unit="sum of 1 / distance",
        range="0 to n-1; weighted 0 and more",
        weight="distance",
        default_weight="none",
        cost="O(n m); weighted O(n m + n² log n)",
        source="10.1080/15427951.2013.865686",
        basis=COMPUTED,
        engines={"igraph": harmonic, "networkx": by_networkx("harmonic_centrality", "distance")},
        most_nodes=_MOST_NODES,
        sampled=pivots.harmonic,
    ),
    Measure(
        name="eccentricity",
        title="Eccentricity",
        definition=(
            "How many steps someone is from the farthest whom they can reach; the middle of a component is low, and "
            "components cannot be compared."
        ),
        unit="steps",
        range="0 to n-1; 0 without links",
        weight="none",
        default_weight="none",
        cost="O(n m)",
        source="10.1016/0378-8733(94)00248-9",
        basis=COMPUTED,
        engines={"igraph": eccentricity, "networkx": second.eccentricity},
        most_nodes=_MOST_NODES,
        settings={"within": "component"},
    ),
)
