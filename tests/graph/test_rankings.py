"""Rankings: order, ties, and what an answer says of itself; what cannot be measured is refused."""

from __future__ import annotations

import json
import math
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import MeasureError, ParameterError, UnknownName
from collegium.graph.measures import MEASURES, RankedRow, Ranking, measure, measure_named
from collegium.graph.measures import spectral as spectral_family
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from networks import (
    author,
    believed,
    kite,
    star,
    weighted,
    written,
)

COMPUTED = [name for name, row in MEASURES.items() if row.basis == "computed" and not row.of_papers]


def test_ranks_leave_gaps_after_ties_and_undefined_values_come_last() -> None:
    """Wrong: someone would be third of four when three are better."""
    graph = weighted([("a", "b", 1), ("b", "c", 1), ("c", "d", 1)])
    graph.add_node("e")
    found = measure(graph, "constraint")
    assert [(row.rank, row.iri) for row in found] == [(1, "a"), (1, "d"), (3, "b"), (3, "c"), (None, "e")]
    graph.nodes["a"]["name"] = "zoe"
    assert [row.name for row in measure(graph, "constraint").top(2)] == ["d", "zoe"]


def test_noise_of_floats_makes_no_rank() -> None:
    """Wrong: 0.1 + 0.2 would beat 0.3."""
    graph = weighted([("a", "x", 0.1), ("a", "y", 0.2), ("b", "z", 0.3)])
    found = measure(graph, "strength", weight="full")
    assert [(row.rank, row.iri) for row in found][:2] == [(1, "a"), (1, "b")]
    assert found.values["a"] == 0.1 + 0.2


def test_an_answer_says_what_it_was_made_of() -> None:
    """Wrong: a number could not be cited, or recomputed."""
    store = believed(written("p", ["ann", "bob"], cut=True, issued="2024"), written("q", ["ann", "bob"]))
    graph = project(mirror(store), "coauthors", weight="fractional", where=Filter(from_year=2020))
    facts = measure(graph, "PageRank", weight="fractional").facts
    assert facts["measure"] == "pagerank" and facts["engine"] == "scipy" and facts["exact"] is True
    assert facts["parameters"] == {
        "projection": "coauthors",
        "weight": "fractional",
        "where": {"from_year": 2020},
        "damping": 0.85,
        "tolerance": 1e-12,
    }
    assert (facts["nodes"], facts["edges"], facts["version"]) == (2, 1, store.version)
    assert (facts["at_least"], facts["lower_bound"], facts["coverage"]) == (True, False, 0.0)
    assert facts["papers_without_year"] == 1
    assert measure(graph, "degree").facts["lower_bound"] is True
    assert measure(graph, "katz").facts["alpha"] == pytest.approx(0.9)
    json.dumps(dict(facts))


def test_papers_are_counted_whole_and_shared() -> None:
    """Wrong: the count of papers would be that of a profile, not of the store."""
    store = believed(written("p", ["ann", "bob"]), written("q", ["ann"]))
    graph = project(mirror(store), "coauthors")
    assert measure(graph, "papers").values == {author("ann"): 2, author("bob"): 1}
    assert measure(graph, "fractional papers").values == {author("ann"): 1.5, author("bob"): 0.5}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PageRank", "pagerank"),
        ("page rank", "pagerank"),
        ("core number", "core_number"),
        ("effective-size", "effective_size"),
        ("Betweenness Centrality", "betweenness"),
        ("H-Index", "h_index"),
        ("weighted degree", "strength"),
        (" DEGREE ", "degree"),
    ],
)
def test_a_measure_is_known_by_any_spelling(text: str, name: str) -> None:
    """Wrong: people would have to know where we put underscores."""
    assert measure_named(text).name == name


@pytest.mark.parametrize("text", ["betweeness", "", "degree; drop", "__class__"])
def test_an_unknown_measure_is_refused_with_the_nearest(text: str) -> None:
    """Wrong: a typing error would be answered with some other number."""
    with pytest.raises(UnknownName) as caught:
        measure_named(text)
    if text == "betweeness":
        assert "did you mean 'betweenness'" in caught.value.message


def test_a_weight_that_the_network_does_not_carry_is_refused() -> None:
    """Wrong: "fractional" would be answered with full counts."""
    with pytest.raises(ParameterError, match="'full'"):
        measure(star(), "strength", weight="fractional")
    with pytest.raises(UnknownName):
        measure(star(), "strength", weight="heavy")
    with pytest.raises(UnknownName, match="engine"):
        measure(star(), "degree", engine="abacus")


