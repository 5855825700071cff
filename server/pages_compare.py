"""The page that sets authors side by side."""

from __future__ import annotations

from typing import Final

from flask import Response, request

from collegium.graph.errors import AmbiguousName, NotFound, ParameterError

from .comparison import compared, together
from .directory import directory_of
from .endpoints import Parameter, read_parameters
from .hooks import edition
from .pages import render
from .pages_entities import SMALL, ranks_of

_MOST: Final = 4
_AUTHOR: Final = Parameter("author", "string", f"IDs or names of two to {_MOST} authors.", (), many=True)


def compare() -> Response:
    """Return two to four authors side by side, or the form that asks for them."""
    asked = [text for text in read_parameters((_AUTHOR,), request.args)["author"] if text.strip()]
    if len(asked) > _MOST:
        raise ParameterError("author", f"{len(asked)} of them", f"two to {_MOST}")
    found, directory = edition(), None
    numbers, messages = [], []
    for text in asked:
        directory = directory_of(found)
        try:
            iri = found.find("author", text)
        except AmbiguousName as error:
            messages.append(
                f"Several authors are called “{text}”: take an ID, such as {error.candidates[0]}."
            )
        except NotFound:
            messages.append(f"No author in the store is called “{text}”.")
        else:
            number = directory.number("author", iri.rpartition("/")[2])
            numbers += [number] if number not in numbers else []
    rows = [compared(directory, number) for number in numbers] if directory is not None else []
    ranks = [ranks_of(found, row.ref.iri) for row in rows]
    page = render(
        "compare.html",
        found,
        asked=asked,
        rows=rows,
        pairs=together(directory, rows) if directory is not None and len(rows) > 1 else [],
        ranks=[each or () for each in ranks],
        is_large=len(found.mirror.authors) > SMALL,
        is_computing=any(each is None for each in ranks),
        messages=messages,
        fields=max(2, min(_MOST, len(asked) + 1)),
    )
    page.status_code = 404 if messages else 200
    return page
