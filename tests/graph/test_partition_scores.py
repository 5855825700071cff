"""How good and how alike partitions are: numbers by hand, and those of networkx and igraph."""

from __future__ import annotations

import math
from pathlib import Path

import igraph
import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.communities import communities, stability
from collegium.graph.errors import ParameterError
from collegium.graph.network import network_of
from collegium.graph.partition_scores import (
    adjusted_rand,
    cpm_quality,
    modularity,
    normalised_information,
)
from networks import complete_five, kite, path_of_three, star, weighted


def test_two_triangles_on_a_thread_have_the_modularity_of_the_text_books() -> None:
    """If it failed: every figure of quality that we print."""
    net = network_of(weighted([(a, b, 1) for a, b in ("ab", "bc", "ac", "xy", "yz", "xz", "cx")]))
    labels = np.array([0, 0, 0, 1, 1, 1])
    assert modularity(net, labels) == pytest.approx(6 / 7 - 0.5)
    assert modularity(net, labels, 2.0) == pytest.approx(6 / 7 - 1)
    assert modularity(net, np.zeros(6, int)) == pytest.approx(0)
    # Six links inside, three pairs in each of two groups.
    assert cpm_quality(net, labels, 0.5) == pytest.approx(6 - 0.5 * 6)


def test_a_network_without_links_has_none() -> None:
    """If it failed: a division by nothing, or 0 where nothing is defined."""
    net = network_of(networkx.empty_graph(["a", "b"]))
    assert modularity(net, np.array([0, 1])) is None
    assert cpm_quality(net, np.array([0, 1]), 1.0) == 0
    empty = network_of(networkx.Graph())
    assert modularity(empty, np.zeros(0, int)) is None and cpm_quality(empty, np.zeros(0, int), 1.0) == 0


NETWORKS = {
    "path": path_of_three(),
    "star": star(),
    "complete": complete_five(),
    "kite": kite(),
    "karate": networkx.relabel_nodes(networkx.karate_club_graph(), str),
    "apart": networkx.relabel_nodes(
        networkx.disjoint_union(networkx.path_graph(4), networkx.empty_graph(3)), str
    ),
}


def _agrees(graph: networkx.Graph) -> None:
    for asked in ({}, {"resolution": 2.5}, {"objective": "cpm"}, {"method": "label-propagation"}):
        found = communities(graph, **asked)  # type: ignore[arg-type]
        parts = [set(group.members) for group in found]
        at = asked.get("resolution", 1)
        expected = networkx.community.modularity(graph, parts, resolution=at)
        assert found.modularity == pytest.approx(expected, abs=1e-10)
        assert sum(found.groups.sizes) == len(graph)


@pytest.mark.parametrize("name", NETWORKS)
def test_networkx_gives_our_partitions_the_same_modularity(name: str) -> None:
    """If it failed: our modularity would be another than that of the literature."""
    _agrees(NETWORKS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ca-GrQc.txt", "netscience_newman.gml"])
def test_networkx_agrees_on_networks_of_scientists(shared_data: Path, name: str) -> None:
    """If it failed: modularity would be right in the small only."""
    file = shared_data / "graphs" / name
    graph = networkx.read_edgelist(file) if name.endswith("txt") else networkx.read_gml(file)
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    _agrees(weighted((a, b, data.get("value", 1)) for a, b, data in graph.edges(data=True)))


def test_alike_and_unlike_labellings() -> None:
    """If it failed: "stable" would be said of groups that change with the seed."""
    one, other = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert (normalised_information(one, 7 - one), adjusted_rand(one, 7 - one)) == (1, 1)
    assert normalised_information(one, other) == pytest.approx(0)
    assert adjusted_rand(one, other) == pytest.approx(-0.5)
    # One group of four against two of two: nothing is learned; no pair more together than by chance.
    whole = np.zeros(4, int)
    assert (normalised_information(one, whole), adjusted_rand(one, whole)) == (0, 0)
    assert (normalised_information(whole, whole), adjusted_rand(whole, whole)) == (1, 1)
    alone = np.arange(4)
    assert (normalised_information(alone, alone), adjusted_rand(alone, alone)) == (1, 1)
    # Three of four: H = log 4 - 3/4 log 3 beside log 2; by hand.
    three = np.array([0, 0, 0, 1])
    entropy, shared = math.log(4) - 0.75 * math.log(3), math.log(4) - 0.75 * math.log(3) - math.log(2) / 2
    expected = 2 * shared / (entropy + math.log(2))
    assert normalised_information(one, three) == pytest.approx(expected)


_LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


@settings(max_examples=150, deadline=None)
@given(_LABELS)
def test_igraph_finds_labellings_as_alike(pairs: list[tuple[int, int]]) -> None:
    """If it failed: our likeness would be another than that of the literature."""
    one, other = ([pair[side] for pair in pairs] for side in (0, 1))
    nmi = normalised_information(np.array(one), np.array(other))
    assert nmi == pytest.approx(igraph.compare_communities(one, other, method="nmi"), abs=1e-9)
    if len(set(one)) > 1 and len(set(other)) > 1 and (len(set(one)) < len(one) or len(set(other)) < len(one)):
        rand = adjusted_rand(np.array(one), np.array(other))
        theirs = igraph.compare_communities(one, other, method="adjusted_rand")
        assert rand == pytest.approx(theirs, abs=1e-9)


def test_groups_that_nothing_moves_are_stable() -> None:
    """If it failed: the figure would not be 1 where every seed finds the same, or tell other seeds than it took."""
    net = network_of(weighted([(a, b, 1) for a, b in ("ab", "bc", "ac", "xy", "yz", "xz", "cx")]))
    found = communities(net, seed=2**32 - 2)
    firm = stability(net, found, 3)
    assert firm is not None
    assert firm.seeds == (2**32 - 1, 0, 1)
    assert (firm.information, firm.rand, firm.least_information, firm.least_rand) == (1, 1, 1, 1)
    assert stability(net, found, 0) is None
    assert stability(network_of(networkx.Graph()), communities(networkx.Graph()), 3) is None


def test_stability_is_the_mean_over_the_seeds_it_names() -> None:
    """If it failed: the figure could not be made again from the seeds that are told."""
    graph = networkx.relabel_nodes(networkx.gnp_random_graph(60, 0.08, seed=3), str)
    net = network_of(graph)
    found = communities(net, seed=5)
    firm = stability(net, found, 4)
    assert firm is not None and firm.seeds == (6, 7, 8, 9)
    labels = [communities(net, seed=seed).groups.labels for seed in firm.seeds]
    alike = [normalised_information(found.groups.labels, other) for other in labels]
    assert firm.information == pytest.approx(sum(alike) / 4) and firm.least_information == pytest.approx(
        min(alike)
    )
    assert firm.information < 1


@pytest.mark.parametrize("more", [-1, 101, 1.5, True, "3"])
def test_a_number_of_seeds_that_is_none_is_refused(more: object) -> None:
    """If it failed: a million runs of Leiden for one question."""
    net = network_of(star())
    with pytest.raises(ParameterError, match="stability"):
        stability(net, communities(net), more)  # type: ignore[arg-type]
