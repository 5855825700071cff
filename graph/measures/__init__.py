"""The measures: `MEASURES` holds a row for each, `measure` computes one and ranks the nodes by it.

Adding one: a row in the sibling file of its family (or a new sibling), and the sibling in `_FAMILIES`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import MeasureError, ParameterError, UnknownName
from collegium.graph.snapshot import Mirror

from . import brokerage, cohesion, degree, paths, reported, spectral
from .ranking import RankedRow, Ranking, ranked
from .row import REPORTED, Measure, Outcome

if TYPE_CHECKING:
    import networkx

__all__ = ["MEASURES", "Measure", "RankedRow", "Ranking", "measure", "measure_named"]

_FAMILIES: Final = (degree, paths, spectral, cohesion, brokerage, reported)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {row.name: row for family in _FAMILIES for row in family.ROWS}
)

_OTHER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "coreness": "core_number",
        "kcore": "core_number",
        "harmoniccloseness": "harmonic",
        "hindex": "h_index",
        "localclustering": "clustering",
        "clusteringcoefficient": "clustering",
        "weighteddegree": "strength",
    }
)

# What the network says of itself and every computed ranking repeats.
_NETWORK_FACTS: Final = (
    "papers_seen",
    "papers_truncated",
    "papers_without_year",
    "papers_year_inferred",
    "papers_without_members",
    "papers_without_pairs",
    "most_authors",
    "coverage",
)


def measure_named(text: str) -> Measure:
    """Return the measure of a name or title, whatever its case, spaces and hyphens. Raises: UnknownName.

    Example:
        >>> [measure_named(text).name for text in ("PageRank", "core number", "effective-size")]
        ['pagerank', 'core_number', 'effective_size']
    """
    wanted = _letters(text)
    for row in MEASURES.values():
        if wanted in (_letters(row.name), _letters(row.title), _letters(row.name + " centrality")):
            return row
    if wanted in _OTHER_NAMES:
        return MEASURES[_OTHER_NAMES[wanted]]
    raise UnknownName("measure", str(text), MEASURES)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


def measure(
    graph: networkx.Graph,
    name: str,
    *,
    weight: str | None = None,
    engine: str | None = None,
    mirror: Mirror | None = None,
) -> Ranking:
    """Return the nodes of a projection ranked by a measure, with what the numbers were made of.

    Args:
        graph: from `project`; any undirected networkx graph without loops works.
        name: of a measure, as `measure_named` takes it.
        weight: "none" ignores the weights of links; "full" or "fractional" takes them, and must be what the
            network carries (`graph.graph["weight"]`). None: "none", or what the network carries for a measure
            whose `default_weight` is "full". A measure that knows no weights ignores it; `facts` say which
            was used.
        engine: one of the measure's engines; None takes the first.
        mirror: of the same store version; needed for reported measures only, which rank the authors among
            the nodes of whom a source reports the figure.

    Raises: UnknownName (measure, weight, engine), ParameterError (a weight the network does not carry, a
    graph that is directed or has loops, a reported measure without mirror), MeasureError (no convergence, or a
    network of more than `most_nodes`).
    Cost: see `Measure.cost`.

    Example:
        >>> import networkx
        >>> [(row.rank, row.iri, row.value) for row in measure(networkx.path_graph("abc"), "degree")]
        [(1, 'b', 2), (2, 'a', 1), (2, 'c', 1)]
    """
    row = measure_named(name)
    if row.basis == REPORTED:
        return _reported(graph, row, mirror)
    used = _weight_used(graph, row, weight)
    attribute = None if used == "none" else {"strength": "weight", "distance": "distance"}[row.weight]
    _check_network(graph, attribute)
    _check_size(graph, row)
    engine = next(iter(row.engines)) if engine is None else engine
    if engine not in row.engines:
        raise UnknownName("engine", engine, row.engines)
    outcome = row.engines[engine](graph, attribute)
    if any(value is not None and not math.isfinite(value) for value in outcome.values.values()):
        raise MeasureError(row.name, "a value is not a finite number; weights lie too far apart")
    rows = ranked(_row(graph, node, outcome) for node in graph)
    return Ranking(rows, _facts(graph, row, used, engine, outcome))


def _row(graph: networkx.Graph, node: Any, outcome: Outcome) -> RankedRow:
    known, iri = graph.nodes[node], str(node)
    identifier, name = str(known.get("id", iri)), str(known.get("name", iri))
    return RankedRow(None, iri, identifier, name, outcome.values[node], str(known.get("kind", "")))


def _weight_used(graph: networkx.Graph, row: Measure, weight: str | None) -> str:
    carried = str(graph.graph.get("weight", "full"))
    if weight not in (None, "none", "full", "fractional"):
        raise UnknownName("weight", str(weight), ("none", "full", "fractional"))
    if row.weight == "none" or weight == "none":
        return "none"
    if weight is None:
        return "none" if row.default_weight == "none" else carried
    if weight != carried:
        raise ParameterError("weight", weight, f"{carried!r}, which this network was drawn with, or 'none'")
    return weight


def _check_size(graph: networkx.Graph, row: Measure) -> None:
    if row.most_nodes is not None and len(graph) > row.most_nodes:
        found = f"found a network of {len(graph):,} nodes, expected at most {row.most_nodes:,}"
        raise MeasureError(
            row.name, f"{found}; filter by years, category or min_weight, or take degree or pagerank"
        )


def _check_network(graph: networkx.Graph, attribute: str | None) -> None:
    if graph.is_directed() or graph.is_multigraph():
        raise ParameterError("graph", type(graph).__name__, "an undirected graph with single links")
    if any(node in near for node, near in graph.adjacency()):
        raise ParameterError("graph", "a node linked to itself", "a graph without loops")
    if attribute is not None:
        for one, other, size in graph.edges(data=attribute, default=1):
            if not (size > 0 and math.isfinite(size)):
                raise ParameterError("graph", f"{attribute} {size} at {one} - {other}", "finite, above 0")


def _facts(
    graph: networkx.Graph, row: Measure, used: str, engine: str, outcome: Outcome
) -> dict[str, object]:
    known = graph.graph
    at_least = bool(known.get("at_least", False))
    return {
        **_measure_facts(graph, row),
        "parameters": {
            "projection": known.get("projection"),
            "weight": used,
            "where": known.get("where", {}),
            **row.settings,
        },
        "engine": engine,
        "exact": True,
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "at_least": at_least,
        "lower_bound": at_least and row.grows,
        **{name: known[name] for name in _NETWORK_FACTS if name in known},
        **outcome.facts,
    }


def _measure_facts(graph: networkx.Graph, row: Measure) -> dict[str, object]:
    return {
        "measure": row.name,
        "title": row.title,
        "definition": row.definition,
        "unit": row.unit,
        "basis": row.basis,
        "version": graph.graph.get("version"),
    }


def _reported(graph: networkx.Graph, row: Measure, mirror: Mirror | None) -> Ranking:
    if mirror is None:
        raise ParameterError("mirror", None, f"the mirror of the store, which holds the reported {row.name}")
    authors = sum(kind == "author" for _, kind in graph.nodes(data="kind"))
    rows, figures = reported.reported_rows(mirror, row, graph)
    facts = {
        **_measure_facts(graph, row),
        "parameters": {
            "projection": graph.graph.get("projection"),
            "weight": "none",
            "where": graph.graph.get("where", {}),
        },
        "engine": "reported",
        "exact": True,
        "at_least": False,
        **reported.facts(authors, len(rows), figures),
    }
    return Ranking(ranked(rows), facts)
