"""Sorts lines without holding them all: parts are sorted in memory, put aside in files, and merged at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

_AT_ONCE_BYTES: Final = 64 << 20  # some 250 MB of memory while they are sorted
_MOST_FILES: Final = 64  # open at once; so many are merged into one
_BATCH: Final = 10_000  # lines that are written in one go


class SortedLines:
    """A file to write whole lines to, in pieces of any size; `put_into` then writes them sorted by their bytes.

    Args:
        folder: where the parts lie meanwhile (unnamed: nothing is left there); None for the system's own.
    """

    def __init__(self, folder: Path | None = None, at_once_bytes: int = _AT_ONCE_BYTES) -> None:
        self._folder, self._most = folder, at_once_bytes
        self._held: list[bytes] = []
        self._size = 0
        self._parts: list[IO[bytes]] = []

    def write(self, piece: bytes) -> int:
        """Take a piece; return its size."""
        self._held.append(bytes(piece))
        self._size += len(piece)
        if self._size >= self._most:
            self._put_aside()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what writes to files calls it."""

    def put_into(self, file: IO[bytes]) -> None:
        """Write all lines into a file, sorted; once only.

        Cost: O(bytes log parts) time, memory for one part.
        """
        if not self._parts:
            lines = b"".join(self._held).splitlines(keepends=True)
            self._held.clear()
            lines.sort()
            file.writelines(lines)
            return
        if self._held:
            self._put_aside(is_last=True)
        _write(merge(*self._parts), file)
        for part in self._parts:
            part.close()

    def _put_aside(self, *, is_last: bool = False) -> None:
        """Sort what is held and write it to a file; a line that is not whole yet is held on."""
        whole = b"".join(self._held)
        end = len(whole) if is_last else whole.rfind(b"\n") + 1
        rest = whole[end:]
        lines = whole[:end].splitlines(keepends=True)
        del whole
        self._held, self._size = [rest] if rest else [], len(rest)
        lines.sort()
        if len(self._parts) >= _MOST_FILES:
            joined = self._file(merge(*self._parts))
            for part in self._parts:
                part.close()
            self._parts = [joined]
        self._parts.append(self._file(lines))

    def _file(self, lines: Iterable[bytes]) -> IO[bytes]:
        file = TemporaryFile(dir=self._folder)  # noqa: SIM115  closed once it is merged
        _write(iter(lines), file)
        file.seek(0)
        return file


def _write(lines: Iterator[bytes], file: IO[bytes]) -> None:
    while some := list(islice(lines, _BATCH)):
        file.write(b"".join(some))
