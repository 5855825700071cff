"""Reader of networks in GML (Graph Modelling Language): `graph [ node [ id 1 label "…" ] edge [ source 1 target 2 ] ]`.

Source: M. Himsolt, "GML: A portable Graph File Format", University of Passau (1997), section 3: keys are letters and
digits, values are numbers, texts between quotation marks (with entities of HTML, no escapes) or lists in brackets; a
line that begins with "#" is a comment; keys that nobody knows are skipped. `value` and `weight` of a link are customs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO, Final, NamedTuple

from ..errors import UnreadableFile, shorten
from ..records import Lines, Problem, Record
from .networks import WEIGHTS, Network, ending, named
from .record_limits import LONGEST_LINE_BYTES
from .text import TextLine, text_lines

NAME = "gml"
TITLE = "Network in GML"

_TOKEN: Final = re.compile(
    r"\s*+(?:(?P<key>[A-Za-z_][\w.-]*+)|(?P<number>[+-]?(?:\d[\w.+-]*+|\.\d[\w.+-]*+|inf\b|nan\b))"
    r'|(?P<text>"[^"]*+")|(?P<open>"[^"]*+\Z)|(?P<bracket>[\[\]])|(?P<other>\S))'
)
_LONGEST_TEXT: Final = 1 << 20  # characters between two quotation marks
_DEEPEST: Final = 1000  # lists in lists
_MOST_VALUES: Final = 1000  # of one node or link
_SHOWN_KEY: Final = 100  # characters of the key of a list that is open
_ENDS: Final = ("source", "target")
_NO_NUMBERS: Final = ("nan", "inf", "infinity")  # as some programs write a weight that is none


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


@dataclass(slots=True)
class _Thing:
    """A node or link: its line, and its values as printed; filled until its bracket closes."""

    first: int
    said: dict[str, str] = field(default_factory=dict)
    size: int = 0  # characters of its keys and values; it is refused over 1 MiB

    def is_large(self) -> bool:
        return self.size > LONGEST_LINE_BYTES or len(self.said) > _MOST_VALUES


def sniff(head: str) -> bool:
    """Return whether a file begins with `graph [`, after comments and keys with a number or text."""
    texts = (TextLine(n, line, True) for n, line in enumerate(head.splitlines(), 1))
    try:
        key = ""
        for token in _tokens(texts, ""):
            if token.kind == "bracket":
                return key == "graph" and token.text == "["
            if (token.kind == "key") == bool(key):
                return False
            key = token.text.lower() if token.kind == "key" else ""
    except UnreadableFile:
        return False
    return False


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each node and the tie of each link, in the order of the file.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(_tokens(text_lines(stream, path), path), network, path), network)


def _records(tokens: Iterator[_Token], network: Network, path: str) -> Iterator[Record]:
    place: list[str] = []  # the keys of the lists that are open
    thing: _Thing | None = None
    key = ""
    last = 1
    for token in tokens:
        last = token.line
        if token.kind == "key" and not (key and token.text.lower() in _NO_NUMBERS):
            _expect(not key, token, path, f"a value of {shorten(key)!r}")
            key = token.text.lower() if len(place) < 2 else token.text
        elif token.text == "]" and token.kind == "bracket":
            _expect(bool(place) and not key, token, path, f"a value of {shorten(key)!r}")
            if thing is not None and len(place) == 2:
                yield from _closed(place[-1], thing, network, token.line)
                thing = None
            place.pop()
        elif token.kind == "bracket":
            _expect(bool(key), token, path, "a key before it")
            _expect(len(place) < _DEEPEST, token, path, f"at most {_DEEPEST} lists in lists")
            if place == ["graph"] and key in ("node", "edge"):
                thing = _Thing(token.line)
            elif thing is not None and len(place) == 2:
                network.left_out(key, Lines(token.line, token.line), "a list")
            place.append(key[:_SHOWN_KEY])
            key = ""
        else:
            _expect(bool(key), token, path, "a key before it")
            if thing is not None and len(place) == 2 and not thing.is_large():
                thing.size += len(key) + len(token.text)
                thing.said.setdefault(key, token.text)
            key = ""
    if place or key:
        raise UnreadableFile(
            path, f"found the end of the file, expected a bracket that closes {place[:1]}", last
        )


def _closed(kind: str, thing: _Thing, network: Network, line: int) -> Iterator[Record]:
    """The records of a node or link whose list has been closed."""
    said, lines = thing.said, Lines(thing.first, line)
    if thing.is_large():
        expected = f"at most {_MOST_VALUES:,} values and {LONGEST_LINE_BYTES >> 20} MiB; it is left out"
        yield Problem(lines, f"a {kind} of more than that", expected, True)
        return
    if kind == "node":
        node = said.pop("id", "")
        yield from network.node(node, named(said), lines, said)
        return
    one, other = (said.pop(end, "") for end in _ENDS)
    weight = next((said.pop(key) for key in list(said) if key.lower() in WEIGHTS), None)
    label = said.pop("label", None)
    for key, text in said.items():
        if key != "id":
            network.left_out(f"{key} of links", lines, text)
    yield from network.edge(one, other, weight, lines, label)


def _tokens(lines: Iterator[TextLine], path: str) -> Iterator[_Token]:
    """Yield keys, numbers and brackets, and texts without their quotation marks, entities undone."""
    pieces: list[str] = []  # of a text that goes over several lines
    begun = size = 0
    for number, text, _ in lines:
        start = 0
        if pieces:
            end = text.find('"')
            size += len(text) + 1
            if size > _LONGEST_TEXT:
                raise UnreadableFile(path, "found a text without an end, expected a quotation mark", begun)
            pieces.append(text if end < 0 else text[:end])
            if end < 0:
                continue
            yield _Token("text", unescape("\n".join(pieces)), begun)
            pieces, start = [], end + 1
        elif text.startswith("#"):
            continue
        while found := _TOKEN.match(text, start):
            kind, start = str(found.lastgroup), found.end()
            if kind == "open":
                pieces, begun, size = [found[kind][1:]], number, len(found[kind])
            elif kind == "other":
                reason = f"found {shorten(text[found.start() :])!r}, expected a key, a value or a bracket"
                raise UnreadableFile(path, reason, number)
            else:
                value = unescape(found[kind][1:-1]) if kind == "text" else found[kind]
                yield _Token(kind, value, number)
    if pieces:
        raise UnreadableFile(path, "found a text without an end, expected a quotation mark", begun)


def _expect(is_met: bool, token: _Token, path: str, expected: str) -> None:
    if not is_met:
        raise UnreadableFile(path, f"found {shorten(token.text)!r}, expected {expected}", token.line)
