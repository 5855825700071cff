"""Packed bytes → unpacked chunks: gzip, bzip2, xz and Zstandard, known by their first bytes, undone on the way."""

from __future__ import annotations

import re
import zlib
from bz2 import BZ2Decompressor
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from lzma import FORMAT_XZ, LZMADecompressor, LZMAError
from typing import Any, Protocol

from ..errors import UnreadableFile
from .contents import Content
from .limits import Limits

HEAD_BYTES = 512  # enough to know a compression (10) or an archive (tar: 512) by
CHUNK_BYTES = 1 << 20  # unpacked at a time
_PIECE_BYTES = 1 << 16  # read at a time
_XZ_MEMORY_BYTES = 256 << 20  # `xz -9` needs 65 MiB, its largest dictionary 1.5 GiB


class Decompressor(Protocol):
    """One stream of packed bytes, as `bz2`, `lzma` and `compression.zstd` know it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Codec:
    """A compression. Without `magic` it holds one stream and nothing follows it (in a zip)."""

    name: str
    start: Callable[[], Decompressor]
    magic: re.Pattern[bytes] | None
    is_padded: bool = False  # zero bytes may stand between and after the streams


class _Inflate:
    """zlib's decompressor with the manners of the others: it keeps what it could not yet take in."""

    def __init__(self, window_bits: int) -> None:
        self._inner = zlib.decompressobj(window_bits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        kept = self._inner.unconsumed_tail
        found = self._inner.decompress(kept + data if kept else data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(found) < max_length
        return found


@cache
def zstd_module() -> Any:
    """Return the standard library's module (Python 3.14) or its twin for older ones; None without either."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


def _start_zstd() -> Decompressor:
    module = zstd_module()
    if module is None:
        raise _CannotStart("found Zstandard data, expected the package that undoes it: "
                           'pip install "collegium[zstd]"')  # fmt: skip
    made: Decompressor = module.ZstdDecompressor()
    return made


class _CannotStart(Exception):
    """The package that a compression needs is not there."""


class _Damaged(Exception):
    """The decompressor does not understand the bytes."""


# Each format's own specification says that streams may follow each other.
GZIP = Codec("gzip", lambda: _Inflate(31), re.compile(rb"\x1f\x8b\x08"), is_padded=True)  # RFC 1952, 2.2-2.3
BZIP2 = Codec("bzip2", BZ2Decompressor, re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"))
XZ = Codec(  # "The .xz File Format" 1.2.0, 2: streams, and padding between them
    "xz",
    lambda: LZMADecompressor(FORMAT_XZ, memlimit=_XZ_MEMORY_BYTES),
    re.compile(rb"\xfd7zXZ\0"),
    is_padded=True,
)
ZSTD = Codec(  # RFC 8878, 3: frames, and frames to skip
    "Zstandard", _start_zstd, re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
)
DEFLATE = Codec("deflate", lambda: _Inflate(-15), None)  # RFC 1951, without a frame: in a zip

CODECS = (GZIP, BZIP2, XZ, ZSTD)


def compression_of(head: bytes) -> Codec | None:
    """Return the compression that the first bytes are of, None if they are of none."""
    return next((codec for codec in CODECS if codec.magic and codec.magic.match(head)), None)


def unpack(content: Content, codec: Codec, limits: Limits) -> Iterator[bytes]:
    """Yield what is packed in `content`, at most 1 MiB at a time; all that could be undone before a break.

    Raises:
        UnreadableFile: the bytes are cut off, damaged, followed by others, or give too much.
    """
    run = _Run(content, codec, limits)
    try:
        yield from run.chunks()
    except _Damaged:
        # A decompressor keeps to itself what it had made of the piece in which it fails, and a wrong checksum at the
        # end of a small file would cost the whole file: come there once more, and go through that piece byte by byte.
        again = _Run(content, codec, limits, fine_from=run.piece_at)
        yield from _after(run.made, again)


def packed_length(content: Content, codec: Codec, limits: Limits) -> int:
    """Return how many bytes the first stream in `content` takes, whatever follows it.

    Raises:
        UnreadableFile: it is cut off or damaged.
    """
    run = _Run(content, codec, limits)
    try:
        for _ in run.chunks(is_alone=True):
            pass
    except _Damaged as damage:
        raise UnreadableFile(content.label, str(damage)) from None
    return run.place - run.unused


class _Run:
    """One way through packed bytes."""

    def __init__(self, content: Content, codec: Codec, limits: Limits, fine_from: int | None = None) -> None:
        self._content, self._codec, self._limits = content, codec, limits
        self._fine_from = fine_from
        self.place = 0  # how much was read
        self.piece_at = 0  # where the last piece began
        self.made = 0  # how much was handed out
        self.unused = 0  # bytes read beyond the first stream; filled at its end

    def chunks(self, *, is_alone: bool = False) -> Iterator[bytes]:
        decompressor, piece = self._start(), b""
        while True:
            if decompressor.eof:
                self.unused = len(decompressor.unused_data)
                if is_alone or not (piece := self._next_stream(decompressor.unused_data)):
                    return
                decompressor = self._start()
            elif decompressor.needs_input:
                piece = self._piece()
                if not piece:
                    raise UnreadableFile(
                        self._content.label,
                        f"found the end of the file in the middle of the {self._codec.name} data, after "
                        f"{self.made:,} bytes unpacked; expected the whole: is it fully fetched?",
                    )
            try:
                chunk = decompressor.decompress(piece, CHUNK_BYTES)
            except _failures() as error:
                raise _Damaged(self._damage(error)) from None
            piece = b""
            if chunk:
                self._limits.check(self.made + len(chunk), self.place, self._content.label)
                self.made += len(chunk)
                yield chunk

    def _start(self) -> Decompressor:
        try:
            return self._codec.start()
        except _CannotStart as error:
            raise UnreadableFile(self._content.label, str(error)) from None

    def _piece(self) -> bytes:
        is_fine = self._fine_from is not None and self.place >= self._fine_from
        piece = self._content.read_at(self.place, 1 if is_fine else _PIECE_BYTES)
        self.piece_at = self.place
        self.place += len(piece)
        return piece

    def _next_stream(self, rest: bytes) -> bytes:
        """Return the first bytes of the next stream, b"" if there is none."""
        codec = self._codec
        while True:
            rest = rest.lstrip(b"\0") if codec.is_padded else rest
            if len(rest) >= HEAD_BYTES:
                break
            more = self._piece()
            if not more:
                break
            rest += more
        if rest and not (codec.magic and codec.magic.match(rest)):
            raise UnreadableFile(
                self._content.label,
                f"found other bytes after the end of the {codec.name} data ({self.made:,} bytes unpacked), "
                "expected nothing more",
            )
        return rest

    def _damage(self, error: Exception) -> str:
        said = re.sub(r"^Error -\d+ while [\w ]+: ", "", str(error)).rstrip(".") or type(error).__name__
        if "memory" in said.lower():  # lzma's and zstd's own limit
            return (
                f"found {self._codec.name} data that take too much memory to undo, expected a window of at most "
                "128 MiB: pack the file anew without --long and --ultra"
            )
        return (
            f"found damaged {self._codec.name} data near byte {self.place:,} ({said}), after "
            f"{self.made:,} bytes unpacked; expected an intact file: fetch it again"
        )


@cache
def _failures() -> tuple[type[Exception], ...]:
    """The errors by which decompressors say that they do not understand (bz2 says OSError and ValueError)."""
    own = (zstd_module().ZstdError,) if zstd_module() is not None else ()
    return (zlib.error, LZMAError, OSError, ValueError, EOFError, *own)


def _after(skipped: int, run: _Run) -> Iterator[bytes]:
    """Yield what a run makes beyond its first `skipped` bytes, gathered; then raise what stops it."""
    kept = bytearray()
    try:
        for chunk in run.chunks():
            fresh = chunk[max(0, skipped - (run.made - len(chunk))) :]
            kept += fresh
            if len(kept) >= CHUNK_BYTES:
                yield bytes(kept)
                kept.clear()
        stop = None
    except _Damaged as damage:
        stop = UnreadableFile(run._content.label, str(damage))
    except UnreadableFile as error:
        stop = error
    if kept:
        yield bytes(kept)
    if stop is not None:
        raise stop
