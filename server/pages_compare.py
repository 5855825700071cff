"""The pages that set authors, or institutions, side by side."""

from __future__ import annotations

from typing import Final

from flask import Response, request

from collegium.graph.errors import AmbiguousName, NotFound, ParameterError

from .author_ranks import SMALL, ranks_of
from .comparison import compared, together
from .directory import directory_of
from .editions import Edition
from .endpoints import Parameter, read_parameters
from .hooks import edition
from .pages import render
from .place_comparison import axis_of, compared_place, shared_by_places, years_pictures

_MOST: Final = 4
_AUTHOR: Final = Parameter("author", "string", f"IDs or names of two to {_MOST} authors.", (), many=True)
_PLACE: Final = Parameter(
    "institution", "string", f"IDs or names of two to {_MOST} institutions.", (), many=True
)


def compare() -> Response:
    """Return two to four authors, or institutions, side by side, or the form that asks for them."""
    values = read_parameters((_AUTHOR, _PLACE), request.args)
    authors = [text for text in values["author"] if text.strip()]
    places = [text for text in values["institution"] if text.strip()]
    if authors and places:
        raise ParameterError("institution", places[0], "authors or institutions, not both")
    return _institutions(places) if "institution" in request.args else _authors(authors)


def _found(found: Edition, kind: str, asked: list[str]) -> tuple[list[int], list[str]]:
    """Return the numbers of those asked for, each once, and a line of each that is not clear."""
    if len(asked) > _MOST:
        raise ParameterError(kind, f"{len(asked)} of them", f"two to {_MOST}")
    numbers: list[int] = []
    messages = []
    for text in asked:
        try:
            iri = found.find(kind, text)
        except AmbiguousName as error:
            messages.append(
                f"Several {kind}s are called “{text}”: take an ID, such as {error.candidates[0]}."
            )
        except NotFound:
            messages.append(f"No {kind} in the store is called “{text}”.")
        else:
            number = directory_of(found).number(kind, iri.rpartition("/")[2])
            numbers += [number] if number not in numbers else []
    return numbers, messages


def _fields(asked: list[str]) -> int:
    return max(2, min(_MOST, len(asked) + 1))


def _authors(asked: list[str]) -> Response:
    found = edition()
    numbers, messages = _found(found, "author", asked)
    rows = [compared(directory_of(found), number) for number in numbers]
    ranks = [ranks_of(found, row.ref.iri) for row in rows]
    page = render(
        "compare.html",
        found,
        asked=asked,
        rows=rows,
        pairs=together(directory_of(found), rows) if len(rows) > 1 else [],
        ranks=[each or () for each in ranks],
        is_large=len(found.mirror.authors) > SMALL,
        is_computing=any(each is None for each in ranks),
        messages=messages,
        fields=_fields(asked),
    )
    page.status_code = 404 if messages else 200
    return page


def _institutions(asked: list[str]) -> Response:
    found = edition()
    numbers, messages = _found(found, "institution", asked)
    rows = [compared_place(directory_of(found), number) for number in numbers]
    years = axis_of(rows)
    page = render(
        "compare_institutions.html",
        found,
        asked=asked,
        rows=rows,
        pairs=shared_by_places(directory_of(found), rows) if len(rows) > 1 else [],
        years=[year for year in years if any(row.years.get(year) for row in rows)],
        pictures=years_pictures(rows, years),
        messages=messages,
        fields=_fields(asked),
    )
    page.status_code = 404 if messages else 200
    return page
