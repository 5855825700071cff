"""The back-test: figures by hand, and all of it once more out of its definition, in plain Python over networkx."""

from __future__ import annotations

import json
from itertools import combinations
from random import Random
from typing import Any

import networkx
import pytest

from collegium.graph.backtest import backtest, default_year
from collegium.graph.errors import MeasureError, ParameterError
from collegium.graph.link_scores import SCORES
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import believed, written

BY_HAND = (
    written("1", ["a", "b"], issued="2019"),
    written("2", ["b", "c"], issued="2020"),
    written("3", ["d", "e"], issued="2020"),
    written("4", ["a", "b", "c"], issued="2021"),  # a - c is new; a - b and b - c are known
    written("5", ["c", "f"], issued="2021"),  # f was not there
    written("6", ["a", "e"], inferred="2021"),  # no printed year
)


def held(*papers: str) -> Mirror:
    return mirror(believed(*papers))


def test_figures_are_those_worked_out_by_hand() -> None:
    """If it failed: what is called precision or AUC would be another thing.

    Up to 2020: a - b - c and d - e. New: a - c. Both have one candidate, each other: one of ten places is right. The
    other pairs, a and b and c with d and e, have nothing in common: a - c outranks all. Nobody has categories.
    By recency a has 1/2, the others 1: a - c, 3/4, ties with two of six and stands below four, (2/2)/6 = 1/6.
    """
    found = backtest(held(*BY_HAND), until=2020)
    assert (found["papers_before"], found["papers_after"], found["papers_left_out"]) == (3, 2, 1)
    assert (found["authors"], found["new_pairs"], found["authors_tested"]) == (5, 1, 2)
    assert found["other_pairs_tested"] == 6 and found["candidates_hold"] == 1
    assert {row["value"] for row in found["precision"].values()} == {0.1}
    auc = {name: row["value"] for name, row in found["auc"].items()}
    assert auc == {
        **dict.fromkeys(("combined", "common", "adamic_adar", "resource_allocation", "pagerank"), 1),
        **dict.fromkeys(("category_overlap", "chance"), 0.5),
        "recency": pytest.approx(1 / 6),
    }


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2020, 2021, 2022, 2023, 2024], 2023),
        ([2020] * 5 + [2021] * 4 + [2022], 2020),
        ([2020] * 99 + [2021], 2020),
        ([2020], 2020),
    ],
)
def test_the_year_leaves_a_fifth_after_it(years: list[int], expected: int) -> None:
    """If it failed: too few papers would be left to test on, or to learn from."""
    import numpy as np

    assert default_year(np.array(years)) == expected


