"""Dates as precise as their source, and the year a page leaves out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.dates import Taken, infer_year, issued, without_year
from collegium.graph.records import PartialDate
from strategies import partial_dates

GIVEN, LOADED = Taken(date(2026, 11, 23), True), Taken(date(2026, 11, 23), False)
MAY = PartialDate("May 18", None, 5, 18)


@pytest.mark.parametrize(
    ("parts", "text", "kind"),
    [
        ((2023, 11, 20), "2023-11-20", "date"),
        ((2023, 7, None), "2023-07", "gYearMonth"),
        ((2023, None, None), "2023", "gYear"),
        ((None, 5, 18), "--05-18", "gMonthDay"),
        ((None, 2, 29), "--02-29", "gMonthDay"),
        ((None, 5, None), "--05", "gMonth"),
    ],
)
def test_a_date_is_as_precise_as_its_source(parts: tuple[int | None, ...], text: str, kind: str) -> None:
    """If it failed: a month would become its first day, or a missing year 1900."""
    partial = PartialDate("", *parts)  # type: ignore[arg-type]
    literal = issued(partial) if parts[0] else without_year(partial)
    assert literal is not None
    assert (literal.value, literal.datatype.value.rpartition("#")[2]) == (text, kind)
    assert (without_year(partial) if parts[0] else issued(partial)) is None


def test_no_date_at_all_is_no_literal() -> None:
    """If it failed: a date that was not understood would become one."""
    nothing = PartialDate("Feb 30, 2023", None)
    assert issued(nothing) is without_year(nothing) is infer_year(nothing, 2025, GIVEN) is None


@pytest.mark.parametrize(
    ("month_day", "latest", "taken", "year"),
    [
        ((5, 18), 2025, GIVEN, 2026),
        ((5, 18), 2025, LOADED, 2026),
        ((5, 18), 2024, GIVEN, 2026),
        ((5, 18), 2024, LOADED, None),  # 2025 or 2026
        ((5, 18), None, GIVEN, 2026),
        ((5, 18), None, LOADED, None),
        ((5, 18), 2026, GIVEN, None),  # the page prints the year it should leave out
        ((11, 23), 2025, GIVEN, 2026),
        ((11, 24), 2025, GIVEN, None),  # after the page was taken
        ((12, 31), 2025, LOADED, None),
        ((2, 29), 2025, GIVEN, None),  # no such day in 2026
        ((2, 29), 2023, Taken(date(2024, 3, 1), True), 2024),
    ],
)
def test_a_year_is_inferred_only_where_one_is_possible(
    month_day: tuple[int, int], latest: int | None, taken: Taken, year: int | None
) -> None:
    """If it failed: a guess would stand in the store as an inference."""
    found = infer_year(PartialDate("", None, *month_day), latest, taken)
    assert (found[0] if found else None) == year
    if found:
        assert "2026-11-23" in found[1] or "2024-03-01" in found[1], "the reason says when"


def test_a_printed_year_or_a_month_alone_is_never_inferred() -> None:
    """If it failed: an inferred date would contradict what the source says."""
    assert infer_year(PartialDate("", 2023, 5, 18), 2025, GIVEN) is None
    assert infer_year(PartialDate("", None, 5), 2025, GIVEN) is None


@given(partial_dates())
def test_each_date_is_either_whole_or_without_its_year(partial: PartialDate) -> None:
    """If it failed: a paper could have two dates from one source."""
    assert issued(partial) is None or without_year(partial) is None


@given(partial_dates(), st.none() | st.integers(1900, 2030), st.dates(), st.booleans())
def test_an_inferred_day_is_not_after_the_page_nor_before_a_printed_year(
    partial: PartialDate, latest: int | None, day: date, is_given: bool
) -> None:
    """If it failed: a paper would be issued after the page that lists it."""
    if found := infer_year(partial, latest, Taken(day, is_given)):
        assert partial.year is None and partial.month and partial.day
        assert date(found[0], partial.month, partial.day) <= day
        assert latest is None or found[0] > latest
