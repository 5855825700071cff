"""`date` of biblatex, `year`, `month` and `day` of BibTeX → a date as precise as what is printed, never more.

Of a range ("2020-03/2020-04") stands what both ends share; a year that is no year ("in press", "2010/2011") is kept as
text.
Sources: biblatex manual section 2.3.8 (dates by ISO 8601-2), btxdoc.pdf section 3.2 (year, month).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..records import PartialDate
from .latex import without_latex
from .partial_dates import is_date, of_year_and_month

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_YEAR: Final = re.compile(r"[\[(]?[0-9]{4}[\])]?\.?")
_SEASONS: Final = range(21, 42)  # "months" that are seasons, quarters and the like: no month can be said
_BRACES: Final = re.compile("[{}]")
_REAL: Final = "a date of the calendar; it is kept as text only"

_Fault = tuple[str, str]  # what was found and expected


def issued(fields: Mapping[str, str]) -> tuple[PartialDate | None, _Fault | None]:
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
    if _YEAR.fullmatch(year):
        dated = of_year_and_month(year, month, day)
        if dated.is_whole or dated.date is None:
            return dated.date, None
        return dated.date, (dated.date.as_given, "a date of the calendar; what is none is kept as text only")
    if _ISO.fullmatch(year):
        return _of_date(year)
    return PartialDate(f"{month} {year}".strip(), None), (year, "a year; it is kept as text only")


def _of_date(printed: str) -> tuple[PartialDate, _Fault | None]:
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
    if len(shared) > 1 and shared[1] in _SEASONS:
        shared = shared[:1]
    if not shared:
        return PartialDate(printed, None), (printed, "one year; it is kept as text only")
    return PartialDate(printed, *shared), None


def _is_real(parts: list[int]) -> bool:
    return is_date(parts[:1] if len(parts) == 2 and parts[1] in _SEASONS else parts)