def many_papers(count: int = 150, authors: int = 40) -> list[str]:
    """Return papers of small circles over five years, some cut, some without a year."""
    chance = Random(5)
    made = []
    for at in range(count):
        middle = chance.randrange(authors)
        circle = sorted(
            {(middle + chance.choice((0, 1, 2, 3, 5, 8))) % authors for _ in range(chance.randint(1, 4))}
        )
        year = str(2018 + at // (count // 5)) if at % 17 else None
        topics = [f"c{middle // 10}"] if at % 5 else []
        shown = [f"a{who:02}" for who in circle]
        made.append(written(f"p{at:03}", shown, issued=year, categories=topics, cut=at % 11 == 0))
    return made


def test_it_can_be_made_again_from_its_definition() -> None:
    """If it failed: nobody could check the figures from outside; all pairs and authors are looked at, none drawn."""
    store = held(*many_papers())
    found = backtest(store, until=2020, sample=100_000)
    precision, auc = again(store, 2020)
    assert {name: row["value"] for name, row in found["precision"].items()} == pytest.approx(
        precision, abs=1e-12
    )
    assert {name: row["value"] for name, row in found["auc"].items()} == pytest.approx(auc, abs=1e-12)
    assert 0 < precision["chance_anyone"] < precision["combined"] < 1


def again(store: Mirror, until: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the back-test in plain loops, as docs/how-to/suggest-collaborators.md defines it."""
    past = [p for p in store.papers if p.year is not None and p.year <= until]
    later = [p for p in store.papers if p.year is not None and p.year > until]
    graph = networkx.Graph()
    for paper in past:
        graph.add_nodes_from(paper.authors)
        graph.add_edges_from(combinations(paper.authors, 2))
    new = {
        tuple(sorted(pair))
        for paper in later
        for pair in combinations(paper.authors, 2)
        if set(pair) <= set(graph) and not graph.has_edge(*pair)
    }
    view = _View(graph, past)
    rows: list[dict[str, float]] = []
    for one in sorted({end for pair in new for end in pair}):
        hoped = {end for pair in new if one in pair for end in pair} - {one}
        near = view.candidates(one)
        scores = view.scores({c: (one, c) for c in near}, one_way=True)
        row = {}
        for name, values in scores.items():
            best = sorted(near, key=lambda c, values=values: (-values[c], c))[:10]  # type: ignore[misc]
            row[name] = len(hoped & set(best)) / 10
        row["chance"] = len(hoped & set(near)) * min(10, len(near)) / max(len(near), 1) / 10
        others = len(graph) - 1 - graph.degree(one)
        row["chance_anyone"] = len(hoped) * min(10, others) / others / 10
        rows.append(row)
    pairs = [p for p in combinations(sorted(graph), 2) if not graph.has_edge(*p)]
    scores = view.scores({pair: pair for pair in pairs}, one_way=False)
    auc = {"chance": 0.5}
    for name, values in scores.items():
        wins = [
            (values[n] > values[o]) + (values[n] == values[o]) / 2 for n in new for o in pairs if o not in new
        ]
        auc[name] = sum(wins) / len(wins)
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}, auc


class _View:
    """The past in plain Python."""

    def __init__(self, graph: networkx.Graph, past: list[Any]) -> None:
        self.graph = graph
        self.topics = {a: [c for p in past if a in p.authors for c in p.categories] for a in graph}
        self.last = {a: max(p.year for p in past if a in p.authors) for a in graph}
        self.walks = {
            a: networkx.pagerank(graph, personalization={a: 1}, weight=None, tol=1e-15, max_iter=2000)
            for a in graph
        }

    def overlap(self, a: int, c: int) -> float:
        shares = [{t: x.count(t) / len(x) for t in x} for x in (self.topics[a], self.topics[c])]
        return round(sum(min(shares[0][t], shares[1].get(t, 0)) for t in shares[0]), 10)

    def candidates(self, one: int) -> list[int]:
        known = {one, *self.graph[one]}
        near = sorted({c for z in self.graph[one] for c in self.graph[z]} - known)
        if len(near) < 20:
            far = [
                c
                for c in sorted(self.graph)
                if c not in known and c not in near and set(self.topics[one]) & set(self.topics[c])
            ]
            far.sort(key=lambda c: (-self.overlap(one, c), -self.last[c], c))
            near += far[: 20 - len(near)]
        return sorted(near)

    def scores(self, pairs: dict[Any, tuple[int, int]], one_way: bool) -> dict[str, dict[Any, float]]:
        newest, found = max(self.last.values()), {name: dict[Any, float]() for name in SCORES}
        for key, (a, c) in pairs.items():
            found["common"][key] = len(list(networkx.common_neighbors(self.graph, a, c)))
            ((_, _, found["adamic_adar"][key]),) = networkx.adamic_adar_index(self.graph, [(a, c)])
            ((_, _, found["resource_allocation"][key]),) = networkx.resource_allocation_index(
                self.graph, [(a, c)]
            )
            there, back = self.walks[a][c], self.walks[c][a]
            found["pagerank"][key] = there if one_way else (there + back) / 2
            found["category_overlap"][key] = self.overlap(a, c)
            recent = [1 / (1 + newest - self.last[end]) for end in (a, c)]
            found["recency"][key] = recent[1] if one_way else sum(recent) / 2
        found = {name: {key: round(value, 10) for key, value in row.items()} for name, row in found.items()}
        places = {name: self.percentiles(row) for name, row in found.items()}
        found["combined"] = {
            key: round(sum(places[name][key] for name in SCORES) / len(SCORES), 10) for key in pairs
        }
        return found

    @staticmethod
    def percentiles(values: dict[Any, float]) -> dict[Any, float]:
        all_ = list(values.values())
        return {
            key: (sum(other < value for other in all_) + sum(other == value for other in all_) / 2)
            / len(all_)
            for key, value in values.items()
        }


def test_the_same_seed_gives_the_same_bytes() -> None:
    """If it failed: a figure that was told could not be made again."""
    store = held(*many_papers())
    one, same, other = (json.dumps(backtest(store, sample=15, seed=seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_a_sample_comes_close_to_all() -> None:
    """If it failed: what is sampled would be drawn from other pairs, or its error told too small."""
    store = held(*many_papers(600, 150))
    whole, part = backtest(store, sample=100_000), backtest(store, sample=60)
    assert part["new_pairs_tested"] == part["authors_tested"] == 60 < whole["new_pairs_tested"]
    for name in ("combined", *SCORES):
        one, other = whole["auc"][name], part["auc"][name]
        assert abs(one["value"] - other["value"]) <= 4 * other["standard_error"], name


def test_the_network_up_to_a_year_is_that_of_its_papers() -> None:
    """If it failed: the suggestions would be made from papers of the years that they are tested on."""
    store = held(*many_papers())
    found = backtest(store, until=2020)
    graph = project(store, "coauthors", where=Filter(to_year=2020))
    assert (found["authors"], found["edges"]) == (graph.number_of_nodes(), graph.number_of_edges())


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"until": 1990}, MeasureError),
        ({"until": 2021}, MeasureError),
        ({"until": 2019}, MeasureError),
        ({"until": -3}, ParameterError),
        ({"until": True}, ParameterError),
        ({"sample": 0}, ParameterError),
        ({"sample": 10**9}, ParameterError),
        ({"seed": -1}, ParameterError),
        ({"where": Filter(min_weight=2)}, ParameterError),
        ({"where": Filter(authors=frozenset({"a"}))}, ParameterError),
        ({"where": Filter(from_year=2021)}, MeasureError),
    ],
)
def test_what_cannot_be_tested_is_said(given: dict[str, Any], error: type[Exception]) -> None:
    """If it failed: a figure over nothing would be given, as 0 or as an accident."""
    with pytest.raises(error):
        backtest(held(*BY_HAND), **given)


def test_an_empty_store_has_nothing_to_test() -> None:
    """If it failed: the first question to a new store would be an accident."""
    with pytest.raises(MeasureError, match="no paper with a printed year"):
        backtest(held())
