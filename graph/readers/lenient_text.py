"""Bytes → numbered lines of text; a line that is no text is marked and the next one read.

`text.py` refuses the file at such a line. Here one broken record must not take the others with it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from .record_limits import LONGEST_LINE_BYTES
from .text import BOM

_CHUNK: Final = 1 << 16
_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Line(NamedTuple):
    """A line without its end. `fault` says what of it is no text; `text` is then only what could be read."""

    number: int
    text: str
    fault: str | None = None
    is_ended: bool = True


def lenient_lines(
    stream: IO[bytes], longest_bytes: int = LONGEST_LINE_BYTES, second_encoding: str | None = None
) -> Iterator[Line]:
    """Yield each line, numbered from 1; only LF and CRLF end a line. Memory is bounded by one line.

    UTF-8, or UTF-16 where its mark stands first (then there is no second encoding). With `second_encoding`, a line
    that is not UTF-8 is read in that one; its fault still says so.
    """
    number = 0
    while chunk := stream.readline(longest_bytes):
        number += 1
        if number == 1:
            if chunk[:2] in _UTF16:
                yield from _utf16_lines(stream, chunk, longest_bytes)
                return
            chunk = chunk.removeprefix(BOM)
        is_ended = chunk.endswith(b"\n")
        if not is_ended and len(chunk) >= longest_bytes - len(BOM):
            is_ended = _skipped_to_end(stream)
            yield Line(number, "", _too_long(longest_bytes), is_ended)
            continue
        yield _decoded(chunk.rstrip(b"\r\n"), number, is_ended, second_encoding)


def _decoded(line: bytes, number: int, is_ended: bool, second_encoding: str | None) -> Line:
    fault = None
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        text = line.decode(second_encoding or "utf-8", "replace")
        fault = f"byte 0x{line[error.start]:02x} in line {number}, which is not UTF-8"
    if "\0" in text:
        fault = f"a NUL byte in line {number}"
    return Line(number, text, fault, is_ended)


def _too_long(longest_bytes: int) -> str:
    return f"a line of over {longest_bytes >> 20} MiB"


def _skipped_to_end(stream: IO[bytes]) -> bool:
    """Pass over the rest of a line; return whether it had an end."""
    while chunk := stream.readline(_CHUNK):
        if chunk.endswith(b"\n"):
            return True
    return False


def _utf16_lines(stream: IO[bytes], head: bytes, longest: int) -> Iterator[Line]:
    """Yield the lines of UTF-16 text that begins with `head`; `longest` counts characters here."""
    decoder = codecs.getincrementaldecoder(_UTF16[head[:2]])("replace")
    number, is_skipping = 0, False
    rest = decoder.decode(head[2:])
    while True:
        chunk = stream.read(_CHUNK)
        *whole, rest = (rest + decoder.decode(chunk, final=not chunk)).split("\n")
        for text in whole:
            number += 1
            yield _line16(number, "" if is_skipping else text, is_skipping, longest, is_ended=True)
            is_skipping = False
        if len(rest) > longest or is_skipping:
            rest, is_skipping = "", True
        if not chunk:
            break
    if rest or is_skipping:
        yield _line16(number + 1, rest, is_skipping, longest, is_ended=False)


def _line16(number: int, text: str, is_skipped: bool, longest: int, is_ended: bool) -> Line:
    fault = _too_long(longest) if is_skipped else None
    if "\0" in text:
        fault = f"a NUL character in line {number}"
    elif "\ufffd" in text:
        fault = f"a character that is not UTF-16 in line {number}"
    return Line(number, text.rstrip("\r"), fault, is_ended)
