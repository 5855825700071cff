"""PageRank from one node: networkx as the second opinion, and figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.network import network_of
from collegium.graph.walks import pagerank_from, steps_of
from networks import kite, path_of_three, star


def from_each(graph: networkx.Graph) -> np.ndarray:
    """Return the PageRank from each node in turn: column a from the a-th."""
    return pagerank_from(steps_of(network_of(graph)), np.arange(len(graph)))


def by_networkx(graph: networkx.Graph, start: object) -> list[float]:
    found = networkx.pagerank(graph, personalization={start: 1}, tol=1e-15, max_iter=2000, weight=None)
    return [found[node] for node in graph]


def test_a_walk_on_two_nodes_is_a_geometric_sum() -> None:
    """If it failed: damping or the way home would be another.

    From a: p = 0.15 + 0.85 q and q = 0.85 p, so that p = 0.15/(1 - 0.85²) = 1/1.85 and q = 0.85/1.85.
    """
    found = from_each(networkx.Graph([("a", "b")]))[:, 0]
    assert found == pytest.approx([1 / 1.85, 0.85 / 1.85], abs=1e-12)


def test_a_start_without_links_keeps_all() -> None:
    """If it failed: a walker would leave where no link leads away, or part of them would be lost."""
    graph = networkx.Graph([("a", "b")])
    graph.add_node("c")
    assert from_each(graph)[:, 2].tolist() == [0, 0, 1]
    assert from_each(networkx.empty_graph("a")).tolist() == [[1.0]]
    assert from_each(networkx.empty_graph(0)).shape == (0, 0)


@pytest.mark.parametrize("graph", [path_of_three(), star(), kite()], ids=["path", "star", "kite"])
def test_networkx_agrees_from_every_node(graph: networkx.Graph) -> None:
    """If it failed: suggestions would stand on another PageRank than the world's."""
    found = from_each(graph)
    for at, node in enumerate(graph):
        assert found[:, at] == pytest.approx(by_networkx(graph, node), abs=1e-11)


@pytest.mark.parametrize("file", ["netscience_newman.gml", "ca-GrQc.txt"])
def test_networkx_agrees_on_real_networks(shared_data: Path, file: str) -> None:
    """If it failed: the iteration would stop too early where a network is large, or has many parts."""
    path = shared_data / "graphs" / file
    read = networkx.read_gml(path, label="label") if path.suffix == ".gml" else networkx.read_edgelist(path)
    graph = networkx.Graph(networkx.convert_node_labels_to_integers(read).edges())
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    nodes = list(graph)
    starts = np.array([0, len(nodes) // 2, len(nodes) - 1])
    found = pagerank_from(steps_of(network_of(graph)), starts)
    for at, start in enumerate(starts.tolist()):
        assert found[:, at] == pytest.approx(by_networkx(graph, nodes[start]), abs=1e-11)


@given(st.integers(1, 12), st.integers(0, 40), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_each_walk_adds_up_to_one_and_goes_both_ways(nodes: int, links: int, seed: int) -> None:
    """If it failed: walkers would be lost, or one end of a pair would not tell the other's walk."""
    graph = networkx.gnm_random_graph(nodes, min(links, nodes * (nodes - 1) // 2), seed)
    found = from_each(graph)
    assert found.sum(axis=0) == pytest.approx(np.ones(nodes), abs=1e-11)
    degrees = np.array([graph.degree(node) for node in graph])
    there = found * degrees[np.newaxis, :]  # from a to c, times the degree of a
    assert there == pytest.approx(there.T, abs=1e-10)
