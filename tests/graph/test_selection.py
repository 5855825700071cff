"""A filter takes the papers it names, counts what it leaves out for want of a year, and refuses nonsense."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.graph.errors import AmbiguousName, NotFound, ParameterError
from collegium.graph.mirror import mirror
from collegium.graph.selection import Filter, find, select
from collegium.graph.snapshot import Mirror
from networks import author, believed, written


@pytest.fixture(scope="module")
def four() -> Mirror:
    """Return four papers that differ in all that filters ask. Prevents: each test builds its own world."""
    return mirror(
        believed(
            written("a", ["ann", "bob"], issued="2020", categories=["cs.CL"], institutions=["mit"]),
            written("b", ["bob"], hidden=["cat"], issued="2022", categories=["cs.LG"], cut=True),
            written("c", ["cat"], categories=["math.CV"], institutions=["mit", "pku"]),
            written("d", ["dan"], inferred="2024-05-18", categories=["cs.CL", "math.CV"], cut=True),
            '<category/cs> skos:prefLabel "Computer Science" ; skos:notation "cs" .',
            '<institution/pku> skos:prefLabel "Peking University" .',
        )
    )


@pytest.mark.parametrize(
    ("asked", "papers", "without_year"),
    [
        ({}, "abcd", 1),
        ({"from_year": 2021}, "bd", 1),
        ({"to_year": 2022}, "ab", 1),
        ({"from_year": 2020, "to_year": 2020}, "a", 1),
        ({"category": "cs.CL"}, "ad", 0),
        ({"category": "cs"}, "abd", 0),
        ({"category": "computer science"}, "abd", 0),
        ({"category": "http://localhost:8000/category/math.CV"}, "cd", 1),
        ({"institution": "mit"}, "ac", 1),
        ({"institution": "peking university"}, "c", 1),
        ({"authors": {author("cat")}}, "bc", 1),
        ({"authors": {"cat"}, "shown_only": True}, "c", 1),
        ({"authors": {"ann", "dan"}}, "ad", 0),
        ({"complete_only": True}, "ac", 1),
        ({"complete_only": True, "from_year": 2020}, "a", 1),
        ({"category": "cs.LG", "institution": "mit"}, "", 0),
    ],
)
def test_a_filter_takes_its_papers(four: Mirror, asked: Any, papers: str, without_year: int) -> None:
    """Wrong: a number would be made of other papers than the answer says."""
    found = select(four, Filter(**asked))
    assert "".join(one.id for one in found.papers) == papers
    assert found.without_year == without_year


def test_a_selection_says_how_much_of_it_is_cut_or_inferred(four: Mirror) -> None:
    """Wrong: coverage would speak of papers that were left out."""
    found = select(four, Filter(from_year=2022))
    assert (found.truncated, found.year_inferred, found.coverage) == (2, 1, 0.0)
    assert select(four, Filter(category="cs.CL")).coverage == 0.5
    assert select(four, Filter(from_year=1900, to_year=1901)).coverage is None


def test_a_circle_of_broader_categories_ends() -> None:
    """Wrong: a careless taxonomy would hang the service."""
    store = believed(written("p", ["ann"], categories=["x.A"]), "<category/x> skos:broader <category/x.A> .")
    assert len(select(mirror(store), Filter(category="x")).papers) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"from_year": 2024, "to_year": 2023},
        {"from_year": "2024"},
        {"to_year": True},
        {"to_year": 0},
        {"from_year": 10**9},
        {"category": ""},
        {"institution": " "},
        {"category": 3},
        {"authors": "ann"},
        {"authors": {""}},
        {"authors": [3]},
        {"authors": []},
        {"min_weight": -1},
        {"min_weight": float("nan")},
        {"min_weight": float("inf")},
        {"min_weight": "2"},
        {"min_weight": True},
    ],
)
def test_a_filter_refuses_what_it_cannot_use(asked: Any) -> None:
    """Wrong: a window that ends before it begins would answer with an empty network."""
    with pytest.raises(ParameterError) as caught:
        Filter(**asked)
    assert caught.value.parameter in asked


@pytest.mark.parametrize("asked", [{"category": "cs.XX"}, {"institution": "eth"}, {"authors": {"eve"}}])
def test_a_filter_for_something_unknown_is_not_found(four: Mirror, asked: Any) -> None:
    """Wrong: a typing error would answer with an empty network."""
    with pytest.raises(NotFound):
        select(four, Filter(**asked))


def test_a_name_that_two_bear_is_ambiguous_unless_it_is_an_id() -> None:
    """Wrong: one of two namesakes would be taken without a word."""
    found = mirror(
        believed(written("p", ["ann", "jo", "jim"]), '<author/jo> foaf:name "J. Smith the elder" .')
    ).authors
    twins = tuple(type(one)(one.iri, one.id, "J. Smith") for one in found)
    with pytest.raises(AmbiguousName, match=r"ann, jim, jo"):
        find("author", twins, "j. smith")
    assert twins[find("author", twins, "jo")].id == "jo"


def test_only_what_was_asked_for_is_given() -> None:
    """Wrong: an answer's parameters would bury the two that matter."""
    assert Filter().given == {}
    assert Filter(complete_only=True, min_weight=2).given == {"complete_only": True, "min_weight": 2}


@pytest.mark.parametrize(("code", "notation"), [("CL", "cs.CL"), ("LG", "cs.LG"), ("CV", "math.CV")])
def test_a_category_is_found_by_the_code_that_pages_print(four: Mirror, code: str, notation: str) -> None:
    """Fails when a reader of the page has to know the archive of its code."""
    assert four.categories[find("category", four.categories, code)].notation == notation
    with pytest.raises(NotFound):
        find("category", four.categories, "ZZ")
