"""Requests to an ASGI application, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from collegium.server.asgi import Receive, Scope, Send, Service
from served import Answer


def scope_of(method: str, target: str, headers: Mapping[str, str] | None = None) -> Scope:
    """Return the scope of a request as uvicorn makes it."""
    path, _, query = target.partition("?")
    sent = {"Host": "127.0.0.1:8000", **(headers or {})}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
        "client": ("192.0.2.1", 50_000),
        "server": ("127.0.0.1", 8000),
    }


class Client:
    """The other end of one request: `parts` of a body that it sends, and what it was sent.

    After the last part it goes on listening; with `leaves_after_s` it hangs up then.
    """

    def __init__(self, parts: Sequence[bytes] = (b"",), leaves_after_s: float | None = None) -> None:
        self.parts, self.leaves_after_s = list(parts), leaves_after_s
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        """Return the next message of the client."""
        if self.parts:
            body = self.parts.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self.parts)}
        if self.leaves_after_s is None:
            await asyncio.Event().wait()
        else:
            await asyncio.sleep(self.leaves_after_s)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        """Take a message of the application."""
        self.sent.append(dict(message))

    @property
    def is_whole(self) -> bool:
        """Whether the answer was ended."""
        last = self.sent[-1] if self.sent else {}
        return last.get("type") == "http.response.body" and not last.get("more_body")

    @property
    def answer(self) -> Answer:
        """What came, as an answer."""
        headers = {name.decode(): value.decode("latin-1") for name, value in self.sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in self.sent[1:])
        return Answer(self.sent[0]["status"], headers, body)


async def call(service: Service, scope: Scope, client: Client) -> Client:
    """Let a client ask, and return it once the application is done."""
    receive: Receive = client.receive
    send: Send = client.send
    await service(scope, receive, send)
    return client
