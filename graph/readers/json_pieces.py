"""Bytes of JSON → the pieces that can be parsed alone: lines, values, items of a list; memory is bounded by one piece.

Nothing is parsed here: strings and brackets are told apart (RFC 8259, sections 2 and 7), which is all that it takes to
find where a value ends. What is no JSON comes out as pieces too, and whoever parses them finds out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, Final, Literal, NamedTuple

from .json_feed import CHUNK, SHOWN, Feed

Path = tuple[str, ...]
Kind = Literal["line", "value", "item", "between", "rest", "junk"]
State = Literal["whole", "cut", "large"]

_FIRST_CHUNK: Final = 1 << 10
_LONGEST_BETWEEN: Final = 1 << 16  # of what stands between two items and is none
_LARGEST_REST: Final = 4 << 20  # of what stands around a list
_SPACE: Final = b" \t\r\n"
_QUOTE: Final = ord('"')
_LIST: Final = ord("[")
_OPENING: Final = frozenset(b"{[")
# From outside of any string to the next bracket, or to a quote whose string does not end in this chunk. Possessive, so
# that it neither backtracks nor grows a stack. Escaped quotes are blotted out before.
_SKIP: Final = re.compile(rb'(?:[^"{}\[\]]++|"[^"]*+")*+')
# The same where brackets do not matter: passes over those that hold no others too (nine in ten of a record's).
_LEAP: Final = re.compile(rb'(?:[^"{}\[\]]++|"[^"]*+"|[{\[](?:[^"{}\[\]]++|"[^"]*+")*+[}\]])*+')
_KEY: Final = re.compile(rb'(?<!\\)"([^"\\]{0,64})"[ \t\r\n]*:[ \t\r\n]*\Z')
_KEY_BYTES: Final = 256


class Piece(NamedTuple):
    """A piece: its bytes, the lines of the file it stands in, what it is, and whether it is all there.

    "line": a line that begins with `{`. "value": a value at the top. "item": an item of a list. "between": what stands
    between items, other than white space and one comma. "rest": a value whose lists were given out item by item, with
    empty lists in their place. "junk": lines that begin no value. The text of a large piece is only its beginning.
    """

    text: bytes
    first: int
    last: int
    kind: Kind
    state: State


def pieces(
    stream: IO[bytes], lists: Sequence[Path], at_most: int, *, line: int = 1, by_lines: bool = True
) -> Iterator[Piece]:
    """Yield the pieces of a file in its order; see `Piece`.

    Args:
        lists: where lists may stand whose items are pieces, as keys from the top; a list at the top always.
        at_most: bytes of the largest piece that is given out.
        line: the number of the first line.
        by_lines: whether a line can be a piece; else one is taken apart into its values.
    """
    feed = Feed(stream, line)
    feed.peek()
    is_lines = by_lines and _is_lines(feed.head())
    junk: Piece | None = None
    while ahead := feed.peek():
        first = feed.line
        if ahead[0] not in _OPENING:
            text, _ = feed.read_line(CHUNK)
            junk = junk._replace(last=first) if junk else Piece(text[:SHOWN], first, first, "junk", "whole")
            continue
        if junk:
            yield junk
            junk = None
        if is_lines and ahead[:1] == b"{" and ahead[1:] not in (b"\r\n", b"\n ") and ahead[1:2] != b"\n":
            text, is_whole = feed.read_line(at_most)
            yield Piece(text.rstrip(_SPACE), first, first, "line", "whole" if is_whole else "large")
        else:
            yield from walk(feed, lists, at_most)
            last = feed.line
            is_lines = by_lines and first == last and bool(feed.peek()) and feed.line > last
    if junk:
        yield junk


def _is_lines(head: bytes) -> bool:
    """Whether a file that begins so is JSON Lines: a first line that is whole, or a broken one and whole ones next."""
    lines = [line.strip(_SPACE) for line in head.split(b"\n", 8)]
    if len(lines) == 1:
        return False
    if lines[0][:1] != b"{" or _balance(lines[0]) == 0:
        return True
    later = [line for line in lines[1:3] if line]
    # An item of a list that stands on a line of its own ends with the comma between items.
    return bool(later) and all(
        line[:1] == b"{" and line[-1:] == b"}" and _balance(line) == 0 for line in later
    )


def _balance(line: bytes) -> int:
    """How many brackets of a line stay open; -1 where a string does."""
    plain = line.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    bare = re.sub(rb'"[^"]*+"', b"", plain)
    if b'"' in bare:
        return -1
    return bare.count(b"{") + bare.count(b"[") - bare.count(b"}") - bare.count(b"]")


def walk(feed: Feed, lists: Sequence[Path], at_most: int) -> Iterator[Piece]:
    """Yield the pieces of the one value that comes next; the feed stands behind it then, or at the end of the file."""
    state = _Walk(feed.line, lists, at_most)
    depth, size, carried, in_string = 0, _FIRST_CHUNK, b"", False
    while given := feed.chunk(size):
        size = min(size * 2, CHUNK)
        chunk, carried = _uncut(carried + given)
        plain = chunk.replace(b"\\\\", b"__").replace(b'\\"', b"__")
        at, kept = 0, 0
        if in_string:
            at = plain.find(b'"') + 1
            in_string = at == 0
        while not in_string:
            found = (_LEAP if depth > state.watched else _SKIP).match(plain, at)
            at = found.end() if found else len(plain)
            if at == len(plain):
                break
            mark = plain[at]
            at += 1
            if mark == _QUOTE:
                in_string = True
                continue
            depth -= mark not in _OPENING
            if depth <= state.watched:
                yield from state.turn(mark, chunk[kept:at], depth)
                kept = at
            depth += mark in _OPENING
            if depth <= 0:
                feed.back(len(chunk) - at + len(carried))
                return
        state.keep(chunk[kept:], is_between=depth <= state.watched)
    state.keep(carried)
    yield from state.end(depth)


def _uncut(chunk: bytes) -> tuple[bytes, bytes]:
    """A chunk without the backslash at its end that may escape what comes next, and that backslash."""
    is_odd = (len(chunk) - len(chunk.rstrip(b"\\"))) % 2
    return (chunk[:-1], chunk[-1:]) if is_odd else (chunk, b"")


class _Walk:
    """Where in a value the walk stands: on which path, in which list, and what it holds of the piece there.

    `watched` is the depth down to which brackets matter: those in deeper ones are only text.
    """

    def __init__(self, line: int, lists: Sequence[Path], at_most: int) -> None:
        self.watched = 1
        self._lists = (*lists, ())
        self._at_most = at_most
        self._path: Path = ()
        self._in_list = self._had_list = False
        self._line = self._first = self._value_first = line
        self._held, self._is_large = bytearray(), False
        self._rest, self._is_rest_large = bytearray(), False  # what was held of the value when its list began

    def keep(self, text: bytes, is_between: bool = False) -> None:
        """Hold more of the piece, as long as it is not too large."""
        self._line += text.count(b"\n")
        is_between = is_between and self._in_list
        if is_between and (bare := text.strip(_SPACE)) != text:
            text = b" %b " % bare if bare else b""  # how much white space it is says nothing
        if not self._is_large:
            self._held += text
            if len(self._held) > (_LONGEST_BETWEEN if is_between else self._at_most):
                self._is_large = True
                self._held = self._held[:SHOWN]

    def turn(self, mark: int, text: bytes, depth: int) -> Iterator[Piece]:
        """Take the text up to and with a bracket that stands in `depth` others; yield the piece that it ends."""
        is_opening = mark in _OPENING
        if self._in_list and (is_opening or depth < self.watched):
            self.keep(text[:-1], is_between=True)
            yield from self._between()
            self._first = self._line
            if not is_opening:
                self._in_list, self.watched = False, len(self._path) + 1
                self._held, self._is_large = self._rest, self._is_rest_large
                self._first = self._value_first
            self.keep(text[-1:])
        else:
            self.keep(text)
            if self._in_list:
                yield self._piece("item", "whole")
            elif is_opening:
                self._open(mark, depth)
        if not is_opening and depth <= len(self._path):
            self._path = self._path[:-1]
            self.watched = len(self._path) + 1 + self._in_list
            if depth <= 0:
                yield self._piece("rest" if self._had_list else "value", "whole")

    def end(self, depth: int) -> Iterator[Piece]:
        """Yield what the file breaks off in."""
        if self._in_list and depth <= self.watched:
            yield from self._between()
        kind: Kind = (
            "item" if self._in_list and depth > self.watched else "rest" if self._had_list else "value"
        )
        yield self._piece(kind, "cut")

    def _open(self, mark: int, depth: int) -> None:
        """Go into a list whose items are pieces, or an object on the path to one."""
        path: Path = ()
        if depth > 0:
            key = _KEY.search(bytes(self._held[-_KEY_BYTES:-1]))
            if depth != len(self._path) + 1 or key is None:
                return
            path = (*self._path, key[1].decode("utf-8", "replace"))
        if mark == _LIST and path in self._lists:
            self._is_rest_large = self._is_large or len(self._held) > _LARGEST_REST
            self._rest = self._held[:SHOWN] if self._is_rest_large else self._held
            self._held, self._is_large = bytearray(), False
            self._in_list = self._had_list = True
            self.watched = depth + 1
        elif path and mark != _LIST and any(one[: len(path)] == path for one in self._lists):
            self._path = path
            self.watched = len(path) + 1

    def _between(self) -> Iterator[Piece]:
        if bytes(self._held).strip(_SPACE) not in (b"", b","):
            yield self._piece("between", "whole")
        self._held, self._is_large = bytearray(), False

    def _piece(self, kind: Kind, state: State) -> Piece:
        state = "large" if self._is_large and state == "whole" else state
        made = Piece(bytes(self._held), self._first, self._line, kind, state)
        self._held, self._is_large = bytearray(), False
        return made
