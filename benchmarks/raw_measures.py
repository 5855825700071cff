"""The same questions put to igraph, scipy and networkx by hand, as somebody would who has the links as arrays.

Values become an array and an order, as a ranking has it; names are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import igraph
import networkx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh

from collegium.graph.network import Network


class Held:
    """The links of a network for igraph and scipy, each made when first asked for."""

    def __init__(self, net: Network) -> None:
        self.net = net
        self.pairs = net.pairs

    @cached_property
    def graph(self) -> igraph.Graph:
        return igraph.Graph(n=len(self.net), edges=self.pairs)

    @cached_property
    def matrix(self) -> Any:
        one, other = self.pairs.T
        ends = np.concatenate((one, other)), np.concatenate((other, one))
        return csr_array((np.ones(len(one) * 2), ends), shape=(len(self.net), len(self.net)))


def _katz(held: Held) -> Any:
    alpha = 0.9 / eigsh(held.matrix, k=1, which="LA", v0=np.ones(len(held.net)))[0][0]
    found = np.ones(len(held.net))
    for _ in range(1000):
        last, found = found, alpha * (held.matrix @ found) + 1
        if np.abs(found - last).max() <= 1e-13 * found.max():
            break
    return found / np.linalg.norm(found)


def _effective(held: Held) -> Any:
    degrees = np.array(held.graph.degree())
    closed = np.array(held.graph.transitivity_local_undirected(mode="zero"))
    return degrees - closed * (degrees - 1)


def _strength(held: Held) -> Any:
    return held.graph.strength(weights=held.net.per_pair(held.net.weights).tolist())


RAW: Mapping[str, Callable[[Held], Any]] = {
    "degree": lambda held: held.graph.degree(),
    "strength": _strength,
    "core_number": lambda held: held.graph.coreness(),
    "clustering": lambda held: held.graph.transitivity_local_undirected(mode="zero"),
    "pagerank": lambda held: held.graph.pagerank(directed=False),
    "eigenvector": lambda held: np.abs(
        eigsh(held.matrix, k=1, which="LA", v0=np.ones(len(held.net)))[1][:, 0]
    ),
    "katz": _katz,
    "constraint": lambda held: held.graph.constraint(),
    "effective_size": _effective,
    "closeness": lambda held: held.graph.closeness(),
    "harmonic": lambda held: held.graph.harmonic_centrality(normalized=False),
    "betweenness": lambda held: held.graph.betweenness(directed=False),
}

NETWORKX: Mapping[str, Callable[[networkx.Graph], object]] = {
    "core_number": networkx.core_number,
    "clustering": networkx.clustering,
    "eigenvector": lambda graph: networkx.eigenvector_centrality(graph, max_iter=5000, tol=1e-10),
    "degree": lambda graph: dict(graph.degree),
    "pagerank": lambda graph: networkx.pagerank(graph, tol=1e-12, max_iter=1000),
}


def order(held: Held, name: str) -> Any:
    """Return the order of the nodes by a measure."""
    return np.argsort(-np.array(RAW[name](held), float))


def networkx_graph(net: Network) -> networkx.Graph:
    """Return a network for networkx, without weights."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(net)))
    graph.add_edges_from(net.pairs.tolist())
    return graph
