"""HTTP/1.1 with an end: slow and endless requests, and who is told that a client went."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from collegium.server import http1
from collegium.server.http1 import BoundedHttp

HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\n"


class Wire(asyncio.Transport):
    """A connection without a network: what was written, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 1), "sockname": ("127.0.0.1", 8000)})
        self.written, self.writes = b"", 0
        self.is_closed = self.is_ended = self.is_paused = False

    def write(self, data: Any) -> None:
        """Take bytes of the service."""
        self.written += data
        self.writes += 1

    def write_eof(self) -> None:
        """Take the end of them."""
        self.is_ended = True

    def close(self) -> None:
        """Hang up."""
        self.is_closed = True

    def is_closing(self) -> bool:
        """Return whether it hung up."""
        return self.is_closed

    def pause_reading(self) -> None:
        """Hold the client up."""
        self.is_paused = True

    def resume_reading(self) -> None:
        """Let the client go on."""
        self.is_paused = False


class App:
    """An application that reads the body, waits for `may_answer`, answers, and keeps what it saw."""

    def __init__(self) -> None:
        self.headers: list[list[tuple[bytes, bytes]]] = []
        self.may_answer = asyncio.Event()
        self.begins = False
        self.gone = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        while (message := await receive()).get("more_body"):
            pass
        self.headers.append(list(scope["headers"]))
        if self.begins:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
        waits = asyncio.ensure_future(self.may_answer.wait())
        gone = asyncio.ensure_future(receive())
        await asyncio.wait({waits, gone}, return_when=asyncio.FIRST_COMPLETED)
        if gone.done() and message["type"] == "http.request":
            self.gone += 1
            waits.cancel()
            return
        gone.cancel()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})


Play = Callable[[BoundedHttp, Wire, App], Awaitable[None]]


