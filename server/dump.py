"""/dump.nq.gz: all statements in one file, N-Quads packed with gzip, made by a worker while they are sent."""

from __future__ import annotations

from typing import Final

from werkzeug.exceptions import MethodNotAllowed

from collegium.graph.errors import ParameterError

from .editions import Edition
from .protocol import Request, fields
from .sparql import Endpoint, Response
from .workers.question import Question

PATH: Final = "/dump.nq.gz"
_SECONDS: Final = 3600.0  # of the worker's own work; waiting for a slow reader does not count
_NO_LIMIT: Final = 1 << 62


class Dump(Endpoint):
    """The whole store as a file."""

    methods = ("GET", "HEAD", "OPTIONS")

    async def _answer(self, request: Request, edition: Edition) -> Response:
        if request.method not in self.methods:
            raise MethodNotAllowed(self.methods)
        for name, _ in fields(request.query).pairs:
            raise ParameterError(name, "a parameter", "none: the file is always whole")
        question = Question(
            self.room.snapshot(edition), "", kind="dump", seconds=_SECONDS, answer_bytes=_NO_LIMIT
        )
        response = await self._kept(request, edition, question)
        name = f"collegium-{edition.version}.nq.gz"
        response.headers.append(("Content-Disposition", f'attachment; filename="{name}"'))
        return response
