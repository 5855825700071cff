"""Tests of `graph/readers/semantic_scholar.py`: missing and odd parts, and what is no record."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.graph.readers import semantic_scholar
from collegium.graph.records import (
    Authorship,
    Paper,
)
from records_read import ids
from semantic_scholar_values import ADA, OTHER, PAPER, parted


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["JournalArticle"], "article"),
        (["JournalArticle", "Review"], "review"),
        (["Conference", "JournalArticle"], "conference-paper"),
        (["CaseReport", "JournalArticle"], "article"),
        (["News"], "other"),
        ([], None),
        (None, None),
    ],
)
def test_the_kind_of_a_paper(types: list[str] | None, kind: str | None) -> None:
    """Of several types the one that says most counts."""
    [paper], _ = parted({**PAPER, "publicationTypes": types})
    assert paper.kind == kind


def test_what_a_paper_cites() -> None:
    """By Semantic Scholar's id, or else another; what cites it is said elsewhere."""
    cited = [
        {"paperId": OTHER, "externalIds": {"DOI": "10.1000/a"}},
        {"externalIds": {"DOI": "10.1000/b"}},
        {},
    ]
    [paper], problems = parted({**PAPER, "references": cited, "citations": [{"paperId": OTHER}]})
    assert paper.references == ids(f"s2 {OTHER}", "doi 10.1000/b")
    assert problems == [
        ("1 cited papers without an identifier", False),
        ("1 papers that cite this one", False),
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"authors": []}, ["no authors"]),
        ({"authors": {"a": 1}}, ["{'a': 1}", "no authors"]),
        ({"authors": [{"authorId": "2", "name": None}, ADA]}, ["no name at position 1"]),
        ({"authors": [ADA, ADA]}, ["Ada Lovelace"]),
        ({"title": None}, ["no title"]),
        ({"year": 2017, "publicationDate": "2018-01-01"}, ["year 2017"]),
        ({"year": "soon"}, ["year soon"]),
        ({"publicationDate": "2018-13-01"}, ["2018-13-01"]),
        ({"externalIds": {"DOI": "none"}}, ["none"]),
        ({"externalIds": 3}, []),
        ({"citationCount": -1}, ["-1"]),
        ({"references": {"a": 1}}, ["{'a': 1}"]),
    ],
)
def test_what_is_left_out_is_said(more: dict[str, Any], found: list[str]) -> None:
    """A part of a record must not vanish in silence, and must not take the record with it."""
    [paper], problems = parted({**PAPER, **more})
    assert problems == [(text, False) for text in found]
    assert isinstance(paper, Paper)


def test_authors_that_stand_for_others_cut_the_list() -> None:
    """“et al.” is nobody."""
    [paper], _ = parted({**PAPER, "authors": ["Ada Lovelace", "et al."]})
    assert paper.authorships == (Authorship("Ada Lovelace", 1),)
    assert paper.is_truncated


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"error": "Paper with id x not found"}, "an error answer: Paper with id x not found"),
        ({"message": "Too Many Requests. Wait.", "code": "429"}, "an error answer: Too Many Requests. Wait."),
        ({"corpusid": 7, "title": None}, "only the corpus id 7, no title, name or other identifier"),
        ({"authorId": "1", "name": None}, "an object with authorid, name"),
        ({"a": 1}, "an object with a"),
        ("[null]", "null"),
    ],
)
def test_what_is_no_record_is_refused(value: Any, found: str) -> None:
    """An error that was saved as data says itself what went wrong; null stands for what is not known."""
    assert parted(value) == ([], [(found, True)])


def test_an_answer_without_data_is_remarked() -> None:
    """Else a search that found nothing looks like a file that was read."""
    assert parted({"total": 0, "offset": 0, "data": []}) == ([], [("an answer without data", False)])


def test_errors_are_known_as_semantic_scholar() -> None:
    """They come to this reader, which says what they say."""
    assert semantic_scholar.sniff('{"error": "Paper with id x not found"}')
    assert semantic_scholar.sniff('{"message": "Too Many Requests. Please wait", "code": "429"}')
    assert not semantic_scholar.sniff('{"error": "x"}')
