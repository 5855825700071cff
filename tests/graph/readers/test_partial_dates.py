"""Dates as sources print them: never more precise, never a day that is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.partial_dates import from_iso, from_parts
from collegium.graph.records import PartialDate


@pytest.mark.parametrize(
    "printed", ["", "July 2019", "2019-13", "2019-02-30", "0000", "19", "2019/07", "2019-07-03x", "-2019"]
)
def test_other_texts_are_no_dates(printed: str) -> None:
    """If it failed: a date would be guessed from a text."""
    assert from_iso(printed) is None


@pytest.mark.parametrize("printed", ["2019-07-03T10:00:00Z", "2019-07-03 10:00", " 2019-07-03 ", "2019-7-3"])
def test_a_time_behind_a_day_does_not_count(printed: str) -> None:
    """If it failed: dates with a time would be lost."""
    assert from_iso(printed) == PartialDate(printed.strip(), 2019, 7, 3)


@given(st.dates())
def test_every_day_comes_back(day: date) -> None:
    """If it failed: a day of the calendar would be refused, or read as another."""
    expected = PartialDate(day.isoformat(), day.year, day.month, day.day)
    assert from_iso(day.isoformat()) == expected
    assert from_parts([day.year, day.month, day.day], day.isoformat()) == (expected, True)


@given(st.lists(st.none() | st.integers() | st.text(max_size=5) | st.booleans() | st.floats(), max_size=5))
def test_any_parts_are_taken(parts: list[object]) -> None:
    """If it failed: a strange date would stop a file."""
    partial, is_whole = from_parts(parts)
    assert is_whole or parts
    if partial and partial.year and partial.month and partial.day:
        date(partial.year, partial.month, partial.day)


@given(st.text(max_size=20))
def test_any_text_is_taken(printed: str) -> None:
    """If it failed: a strange date would stop a file."""
    from_iso(printed)
