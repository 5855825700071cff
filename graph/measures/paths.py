"""Measures of shortest paths: betweenness, closeness, harmonic. All exact; weighted ones take `distance`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from .row import COMPUTED, Engine, Measure, Outcome, numbered

if TYPE_CHECKING:
    import networkx

_MOST_NODES: Final = 20_000  # exact to here in about a minute; every node is walked from


def betweenness(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Share of shortest paths between two others that pass through a node, normalised.

    Source: reconciled with networkx: times 2 / ((n-1)(n-2)), for igraph counts pairs and does not normalise.
    """
    net, lengths = _compact(graph, weight)
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    values = net.betweenness(directed=False, weights=lengths)
    return _outcome(graph, [value / pairs if pairs > 0 else 0.0 for value in values])


def closeness(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Reached nodes over their summed distance, times the share of nodes reached (Wasserman and Faust).

    Source: reconciled with networkx: igraph's is of the component alone, and not a number for a node without links.
    """
    net, lengths = _compact(graph, weight)
    sizes = [0] * len(graph)
    for members in net.connected_components():
        for number in members:
            sizes[number] = len(members)
    values = net.closeness(weights=lengths, normalized=True)
    others = len(graph) - 1
    return _outcome(
        graph,
        [0.0 if size < 2 else value * (size - 1) / others for value, size in zip(values, sizes, strict=True)],
    )


def harmonic(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Sum of 1/distance to all others, as networkx defines it."""
    net, lengths = _compact(graph, weight)
    return _outcome(graph, net.harmonic_centrality(weights=lengths, normalized=False))


def _compact(graph: networkx.Graph, weight: str | None) -> tuple[Any, list[float] | None]:
    """Return a network for igraph, its nodes numbered in their order, and the lengths of its links."""
    import igraph

    at = {node: number for number, node in enumerate(graph)}
    links = list(graph.edges(data=weight, default=1)) if weight else [(a, b, 1) for a, b in graph.edges]
    net = igraph.Graph(n=len(at), edges=[(at[a], at[b]) for a, b, _ in links])
    return net, [float(length) for _, _, length in links] if weight else None


def _outcome(graph: networkx.Graph, values: Iterable[float]) -> Outcome:
    return Outcome(dict(zip(graph, map(float, values), strict=True)))


def _by_networkx(name: str, length: str, **settings: bool) -> Engine:
    """Return networkx's own function as an engine: the second opinion."""

    def values(graph: networkx.Graph, weight: str | None) -> Outcome:
        import networkx

        found = getattr(networkx, name)(numbered(graph), **{length: weight}, **settings)
        return Outcome({node: found[number] for number, node in enumerate(graph)})

    return values


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
            "networkx": _by_networkx("betweenness_centrality", "weight", normalized=True),
        },
        most_nodes=_MOST_NODES,
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
            "networkx": _by_networkx("closeness_centrality", "distance", wf_improved=True),
        },
        most_nodes=_MOST_NODES,
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
        engines={"igraph": harmonic, "networkx": _by_networkx("harmonic_centrality", "distance")},
        most_nodes=_MOST_NODES,
    ),
)
