"""Where a worker writes an answer: kept back while it is small, then sent in chunks as it is made."""

from __future__ import annotations

import io
import signal
import socket
from collections.abc import Callable
from typing import IO, Any, Final, cast

from collegium.graph.errors import AnswerTooLarge

from .frames import BODY, END, HEAD, pack, pack_json, pack_whole

SMALL_BYTES: Final = 256 << 10  # an answer up to this size is sent whole, or not at all
PART_BYTES: Final = 512 << 10  # of a longer one: each part costs the web process about 50 us


class Sink(io.RawIOBase):
    """A file to write an answer to. `begun` tells whether anything was sent: such an answer can only break off."""

    def __init__(self, channel: socket.socket, head: dict[str, Any], most_bytes: int) -> None:
        self._channel, self.head, self._most = channel, head, most_bytes
        self._parts: list[bytes] = []
        self._held = 0
        self.written = 0
        self.begun = False

    @property
    def file(self) -> IO[bytes]:
        """This, as the engine's annotations call it."""
        return cast(IO[bytes], self)

    def writable(self) -> bool:
        """Return True. Asked by the engine."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes of the answer.

        Raises:
            AnswerTooLarge: there are more than are given out.
            OSError: the one who asked is gone.
        """
        self._parts.append(bytes(data))
        size = len(data)
        self._held += size
        self.written += size
        if self.written > self._most:
            raise AnswerTooLarge(self._most)
        if self._held >= (PART_BYTES if self.begun else SMALL_BYTES):
            self._send_chunk()
        return size

    def cut_at(self, rows: int) -> None:
        """Say that the answer ends after so many rows although there are more.

        Raises:
            AnswerTooLarge: a part was sent already; it must not look whole.
        """
        if self.begun:
            raise AnswerTooLarge(rows, "rows")
        self.head["truncated"] = True

    def _send_chunk(self) -> None:
        data = memoryview(b"".join(self._parts))
        self._parts, self._held = [], 0
        if not self.begun:
            self.begun = True
            unhurried(lambda: self._channel.sendall(pack_json(HEAD, self.head)))
        # One text can be as large as the whole answer may be: whoever passes it on must not have to hold it.
        for place in range(0, len(data), PART_BYTES):
            frame = pack(BODY, data[place : place + PART_BYTES])
            unhurried(lambda frame=frame: self._channel.sendall(frame))  # type: ignore[misc]

    def finish(self) -> None:
        """Send what is left: the answer is whole. Raises: OSError: the one who asked is gone."""
        if self.begun and self._parts:
            self._send_chunk()
        stop_clock()
        if self.begun:
            self._channel.sendall(pack_json(END, {}))
        else:
            self._channel.sendall(pack_whole(self.head, b"".join(self._parts)))


def stop_clock() -> None:
    """End the time of a question for good. Before its last frame is sent: after it, the alarm would hit the next."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def unhurried(send: Callable[[], None]) -> None:
    """Run `send` with the clock of this question stopped: a slow reader uses nothing up but patience."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        send()
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left)
