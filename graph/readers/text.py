"""Bytes → numbered lines of text, refusing what is not text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from ..errors import UnreadableFile
from .record_limits import LONGEST_LINE_BYTES

BOM = b"\xef\xbb\xbf"


class TextLine(NamedTuple):
    """A line without its end. `is_ended` is False for a last line without a line end: it may be cut."""

    number: int
    text: str
    is_ended: bool


def text_lines(stream: IO[bytes], path: str) -> Iterator[TextLine]:
    """Yield each line, numbered from 1; memory is bounded by one line.

    Only LF and CRLF end a line: U+2028 and the like are text.

    Raises:
        UnreadableFile: a line over 1 MiB, a NUL byte, or bytes that are not UTF-8; says at which line.
    """
    number = 0
    while chunk := stream.readline(LONGEST_LINE_BYTES + 1):
        number += 1
        if len(chunk) > LONGEST_LINE_BYTES:
            raise UnreadableFile(
                path, f"found a line of over {LONGEST_LINE_BYTES >> 20} MiB, expected lines of text", number
            )
        if number == 1:
            chunk = chunk.removeprefix(BOM)
        if b"\0" in chunk:
            raise UnreadableFile(path, "found a NUL byte, expected UTF-8 text: is it a binary file?", number)
        yield TextLine(number, _decoded(chunk, path, number).rstrip("\r\n"), chunk.endswith(b"\n"))


def _decoded(chunk: bytes, path: str, number: int) -> str:
    try:
        return chunk.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = (
            f"found byte 0x{chunk[error.start]:02x} at column {error.start + 1}, expected UTF-8: "
            "save the file as UTF-8 and load it again"
        )
        raise UnreadableFile(path, reason, number) from None
