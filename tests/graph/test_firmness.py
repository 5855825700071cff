"""How firm a rank is: three papers enumerated by hand, cut lists filled in by hand, and what always holds."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.compact import compact
from collegium.graph.errors import MeasureError, ParameterError, UnknownName
from collegium.graph.firmness import Firmness, FirmRow, firmness, onto, spread
from collegium.graph.hidden_authors import HiddenAuthors
from collegium.graph.measures import MEASURES, measure
from collegium.graph.measures.cited import ROWS as CITED
from collegium.graph.mirror import mirror
from collegium.graph.projections import PROJECTIONS, project
from collegium.graph.resampled import of_papers
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import believed, written

THREE = (written("1", ["a", "b"]), written("2", ["a", "b"]), written("3", ["c", "d"]))


def firm(held: Mirror, name: str, projection: str = "coauthors", **given: Any) -> Firmness:
    net = compact(held, projection, where=given.get("where"))
    return firmness(held, net, name, np.arange(len(net)), **given)


def test_three_papers_drawn_in_all_27_ways() -> None:
    """If it failed: an interval would be another than its definition.

    K of three draws take one of the two papers of a and b: 0, 1, 2, 3 times in 1, 6, 12, 8 of 27 ways. The strength of
    a and b is K, of c and d 3 - K. 2.5 % of 27 is less than one way, so each end is an outermost value: 0 and 3, though
    K = 0 has one way only. a is first in 20 ways and third in 7.
    """
    held = mirror(believed(*THREE))
    net = compact(held, "coauthors")
    ways = [
        onto(net, compact(of_papers(held, np.array(way)), "coauthors")) for way in product(range(3), repeat=3)
    ]
    strength = np.array([way.sums(way.weights) for way in ways])
    assert [int((strength[:, 0] == k).sum()) for k in range(4)] == [1, 6, 12, 8]
    assert (strength[:, 0] + strength[:, 2] == 3).all()
    found = spread(net, MEASURES["strength"], ways, np.arange(4), is_weighted=True)
    assert found == (FirmRow(1, 3, 0, 3),) * 4
    # Of 100 draws 2.5 % are not three: two that lie outside do not count, three do.
    none, two, three = (ways[strength[:, 0].tolist().index(k)] for k in (0, 2, 3))
    for outside, expected in ((2, FirmRow(1, 1, 2, 2)), (3, FirmRow(1, 3, 0, 3))):
        drawn = [none] * outside + [two] * (100 - 2 * outside) + [three] * outside
        assert spread(net, MEASURES["strength"], drawn, np.zeros(1, int), is_weighted=True) == (expected,)


def test_many_draws_come_to_what_all_ways_say() -> None:
    """If it failed: papers would not be drawn evenly, or not as many as there are."""
    found = firm(mirror(believed(*THREE)), "strength", weight="full", draws=2000, seed=3)
    assert found.rows == (FirmRow(1, 3, 0, 3),) * 4
    assert found.facts["papers_drawn"] == 3 and found.facts["draws"] == 2000


def test_who_is_not_drawn_stays_without_links() -> None:
    """If it failed: an author would leave the network, and all others move up."""
    held = mirror(believed(*THREE))
    net = compact(held, "coauthors")
    drawn = onto(net, compact(of_papers(held, np.array([2, 2, 2])), "coauthors"))
    assert len(drawn) == 4 and drawn.degrees.tolist() == [0, 0, 1, 1]
    assert drawn.papers.tolist() == [0, 0, 3, 3] and drawn.weights.tolist() == [3, 3]
    assert [drawn.nodes[at].id for at in range(4)] == ["a", "b", "c", "d"]


def test_a_rank_that_nothing_threatens_is_firm() -> None:
    """If it failed: the first of all would seem to stand there by chance."""
    papers = [written(f"p{at}", ["hub", f"x{at:02}"]) for at in range(60)] + [written("q", ["y", "z"])]
    held = mirror(believed(*papers))
    net = compact(held, "coauthors")
    hub = net.nodes.number_of(measure(net, "degree").top(1)[0].iri)
    (row,) = firmness(held, net, "degree", np.array([hub]), draws=100).rows
    assert (row.rank_low, row.rank_high) == (1, 1) and 25 < row.value_low < row.value_high < 60  # type: ignore[operator]


LISTS = (
    written("1", ["a", "b"]),
    written("2", ["b", "c"]),
    written("3", ["a", "b", "c"]),
    written("4", ["a"], cut=True),
)


def test_cut_lists_are_filled_in_as_the_model_says() -> None:
    """If it failed: the model that is told would not be the one that is drawn from.

    Complete lists longer than one have 2, 2 and 3 authors: the fourth paper gets one more in 2 of 3 draws, else two.
    Everybody stands on several papers, so nobody new comes. b has three papers and c two: alone, b comes in 3 of 5.
    So b is there in 2/3 · 3/5 + 1/3 = 11/15 of the draws, and c in 2/3 · 2/5 + 1/3 = 9/15.
    """
    held = mirror(believed(*LISTS))
    model = HiddenAuthors.of(held, held)
    assert model.lengths.tolist() == [2, 2, 3] and model.new_share == 0 and model.cut.tolist() == [3]
    draws = [model.filled(np.random.default_rng([1, at])).columns.authors[3].tolist() for at in range(2000)]
    assert {len(drawn) for drawn in draws} == {2, 3}
    assert all(drawn[0] == 0 and len(set(drawn)) == len(drawn) for drawn in draws)
    for author, share in ((1, 11 / 15), (2, 9 / 15)):
        error = (share * (1 - share) / len(draws)) ** 0.5
        assert np.mean([author in drawn for drawn in draws]) == pytest.approx(share, abs=4 * error)


def test_hidden_authors_come_from_the_category_of_the_paper() -> None:
    """If it failed: a physicist would be drawn for a paper on law."""
    papers = (
        *(written(f"x{at}", ["a", "b"], categories=["x"]) for at in range(3)),
        *(written(f"y{at}", ["c", "d"], categories=["y"]) for at in range(9)),
        written("z", ["a"], categories=["x"], cut=True),
    )
    held = mirror(believed(*papers))
    model = HiddenAuthors.of(held, held)
    (cut,) = model.cut.tolist()
    drawn = {tuple(model.filled(np.random.default_rng(at)).columns.authors[cut].tolist()) for at in range(50)}
    assert drawn == {(0, 1)}


def test_somebody_new_is_a_node_and_takes_no_rank() -> None:
    """If it failed: a rank would count people whom nobody knows.

    Nobody on a complete list has another paper, so all who are hidden are new; no list is longer than two, so that one
    more comes: a, alone with b, gets a second co-author.
    """
    held = mirror(believed(written("1", ["c", "d"]), written("2", ["a", "b"], cut=True)))
    net = compact(held, "coauthors")
    model = HiddenAuthors.of(held, held)
    assert model.new_share == 1
    filled = onto(net, compact(model.filled(np.random.default_rng(1)), "coauthors"))
    assert len(filled) == 5 and filled.degrees.tolist() == [2, 2, 1, 1, 2]
    found = firm(held, "degree", by="lists", draws=10)
    assert found.rows == (FirmRow(1, 1, 2, 2),) * 2 + (FirmRow(3, 3, 1, 1),) * 2
    assert (found.facts["lists_filled"], found.facts["lists_complete"]) == (1, 1)


def test_whole_lists_leave_nothing_to_fill_in() -> None:
    """If it failed: an interval would be told where nothing is unknown."""
    held = mirror(believed(*LISTS[:3]))
    found = firm(held, "degree", by="lists", draws=5)
    ranking = {row.iri: row for row in measure(compact(held, "coauthors"), "degree")}
    rows = [ranking[iri] for iri in compact(held, "coauthors").nodes.iris]
    assert found.rows == tuple(FirmRow(row.rank, row.rank, row.value, row.value) for row in rows)  # type: ignore[arg-type]


def some_papers(count: int, seed: int) -> list[str]:
    chance = Random(seed)
    return [
        written(
            f"p{at:02}",
            [f"a{who}" for who in chance.sample(range(12), chance.randint(1, 4))],
            institutions=[f"i{chance.randrange(4)}" for _ in range(2)],
            categories=[f"c{chance.randrange(3)}"],
            cut=chance.random() < 0.3,
        )
        for at in range(count)
    ]


@given(st.integers(1, 12), st.integers(0, 1000), st.data())
@settings(max_examples=25, deadline=None)
def test_drawn_papers_are_counted_as_if_each_were_one_of_its_own(
    count: int, seed: int, data: st.DataObject
) -> None:
    """If it failed: a paper drawn twice would count once, or its members would be those of another."""
    papers = some_papers(count, seed)
    drawn = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=15))
    held = mirror(believed(*papers))
    copies = [
        papers[at].replace(f"<paper/p{at:02}", f"<paper/p{at:02}-{place}") for place, at in enumerate(drawn)
    ]
    for name in [name for name, row in PROJECTIONS.items() if row.of_papers]:
        found = compact(of_papers(held, np.array(drawn)), name, weight="fractional")
        expected = project(mirror(believed(*copies)), name, weight="fractional")
        links = {
            frozenset((found.nodes[a].iri, found.nodes[b].iri)): weight
            for (a, b), weight in zip(
                found.pairs.tolist(), found.per_pair(found.weights).tolist(), strict=True
            )
        }
        assert links == pytest.approx({frozenset((a, b)): w for a, b, w in expected.edges(data="weight")})
        assert found.nodes.iris == list(expected)
        assert found.papers.tolist() == [of for _, of in expected.nodes(data="papers")]


@pytest.mark.parametrize("by", ["papers", "lists"])
@pytest.mark.parametrize("name", [name for name, row in MEASURES.items() if row.basis == "computed"])
def test_every_computed_measure_has_intervals(name: str, by: str) -> None:
    """If it failed: a measure would end as an accident on a draw without links, or its ends stand crossed."""
    held = mirror(believed(*some_papers(30, 4)))
    net = compact(held, "coauthors")
    if MEASURES[name] in CITED:  # papers drawn anew do not cite each other
        with pytest.raises(ParameterError, match="without citations"):
            firm(held, name, by=by, draws=2)
        return
    weight = measure(net, name).facts["parameters"]["weight"]  # type: ignore[index]
    found = firm(held, name, by=by, draws=40, weight=weight)
    again = firm(held, name, by=by, draws=40, weight=weight)
    other = firm(held, name, by=by, draws=40, weight=weight, seed=2)
    assert repr(found) == repr(again) != repr(other)
    for row in found.rows:
        assert 1 <= row.rank_low <= row.rank_high <= len(found.rows) + 1
        assert row.value_low is None or row.value_high is None or row.value_low <= row.value_high


@pytest.mark.parametrize("projection", ["coinstitutions", "author-category", "category-cooccurrence"])
def test_other_networks_have_intervals_by_papers(projection: str) -> None:
    """If it failed: nodes of two kinds would be mixed up in the draws."""
    held = mirror(believed(*some_papers(30, 4)))
    net = compact(held, projection)
    found = firm(held, "papers", projection, draws=100)
    for at, row in enumerate(found.rows):
        assert row.value_low <= net.papers[at] <= row.value_high  # type: ignore[operator]
    with pytest.raises(ParameterError, match="papers"):
        firm(held, "papers", projection, draws=1, by="lists")


def test_filters_choose_what_is_drawn_from() -> None:
    """If it failed: papers would be drawn that the ranking leaves out."""
    held = mirror(believed(*some_papers(30, 4), written("far", ["a1", "zed"], categories=["elsewhere"])))
    found = firm(held, "degree", draws=10, where=Filter(category="c1"))
    (topic,) = (at for at, category in enumerate(held.categories) if category.id == "c1")
    within = sum(topic in paper.categories for paper in held.papers)
    assert found.facts["papers_drawn"] == within < 30


def test_nodes_and_links_are_chosen_in_each_draw_as_in_the_ranking() -> None:
    """If it failed: a draw would bring authors in that the ranking leaves out, or links below the least weight.

    a and b stand on both papers, so that they weigh 2 in every draw. x, of the first, weighs 2 where it is drawn twice,
    in 1 of 4 draws: then x is first like a and b, and c last of four; where both are drawn, c and x are third.
    """
    held = mirror(believed(written("1", ["a", "b", "x"]), written("2", ["a", "b", "c"])))
    found = firm(held, "degree", draws=200, where=Filter(authors=frozenset({"a", "b"}), min_weight=2))
    assert found.rows == (FirmRow(1, 1, 1, 1),) * 2
    found = firm(held, "degree", draws=200, where=Filter(min_weight=2))
    assert found.rows == (FirmRow(1, 1, 1, 2),) * 2 + (FirmRow(1, 4, 0, 2),) * 2


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"draws": 0}, ParameterError),
        ({"draws": 10**9}, ParameterError),
        ({"draws": True}, ParameterError),
        ({"seed": -1}, ParameterError),
        ({"by": "coins"}, UnknownName),
        ({"by": "lists", "where": Filter(shown_only=True)}, ParameterError),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, Any], error: type[Exception]) -> None:
    """If it failed: an interval would be told that stands for nothing."""
    with pytest.raises(error):
        firm(mirror(believed(*LISTS)), "degree", **given)


def test_reported_figures_and_ties_have_no_intervals() -> None:
    """If it failed: papers would be drawn for what no paper makes."""
    held = mirror(believed(*LISTS))
    with pytest.raises(ParameterError, match="computed"):
        firm(held, "h_index")
    with pytest.raises(ParameterError, match="papers name"):
        firm(held, "degree", "ties")


def test_lists_of_unknown_length_are_not_guessed() -> None:
    """If it failed: hidden authors would be drawn from nothing."""
    with pytest.raises(MeasureError, match="no author list is known to be complete"):
        firm(mirror(believed(written("1", ["a", "b"], cut=True))), "degree", by="lists")


def test_the_store_teaches_where_the_filter_holds_no_whole_list() -> None:
    """If it failed: a category of cut lists only would be refused, though the store knows how long lists are.

    The one complete list has three authors, all of it alone: x gets two that are new.
    """
    papers = (written("1", ["x"], categories=["q"], cut=True), written("2", ["a", "b", "c"]))
    found = firm(mirror(believed(*papers)), "degree", by="lists", draws=5, where=Filter(category="q"))
    assert found.rows == (FirmRow(1, 1, 2, 2),) and found.facts["new_author_share"] == 1


def test_what_would_take_too_long_is_refused_with_what_would_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: one request would hold a processor for an hour."""
    held = mirror(believed(*some_papers(30, 4)))
    monkeypatch.setattr("collegium.graph.firmness._MOST_S", 0.0005)
    with pytest.raises(MeasureError, match=r"2,000 draws .* take \d+ draws at most, filter"):
        firm(held, "betweenness", draws=2000)
    assert len(firm(held, "degree", draws=1).rows) == 12


def test_an_empty_network_has_no_rows() -> None:
    """If it failed: an empty store would end as an accident."""
    assert firm(mirror(believed()), "degree", draws=3).rows == ()
