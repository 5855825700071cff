"""HTTP/1.1 as uvicorn speaks it, with an end to how long a request may be and how long it may take.

What uvicorn 0.54 leaves open, each seen: heads and trailers of any length are kept in memory; a head or body may
come at one byte an hour; trailers join the headers of their request; two `Host` are taken; requests are taken one
behind the other without an end, and only the last is told that the client went.
"""

from __future__ import annotations

from typing import Any, Final

from flask import json
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestHeaderFieldsTooLarge,
    RequestTimeout,
    RequestURITooLarge,
)

from .hooks import ALWAYS
from .http1_answer import Cycle
from .patience import Patience
from .problems import document_of

_MOST_HEAD_BYTES: Final = 128 << 10  # of address and headers
_MOST_ADDRESS_BYTES: Final = 65_535  # the parser counts no further
_MOST_FRAMING: Final = 8  # bytes around each byte of a body: chunks of one byte have five
_MOST_BEHIND: Final = 100  # requests that wait behind the one that is being answered
_PATIENCE_S: Final = 30.0  # for a head, and for each part of a body
_LEAST_BYTES: Final = 16 << 10  # of a body in that time
_LINGER_S: Final = (
    2.0  # what the client is still sending is thrown away so long: it may not have read our answer
)
_ALWAYS: Final = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS).encode("latin-1")


class BoundedHttp(HttpToolsProtocol):
    """Refuses a request that has no end, in plain words, and hangs up."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_in_head, self._is_in_body, self._is_refused = True, False, False
        self._has_begun = False  # the head: something of it is there
        self._wire_bytes = self._body_bytes = 0  # since the head or body began
        self._seen_bytes = 0  # when somebody last looked
        self._refusal: HTTPException = BadRequest("found no request of HTTP/1.1")
        self._answering: Any = None  # the cycle that is being answered; `cycle` is the one that came last
        self._patience = Patience(self.loop, self._look_in)

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a head. Called by asyncio."""
        super().connection_made(transport)
        self._patience.begin(_PATIENCE_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever is answering. Called by asyncio."""
        self._patience.close()
        self._tell_gone()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes. Called by asyncio."""
        if self._is_refused:
            return
        if self._is_in_head and not self._has_begun:
            self._patience.end()  # with a silent client
        self._wire_bytes += len(data)
        super().data_received(data)
        if (self._is_in_body or self._has_begun) and not self._patience.is_running:
            self._patience.begin(_PATIENCE_S)
        if self._is_in_head and self._wire_bytes > _MOST_HEAD_BYTES:
            self._refuse(RequestHeaderFieldsTooLarge(f"at most {_MOST_HEAD_BYTES:,} bytes of them are read"))
        elif self._is_in_body and self._wire_bytes > _MOST_HEAD_BYTES + _MOST_FRAMING * self._body_bytes:
            self._refuse(BadRequest("found more around the chunks of the body than in them"))

    def on_message_begin(self) -> None:
        """A head begins, maybe in the packet that ends the request before. Called by the parser."""
        self._has_begun = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; a trailer comes too late to be one. Called by the parser."""
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there. Called by the parser. Raises: HTTPException: it cannot be used."""
        if len(self.url) > _MOST_ADDRESS_BYTES:
            self._refusal = RequestURITooLarge(
                f"at most {_MOST_ADDRESS_BYTES:,} bytes are read; send the query as the body of a POST"
            )
            raise self._refusal
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            self._refusal = BadRequest(f"Host: found {hosts} of them, expected one")
            raise self._refusal
        if len(self.pipeline) >= _MOST_BEHIND:
            self._refusal = BadRequest(f"found more than {_MOST_BEHIND} requests behind each other")
            raise self._refusal
        self._is_in_head, self._is_in_body, self._has_begun = False, True, False
        self._wire_bytes = self._body_bytes = self._seen_bytes = 0
        super().on_headers_complete()
        if self.pipeline:
            self.flow.resume_reading()  # uvicorn stops here, and would not see that the client went

    def on_body(self, body: bytes) -> None:
        """Count the body itself. Called by the parser."""
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The next head may come. Called by the parser."""
        super().on_message_complete()
        self._is_in_head, self._is_in_body, self._wire_bytes = True, False, 0
        self._patience.end()

    def on_response_complete(self) -> None:
        """Answer the next that waits, or wait for one. In place of uvicorn's, which sets an alarm for each answer."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._is_in_head and not self._has_begun:
            self._patience.begin(self.timeout_keep_alive)

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser does not understand. Called by uvicorn."""
        self._refuse(self._refusal)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        cycle.__class__ = Cycle  # the parent makes it, of its own class
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _look_in(self) -> None:
        """Hang up on a client that sends next to nothing; not on one that we hold up."""
        if self._is_in_head:
            if self._has_begun:
                self._refuse(RequestTimeout(f"the head took more than {_PATIENCE_S:.0f} s"))
            else:
                self.transport.close()
        elif self._is_in_body:
            if self._wire_bytes - self._seen_bytes < _LEAST_BYTES and not self.flow.read_paused:
                self._refuse(RequestTimeout(f"found less than {_LEAST_BYTES:,} bytes in {_PATIENCE_S:.0f} s"))
                return
            self._seen_bytes = self._wire_bytes
            self._patience.begin(_PATIENCE_S)

    def _refuse(self, error: HTTPException) -> None:
        """Answer, unless another answer is on its way, and hang up once the client had time to read it."""
        if self._is_refused or self.transport.is_closing():
            return
        self._is_refused = True
        self._patience.close()
        if self._tell_gone():
            self.transport.close()
            return
        document = document_of(error, "", "")
        del document["instance"]
        body = json.dumps(document).encode()
        self.transport.write(
            b"HTTP/1.1 %d %b\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n"
            b"%bConnection: close\r\n\r\n%b"
            % (document["status"], error.name.encode(), len(body), _ALWAYS, body)
        )
        self.transport.write_eof()
        self.flow.resume_reading()
        self.loop.call_later(_LINGER_S, self.transport.close)

    def _tell_gone(self) -> bool:
        """Tell the one who is answering that nobody listens; return whether an answer had begun."""
        cycle = self._answering
        self.pipeline.clear()
        if cycle is None or cycle.response_complete:
            return False
        cycle.disconnected = True
        cycle.message_event.set()
        self.flow.resume_writing()
        return bool(cycle.response_started)
