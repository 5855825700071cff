"""The functions of NetworkX that run on our rows, with its arguments; what they do not honour they refuse.

NetworkX asks `can_run` before it converts a graph, but not what a call of a graph of ours asks for: so each function
refuses by itself, with NotImplementedError, and NetworkX goes on to its own where `networkx.config.fallback_to_nx`
allows. All agree with NetworkX to 1e-10.
"""

from __future__ import annotations

import inspect
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

import networkx
import numpy as np
from numpy.typing import NDArray

from collegium.graph.measures import brokerage, cohesion, kernels, paths
from collegium.graph.measures.triangles import triangle_sums

from . import converting, walks
from .asked import by_node, lengths_of, reason_against, refuse, sizes_of
from .graph import CompactGraph

convert_from_nx, convert_to_nx = converting.convert_from_nx, converting.convert_to_nx
eigenvector_centrality = walks.eigenvector_centrality
katz_centrality = walks.katz_centrality
pagerank = walks.pagerank

_WORTH_IT: Final = 200  # nodes; below, converting takes longer than NetworkX's own loops
_Values = dict[Hashable, Any]


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Return True, or why a call is not done here."""
    bound = inspect.signature(globals()[name]).bind(*args, **kwargs)
    bound.apply_defaults()
    given = dict(bound.arguments)
    return converting.reason_against_graph(given.pop("G")) or reason_against(name, given) or True


def should_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Return True, or why NetworkX had better do it."""
    graph = args[0] if args else kwargs["G"]
    return len(graph) >= _WORTH_IT or f"fewer than {_WORTH_IT} nodes"


def betweenness_centrality(
    G: CompactGraph,
    k: int | None = None,
    normalized: bool = True,
    weight: Any = None,
    endpoints: bool = False,
    seed: Any = None,
) -> _Values:
    """`networkx.betweenness_centrality`, exact; `weight` of whole numbers."""
    refuse("betweenness_centrality", G, k=k, weight=weight, endpoints=endpoints)
    values = paths.betweenness(G.network, lengths_of(G, weight)).values
    pairs = (len(G) - 1) * (len(G) - 2) / 2
    return by_node(G, values if normalized or not pairs else values * pairs)


def closeness_centrality(
    G: CompactGraph, u: Any = None, distance: Any = None, wf_improved: bool = True
) -> _Values:
    """`networkx.closeness_centrality` of all nodes."""
    refuse("closeness_centrality", G, u=u, distance=distance)
    net = G.network
    values = paths.closeness(net, sizes_of(G, distance)).values
    if not wf_improved:
        reached = np.bincount(net.components)[net.components] - 1
        values = np.divide(values * (len(net) - 1), reached, out=np.zeros(len(net)), where=reached > 0)
    return by_node(G, values)


def harmonic_centrality(
    G: CompactGraph, nbunch: Any = None, distance: Any = None, sources: Any = None
) -> _Values:
    """`networkx.harmonic_centrality` of all nodes."""
    refuse("harmonic_centrality", G, nbunch=nbunch, distance=distance, sources=sources)
    return by_node(G, paths.harmonic(G.network, sizes_of(G, distance)).values)


def core_number(G: CompactGraph) -> _Values:
    """`networkx.core_number`."""
    refuse("core_number", G)
    return by_node(G, kernels.core_numbers(G.network))


def clustering(G: CompactGraph, nodes: Any = None, weight: Any = None) -> _Values:
    """`networkx.clustering` of all nodes."""
    refuse("clustering", G, nodes=nodes, weight=weight)
    return by_node(G, cohesion.clustering(G.network, sizes_of(G, weight)).values)


def triangles(G: CompactGraph, nodes: Any = None) -> _Values:
    """`networkx.triangles` of all nodes."""
    refuse("triangles", G, nodes=nodes)
    return by_node(G, triangle_sums(G.network))


def transitivity(G: CompactGraph) -> float:
    """`networkx.transitivity`."""
    refuse("transitivity", G)
    degrees = G.network.degrees
    pairs, closed = int((degrees * (degrees - 1)).sum()), 2 * int(triangle_sums(G.network).sum())
    return closed / pairs if closed else 0


def constraint(G: CompactGraph, nodes: Any = None, weight: Any = None) -> _Values:
    """`networkx.constraint` of all nodes."""
    refuse("constraint", G, nodes=nodes, weight=weight)
    return by_node(G, brokerage.constraint(G.network, sizes_of(G, weight)).values)


def effective_size(G: CompactGraph, nodes: Any = None, weight: Any = None) -> _Values:
    """`networkx.effective_size` of all nodes, without weights."""
    refuse("effective_size", G, nodes=nodes, weight=weight)
    return by_node(G, brokerage.effective_size(G.network, None).values)


def connected_components(G: CompactGraph) -> Iterator[set[Hashable]]:
    """`networkx.connected_components`, in its order."""
    found = G.network.components
    ends = np.cumsum(np.bincount(found)) if len(found) else np.zeros(0, np.int64)
    members, labels = np.argsort(found, kind="stable"), G.labels
    for part in np.split(members, ends[:-1]) if len(ends) else ():
        yield {labels[at] for at in part.tolist()}


def number_connected_components(G: CompactGraph) -> int:
    """`networkx.number_connected_components`."""
    return int(G.network.components.max(initial=-1)) + 1


def degree_assortativity_coefficient(
    G: CompactGraph, x: str = "out", y: str = "in", weight: Any = None, nodes: Any = None
) -> float:
    """`networkx.degree_assortativity_coefficient` of all nodes, without weights."""
    refuse("degree_assortativity_coefficient", G, weight=weight, nodes=nodes)
    net = G.network
    ones, others = (net.degrees[ends].astype(float) for ends in (net.links.number, net.links.ends))
    apart = ones - ones.mean() if len(ones) else ones
    spread = (apart * apart).sum()
    if not spread:
        raise NotImplementedError("degree_assortativity_coefficient where all degrees are one")
    return float((apart * (others - others.mean())).sum() / spread)


def shortest_path_length(
    G: CompactGraph, source: Any = None, target: Any = None, weight: Any = None, method: str = "dijkstra"
) -> Any:
    """`networkx.shortest_path_length` in steps, from or to one node. Raises: NodeNotFound, NetworkXNoPath."""
    refuse("shortest_path_length", G, weight=weight)
    if source is None and target is None:
        raise NotImplementedError("shortest_path_length of all pairs: they are n²")
    if method not in ("dijkstra", "bellman-ford"):
        raise ValueError(f"method not supported: {method}")
    for node in (source, target):
        if node is not None and node not in G:
            raise networkx.NodeNotFound(f"Node {node} is not in the graph")
    steps = _steps_from(G, G.numbers[target if source is None else source])
    if source is not None and target is not None:
        found = int(steps[G.numbers[target]])
        if found < 0:
            raise networkx.NetworkXNoPath(f"No path between {source} and {target}.")
        return found
    reached = np.flatnonzero(steps >= 0)
    reached = reached[np.argsort(steps[reached], kind="stable")]
    return {G.labels[at]: int(steps[at]) for at in reached.tolist()}


def _steps_from(graph: CompactGraph, start: int) -> NDArray[np.int64]:
    """How many steps each node is away; -1 for those that are not reached."""
    links = graph.network.links
    found = np.full(len(links), -1, np.int64)
    found[start], front, steps = 0, np.array([start]), 0
    while len(front):
        steps += 1
        near = links.joined(front)
        front = np.unique(near[found[near] < 0]).astype(np.int64)
        found[front] = steps
    return found
