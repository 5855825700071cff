"""The same endpoints behind a WSGI server: addresses as they were sent, answers in parts, and breaking off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from collegium.graph.errors import AnswerTooLarge
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.protocol import Request
from collegium.server.service import KnowledgeGraph
from collegium.server.sparql import Response
from collegium.server.wsgi import EVERY

LARGE = f'SELECT ?a ?x {{ VALUES ?a {{ 1 2 3 4 5 6 7 8 9 }} BIND("{"x" * 60_000}" AS ?x) }}'


@pytest.fixture
def small() -> Iterator[Flask]:
    """Return an application over an empty store that gives out little. Prevents: a cap that no test reaches."""
    app = create_app(Settings(answer_rows=5), KnowledgeGraph(Store.memory()))
    yield app
    app.extensions["collegium.room"].close()


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Return what /graphs was asked, kept by a stand-in. Prevents: a test of the door depends on the engine."""
    kept: list[Request] = []

    async def respond(request: Request) -> Response:
        kept.append(request)
        return Response(200, [("Content-Type", "text/csv")], b"x")

    monkeypatch.setattr(app.extensions["collegium.graphs"], "respond", respond)
    return kept


@pytest.mark.parametrize("path", ["/graphs/a%20b", "/graphs/a%2Fb", "/graphs/%C3%A9", "/graphs/a+b"])
def test_a_path_arrives_as_it_was_sent(path: str, app: Flask, asked: list[Request]) -> None:
    """If it failed: behind WSGI a graph would have another name than behind ASGI."""
    app.test_client().get(f"{path}?x=%2525")
    assert (asked[0].path, asked[0].query, asked[0].root) == (path, "x=%2525", "")


def test_a_service_below_a_path_knows_it(app: Flask, asked: list[Request]) -> None:
    """If it failed: behind a proxy that mounts us below a path, graphs would have other names."""
    app.test_client().get("/graphs/a%20b", base_url="http://example.org/under/")
    request = asked[0]
    assert (request.path, request.root, request.origin) == ("/graphs/a%20b", "/under", "http://example.org")


def test_without_the_servers_word_the_path_is_written_anew(app: Flask, asked: list[Request]) -> None:
    """If it failed: a server that does not say what was sent would lead to names with spaces in them."""

    def bare(environ: dict[str, Any], start: Any) -> Any:
        return app.wsgi_app({n: v for n, v in environ.items() if n not in ("REQUEST_URI", "RAW_URI")}, start)

    Client(bare).get("/graphs/a%20b")
    assert asked[0].path == "/graphs/a%20b"


@pytest.mark.parametrize("method", EVERY)
def test_every_method_reaches_the_endpoint(method: str, app: Flask, asked: list[Request]) -> None:
    """If it failed: Flask would answer a method itself, without our headers."""
    app.test_client().open("/graphs?default", method=method)
    assert asked[0].method == method


def test_a_large_answer_comes_in_parts(small: Flask) -> None:
    """If it failed: it would be held in memory, whole, by the web process."""
    answer = small.test_client().post(
        "/sparql", data=LARGE + " LIMIT 5", content_type="application/sparql-query", buffered=False
    )
    parts = list(answer.response)
    assert len(parts) > 1 and len(b"".join(map(bytes, parts))) > 300_000  # type: ignore[arg-type]


def test_a_large_answer_that_is_cut_raises(small: Flask) -> None:
    """If it failed: the server would end the answer in good order, and a part would look like all of it."""
    answer = small.test_client().post("/sparql", data=LARGE, content_type="application/sparql-query")
    with pytest.raises(AnswerTooLarge):
        _ = answer.data
