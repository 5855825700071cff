"""Figures of authors made of papers: by hand, against plain counting, and where they are not defined."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.compact import compact
from collegium.graph.errors import MeasureError
from collegium.graph.kept_columns import mirror_form, network_form
from collegium.graph.measures import MEASURES, measure
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import believed, written

OF_PAPERS = [name for name, row in MEASURES.items() if row.of_papers]


def values(snapshot: Mirror, name: str, projection: str = "coauthors", **where: Any) -> dict[str, Any]:
    """Return the values of a measure by the IDs of nodes."""
    ranking = measure(compact(snapshot, projection, where=Filter(**where)), name)
    return {row.id: row.value for row in ranking}


FIVE = mirror(
    believed(
        written("a", ["ann", "bob", "cat"], issued="2018", institutions=["mit", "pku"]),
        written("b", ["bob", "ann"], issued="2018-03", institutions=["mit"]),
        written("c", ["ann"], issued="2021"),
        written("d", ["cat", "bob"], cut=True, hidden=["ann"], inferred="2030"),
        written("e", ["dan"], cut=True),
    )
)


@pytest.mark.parametrize(
    ("name", "ann", "bob", "cat", "dan"),
    [
        ("first_author_share", 2 / 3, 1 / 3, 1 / 2, 1),  # ann has no place on d
        ("last_author_share", 2 / 3, 0, 1, None),  # d and e are cut: they tell of no last author
        ("single_author_papers", 1, 0, 0, 0),  # e is cut: dan may not be alone
        ("mean_authors", 9 / 4, 8 / 3, 3, 1),
        ("year_span", 4, 1, 1, None),  # the inferred 2030 is not printed
        ("active_years", 2, 1, 1, None),
        ("cross_institution_share", 1 / 2, 1 / 2, 1, None),
        ("collaborators_per_paper", 2 / 4, 2 / 3, 2 / 2, 0),
    ],
)
def test_by_hand(name: str, ann: float, bob: float, cat: float, dan: float | None) -> None:
    """If it failed: a figure would not be what its definition says, or 0 where nothing is known."""
    assert values(FIVE, name) == {"ann": ann, "bob": bob, "cat": cat, "dan": dan}


def test_harmonic_papers_by_hand_and_to_the_last_digit() -> None:
    """If it failed: credits 6/11, 3/11, 2/11 of three authors and 2/3, 1/3 of two would be added up wrongly."""
    found = values(FIVE, "harmonic_papers")
    assert found["ann"] == float(Fraction(6, 11) + Fraction(1, 3) + 1)
    assert found["bob"] == float(Fraction(3, 11) + Fraction(2, 3))
    assert (found["cat"], found["dan"]) == (2 / 11, None)
    eleven = mirror(believed(*(written(f"p{at}", ["ann", "bob", "cat"]) for at in range(11))))
    assert values(eleven, "harmonic_papers") == {"ann": 6, "bob": 3, "cat": 2}


def test_filters_choose_the_papers_and_an_author_set_the_nodes() -> None:
    """If it failed: a figure of a window would be that of a life, or co-authors outside the set would vanish."""
    assert values(FIVE, "first_author_share", to_year=2018) == {"ann": 1 / 2, "bob": 1 / 2, "cat": 0}
    assert values(FIVE, "mean_authors", shown_only=True)["cat"] == 5 / 2  # without ann, who hides on d
    assert values(FIVE, "first_author_share", shown_only=True)["ann"] == 2 / 3
    assert values(FIVE, "mean_authors", authors=frozenset({"cat"})) == {"cat": 3}
    assert values(FIVE, "single_author_papers", shown_only=True)["dan"] == 0


def test_nodes_that_are_no_authors_have_no_figure() -> None:
    """If it failed: a category would have a first-author share."""
    snapshot = mirror(believed(written("a", ["ann"], categories=["cs.CL"], institutions=["mit"])))
    assert values(snapshot, "first_author_share", "author-category") == {"ann": 1, "cs.CL": None}
    for name in OF_PAPERS:
        with pytest.raises(MeasureError, match="institution nodes"):
            values(snapshot, name, "coinstitutions")
        with pytest.raises(MeasureError, match="without papers"):
            values(snapshot, name, "ties")
        with pytest.raises(MeasureError, match="without papers"):
            measure(project(snapshot, "coauthors"), name)


@pytest.mark.parametrize("name", OF_PAPERS)
def test_networks_of_nobody_and_of_one(name: str) -> None:
    """If it failed: an empty store would be an error."""
    assert values(mirror(believed()), name) == {}
    assert set(values(mirror(believed(written("p", ["ann"]))), name)) == {"ann"}


@pytest.mark.parametrize("name", OF_PAPERS)
def test_a_network_that_was_kept_tells_the_same(name: str) -> None:
    """If it failed: a figure would depend on which process made the network."""
    flat, net = mirror_form(FIVE.version), compact(FIVE, "coauthors", where=Filter(to_year=2020))
    again = flat.unpack(flat.pack(FIVE))
    form = network_form(again)
    kept = form.unpack(form.pack(net))
    assert measure(kept, name).values == measure(net, name).values


def test_the_answer_says_how_many_papers_a_figure_rests_on() -> None:
    """If it failed: a share of two papers would look like one of five."""
    net = compact(FIVE, "coauthors")
    told = {name: measure(net, name).facts.get("papers_counted") for name in OF_PAPERS}
    assert (told["last_author_share"], told["first_author_share"], told["year_span"]) == (3, 5, 3)
    assert (told["cross_institution_share"], told["single_author_papers"]) == (2, 3)


def cites(one: str, *others: str) -> str:
    """Return that a paper cites others."""
    return "\n".join(f"<paper/{one}> cito:cites <paper/{other}> ." for other in others)


def test_citations_within_the_store_by_hand() -> None:
    """If it failed: h would not be 2 of papers cited 3, 2, 0 times, or g not 2 (3 + 2 >= 4, 5 < 9)."""
    papers = [written(name, ["ann"]) for name in "abc"] + [written(name, ["bob"]) for name in "xyz"]
    links = [
        cites("x", "a", "b"),
        cites("y", "a", "b"),
        cites("z", "a", "z"),
        "<paper/c> cito:cites <http://no.where/p> .",
    ]
    snapshot = mirror(believed(*papers, *links))
    assert values(snapshot, "citations_in_store") == {
        "ann": 5,
        "bob": 0,
    }  # nobody cites their own paper by itself
    assert values(snapshot, "h_index_in_store") == {"ann": 2, "bob": 0}
    assert values(snapshot, "g_index_in_store") == {"ann": 2, "bob": 0}
    assert values(snapshot, "i10_index_in_store") == {"ann": 0, "bob": 0}
    facts = measure(compact(snapshot, "coauthors"), "h_index_in_store").facts
    assert (facts["citations_in_store"], facts["papers_citing"]) == (5, 3)


def test_ten_citations_and_a_g_above_h() -> None:
    """If it failed: one paper cited ten times and one uncited would not give i10 1, h 1, g 2."""
    papers = [written(name, ["ann"]) for name in "ab"] + [written(f"x{at}", ["bob"]) for at in range(10)]
    snapshot = mirror(believed(*papers, *(cites(f"x{at}", "a") for at in range(10))))
    assert [values(snapshot, f"{of}_index_in_store")["ann"] for of in ("i10", "h", "g")] == [1, 1, 2]


def test_papers_are_known_by_their_addresses() -> None:
    """If it failed: what a file cites by DOI would not be the paper here that has that DOI."""
    doi = "<https://doi.org/10.1/a>"
    papers = [
        written("a", ["ann"]),
        written("b", ["bob"]),
        f"<paper/a> owl:sameAs {doi} . <paper/b> cito:cites {doi} .",
    ]
    assert values(mirror(believed(*papers)), "citations_in_store") == {"ann": 1, "bob": 0}
    both = mirror(believed(*papers, written("c", ["cat"]), f"<paper/c> owl:sameAs {doi} ."))
    assert set(values(both, "citations_in_store").values()) == {None}  # whose it is, is not guessed


def test_a_store_without_citations_does_not_say_that_there_are_none() -> None:
    """If it failed: everybody would have an h-index of 0 where no source gives references."""
    for name in ("citations_in_store", "h_index_in_store", "g_index_in_store", "i10_index_in_store"):
        assert set(values(FIVE, name).values()) == {None}


_NAMES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=4, unique=True)
_PAPERS = st.lists(
    st.tuples(_NAMES, st.booleans(), st.one_of(st.none(), st.integers(2000, 2006)), st.integers(0, 2)),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(_PAPERS, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_plain_counting_finds_the_same(papers: Any, cited: list[tuple[int, int]]) -> None:
    """If it failed: columns would be counted otherwise than papers one by one."""
    made = [
        written(f"p{at}", names, cut=cut, issued=year and str(year), institutions=["mit", "pku"][:places])
        for at, (names, cut, year, places) in enumerate(papers)
    ]
    known = {(one, other) for one, other in cited if one != other and max(one, other) < len(papers)}
    snapshot = mirror(believed(*made, *(cites(f"p{one}", f"p{other}") for one, other in known)))
    net = compact(snapshot, "coauthors")
    found = {name: {row.id: row.value for row in measure(net, name)} for name in OF_PAPERS}
    times = [sum(other == at for _, other in known) for at in range(len(papers))]
    for who in {name for names, *_ in papers for name in names}:
        own = [(*paper, times[at]) for at, paper in enumerate(papers) if who in paper[0]]
        expected = _by_papers(who, own) | _by_citations(
            sorted((of for *_, of in own), reverse=True), bool(known)
        )
        assert {name: column[who] for name, column in found.items()} == expected


def _by_papers(who: str, own: list[Any]) -> dict[str, Any]:
    whole = [names for names, cut, *_ in own if not cut]
    years = {year for _, _, year, _, _ in own if year}
    placed = [places for *_, places, _ in own if places]
    near = {name for names, *_ in own for name in names} - {who}
    return {
        "first_author_share": sum(names[0] == who for names, *_ in own) / len(own),
        "last_author_share": sum(names[-1] == who for names in whole) / len(whole) if whole else None,
        "single_author_papers": sum(len(names) == 1 for names in whole),
        "mean_authors": sum(len(names) for names, *_ in own) / len(own),
        "year_span": max(years) - min(years) + 1 if years else None,
        "active_years": len(years) or None,
        "cross_institution_share": sum(of > 1 for of in placed) / len(placed) if placed else None,
        "collaborators_per_paper": len(near) / len(own),
        "harmonic_papers": float(sum((_credit(names, who) for names in whole), Fraction()))
        if whole
        else None,
    }


def _by_citations(counts: list[int], are_known: bool) -> dict[str, int | None]:
    """What these citations of papers, most first, come to; nothing where the store knows of no citation."""
    found = {
        "citations_in_store": sum(counts),
        "h_index_in_store": max([h for h, of in enumerate(counts, 1) if of >= h], default=0),
        "g_index_in_store": max(g for g in range(len(counts) + 1) if sum(counts[:g]) >= g * g),
        "i10_index_in_store": sum(of >= 10 for of in counts),
    }
    return {name: value if are_known else None for name, value in found.items()}


def _credit(names: list[str], who: str) -> Fraction:
    return Fraction(1, names.index(who) + 1) / sum(Fraction(1, at + 1) for at in range(len(names)))


def test_no_value_is_infinite_or_nan() -> None:
    """If it failed: JSON would hold what no browser reads."""
    for name in OF_PAPERS:
        assert all(value is None or math.isfinite(value) for value in values(FIVE, name).values())
