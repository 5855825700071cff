"""`date` of biblatex, `year`, `month` and `day` of BibTeX → a date as precise as what is printed, never more.

Of a range ("2020-03/2020-04") stands what both ends share; a year that is no year ("in press", "2010/2011") is kept as
text.
Sources: biblatex manual section 2.3.8 (dates by ISO 8601-2), btxdoc.pdf section 3.2 (year, month).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Final

from ..records import PartialDate
from .latex import without_latex

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_YEAR: Final = re.compile(r"[\[(]?([0-9]{4})[\])]?\.?")
_WORDS: Final = re.compile(r"[^\W\d_]+|[0-9]+")
_NAMES: Final = (
    "january february march april may june july august september october november december".split()
)
_MONTHS: Final[Mapping[str, int]] = {
    **{name[:length]: at for at, name in enumerate(_NAMES, 1) for length in range(3, len(name) + 1)},
}
_SEASON_FROM: Final = 21  # months 21 to 41 are seasons, quarters and the like: no month can be said
_BRACES: Final = re.compile("[{}]")
_REAL: Final = "a date of the calendar; it is kept as text only"


def issued(fields: Mapping[str, str]) -> tuple[PartialDate | None, tuple[str, str] | None]:
    """Return when an entry came out, None where it does not say; and what was found and expected where it is odd.

    Example:
        >>> issued({"date": "2020-03/2020-04"})[0]
        PartialDate(as_given='2020-03/2020-04', year=2020, month=None, day=None)
        >>> issued({"year": "1998", "month": "MAR 15"})[0]
        PartialDate(as_given='MAR 15 1998', year=1998, month=3, day=15)
        >>> issued({"year": "in press"})[1]
        ('in press', 'a year; it is kept as text only')
    """
    if printed := _BRACES.sub("", fields.get("date", "")).strip():  # not without_latex: "~" is “about” there
        return _of_date(printed)
    year, month, day = (
        without_latex(fields[name]) if name in fields else "" for name in ("year", "month", "day")
    )
    if not year:
        return None, None
    if found := _YEAR.fullmatch(year):
        return _of_year(int(found[1]), month, day, " ".join(filter(None, (month, day, year))))
    if _ISO.fullmatch(year):
        return _of_date(year)
    return PartialDate(f"{month} {year}".strip(), None), (year, "a year; it is kept as text only")


def _of_date(printed: str) -> tuple[PartialDate, tuple[str, str] | None]:
    ends = [_ISO.fullmatch(end) for end in printed.split("/")]
    if len(ends) > 2 or any(end is None for end in ends):
        return PartialDate(printed, None), (printed, "a date as YYYY-MM-DD or YYYY; it is kept as text only")
    first, last = ([int(part) for part in end.groups() if part] for end in (ends[0], ends[-1]) if end)
    if not (_is_real(first) and _is_real(last)):
        return PartialDate(printed, None), (printed, _REAL)
    shared: list[int] = []
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        shared.append(one)
    if len(shared) > 1 and shared[1] >= _SEASON_FROM:
        shared = shared[:1]
    if not shared:
        return PartialDate(printed, None), (printed, "one year; it is kept as text only")
    return PartialDate(printed, *shared), None


def _is_real(parts: list[int]) -> bool:
    year, month, day = [*parts, None, None][:3]
    if not year or (month is not None and not (1 <= month <= 12 or (21 <= month <= 41 and day is None))):
        return False
    return day is None or month is None or 1 <= day <= monthrange(year, month)[1]


def _of_year(
    year: int, month: str, day: str, as_given: str
) -> tuple[PartialDate | None, tuple[str, str] | None]:
    """A year with a month as people write it: jan, "Sept.", 3, "MAR 15", "jul-aug" (which is no month)."""
    words = _WORDS.findall(month.lower())
    named = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    unknown = len(words) - len(named) - len(numbers)
    days = [int(day)] if re.fullmatch("[0-9]{1,2}", day) else []
    if not words or unknown:
        parts = [year]
    elif len(named) == 1 and len(numbers) <= 1:
        parts = [year, named[0], *(numbers or days)]
    elif not named and len(numbers) == 1:
        parts = [year, numbers[0], *days]
    else:  # a span of months or days
        parts = [year]
    if unknown:
        return PartialDate(as_given, *parts), (month, "a month; the date is its year")
    if not _is_real(parts) or (len(parts) > 1 and parts[1] >= _SEASON_FROM):
        return PartialDate(as_given, year or None), (as_given, "a date of the calendar; kept is its year")
    return PartialDate(as_given, *parts), None
