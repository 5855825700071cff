"""Printed dates to dates as precise as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.readers.printed_dates import parse_date


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
    found = parse_date(printed)
    assert found.date and (found.date.year, found.date.month, found.date.day) == date
    assert (found.date.as_given, found.is_real) == (printed, True)


@pytest.mark.parametrize(
    ("printed", "date"),
    [("2019/02/30", (2019, 2, None)), ("2019-13", (2019, None, None)), ("31 April 2019", (2019, 4, None))],
)
def test_what_is_not_of_the_calendar_is_left_out_and_told(printed: str, date: tuple[int | None, ...]) -> None:
    """If it failed: a day that never was would end in a traceback later, or be kept."""
    found = parse_date(printed)
    assert found.date and (found.date.year, found.date.month, found.date.day) == date
    assert not found.is_real


def test_what_has_no_year_is_no_date() -> None:
    """If it failed: "in press" would be a year, or an empty field a mistake."""
    assert parse_date("in press") == (None, False)
    assert parse_date("0000") == (None, False)
    assert parse_date("") == (None, True)


@given(st.text(max_size=40), st.sampled_from(["", "2019", "x"]))
def test_no_text_is_too_odd(printed: str, year: str) -> None:
    """If it failed: one odd date would end the reading of a file."""
    found = parse_date(printed, year).date
    assert found is None or found.year
