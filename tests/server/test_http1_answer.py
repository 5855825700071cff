"""Answers over HTTP/1.1: in one write, never with a head that cannot be; and how long the next request is awaited."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collegium.server.http1 import BoundedHttp
from http1_scenes import HEAD, App, Wire, play


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
        monkeypatch.setattr(connection, "timeout_keep_alive", 0.2)
        connection.data_received(HEAD + b"Content-Length: 0\r\n\r\n")
        await asyncio.sleep(0.1)
        assert wire.writes == 1 and not wire.is_closed
        await asyncio.sleep(0.3)
        assert wire.writes == 1 and wire.is_closed

    play(scene, monkeypatch)


def test_a_slow_head_is_refused_also_behind_a_whole_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: whoever sends half a head behind a request would keep the connection."""

    async def scene(connection: BoundedHttp, wire: Wire, app: App) -> None:
        app.may_answer.set()
        connection.timeout_keep_alive = 5
        connection.data_received(HEAD + b"Content-Length: 0\r\n\r\n" + HEAD)
        await asyncio.sleep(0.05)
        assert wire.written.startswith(b"HTTP/1.1 204") and not wire.is_closed
        await asyncio.sleep(0.3)
        assert b"HTTP/1.1 408" in wire.written and wire.is_closed

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
