"""A tar archive → its entries, in their order, read forward only."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from tarfile import TarInfo

from ..errors import UnreadableFile
from .contents import Content, Part, read_exactly
from .entries import Entry, Why, is_hidden

BLOCK_BYTES = 512
_LONGEST_HEADER_BYTES = 1 << 20  # a long name or a list of attributes
_END_BYTES = (
    1 << 20
)  # how far zeros are followed: `tar` fills up to 10 KiB, `cat a.tar b.tar` goes on after them

# POSIX.1-2017, pax, "ustar Interchange Format" (typeflag) and GNU tar's manual, "Basic Tar Format".
_LEFT_OUT = {
    tarfile.LNKTYPE: (Why.LINK, ""),
    tarfile.SYMTYPE: (Why.LINK, ""),
    tarfile.CHRTYPE: (Why.DEVICE, ""),
    tarfile.BLKTYPE: (Why.DEVICE, ""),
    tarfile.FIFOTYPE: (Why.DEVICE, ""),
    tarfile.DIRTYPE: (Why.DIRECTORY, ""),
    b"V": (Why.DEVICE, "the label of a tape"),
    b"M": (Why.UNKNOWN_PACKING, "found the second part of a file, expected whole files: unpack it first"),
    b"D": (Why.DIRECTORY, ""),
    tarfile.GNUTYPE_SPARSE: (
        Why.UNKNOWN_PACKING,
        "found a sparse file, expected a plain one: unpack it first",
    ),
}
_WITHOUT_BYTES = frozenset(
    (tarfile.LNKTYPE, tarfile.SYMTYPE, b"3", b"4", b"5", b"6")
)  # whatever size they say
_SAID_BEFORE = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)


@dataclass(frozen=True, slots=True)
class _Said:
    """What headers before a header say of it."""

    name: str | None = None
    size: int | None = None
    is_sparse: bool = False


def is_tar(head: bytes) -> bool:
    """Return whether the first 512 bytes are a header of a tar archive: its checksum is right."""
    try:
        TarInfo.frombuf(head[:BLOCK_BYTES], "utf-8", "replace")
    except tarfile.HeaderError:
        return False
    return True


def tar_entries(content: Content, labelled: Callable[[str], str]) -> Iterator[Entry]:
    """Yield what stands in a tar archive; all entries before a break.

    Raises:
        UnreadableFile: the archive is cut off or damaged between two files.
    """
    place, said, is_ended = 0, _Said(), False
    while block := read_exactly(content, place, BLOCK_BYTES):
        if not block.strip(b"\0"):
            is_ended, place = True, _after_zeros(content, place)
            continue
        is_ended = False
        info = _header(content, block, place)
        place += BLOCK_BYTES
        if info.type in _SAID_BEFORE:
            said = _added(said, info.type, _said_in(content, place, info.size))
            size = info.size
        else:
            size = info.size if said.size is None else said.size
            if info.type != tarfile.XGLTYPE:
                yield _entry(content, place, size, info, said, labelled)
                said = _Said()
        if info.type == tarfile.GNUTYPE_SPARSE:
            place += _more_holes(content, block, place)
        if info.type not in _WITHOUT_BYTES:
            place += -(-size // BLOCK_BYTES) * BLOCK_BYTES
    if not is_ended:
        raise UnreadableFile(
            content.label,
            f"found no end mark of the tar archive after {place:,} bytes, expected one: is it fully fetched?",
        )


def _header(content: Content, block: bytes, place: int) -> TarInfo:
    try:
        info = TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError as error:
        raise UnreadableFile(
            content.label,
            f"found no header of a tar archive at byte {place:,} ({error}), expected one: is the archive damaged?",
        ) from None
    if info.size < 0:
        raise UnreadableFile(content.label, f"found a file of {info.size} bytes, expected 0 or more")
    return info


def _after_zeros(content: Content, place: int) -> int:
    """Return the place of the next block that is not zero; a place beyond the end if there is none."""
    rest = read_exactly(content, place, _END_BYTES)
    zeros = len(rest) - len(rest.lstrip(b"\0"))
    return place + (zeros // BLOCK_BYTES * BLOCK_BYTES if zeros < len(rest) else max(len(rest), _END_BYTES))


def _more_holes(content: Content, block: bytes, place: int) -> int:
    """Return the size of the blocks after a sparse file's header that list more holes of it."""
    size, is_more = 0, block[482] != 0
    while is_more:
        more = read_exactly(content, place + size, BLOCK_BYTES)
        size += BLOCK_BYTES
        is_more = len(more) == BLOCK_BYTES and more[504] != 0
    return size


def _said_in(content: Content, place: int, size: int) -> bytes:
    if size > _LONGEST_HEADER_BYTES:
        raise UnreadableFile(
            content.label,
            f"found a header of {size:,} bytes in the tar archive, expected at most {_LONGEST_HEADER_BYTES:,}",
        )
    found = read_exactly(content, place, size)
    if len(found) < size:
        raise UnreadableFile(
            content.label,
            f"found the end of the tar archive in a header at byte {place:,}, expected more of it",
        )
    return found


def _added(said: _Said, kind: bytes, payload: bytes) -> _Said:
    """Return what was said and what another header says."""
    if kind == tarfile.GNUTYPE_LONGLINK:
        return said
    if kind == tarfile.GNUTYPE_LONGNAME:
        return replace(said, name=payload.split(b"\0")[0].decode("utf-8", "replace"))
    for key, value in _attributes(payload):
        if key in (b"path", b"GNU.sparse.name"):
            said = replace(said, name=value.decode("utf-8", "replace"))
        elif key == b"size" and value.isdigit() and len(value) < 20:
            said = replace(said, size=int(value))
        elif key.startswith(b"GNU.sparse."):
            said = replace(said, is_sparse=True)
    return said


def _attributes(payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (key, value) of each record `LENGTH KEY=VALUE\\n`; a record that is none ends them."""
    place = 0
    while match := re.compile(rb"(\d{1,7}) ([^=]+)=").match(payload, place):
        end = place + int(match[1])
        if end < match.end() + 1 or end > len(payload):
            return
        yield match[2], payload[match.end() : end - 1]
        place = end


def _entry(
    content: Content, place: int, size: int, info: TarInfo, said: _Said, labelled: Callable[[str], str]
) -> Entry:
    name = info.name if said.name is None else said.name
    kind = tarfile.GNUTYPE_SPARSE if said.is_sparse else info.type
    if kind in _LEFT_OUT:
        why, reason = _LEFT_OUT[kind]
        return Entry(name, None, why, reason)
    if name.endswith("/"):  # before POSIX, a directory was a file of such a name
        return Entry(name, None, Why.DIRECTORY)
    if is_hidden(name):
        return Entry(name, None, Why.HIDDEN)
    return Entry(name, Part(content, place, size, labelled(name)))
