"""Connections without a network, to play what clients do to `server/http1.py`."""

from __future__ import annotations

import asyncio
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
