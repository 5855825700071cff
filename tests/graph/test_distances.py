"""Steps between nodes: hand-made networks, and networkx as the oracle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph import distances as searching
from collegium.graph.distances import Distances, Links, links_of
from collegium.graph.shelved import LINKS
from networks import kite, path_of_three, star


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return where a search began, as it is filled. Prevents: a cost is promised and never looked at."""
    begun: list[str] = []
    search = searching._search

    def counted(links: Links, start: int) -> object:
        begun.append(links.nodes[start])
        return search(links, start)

    monkeypatch.setattr(searching, "_search", counted)
    return begun


def test_steps_on_networks_worked_out_by_hand() -> None:
    """If it failed: a distance would be off by one, or count nodes."""
    path, middle = Distances(links_of(path_of_three())), Distances(links_of(star()))
    assert [path.steps("a", other) for other in "abc"] == [0, 1, 2]
    assert (middle.steps("a", "d"), middle.steps("m", "d")) == (2, 1)
    assert Distances(links_of(kite())).steps("Andre", "Jane") == 4


def test_no_path_is_no_number() -> None:
    """If it failed: two who are not linked would be near, or an author nobody knows would be somewhere."""
    graph = networkx.Graph([("a", "b"), ("c", "d")])
    graph.add_node("e")
    distances = Distances(links_of(graph))
    assert distances.steps("a", "c") is None
    assert (distances.steps("e", "e"), distances.steps("e", "a")) == (0, None)
    assert distances.steps("a", "x") is distances.steps("x", "a") is distances.steps("x", "x") is None
    assert Distances(links_of(networkx.Graph())).steps("a", "a") is None


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_steps_are_those_of_networkx(size: int, pairs: list[tuple[int, int]]) -> None:
    """If it failed: a search would stop early, or a memory of two starts would answer for a third."""
    graph = networkx.Graph()
    graph.add_nodes_from(map(str, range(size)))
    graph.add_edges_from((str(a), str(b)) for a, b in pairs if a != b and max(a, b) < size)
    known = dict(networkx.all_pairs_shortest_path_length(graph))
    distances = Distances(LINKS.unpack(LINKS.pack(links_of(graph))), most=2)
    for a in graph:
        for b in graph:
            assert distances.steps(a, b) == distances.steps(b, a) == known[a].get(b)


@pytest.mark.parametrize("turned", [False, True])
def test_one_author_to_all_is_one_search(searches: list[str], turned: bool) -> None:
    """If it failed: the distance of 20,000 authors to one would be 20,000 searches, or two orders would differ."""
    graph = networkx.path_graph([str(at) for at in range(100)])
    distances = Distances(links_of(graph))
    for node in graph:
        assert distances.steps(*((node, "50") if turned else ("50", node))) == abs(int(node) - 50)
    assert len(searches) <= 2


def test_the_memory_of_starts_is_bounded(searches: list[str]) -> None:
    """If it failed: the distances of all to all would fill the memory of a worker."""
    graph = networkx.complete_graph([str(at) for at in range(20)])
    distances = Distances(links_of(graph), most=3)
    assert {distances.steps(a, b) for a in graph for b in graph} == {0, 1}
    assert len(distances._from) == 3


def test_threads_may_ask_at_once() -> None:
    """If it failed: two queries at once would lose each other's start between look-up and answer."""
    graph = networkx.path_graph([str(at) for at in range(30)])
    distances = Distances(links_of(graph), most=1)
    pairs = [(str(a), str(b)) for a in range(30) for b in range(30)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda pair: distances.steps(*pair), pairs))
    assert found == [abs(int(a) - int(b)) for a, b in pairs]
