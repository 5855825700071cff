"""A zip archive → its entries, by its directory; by the headers before each file where the directory is missing."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from stat import S_ISLNK
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import crc32

from ..errors import UnreadableFile
from .compression import BZIP2, CHUNK_BYTES, DEFLATE, XZ, ZSTD, Codec, packed_length, unpack
from .contents import Content, Part, Unpacked, read_exactly
from .entries import Entry, Why, is_hidden
from .limits import Limits

# APPNOTE.TXT 6.3.10: 4.3.7 local file header, 4.4.4 flags, 4.4.5 methods, 4.3.9 data descriptor, 4.5.3 zip64.
MAGIC = (b"PK\3\4", b"PK\5\6")  # the second: a zip without files
_LOCAL = struct.Struct("<4s2xHH4xLLLHH")
_CODECS: dict[int, Codec | None] = {0: None, 8: DEFLATE, 12: BZIP2, 93: ZSTD, 95: XZ}
_OTHER_METHODS = {9: "Deflate64", 14: "LZMA", 1: "Shrink", 6: "Implode", 98: "PPMd", 99: "encrypted by AES"}
_IS_ENCRYPTED, _HAS_DESCRIPTOR, _IS_UTF8 = 0x1, 0x8, 0x800
_DIRECTORY_BYTES = 160  # of a file in the directory, on the average at most
_UNIX = 3
_OFFICE = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the archive describes it. Sizes and checksum may be unknown in an archive that is cut off."""

    name: str
    header_at: int
    flags: int
    method: int
    packed: int | None
    size: int | None
    crc: int | None
    is_link: bool = False


def zip_entries(content: Content, labelled: Callable[[str], str], limits: Limits) -> Iterator[Entry]:
    """Yield what stands in a zip archive, in the order of its bytes; of one that is cut off, what can be had.

    Raises:
        UnreadableFile: the archive is cut off or damaged, or is a document of an office program.
    """
    try:
        with ZipFile(_Seekable(content, limits.most_members * _DIRECTORY_BYTES)) as archive:
            listed = sorted(map(_listed, archive.infolist()), key=lambda file: file.header_at)
            end = archive.start_dir
    except UnreadableFile as error:
        yield from _walk(content, labelled, limits)
        raise error from None
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        yield from _walk(content, labelled, limits)
        said = "" if "not a zip" in str(error) else f" ({error})"
        raise UnreadableFile(
            content.label,
            f"found no directory at the end of the zip archive{said}, expected one: is it fully fetched?",
        ) from None
    if any(file.name == _OFFICE for file in listed):
        raise UnreadableFile(
            content.label,
            "found a document of an office program (Excel, Word), expected text: save it as CSV or text",
        )
    ends = [*(file.header_at for file in listed[1:]), end]
    for file, following in zip(listed, ends, strict=False):  # one end too many in an empty archive
        if not 0 <= file.header_at <= min(following, end) - _LOCAL.size - (file.packed or 0):
            reason = "found bytes that another file or the directory has too, expected none: is it a bomb?"
            yield Entry(file.name, None, Why.BROKEN, reason)
        else:
            yield _entry(content, file, labelled, limits)


def _listed(info: ZipInfo) -> _File:
    is_link = info.create_system == _UNIX and S_ISLNK(info.external_attr >> 16)
    sizes = (info.compress_size, info.file_size, info.CRC)
    return _File(info.filename, info.header_offset, info.flag_bits, info.compress_type, *sizes, is_link)


def _entry(content: Content, file: _File, labelled: Callable[[str], str], limits: Limits) -> Entry:
    if file.name.endswith("/"):
        return Entry(file.name, None, Why.DIRECTORY)
    if is_hidden(file.name):
        return Entry(file.name, None, Why.HIDDEN)
    if file.is_link:
        return Entry(file.name, None, Why.LINK)
    if file.flags & _IS_ENCRYPTED:
        return Entry(file.name, None, Why.ENCRYPTED)
    if file.method not in _CODECS:
        method = _OTHER_METHODS.get(file.method, f"method {file.method}")
        reason = f"found a file packed by {method}, expected Deflate, bzip2, xz or Zstandard: unpack it first"
        return Entry(file.name, None, Why.UNKNOWN_PACKING, reason)
    try:
        head = read_exactly(content, file.header_at, _LOCAL.size)
    except UnreadableFile as error:
        return Entry(file.name, None, Why.BROKEN, error.reason)
    if len(head) < _LOCAL.size or head[:4] != MAGIC[0]:
        return Entry(
            file.name, None, Why.BROKEN, "found no file where the zip archive lists it, expected one"
        )
    start = file.header_at + _LOCAL.size + sum(_LOCAL.unpack(head)[-2:])
    label = labelled(file.name)
    part = Part(content, start, file.packed, label)
    return Entry(file.name, Unpacked(part, partial(_chunks, file=file, limits=limits), label))


