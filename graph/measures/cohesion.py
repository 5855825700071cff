"""How tightly a node's surroundings hold together: core number, clustering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .row import COMPUTED, Measure, Outcome, numbered

if TYPE_CHECKING:
    import networkx


def core_number(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Largest k such that the node is in a part where everyone has k neighbours."""
    import networkx

    return Outcome(networkx.core_number(graph))


def clustering(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Share of pairs of neighbours that are linked; 0 with fewer than two neighbours.

    Source: weighted, J.-P. Onnela et al., 10.1103/PhysRevE.71.065103; weights are divided by the largest.
    """
    import networkx

    values = networkx.clustering(numbered(graph), weight=weight)
    return Outcome({node: values[number] for number, node in enumerate(graph)})


ROWS: Final = (
    Measure(
        name="core_number",
        title="Core number",
        definition="The largest k such that someone is in a group where each has k links inside the group.",
        unit="links",
        range="0 to n-1",
        weight="none",
        default_weight="none",
        cost="O(n + m)",
        source="10.1016/0378-8733(83)90028-X",
        basis=COMPUTED,
        engines={"networkx": core_number},
        grows=True,
    ),
    Measure(
        name="clustering",
        title="Clustering",
        definition="The share of pairs of someone's neighbours who are linked themselves; 0 below two.",
        unit="share of pairs of neighbours; weighted: each triangle counts the geometric mean of its weights",
        range="0 to 1",
        weight="strength",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.1038/30918",
        basis=COMPUTED,
        engines={"networkx": clustering},
    ),
)
