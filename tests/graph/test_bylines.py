"""Weights by places in the byline: credits of the literature, exact sums, and papers that have no known byline."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.bylines import SCHEMES
from collegium.graph.compact import compact
from collegium.graph.errors import ParameterError
from collegium.graph.measures import measure
from collegium.graph.mirror import mirror
from collegium.graph.network import Network
from collegium.graph.projections import PROJECTIONS, WEIGHTS, project
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import author, believed, written


def weights(graph: networkx.Graph | Network) -> dict[str, float]:
    """Return the weights of links by the IDs of both ends."""
    if isinstance(graph, Network):
        pairs = zip(graph.pairs.tolist(), graph.per_pair(graph.weights).tolist(), strict=True)
        return {f"{graph.nodes[a].id}-{graph.nodes[b].id}": weight for (a, b), weight in pairs}
    name = graph.nodes(data="id")
    return {f"{name[a]}-{name[b]}": weight for a, b, weight in graph.edges(data="weight")}


def both(snapshot: Mirror, weight: str, **where: Any) -> dict[str, float]:
    """Return the weights of links, the same by both ways of counting."""
    chosen = Filter(**where)
    one = project(snapshot, "coauthors", weight=weight, where=chosen)
    other = compact(snapshot, "coauthors", weight=weight, where=chosen)
    assert weights(one) == weights(other) and one.graph == dict(other.facts)
    return weights(one)


TRIO_AND_PAIR = mirror(believed(written("a", ["ann", "bob", "cat"]), written("b", ["bob", "ann"])))


def test_harmonic_shares_a_paper_by_the_products_of_one_over_place() -> None:
    """If it failed: the credits 1, 1/2, 1/3 (Hagen 2008) would not give 1/2, 1/3, 1/6 to the three pairs."""
    assert both(TRIO_AND_PAIR, "harmonic") == {"ann-bob": 1 / 2 + 1, "ann-cat": 1 / 3, "bob-cat": 1 / 6}


def test_first_and_last_count_double() -> None:
    """If it failed: the credits 2, 1, 2 would not give 2/8, 4/8, 2/8 to the three pairs."""
    assert both(TRIO_AND_PAIR, "first-last") == {"ann-bob": 1 / 4 + 1, "ann-cat": 1 / 2, "bob-cat": 1 / 4}


def test_four_authors_by_hand() -> None:
    """If it failed: places behind the third would be credited wrongly (harmonic: 35/24 in all; else 13)."""
    four = mirror(believed(written("p", ["ann", "bob", "cat", "dan"])))
    harmonic = both(four, "harmonic")
    assert harmonic["ann-bob"] == float(Fraction(1, 2) / Fraction(35, 24)) == pytest.approx(12 / 35)
    assert harmonic["cat-dan"] == float(Fraction(1, 12) / Fraction(35, 24))
    assert both(four, "first-last") == {
        "ann-bob": 2 / 13,
        "ann-cat": 2 / 13,
        "ann-dan": 4 / 13,
        "bob-cat": 1 / 13,
        "bob-dan": 2 / 13,
        "cat-dan": 2 / 13,
    }


@pytest.mark.parametrize("weight", SCHEMES)
def test_three_thirds_make_one(weight: str) -> None:
    """If it failed: a page would show 0.9999999999999999."""
    thirds = mirror(believed(*(written(f"p{at}", ["ann", "bob", "cat"]) for at in range(6))))
    assert both(thirds, "harmonic")["ann-cat"] == 2
    many = mirror(believed(*(written(f"p{at}", list("abcdefg")) for at in range(7))))
    found = both(many, weight)
    for (at, one), (to, other) in combinations(enumerate("abcdefg", 1), 2):
        assert found[f"{one}-{other}"] == float(7 * _share(weight, 7, at, to))


def _share(weight: str, count: int, one: int, other: int) -> Fraction:
    """The definition, in fractions: the credits of two places over the sum of all such products."""

    def credit(at: int) -> Fraction:
        return Fraction(1, at) if weight == "harmonic" else Fraction(2 if at in (1, count) else 1)

    total = sum(credit(a) * credit(b) for a, b in combinations(range(1, count + 1), 2))
    return credit(one) * credit(other) / total


_GAP = (
    "<paper/gap> a soa:Work ; dcterms:creator <author/ann>, <author/bob> ; ck:authorListTruncated false ; "
    "soa:hasAuthorship <paper/gap/1>, <paper/gap/3> . <paper/gap/1> soa:hasAuthor <author/ann> ; soa:position 1 . "
    "<paper/gap/3> soa:hasAuthor <author/bob> ; soa:position 3 ."
)


def test_a_byline_that_is_cut_or_without_order_makes_no_links_and_is_counted() -> None:
    """If it failed: a place would be guessed, or a paper would be left out without a word."""
    papers = [
        written("whole", ["ann", "bob"]),
        written("cut", ["ann", "bob"], cut=True),
        written("unsaid", ["ann", "bob"], cut=None),
        written("owner", ["ann", "bob"], hidden=["eve"]),
        _GAP,
    ]
    snapshot = mirror(believed(*papers))
    assert both(snapshot, "harmonic") == {"ann-bob": 1}
    facts = compact(snapshot, "coauthors", weight="harmonic").facts
    assert facts["papers_without_byline"] == 4 and facts["at_least"] is True
    assert both(snapshot, "harmonic", shown_only=True) == {
        "ann-bob": 2
    }  # without the owner, who has no place
    assert "papers_without_byline" not in compact(snapshot, "coauthors").facts
    nodes = compact(snapshot, "coauthors", weight="harmonic")
    assert nodes.papers.tolist() == [5, 5, 1]  # the papers still count for their authors


def test_an_author_set_keeps_the_places_of_the_whole_byline() -> None:
    """If it failed: with the second author left out the third would count as second."""
    assert both(TRIO_AND_PAIR, "harmonic", authors=frozenset({"ann", "cat"})) == {"ann-cat": 1 / 3}
    assert both(TRIO_AND_PAIR, "first-last", authors=frozenset({"ann", "bob"}), min_weight=1) == {
        "ann-bob": 1.25
    }
    assert both(TRIO_AND_PAIR, "harmonic", min_weight=1.6) == {}


def test_a_paper_of_too_many_authors_is_counted_as_such_and_not_twice() -> None:
    """If it failed: a paper would be told as beyond the cap and as without a byline."""
    snapshot = mirror(believed(written("p", ["ann", "bob", "cat"], cut=True)), most_authors=2)
    facts = compact(snapshot, "coauthors", weight="harmonic").facts
    assert both(snapshot, "harmonic") == {}
    assert (facts["papers_without_pairs"], facts["papers_without_byline"]) == (1, 0)


@pytest.mark.parametrize("weight", SCHEMES)
@pytest.mark.parametrize("name", [name for name in PROJECTIONS if name != "coauthors"])
def test_only_co_authors_have_a_byline(name: str, weight: str) -> None:
    """If it failed: institutions, which have no order, would be given one."""
    for count in (project, compact):
        with pytest.raises(ParameterError, match=f"{name} links no authors by their bylines"):
            count(TRIO_AND_PAIR, name, weight=weight)


@pytest.mark.parametrize("weight", SCHEMES)
def test_measures_take_the_weight_that_the_network_carries(weight: str) -> None:
    """If it failed: `weight=harmonic` would be refused, or measure something else."""
    ranking = measure(compact(TRIO_AND_PAIR, "coauthors", weight=weight), "strength", weight=weight)
    assert ranking.facts["parameters"]["weight"] == weight  # type: ignore[index]
    total = sum(both(TRIO_AND_PAIR, weight).values())
    assert sum(value or 0 for value in ranking.values.values()) == pytest.approx(2 * total) == 4
    with pytest.raises(ParameterError, match="which this network was drawn with"):
        measure(compact(TRIO_AND_PAIR, "coauthors"), "strength", weight=weight)


_NAMES = [f"n{at}" for at in range(9)]
_PAPERS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(_NAMES), max_size=8, unique=True),
        st.booleans(),
        st.sampled_from([None, "2019", "2020", "2021-04"]),
        st.booleans(),
    ),
    max_size=7,
)
_FILTERS = st.sampled_from(
    [
        {},
        {"authors": frozenset({"n1", "n2", "n3"})},
        {"shown_only": True},
        {"complete_only": True},
        {"from_year": 2020},
        {"min_weight": 0.3},
    ]
)


@settings(deadline=None, max_examples=60)
@given(_PAPERS, _FILTERS, st.sampled_from(WEIGHTS))
def test_both_ways_of_counting_give_the_same(papers: Any, where: Any, weight: str) -> None:
    """If it failed: a page would show another number than the ranking beside it."""
    everybody = written("all", _NAMES)  # so that each name of a filter is known
    made = [
        written(f"p{at}", names, cut=cut, issued=year, hidden=["owner"] if hidden else [])
        for at, (names, cut, year, hidden) in enumerate(papers)
    ]
    both(mirror(believed(everybody, *made)), weight, **where)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(_NAMES), min_size=2, unique=True), max_size=8),
    st.sampled_from([*SCHEMES]),
)
def test_weights_are_the_nearest_floats_to_the_sums_of_fractions(
    bylines: list[list[str]], weight: str
) -> None:
    """If it failed: a sum would be a last digit off, or a paper would not count 1 in all."""
    exact: dict[str, Fraction] = {}
    for byline in bylines:
        for (at, one), (to, other) in combinations(enumerate(byline, 1), 2):
            pair = "-".join(sorted((one, other)))
            exact[pair] = exact.get(pair, Fraction()) + _share(weight, len(byline), at, to)
    found = both(mirror(believed(*(written(f"p{at}", names) for at, names in enumerate(bylines)))), weight)
    assert found == {pair: float(share) for pair, share in exact.items()}
    assert sum(exact.values()) == len(bylines)


def test_a_network_of_nobody_has_no_links() -> None:
    """If it failed: an empty store would be an error."""
    assert both(mirror(believed()), "harmonic") == {}
    alone = mirror(believed(written("p", ["ann"])))
    assert both(alone, "first-last") == {} and author("ann") in project(
        alone, "coauthors", weight="first-last"
    )
