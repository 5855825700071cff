"""Files without end, made byte by byte as they are read: what a reader of each format has to bear in little memory.

    a many good records      b a line without end       c a record without end
    d brackets or elements in each other without end    e many broken records
    f an endless head, or filling between the records

No file of these is ever on a disk. `{n}` in what is repeated is its number, so that no two records are the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final, NamedTuple

_BLOCK: Final = 1 << 18
_NUMBER: Final = b"{n}"


class Case(NamedTuple):
    """What a file consists of: `head` once, then `unit` again and again."""

    format: str
    kind: str  # one of "abcdef"
    name: str
    head: bytes
    unit: bytes

    @property
    def label(self) -> str:
        """The case in one word, as it is asked for."""
        return f"{self.format}.{self.kind}.{self.name}"


class Endless(io.RawIOBase):
    """The bytes of a case up to `size`, cut off there; to be read from the beginning as often as one likes."""

    def __init__(self, case: Case, size: int) -> None:
        super().__init__()
        self._case, self._size = case, size
        self._at = 0
        self._held, self._made = b"", self._blocks()

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True: backwards it is made anew."""
        return True

    def tell(self) -> int:
        """Return how many bytes were given out."""
        return self._at

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place, counted from the beginning."""
        if whence:
            raise io.UnsupportedOperation("only from the beginning")
        self._at, self._held, self._made = 0, b"", self._blocks()
        while self._at < place and self._next(place - self._at):
            pass
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill a buffer as far as the next block goes."""
        view = memoryview(buffer)
        given = self._next(len(view))
        view[: len(given)] = given
        return len(given)

    def _next(self, at_most: int) -> bytes:
        if not self._held:
            self._held = next(self._made)
        given = self._held[: max(0, min(at_most, self._size - self._at))]
        self._held = self._held[len(given) :]
        self._at += len(given)
        return given

    def _blocks(self) -> Iterator[bytes]:
        yield self._case.head or self._case.unit.replace(_NUMBER, b"0")
        parts = self._case.unit.split(_NUMBER)
        count = max(1, _BLOCK // len(self._case.unit))
        if len(parts) == 1:
            block = self._case.unit * count
            while True:
                yield block
        number = 1
        while True:
            numbers = range(number, number + count)
            yield b"".join([b"%d" % n if not parts else (b"%d" % n).join(parts) for n in numbers])
            number += count


def opened(case: Case, size: int) -> io.BufferedReader:
    """Return a case's file of `size` bytes as a stream."""
    return io.BufferedReader(Endless(case, size), _BLOCK)
