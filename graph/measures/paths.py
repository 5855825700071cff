"""Measures of shortest paths: betweenness, closeness, harmonic. All exact; weighted ones take `distance`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .row import COMPUTED, Measure, Outcome, numbered

if TYPE_CHECKING:
    import networkx


def betweenness(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Share of shortest paths between two others that pass through a node, normalised."""
    import networkx

    return Outcome(networkx.betweenness_centrality(graph, weight=weight, normalized=True))


def closeness(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Reached nodes over their summed distance, times the share of nodes reached (Wasserman and Faust)."""
    import networkx

    return Outcome(networkx.closeness_centrality(graph, distance=weight, wf_improved=True))


def harmonic(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Sum of 1/distance to all others, as networkx defines it."""
    import networkx

    values = networkx.harmonic_centrality(numbered(graph), distance=weight)
    return Outcome({node: values[number] for number, node in enumerate(graph)})


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
        engines={"networkx": betweenness},
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
        engines={"networkx": closeness},
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
        engines={"networkx": harmonic},
    ),
)
