"""The service as an ASGI application: who is asked, what is read, and what becomes of clients that go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from asgi_calls import Client, call, scope_of
from collegium.graph.errors import QueryStopped
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.asgi import Service
from collegium.server.config import Settings
from collegium.server.protocol import Request
from collegium.server.service import KnowledgeGraph
from collegium.server.sparql import Response, Sparql


class Told(Sparql):
    """The endpoint, with an answer of the test's; it keeps what it was asked."""

    asked: Request
    chunks: tuple[bytes | Exception, ...] = ()
    waits_s = 0.0
    was_stopped = was_closed = False

    async def respond(self, request: Request) -> Response:
        """Return the answer of the test."""
        self.asked = request
        try:
            await asyncio.sleep(self.waits_s)
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        owner = self

        class Closing(Response):
            async def close(self) -> None:
                owner.was_closed = True

        return Closing(200, [("Content-Type", "text/csv")], b"x", self._chunks() if self.chunks else None)

    async def _chunks(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk


@pytest.fixture
def told(app: Flask) -> tuple[Service, Told]:
    """Return a service whose /sparql is the test's. Prevents: a test of the door depends on the engine."""
    service = Service(app, 1)
    real = app.extensions["collegium.sparql"]
    endpoint = Told(real.kg, real.room, real.answers)
    service._sparql = endpoint
    return service, endpoint


def asked(service: Service, client: Client, method: str, target: str, **headers: str) -> Client:
    """Return a client once it is answered."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(asyncio.wait_for(call(service, scope_of(method, target, named), client), 10))


def test_a_request_arrives_as_it_was_sent(told: tuple[Service, Told]) -> None:
    """If it failed: addresses would be decoded twice, or parts of a body lost."""
    service, endpoint = told
    client = asked(service, Client([b"AS", b"K ", b"{}"]), "POST", "/sparql/?a=%2525", Content_Type="a/b")
    request = endpoint.asked
    assert (request.path, request.query, request.body) == ("/sparql/", "a=%2525", b"ASK {}")
    assert (request.asker, request.origin) == ("192.0.2.1", "http://127.0.0.1:8000")
    assert request.headers["content-type"] == "a/b"
    assert client.is_whole and client.answer.body == b"x" and endpoint.was_closed


@pytest.mark.parametrize("host", ['"><script>', "a b", "", "evil/"])
def test_a_host_that_is_none_goes_nowhere(host: str, told: tuple[Service, Told]) -> None:
    """If it failed: a stranger's text would stand in IRIs that others are given."""
    service, endpoint = told
    asked(service, Client(), "GET", "/sparql", Host=host)
    assert endpoint.asked.origin == "http://localhost"


def test_browsers_are_left_to_the_pages(told: tuple[Service, Told]) -> None:
    """If it failed: people who open /sparql would be shown Turtle."""
    service, endpoint = told
    for accept, target, is_ours in (
        ("text/html,*/*;q=0.8", "/sparql", False),
        ("text/html,*/*;q=0.8", "/sparql?query=ASK%7B%7D&format=csv", True),
        ("application/json", "/sparql", True),
    ):
        assert (service._endpoint(scope_of("GET", target, {"Accept": accept})) is endpoint) is is_ours
    assert service._endpoint(scope_of("POST", "/sparql", {"Accept": "text/html"})) is endpoint
    for path in ("/", "/sparqling", "/graphsx", "/sparql/x"):
        assert service._endpoint(scope_of("GET", path)) is None
    assert service._endpoint(scope_of("GET", "/graphs/a")) is service._graphs


def test_everything_else_is_answered_by_the_pages(told: tuple[Service, Told]) -> None:
    """If it failed: the site would be gone once it is served."""
    assert asked(told[0], Client(), "GET", "/livez").answer.status == 200
    assert asked(told[0], Client(), "GET", "/no/such/page").answer.status == 404


def test_only_our_own_proxies_are_believed(service: KnowledgeGraph, settings: Settings) -> None:
    """If it failed: one client could pass for many, and have more than its share."""
    headers = {"x-forwarded-for": "203.0.113.9, 198.51.100.7"}
    scope = scope_of("GET", "/sparql")
    for proxies, address in ((0, "192.0.2.1"), (1, "198.51.100.7"), (2, "203.0.113.9"), (3, "192.0.2.1")):
        found = Service(create_app(replace(settings, proxies=proxies), service), 1)
        assert found._asker(scope, headers) == address


@pytest.mark.parametrize("declared", ["60000", None])
def test_a_body_that_is_too_large_is_answered_before_it_is_read(
    declared: str | None, told: tuple[Service, Told]
) -> None:
    """If it failed: memory would be filled, or the client would see a broken connection instead of why."""
    client = Client([b"x" * 10_000] * 7)
    headers = {} if declared is None else {"Content_Length": declared}
    asked(told[0], client, "POST", "/sparql", **headers)
    answer = client.answer
    assert (answer.status, answer.problem) == (413, "too-large") and client.is_whole
    assert answer.headers["connection"] == "close" and answer.headers["access-control-allow-origin"] == "*"
    assert not client.parts, "what the client still sends has to be taken, or it may never read the answer"


def test_an_answer_in_parts_ends_or_breaks_off(told: tuple[Service, Told]) -> None:
    """If it failed: a part of an answer would look like all of it."""
    service, endpoint = told
    endpoint.chunks = (b"a", b"b")
    client = asked(service, Client(), "GET", "/sparql")
    assert client.is_whole and client.answer.body == b"ab" and endpoint.was_closed
    endpoint.chunks, endpoint.was_closed = (b"a", QueryStopped("over")), False
    client = asked(service, Client(), "GET", "/sparql")
    assert not client.is_whole and client.answer.body == b"a" and endpoint.was_closed


def test_the_work_for_a_client_that_went_is_stopped(told: tuple[Service, Told]) -> None:
    """If it failed: people who press reload would fill the machine."""
    service, endpoint = told
    endpoint.waits_s = 60
    client = asked(service, Client(leaves_after_s=0.05), "GET", "/sparql")
    assert endpoint.was_stopped and not client.sent
    endpoint.waits_s, endpoint.chunks = 0, (b"x",) * 100_000

    class Leaving(Client):
        async def send(self, message: object) -> None:
            await super().send(message)
            await asyncio.sleep(0.001)

    leaving = Leaving(leaves_after_s=0.05)
    asked(service, leaving, "GET", "/sparql")
    assert endpoint.was_closed and not leaving.is_whole and len(leaving.sent) < 1000


def test_a_client_that_goes_while_it_sends_is_no_error(told: tuple[Service, Told]) -> None:
    """If it failed: the log would be full of clients that closed their lid."""

    class Going(Client):
        async def receive(self) -> dict[str, object]:
            return {"type": "http.disconnect"}

    client = asked(told[0], Going(), "POST", "/sparql")
    assert not client.sent


def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    """If it failed: a second service on a store would end without a word, or write into the first one's."""
    Store.open(tmp_path / "store", create=True)
    settings = Settings(store=tmp_path / "store")
    first, second = (Service(create_app(settings), 1) for _ in range(2))

    class Server:
        def __init__(self) -> None:
            self.told: list[str] = []
            self.words = ["lifespan.startup", "lifespan.shutdown"]

        async def receive(self) -> dict[str, str]:
            return {"type": self.words.pop(0)}

        async def send(self, message: dict[str, str]) -> None:
            self.told.append(message["type"])
            if message["type"] == "lifespan.startup.complete" and other.told == []:
                await second({"type": "lifespan"}, other.receive, other.send)  # type: ignore[arg-type]

    one, other = Server(), Server()
    other.told = []
    asyncio.run(first({"type": "lifespan"}, one.receive, one.send))  # type: ignore[arg-type]
    assert one.told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert other.told == ["lifespan.startup.failed"]
    assert second.failed is not None and first.failed is None
