"""Printed dates → as precise a date as they are: "2014///", "2019 Mar-Apr", "24-27 Sept. 2019", "MAR 15"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from ..records import PartialDate

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
# As RIS has it, with three slashes, and as ISO 8601 has it, with or without a time.
_NUMERIC: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{0,2})(?:[-/.](?P<day>\d{0,2}))?)?(?:[/T ].*)?", re.DOTALL
)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_WORD: Final = re.compile(r"[A-Za-z]+")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


class Dated(NamedTuple):
    """A date, None where the text has no year; `is_real` is False where a part of it is not of the calendar."""

    date: PartialDate | None
    is_real: bool


def parse_date(printed: str, year: str = "") -> Dated:
    """Return the date that `printed` is; `year` is that of a field of its own, where `printed` may lack one.

    A range is as precise as what its ends share: of two months the year is left, of two days the month. Of two years
    the first counts, as PubMed counts it. Month and day as two numbers before a year are not told apart.

    Source: nlm.nih.gov/bsd/mms/medlineelements.html#dp, refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html

    Example:
        >>> parse_date("1948/07//").date
        PartialDate(as_given='1948/07//', year=1948, month=7, day=None)
        >>> parse_date("2019 Mar-Apr").date.month, parse_date("24-27 Sept. 2019").date.month
        (None, 9)
        >>> parse_date("MAR 15", "2023").date
        PartialDate(as_given='MAR 15 2023', year=2023, month=3, day=15)
        >>> parse_date("2019/13/01")
        Dated(date=PartialDate(as_given='2019/13/01', year=2019, month=None, day=None), is_real=False)
    """
    text = " ".join(printed.split())
    if year and not _YEAR.search(text):
        text = f"{text} {year}".strip()
    whole = _NUMERIC.fullmatch(text)
    if whole and (whole["month"] is not None or not _WORD.search(text)):
        return _real(text, int(whole["year"]), _number(whole["month"]), _number(whole["day"]))
    years = _YEAR.findall(text)
    if not years:
        return Dated(None, not text)
    months = {_MONTHS[w] for word in _WORD.findall(text) if (w := word.lower()) in _MONTHS}
    days = set(_DAY.findall(text))
    if len(months) != 1 or len(set(years)) > 1:
        return Dated(PartialDate(text, int(years[0])), True)
    return _real(text, int(years[0]), months.pop(), int(days.pop()) if len(days) == 1 else None)


def _number(text: str | None) -> int | None:
    return int(text) or None if text else None


def _real(text: str, year: int, month: int | None, day: int | None) -> Dated:
    """The date as far as the calendar has it; a year 0 is none."""
    if not year:
        return Dated(None, False)
    if month is None:
        return Dated(PartialDate(text, year), day is None)
    try:
        date(year, month, day or 1)
    except ValueError:
        is_month = 1 <= month <= 12
        return Dated(PartialDate(text, year, month if is_month else None), False)
    return Dated(PartialDate(text, year, month, day), True)
