"""Slices of years: where they begin and end, what stands in none, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.chosen import choose
from collegium.graph.errors import ParameterError
from collegium.graph.mirror import mirror
from collegium.graph.selection import Filter, select
from collegium.graph.series import collaboration, series
from collegium.graph.slices import slices_of, width_of
from networks import believed, written

# 2015 (inferred), 2018, 2019, 2021, 2024, and one without a year.
SIX = mirror(
    believed(
        written("early", ["ann", "bob"], inferred="2015"),
        written("a", ["ann", "bob"], issued="2018"),
        written("b", ["ann", "bob", "cat"], issued="2019-05"),
        written("c", ["dan"], issued="2021-01-02"),
        written("d", ["cat", "dan"], hidden=["eve"], issued="2024", cut=True),
        written("never", ["fay"]),
    )
)


def test_slices_begin_with_the_first_printed_year_and_end_with_the_last() -> None:
    """If it failed: an inferred year would move all slices, or the last paper would be in none."""
    found = slices_of(SIX, 3)
    assert found.all == ((2018, 2020), (2021, 2023), (2024, 2024))
    assert (found.papers_without_year, found.papers_before) == (1, 1)
    assert slices_of(SIX, 3, is_cumulative=True).all == ((2018, 2020), (2018, 2023), (2018, 2024))


def test_a_window_says_where_slices_begin_and_end() -> None:
    """If it failed: `from` would not be the first year, or years without papers would be left out."""
    assert slices_of(SIX, 2, where=Filter(from_year=2014, to_year=2018)).all == (
        (2014, 2015),
        (2016, 2017),
        (2018, 2018),
    )
    assert slices_of(SIX, 5, where=Filter(from_year=2020)).all == ((2020, 2024),)
    assert slices_of(SIX, 100).all == ((2018, 2024),)


def test_no_year_gives_no_slices() -> None:
    """If it failed: an empty store, or one without years, would be an error."""
    for snapshot in (mirror(believed()), mirror(believed(written("a", ["ann"])))):
        assert slices_of(snapshot, 1).all == ()
        assert series(snapshot, 1).slices == ()
    assert series(mirror(believed(written("a", ["ann"]))), 1).facts["papers_without_year"] == 1
    assert slices_of(SIX, 1, where=Filter(from_year=2030)).all == ()
    only = mirror(believed(written("a", ["ann"], inferred="2020")))
    assert slices_of(only, 1).all == ((2020, 2020),)  # where nothing is printed the inferred year must do


def test_too_many_slices_are_refused_with_what_to_do() -> None:
    """If it failed: one request would measure thousands of networks."""
    with pytest.raises(ParameterError, match="wider ones: 1 to 2024 makes 2024, expected at most 100"):
        slices_of(SIX, 1, where=Filter(from_year=1))


def test_without_a_width_slices_are_as_many_as_can_be_read() -> None:
    """If it failed: a literature of two centuries would be refused unless somebody named a width."""
    assert slices_of(SIX, None).all == slices_of(SIX, 1).all
    long = slices_of(SIX, None, where=Filter(from_year=1846))
    assert long.width == 5 and len(long.all) == 36 and long.facts["slices"] == "5y"
    assert slices_of(mirror(believed()), None).width == 1


@pytest.mark.parametrize(
    "text", ["", "0", "0y", "-3y", "3m", "nan", "1e3", "3.5y", "99999999", "٣y", None, True, "y"]
)
def test_a_width_is_a_number_of_years(text: Any) -> None:
    """If it failed: "3m" would be taken for three years."""
    with pytest.raises(ParameterError, match="a number of years from 1 to 9999, like 3y"):
        width_of(text)


def test_the_figures_by_hand() -> None:
    """If it failed: a figure of a slice would not be what its definition says."""
    first, second, third = series(SIX, 3).slices
    # 2018-2020: ann+bob, ann+bob+cat: 3 authors, all 3 links, sizes 2 and 3
    assert (first.papers, first.authors, first.links, first.new_authors) == (2, 3, 3, 3)
    assert (first.density, first.components, first.giant_share) == (1, 1, 1)
    assert first.collaboration_index == 2.5 and first.degree_of_collaboration == 1
    assert first.collaboration_coefficient == float(1 - (1 / 2 + 1 / 3) / 2) == pytest.approx(7 / 12)
    # 2021-2023: dan alone: no pair, no density, nobody to collaborate with
    assert (second.papers, second.authors, second.links, second.new_authors) == (1, 1, 0, 1)
    assert (second.density, second.components, second.giant_share) == (None, 1, 1)
    assert (second.collaboration_index, second.degree_of_collaboration) == (None, 0)
    assert second.collaboration_coefficient == 0
    # 2024: cat, dan and the hidden eve, who alone is new; the list is cut
    assert (third.papers, third.authors, third.new_authors, third.collaboration_index) == (1, 3, 1, 3)
    assert (third.coverage, third.at_least, first.coverage, first.at_least) == (0, True, 1, False)


def test_the_series_says_what_it_was_made_of() -> None:
    """If it failed: a paper would be missing from all slices without a word."""
    facts = series(SIX, 3, is_cumulative=True, where=Filter(shown_only=True)).facts
    assert facts["parameters"] == {
        "projection": "coauthors",
        "weight": "full",
        "where": {"shown_only": True},
        "slices": "3y",
        "cumulative": True,
    }
    assert (facts["papers_seen"], facts["papers_without_year"], facts["papers_before_slices"]) == (4, 1, 1)
    assert (facts["papers_truncated"], facts["coverage"], facts["at_least"]) == (1, 0.75, True)


def test_figures_that_mean_nothing_are_none_and_not_zero() -> None:
    """If it failed: a slice without papers would look like one of people who never collaborate."""
    (nothing,) = series(SIX, 3, where=Filter(from_year=2016, to_year=2017)).slices
    assert (nothing.papers, nothing.authors, nothing.components) == (0, 0, 0)
    assert {nothing.density, nothing.giant_share, nothing.coverage} == {None}
    assert set(collaboration([]).values()) == set(collaboration([0, 0]).values()) == {None}


def test_the_published_example_of_the_coefficient() -> None:
    """If it failed: the coefficient would not be Ajiferuke's: 1 - (5/1 + 3/2 + 3/3 + 5/4)/16 = 0.453125."""
    sizes = [1] * 5 + [2] * 3 + [3] * 3 + [4] * 5
    assert collaboration(sizes)["collaboration_coefficient"] == 0.453125


