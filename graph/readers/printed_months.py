"""A year and a month that stand in fields of their own → a date as precise as both."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ..records import PartialDate

_NAMES: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december",
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",  # volumes of TALN
)
_SHORT: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec".split("|")
_MONTHS: Final = {
    **{name: at for names in _NAMES for at, name in enumerate(names.split("|"), 1)},
    **{name: at for at, name in enumerate(_SHORT, 1)},
    "sept": 9,
    **{f"{at:{form}}": at for at in range(1, 13) for form in ("", "02")},
}
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_YEAR: Final = re.compile(r"[12]\d{3}")


def of_year_and_month(year: str, month: str) -> tuple[PartialDate | None, bool]:
    """Return the date, and whether all that stands there is part of it; None where there is no year.

    Of a span of months the year is kept, of a span of days the month.

    Example:
        >>> of_year_and_month("2022", "May 22-27")
        (PartialDate(as_given='May 22-27 2022', year=2022, month=5, day=None), True)
        >>> of_year_and_month("2022", "June 30 - July 2")[0].month, of_year_and_month("2022", "Spring")
        (None, (PartialDate(as_given='Spring 2022', year=2022, month=None, day=None), False))
    """
    as_given = f"{month} {year}".strip()
    if not _YEAR.fullmatch(year):
        return (PartialDate(as_given, None) if as_given else None), not as_given
    words = [word.lower() for word in _WORDS.findall(month)]
    if len(words) == 1 and words[0] in _MONTHS:
        return PartialDate(as_given, int(year), _MONTHS[words[0]]), True
    months = {_MONTHS[word] for word in words if not word.isdigit() and word in _MONTHS}
    days = [int(word) for word in words if word.isdigit()]
    is_whole = len(months) == 1 or not words
    if len(months) != 1:
        return PartialDate(as_given, int(year)), is_whole or len(months) > 1
    only = months.pop()
    is_day = len(days) == 1 and _exists(int(year), only, days[0])
    return PartialDate(as_given, int(year), only, days[0] if is_day else None), is_day or len(days) != 1


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
