"""The query page and the answer on it: a table, a yes or no, or a graph as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from flask import Response, render_template, request

from collegium.graph.errors import CollegiumError, ParameterError
from collegium.graph.vocabulary import PREFIXES
from collegium.queries.catalogue import CATALOGUE
from collegium.queries.run import Answer, answer_stranger

from .editions import Edition
from .problems import row_of

MOST_ROWS: Final = 1000  # of an answer on a page; the raw forms give all
# Local names of XSD datatypes.
_NUMBERS: Final = frozenset({"integer", "decimal", "double", "float"})
# A date, also one that a query gives as a string: it is not broken across lines.
_DATE: Final = re.compile(r"-?\d{4}-\d\d(-\d\d(T\S{1,20})?)?")
_MOST_TEXT: Final = 200_000  # bytes of a graph shown as text
_START: Final = """# Who wrote most papers here?
SELECT ?author ?name (COUNT(?paper) AS ?papers) WHERE {
  ?paper a soa:Work ; dcterms:creator ?author .
  ?author foaf:name ?name .
}
GROUP BY ?author ?name
ORDER BY DESC(?papers) ?name
LIMIT 20
"""


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
    """Return the answer to a stranger's query as the page shows it; a refusal is an answer too."""
    try:
        found = answer_stranger(
            edition.engine, query, base_iri=edition.base, at_most=MOST_ROWS + 1, search=edition.matches
        )
        return shown(edition, found)
    except (CollegiumError, ParameterError) as error:
        row = row_of(error)
        return Shown(problem={"title": row.title, "detail": error.message})


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
        return Cell(_shortened(term.value), link=term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.rpartition("#")[2]
        return Cell(
            term.value, is_number=datatype in _NUMBERS, is_date=_DATE.fullmatch(term.value) is not None
        )
    return Cell("" if term is None else str(term))


def _shortened(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) :].replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def query_page(edition: Edition, text: str | None, answer: Shown | None, *, part: bool = False) -> Response:
    """Return the query page, or only the answer on it."""
    context = {
        "version": edition.version,
        "text": _START if text is None else text,
        "answer": answer,
        "prefixes": PREFIXES,
        "queries": sorted(CATALOGUE.values(), key=lambda query: query.title),
    }
    page = render_template("answer_part.html" if part else "query.html", **context)
    return Response(page, content_type="text/html; charset=utf-8")
