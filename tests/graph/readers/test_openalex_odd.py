"""Tests of `graph/readers/openalex.py`: older schemas, cut lists and missing parts."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.graph.records import (
    Identifier,
    Institution,
    Paper,
    PartialDate,
    Published,
)
from openalex_values import one
from records_read import ids

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "title": "T",
    "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": "Ada Lovelace"}}],
}


def work(**more: Any) -> dict[str, Any]:
    """A work with one author."""
    return {**WORK, **more}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"is_authors_truncated": True}, (True, None)),
        ({"authors_count": 7}, (True, 7)),
        ({"authors_count": 1}, (False, None)),
        ({}, (False, None)),
    ],
)
def test_a_cut_list_of_authors_is_known(more: dict[str, Any], expected: tuple[bool, int | None]) -> None:
    """Else a network takes the first hundred authors for all."""
    paper, problems = one(work(**more))
    assert (paper.is_truncated, paper.author_count) == expected
    assert len(problems) == expected[0]


@pytest.mark.parametrize(
    ("count", "last", "is_cut"), [(100, "middle", True), (100, "last", False), (99, "middle", False)]
)
def test_a_list_of_a_hundred_that_ends_in_the_middle_is_cut(count: int, last: str, is_cut: bool) -> None:
    """Answers made before `is_authors_truncated` do not say it; the place of the last author does."""
    authors = [
        {
            "author_position": "middle",
            "author": {"id": f"https://openalex.org/A{n}", "display_name": f"N {n}"},
        }
        for n in range(count)
    ]
    authors[-1]["author_position"] = last
    paper, _ = one(work(authorships=authors))
    assert paper.is_truncated is is_cut


def test_positions_stay_where_a_name_is_missing() -> None:
    """The source's order counts, also of authors that are left out."""
    authors = [
        {"author": {"id": None, "display_name": None}, "raw_author_name": "A. One"},
        {"author": None},
        None,
        {"author": {"id": "https://openalex.org/A2", "display_name": "B Two"}, "raw_author_name": "B Two"},
        {"author": {"id": None, "display_name": "et al."}},
    ]
    paper, problems = one(work(authorships=authors))
    assert [(a.name, a.position) for a in paper.authorships] == [("A. One", 1), ("B Two", 4)]
    assert paper.is_truncated
    assert ("no id of A. One", False) in problems
    assert ("no name at position 2", False) in problems
    assert ("no name at position 3", False) in problems


def test_the_orcid_on_the_paper_counts_where_the_record_has_none() -> None:
    """It must not replace the one that OpenAlex holds for the author."""
    ada = {"id": "https://openalex.org/A1", "display_name": "Ada"}
    paper, _ = one(work(authorships=[{"author": ada, "raw_orcid": "https://orcid.org/0000-0002-1825-0097"}]))
    assert paper.authorships[0].identifiers[1] == Identifier("orcid", "0000-0002-1825-0097")
    ada["orcid"] = "https://orcid.org/0000-0001-6187-6610"
    paper, problems = one(
        work(authorships=[{"author": ada, "raw_orcid": "https://orcid.org/0000-0002-1825-0097"}])
    )
    assert paper.authorships[0].identifiers[1] == Identifier("orcid", "0000-0001-6187-6610")
    assert problems == [("raw_orcid 0000-0002-1825-0097", False)]
    ada["orcid"] = "0000-0001-6187-6611"
    paper, problems = one(work(authorships=[{"author": ada}]))
    assert paper.authorships[0].identifiers == ids("openalex-author A1")
    assert problems == [("0000-0001-6187-6611", False)]


def test_institutions_that_are_only_referred_to_are_named_by_the_work() -> None:
    """`affiliations` holds ids alone; the names stand in the work's own list."""
    entry = {
        "author": {"id": "https://openalex.org/A1", "display_name": "Ada"},
        "affiliations": [
            {
                "raw_affiliation_string": "U",
                "institution_ids": ["https://openalex.org/I1", "https://openalex.org/I2"],
            }
        ],
    }
    listed = [{"id": "https://openalex.org/I1", "display_name": "Uni"}]
    paper, problems = one(work(authorships=[entry], institutions=listed))
    assert paper.authorships[0].institutions == (Institution("Uni", ids("openalex-institution I1")),)
    assert paper.authorships[0].affiliations == ("U",)
    assert problems == [("I2", False)]


