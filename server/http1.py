"""HTTP/1.1 as uvicorn speaks it, with an end to how long a head may be and how long it may take."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST_HEAD_BYTES: Final = (
    128 << 10
)  # of address and headers: a query by GET has at most 64 KiB, encoded thrice as many
_HEAD_S: Final = 30.0
_BODY: Final = b'{"title": "The address or the headers are too long", "status": 431}'
_TOO_LONG: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(_BODY), _BODY)
)


class BoundedHttp(HttpToolsProtocol):
    """Hangs up on a client whose request has no end."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._head_bytes = 0
        self._is_in_head = True
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a head. Called by asyncio."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer. Called by asyncio."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes before the head is complete. Called by asyncio."""
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._patience is None:
                self._await_head()
        super().data_received(data)
        if self._is_in_head and self._head_bytes > _MOST_HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """The head is there. Called by the parser."""
        self._is_in_head, self._head_bytes = False, 0
        self._wait_no_longer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next head may come. Called by the parser."""
        super().on_message_complete()
        self._is_in_head = True

    def _await_head(self) -> None:
        self._patience = asyncio.get_running_loop().call_later(_HEAD_S, self._hang_up)

    def _wait_no_longer(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _hang_up(self) -> None:
        if self._is_in_head and not self.transport.is_closing():
            self.transport.close()
