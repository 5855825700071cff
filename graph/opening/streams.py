"""One reading of a member: a buffered stream that hands out all before a break, and digests what it gave."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING

from ..errors import BrokenOff, UnreadableFile
from .contents import Content
from .limits import Budget

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER_BYTES = 1 << 18


class _Raw(io.RawIOBase):
    """The bytes of a content, in order. At a break it ends, and `broken` holds the error."""

    def __init__(self, content: Content, label: str, number: int, budget: Budget) -> None:
        self._content, self._label, self._number, self._budget = content, label, number, budget
        self.place = 0
        self.digest = sha256()
        self.digested = 0  # bytes from the first on; those that are read again do not count again
        self.broken: BrokenOff | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.place}.get(whence)
        if base is None or base + offset > self.digested:
            raise io.UnsupportedOperation("only back to what was read, or on from here")
        self.place = base + offset
        self.broken = None  # come to again where it is
        return self.place

    def tell(self) -> int:
        return self.place

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self.broken:
            return 0
        try:
            found = self._content.read_at(self.place, len(view))
            self._budget.note(self._number, self.place + len(found), self._label)
        except UnreadableFile as error:
            self.broken = BrokenOff(self._label, error.reason)
            return 0
        view[: len(found)] = found
        self.digest.update(found[max(self.digested - self.place, 0) :])
        self.place += len(found)
        self.digested = max(self.digested, self.place)
        return len(found)


class MemberStream(io.BufferedReader):
    """A member's bytes, unpacked on the way; one may go back in it (what is packed is unpacked again then).

    A broken member first gives all that can be had, the last call perhaps fewer bytes than asked, as at an end; the
    next call raises. `read()` of everything raises in the place of giving a part.

    Raises:
        BrokenOff: (each way to read, and `digest`) the member breaks off here. It is raised again when asked
            again, so that a reader that takes it for the end does not hide it from `digest`.
    """

    def __init__(self, content: Content, label: str, number: int, budget: Budget) -> None:
        self._own = _Raw(content, label, number, budget)
        super().__init__(self._own, BUFFER_BYTES)

    @property
    def size(self) -> int:
        """How many unpacked bytes were taken out so far (also what lies in the buffer); all, after `digest`."""
        return self._own.digested

    @property
    def broken(self) -> BrokenOff | None:
        """The error at which the member breaks off, as soon as it was come to."""
        return self._own.broken

    def digest(self) -> str:
        """Return the SHA-256 of all unpacked bytes, in hexadecimal; what was not read yet is read for it."""
        while self.read(BUFFER_BYTES):
            pass
        return self.digest_so_far()

    def digest_so_far(self) -> str:
        """Return the SHA-256 of the bytes that were taken out, in hexadecimal."""
        return self._own.digest.hexdigest()

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        if self._own.broken and (not found or size is None or size < 0):
            self._raise(size)
        return found

    def read1(self, size: int = -1) -> bytes:
        return super().read1(size) or self._at_end(size)

    def readline(self, size: int | None = -1) -> bytes:
        return super().readline(size) or self._at_end(size)

    def readinto(self, buffer: WriteableBuffer) -> int:
        return super().readinto(buffer) or len(self._at_end(len(memoryview(buffer))))

    def readinto1(self, buffer: WriteableBuffer) -> int:
        return super().readinto1(buffer) or len(self._at_end(len(memoryview(buffer))))

    def _at_end(self, size: int | None) -> bytes:
        self._raise(size)
        return b""

    def _raise(self, size: int | None) -> None:
        if self._own.broken and size != 0:
            raise self._own.broken
