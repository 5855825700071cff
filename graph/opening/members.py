"""A path, or what came on standard input → the members to be read, whatever they are packed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import IO

from ..errors import UnreadableFile, shorten
from .compression import HEAD_BYTES, compression_of, unpack
from .contents import Content, OuterFile, Unpacked, read_exactly
from .entries import Entry, Why
from .limits import Budget, Limits
from .streams import MemberStream
from .tar_entries import is_tar, tar_entries
from .zip_entries import MAGIC as ZIP_MAGIC
from .zip_entries import zip_entries

SNIFFED_BYTES = 1 << 16
_SHOWN_NAME = 300

# First bytes of what is packed in a way that we do not undo.
_FOREIGN = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x1f\x9d": "a file packed by compress (.Z)",
    b"\x04\x22\x4d\x18": "a file packed by LZ4",
    b"LZIP\x01": "a file packed by lzip",
    b"\xff\x06\0\0sNaPpY": "a file packed by Snappy",
    b"PAR1": "a Parquet file",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A file to be read: the outer file itself, or one in it. It can be opened as long as the outer file is open.

    `name` is the file's own name, or its path in the archive; `label` names it in errors: "dump.zip: a/b.json".
    """

    number: int
    name: str
    label: str
    _content: Content = field(repr=False, compare=False)
    _budget: Budget = field(repr=False, compare=False)

    def head(self, size: int = SNIFFED_BYTES) -> bytes:
        """Return the first `size` bytes, fewer if there are no more; reading starts after it as before it.

        Raises:
            UnreadableFile: not one byte can be had.
        """
        try:
            return read_exactly(self._content, 0, size)
        except UnreadableFile as error:
            raise UnreadableFile(self.label, error.reason) from None

    def open(self) -> MemberStream:
        """Return a new stream over the member's bytes, from the first on."""
        return MemberStream(self._content, self.label, self.number, self._budget)

    def digest(self) -> str:
        """Return the SHA-256 of the unpacked bytes, in hexadecimal.

        Raises:
            UnreadableFile: the member breaks off.

        Cost: one reading of the member.
        """
        with self.open() as stream:
            return stream.digest()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not handed out, and why; `label` alone is the outer file or a whole archive.

    Where `why.is_loss`, a user would miss it: `error` is there to be reported.
    """

    name: str
    label: str
    why: Why
    reason: str

    @property
    def error(self) -> UnreadableFile | None:
        """The error to report, None for what nobody misses (a directory, a link …)."""
        return UnreadableFile(self.label, self.reason) if self.why.is_loss else None


class Opened:
    """An outer file that is open. `place` of `size` bytes were come to by the last read: for a bar of progress."""

    def __init__(self, path: str, file: IO[bytes], limits: Limits) -> None:
        self.path = path
        self._file = OuterFile(file, path)
        self.size = self._file.size()
        self._limits = limits.of_file(self.size)

    @property
    def place(self) -> int:
        return self._file.place

    def members(self) -> Iterator[Member | LeftOut]:
        """Yield what is to be read and what is left out, in the order of the bytes; never raise.

        An archive that breaks off gives its members before the break, then a `LeftOut` with the error. Opening and
        reading each member before asking for the next one is fastest: an archive in a `.gz` goes forward only.
        """
        budget = Budget(self._limits)
        name = "" if self.path == "-" else PurePath(self.path).name
        for number, found in enumerate(self._in(self._file, name, self.path, 0), 1):
            if number > self._limits.most_members:
                reason = (
                    f"found over {self._limits.most_members:,} files in it, expected fewer: unpack it first"
                )
                yield LeftOut("", self.path, Why.BROKEN, reason)
                return
            if isinstance(found, LeftOut):
                yield found
            else:
                yield Member(number, found.name, found.label, found.content, budget)

    def _in(self, content: Content, name: str, label: str, depth: int) -> Iterator[_Found | LeftOut]:
        """Yield what one file is, or holds."""
        try:
            content, head = self._undone(content, label)
        except UnreadableFile as error:
            yield LeftOut(name, label, Why.BROKEN, error.reason)
            return
        foreign = next((words for magic, words in _FOREIGN.items() if head.startswith(magic)), "")
        is_zip = head.startswith(ZIP_MAGIC)
        if foreign:
            reason = (
                f"found {foreign}, expected text, or text packed as gzip, bzip2, xz, Zstandard, zip or tar"
            )
            yield LeftOut(name, label, Why.UNKNOWN_PACKING, reason)
        elif not is_zip and not is_tar(head):
            yield _Found(name, label, content)
        elif depth >= self._limits.most_depth:
            yield LeftOut(name, label, Why.TOO_DEEP, Why.TOO_DEEP.value)
        else:
            yield from self._archive(content, label, depth, is_zip=is_zip)
        content.release()

    def _archive(
        self, content: Content, label: str, depth: int, *, is_zip: bool
    ) -> Iterator[_Found | LeftOut]:
        def labelled(name: str) -> str:
            return f"{label}: {shorten(name, _SHOWN_NAME)}"

        entries: Iterator[Entry] = (
            zip_entries(content, labelled, self._limits) if is_zip else tar_entries(content, labelled)
        )
        try:
            for entry in entries:
                name = shorten(entry.name, _SHOWN_NAME)
                if entry.content is not None:
                    yield from self._in(entry.content, name, labelled(entry.name), depth + 1)
                elif entry.why is not None:
                    yield LeftOut(name, labelled(entry.name), entry.why, entry.reason or entry.why.value)
        except UnreadableFile as error:
            yield LeftOut("", label, Why.BROKEN, error.reason)

    def _undone(self, content: Content, label: str) -> tuple[Content, bytes]:
        """Return the content with every layer of compression undone, and its first bytes.

        Raises:
            UnreadableFile: not one byte of it can be had, or it has too many layers.
        """
        for _ in range(self._limits.most_layers + 1):
            head = read_exactly(content, 0, HEAD_BYTES)
            codec = compression_of(head)
            if codec is None:
                return content, head
            content = Unpacked(content, partial(unpack, codec=codec, limits=self._limits), label)
        most = self._limits.most_layers
        raise UnreadableFile(label, f"found over {most} layers of compression, expected at most {most}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A member before it has its number."""

    name: str
    label: str
    content: Content


@contextmanager
def opened(path: str, stream: IO[bytes] | None = None, limits: Limits | None = None) -> Iterator[Opened]:
    """Open a file, or take `stream` (a spooled copy of standard input) for it; it is closed at the end if opened here.

    Raises:
        UnreadableFile: there is no such file, it may not be read, or it is a folder or a pipe.
    """
    with ExitStack() as stack:
        try:
            file = stream or stack.enter_context(open(path, "rb", buffering=0))
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UnreadableFile(path, f"cannot be read: {said}") from None
        yield Opened(path, file, limits or Limits())