def play(scene: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a scene on a new connection, with little patience."""
    monkeypatch.setattr(http1, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(http1, "_LINGER_S", 0.1)

    async def run() -> None:
        app, wire = App(), Wire()
        config = uvicorn.Config(app, interface="asgi3", ws="none", log_level="critical")
        config.load()
        connection = BoundedHttp(config=config, server_state=ServerState(), app_state={})
        connection.connection_made(wire)
        await scene(connection, wire, app)
        connection.connection_lost(None)
        await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run(), 10))


def refused(wire: Wire) -> dict[str, Any]:
    """Return the one problem document that was written, after which nothing more may come."""
    head, _, body = wire.written.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head and b"Connection: close" in head and wire.is_ended
    document: dict[str, Any] = json.loads(body)
    assert int(head.split()[1]) == document["status"]
    return document


@pytest.mark.parametrize("half", [b"GET / HT", HEAD, HEAD + b"X: "])
def test_a_head_that_does_not_end_is_refused_in_time(half: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: clients that send one letter an hour would take up all connections."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(half)
        for _ in range(15):
            await asyncio.sleep(0.02)
            connection.data_received(b"")
        assert refused(wire)["status"] == 408
        assert wire.is_closed

    play(scene, monkeypatch)


def test_a_connection_on_which_nothing_comes_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a client that connects and is silent would keep its place."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        await asyncio.sleep(0.2)
        assert wire.is_closed and not wire.written

    play(scene, monkeypatch)


def test_a_body_that_comes_too_slowly_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a body of one byte a minute would keep its connection for years."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(HEAD + b"Content-Length: 1000000\r\n\r\n")
        for _ in range(15):
            await asyncio.sleep(0.02)
            connection.data_received(b"x")
        assert refused(wire)["status"] == 408 and wire.is_closed

    play(scene, monkeypatch)


def test_a_body_that_keeps_coming_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a graph could not be written over a slow line, or while we hold the client up."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(HEAD + b"Content-Length: 1000000\r\n\r\n")
        for _ in range(15):
            await asyncio.sleep(0.02)
            connection.data_received(b"x" * 10_000)
        assert not wire.written
        await asyncio.sleep(0.01)
        connection.flow.pause_reading()
        await asyncio.sleep(0.3)
        assert not wire.written and not wire.is_closed

    play(scene, monkeypatch)


def test_a_request_that_is_being_answered_is_not_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a query that takes long would be cut off by the patience for its head."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(HEAD + b"Content-Length: 1\r\n\r\nx")
        await asyncio.sleep(0.3)
        app.may_answer.set()
        await asyncio.sleep(0.01)
        assert wire.written.startswith(b"HTTP/1.1 204") and not wire.is_closed

    play(scene, monkeypatch)


def test_what_follows_a_refused_request_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a second request could hide behind a broken one, or the client lose our answer."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(b"NONSENSE\r\n\r\n")
        connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.02)
        assert refused(wire)["type"] == "/problems/bad-request"
        assert not app.headers and not wire.is_closed  # the client may still be reading
        await asyncio.sleep(0.2)
        assert wire.is_closed

    play(scene, monkeypatch)


def test_an_answer_is_one_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a client would be woken twice for each answer."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        app.may_answer.set()
        connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        await asyncio.sleep(0.02)
        assert wire.written.startswith(b"HTTP/1.1 204 ") and wire.writes == 1 and wire.is_closed

    play(scene, monkeypatch)


def test_nonsense_never_lands_in_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a refusal would stand in the middle of the answer to the request before it."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        app.begins = True
        connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.02)
        connection.data_received(b"NONSENSE\r\n\r\n")
        await asyncio.sleep(0.02)
        assert wire.is_closed and wire.written.count(b"HTTP/1.1") == 1 and app.gone == 1

    play(scene, monkeypatch)


def test_a_trailer_is_no_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: what a proxy looks for in the head could be sent behind the body."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
        connection.data_received(b"X-Forwarded-For: 203.0.113.9\r\n\r\n")
        await asyncio.sleep(0.02)
        assert [name for name, _ in app.headers[0]] == [b"host", b"transfer-encoding"]

    play(scene, monkeypatch)


@pytest.mark.parametrize("requests", [1, 2, 5])
def test_whoever_answers_learns_that_the_client_went(requests: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: of requests sent one behind the other, the first would be worked on for nobody."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        for _ in range(requests):
            connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(0.02)
        assert not wire.is_paused, "the end of the connection would not be seen"
        connection.connection_lost(None)
        await asyncio.sleep(0.02)
        assert app.gone == 1 and len(app.headers) == 1

    play(scene, monkeypatch)


def test_requests_behind_each_other_are_answered_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a client that does not wait for answers would get none."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 40)
        app.may_answer.set()
        await asyncio.sleep(0.1)
        assert wire.written.count(b"HTTP/1.1 204") == 40 and not wire.is_closed

    play(scene, monkeypatch)


def test_requests_without_end_behind_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: one connection could fill the memory with requests."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        for _ in range(10):
            connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 40)
        await asyncio.sleep(0.02)
        assert "behind each other" in refused(wire)["detail"]
        assert not connection.pipeline and len(app.headers) <= 1

    play(scene, monkeypatch)


def test_a_whole_answer_is_one_write_and_the_next_request_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: each answer would wake its client twice, or a client that keeps its connection lose it."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        app.may_answer.set()
        for number in (1, 2):
            connection.data_received(HEAD + b"Content-Length: 0\r\n\r\n")
            await asyncio.sleep(0.05)
            assert wire.writes == number
        assert wire.written.count(b"HTTP/1.1 204 No Content\r\n") == 2 and not wire.is_closed

    play(scene, monkeypatch)


def test_a_connection_that_is_kept_for_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: clients that never hang up would take up all connections."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        app.may_answer.set()
        connection.timeout_keep_alive = 0.2  # type: ignore[assignment]  # seconds, whole ones by its type
        connection.data_received(HEAD + b"Content-Length: 0\r\n\r\n")
        await asyncio.sleep(0.1)
        assert wire.writes == 1 and not wire.is_closed
        await asyncio.sleep(0.3)
        assert wire.writes == 1 and wire.is_closed

    play(scene, monkeypatch)


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"1"), (b"x-y", b"a\r\nb: c")],
        [(b"content-length", b"1"), (b"x\ny", b"a")],
        [(b"content-length", b"2")],
    ],
)
def test_a_head_that_cannot_be_is_not_written(
    headers: list[tuple[bytes, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a value in a header could begin another answer, or an answer be shorter than it says."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        async def broken(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"x"})

        connection.app = broken
        connection.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.05)
        assert b"\r\nb: c" not in wire.written and b"x\ny" not in wire.written
        assert wire.is_closed or b"500 Internal" in wire.written

    play(scene, monkeypatch)
