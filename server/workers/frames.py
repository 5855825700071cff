"""How two processes of ours talk over a socket: frames of one letter, a length and bytes.

The first frame of a question is `ASK`, with JSON; an update or a graph to be written follows as `BODY`. The answer is
one of

    WHOLE  JSON head and body in one frame
    HEAD   JSON head, then BODY frames, then END (or the end of the connection: then the answer is not whole)
    FAIL   an error, as `graph.errors.to_facts` writes it; after HEAD it says why the answer breaks off

and before it may come any number of `NOTE` frames, which tell of progress.
"""

from __future__ import annotations

import asyncio
import json
import select
import socket
import struct
from collections import deque
from typing import Any, Final, NamedTuple, cast

import orjson

ASK: Final = b"A"
BODY: Final = b"B"
WHOLE: Final = b"W"
HEAD: Final = b"H"
END: Final = b"E"
FAIL: Final = b"F"
NOTE: Final = b"N"

_FORMAT: Final = struct.Struct("!cI")
_LENGTH: Final = struct.Struct("!I")
_READ_BYTES: Final = 64 << 10  # read at once where the next frame's length is not known
_MOST_WAITING: Final = 1 << 20  # bytes that wait to be read before the sender is held up
LARGEST: Final = 1 << 30  # bytes of one frame
_CUT: Final = "the other side went in the middle of a frame"


class Frame(NamedTuple):
    """One frame: its letter and its bytes."""

    kind: bytes
    data: bytes | bytearray

    def json(self) -> Any:
        """Return the data as JSON."""
        return _unpacked(self.data)

    def split(self) -> tuple[Any, bytes]:
        """Return head and body of a `WHOLE`."""
        (length,) = _LENGTH.unpack_from(self.data)
        return _unpacked(self.data[4 : 4 + length]), bytes(self.data[4 + length :])


def pack(kind: bytes, data: bytes | memoryview) -> bytes:
    """Return a frame as bytes."""
    return b"".join((_FORMAT.pack(kind, len(data)), data))


def pack_json(kind: bytes, content: object) -> bytes:
    """Return a frame of JSON as bytes."""
    return pack(kind, _packed(content))


def pack_whole(head: object, body: bytes) -> bytes:
    """Return head and body as one frame."""
    packed = _packed(head)
    return pack(WHOLE, _LENGTH.pack(len(packed)) + packed + body)


def _packed(content: object) -> bytes:
    try:
        return orjson.dumps(content)
    except TypeError:
        # Half a character (a surrogate), or a number of more than 64 bits: the slower one takes them.
        return json.dumps(content).encode()


def _unpacked(data: bytes | bytearray) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:  # what only the slower one could write
        return json.loads(data)


def receive(channel: socket.socket) -> Frame | None:
    """Return the next frame of a blocking socket; None when the other side is gone.

    Raises:
        ConnectionError: it went in the middle of a frame.
    """
    start = _exactly(channel, _FORMAT.size)
    if not start:
        return None
    if len(start) != _FORMAT.size:
        raise ConnectionError(_CUT)
    kind, length = _FORMAT.unpack(start)
    if length > LARGEST:
        raise ConnectionError(f"a frame of {length:,} bytes, at most {LARGEST:,} are read")
    data = _exactly(channel, length) if length else b""
    if len(data) != length:
        raise ConnectionError(_CUT)
    return Frame(kind, data)


def _exactly(channel: socket.socket, size: int) -> bytes:
    """Return `size` bytes; fewer where the other side is gone."""
    data = channel.recv(size)
    if len(data) == size or not data:
        return data
    parts, left = [data], size - len(data)
    while left and data:
        data = channel.recv(min(left, 1 << 20))
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


class Line(asyncio.BufferedProtocol):
    """The asyncio end of a channel: frames in, frames out, the sender held up when nobody takes them.

    What comes in lands in `_read`; but a frame that is larger is read into a place of its own, so that the parts of a
    long answer are copied once.
    """

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._read = memoryview(bytearray(_READ_BYTES))
        self._read_bytes = 0  # of `_read` that hold something
        self._large: tuple[bytes, bytearray] | None = None  # kind and place of the frame that is being read
        self._large_bytes = 0  # of it that are there
        self._frames: deque[Frame] = deque()
        self._waiting_bytes = 0
        self._is_open = False
        self._is_paused = False
        self._awaited: asyncio.Future[None] | None = None
        self._looking = select.poll()

    @property
    def is_open(self) -> bool:
        """Whether the other side is there, as far as is known."""
        return self._is_open

    @property
    def is_quiet(self) -> bool:
        """Whether the other side is there and says nothing. The kernel knows of its end before the event loop does."""
        return self._is_open and not self._frames and not self._looking.poll(0)

    @property
    def has_frames(self) -> bool:
        """Whether a frame has come that nobody has taken yet."""
        return bool(self._frames)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport. Called by asyncio."""
        # A cast, not a check: uvloop's transports are of no class of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self._looking.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
        self._is_open = True

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake who waits: there comes nothing more. Called by asyncio."""
        self._is_open = False
        self._wake()

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where the next bytes go. Called by asyncio."""
        if self._large is not None:
            return memoryview(self._large[1])[self._large_bytes :]
        return self._read[self._read_bytes :]

    def buffer_updated(self, nbytes: int) -> None:
        """Cut what came into frames. Called by asyncio."""
        if self._large is None:
            self._read_bytes += nbytes
            self._cut()
        else:
            self._large_bytes += nbytes
            kind, data = self._large
            if self._large_bytes == len(data):
                self._large = None
                self._add(kind, data)
        if self._waiting_bytes > _MOST_WAITING and not self._is_paused and self._transport:
            self._is_paused = True
            self._transport.pause_reading()
        if self._frames:
            self._wake()

    def _cut(self) -> None:
        place, end = 0, self._read_bytes
        while end - place >= _FORMAT.size:
            kind, length = _FORMAT.unpack_from(self._read, place)
            begin = place + _FORMAT.size
            if length > LARGEST:
                self.close()
                return
            if begin + length > end:
                if _FORMAT.size + length > _READ_BYTES:
                    there = self._read[begin:end]
                    self._large, self._large_bytes = (kind, bytearray(length)), len(there)
                    self._large[1][: len(there)] = there
                    place = end
                break
            place = begin + length
            self._add(kind, bytes(self._read[begin:place]))
        rest = end - place
        if place and rest:
            self._read[:rest] = bytes(self._read[place:end])
        self._read_bytes = rest

    def _add(self, kind: bytes, data: bytes | bytearray) -> None:
        self._frames.append(Frame(kind, data))
        self._waiting_bytes += len(data)

    def _wake(self) -> None:
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(None)

    def send(self, data: bytes) -> None:
        """Send frames that `pack` made; lost when the other side is gone."""
        if self._transport is not None and self._is_open:
            self._transport.write(data)

    async def next(self) -> Frame | None:
        """Return the next frame; None when the other side is gone and nothing is left."""
        while not self._frames:
            if not self._is_open:
                return None
            self._awaited = asyncio.get_running_loop().create_future()
            await self._awaited
        frame = self._frames.popleft()
        self._waiting_bytes -= len(frame.data)
        if self._is_paused and self._waiting_bytes <= _MOST_WAITING // 2 and self._transport:
            self._is_paused = False
            self._transport.resume_reading()
        return frame

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()
        self._is_open = False
        self._wake()
