"""Why two authors are linked: each joint paper, what it weighs, and what does not count."""

from __future__ import annotations

import pytest

from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.items import index_of
from collegium.graph.mirror import mirror
from collegium.graph.network import network_of
from collegium.graph.pair_links import PairLink, pair_link, shared_neighbours
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import author, believed, paper, weighted, written

STORE = mirror(
    believed(
        written(
            "p", ["ann", "bob", "cat"], issued="2020", categories=["cs.CL"], institutions=["Jena"], cut=True
        ),
        written("q", ["bob", "ann"], issued="2018", categories=["cs.CL", "cs.AI"]),
        written("r", ["ann", "cat"], hidden=["bob"]),
        written("s", ["ann", "bob", "cat", "dan", "eve"], inferred="2021"),
        written("t", ["dan", "eve"], issued="2020"),
    ),
    most_authors=4,
)


def link(one: str, other: str, found: Mirror = STORE, where: Filter | None = None) -> PairLink:
    """Return what links two authors by their ids."""
    ids = [index_of("author", found.authors, author(who)) for who in (one, other)]
    return pair_link(found, ids[0], ids[1], where)


def test_all_joint_papers_are_told_and_those_that_link_are_weighed() -> None:
    """If it failed: a link would be a number without its reasons, or rest on what does not count."""
    found = link("ann", "bob")
    told = [(STORE.papers[row.paper].iri, row.places, row.authors, row.is_linking) for row in found.papers]
    assert told == [
        (paper("q"), (2, 1), 2, True),
        (paper("p"), (1, 2), 3, True),
        (paper("s"), (1, 2), 5, False),
        (paper("r"), (1, None), 3, True),
    ]
    # q gives 1, p and r a half each; s has more authors than are paired.
    expected = {"full": 3, "fractional": 2.0, "none": 1}
    assert {scheme: found.weights[scheme] for scheme in expected} == pytest.approx(expected)
    assert found.years == {2018: 1, 2020: 1, 2021: 1}
    assert (found.without_year, found.truncated, found.year_inferred) == (1, 1, 1)
    assert [(STORE.categories[at].id, n) for at, n in found.categories] == [("cs.CL", 2), ("cs.AI", 1)]
    assert [(STORE.institutions[at].id, n) for at, n in found.institutions] == [("Jena", 1)]
    assert found.is_linked


def test_the_other_way_round_it_is_the_same_link() -> None:
    """If it failed: A would be linked to B otherwise than B to A."""
    one, other = link("ann", "bob"), link("bob", "ann")
    assert (one.weights, one.years, one.truncated) == (other.weights, other.years, other.truncated)
    assert [row.places for row in one.papers] == [row.places[::-1] for row in other.papers]


def test_filters_leave_papers_out() -> None:
    """If it failed: the reasons would be of another network than was asked for."""
    assert link("ann", "bob", where=Filter(to_year=2018)).weights["full"] == 1
    shown = link("ann", "bob", where=Filter(shown_only=True))
    assert shown.weights["full"] == 2 and len(shown.papers) == 3
    assert link("ann", "bob", where=Filter(complete_only=True)).truncated == 0
    with pytest.raises(NotFound):
        link("ann", "bob", where=Filter(category="no"))


def test_two_without_a_joint_paper_are_not_linked() -> None:
    """If it failed: an error where the answer is no."""
    found = link("cat", "dan", where=Filter(to_year=2020))
    assert (found.is_linked, found.papers, found.weights, found.years) == (False, (), {}, {})
    # Their only joint paper has too many authors: it is told, and makes no link.
    beyond = link("cat", "dan")
    assert (beyond.is_linked, [row.is_linking for row in beyond.papers]) == (False, [False])


def test_whom_both_write_with_stands_by_the_weaker_link() -> None:
    """If it failed: a friend of one of them would be told as close to both."""
    net = network_of(
        weighted([("a", "b", 1), ("a", "m", 9), ("b", "m", 1), ("a", "n", 2), ("b", "n", 3), ("a", "x", 5)])
    )
    found = shared_neighbours(net, *(net.nodes.number_of(node) for node in "ab"))  # type: ignore[arg-type]
    assert [(net.nodes[row.node].iri, row.weights) for row in found] == [("n", (2, 3)), ("m", (9, 1))]
    alone = shared_neighbours(net, *(net.nodes.number_of(node) for node in "xb"))  # type: ignore[arg-type]
    assert [net.nodes[row.node].iri for row in alone] == ["a"]


def test_one_author_twice_is_refused() -> None:
    """If it failed: somebody would be their own co-author."""
    with pytest.raises(ParameterError, match="another author"):
        link("ann", "ann")
