"""How an answer goes out over HTTP/1.1: in one write where it is whole, for each write wakes the client up."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle


@lru_cache(maxsize=1024)
def _line(header: tuple[bytes, bytes]) -> bytes:
    """Return the line of a header; nothing where the parent must look at it: it ends the connection, or is none."""
    line = b"%b: %b\r\n" % header
    is_plain = line.count(b"\n") == line.count(b"\r") == 1 and b"\0" not in line
    return line if is_plain and header[0] != b"connection" else b""


class Cycle(RequestResponseCycle):
    """One request and its answer. The head of the answer waits for the body."""

    transport: Any  # for a moment `_Gathered`
    _head: Any = None

    async def send(self, message: Any) -> None:
        """Send a part of the answer. Called by the application."""
        if message["type"] == "http.response.start" and self._head is None:
            self._head = message
            return
        if (head := self._head) is None:
            await self._go_on(message)
            return
        self._head = None
        if (whole := self._whole(head, message)) is not None:
            self.response_started = self.response_complete = True
            self.message_event.set()
            self.transport.write(whole)
            self.on_response()
            return
        transport, gathered = self.transport, _Gathered()
        self.transport = gathered
        try:
            await super().send(head)
            await super().send(message)
        finally:
            self.transport = transport
            gathered.pass_on(transport)

    def _whole(self, head: Any, message: Any) -> bytes | None:
        """Return an answer of one piece as bytes; None where there is more to it than to write it."""
        body = message.get("body", b"")
        if (
            message.get("more_body")
            or self.access_log
            or not self.keep_alive
            or self.disconnected
            or self.flow.write_paused
            or self.scope["method"] == "HEAD"
        ):
            return None
        headers = [*self.default_headers, *head["headers"]]
        lines = [*map(_line, headers)]
        if b"" in lines or (b"content-length", b"%d" % len(body)) not in headers:
            return None
        return b"".join((STATUS_LINE[head["status"]], *lines, b"\r\n", body))

    async def _go_on(self, message: Any) -> None:
        """Send a part of the body. Of a long answer, as it is: the parent would copy it to put its length before it."""
        body = message.get("body")
        if (
            not (self.chunked_encoding and body and message.get("more_body"))
            or self.scope["method"] == "HEAD"
        ):
            await super().send(message)
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if not self.disconnected:
            self.transport.writelines((b"%x\r\n" % len(body), body, b"\r\n"))


class _Gathered:
    """Stands in for a transport, and passes on in one write what it was given."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._is_closing = False

    def write(self, data: bytes) -> None:
        """Take a part."""
        self._parts.append(data)

    def close(self) -> None:
        """Close once all is written."""
        self._is_closing = True

    def pass_on(self, transport: asyncio.Transport) -> None:
        """Do with a transport what was done here."""
        if self._parts:
            transport.write(b"".join(self._parts))
        if self._is_closing:
            transport.close()
