"""HTTP/1.1 with an end: slow and endless requests, and who is told that a client went."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from collegium.server.http1 import BoundedHttp
from http1_scenes import HEAD, App, Wire, play


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
