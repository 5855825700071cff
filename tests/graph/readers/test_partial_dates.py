"""Dates as sources print them: never more precise, never a day that is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.months import month_of
from collegium.graph.readers.partial_dates import from_iso, from_parts, from_text, of_year_and_month
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


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2014///", (2014, None, None)),
        ("2012/09/01/spring", (2012, 9, 1)),
        ("2019-03-01T00:00:00Z", (2019, 3, 1)),
        ("2019-03", (2019, 3, None)),
        ("July 1948", (1948, 7, None)),
        ("March 15, 2019", (2019, 3, 15)),
        ("15 March 2019", (2019, 3, 15)),
        ("2019 Dec-2020 Jan", (2019, None, None)),
        ("Winter 2019", (2019, None, None)),
        ("03/04/2019", (2019, None, None)),
        ("AUG-OCT 2007", (2007, None, None)),
    ],
)
def test_a_date_is_as_precise_as_printed(printed: str, date: tuple[int | None, ...]) -> None:
    """If it failed: a month or a day would be made up, or lost."""
    found = from_text(printed)
    assert found.date and (found.date.year, found.date.month, found.date.day) == date
    assert (found.date.as_given, found.is_whole) == (printed, True)


@pytest.mark.parametrize(
    ("printed", "date"),
    [("2019/02/30", (2019, 2, None)), ("2019-13", (2019, None, None)), ("31 April 2019", (2019, 4, None))],
)
def test_what_is_not_of_the_calendar_is_left_out_and_told(printed: str, date: tuple[int | None, ...]) -> None:
    """If it failed: a day that never was would end in a traceback later, or be kept."""
    found = from_text(printed)
    assert found.date and (found.date.year, found.date.month, found.date.day) == date
    assert not found.is_whole


def test_what_has_no_year_is_no_date() -> None:
    """If it failed: "in press" would be a year, or an empty field a mistake."""
    assert from_text("in press") == (None, False)
    assert from_text("0000") == (None, False)
    assert from_text("") == (None, True)


@given(st.text(max_size=40), st.sampled_from(["", "2019", "x"]))
def test_no_text_is_too_odd(printed: str, year: str) -> None:
    """If it failed: one odd date would end the reading of a file."""
    found = from_text(printed, year).date
    assert found is None or found.year


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("décembre", 12),
        ("decembre", 12),
        ("MÄRZ", 3),
        ("okt.", 10),
        ("Sept", 9),
        ("08", 8),
        ("13", None),
        ("set", None),
    ],
)
def test_months_have_their_names_in_the_languages_that_occur(printed: str, month: int | None) -> None:
    """If it failed: a month would be lost, or a common word be one."""
    assert month_of(printed) == month
    assert of_year_and_month("2022", printed).date == PartialDate(f"{printed} 2022", 2022, month)


@pytest.mark.parametrize(
    ("fields", "date", "is_whole"),
    [
        (("2022", ""), (2022, None, None), True),
        (("2022", "", "5"), (2022, None, None), False),
        (("2022", "May", "5"), (2022, 5, 5), True),
        (("2022", "May 22-27"), (2022, 5, None), True),
        (("2022", "25th of May"), (2022, 5, 25), True),
        (("2022", "June 30 - July 2"), (2022, None, None), True),
        (("2022", "7/8"), (2022, None, None), True),
        (("2022", "Spring"), (2022, None, None), True),
        (("2022", "Smarch"), (2022, None, None), False),
        (("2022", "February", "30"), (2022, 2, None), False),
        (("2022", "13"), (2022, None, None), False),
        (("in press", "May"), (None, None, None), False),
    ],
)
def test_a_year_and_a_month_of_their_own(
    fields: tuple[str, ...], date: tuple[int | None, ...], is_whole: bool
) -> None:
    """If it failed: a month or day would be made up, or go without a word."""
    found = of_year_and_month(*fields)
    assert found.date and (found.date.year, found.date.month, found.date.day) == date
    assert found.is_whole == is_whole