def test_a_measure_without_weights_says_that_it_used_none() -> None:
    """Wrong: an answer would name a weight that had no part in it."""
    found = measure(star(), "degree", weight="full")
    assert found.facts["parameters"]["weight"] == "none"  # type: ignore[index]
    assert measure(star(), "strength").facts["parameters"]["weight"] == "full"  # type: ignore[index]


@pytest.mark.parametrize(
    "graph",
    [
        networkx.DiGraph([("a", "b")]),
        networkx.MultiGraph([("a", "b")]),
        networkx.Graph([("a", "a")]),
        networkx.Graph([("a", "b", {"weight": -1})]),
        networkx.Graph([("a", "b", {"weight": math.nan})]),
    ],
)
def test_a_network_that_cannot_be_measured_is_refused(graph: networkx.Graph) -> None:
    """Wrong: loops count double and negative distances loop for ever."""
    with pytest.raises(ParameterError, match="graph"):
        measure(graph, "strength")


@pytest.mark.parametrize("name", ["pagerank", "katz"])
def test_what_does_not_converge_is_an_error_of_ours(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong: half-finished numbers, or an exception of networkx."""
    monkeypatch.setattr(spectral_family, "_ROUNDS", 0)
    with pytest.raises(MeasureError, match="no convergence"):
        measure(kite(), name)


@pytest.mark.parametrize("most", [-1, True, 2.0, "3"])
def test_top_takes_whole_numbers(most: Any) -> None:
    """Wrong: top(-1) would be all but the last."""
    with pytest.raises(ParameterError):
        measure(star(), "degree").top(most)
    assert len(measure(star(), "degree").top(10**9)) == 5


def test_every_row_is_complete() -> None:
    """Wrong: a number would be offered that nobody can look up."""
    for name, row in MEASURES.items():
        assert name == row.name == measure_named(row.title).name
        assert row.definition.endswith(".") and row.unit and row.range and row.cost.startswith("O(")
        assert row.source.startswith("10.") and "/" in row.source
        assert row.weight in ("none", "strength", "distance")
        assert row.default_weight in ("none", "full")
        assert bool(row.engines) == (row.basis == "computed")


_LINKS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(1, 5)), max_size=14
)


@settings(max_examples=40, deadline=None)
@given(_LINKS, st.permutations(range(14)))
def test_rankings_are_sound_and_do_not_depend_on_order(
    links: list[tuple[str, str, int]], order: list[int]
) -> None:
    """Wrong: ranks jump, values leave their range, or the order of loading decides."""
    simple = {frozenset((a, b)): (a, b, w) for a, b, w in links if a != b}
    first = weighted(simple.values())
    shuffled = weighted(
        [x for _, x in sorted(zip(order, simple.values(), strict=False), key=lambda pair: pair[0])]
    )
    for name in COMPUTED:
        for weight in ("none", "full"):
            found, again = (measure(graph, name, weight=weight) for graph in (first, shuffled))
            assert [(row.rank, row.iri) for row in found] == [(row.rank, row.iri) for row in again]
            _check(found, MEASURES[name].range, weight)


def _check(ranking: Ranking, span: str, weight: str) -> None:
    ranks = [row.rank for row in ranking if row.rank is not None]
    assert ranks == sorted(ranks)
    assert all(rank <= at for at, rank in enumerate(ranks, start=1))
    values = [row.value for row in ranking if row.value is not None]
    assert all(value >= 0 for value in values)
    if span.startswith("0 to 1") and "weighted" not in span:
        assert all(value <= 1 + 1e-12 for value in values)


def test_a_row_without_rank_has_none_in_json() -> None:
    """Wrong: JSON would hold NaN, which no browser reads."""
    row = RankedRow(None, "i", "i", "n", None)
    assert json.dumps(row.to_dict()).count("null") == 2


def test_an_overflow_is_an_error_and_not_a_number() -> None:
    """Wrong: infinity would come first, and JSON would break."""
    graph = weighted([("a", "b", 1e308), ("a", "c", 1e308)])
    with pytest.raises(MeasureError, match="finite"):
        measure(graph, "strength", weight="full")


def test_the_row_of_one_node_is_found_by_its_iri() -> None:
    """If it failed: a person's page would show the rank of another."""
    ranking = measure(kite(), "betweenness")
    assert [ranking.rows.of(row.iri) for row in ranking] == list(ranking)
    assert ranking.rows.of("nobody") is None
