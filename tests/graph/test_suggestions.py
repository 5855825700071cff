"""Suggestions: scores by hand, networkx as the second opinion, reasons, and what is said of cut lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.compact import compact
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.link_scores import SCORES, Traits
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from collegium.graph.suggestions import Suggestions, suggestions
from networks import author, believed, written

SQUARE = (  # a - b - c - d - a, and e at d
    written("1", ["a", "b"], issued="2020", categories=["x"]),
    written("2", ["b", "c"], issued="2021", categories=["x", "y"]),
    written("3", ["a", "d"], issued="2020", categories=["x"]),
    written("4", ["c", "d"], issued="2022", categories=["y"]),
    written("5", ["d", "e"], issued="2019", categories=["x"]),
)


def suggested(held: Mirror, who: str, *, where: Filter | None = None, limit: int = 100) -> Suggestions:
    where = Filter() if where is None else where
    net = compact(held, "coauthors", where=where)
    return suggestions(held, net, Traits.of(held, where, net), author(who), limit=limit)


def of(*papers: str, who: str = "a", **given: Any) -> Suggestions:
    return suggested(mirror(believed(*papers)), who, **given)


def test_scores_are_those_worked_out_by_hand() -> None:
    """If it failed: a score would be another than its definition.

    a has b and d, of degrees 2 and 3. c lies behind both, e behind d. Shares of categories: a {x 1}, c {x 1/3, y 2/3},
    e {x 1}. The newest year is 2022, the last of c 2022 and of e 2019.
    """
    first, second = of(*SQUARE)
    assert (first.author.id, second.author.id) == ("c", "e")
    assert first.scores["common"] == 2 and second.scores["common"] == 1
    assert first.scores["adamic_adar"] == pytest.approx(1 / math.log(2) + 1 / math.log(3), abs=1e-10)
    assert second.scores["adamic_adar"] == pytest.approx(1 / math.log(3), abs=1e-10)
    assert first.scores["resource_allocation"] == pytest.approx(5 / 6, abs=1e-10)
    assert second.scores["resource_allocation"] == pytest.approx(1 / 3, abs=1e-10)
    assert [row.scores["category_overlap"] for row in (first, second)] == pytest.approx([1 / 3, 1], abs=1e-10)
    assert [row.scores["recency"] for row in (first, second)] == [1, 0.25]


def test_the_score_is_the_mean_of_percentiles() -> None:
    """If it failed: the rule that is told would not be the rule.

    Of two candidates the better has 3/4, the other 1/4; c is the better but in overlap: (5 · 3/4 + 1/4)/6 = 2/3.
    """
    assert [row.score for row in of(*SQUARE)] == pytest.approx([2 / 3, 1 / 3], abs=1e-10)


def test_each_suggestion_says_why() -> None:
    """If it failed: an author would be told a name and no reason."""
    first, second = of(*SQUARE)
    assert [node.id for node in first.common_coauthors] == [
        "b",
        "d",
    ]  # fewest co-authors first: these count most
    assert [category.id for category in first.shared_categories] == ["x"]
    assert first.reason == "2 common co-authors (B, D); both write on x; last active 2022"
    assert second.reason == "1 common co-author (D); both write on x; last active 2019"
    assert (first.last_year, first.steps, first.joint_papers) == (2022, 2, 0)


def test_authors_of_the_same_categories_are_taken_where_few_are_near() -> None:
    """If it failed: an author whose circle is closed would be told of nobody."""
    papers = (
        written("1", ["a", "b"], issued="2020", categories=["x"]),
        written("2", ["c", "d"], issued="2020", categories=["x"]),
        written("3", ["e"], issued="2021", categories=["x", "z"]),
        written("4", ["f"], issued="2021", categories=["z"]),
    )
    found = {row.author.id: row for row in of(*papers)}
    assert set(found) == {"c", "d", "e"}
    assert {row.steps for row in found.values()} == {None}
    assert found["e"].reason == "both write on x; last active 2021"


def test_many_near_leave_the_far_out() -> None:
    """If it failed: strangers would stand among those who are one introduction away."""
    papers = [written("0", ["a", "m"], categories=["x"]), written("far", ["zed"], categories=["x"])]
    papers += [written(f"m{at}", ["m", f"n{at:02}"], categories=["x"]) for at in range(20)]
    found = of(*papers)
    assert {row.author.id for row in found} == {f"n{at:02}" for at in range(20)}
    assert found.total == 20 and [row.author.id for row in found][:2] == ["n00", "n01"]  # all alike: by IRI


def test_nobody_is_suggested_to_one_who_knows_all() -> None:
    """If it failed: a co-author, or the author, would be told as somebody new."""
    assert len(of(written("1", ["a", "b", "c"]))) == 0
    assert len(of(written("1", ["a"]))) == 0


def test_joint_papers_that_are_not_counted_are_told() -> None:
    """If it failed: an old co-author would be told as new because a filter hides the paper."""
    papers = (written("old", ["a", "c"], issued="1999"), *SQUARE)
    (row,) = (row for row in of(*papers, where=Filter(from_year=2019)) if row.author.id == "c")
    assert row.joint_papers == 1 and "1 joint paper not counted here" in row.reason
    assert "c" not in {row.author.id for row in of(*papers)}


def test_cut_lists_are_said() -> None:
    """If it failed: a co-author behind "et al." would be told as new, and nothing would warn of it."""
    facts = of(*SQUARE[:4], written("5", ["d", "e"], cut=True)).facts
    assert facts["at_least"] is True and facts["coverage"] == 0.8
    assert facts["author_papers"] == 2 and facts["author_papers_truncated"] == 0
    assert facts["author_coverage"] == 1.0


def test_an_inferred_year_is_not_the_last() -> None:
    """If it failed: a year completed by us would be told as printed."""
    papers = (written("1", ["a", "b"], issued="2001"), written("2", ["b", "c"], inferred="2020"))
    (row,) = of(*papers)
    assert row.last_year is None and row.scores["recency"] == 0


def test_who_cannot_be_found_is_said() -> None:
    """If it failed: an author without papers in the window would get an empty list as if nobody fitted."""
    with pytest.raises(NotFound, match="filters leave it out"):
        of(*SQUARE, where=Filter(from_year=2022))
    with pytest.raises(NotFound, match="nobody"):
        of(*SQUARE, who="nobody")


@pytest.mark.parametrize("limit", [0, -1, True, 2.5, 10**10])
def test_a_limit_that_cannot_be_used_is_refused(limit: Any) -> None:
    """If it failed: a negative limit would cut the best off."""
    with pytest.raises(ParameterError, match="limit"):
        of(*SQUARE, limit=limit)


def random_papers(groups: Iterable[Iterable[int]]) -> list[str]:
    return [
        written(
            f"p{at:03}", [f"a{who:02}" for who in group], issued=str(2015 + at % 7), categories=[f"c{at % 3}"]
        )
        for at, group in enumerate(groups)
    ]


groups = st.lists(st.sets(st.integers(0, 14), min_size=1, max_size=4), min_size=1, max_size=25)


ORACLES: dict[str, Callable[[networkx.Graph, str, str], float]] = {
    "common": lambda g, a, c: len(list(networkx.common_neighbors(g, a, c))),
    "adamic_adar": lambda g, a, c: next(networkx.adamic_adar_index(g, [(a, c)]))[2],
    "resource_allocation": lambda g, a, c: next(networkx.resource_allocation_index(g, [(a, c)]))[2],
    "pagerank": lambda g, a, c: networkx.pagerank(
        g, personalization={a: 1}, weight=None, tol=1e-15, max_iter=2000
    )[c],
}


@given(groups)
@settings(max_examples=25, deadline=None)
def test_networkx_agrees_on_random_papers(papers: list[set[int]]) -> None:
    """If it failed: a score would be another than the one of that name in the world."""
    held = mirror(believed(*random_papers(papers)))
    graph = project(held, "coauthors")
    who = min(graph)
    found = suggested(held, who.rpartition("/")[2])
    for row in found:
        for name, oracle in ORACLES.items():
            assert row.scores[name] == pytest.approx(oracle(graph, who, row.author.iri), abs=2e-10), name
    near = {far for mid in graph[who] for far in graph[mid]} - set(graph[who]) - {who}
    assert {row.author.iri for row in found if row.steps == 2} == near


@given(groups)
@settings(max_examples=25, deadline=None)
def test_suggestions_stand_in_order_and_name_no_coauthor(papers: list[set[int]]) -> None:
    """If it failed: the best would not stand first, or somebody known would be told as new."""
    held = mirror(believed(*random_papers(papers)))
    graph = project(held, "coauthors")
    for who in list(graph)[:3]:
        found = suggested(held, who.rpartition("/")[2])
        keys = [(-row.score, row.author.iri) for row in found]
        assert keys == sorted(keys)
        assert not {row.author.iri for row in found} & ({who} | set(graph[who]))
        assert all(set(row.scores) == set(SCORES) for row in found)
        assert [row.rank for row in found] == list(range(1, len(found) + 1))
