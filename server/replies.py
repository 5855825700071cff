"""Results as HTTP answers: one table or document in the form that was chosen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import Response, json, request
from pyoxigraph import Triple

from collegium.queries.resultset import boolean_of, statements_of
from collegium.queries.run import Answer

from .endpoints import Document, Plot, Table
from .entities import serialised
from .negotiation import GRAPHS, Choice

_DIALECTS: Final[Mapping[str, Any]] = {
    "csv": {"delimiter": ",", "lineterminator": "\r\n"},
    "tsv": {"delimiter": "\t", "lineterminator": "\n"},
}


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it; numbers stay numbers, dates become ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def document_reply(document: Document, choice: Choice) -> Response:
    """Return a document as JSON."""
    return Response(json.dumps(plain(document), sort_keys=False), content_type=choice.content_type)


def table_reply(table: Table, choice: Choice) -> Response:
    """Return a table as JSON, CSV or TSV; says in headers what CSV has no place for."""
    if choice.form.name in _DIALECTS:
        response = Response(_separated(table, choice.form.name), content_type=choice.content_type)
    else:
        response = document_reply(table.to_document(), choice)
    if table.total is not None:
        response.headers["X-Collegium-Total"] = str(table.total)
    return paged(response, table.truncated, table.limit, table.offset)


def plot_reply(plot: Plot, choice: Choice) -> Response:
    """Return a picture under the policy that it needs."""
    response = Response(plot.svg, content_type=f"{choice.content_type}; charset=utf-8")
    response.headers["Content-Security-Policy"] = plot.policy
    return response


def answer_reply(answer: Answer, choice: Choice) -> Response:
    """Return the answer to a query, written by the engine; a table that is asked for in RDF, as a result set."""
    if choice.form in GRAPHS and not answer.is_graph:
        body = serialised(_result_set(answer), choice.form.media_type)
    else:
        body = answer.serialize(choice.form.media_type)
    response = Response(body, content_type=choice.content_type)
    limit, offset = answer.question.at_most, answer.question.offset
    return response if limit is None else paged(response, answer.truncated, limit, offset)


def _result_set(answer: Answer) -> Iterator[Triple]:
    if answer.form == "ASK":
        return boolean_of(bool(answer.boolean))
    return statements_of(answer.variables, answer.terms())


def paged(response: Response, is_truncated: bool, limit: int, offset: int) -> Response:
    """Say in headers whether the answer was cut, and where the pages beside it are: every form has room there."""
    response.headers["X-Collegium-Truncated"] = "true" if is_truncated else "false"
    neighbours = {}
    if offset > 0:
        neighbours["prev"] = max(0, offset - limit)
    if is_truncated:
        neighbours["next"] = offset + limit
    links = [f'<{address_of_this(offset=at)}>; rel="{relation}"' for relation, at in neighbours.items()]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


def _separated(table: Table, name: str) -> str:
    """Return the rows with a heading line; lists are joined by "; ", tabs and line ends in TSV become spaces."""
    out = io.StringIO()
    writer = csv.writer(out, **_DIALECTS[name])
    writer.writerow(table.columns)
    for row in table.rows:
        cells = [_cell(plain(row.get(column))) for column in table.columns]
        writer.writerow(
            [" ".join(c.split()) if isinstance(c, str) else c for c in cells] if name == "tsv" else cells
        )
    return out.getvalue()


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "; ".join(str(_cell(inner)) for inner in value)
        case dict():
            return value.get("id", json.dumps(value))
        case _:
            return value


def address_of_this(**changed: Any) -> str:
    """Return the address of this request with some parameters changed; None takes one out."""
    arguments = {name: values for name, values in request.args.lists() if name not in changed}
    arguments.update({name: [value] for name, value in changed.items() if value is not None})
    query = urlencode(arguments, doseq=True)
    path = quote(request.script_root + request.path, safe="/-._~!$&'()*+,;=:@")  # headers hold ASCII only
    return path + (f"?{query}" if query else "")
