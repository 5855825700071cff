"""Bytes by their place: the outer file, a part of other bytes, and bytes that are unpacked on the way.

All of them answer `read_at(place, size)`, so that a member can be opened as often as wanted and an archive be listed
while its members are read. Nothing is written to disk, and memory does not grow with the file.
WARNING: not for several threads at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import IO, Protocol

from ..errors import UnreadableFile

# Two are enough for an archive that is listed while each member is read twice (digest, then records): each of them
# goes through the whole once. A cursor may hold a dictionary of 64 MiB (xz -9), so they are few.
MOST_CURSORS = 2
_STEP = 1 << 20


class Content(Protocol):
    """Bytes that can be read from any place; `label` names them in errors."""

    label: str

    def read_at(self, place: int, size: int) -> bytes:
        """Return 1 to `size` bytes from `place`, b"" at the end.

        Raises:
            UnreadableFile: the bytes break off at `place`; all before it can be had.
        """

    def size(self) -> int:
        """Return how many bytes there are; packed ones are read to their end for it.

        Raises:
            UnreadableFile: they break off before their end.
        """

    def release(self) -> None:
        """Give back memory; reading goes on to work, from the start again."""


def read_exactly(content: Content, place: int, size: int) -> bytes:
    """Return `size` bytes from `place`, fewer only where the content ends or breaks off before.

    Raises:
        UnreadableFile: the content breaks off at `place` itself.
    """
    found = bytearray()
    while len(found) < size:
        try:
            more = content.read_at(place + len(found), size - len(found))
        except UnreadableFile:
            if not found:
                raise
            break
        if not more:
            break
        found += more
    return bytes(found)


class OuterFile:
    """A file as it lies on disk. `place` is the end of the last read: for a bar of progress."""

    def __init__(self, file: IO[bytes], label: str) -> None:
        self.label, self.place = label, 0
        self._file = file
        try:
            self._size = file.seek(0, 2)
        except OSError:  # a pipe, a terminal
            raise UnreadableFile(
                label, "found a pipe, expected a file: hand it over on standard input, as -"
            ) from None

    def read_at(self, place: int, size: int) -> bytes:
        if place > sys.maxsize:  # an archive may say any number
            return b""
        try:
            self._file.seek(place)
            found = self._file.read(size)
        except OSError as error:
            raise UnreadableFile(self.label, f"cannot be read: {error.strerror or error}") from None
        if found:
            self.place = place + len(found)
        return found

    def size(self) -> int:
        return self._size

    def release(self) -> None:
        """Do nothing: a file on disk holds no memory."""


class Part:
    """`length` bytes of another content from `start` on; with `length` None, all that follow."""

    def __init__(self, whole: Content, start: int, length: int | None, label: str) -> None:
        self.label = label
        self._whole, self._start, self._length = whole, start, length

    def read_at(self, place: int, size: int) -> bytes:
        if self._length is not None:
            size = min(size, self._length - place)
        if size <= 0:
            return b""
        found = self._whole.read_at(self._start + place, size)
        if not found and self._length is not None:
            raise UnreadableFile(
                self.label, f"found {place:,} bytes of it, expected {self._length:,}: the archive is cut off"
            )
        return found

    def size(self) -> int:
        return self._whole.size() - self._start if self._length is None else self._length

    def release(self) -> None:
        """Do nothing: the whole holds the memory, and its other parts want it."""


class Unpacked:
    """What `chunks` makes of packed bytes, going forward; a place that was passed is come to by another run."""

    def __init__(self, packed: Content, chunks: Callable[[Content], Iterator[bytes]], label: str) -> None:
        self.label = label
        self._packed, self._chunks = packed, chunks
        self._cursors: list[_Cursor] = []  # the one used last stands last
        self._size: int | None = None

    def read_at(self, place: int, size: int) -> bytes:
        cursor = self._cursor(place)
        while cursor.end <= place:
            if not cursor.advance():
                return b""
        return cursor.read_at(place, size)

    def size(self) -> int:
        if self._size is None:
            place = 0
            while found := self.read_at(place, _STEP):
                place += len(found)
            self._size = place
        return self._size

    def release(self) -> None:
        self._cursors.clear()
        self._packed.release()

    def _cursor(self, place: int) -> _Cursor:
        """The cursor that comes to `place` soonest; a new one if all have passed it."""
        before = [cursor for cursor in self._cursors if cursor.start <= place]
        if before:
            cursor = max(before, key=lambda c: c.start)
            self._cursors.remove(cursor)
        else:
            cursor = _Cursor(self._chunks(self._packed))
            del self._cursors[: len(self._cursors) - MOST_CURSORS + 1]
        self._cursors.append(cursor)
        return cursor


class _Cursor:
    """One run forward. It keeps its last two chunks, so that small members are read again for nothing."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._before, self._now = b"", b""
        self._break = ""
        self._label = ""
        self.start = 0  # the first place that it still has
        self.end = 0

    def advance(self) -> bool:
        """Go on by a chunk; return False at the end.

        Raises:
            UnreadableFile: the run breaks off here; said again whenever asked again.
        """
        if self._break:
            raise UnreadableFile(self._label, self._break)
        try:
            chunk = next(self._chunks, b"")
        except UnreadableFile as error:
            self._label, self._break = error.path, error.reason
            raise
        if not chunk:
            return False
        self.start += len(self._before)
        self.end += len(chunk)
        self._before, self._now = self._now, chunk
        return True

    def read_at(self, place: int, size: int) -> bytes:
        within = place - self.start
        if within < len(self._before):
            return self._before[within : within + size]
        within -= len(self._before)
        if within == 0 and size >= len(self._now):
            return self._now
        return self._now[within : within + size]
