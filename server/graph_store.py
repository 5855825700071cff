"""/graphs: the SPARQL 1.1 Graph Store Protocol, direct and indirect.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType

from collegium.graph.errors import ParameterError

from .editions import Edition
from .protocol import Request, fields
from .sparql import Endpoint, Response
from .workers.question import Question
from .writing.payload import parts_of

PATH: Final = "/graphs"
_DEFAULT: Final = ""


class GraphStore(Endpoint):
    """Reading, writing and removing whole graphs. Writing needs the token."""

    methods = ("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT")

    async def _answer(self, request: Request, edition: Edition) -> Response:
        if request.method not in self.methods:
            raise MethodNotAllowed(self.methods)
        if request.method in ("GET", "HEAD"):
            graph, format = (
                self._named(request, edition),
                next(iter(fields(request.query).all("format")), None),
            )
            if graph is None:
                raise ParameterError("graph", "nothing", "?default, or ?graph= with an IRI")
            question = Question(
                self.room.snapshot(edition), graph, kind="graph", accept=request.accept, format=format
            )
            return await self._kept(request, edition, question)
        self._authorise(request)
        graph = self._named(request, edition)
        if request.method == "DELETE":
            if graph is None:
                raise ParameterError("graph", "nothing", "?default, or ?graph= with an IRI")
            return _written(await self._order({"do": "delete", "graph": graph}), 204)
        return await self._put(request, edition, graph)

    async def _put(self, request: Request, edition: Edition, graph: str | None) -> Response:
        """Write the body into a graph (POST), or in place of it (PUT); POST to /graphs itself makes a new one."""
        is_made = graph is None
        if graph is None:
            if request.method == "PUT":
                raise ParameterError("graph", "nothing", "?default, or ?graph= with an IRI")
            graph = f"{edition.base}graphs/{uuid4()}"
        payload, parts = self._payload(request)
        order = {"do": "put", "graph": graph, "replace": request.method == "PUT", "parts": parts}
        done = await self._order(order | {"base_iri": graph or edition.base}, payload)
        response = _written(done, 201 if done["is_new"] else 204)
        if is_made:
            response.headers.append(("Location", graph))
        return response

    def _payload(self, request: Request) -> tuple[bytes, list[tuple[str, int, int]]]:
        """Return the documents of a body one behind the other, and type, start and end of each."""
        if len(request.body) > self.settings.update_bytes:
            raise RequestEntityTooLarge(f"at most {self.settings.update_bytes:,} bytes are read")
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType("Content-Encoding: expected none")
        payload, parts = b"", []
        for part in parts_of(request.headers.get("content-type", ""), request.body):
            parts.append((part.media_type, len(payload), len(payload) + len(part.data)))
            payload += part.data
        return payload, parts

    def _named(self, request: Request, edition: Edition) -> str | None:
        """Return the IRI of the graph that a request names, "" for the default graph; None when it names none.

        Raises:
            ParameterError: several, or one that is no absolute IRI.
        """
        direct = request.path[len(PATH) :].lstrip("/")
        if direct:
            return edition.base + "graphs/" + direct
        values = fields(request.query)
        named = values.all("graph")
        if "default" in values and not named:
            return _DEFAULT
        if len(named) > 1 or (named and "default" in values):
            raise ParameterError("graph", "several graphs", "?default, or ?graph= with one IRI")
        if named and ":" not in named[0].partition("/")[0]:
            raise ParameterError("graph", named[0], "an absolute IRI")
        return named[0] if named else None


def _written(done: dict[str, Any], status: int) -> Response:
    return Response(status, [("X-Collegium-Version", str(done["version"]))])
