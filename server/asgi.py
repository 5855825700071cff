"""The service for ASGI servers: /sparql and /graphs as they are, everything else through Flask.

These two take no thread while they wait, notice when the client has gone, hold a worker up when the client reads
slowly, and break an answer off when it cannot be whole. A WSGI server lets an application do none of these.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge

from collegium.graph.collector import collect_seldom
from collegium.graph.errors import CollegiumError

from . import dump, graph_store
from .engine_room import EngineRoom
from .negotiation import prefers_html
from .protocol import Request
from .served import ServedEdition
from .service import KnowledgeGraph
from .sparql import Endpoint, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_SPARQL: Final = ("/sparql", "/sparql/")
_UNNOTICED_S: Final = 0.02  # that a client may be gone before anybody looks
_LINGER_S: Final = 2.0  # what a client goes on to send after our answer is thrown away so long


class Service:
    """An ASGI application over the Flask one; made by `server/serving.py`."""

    def __init__(self, app: Flask, threads: int) -> None:
        self.room: EngineRoom = app.extensions["collegium.room"]
        self._graph: KnowledgeGraph = app.extensions["collegium.graph"]
        self._sparql: Endpoint = app.extensions["collegium.sparql"]
        self._graphs: Endpoint = app.extensions["collegium.graphs"]
        self._dump: Endpoint = app.extensions["collegium.dump"]
        self.failed: CollegiumError | None = None  # why the start failed
        self._flask = WSGIMiddleware(cast(WSGIApp, app.wsgi_app), workers=threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            endpoint = self._endpoint(scope)
            if endpoint is None:
                self.room.pool.make_way()
                await self._flask(scope, receive, send)  # type: ignore[arg-type]
            else:
                await self._serve(endpoint, scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.room.attach()
                    await self._read_ahead()
                    collect_seldom()
                except CollegiumError as error:
                    self.failed = error
                    await send({"type": "lifespan.startup.failed"})  # who starts us says why
                    return
            else:
                await self.room.detach()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _read_ahead(self) -> None:
        """Begin with what the first request will wait for: belief as a network, where reading it takes a while."""
        edition = ServedEdition(await asyncio.to_thread(self._graph.edition), self.room)
        if (task := await asyncio.to_thread(edition.wanted_ahead)) is not None:
            self.room.desk.want(task, is_quick=True)

    def _endpoint(self, scope: Scope) -> Endpoint | None:
        path: str = scope["path"]
        if path in _SPARQL:
            is_read = scope["method"] in ("GET", "HEAD")
            return None if is_read and _is_browser(scope) else self._sparql
        if path == dump.PATH:
            return self._dump
        is_graph = path == graph_store.PATH or path.startswith(f"{graph_store.PATH}/")
        return self._graphs if is_graph else None

    async def _serve(self, endpoint: Endpoint, scope: Scope, receive: Receive, send: Send) -> None:
        settings, request = self.room.settings, self._request(scope)
        try:
            if _has_body(request):
                may_write = endpoint.may_write(request)
                most = (
                    max(settings.request_bytes, settings.update_bytes)
                    if may_write
                    else settings.request_bytes
                )
                request = replace(request, body=await _body(scope, receive, most))
        except RequestEntityTooLarge as error:
            response = endpoint.refuse(error, request)
            response.headers.append(("Connection", "close"))
            await _send_over(response, receive, send)
        except ConnectionError:
            return
        else:
            lookout = _Lookout(receive)
            try:
                found = await lookout.unless_gone(endpoint.respond(request))
                await _send(found, receive, send)
            except asyncio.CancelledError:
                if not lookout.has_cancelled:
                    raise

    def _request(self, scope: Scope) -> Request:
        """The request as far as its head says it."""
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        root: str = scope.get("root_path", "")
        return Request(
            scope["method"],
            scope["raw_path"].decode("latin-1") if scope.get("raw_path") else quote(scope["path"]),
            scope["query_string"].decode("latin-1"),
            headers,
            asker=self._asker(scope, headers),
            root=root,
            origin=f"{scope.get('scheme', 'http')}://{_host(headers)}",
        )

    def _asker(self, scope: Scope, headers: dict[str, str]) -> str:
        """The address that a request comes from; of what proxies say only what ours wrote is believed."""
        proxies = self.room.settings.proxies
        written = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
        if proxies and len(written) >= proxies:
            return written[-proxies]
        client = scope.get("client")
        return client[0] if client else ""


async def _body(scope: Scope, receive: Receive, most: int) -> bytes:
    """Return the body of a request, of at most so many bytes.

    Raises:
        RequestEntityTooLarge: found out before it was read, where the client says its length.
        ConnectionError: the client went.
    """
    said = next((v for n, v in scope["headers"] if n.lower() == b"content-length"), b"0")
    error = RequestEntityTooLarge(f"found a body that is too large, at most {most:,} bytes are read")
    if said.isdigit() and int(said) > most:
        raise error
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise error
        if not message.get("more_body"):
            return b"".join(parts)


def _has_body(request: Request) -> bool:
    """Whether a body may follow: with HTTP/2 no header need say so."""
    told = "content-length" in request.headers or "transfer-encoding" in request.headers
    return told or request.method not in ("GET", "HEAD")


def _is_browser(scope: Scope) -> bool:
    accept = next((v for n, v in scope["headers"] if n.lower() == b"accept"), b"").decode("latin-1")
    return "text/html" in accept and b"format=" not in scope["query_string"] and prefers_html(accept)


def _host(headers: dict[str, str]) -> str:
    """The host that was asked, if it looks like one: it goes into IRIs."""
    host = headers.get("host", "")
    return host if host and all(c.isalnum() or c in ".-:[]_" for c in host) else "localhost"


class _Lookout:
    """Cancels the task that works on an answer when the client goes before it is there.

    It begins late: most answers are there before anybody could go.
    """

    def __init__(self, receive: Receive) -> None:
        self.has_cancelled = False
        self._receive = receive
        self._task: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def unless_gone(self, work: Awaitable[Response]) -> Response:
        """Return the answer. Raises: asyncio.CancelledError: the client went (`has_cancelled`), or we are stopped."""
        self._task = asyncio.current_task()
        alarm = asyncio.get_running_loop().call_later(_UNNOTICED_S, self._begin)
        try:
            return await work
        finally:
            self._task = None
            alarm.cancel()
            if self._looking is not None:
                self._looking.cancel()

    def _begin(self) -> None:
        self._looking = asyncio.ensure_future(_disconnected(self._receive))
        self._looking.add_done_callback(self._stop)

    def _stop(self, looking: asyncio.Task[None]) -> None:
        if self._task is not None and not looking.cancelled():
            self.has_cancelled = True
            self._task.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(response: Response, receive: Receive, send: Send) -> None:
    """Send an answer. When it cannot be whole, return in the middle: the server then closes the connection."""
    if response.chunks is None:
        await response.close()  # first: a client that reads slowly holds nobody up
        await send(_start_of(response))
        await send({"type": "http.response.body", "body": response.body})
        return
    gone = asyncio.ensure_future(_disconnected(receive))
    try:
        await send(_start_of(response))
        async for chunk in response.chunks:
            if gone.done():
                return
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except CollegiumError:
        return
    finally:
        gone.cancel()
        await response.close()
    await send({"type": "http.response.body", "body": b""})


async def _send_over(response: Response, receive: Receive, send: Send) -> None:
    """Send an answer to a client that is still sending: it reads ours once it stops, and loses it if we hang up."""
    await send(_start_of(response))
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_S):
            while (message := await receive())["type"] != "http.disconnect" and message.get("more_body"):
                pass
    await send({"type": "http.response.body", "body": b""})


def _start_of(response: Response) -> MutableMapping[str, Any]:
    headers = [*map(_encoded, response.headers)]
    return {"type": "http.response.start", "status": response.status, "headers": headers}


@lru_cache(maxsize=1024)
def _encoded(header: tuple[str, str]) -> tuple[bytes, bytes]:
    return header[0].lower().encode("latin-1"), header[1].encode("latin-1")
