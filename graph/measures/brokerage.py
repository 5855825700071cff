"""Structural holes: constraint and effective size. Neither is defined for a node without links."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .row import COMPUTED, Measure, Outcome

if TYPE_CHECKING:
    import networkx


def constraint(graph: networkx.Graph, weight: str | None) -> Outcome:
    """How much of a node's effort goes into people who know each other."""
    import networkx

    return Outcome(_defined(graph, networkx.constraint(graph, weight=weight) if graph.size() else {}))


def effective_size(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Neighbours less what is redundant among them."""
    import networkx

    return Outcome(_defined(graph, networkx.effective_size(graph, weight=weight) if graph.size() else {}))


def _defined(graph: networkx.Graph, values: Mapping[str, float]) -> dict[str, float | None]:
    """networkx marks a node without links by nan, which is no JSON and sorts anywhere: None it is."""
    found = {node: values.get(node, math.nan) for node in graph}
    return {node: None if math.isnan(value) else value for node, value in found.items()}


ROWS: Final = (
    Measure(
        name="constraint",
        title="Constraint",
        definition="How much someone's links lead to people who are linked to each other; brokers are low.",
        unit="sum of squared shares",
        range="above 0, at most 1.125 without weights; not defined without links",
        weight="strength",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.1086/421787",
        basis=COMPUTED,
        engines={"networkx": constraint},
    ),
    Measure(
        name="effective_size",
        title="Effective size",
        definition="How many neighbours someone has, less those who are reached through another neighbour.",
        unit="neighbours",
        range="1 to n-1; not defined without links",
        weight="strength",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.4159/9780674029095",
        basis=COMPUTED,
        engines={"networkx": effective_size},
    ),
)
