"""Dates as precise as their source: typed literals, and the year that a page leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from .records import PartialDate
from .vocabulary import XSD_DATE, XSD_MONTH, XSD_MONTH_DAY, XSD_YEAR, XSD_YEAR_MONTH


@dataclass(frozen=True, slots=True)
class Taken:
    """When a page was taken: `day` as given by the user, or, with `is_given` False, the day of loading as a bound."""

    day: date
    is_given: bool


def issued(partial: PartialDate) -> Literal | None:
    """Return the date as xsd:date, xsd:gYearMonth or xsd:gYear; None when the year is missing."""
    if partial.year is None:
        return None
    if partial.month is None:
        return _literal(f"{partial.year:04}", XSD_YEAR)
    if partial.day is None:
        return _literal(f"{partial.year:04}-{partial.month:02}", XSD_YEAR_MONTH)
    return _literal(f"{partial.year:04}-{partial.month:02}-{partial.day:02}", XSD_DATE)


def without_year(partial: PartialDate) -> Literal | None:
    """Return the date as xsd:gMonthDay ("--05-18") or xsd:gMonth; None when it has a year, or no month."""
    if partial.year is not None or partial.month is None:
        return None
    if partial.day is None:
        return _literal(f"--{partial.month:02}", XSD_MONTH)
    return _literal(f"--{partial.month:02}-{partial.day:02}", XSD_MONTH_DAY)


def infer_year(partial: PartialDate, latest_printed: int | None, taken: Taken) -> tuple[int, str] | None:
    """Return the year that the page left out, and why; None when more than one year is possible.

    Scholar Feed prints no year for dates of the year in which the page was taken. That year is the one of a given
    date; else it lies after the latest year that the page prints and not after the day of loading.

    Args:
        latest_printed: the largest year printed on the page, None when there is none.
    """
    rule = "the site prints no year for dates of the year in which the page was taken"
    if partial.year is not None or partial.month is None or partial.day is None:
        return None
    year = taken.day.year
    if taken.is_given:
        why = f"{rule}; it was taken on {taken.day}"
    elif latest_printed == year - 1:
        why = f"{rule}; the years it prints end with {latest_printed} and it was loaded on {taken.day}"
    else:
        return None
    if latest_printed is not None and latest_printed >= year:
        return None
    return (year, why) if _exists_by(year, partial.month, partial.day, taken.day) else None


def _exists_by(year: int, month: int, day: int, by: date) -> bool:
    try:
        return date(year, month, day) <= by
    except ValueError:  # February 29 of a year that has none
        return False


def _literal(text: str, datatype: NamedNode) -> Literal:
    return Literal(text, datatype=datatype)
