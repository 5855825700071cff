"""Texts without control characters and halves of characters, in the records of every reader."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers import READERS
from collegium.graph.readers.sound_text import sound, sound_reader
from collegium.graph.records import (
    Authorship,
    Identifier,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Profile,
    Record,
    Tie,
)
from hostile_records import records

SOUND = Paper("A title\n\tof “two” lines\u00a0😀", (Authorship("Zoë", 1),), False, Lines(1, 1))


def read(*given: Record) -> list[Record]:
    """Return what becomes of records on their way out of a reader."""

    def reader(stream: IO[bytes], path: str) -> Iterator[Record]:
        yield from given

    return list(sound_reader(reader)(BytesIO(), "x"))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from texts_in(each)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zo\0ë", "Zoë"),
        ("a\x0cb\rc", "a b c"),
        ("a\tb\nc", "a\tb\nc"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("\x1b[31mred\x7f", "[31mred"),
        ("", ""),
    ],
)
def test_a_text_loses_what_no_text_may_hold(text: str, expected: str) -> None:
    """If it failed: the store would refuse the file for one character, or an export would not be readable."""
    assert sound(text) == expected


def test_a_sound_record_is_not_touched() -> None:
    """If it failed: line breaks, accents or emoji would be taken for damage."""
    assert read(SOUND)[0] is SOUND and len(read(SOUND)) == 1


def test_every_part_of_a_record_is_mended_and_said_once() -> None:
    """If it failed: a NUL could come through in an affiliation, a date or an identifier."""
    people = (Authorship("A\0", 1, affiliations=("X\x01",), as_given="\ud800A"),)
    issued = PartialDate("20\x0023", 2023)
    found, remark = read(dataclasses.replace(SOUND, authorships=people, issued=issued, keywords=("a\x02",)))
    assert isinstance(found, Paper) and isinstance(remark, Problem)
    assert found.authorships == (Authorship("A", 1, affiliations=("X",), as_given="\ufffdA"),)
    assert (found.issued, found.keywords) == (PartialDate("2023", 2023), ("a",))
    assert (remark.lines, remark.is_refused) == (SOUND.lines, False)


def test_ties_profiles_and_problems_are_mended_too() -> None:
    """If it failed: the nodes of a network could not be stored, or a report not be printed."""
    end = Profile("A\0", Lines(1, 1), identifiers=(Identifier("orcid", "x\0"),))
    tie = Tie(end, end, Decimal(1), Lines(2, 2), "l\0")
    found = read(end, tie, Problem(Lines(3, 3), "\ud800", "\0", True))
    assert [type(record) for record in found] == [Profile, Problem, Tie, Problem, Problem]
    assert found[2] == Tie(found[0], found[0], tie.weight, tie.lines, "l")  # type: ignore[arg-type]
    assert found[4] == Problem(Lines(3, 3), "\ufffd", "", True)


@given(st.lists(records(), max_size=3))
def test_nothing_unsound_comes_out(given_records: list[Record]) -> None:
    """If it failed: there would be a way around."""
    for record in read(*given_records):
        for text in texts_in(dataclasses.astuple(record)):
            assert sound(text) == text


def test_a_reader_of_the_table_is_sound() -> None:
    """If it failed: the readers' table would hold the readers as they are."""
    content = b'[{"type": "book", "id": "a", "title": "A\\u0000B", "author": [{"literal": "C\\ud800"}]}]'
    [paper, *_] = READERS["csl_json"].read(BytesIO(content), "x")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.authorships[0].name) == ("AB", "C\ufffd")
