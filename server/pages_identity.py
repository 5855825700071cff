"""The page of who is whom: decisions, each with reason, date and evidence, and doubts; to read, nothing can be made."""

from __future__ import annotations

import json
from typing import Final

from flask import Response, request

from collegium.graph import deciding
from collegium.graph.errors import ParameterError
from collegium.graph.identity.decisions import KINDS, kind_of

from .endpoints import Parameter, paging, read_parameters
from .hooks import edition
from .identity_rows import data_of, decided, decided_on, of_decision, of_doubt
from .pages import render

_PARAMETERS: Final = (
    Parameter(
        "show", "string", "Decisions that were made, or doubts.", "decisions", choices=("decisions", "doubts")
    ),
    Parameter("kind", "string", "Decisions on this kind of thing only.", choices=KINDS),
    Parameter("thing", "string", "IRI of a thing: decisions on it only."),
    Parameter("format", "string", "json gives the rows for programs.", choices=("json",)),
    *paging(100),
)


def who_is_whom() -> Response:
    """Return decisions or doubts, page by page, as a page or as JSON."""
    values = read_parameters(_PARAMETERS, request.args)
    found = edition()
    thing = values["thing"]
    if thing and not kind_of(thing, found.store.base):
        raise ParameterError("thing", thing, f"the IRI of a {', '.join(KINDS)}")
    made = decided_on(found, thing) if thing else decided(found, values["kind"])
    doubts = found.memory.get("doubts", lambda: deciding.doubts_listed(found.store))
    limit, offset = values["limit"], values["offset"]
    are_doubts = values["show"] == "doubts"
    total = len(doubts) if are_doubts else len(made)
    if are_doubts:
        rows = [of_doubt(found, pair) for pair in doubts[offset : offset + limit]]
    else:
        rows = [of_decision(found, *one) for one in made[offset : offset + limit]]
    if values["format"] == "json":
        facts = {"version": found.version, "total": total, "limit": limit, "offset": offset}
        facts["truncated"] = offset + len(rows) < total
        content = json.dumps({**facts, "results": [data_of(row) for row in rows]}, ensure_ascii=False)
        return Response(content, content_type="application/json")
    return render(
        "identity.html",
        found,
        values=values,
        kinds=KINDS,
        rows=rows,
        total=total,
        doubts=len(doubts),
        limit=limit,
        offset=offset,
    )
