"""Every error as an answer: RFC 9457 problem details, or a page for a browser.

`PROBLEMS` is the one table. A class without a row of its own is answered by the row of its nearest parent; a test asks
that every class of `graph/errors.py` has its own.
"""

from __future__ import annotations

from typing import Any

from flask import Response, json, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from collegium.graph import errors

from .negotiation import prefers_html
from .problem_table import PROBLEMS, Row, TokenNeeded, UpdatesOff

__all__ = [
    "PROBLEMS",
    "Row",
    "TokenNeeded",
    "UpdatesOff",
    "document_of",
    "headers_of",
    "problem",
    "row_of",
    "status_of",
]


def row_of(error: BaseException) -> Row:
    """Return the row of `error`: of its class, or of the nearest parent that has one."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


def status_of(error: errors.CollegiumError | HTTPException) -> int:
    """Return the status of the answer to a request that ended in `error`."""
    if isinstance(error, HTTPException) and type(error) not in PROBLEMS and error.code:
        return error.code
    return row_of(error).status


def document_of(error: errors.CollegiumError | HTTPException, root: str, instance: str) -> dict[str, Any]:
    """Return the problem details of an error.

    Args:
        root: what addresses of this service begin with, without the slash.
        instance: the address that was asked.
    Source: RFC 9457
    """
    row = row_of(error)
    return {
        "type": f"{root}/problems/{row.slug}",
        "title": row.title,
        "status": status_of(error),
        "detail": _detail(error),
        "instance": instance,
        **_facts(error),
    }


def headers_of(error: errors.CollegiumError | HTTPException) -> dict[str, str]:
    """Return the headers that an answer to `error` has."""
    status, found = status_of(error), {"Vary": "Accept"}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        found["Allow"] = ", ".join(sorted(error.valid_methods))
    if status in (429, 503):
        found["Retry-After"] = "2"
    if status == 401:
        found["WWW-Authenticate"] = 'Bearer realm="Collegium"'
    return found


def problem(error: errors.CollegiumError | HTTPException) -> Response:
    """Return the answer to a request that ended in `error`: a page for browsers, problem details for others."""
    has_address = request_ctx.url_adapter is not None  # a Host header that is none leaves us without
    root = request.script_root if has_address else ""
    document = document_of(error, root, request.full_path.rstrip("?"))
    if isinstance(error, errors.UnknownName) and error.found in (request.view_args or {}).values():
        document["status"] = 404  # the unknown name is a part of the address itself
    is_page = has_address and prefers_html(request.headers.get("Accept"))
    response = _page(document) if is_page else _document(document)
    response.status_code = document["status"]
    response.headers.update(headers_of(error))
    return response


def _document(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document), content_type="application/problem+json")


def _page(document: dict[str, Any]) -> Response:
    return Response(
        render_template("problem.html", problem=document), content_type="text/html; charset=utf-8"
    )


def _detail(error: errors.CollegiumError | HTTPException) -> str:
    if isinstance(error, errors.StoreError):
        return error.reason  # the path of the store is nobody's business
    if isinstance(error, errors.CollegiumError):
        return error.message
    if isinstance(error, InternalServerError):
        return "the service made an error; it has been logged"
    return str(error.description or error.name)


def _facts(error: errors.CollegiumError | HTTPException) -> dict[str, Any]:
    """Return what is known beyond the text, by the members that `docs/reference/http.md` lists."""
    match error:
        case errors.ParameterError():
            return {"parameter": error.parameter, "found": error.found, "expected": error.expected}
        case errors.AmbiguousName():
            return {"found": error.found, "candidates": list(error.candidates)}
        case errors.NotFound():
            return {"kind": error.kind, "found": error.found}
        case errors.QueryError() if error.line is not None:
            return {"line": error.line, "column": error.column}
        case _:
            return {}
