"""Crossref: gaps, people without a name, errors saved as data, cut files, and anything anywhere."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.crossref import read
from collegium.graph.records import (
    Record,
)
from crossref_works import KEYS, WORK, one
from json_files import JUNK, found_in, objects_with


def test_an_author_without_a_name_leaves_the_others_in_place() -> None:
    """If it failed: everybody behind a broken entry would move up."""
    found = one(author=[{"family": "A"}, {"ORCID": "x"}, None, "B", {"family": " "}, {"family": "C"}])
    assert [(a.name, a.position) for a in found.papers[0].authorships] == [("A", 1), ("C", 6)]
    assert len(found.problems) == 4 and found.papers[0].is_truncated


@pytest.mark.parametrize(
    ("last", "names"),
    [({"family": "et al."}, ["A"]), ({"name": "and others"}, ["A"]), ({"family": "B et al."}, ["A", "B"])],
)
def test_nobody_is_called_et_al(last: dict[str, Any], names: list[str]) -> None:
    """If it failed: “et al.” would be the author of many papers."""
    found = one(author=[{"family": "A"}, last])
    assert found.names == names and found.papers[0].is_truncated


def test_thousands_of_authors_are_read() -> None:
    """If it failed: the largest collaborations would be cut."""
    people = [{"given": f"G{n}", "family": f"F{n}"} for n in range(2858)]
    assert len(one(author=people).papers[0].authorships) == 2858


def test_an_author_who_stands_twice_is_remarked() -> None:
    """If it failed: nobody would learn that a list repeats itself."""
    found = one(author=[{"family": "A"}, {"family": "B"}, {"family": "A"}])
    assert found.names == ["A", "B", "A"]
    assert found.said == [("A", "an author once; positions 1 and 3 are both kept")]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": []}, "no title"),
        ({"title": None}, "no title"),
        ({"author": []}, "no authors"),
        ({"author": None}, "no authors"),
        ({"author": "Ada"}, "Ada"),
        ({"title": ["A", "B"]}, "B"),
        ({"DOI": "none"}, "none"),
        ({"language": "in English"}, "in English"),
        ({"is-referenced-by-count": -1}, "-1"),
        ({"type": "book", "ISBN": ["http://id.crossref.org/isbn/9781579478889", "12"]}, "12"),
        ({"author": [{"family": "A", "ORCID": "0000-0000-0000-0000X"}]}, "0000-0000-0000-0000X"),
        ({"author": [{"family": "A", "affiliation": [{"place": ["Bonn"]}]}]}, "{'place': ['Bonn']}"),
    ],
)
def test_what_is_left_out_is_remarked(changes: dict[str, Any], found: str) -> None:
    """If it failed: a part would be lost and nobody told."""
    result = one(**changes)
    assert len(result.papers) == 1
    assert found in [said[0] for said in result.said]
    assert not any(problem.is_refused for problem in result.problems)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            {
                "status": "failed",
                "message-type": "validation-failure",
                "message": [{"message": "No such filter"}],
            },
            "an error answer: No such filter",
        ),
        ({"status": "error", "message": "Internal error"}, "an error answer: Internal error"),
        ([{}], "an object with nothing in it"),
        ([{"type": "book", "DOI": "?"}], "an object with type, DOI"),
    ],
)
def test_what_is_no_work_is_refused_with_what_it_says(content: object, said: str) -> None:
    """If it failed: an error saved as data would be a paper, or vanish."""
    found = found_in(read, content)
    assert found.papers == []
    assert [(problem.found, problem.is_refused) for problem in found.problems] == [(said, True)]


def test_an_answer_without_works_says_so() -> None:
    """If it failed: an empty answer would look like a load that worked."""
    found = found_in(read, {"status": "ok", "message-type": "work-list", "message": {"items": []}})
    assert [problem.found for problem in found.problems] == ["an answer without works"]


def test_a_cut_file_keeps_what_came_before() -> None:
    """If it failed: one lost byte would lose a whole download, or the loss would not be told."""
    data = json.dumps({"items": [WORK, WORK, WORK]}).encode()
    found = found_in(read, data[:-40])
    assert len(found.papers) == 2
    assert any(problem.is_refused for problem in found.problems)


def test_an_empty_file_is_unreadable() -> None:
    """If it failed: nothing would be loaded and nobody told."""
    with pytest.raises(UnreadableFile):
        list(read(BytesIO(b" \n"), "x"))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_anything_may_stand_anywhere(key: str, junk: Any) -> None:
    """If it failed: one strange value would stop a whole file."""
    for content in (
        {**WORK, key: junk},
        {**WORK, "author": [{key: junk}]},
        {**WORK, "author": [{"family": "A", "affiliation": [{key: junk}]}]},
    ):
        found_in(read, content)


@given(st.lists(objects_with(*sorted(set(KEYS) - {"message", "items"})), min_size=1, max_size=3))
def test_any_objects_are_read_or_refused(works: list[dict[str, Any]]) -> None:
    """If it failed: a work would be lost without a word, or break the load."""
    records: list[Record] = list(read(BytesIO(json.dumps({"items": works}).encode()), "x"))
    assert {record.lines.first for record in records if record.lines} == set(range(1, len(works) + 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    """If it failed: a strange file would end in a traceback."""
    try:
        list(read(BytesIO(data), "x"))
    except UnreadableFile as error:
        assert "expected" in str(error)
