"""The endpoint of search: what fits a text by its words."""

from __future__ import annotations

from typing import Any, Final

from collegium.graph.text_documents import TEXT_KINDS
from collegium.graph.text_search import Hit

from .editions import Edition
from .endpoints import TABLE_FORMS, Call, Endpoint, Parameter, Table, paging

COLUMNS: Final = ("kind", "id", "iri", "name", "score", "field", "snippet", "marks")
KIND: Final = Parameter("kind", "string", "Only things of these kinds.", (), choices=TEXT_KINDS, many=True)


def hit_row(found: Edition, hit: Hit) -> dict[str, Any]:
    """Return a hit as lists show it."""
    kind_and_id = found.store.split(hit.iri)
    return {
        "kind": hit.kind,
        "id": kind_and_id[1] if kind_and_id else hit.iri,
        "iri": hit.iri,
        "name": hit.name,
        "score": hit.score,
        "field": hit.field,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
    }


def _search(call: Call) -> Table:
    limit, offset = call["limit"], call["offset"]
    found = call.edition.search(
        call["q"], kinds=call["kind"], limit=limit, offset=offset, as_typed=call["as_typed"]
    )
    rows = [hit_row(call.edition, hit) for hit in found.hits]
    return Table(COLUMNS, rows, found.total, limit, offset, {"version": call.edition.version})


ENDPOINTS: Final = (
    Endpoint(
        path="/api/search",
        name="api_search",
        tag="Things",
        summary="Search by words",
        description=(
            "Titles, names and abstracts, without case and accents; the best first. Every word has to be there; "
            '`"a phrase"`, `begin*` and `-without` are understood. `marks` are places in `snippet` as [start, end], '
            "counted in characters of Unicode."
        ),
        parameters=(
            Parameter("q", "string", "What to look for.", required=True, example="language model*"),
            KIND,
            Parameter("as_typed", "boolean", "The last word may go on: for a search while typing.", False),
            *paging(20),
        ),
        forms=TABLE_FORMS,
        answer=_search,
        schema="SearchRow",
        is_list=True,
    ),
)