_PAPERS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(list("abcdef")), max_size=4, unique=True),
        st.one_of(st.none(), st.integers(1990, 2030)),
        st.booleans(),
    ),
    max_size=9,
)


@settings(deadline=None, max_examples=60)
@given(_PAPERS, st.integers(1, 12))
def test_every_paper_stands_in_one_slice_or_is_counted_as_standing_in_none(papers: Any, width: int) -> None:
    """If it failed: slices would overlap, leave a year out, or lose a paper without a word."""
    made = [
        written(f"p{at}", names, **({} if year is None else {"inferred" if guessed else "issued": str(year)}))
        for at, (names, year, guessed) in enumerate(papers)
    ]
    snapshot = mirror(believed(*made))
    apart, whole = series(snapshot, width), series(snapshot, width, is_cumulative=True)
    facts: Any = apart.facts
    counted = sum(row.papers for row in apart.slices)
    assert counted + facts["papers_without_year"] + facts["papers_before_slices"] == len(papers)
    assert all(
        one.to_year + 1 == other.from_year for one, other in zip(apart.slices, apart.slices[1:], strict=False)
    )
    if whole.slices:
        last = whole.slices[-1]
        assert last.papers == counted == facts["papers_seen"]
        assert last.authors == sum(row.new_authors for row in whole.slices)
        assert last.authors == sum(row.new_authors for row in apart.slices)


@settings(deadline=None, max_examples=40)
@given(_PAPERS, st.sampled_from([{}, {"from_year": 2000}, {"to_year": 2010}, {"authors": frozenset("a")}]))
def test_whole_columns_choose_the_papers_that_one_by_one_are_chosen(papers: Any, where: Any) -> None:
    """If it failed: a slice would count other papers than the network beside it."""
    made = [
        written(f"p{at}", names, **({} if year is None else {"issued": str(year)}))
        for at, (names, year, _) in enumerate(papers)
    ]
    snapshot = mirror(believed(written("z", ["a"]), *made))
    chosen, selection = choose(snapshot, Filter(**where)), select(snapshot, Filter(**where))
    assert [paper.iri for paper, of in zip(snapshot.papers, chosen.papers, strict=True) if of] == [
        paper.iri for paper in selection.papers
    ]
    assert chosen.without_year == selection.without_year
