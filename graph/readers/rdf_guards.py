"""Streams that look at RDF on its way to the parser, and stop what would exhaust it: depth, length, entities.

Measured on pyoxigraph 0.5.13: triple terms nested 100,000 deep end the process, JSON-LD nested 60,000 deep takes all
memory, an element of RDF/XML costs the square of its depth, entities may hold entities, and RDF/XML that breaks off
passes as whole. What the parser itself has in hand is left to it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, Final

from ..errors import UnreadableFile, shorten
from .record_limits import LARGEST_JSON_LD_BYTES, LONGEST_TERM_BYTES

_DEEPEST: Final = 500  # brackets or elements in each other
_DEEPEST_TERMS: Final = 20  # triple terms in each other
_LONGEST: Final = LONGEST_TERM_BYTES  # of a text or tag, as the parsers of other syntaxes have it
_LONGEST_ENTITY: Final = 200  # characters; entities stand for the beginnings of addresses
_CHUNK: Final = 1 << 18
_MOST_PREFIXES: Final = 50_000
_PREFIX: Final = re.compile(rb"prefix\s++([^\s<>:]*+):\s*+<", re.IGNORECASE)
_BRACKETS: Final = dict.fromkeys(b"[({", 1) | dict.fromkeys(b"])}", -1)
# Of Turtle, up to the next bracket or to what is not whole yet. A quote or "<" that begins nothing is passed over: it
# is broken, and the parser says so. Possessive, so that it neither backtracks nor grows a stack.
_BARE: Final = re.compile(
    rb"(?:[^\"'<#\[\](){}\\]++|\\.|<[^<>\s]*+>|<(?=[^<>\s]*+[<\s])|#[^\n]*+\n"
    rb'|"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?!"")(?:[^"\\\n]|\\.)*+"|""(?!")|"(?!"")(?=(?:[^"\\\n]|\\.)*+\n)'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+'''|'(?!'')(?:[^'\\\n]|\\.)*+'|''(?!')|'(?!'')(?=(?:[^'\\\n]|\\.)*+\n))*+",
    re.DOTALL,
)
_BLANK: Final = rb"(?:\s|#[^\n]*\n)*+"
_NAME: Final = rb"(?:<[^<>\s]*+>|[^\s<>\"'#]++)"
_NESTED_TERMS: Final = re.compile(
    rb"(?:<<\(?" + _BLANK + rb"(?:" + _NAME + _BLANK + rb"){0,2}+){%d}" % _DEEPEST_TERMS
)
_TAG: Final = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(/?)[A-Za-z_\x80-\xff](?:[^<>\"'/]|\"[^\"<]*+\"|'[^'<]*+'|/(?!>))*+(/?)>",
    re.DOTALL,
)
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^<>\[]*+(?:\[(.*?)\]\s*+)?>", re.DOTALL)
_ENTITY: Final = re.compile(rb"\s*+<!ENTITY\s++[\w.:-]++\s++(?:\"([^\"&%<]*+)\"|'([^'&%<]*+)')\s*+>\s*+")
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)


class Guarded(BytesIO):
    """A stream that is looked at as it is read. `broken` says at its end why what came was not whole, "" if it was."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        super().__init__()
        self._stream, self._path, self.line = stream, path, 1
        self.broken = ""
        self._held = b""  # looked at, and not given out
        self._sound = 0  # how many of the bytes that are looked at may be given out before they are refused
        self._error: UnreadableFile | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes.

        Raises:
            UnreadableFile: what would exhaust the parser.
        """
        if not self._held:
            if self._error is not None:
                raise self._error
            self._held, self._error = self._looked_at(self._stream.read(_CHUNK))
            if self._error is not None and not self._held:
                raise self._error
        most = _CHUNK if size is None or size < 0 else size
        given, self._held = self._held[:most], self._held[most:]
        return given

    def _looked_at(self, chunk: bytes) -> tuple[bytes, UnreadableFile | None]:
        """The next bytes as far as they are sound, and what comes behind them; large pieces are looked at, and few."""
        self._sound, broken = 0, None
        try:
            self._look(chunk)
        except UnreadableFile as error:
            broken, chunk = error, chunk[: self._sound]
        self.line += chunk.count(b"\n")
        return chunk, broken

    def _look(self, chunk: bytes) -> None:
        """Look at the next bytes; at none, the file is over."""

    def _refused(self, found: str, expected: str, line: int = 0) -> UnreadableFile:
        return UnreadableFile(self._path, f"found {found}, expected {expected}", line or self.line)


class GuardedText(Guarded):
    """Of Turtle, TriG and N3: no triple terms or brackets deep in each other, no text without end, not all prefixes."""

    _tail = b""
    _rest = b""  # from the last string, address or comment on that is not whole
    _depth = 0

    def __init__(self, stream: IO[bytes], path: str) -> None:
        super().__init__(stream, path)
        self._prefixes: set[bytes] = set()

    def _look(self, chunk: bytes) -> None:
        seen = self._tail + chunk
        if b"<<" in seen and _NESTED_TERMS.search(seen):
            raise self._refused("triple terms in triple terms", f"at most {_DEEPEST_TERMS}")
        self._tail = seen[-4096:]
        if b"prefix" in chunk.lower():
            self._prefixes.update(_PREFIX.findall(seen))
            if len(self._prefixes) > _MOST_PREFIXES:
                raise self._refused(f"over {_MOST_PREFIXES:,} prefixes", "fewer")
        self._look_inside(self._rest + chunk)

    def _look_inside(self, seen: bytes) -> None:
        """Follow the brackets that stand outside of strings, addresses and comments."""
        at = 0
        while (found := _BARE.match(seen, at)) is not None and found.end() < len(seen):
            mark = seen[found.end()]
            if mark not in _BRACKETS:
                at = found.end()
                break
            at = found.end() + 1
            self._depth = max(0, self._depth + _BRACKETS[mark])
            if self._depth > _DEEPEST:
                self._sound = max(0, at - len(self._rest))
                line = self.line + seen.count(b"\n", len(self._rest), at)
                raise self._refused(f"over {_DEEPEST} brackets in each other", "flat Turtle", line)
        else:
            at = len(seen)
        self._rest = seen[at:]
        if len(self._rest) > LONGEST_TERM_BYTES:
            most = f"at most {LONGEST_TERM_BYTES >> 20} MiB"
            raise self._refused("a text, address or comment without an end", most)


class GuardedJson(Guarded):
    """Of JSON-LD: no brackets deep in each other."""

    _depth = 0
    _base: int | None = None  # brackets around the things of the file: 1 where it is a list, else 0
    _size = 0  # bytes since a thing began, which the parser holds
    _is_inside = False  # a string
    _carried = b""  # a backslash that may escape what comes next

    def _look(self, chunk: bytes) -> None:
        text = self._carried + chunk
        is_odd = (len(text) - len(text.rstrip(b"\\"))) % 2
        self._carried, text = (text[-1:], text[:-1]) if is_odd else (b"", text)
        parts = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        if self._base is None and text.strip():
            self._base = int(text.lstrip()[:1] == b"[")
        self._size += len(chunk)
        for plain in parts[1 if self._is_inside else 0 :: 2]:
            opened = plain.count(b"{") + plain.count(b"[")
            closed = plain.count(b"}") + plain.count(b"]")
            if self._depth + opened > _DEEPEST or (closed and self._depth - closed <= (self._base or 0)):
                self._walk(plain)
            else:
                self._depth += opened - closed
        self._is_inside ^= len(parts) % 2 == 0
        if self._size > LARGEST_JSON_LD_BYTES:
            most = f"at most {LARGEST_JSON_LD_BYTES >> 20} MiB: write a list of things, or N-Quads"
            raise self._refused("one object of more than is held", most)

    def _walk(self, plain: bytes) -> None:
        for mark in plain:
            self._depth += (mark in b"{[") - (mark in b"}]")
            if self._depth > _DEEPEST:
                raise self._refused(f"over {_DEEPEST} brackets in each other", "flat JSON-LD")
            if self._depth <= (self._base or 0):
                self._size = 0


class GuardedXml(Guarded):
    """Of RDF/XML: no element deep in others, no long text, no entities but short ones; tells where it breaks off."""

    _depth = 0
    _run = 0  # bytes since the last "<"
    _rest = b""  # from the last tag on that is not whole
    _is_begun = False  # whether the root has been seen

    def _look(self, chunk: bytes) -> None:
        seen = self._rest + chunk
        if not self._is_begun:
            self._look_above(seen)
        if not self._is_begun:
            self._rest = seen
            return
        end = 0
        for tag in _TAG.finditer(seen):
            end = tag.end()
            self._depth += 0 if tag[1] is None or tag[2] else -1 if tag[1] else 1
            if self._depth > _DEEPEST:
                raise self._refused(f"over {_DEEPEST} elements in each other", "flat RDF/XML")
        last = seen.rfind(b"<", end)
        self._rest = seen[last:] if last >= 0 else b""
        mark = chunk.rfind(b"<")
        self._run = self._run + len(chunk) if mark < 0 else len(chunk) - mark
        if max(self._run, len(self._rest)) > _LONGEST:
            raise self._refused(f"a text, tag or comment of over {_LONGEST >> 20} MiB", "RDF/XML")
        if not chunk and self._depth > 0:
            self.broken = "the end of the file inside an element"

    def _look_above(self, seen: bytes) -> None:
        """Look at the document type, once it is whole."""
        plain = _COMMENT.sub(b"", seen)
        begin = plain.find(b"<!DOCTYPE")
        root = re.search(rb"<[A-Za-z_\x80-\xff]", plain)
        if begin < 0 or (root is not None and root.start() < begin):
            self._is_begun = root is not None
            return
        found = _DOCTYPE.search(plain)
        if found is None:
            if len(seen) > _CHUNK * 4:
                raise self._refused("a document type without an end", "RDF/XML")
            return
        self._is_begun = True
        rest = found[1] or b""
        while entity := _ENTITY.match(rest):
            rest = rest[entity.end() :]
            value = entity[1] or entity[2] or b""
            if len(value) > _LONGEST_ENTITY:
                raise self._refused("a long entity", f"at most {_LONGEST_ENTITY} characters")
        if rest.strip():
            shown = shorten(rest.strip().decode("utf-8", "replace"))
            raise self._refused(f"{shown!r} in the document type", "entities of plain text alone")
