"""A stream of bytes by chunks or by lines, with the number of the line that comes next; one line is held at most."""

from __future__ import annotations

import re
from typing import IO, Final

CHUNK: Final = 1 << 18
SHOWN: Final = 200  # bytes of a piece that was left out, to show what it was
# White space, and what stands before values where files were joined (a byte order mark) or as RFC 7464 has it.
_BLANK: Final = re.compile(rb"(?:[ \t\r\n\x1e]++|\xef\xbb\xbf)*+")


class Feed:
    """A stream of bytes by chunks or by lines; `line` is the number of the line in which the next byte stands."""

    def __init__(self, stream: IO[bytes], line: int = 1) -> None:
        self.line = line
        self._stream = stream
        self._held = stream.read(CHUNK)
        self._at = 0

    def head(self) -> bytes:
        """Return what has been read and not been given out."""
        return self._held[self._at :]

    def peek(self) -> bytes:
        """Return the three bytes that come next after white space; fewer at the end."""
        while True:
            blank = _BLANK.match(self._held, self._at)
            end = blank.end() if blank else self._at
            self.line += self._held.count(b"\n", self._at, end)
            self._at = end
            if len(self._held) - end >= 3:
                return self._held[end : end + 3]
            more = self._stream.read(CHUNK)
            self._held, self._at = self._held[end:] + more, 0
            if not more:
                return self._held

    def chunk(self, at_most: int, *, to_line_end: bool = False) -> bytes:
        """Return the next bytes, on demand no further than the line goes; none at the end."""
        if self._at >= len(self._held):
            self._held, self._at = self._stream.read(CHUNK), 0
        end = self._held.find(b"\n", self._at) + 1 if to_line_end else 0
        given = self._held[self._at : min(end or len(self._held), self._at + at_most)]
        self._at += len(given)
        self.line += given.count(b"\n")
        return given

    def back(self, size: int) -> None:
        """Take back so many bytes of the last chunk; they come again."""
        self.line -= self._held.count(b"\n", self._at - size, self._at)
        self._at -= size

    def read_line(self, at_most: int) -> tuple[bytes, bool]:
        """Return the next line with its end, and whether it is whole; of a longer one its beginning."""
        end = self._held.find(b"\n", self._at) + 1
        if end:
            given = self._held[self._at : end]
            self._at = end
            self.line += 1
            return (given, True) if len(given) <= at_most else (given[:SHOWN], False)
        line, is_whole = bytearray(), True
        while given := self.chunk(
            CHUNK, to_line_end=True
        ):  # by pieces: a line is held once, and in one place
            if is_whole:
                line += given
            if len(line) > at_most:
                line, is_whole = line[:SHOWN], False
            if given.endswith(b"\n"):
                break
        return bytes(line), is_whole
