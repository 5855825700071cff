"""Packs bytes in every way that `graph.opening` undoes, and reads what it hands out."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from collegium.graph.errors import UnreadableFile
from collegium.graph.opening import LeftOut, Limits, Member, MemberStream, opened
from collegium.graph.opening.compression import zstd_module

COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, 6),
    "bz2": bz2.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}
if zstd_module() is not None:  # an extra: without it, what is said then is tested
    _CHECKED = {zstd_module().CompressionParameter.checksum_flag: 1}  # as the tool `zstd` does it
    COMPRESSIONS["zst"] = lambda data: bytes(zstd_module().compress(data, options=_CHECKED))


class _Unseekable(io.BytesIO):
    """A pipe: a zip written to it has its sizes after the bytes."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def zipped(
    files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, is_piped: bool = False
) -> bytes:
    """Return a zip archive; with `is_piped`, as it is written to a pipe."""
    into = _Unseekable() if is_piped else io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return into.getvalue()


def tarred(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar archive."""
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return into.getvalue()


def found_in(path: Path, limits: Limits | None = None) -> list[Member | LeftOut]:
    """Return all that a file holds; the members cannot be read any more."""
    with opened(str(path), limits=limits) as outer:
        return list(outer.members())


def contents_of(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    """Return label (without the folder) -> bytes of each member, read whole."""
    with opened(str(path), limits=limits) as outer:
        members = (member for member in outer.members() if isinstance(member, Member))
        return {shown(member.label, path): member.open().read() for member in members}


def shown(label: str, path: Path) -> str:
    """Return a label without the folder of the outer file."""
    return label.removeprefix(f"{path.parent}/")


def until_break(stream: MemberStream, size: int = 7_000) -> tuple[bytes, UnreadableFile | None]:
    """Return what a stream gives and the error that it ends with, None at a good end."""
    found = bytearray()
    while True:
        try:
            piece = stream.read(size)
        except UnreadableFile as error:
            return bytes(found), error
        if not piece:
            return bytes(found), None
        found += piece


def only_error(path: Path, limits: Limits | None = None) -> str:
    """Return the only thing that a file holds: an error, as it is reported."""
    [left] = found_in(path, limits)
    assert isinstance(left, LeftOut), left
    assert left.error is not None
    return shown(str(left.error), path)


def broken_off(path: Path, limits: Limits | None = None) -> tuple[bytes, UnreadableFile]:
    """Return what the only, or first, member gives before it breaks off, and the error."""
    with ExitStack() as stack:
        outer = stack.enter_context(opened(str(path), limits=limits))
        member = next(m for m in outer.members() if isinstance(m, Member))
        with member.open() as stream:
            found, error = until_break(stream)
            assert error is not None, f"a good end after {len(found)} bytes"
            return found, error
