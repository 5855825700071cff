"""DataCite: creators without a name, errors saved as data, and anything anywhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.datacite import read
from datacite_records import BARE, KEYS, one
from json_files import JUNK, found_in, objects_with


@pytest.mark.parametrize("last", ["(:etal)", ":etal", "et al.", "(:ETAL)"])
def test_nobody_is_called_et_al(last: str) -> None:
    """If it failed: “too many to list” would be an author."""
    found = one(creators=[{"name": "A"}, {"name": last}])
    assert found.names == ["A"] and found.papers[0].is_truncated


@pytest.mark.parametrize("entry", [{"name": "(:unav)"}, {"name": " "}, {}, None, "A", {"name": ":null"}])
def test_a_creator_without_a_name_leaves_the_others_in_place(entry: Any) -> None:
    """If it failed: everybody behind would move up, or somebody be called “(:unav)”."""
    found = one(creators=[entry, {"name": "B"}])
    assert [(author.name, author.position) for author in found.papers[0].authorships] == [("B", 2)]
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]},
         "an error answer: The resource you are looking for doesn't exist."),
        ([{}], "an object with nothing in it"),
        ({"data": [{"id": "x", "attributes": {"state": "draft"}}]}, "an object with state"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_with_what_it_says(content: object, said: str) -> None:
    """If it failed: an error saved as data would be a paper, or vanish."""
    found = found_in(read, content)
    assert found.papers == []
    assert [(problem.found, problem.is_refused) for problem in found.problems] == [(said, True)]


def test_an_answer_without_records_says_so() -> None:
    """If it failed: an empty answer would look like a load that worked."""
    assert [problem.found for problem in found_in(read, {"data": [], "meta": {}}).problems] == [
        "an answer without records"
    ]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_anything_may_stand_anywhere(key: str, junk: Any) -> None:
    """If it failed: one strange value would stop a whole file."""
    inner = {key: junk}
    for change in (
        inner,
        {"creators": [inner]},
        {"titles": [inner]},
        {"dates": [inner]},
        {"subjects": inner},
    ):
        found_in(read, {**BARE, **change})
    found_in(read, {**BARE, "relatedIdentifiers": [{"relationType": "Cites", **inner}]})


@given(st.lists(objects_with(*KEYS), min_size=1, max_size=3))
def test_any_objects_are_read_or_refused(records: list[dict[str, Any]]) -> None:
    """If it failed: a record would be lost without a word, or break the load."""
    found = found_in(read, {"data": records})
    first = {record.lines.first for record in (*found.papers, *found.problems)}
    assert first == set(range(1, len(records) + 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    """If it failed: a strange file would end in a traceback."""
    try:
        list(read(BytesIO(data), "x"))
    except UnreadableFile as error:
        assert "expected" in str(error)