def test_an_older_work() -> None:
    """`host_venue`, one raw affiliation, and no title but `display_name`."""
    old = {
        "id": "https://openalex.org/W1",
        "display_name": "Old &amp; <i>good</i>",
        "host_venue": {"display_name": "Nature", "publisher": "Springer"},
        "biblio": {"volume": "1", "issue": "2", "first_page": "3", "last_page": "3"},
        "publication_year": 1990,
        "type": "journal-article",
        "authorships": [
            {
                "author": {"id": "https://openalex.org/A1", "display_name": "Ada"},
                "raw_affiliation_string": " X  Y ",
            }
        ],
    }
    paper, problems = one(old)
    assert problems == []
    assert paper.title == "Old & good"
    assert paper.published == Published("Nature", "1", "2", "3", "Springer")
    assert paper.issued == PartialDate("1990", 1990)
    assert paper.authorships[0].affiliations == ("X Y",)


@pytest.mark.parametrize(
    ("printed", "crossref", "kind"),
    [
        ("article", "proceedings-article", "conference-paper"),
        ("article", "posted-content", "preprint"),
        ("review", "journal-article", "review"),
        ("dissertation", None, "thesis"),
        ("libguides", None, "other"),
        (None, None, None),
    ],
)
def test_the_kind_of_a_work(printed: str | None, crossref: str | None, kind: str | None) -> None:
    """An "article" of proceedings is a conference paper; a type that we do not know is no article."""
    paper, _ = one(work(type=printed, type_crossref=crossref))
    assert paper.kind == kind


def test_places_tell_the_arxiv_id() -> None:
    """Else a preprint and its article, one work of OpenAlex, are two here; two ids on one work say nothing."""
    place = {"landing_page_url": "http://arxiv.org/abs/2301.00001v2", "source": {"host_organization": "x"}}
    paper, _ = one(
        work(primary_location=place, locations=[place, {"landing_page_url": "https://doi.org/10.1/x"}])
    )
    assert paper.identifiers == ids("openalex W1", "arxiv 2301.00001")
    other = {"landing_page_url": "https://arxiv.org/pdf/2301.00002"}
    paper, problems = one(work(locations=[place, other]))
    assert paper.identifiers == ids("openalex W1")
    assert problems == [("2301.00001, 2301.00002", False)]


@pytest.mark.parametrize(
    ("inverted", "abstract", "count"),
    [
        ({"world": [1], "Hello": [0]}, "Hello world", 0),
        ('{"IndexLength": 2, "InvertedIndex": {"b": [1], "a": [0, 2]}}', "a b a", 0),
        ({"H<sub>2</sub>O": [10**15], "&amp;": [3]}, "& H2O", 0),
        ({"a": [0], "b": [0]}, "b", 1),
        ({"a": None}, None, 1),
        ({"a": [None], "b": [1]}, None, 1),
        ("no JSON", None, 1),
        ([1], None, 1),
        ({}, None, 0),
    ],
)
def test_inverted_abstracts(inverted: Any, abstract: str | None, count: int) -> None:
    """Words come back in order, whatever numbers their places have."""
    paper, problems = one(work(abstract_inverted_index=inverted))
    assert paper.abstract == abstract
    assert len(problems) == count


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"publication_date": "2018-02-30", "publication_year": 2018}, ["2018-02-30"]),
        ({"publication_date": "2018-02-03", "publication_year": 2017}, ["year 2017"]),
        ({"publication_year": "soon"}, ["year soon"]),
        ({"doi": "https://doi.org/nothing"}, ["https://doi.org/nothing"]),
        ({"cited_by_count": "many"}, ["many"]),
        ({"language": "in English"}, ["in English"]),
        ({"referenced_works": {}}, ["{}"]),
        ({"referenced_works": ["https://openalex.org/A1"]}, ["https://openalex.org/A1"]),
        ({"title": None}, ["no title"]),
        ({"authorships": []}, ["no authors"]),
        ({"authorships": 3}, ["3", "no authors"]),
        ({"authorships": None}, ["no authors"]),
        ({"authors_count": 0}, ["authors_count 0"]),
    ],
)
def test_what_is_left_out_is_said(more: dict[str, Any], found: list[str]) -> None:
    """A part of a record must not vanish in silence, and must not take the record with it."""
    paper, problems = one(work(**more))
    assert isinstance(paper, Paper)
    assert problems == [(text, False) for text in found]
