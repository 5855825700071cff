"""The endpoints /sparql and /graphs, for every server: a request in, an answer out.

The web process asks no engine here: queries go to the workers, changes to the writer.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import json
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_etags

from collegium.graph.errors import CollegiumError

from . import protocol
from .editions import Edition
from .engine_room import EngineRoom
from .entities import serialised
from .hooks import ALLOWED_HEADERS, ALWAYS
from .kept import Answers, Headers, tag_of
from .negotiation import GRAPHS, choose
from .problems import TokenNeeded, UpdatesOff, document_of, headers_of, status_of
from .protocol import Asked, Ordered, Request
from .service import KnowledgeGraph
from .service_description import service_description
from .tokens import check_token
from .workers.pool import Reply
from .workers.question import Question


@dataclass(slots=True)
class Response:
    """An answer: the body whole, or in `chunks`, which raise when it breaks off. Close it in any case."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    chunks: AsyncIterator[bytes | bytearray] | None = None
    _reply: Reply | None = None

    async def close(self) -> None:
        """Be done with it."""
        if self._reply is not None:
            await self._reply.close()


_OF_304: Final = ("ETag", "Cache-Control", "Vary", "X-Collegium-Version")


class Endpoint(ABC):
    """What /sparql and /graphs share: version, cache, token, errors, headers. Each has its `_answer`."""

    methods: tuple[str, ...] = protocol.METHODS

    def __init__(self, kg: KnowledgeGraph, room: EngineRoom, answers: Answers) -> None:
        self.kg, self.room, self.answers = kg, room, answers
        self.settings = room.settings

    async def respond(self, request: Request) -> Response:
        """Return the answer to a request; every error of ours becomes one."""
        if request.method == "OPTIONS":
            return self._preflight()
        version: int | None = None
        try:
            edition = self.kg.edition()
            version = edition.version
            response = await self._answer(request, edition)
        except (CollegiumError, HTTPException) as error:
            return self.refuse(error, request, version)
        if response.status == 200 and request.method in ("GET", "HEAD") and _holds_any(request.headers):
            await response.close()
            response = Response(304, [header for header in response.headers if header[0] in _OF_304])
        if version is not None and not any(name == "X-Collegium-Version" for name, _ in response.headers):
            response.headers.append(("X-Collegium-Version", str(version)))
        _complete(response)
        if request.method == "HEAD":
            await response.close()
            response.body, response.chunks = b"", None
        return response

    def refuse(
        self, error: CollegiumError | HTTPException, request: Request, version: int | None = None
    ) -> Response:
        """Return the answer to a request that ended in an error."""
        document = document_of(error, request.root, request.address)
        response = Response(
            status_of(error),
            [
                ("Content-Type", "application/problem+json"),
                ("Cache-Control", "no-store"),
                *headers_of(error).items(),
            ],
            json.dumps(document).encode("utf-8", "replace"),
        )
        if version is not None:
            response.headers.append(("X-Collegium-Version", str(version)))
        _complete(response)
        if request.method == "HEAD":
            response.body = b""
        return response

    @abstractmethod
    async def _answer(self, request: Request, edition: Edition) -> Response:
        """Return the answer; its errors are told by `respond`. Raises: CollegiumError, HTTPException."""

    def _preflight(self) -> Response:
        methods = ", ".join(self.methods)
        headers = [
            ("Allow", methods),
            ("Access-Control-Allow-Methods", methods),
            ("Access-Control-Allow-Headers", ALLOWED_HEADERS),
            ("Access-Control-Max-Age", "86400"),
        ]
        return Response(204, [*headers, *ALWAYS])

    async def _kept(self, request: Request, edition: Edition, question: Question) -> Response:
        """Return the answer to a question: the one that is kept, else a worker's."""
        is_get = request.method in ("GET", "HEAD")
        # Not the address or the body: what they ask also depends on the type of the body.
        key = (edition.version, question.asked, request.accept or "")
        tag = tag_of(key) if is_get else None
        if tag and holds(request.headers, tag):
            return Response(304, _headed(tag))
        found = self.answers.get(key)
        if found is not None:
            return Response(200, [*found[1], *_headed(tag)], found[0])
        reply = await self.room.pool.ask(question, request.asker)
        own = [("Content-Type", reply.head["type"])]
        limits = self.room.pool.limits
        if reply.head["truncated"]:
            own.append(("X-Collegium-Truncated", "true"))
        headers = [*own, *_headed(tag if reply.head["steady"] else None)]
        if reply.body is None:
            if question.kind == "query":
                headers.append(("X-Collegium-At-Most-Rows", str(limits.answer_rows)))
            if question.answer_bytes is None:
                headers.append(("X-Collegium-At-Most-Bytes", str(limits.answer_bytes)))
            return Response(200, headers, chunks=reply.chunks(), _reply=reply)
        if reply.head["steady"]:
            self.answers.put(
                key, reply.body, own
            )  # the rest depends on who asks: one that was posted has no tag
        return Response(200, headers, reply.body, _reply=reply)

    def _authorise(self, request: Request) -> None:
        """Return when the request may write.

        Only the header counts: a cookie or a form would let other people's pages write with a reader's browser.

        Raises:
            UpdatesOff: nobody may.
            TokenNeeded: no token, or a wrong one.
        """
        check_token(self.settings.token, request.headers.get("authorization", ""))

    def may_write(self, request: Request) -> bool:
        """Return whether a request may write: only then is a large body read."""
        try:
            self._authorise(request)
        except (UpdatesOff, TokenNeeded):
            return False
        return True

    async def _order(self, content: dict[str, Any], payload: bytes = b"") -> dict[str, Any]:
        return await asyncio.to_thread(self.room.writer.order, content, payload)


