"""From NetworkX's graphs to ours and back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from collegium.graph.network import Network
from collegium.graph.nodes import Nodes
from collegium.graph.rows import Rows

from .graph import CompactGraph

if TYPE_CHECKING:
    import networkx


def reason_against_graph(graph: Any) -> str | None:
    """Return why a graph cannot become ours; None where it can."""
    if isinstance(graph, CompactGraph):
        return None
    if graph.is_directed() or graph.is_multigraph():
        return "only undirected graphs with single links"
    return "no graphs with loops" if any(node in near for node, near in graph.adjacency()) else None


def convert_from_nx(
    graph: Any,
    *,
    edge_attrs: Mapping[str, Any] | None = None,
    node_attrs: Mapping[str, Any] | None = None,
    preserve_edge_attrs: bool = False,
    preserve_node_attrs: bool = False,
    preserve_graph_attrs: bool = False,
    preserve_all_attrs: bool = False,
    name: str | None = None,
    graph_name: str | None = None,
) -> CompactGraph:
    """Return a graph of NetworkX as ours, with the sizes of links that a function names.

    Raises:
        NotImplementedError: it is directed, has several links between two nodes, loops, or sizes that are no finite
            numbers above 0.
    """
    if isinstance(graph, CompactGraph):
        return graph
    if reason := reason_against_graph(graph):
        raise NotImplementedError(reason)
    labels = list(graph)
    at = {node: number for number, node in enumerate(labels)}
    rows = Rows.of([[at[near] for near in graph.adj[node]] for node in labels])
    order = np.lexsort((rows.ends, rows.number))
    links = Rows(rows.starts, rows.ends[order])
    sizes = {key: _sizes(graph, key, default)[order] for key, default in (edge_attrs or {}).items()}
    nothing = np.zeros(len(labels), np.int64)
    ones = np.ones(len(links.ends), np.int64)
    net = Network(Nodes(()), links, ones, nothing, nothing.astype(float), dict(graph.graph))
    return CompactGraph(net, labels=labels, sizes=sizes)


def _sizes(graph: networkx.Graph, key: str, default: Any) -> Any:
    fallback = 1 if default is None else default
    each = chain.from_iterable(near.values() for _, near in graph.adjacency())
    try:
        found = np.array([link.get(key, fallback) for link in each])
    except (TypeError, ValueError, OverflowError) as error:
        raise NotImplementedError(f"{key}: {error}") from None
    if not len(found):
        return np.zeros(0)
    if found.dtype.kind not in "if" or not np.isfinite(found).all() or found.min() <= 0:
        raise NotImplementedError(f"{key} that is no finite number above 0")
    return found


def convert_to_nx(result: Any, *, name: str | None = None) -> Any:
    """Return a graph of ours as NetworkX's own; anything else as it is."""
    return result.to_networkx() if isinstance(result, CompactGraph) else result
