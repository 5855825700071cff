"""Dates as sources print them → as precise as printed, and not more; a part that is no date is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from ..records import PartialDate

# Source: ISO 8601-1 (extended format) and w3.org/TR/NOTE-datetime; a time behind the day does not count.
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]\d\d:?\d\d.*)?)?)?Z?", re.DOTALL)
_AT_MOST_SHOWN: Final = 80


def from_parts(parts: Sequence[Any], as_given: str = "") -> tuple[PartialDate | None, bool]:
    """Return the date of year, month, day (numbers or digits), and whether all that stands there was a date.

    The longest beginning that is a date is kept: of 2019, 13 the year. None where not even the year is one.

    Example:
        >>> from_parts([2019, 7])
        (PartialDate(as_given='2019-7', year=2019, month=7, day=None), True)
        >>> from_parts(["2019", 2, 30])
        (PartialDate(as_given='2019-2-30', year=2019, month=2, day=None), False)
        >>> from_parts([0]), from_parts([])
        ((None, False), (None, True))
    """
    said = list(parts[:3])
    while said and said[-1] in (None, ""):
        said.pop()
    numbers = [_number(part) for part in said]
    kept = len(numbers)
    while kept and not _is_date(numbers[:kept]):
        kept -= 1
    is_whole = kept == len(said) and len(parts) <= 3
    if not kept:
        return None, is_whole
    printed = as_given or "-".join(str(part)[:20] for part in said)
    year, month, day = (*numbers[:kept], None, None)[:3]
    return PartialDate(printed, year, month, day), is_whole


def from_iso(printed: str) -> PartialDate | None:
    """Return the date of "2019", "2019-07", "2019-07-03" or "2019-07-03T10:00:00Z"; None for any other text.

    Example:
        >>> from_iso("2019-07"), from_iso("July 2019"), from_iso("2019-02-30")
        (PartialDate(as_given='2019-07', year=2019, month=7, day=None), None, None)
    """
    found = _ISO.fullmatch(printed.strip())
    if found is None:
        return None
    partial, is_whole = from_parts(found.groups(), printed.strip()[:_AT_MOST_SHOWN])
    return partial if is_whole else None


def _number(part: Any) -> int | None:
    if isinstance(part, str) and part.strip().isascii() and part.strip().isdigit() and len(part) < 9:
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def _is_date(numbers: Sequence[int | None]) -> bool:
    """Whether these are year, month, day of the calendar, as many as there are (years of four digits)."""
    year, month, day = [*numbers, 1, 1][:3]
    if year is None or month is None or day is None or not 1 <= year <= 9999:
        return False
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return True
