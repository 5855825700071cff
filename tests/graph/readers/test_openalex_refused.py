"""Tests of `graph/readers/openalex.py`: what is no record, and what is no JSON of it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import openalex
from collegium.graph.records import (
    Institution,
    Lines,
    Profile,
)
from openalex_values import one, read
from records_read import ids


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"error": "Invalid query", "message": "x is no filter"}, "an error answer: x is no filter"),
        ({"meta": {}, "results": [], "group_by": [{"key": "a"}]}, "an answer of 1 groups, to group_by"),
        ({"meta": {}, "group_by": [{"key": "a"}]}, "an answer of 1 groups, to group_by"),
        ({"id": "https://openalex.org/S1", "display_name": "PeerJ"}, "a source (journal, repository): PeerJ"),
        (
            {"id": "https://openalex.org/A1", "display_name": None},
            "no name, title or identifier: https://openalex.org/A1",
        ),
        ({"authorships": []}, "no name, title or identifier: authorships"),
        ({"a": 1}, "an object with a"),
        ({}, "an object with nothing in it"),
    ],
)
def test_what_is_no_record_is_refused(value: Any, found: str) -> None:
    """An error that was saved as data says itself what went wrong."""
    record, problems = one(value)
    assert record is None
    assert problems == [(found, True)]


def test_an_answer_without_results_is_remarked() -> None:
    """Else a query that found nothing looks like a file that was read."""
    assert one({"meta": {"count": 0}, "results": []}) == (None, [("an answer without results", False)])


def test_errors_are_known_as_openalex() -> None:
    """They come to this reader, which says what they say."""
    assert openalex.sniff('{"error":"Invalid query parameters error.","message":"x"}')
    assert openalex.sniff('{"meta":{"count":0,"db_response_time_ms":3,"groups_count":null},"results":[]}')


def test_an_author_or_institution_with_little() -> None:
    """Answers to `select=` have a few keys; older parts have one last known institution."""
    uni = {"id": "https://openalex.org/I1", "display_name": "Uni", "country_code": "USA"}
    author = {"display_name": "Ada", "orcid": None, "last_known_institution": uni, "works_count": -1}
    profile, problems = one(author)
    assert profile == Profile(
        "Ada", Lines(1, 1), institutions=(Institution("Uni", ids("openalex-institution I1")),)
    )
    assert problems == [("USA", False), ("-1", False)]


@pytest.mark.parametrize("data", [b"", b"\n"])
def test_an_empty_file_is_unreadable(data: bytes) -> None:
    """There is nothing to say about it but that."""
    with pytest.raises(UnreadableFile):
        list(openalex.read(io.BytesIO(data), "x"))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "author", "a"]), inner)
    ),
    max_leaves=5,
)
KEYS = (
    "title display_name ids doi authorships authors_count publication_date publication_year primary_location locations "
    "host_venue biblio topics concepts primary_topic mesh keywords referenced_works language type type_crossref "
    "abstract_inverted_index cited_by_count institutions affiliations last_known_institutions summary_stats geo "
    "international display_name_alternatives orcid works_count"
).split()


@given(st.sampled_from("WAI"), st.dictionaries(st.sampled_from(KEYS), ANY))
def test_no_value_in_any_field_raises(letter: str, fields: dict[str, Any]) -> None:
    """Data of others holds null, numbers and lists where there should be none."""
    records = read({"id": f"https://openalex.org/{letter}1", **fields})
    assert records


@given(st.binary())
def test_no_bytes_raise_but_as_unreadable(data: bytes) -> None:
    """A reader must survive whatever is called by its format's name."""
    try:
        list(openalex.read(io.BytesIO(data), "x"))
    except UnreadableFile:
        assert not data.strip(b" \t\r\n\x1e\xef\xbb\xbf")
