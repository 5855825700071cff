"""Values of JSON, which may be anything → text, lists of texts, lists of objects, counts, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ..errors import shorten
from ..records import Paper, PartialDate, Problem, Record, Reported
from .markup import plain_text
from .partial_dates import from_iso, from_parts
from .remarks import Remarks

_COMPLAINTS: Final = ("errors", "error", "message", "title", "detail")


def text(value: Any) -> str:
    """Return a text without markup, its white space collapsed; a number as text; "" for anything else.

    Example:
        >>> text(" A  <i>b</i> "), text(12), text(None), text(True), text(["a"])
        ('A b', '12', '', '', '')
    """
    if isinstance(value, str):
        return plain_text(value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def texts(value: Any) -> list[str]:
    """Return the texts of a list, or one text as a list, those left out in which nothing stands.

    Example:
        >>> texts(["a", None, " "]), texts("a"), texts(None), texts({"a": 1})
        (['a'], ['a'], [], [])
    """
    values = value if isinstance(value, list) else [value]
    return [found for each in values if (found := text(each))]


def first_text(value: Any) -> str | None:
    """Return the first text of a list, or the one there is; None where there is none.

    Example:
        >>> first_text([None, "a", "b"]), first_text("a"), first_text([])
        ('a', 'a', None)
    """
    found = texts(value)
    return found[0] if found else None


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or one object as a list; what is no object is left out.

    Example:
        >>> objects([{"a": 1}, None]), objects({"a": 1}), objects("a")
        ([{'a': 1}], [{'a': 1}], [])
    """
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def part(value: Any, key: str) -> Any:
    """Return what an object holds under a key; None where it is no object, or holds nothing there."""
    return value.get(key) if isinstance(value, dict) else None


def complaint(value: Any, depth: int = 4) -> str:
    """Return what an error answer says, from the first text under the keys that such answers use; "" for none.

    Example:
        >>> complaint({"errors": [{"status": "404", "title": "No such DOI"}]}), complaint({"a": 1})
        ('No such DOI', '')
    """
    if not depth or not isinstance(value, (dict, list)):
        return text(value)
    pieces = value[:8] if isinstance(value, list) else [value.get(key) for key in _COMPLAINTS]
    return next((said for each in pieces if (said := complaint(each, depth - 1))), "")


def citations(value: Any, remarks: Remarks) -> tuple[Reported, ...]:
    """Return how often a work is cited, by its source's word; nothing where it does not say."""
    if value is None:
        return ()
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return (Reported("citations", Decimal(value), str(value)),)
    remarks.add(value, "a number of citations; it is left out")
    return ()


def kept_or_refused(
    paper: Paper, remarks: Remarks, said: str, value: Mapping[str, Any], expected: str
) -> Iterator[Record]:
    """Yield a paper and the remarks on it; without title and identifier what its record is instead.

    Args:
        said: what the record complains of, when it is the answer to a mistake.
    """
    if paper.title or paper.identifiers:
        yield paper
        yield from remarks.problems(paper.lines)
    else:
        found = (
            f"an error answer: {said}" if said else f"an object with {', '.join(value) or 'nothing in it'}"
        )
        yield Problem(paper.lines, shorten(found, 200), expected, True)


def day_or_year(printed: Any, year: Any, remarks: Remarks) -> PartialDate | None:
    """Return the date of a field in ISO 8601, else of one with a year; a remark where one of them is left out."""
    day = text(printed)
    found = from_iso(day) if day else None
    if day and found is None:
        remarks.add(day, "a date like 2018-02-13; it is left out")
    if year in (None, ""):
        return found
    if found is None:
        found, is_whole = from_parts([year])
        if not is_whole:
            remarks.add(f"year {text(year)}", "a year; it is left out")
    elif str(year) != str(found.year):
        remarks.add(f"year {text(year)}", f"the year of the date {day}, which is kept")
    return found
