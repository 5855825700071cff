"""A collaboration path is a shortest one, always the same, and each step is proved by papers."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.compact import compact
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.evidence import Evidence
from collegium.graph.mirror import mirror
from collegium.graph.paths import shortest_path, shortest_paths
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from networks import author, believed, kite, paper, weighted, written


def test_each_step_is_proved_by_its_papers() -> None:
    """Wrong: "A knows C by B" could not be checked."""
    store = believed(
        written("p", ["ann", "bob"], issued="2020", cut=True),
        written("q", ["bob", "ann"], issued="2022"),
        written("r", ["bob", "cat"]),
    )
    graph = project(mirror(store), "coauthors")
    path = shortest_path(graph, author("ann"), author("cat"))
    assert (path.names, path.text) == (("Ann", "Bob", "Cat"), "Ann - Bob - Cat")
    assert [step.papers for step in path.steps] == [(paper("p"), paper("q")), (paper("r"),)]
    first = path.steps[0]
    assert (first.weight, first.distance, first.from_year, first.to_year) == (2, 0.5, 2020, 2022)
    assert (path.distance, path.at_least, path.found) == (1.5, True, True)


def test_strangers_have_no_path_and_the_answer_says_so() -> None:
    """Wrong: an exception, or an empty answer that looks like "the same person"."""
    graph = project(mirror(believed(written("p", ["ann"]), written("q", ["bob"]))), "coauthors")
    path = shortest_path(graph, author("ann"), author("bob"))
    assert (path.found, path.iris, path.steps, path.distance) == (False, (), (), None)
    assert path.text == "no path between Ann and Bob in this network"


def test_someone_is_no_step_away_from_themselves() -> None:
    """Wrong: it would look like no path."""
    path = shortest_path(kite(), "Diane", "Diane")
    assert (path.found, path.iris, path.steps, path.distance) == (True, ("Diane",), (), 0)


def test_who_is_not_in_the_network_is_not_found() -> None:
    """Wrong: a filter that leaves someone out would look like "no path"."""
    early = mirror(believed(written("p", ["ann", "bob"], issued="2020")))
    graph = project(early, "coauthors", where=Filter(from_year=2021))
    with pytest.raises(NotFound, match="ann"):
        shortest_path(graph, author("ann"), author("bob"))
    with pytest.raises(ParameterError, match="'steps' or 'distance'"):
        shortest_path(kite(), "Ike", "Jane", by="hops")


def test_fewest_steps_and_least_distance_are_two_questions() -> None:
    """Wrong: a single joint paper would beat years of working together."""
    graph = weighted([("a", "d", 1), ("a", "b", 4), ("b", "c", 4), ("c", "d", 4)])
    assert shortest_path(graph, "a", "d").iris == ("a", "d")
    near = shortest_path(graph, "a", "d", by="distance")
    assert (near.iris, near.distance) == (("a", "b", "c", "d"), 0.75)


def test_of_equal_paths_the_strongest_then_the_first_by_name_is_taken() -> None:
    """Wrong: the path shown would change from load to load."""
    links = [("a", "m", 1), ("a", "n", 2), ("m", "z", 1), ("n", "z", 1), ("a", "o", 2), ("o", "z", 1)]
    assert shortest_path(weighted(links), "a", "z").iris == ("a", "n", "z")
    graph = weighted(links[::-1])
    graph.nodes["n"]["name"] = "zoe"
    assert shortest_path(graph, "a", "z").iris == ("a", "o", "z")


_LINKS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(1, 7)), max_size=16
)


@settings(max_examples=80, deadline=None)
@given(_LINKS, st.sampled_from(["steps", "distance"]))
def test_a_path_is_shortest_and_the_same_back(links: list[tuple[str, str, int]], by: str) -> None:
    """Wrong: a detour, or another answer when the question is turned round."""
    graph = weighted({frozenset((a, b)): (a, b, w) for a, b, w in links if a != b}.values())
    graph.add_nodes_from("abcdefgh")
    other = weighted([(b, a, data["weight"]) for a, b, data in reversed(list(graph.edges(data=True)))])
    other.add_nodes_from("hgfedcba")
    path = shortest_path(graph, "a", "h", by=by)
    assert path.iris == shortest_path(graph, "h", "a", by=by).iris[::-1]
    assert path.iris == shortest_path(other, "a", "h", by=by).iris
    assert path.found == networkx.has_path(graph, "a", "h")
    if path.found:
        length = networkx.shortest_path_length(graph, "a", "h", weight=None if by == "steps" else "distance")
        assert (len(path.steps) if by == "steps" else path.distance) == pytest.approx(length)
        assert [step.start for step in path.steps] == list(path.iris[:-1])
        assert [step.end for step in path.steps] == list(path.iris[1:])


@settings(max_examples=80, deadline=None)
@given(_LINKS, st.sampled_from(["steps", "distance"]))
def test_all_shortest_paths_are_those_of_networkx(links: list[tuple[str, str, int]], by: str) -> None:
    """Wrong: a way would be missing, a detour among them, or the count another than the list."""
    graph = weighted({frozenset((a, b)): (a, b, 2 ** (w % 3)) for a, b, w in links if a != b}.values())
    graph.add_nodes_from("abcdefgh")
    found = shortest_paths(graph, "a", "h", by=by)
    weight = None if by == "steps" else "distance"
    linked = networkx.has_path(graph, "a", "h")
    expected = (
        {tuple(path) for path in networkx.all_shortest_paths(graph, "a", "h", weight)} if linked else set()
    )
    assert {path.iris for path in found.paths} == expected
    assert (found.total, found.truncated, found.is_more) == (len(expected), False, False)
    assert found.first == shortest_path(graph, "a", "h", by=by)
    back = shortest_paths(graph, "h", "a", by=by)
    assert [path.iris[::-1] for path in back.paths] == [path.iris for path in found.paths]
    cut = shortest_paths(graph, "a", "h", by=by, most=1)
    assert cut.paths == found.paths[:1] and cut.total == found.total


def _ladder(rungs: int) -> networkx.Graph:
    """Return a chain of squares: two ways over each, so 2 ** rungs from end to end."""
    links = []
    for at in range(rungs):
        here, there = f"n{at:03}", f"n{at + 1:03}"
        links += [
            (here, f"{here}a", 1),
            (here, f"{here}b", 1),
            (f"{here}a", there, 1),
            (f"{here}b", there, 1),
        ]
    return weighted(links)


def test_the_number_of_paths_is_exact_though_few_are_listed() -> None:
    """Wrong: the whole list would be made to count it, or a number that JSON cannot hold be sent."""
    found = shortest_paths(_ladder(50), "n000", "n050", most=3)
    assert (found.total, len(found.paths), found.truncated, found.is_more) == (2**50, 3, True, False)
    far = shortest_paths(_ladder(60), "n000", "n060", most=1)
    assert (far.total, far.is_more) == (2**53, True)
    here = shortest_paths(_ladder(1), "n000", "n000")
    assert (here.total, here.paths[0].iris) == (1, ("n000",))
    assert "both ends" in here.first.text


def test_what_is_no_number_of_paths_is_refused() -> None:
    """Wrong: an answer without end."""
    for most in (0, 1001, True, 2.0):
        with pytest.raises(ParameterError, match="most"):
            shortest_paths(kite(), "Ike", "Jane", most=most)  # type: ignore[arg-type]


def test_rows_prove_each_step_by_the_papers_that_graphs_show() -> None:
    """Wrong: a path at the size of a whole store would rest on other papers."""
    store = mirror(
        believed(
            written("p", ["ann", "bob"], issued="2020", cut=True),
            written("q", ["bob", "ann"], issued="2022", inferred="2022"),
            written("r", ["bob", "cat", "dan"]),
            written("s", ["cat", "eve"], hidden=["dan"], inferred="2021"),
            written("t", ["ann"]),
        ),
        most_authors=3,
    )
    for where in (
        Filter(),
        Filter(shown_only=True),
        Filter(to_year=2021),
        Filter(authors=frozenset({"ann", "bob"})),
    ):
        graph, net = project(store, "coauthors", where=where), compact(store, "coauthors", where=where)
        evidence = Evidence.of(store, net, where)
        assert {(net.nodes[a].iri, net.nodes[b].iri) for a, b in net.pairs.tolist()} == {
            (min(pair), max(pair)) for pair in graph.edges()
        }
        for one, other in net.pairs.tolist():
            link = graph.edges[net.nodes[one].iri, net.nodes[other].iri]
            assert evidence.proof(one, other) == (link["papers"], link["from_year"], link["to_year"])
        for start in graph:
            for end in graph:
                rows = shortest_path(net, start, end, proves=evidence.proof)
                assert rows == shortest_path(graph, start, end)
