"""Dates as sources print them → as precise as printed, and not more; a part that is no date is left out.

Of a range stands what its ends share: of two days the month, of two months the year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from ..records import PartialDate
from .months import is_season, month_of

# Source: ISO 8601-1 (extended format) and w3.org/TR/NOTE-datetime; a time behind the day does not count.
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]\d\d:?\d\d.*)?)?)?Z?", re.DOTALL)
# As RIS has it, with three slashes, and as ISO 8601 has it, with or without a time.
_NUMERIC: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{0,2})(?:[-/.](?P<day>\d{0,2}))?)?(?:[/T ].*)?", re.DOTALL
)
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?:\s*[+-]\d{4})?(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_ANY_YEAR: Final = re.compile(r"[\[(]?([12]\d{3})[\])]?\.?")
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 80  # characters of a date that is shown, or read at all


class Dated(NamedTuple):
    """A date, None where the text has no year; `is_whole` where all that stands there is part of it."""

    date: PartialDate | None
    is_whole: bool


def from_parts(parts: Sequence[Any], as_given: str = "") -> Dated:
    """Return the date of year, month, day (numbers or digits).

    The longest beginning that is a date is kept: of 2019, 13 the year. None where not even the year is one.

    Example:
        >>> from_parts([2019, 7]).date
        PartialDate(as_given='2019-7', year=2019, month=7, day=None)
        >>> from_parts(["2019", 2, 30])
        Dated(date=PartialDate(as_given='2019-2-30', year=2019, month=2, day=None), is_whole=False)
        >>> from_parts([0]).is_whole, from_parts([]).is_whole
        (False, True)
    """
    said = list(parts[:3])
    while said and said[-1] in (None, ""):
        said.pop()
    numbers = [_number(part) for part in said]
    kept = len(numbers)
    while kept and not is_date(numbers[:kept]):
        kept -= 1
    is_whole = kept == len(said) and len(parts) <= 3
    if not kept:
        return Dated(None, is_whole)
    printed = as_given or "-".join(str(part)[:20] for part in said)
    return Dated(PartialDate(printed, *numbers[:kept]), is_whole)


def from_iso(printed: str) -> PartialDate | None:
    """Return the date of "2019", "2019-07", "2019-07-03" or "2019-07-03T10:00:00Z"; None for any other text.

    Example:
        >>> from_iso("2019-07"), from_iso("July 2019"), from_iso("2019-02-30")
        (PartialDate(as_given='2019-07', year=2019, month=7, day=None), None, None)
    """
    found = _ISO.fullmatch(printed.strip())
    if found is None:
        return None
    partial, is_whole = from_parts(found.groups(), printed.strip()[:_LONGEST])
    return partial if is_whole else None


def from_text(printed: str, year: str = "") -> Dated:
    """Return the date that a text is; `year` is that of a field of its own, where the text may lack one.

    Of two years the first counts, as PubMed counts it. Month and day as two numbers before a year are not told apart.

    Source: nlm.nih.gov/bsd/mms/medlineelements.html#dp, refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html

    Example:
        >>> from_text("1948/07//").date
        PartialDate(as_given='1948/07//', year=1948, month=7, day=None)
        >>> from_text("2019 Mar-Apr").date.month, from_text("24-27 Sept. 2019").date.month
        (None, 9)
        >>> from_text("MAR 15", "2023").date, from_text("Mon, 2 Apr 2007 19:18:42 GMT").date.day
        (PartialDate(as_given='MAR 15 2023', year=2023, month=3, day=15), 2)
        >>> from_text("2019/13/01")
        Dated(date=PartialDate(as_given='2019/13/01', year=2019, month=None, day=None), is_whole=False)
    """
    text = " ".join(printed[: 10 * _LONGEST].split())[:_LONGEST]
    if year and not _YEAR.search(text):
        text = f"{text} {year}".strip()
    whole = _NUMERIC.fullmatch(text)
    if whole and (whole["month"] is not None or not _LETTER.search(text)):
        month, day = whole["month"] or None, whole["day"] or None
        return from_parts([whole["year"], month, day if month else None], text)
    rest = _TIME.sub(" ", text)
    years = _YEAR.findall(rest)
    if not years:
        return Dated(None, not text)
    if len(set(years)) > 1:
        return Dated(PartialDate(text, int(years[0])), True)
    return _in_words(int(years[0]), _YEAR.sub(" ", rest), text)


def of_year_and_month(year: str, month: str, day: str = "") -> Dated:
    """Return the date of fields of their own, the month as people write it: "May", "3", "MAR 15", "May 22-27".

    Example:
        >>> of_year_and_month("2022", "May 22-27").date
        PartialDate(as_given='May 22-27 2022', year=2022, month=5, day=None)
        >>> of_year_and_month("2022", "June 30 - July 2").date.month, of_year_and_month("2022", "Smarch").is_whole
        (None, False)
    """
    as_given = " ".join(filter(None, (month, day, year)))[:_LONGEST]
    found = _ANY_YEAR.fullmatch(year)
    if found is None:
        return Dated(PartialDate(as_given, None) if as_given else None, not as_given)
    if not month:
        return Dated(PartialDate(as_given, int(found[1])), not day)
    if (only := month_of(month)) is not None:
        return from_parts([found[1], only, day], as_given)
    return _in_words(int(found[1]), f"{month} {day}"[:_LONGEST], as_given)


def is_date(numbers: Sequence[int | None]) -> bool:
    """Return whether these are year, month, day of the calendar, as many as there are (years of four digits)."""
    year, month, day = [*numbers, 1, 1][:3]
    if year is None or month is None or day is None or not 1 <= year <= 9999:
        return False
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _in_words(year: int, rest: str, as_given: str) -> Dated:
    """The date of a year and what stands beside it."""
    words = _WORDS.findall(rest)
    names = [word for word in words if not word.isdigit()]
    numbers = list(dict.fromkeys(int(word) for word in words if word.isdecimal() and len(word) < 5))
    months = {number for word in names if (number := month_of(word))}
    if not months and not names and len(numbers) == 1:
        return from_parts([year, numbers[0]], as_given)
    if len(months) != 1:
        is_span = (
            len(months) > 1 or any(map(is_season, names)) or (not names and max(numbers, default=0) < 32)
        )
        return Dated(PartialDate(as_given, year), is_span)
    return from_parts([year, months.pop(), numbers[0] if len(numbers) == 1 else None], as_given)


def _number(part: Any) -> int | None:
    if isinstance(part, str) and part.strip().isascii() and part.strip().isdigit() and len(part) < 9:
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None
