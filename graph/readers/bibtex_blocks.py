"""Bytes of a BibTeX file → pieces that each begin with an entry at the beginning of a line; memory stays flat.

The byte `@` is looked for before anything is decoded: in every encoding that a BibTeX file may be in, an `@` behind a
line end and blanks is that character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from .record_limits import LARGEST_ENTRY_BYTES
from .text import BOM

_CHUNK_BYTES: Final = 1 << 18
_LONGEST_HEAD: Final = 256  # bytes from the `@` of an entry to its brace
_MOST_INDENT: Final = 64  # blanks before the `@`
_HEAD: Final = re.compile(rb"@[ \t]*[A-Za-z][\w-]*\s*[{(]")


class Block(NamedTuple):
    """A piece from one `@type{` at the beginning of a line up to the next; the first may be text before any entry.

    `line` is the number of its first line; `content` is None where the piece is larger than an entry may be.
    """

    line: int
    content: bytes | None


def blocks(stream: IO[bytes]) -> Iterator[Block]:
    """Yield the pieces of a file, in order; memory is bounded by the largest entry.

    Cost: O(bytes).
    """
    held, searched, line = stream.read(_CHUNK_BYTES).removeprefix(BOM), 0, 1
    is_skipping = is_whole = False
    while True:
        most = len(held) if is_whole else max(0, len(held) - _LONGEST_HEAD)
        start = 0
        while (at := held.find(b"@", searched, most)) >= 0:
            searched = at + 1
            if at > start and _begins(held, at):
                content = held[start:at]
                if not is_skipping:
                    yield Block(line, content)
                line += content.count(b"\n")
                start, is_skipping = at, False
        searched = max(searched, most) - start
        held = held[start:]
        if is_whole:
            break
        if len(held) > LARGEST_ENTRY_BYTES or is_skipping:
            if not is_skipping:
                yield Block(line, None)
            cut = max(0, searched - _MOST_INDENT - 1)
            line += held.count(b"\n", 0, cut)
            held, searched, is_skipping = held[cut:], searched - cut, True
        chunk = stream.read(_CHUNK_BYTES)
        is_whole = not chunk
        held += chunk
    if held and not is_skipping:
        yield Block(line, held)


def _begins(held: bytes, at: int) -> bool:
    """Whether the `@` at this place begins a line and an entry."""
    before = held[max(0, at - _MOST_INDENT) : at].rstrip(b" \t")
    is_first = before.endswith((b"\n", b"\r")) or (not before and at < _MOST_INDENT)
    return is_first and _HEAD.match(held, at) is not None