class Sparql(Endpoint):
    """/sparql: queries, updates, and what the endpoint says of itself."""

    async def _answer(self, request: Request, edition: Edition) -> Response:
        asked = protocol.read(request, self.settings.request_bytes, self.settings.update_bytes)
        if asked is None:
            return _self_description(request, edition, self.settings.license)
        if isinstance(asked, Ordered):
            return await self._update(request, asked)
        return await self._kept(request, edition, self._question(request, edition, asked))

    def _question(self, request: Request, edition: Edition, asked: Asked) -> Question:
        return Question(
            self.room.snapshot(edition),
            asked.text,
            accept=request.accept,
            format=asked.format,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )

    async def _update(self, request: Request, asked: Ordered) -> Response:
        self._authorise(request)
        order = {"do": "update", "using": asked.using, "using_named": asked.using_named}
        done = await self._order(order | {"base_iri": self.kg.store.base}, asked.text.encode())
        return Response(204, [("X-Collegium-Version", str(done["version"]))])


def holds(headers: Mapping[str, str], tag: str) -> bool:
    """Return whether the asker holds the answer of that tag; weak ones count (RFC 9110, 13.1.2).

    "*" has to wait: whether there is an answer is known only once it was given.
    """
    named = headers.get("if-none-match")
    if named is None:
        return False
    held = parse_etags(named)
    return not held.star_tag and held.contains_weak(tag)


def _holds_any(headers: Mapping[str, str]) -> bool:
    """Return whether the asker holds whatever there is at the address."""
    return parse_etags(headers.get("if-none-match")).star_tag


def _complete(response: Response) -> None:
    """Give an answer the headers that all have."""
    response.headers += ALWAYS
    if response.chunks is None and response.status not in (204, 304):
        response.headers.append(("Content-Length", str(len(response.body))))


def _headed(tag: str | None) -> Headers:
    """Return the headers of an answer that follows from the store's version; without a tag, of one that does not."""
    tagged = [("ETag", f'"{tag}"')] if tag else []
    return [*tagged, ("Cache-Control", "no-cache"), ("Vary", "Accept")]


def _self_description(request: Request, edition: Edition, license: str) -> Response:
    """Return what stands behind this address: the service and its data set."""
    choice = choose(GRAPHS, request.accept)
    endpoint = request.origin + request.root + request.path
    about = edition.memory.get(
        ("service description", endpoint, choice.media_type),
        lambda: serialised(service_description(edition, endpoint, license), choice.form.media_type),
    )
    tag = tag_of((edition.version, endpoint, request.accept or ""))
    if holds(request.headers, tag):
        return Response(304, _headed(tag))
    return Response(200, [("Content-Type", choice.content_type), *_headed(tag)], about)
