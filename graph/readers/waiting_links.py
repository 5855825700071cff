"""Links that stand before their nodes, kept until the end of the file: a few in memory, more in a file on disk."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Final, NamedTuple

from ..records import Lines

_IN_MEMORY_BYTES: Final = 4 << 20


class Link(NamedTuple):
    """A link as a network file gives it: the ids of its nodes, its weight as printed, where it stands, its label."""

    one: str
    other: str
    weight: str | None
    lines: Lines
    label: str | None


class WaitingLinks:
    """Links in the order in which they were added; the file on disk is gone when this is."""

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes] | None = None

    def __del__(self) -> None:
        """Remove what was put on disk, also where a reading was given up."""
        if self._file is not None:
            self._file.close()

    def add(self, link: Link) -> None:
        """Keep a link."""
        if self._file is None:
            self._file = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115, it lives as long as this
        lines = link.lines
        plain = (link.one, link.other, link.weight, lines.first, lines.last, lines.unit, link.label)
        self._file.write(marshal.dumps(plain))

    def taken(self) -> Iterator[Link]:
        """Yield the links that were added, and keep them no longer."""
        file, self._file = self._file, None
        if file is None:
            return
        with file:
            end = file.tell()
            file.seek(0)
            while file.tell() < end:
                one, other, weight, first, last, unit, label = marshal.load(file)
                yield Link(one, other, weight, Lines(first, last, unit), label)
