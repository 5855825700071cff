"""/sparql and /graphs as Flask views, for the pages that stand there and for servers that speak WSGI only.

`server/asgi.py` serves the same endpoints without a thread each; behind a WSGI server an answer that had begun and
cannot be whole breaks off only if that server closes the connection when an iterator raises.
"""

from __future__ import annotations

import weakref
from collections.abc import AsyncIterator, Iterator
from typing import Final
from urllib.parse import quote, urlsplit

from flask import Flask, current_app, redirect, request, url_for
from flask import Response as FlaskResponse

from .config import Settings
from .dump import Dump
from .engine_room import EngineRoom
from .graph_store import GraphStore
from .hooks import edition
from .kept import Answers
from .negotiation import prefers_html
from .protocol import Request
from .query_page import answered, query_page
from .service import KnowledgeGraph
from .sparql import Endpoint, Response, Sparql

EVERY: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def install(app: Flask, kg: KnowledgeGraph, settings: Settings) -> None:
    """Give an app its engine room, and the endpoints over it."""
    answers: Answers = app.extensions["collegium.answers"]
    room = EngineRoom(settings, kg.store.path)
    app.extensions["collegium.room"] = room
    app.extensions["collegium.sparql"] = Sparql(kg, room, answers)
    app.extensions["collegium.graphs"] = GraphStore(kg, room, answers)
    app.extensions["collegium.dump"] = Dump(kg, room, answers)
    weakref.finalize(app, room.close)


def sparql() -> FlaskResponse:
    """Return the answer to a SPARQL request; for a browser, the page of queries."""
    if request.method in ("GET", "HEAD") and prefers_html(request.headers.get("Accept")):
        if not request.args:
            response = redirect(url_for("query_page"), 303)
            response.headers["Vary"] = "Accept"
            return FlaskResponse(response.get_data(), 303, response.headers)
        if not request.args.get("format") and len(request.args.getlist("query")) == 1:
            text = request.args["query"]
            return query_page(edition(), text, answered(edition(), text))
    return _served("collegium.sparql")


def graphs(name: str = "") -> FlaskResponse:
    """Return the answer to a request for a graph."""
    return _served("collegium.graphs")


def dump() -> FlaskResponse:
    """Return the whole store as a file."""
    return _served("collegium.dump")


def _served(name: str) -> FlaskResponse:
    endpoint: Endpoint = current_app.extensions[name]
    room = endpoint.room
    found = room.run(endpoint.respond(_request()))
    if found.chunks is None:
        room.run(found.close())
        response = FlaskResponse(found.body, found.status)
    else:
        response = FlaskResponse(_sent(room, found, found.chunks), found.status)
    response.headers.clear()
    response.headers.extend(found.headers)
    return response


def _request() -> Request:
    environ = request.environ
    return Request(
        request.method,
        _path_of(environ.get("REQUEST_URI") or environ.get("RAW_URI", "")) or quote(request.path),
        environ.get("QUERY_STRING", ""),
        {name.lower(): value for name, value in request.headers},
        request.get_data(parse_form_data=False),
        request.remote_addr or "",
        request.script_root,
        request.host_url.rstrip("/").removesuffix(request.script_root),
    )


def _path_of(address: str) -> str:
    """Return the path of an address as it was sent, which WSGI itself gives decoded only."""
    return urlsplit(address).path.removeprefix(request.script_root)


def _sent(room: EngineRoom, found: Response, chunks: AsyncIterator[bytes | bytearray]) -> Iterator[bytes]:
    """Yield an answer as it comes, and close it. Raises: CollegiumError: it broke off."""

    async def following() -> bytes | None:
        chunk = await anext(chunks, None)
        return None if chunk is None else bytes(chunk)

    try:
        while (chunk := room.run(following())) is not None:
            yield chunk
    finally:
        room.run(found.close())
