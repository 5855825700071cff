"""Communities are the same for the same network and seed, and bear the name of who leads them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import networkx
import pytest

from collegium.graph.communities import Communities, communities
from collegium.graph.errors import LibraryMissing, ParameterError
from collegium.graph.mirror import mirror
from collegium.graph.network import network_of
from collegium.graph.projections import project
from networks import author, believed, complete_five, weighted, written


def two_groups() -> networkx.Graph:
    """Return two groups of four, everyone with everyone, held together by one thin link."""
    groups = [(a, b, 3) for group in ("abcd", "wxyz") for a in group for b in group if a < b]
    return weighted([*groups, ("d", "w", 1)])


def members(found: Communities) -> list[str]:
    """Return each group's members as one word."""
    return ["".join(sorted(group.members)) for group in found]


@pytest.fixture(params=["igraph", "networkx"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the engine at work. Prevents: the fallback is first tried where igraph cannot be installed."""
    if request.param == "networkx":
        monkeypatch.setitem(sys.modules, "igraph", None)
    return str(request.param)


def test_two_groups_held_by_one_link_are_two_communities(engine: str) -> None:
    """Wrong: colours of the view would mean nothing."""
    found = communities(two_groups())
    assert (found.engine, members(found)) == (engine, ["abcd", "wxyz"])
    assert found.modularity == pytest.approx(18 / 37 * 2 - 0.5)


def test_a_community_is_named_by_its_strongest_member(engine: str) -> None:
    """Wrong: a legend would say "community 3"."""
    first, second = communities(two_groups())
    assert (first.number, first.leader, first.name, first.size) == (1, "d", "d", 4)
    assert second.members[0] == second.leader == "w"
    graph = project(mirror(believed(written("p", ["ann", "bob"]))), "coauthors")
    (only,) = communities(graph)
    assert (only.name, only.leader) == ("Ann", author("ann"))


def test_the_same_seed_gives_the_same_answer_in_any_order(engine: str) -> None:
    """Wrong: colours would change from load to load."""
    graph = networkx.les_miserables_graph()
    other = networkx.Graph()
    other.add_nodes_from(sorted(graph, reverse=True))
    other.add_edges_from(reversed([(b, a, data) for a, b, data in graph.edges(data=True)]))
    first = communities(graph, seed=7)
    assert first == communities(graph, seed=7) == communities(other, seed=7)
    assert len(first) > 3 and sum(group.size for group in first) == 77


def test_threads_do_not_disturb_each_other(engine: str) -> None:
    """Wrong: what igraph draws from is kept for the process, so one web thread would draw from another's seed."""
    graph = networkx.les_miserables_graph()
    seeds = [7, 8] * 50
    alone = {seed: communities(graph, seed=seed) for seed in (7, 8)}
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda seed: communities(graph, seed=seed), seeds))
    finally:
        sys.setswitchinterval(usual)
    assert found == [alone[seed] for seed in seeds]


def test_who_has_no_links_is_alone_and_an_empty_network_has_none(engine: str) -> None:
    """Wrong: views of a new store fail."""
    graph = networkx.empty_graph(["b", "a"])
    found = communities(graph)
    assert (members(found), found.modularity) == (["a", "b"], None)
    assert found.number_of == {"a": 1, "b": 2}
    assert communities(networkx.Graph()).groups == ()


def test_a_finer_resolution_splits(engine: str) -> None:
    """Wrong: the setting would have no effect."""
    assert len(communities(complete_five())) == 1
    assert len(communities(complete_five(), resolution=3)) == 5


def test_labels_spread_as_far_as_groups_reach(engine: str) -> None:
    """Wrong: a method that is offered would do another thing, or change from call to call."""
    found = communities(two_groups(), method="label-propagation", seed=3)
    assert (found.engine, members(found), found.method) == (engine, ["abcd", "wxyz"], "label-propagation")
    assert (found.objective, found.resolution, found.quality) == (None, None, None)
    assert found.modularity == pytest.approx(18 / 37 * 2 - 0.5)
    graph = networkx.les_miserables_graph()
    assert communities(graph, method="label-propagation", seed=3) == communities(
        graph, method="label-propagation", seed=3
    )


def test_the_potts_model_keeps_groups_that_are_dense_enough() -> None:
    """Wrong: the resolution of cpm would not be the density that its definition says."""
    # Between the two fours lies weight 1 on 16 pairs: together they pass at 0.05, apart from 1/16 on.
    together = communities(two_groups(), objective="cpm")
    assert (members(together), together.resolution) == (["abcdwxyz"], 0.05)
    assert together.quality == pytest.approx(37 - 0.05 * 28)
    apart = communities(two_groups(), objective="cpm", resolution=0.1)
    assert members(apart) == ["abcd", "wxyz"] and apart.quality == pytest.approx(36 - 0.1 * 12)
    # Each link inside weighs 3: above that, everybody is alone.
    assert len(communities(two_groups(), objective="cpm", resolution=3.1)) == 8


def test_without_igraph_the_potts_model_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong: modularity would be sent where cpm was asked for."""
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(LibraryMissing, match="python-igraph"):
        communities(two_groups(), objective="cpm")


def test_rows_give_what_graphs_give() -> None:
    """Wrong: the API, which counts in columns, would answer otherwise than Python."""
    graph = networkx.les_miserables_graph()
    ordered = networkx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(graph.edges(data=True))
    assert communities(network_of(ordered), seed=4) == communities(graph, seed=4)
    with pytest.raises(ParameterError, match="undirected"):
        communities(networkx.DiGraph([("a", "b")]))


@pytest.mark.parametrize(
    "asked",
    [
        {"seed": -1},
        {"seed": 2**32},
        {"seed": "1"},
        {"seed": True},
        {"resolution": 0},
        {"resolution": "1"},
        {"resolution": float("nan")},
        {"resolution": float("inf")},
        {"resolution": True},
        {"method": "louvain"},
        {"objective": "density"},
        {"method": "label-propagation", "objective": "cpm"},
        {"method": "label-propagation", "resolution": 1.0},
    ],
)
def test_settings_out_of_range_are_refused(asked: Any) -> None:
    """Wrong: an error of igraph would reach the caller."""
    with pytest.raises(ParameterError):
        communities(two_groups(), **asked)
