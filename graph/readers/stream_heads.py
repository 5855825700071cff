"""The beginning of a stream: taken to be looked at, and put back."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import IO

from ..errors import BrokenOff


def head_of(stream: IO[bytes], size: int) -> bytes:
    """Return the first bytes, so many unless the file ends or breaks off: what unpacks may give fewer than asked for.

    Whoever reads on comes to the break again.
    """
    parts, missing = [], size
    with suppress(BrokenOff):
        while missing > 0 and (part := stream.read(missing)):
            parts.append(part)
            missing -= len(part)
    return b"".join(parts)


class Resumed(BytesIO):
    """A stream of which the first bytes have been read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__(head)
        self._rest = rest

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; of the head first, then of the rest."""
        if size is None or size < 0:
            return super().read() + self._rest.read()
        return super().read(size) or self._rest.read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, which may begin in the head and end in the rest."""
        line = super().readline(size)
        if line.endswith(b"\n") or (size is not None and 0 <= size <= len(line)):
            return line
        return line + self._rest.readline(-1 if size is None or size < 0 else size - len(line))
