"""All statements in one file: N-Quads, packed with gzip, made while they are sent.

The engine writes into a pipe from a thread of its own, and waits when the reader does: memory does not grow with the
store. Its speed is that of looking up terms, 9-12 MB of N-Quads a second; packing costs little beside that.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Full, Queue
from threading import Event, Semaphore
from typing import IO, Final, cast

import pyoxigraph as ox
from flask import Response, request
from werkzeug.exceptions import ServiceUnavailable

from .editions import Edition
from .endpoints import read_parameters
from .hooks import edition

_CHUNK: Final = 1 << 18  # bytes of N-Quads packed at a time
_WAITING: Final = 4  # packed chunks that wait for the reader
_LOOK_S: Final = 0.2  # how often a writer that waits looks whether anybody still reads
_AT_ONCE: Final = 2
_GZIP: Final = 31  # window bits of zlib that ask for a gzip header


class _Pipe:
    """A file that the engine writes to in one thread, and that gives packed chunks to another."""

    def __init__(self) -> None:
        self.chunks: Queue[bytes | None] = Queue(_WAITING)
        self._is_closed = Event()
        self._packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
        self._held = bytearray()

    def fill(self, engine: ox.Store) -> None:
        """Write all statements; the last chunk is None, also after an error."""
        try:
            engine.dump(cast(IO[bytes], self), format=ox.RdfFormat.N_QUADS)
            self._put(self._packer.compress(self._held) + self._packer.flush())
        finally:
            with suppress(BrokenPipeError):
                self._put(None)

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take bytes from the engine. Raises: BrokenPipeError when nobody reads any more."""
        before = len(self._held)
        self._held += data
        size = len(self._held) - before
        if len(self._held) >= _CHUNK:
            packed = self._packer.compress(self._held)
            self._held.clear()
            self._put(packed)
        return size

    def flush(self) -> None:
        """Do nothing: what is held goes out with the next chunk."""

    def close(self) -> None:
        """Say that nobody reads any more."""
        self._is_closed.set()

    def _put(self, chunk: bytes | None) -> None:
        while not self._is_closed.is_set():
            with suppress(Full):
                self.chunks.put(chunk, timeout=_LOOK_S)
                return
        raise BrokenPipeError


def gzip_nquads(engine: ox.Store) -> Generator[bytes]:
    """Yield all statements of a store as gzip of N-Quads, in the engine's own order.

    A reader that stops early (`close`) ends the work within `_LOOK_S`. An error of the engine comes out behind the
    chunks before it, so that a stream that broke off has no gzip end and never looks whole.
    """
    pipe = _Pipe()
    with ThreadPoolExecutor(1, thread_name_prefix="dump") as pool:
        done = pool.submit(pipe.fill, engine)
        try:
            while (chunk := pipe.chunks.get()) is not None:
                if chunk:
                    yield chunk
            done.result()
        finally:
            pipe.close()


_places: Final = Semaphore(_AT_ONCE)


class _Sending:
    """A dump on its way, which takes a place until it is closed or forgotten.

    It holds on to its edition: the version stays on disk for as long as it is read.
    """

    def __init__(self, found: Edition) -> None:
        self._edition = found
        self._chunks = gzip_nquads(found.engine)
        self._has_place = _places.acquire(blocking=False)
        if not self._has_place:
            raise ServiceUnavailable(f"{_AT_ONCE} dumps are being sent already; try again when one has ended")

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        """End the work, and give the place to the next one."""
        has_place, self._has_place = self._has_place, False
        if has_place:
            self._chunks.close()
            _places.release()

    __del__ = close


def dump() -> Response:
    """Return the whole store as a file. Raises: ServiceUnavailable when two are being sent already."""
    read_parameters((), request.args)
    found = edition()
    content = iter(()) if request.method == "HEAD" else _Sending(found)
    response = Response(content, content_type="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="collegium-{found.version}.nq.gz"'
    return response