def _chunks(part: Content, file: _File, limits: Limits) -> Iterator[bytes]:
    """Yield what a file holds.

    Raises:
        UnreadableFile: it is damaged, or is not what the archive says of it (size, CRC-32).
    """
    codec = _CODECS[file.method]
    made = found = 0
    for chunk in _stored(part) if codec is None else unpack(part, codec, limits):
        made += len(chunk)
        found = crc32(chunk, found)
        if file.size is not None and made > file.size:
            break
        yield chunk
    if file.size is not None and made != file.size:
        raise UnreadableFile(
            part.label,
            f"found {made:,} bytes or more, expected {file.size:,} as the archive lists: is it damaged?",
        )
    if file.crc is not None and found != file.crc:
        raise UnreadableFile(
            part.label,
            f"found the checksum {found:08x} after {made:,} bytes, expected {file.crc:08x}: the file is damaged",
        )


def _stored(part: Content) -> Iterator[bytes]:
    place = 0
    while chunk := part.read_at(place, CHUNK_BYTES):
        place += len(chunk)
        yield chunk


def _walk(content: Content, labelled: Callable[[str], str], limits: Limits) -> Iterator[Entry]:
    """Yield the entries from the first header on, as far as they go; never raise."""
    place: int | None = 0
    while place is not None and (read := _local(content, place)):
        file, start = read
        place = None if file.packed is None else start + file.packed
        if file.flags & _HAS_DESCRIPTOR and not file.packed:
            # The sizes stand after the bytes: packed bytes have to be gone through to know where they end.
            codec = _CODECS.get(file.method)
            file, place = replace(file, packed=None, size=None, crc=None), None
            if codec is not None and not file.flags & _IS_ENCRYPTED:
                try:
                    packed = packed_length(Part(content, start, None, content.label), codec, limits)
                except UnreadableFile:
                    packed = None
                if packed is not None:
                    file, place = replace(file, packed=packed), _after_descriptor(content, start + packed)
            elif not file.flags & _IS_ENCRYPTED and codec is None and file.method in _CODECS:
                return  # stored bytes without a size: nothing tells where they end
        yield _entry(content, file, labelled, limits)


def _local(content: Content, place: int) -> tuple[_File, int] | None:
    """Return the file whose header is at `place` and where its bytes start; None if no header is there."""
    try:
        head = read_exactly(content, place, _LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != MAGIC[0]:
            return None
        _, flags, method, crc, packed, size, of_name, of_extra = _LOCAL.unpack(head)
        rest = read_exactly(content, place + _LOCAL.size, of_name + of_extra)
    except UnreadableFile:
        return None
    if len(rest) < of_name + of_extra:
        return None
    name = rest[:of_name].decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace")
    if packed == 0xFFFFFFFF and rest[of_name : of_name + 4] == b"\1\0\x10\0" and of_extra >= 20:
        size, packed = struct.unpack_from("<QQ", rest, of_name + 4)
    return _File(name, place, flags, method, packed, size, crc), place + _LOCAL.size + len(rest)


def _after_descriptor(content: Content, place: int) -> int | None:
    """Return the place of the next header after the sizes at `place`: 12 to 24 bytes of them."""
    try:
        found = read_exactly(content, place, 28)
    except UnreadableFile:
        return None
    return next((place + n for n in (16, 24, 12, 20) if found[n : n + 2] == b"PK"), None)


class _Seekable(io.RawIOBase):
    """A content as the file that `zipfile` wants. One read takes at most `most` bytes: its directory is read whole."""

    def __init__(self, content: Content, most: int) -> None:
        self._content, self._most, self._place = content, most, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = 0) -> int:
        start = {0: 0, 1: self._place}[whence] if whence < 2 else self._content.size()
        if start + place < 0:
            raise OSError("before the beginning")
        self._place = start + place
        return self._place

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._content.size() - self._place if size is None or size < 0 else size
        if wanted > self._most:
            raise UnreadableFile(
                self._content.label,
                f"found a directory of {wanted:,} bytes in the zip archive, expected at most {self._most:,}",
            )
        found = read_exactly(self._content, self._place, wanted)
        self._place += len(found)
        return found
