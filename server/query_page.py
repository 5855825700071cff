"""The query page and the answer on it: a table, a yes or no, or a graph as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from flask import Response, current_app, render_template, request

from collegium.graph.errors import CollegiumError, ParameterError
from collegium.graph.vocabulary import PREFIXES, shortened
from collegium.queries.catalogue import CATALOGUE
from collegium.queries.run import Answer

from .editions import Edition
from .engine_room import EngineRoom
from .problems import row_of
from .results import results_of

MOST_ROWS: Final = 1000  # of an answer on a page; the raw forms give all
# Local names of XSD datatypes.
_NUMBERS: Final = frozenset({"integer", "decimal", "double", "float"})
# A date, also one that a query gives as a string: it is not broken across lines.
_DATE: Final = re.compile(r"-?\d{4}-\d\d(-\d\d(T\S{1,20})?)?")
_MOST_TEXT: Final = 200_000  # bytes of a graph shown as text
_READ_HERE: Final = "application/sparql-results+json, text/turtle;q=0.9"
_START: Final = """# Who wrote most papers here?
SELECT ?author ?name (COUNT(?paper) AS ?papers) WHERE {
  ?paper a soa:Work ; dcterms:creator ?author .
  ?author foaf:name ?name .
}
GROUP BY ?author ?name
ORDER BY DESC(?papers) ?name
LIMIT 20"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a result table; `here` is its page when it is a thing of ours, `link` any other address."""

    text: str
    here: str | None = None
    link: str | None = None
    is_number: bool = False
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it: one of table, `boolean`, `text` and `problem`."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    truncated: bool = False
    boolean: bool | None = None
    text: str | None = None
    problem: dict[str, Any] | None = None


def answered(edition: Edition, query: str) -> Shown:
    """Return the answer to a stranger's query as the page shows it; a refusal is an answer too.

    The query runs in a worker; what comes back is read here, as the text that it is.
    """
    room: EngineRoom = current_app.extensions["collegium.room"]
    try:
        head, body = room.answer(
            edition, query, request.remote_addr or "", accept=_READ_HERE, at_most=MOST_ROWS
        )
        return _shown(edition, head, body)
    except (CollegiumError, ParameterError) as error:
        row = row_of(error)
        return Shown(problem={"title": row.title, "detail": error.message})


def _shown(edition: Edition, head: dict[str, Any], body: bytes) -> Shown:
    """Return what a worker answered as the page shows it."""
    if head["form"] in ("CONSTRUCT", "DESCRIBE"):
        return Shown(text=body[:_MOST_TEXT].decode("utf-8", "ignore"), truncated=len(body) > _MOST_TEXT)
    found = results_of(head, body)
    if found.form == "ASK":
        return Shown(boolean=found.rows == ((ox.Literal(True),),))
    rows = tuple(tuple(cell(edition, term) for term in row) for row in found.rows)
    return Shown(found.variables, rows, len(rows), found.truncated)


def shown(edition: Edition, found: Answer, most: int = MOST_ROWS) -> Shown:
    """Return an answer as the page shows it. Raises: QueryError."""
    if found.is_graph:
        text = found.serialize("ttl")
        return Shown(text=text[:_MOST_TEXT].decode("utf-8", "ignore"), truncated=len(text) > _MOST_TEXT)
    if found.form == "ASK":
        return Shown(boolean=found.boolean)
    rows = []
    for terms in found.terms():
        rows.append(tuple(cell(edition, term) for term in terms))
        if len(rows) > most:
            break
    return Shown(found.variables, tuple(rows[:most]), min(len(rows), most), len(rows) > most)


def cell(edition: Edition, term: object) -> Cell:
    """Return a term as a cell: things of ours link to their pages here, other IRIs to where they point."""
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(edition.base):
            local = term.value[len(edition.base) :]
            return Cell(local or term.value, here=f"{request.script_root}/{local}")
        return Cell(shortened(term.value), link=term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.rpartition("#")[2]
        return Cell(
            term.value, is_number=datatype in _NUMBERS, is_date=_DATE.fullmatch(term.value) is not None
        )
    return Cell("" if term is None else str(term))


def query_page(
    edition: Edition, text: str | None, answer: Shown | None = None, *, example: str | None = None
) -> Response:
    """Return the query page, with an answer to be read without script; `example` names the query it begins with.

    Without an answer, a text that is not an example is run by the page itself as soon as its script is there.
    """
    is_asked = text is not None and text.strip() != "" and example is None
    context = {
        "version": edition.version,
        "base": edition.base,
        "text": _START if text is None else text.rstrip("\n"),
        "answer": answer,
        "example": example,
        "start": "answered" if answer else "run" if is_asked else "",
        "prefixes": PREFIXES,
        "queries": sorted(CATALOGUE.values(), key=lambda query: query.title),
    }
    return Response(render_template("query.html", **context), content_type="text/html; charset=utf-8")
