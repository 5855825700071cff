"""Communities are the same for the same network and seed, and bear the name of who leads them."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import networkx
import pytest

from collegium.graph.communities import Communities, communities
from collegium.graph.errors import ParameterError
from collegium.graph.mirror import mirror
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
    """Wrong: igraph's generator is one per thread, so a web thread would answer differently."""
    graph = networkx.les_miserables_graph()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda seed: communities(graph, seed=seed), [7, 8, 7, 8, 7, 8]))
    assert found[0] == found[2] == found[4] == communities(graph, seed=7)
    assert found[1] == found[3] == found[5]


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
    ],
)
def test_settings_out_of_range_are_refused(asked: Any) -> None:
    """Wrong: an error of igraph would reach the caller."""
    with pytest.raises(ParameterError):
        communities(two_groups(), **asked)
