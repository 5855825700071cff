"""XML → the elements of its records, one at a time, in memory that does not grow with the file.

The parser is libxml2 behind a prologue of our own: no document type of the file's, no network, no other file; all that
it may resolve are the named characters of HTML. A record that is not well-formed is refused with the line where it
breaks, and reading goes on with the next one, inside the same ancestors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.entities import name2codepoint
from typing import IO, Any, Final, NamedTuple, TypeAlias

from lxml import etree

from ..errors import UnreadableFile, shorten
from ..records import Lines, Problem
from .xml_elements import forget, start_tag
from .xml_stream import (
    LONGEST_SECTION_BYTES,
    TOO_LARGE,
    Piece,
    end_tag,
    is_too_large,
    pieces,
    root_tag,
    section_after,
    utf8_chunks,
)

Element: TypeAlias = Any  # of lxml, which ships no types

# HTML 4 declares the names of ISO-8859-1 that dblp.dtd declares, and more; XML itself has the others.
# Source: https://www.w3.org/TR/html4/sgml/entities.html
_OF_XML: Final = frozenset({"amp", "apos", "gt", "lt", "quot"})
_CHARACTERS: Final = "".join(
    f'<!ENTITY {name} "&#{code};">' for name, code in name2codepoint.items() if name not in _OF_XML
)
_PROLOGUE: Final = f"<!DOCTYPE _ [{_CHARACTERS}]>".encode("ascii")
_WITHOUT_ROOT: Final = b"<_>"
_WITHOUT_END: Final = "a record without end"
_EXPECTED: Final = "well-formed XML; reading goes on with the next record"
_EXPECTED_MORE: Final = "well-formed XML up to its end: is the file whole?"
_SHOWN: Final = 160
_PLACE: Final = re.compile(r",? line \d+, column \d+\s*$")
_LINE: Final = re.compile(r"\bline (\d+)")
_ROOT_NAME: Final = re.compile(rb"<(?:[^\s<>/:]+:)?([^\s<>/:]+)")
_NAMESPACE_ERRORS: Final = range(
    200, 206
)  # xmlParserErrors of libxml2, XML_NS_ERR_…: the text itself is whole


class Found(NamedTuple):
    """A record's element and its lines. The element is emptied when the next one is asked for."""

    element: Element
    lines: Lines


class _Open(NamedTuple):
    """An element that is open where a record begins: its name, and the start tag that opens it again."""

    name: str
    tag: bytes


def elements(
    stream: IO[bytes], path: str, tags: Sequence[str], contexts: Sequence[str] = ()
) -> Iterator[Found | Problem]:
    """Yield each whole element of these names (in any namespace), and a problem for each that is broken.

    Records do not lie in one another: one that begins inside another shows that the other has no end. `getparent()` of
    an element has its attributes, earlier siblings are gone.

    Args:
        contexts: names of elements around records whose attributes matter: where one of them is lost, the
            records below it have no such parent.

    Raises:
        UnreadableFile: nothing could be read; says where it breaks.
    """
    only: Problem | None = None
    is_first = True
    for found in _elements(stream, path, tuple(tags), tuple(contexts)):
        if is_first and isinstance(found, Problem) and found.is_refused:
            only = found
        else:
            if only is not None:
                yield only
                only = None
            yield found
        is_first = False
    if only is not None:
        raise UnreadableFile(
            path, f"found {only.found}, expected {only.expected.split(';')[0]}", only.lines.last
        )


def text_of(element: Element | None) -> str:
    """Return the text in an element and all below it, white space collapsed; "" for None.

    Example:
        >>> text_of(etree.fromstring("<t>A <i>b</i>\\n c</t>"))
        'A b c'
    """
    if element is None:
        return ""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return " ".join(text.split())


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2] if name[0] == "{" else name


def _elements(
    stream: IO[bytes], path: str, tags: tuple[str, ...], contexts: tuple[str, ...]
) -> Iterator[Found | Problem]:
    reading = _Reading(tags, contexts)
    for piece in pieces(utf8_chunks(stream, path), (*tags, *contexts)):
        yield from reading.take(piece)
    yield from reading.end()


class _Reading:
    """A parser and where it stands: which record is open, inside which ancestors.

    The parser is made anew after each break, at the next piece; `_chain` opens the ancestors again.
    """

    def __init__(self, tags: tuple[str, ...], contexts: tuple[str, ...]) -> None:
        self._contexts = contexts
        self._filter = [f"{{*}}{name}" for name in (*tags, *contexts)]
        self._ends = {name: end_tag(name) for name in tags}
        self._parser: Any = None
        self._base = self._last_line = 1  # the file's lines where the parser began, and where it stands
        self._chain: tuple[_Open, ...] = ()
        self._parent: Element | None = None  # the one that `_chain` ends with
        self._first: int | None = None  # the line of the open record
        self._section: bytes | None = None  # what ends the section that a piece left open
        self._waited = 0  # bytes for that end

    def take(self, piece: Piece) -> Iterator[Found | Problem]:
        """Yield the record that a piece holds, or why it does not."""
        if not piece.is_whole:
            yield from self._take_cut(piece)
            return
        is_fresh, section = self._parser is None, self._section
        if is_fresh:
            if self._has_no_end(piece):
                yield Problem(Lines(piece.line, piece.line), _WITHOUT_END, _EXPECTED, True)
                return
            self._open(piece)
            section = None
        error = self._feed(piece.content)
        has_begun = False
        for event, element in self._parser.read_events():
            name = local_name(element)
            if event == "start":
                has_begun = True
                self._begin(element, name, piece.line)
            elif name in self._contexts:
                forget(element)  # with all that stood in it
            elif name in self._ends and self._first is not None:
                yield Found(element, Lines(self._first, self._line_of_end(piece, name)))
                self._first = None
                forget(element)
        self._section = section_after(piece.content, section)
        goes_on = section is not None and section not in piece.content
        self._waited = self._waited + len(piece.content) if goes_on else 0
        self._last_line = piece.line + piece.content.count(b"\n")
        is_lost = piece.name is not None and not has_begun and section is None
        is_stuck = self._first is not None and self._section is None
        if error is None and not is_lost and not is_stuck and self._waited < LONGEST_SECTION_BYTES:
            return
        problem = self._break(piece, error or self._close(), is_lost and is_fresh)
        # What broke may stand before this piece: try it alone.
        again = self.take(piece) if is_lost and not is_fresh else iter(())
        next_found = next(again, None)
        if not (isinstance(next_found, Problem) and next_found.found == problem.found):
            yield problem
        if next_found is not None:
            yield next_found
        yield from again

    def end(self) -> Iterator[Problem]:
        """Yield what the end of the file leaves open."""
        if self._parser is None or (self._chain and self._chain[0].tag == _WITHOUT_ROOT):
            return
        error = self._close()
        if error is not None:
            is_refused = error.code not in _NAMESPACE_ERRORS
            problem = self._problem(error, self._first, is_refused)
            yield replace(problem, expected=_EXPECTED_MORE) if is_refused else problem

    def _take_cut(self, piece: Piece) -> Iterator[Found | Problem]:
        """A piece that is too large: its record where that has an end in time, else a problem."""
        end = self._ends[piece.name].search(piece.content) if piece.name in self._ends else None
        content = piece.content[: end.end()] if end is not None else b""
        if content and not is_too_large(content):
            yield from self.take(Piece(piece.line, content, piece.name))
        else:
            place = Lines(piece.line, piece.line)
            yield Problem(place, TOO_LARGE, "smaller records; this one is left out", True)
        self._parser = None

    def _has_no_end(self, piece: Piece) -> bool:
        """Whether a record has no end tag, by its text alone: no parser is made for each of a million such."""
        return (
            piece.name in self._ends
            and self._ends[piece.name].search(piece.content) is None
            and section_after(piece.content, None) is None
            and root_tag(piece.content) is not None
        )

    def _open(self, piece: Piece) -> None:
        """Make a parser that stands where the piece begins."""
        if piece.name is None:
            tag = root_tag(piece.content)
            root = _ROOT_NAME.match(tag) if tag else None
            chain: tuple[_Open, ...] = ()
            self._chain = (_Open(root[1].decode("utf-8", "replace"), tag),) if root and tag else ()
        else:
            chain = self._chain = self._above(piece.name) or (_Open("_", _WITHOUT_ROOT),)
        self._base, self._first, self._section, self._parent = piece.line, None, None, None
        self._waited = 0
        self._start(chain)

    def _start(self, chain: tuple[_Open, ...]) -> None:
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=self._filter,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            collect_ids=False,
            remove_comments=True,
            remove_pis=True,
        )
        if self._feed(_PROLOGUE + b"".join(opened.tag for opened in chain)) is not None:
            self._chain = (_Open("_", _WITHOUT_ROOT),)  # the root's own start tag is broken
            self._start(self._chain)
        for _ in self._parser.read_events():
            pass  # those of the ancestors

    def _above(self, name: str) -> tuple[_Open, ...]:
        """The open ancestors of an element of this name."""
        names = [opened.name for opened in self._chain]
        return self._chain[: names.index(name)] if name in self._contexts and name in names else self._chain

    def _feed(self, content: bytes) -> Any:
        try:
            self._parser.feed(content)
        except etree.XMLSyntaxError as error:
            return error
        return None

    def _close(self) -> Any:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            return error
        return None

    def _begin(self, element: Element, name: str, line: int) -> None:
        parent = element if name in self._contexts else element.getparent()
        if parent is not self._parent or parent is None:
            self._parent = parent
            around = [] if parent is None else [parent, *parent.iterancestors()]
            self._chain = tuple(_Open(local_name(node), start_tag(node)) for node in reversed(around))
        if name not in self._contexts:
            self._first = line

    def _line_of_end(self, piece: Piece, name: str) -> int:
        end = self._ends[name].search(piece.content)
        return piece.line + piece.content.count(b"\n", 0, end.start() if end else 0)

    def _break(self, piece: Piece, error: Any, is_lost: bool) -> Problem:
        """The problem of a piece that breaks; the parser is given up."""
        is_open = self._first is not None or self._waited > 0  # a record, or a section that may hold some
        is_refused = is_lost or is_open or piece.name not in self._ends
        problem = self._problem(error, piece.line if is_lost else self._first, is_refused)
        if is_lost and piece.name in self._contexts:
            self._chain = self._above(piece.name or "")
        self._parser = None
        return problem

    def _problem(self, error: Any, first: int | None, is_refused: bool) -> Problem:
        line = min(self._base + max(error.lineno or 1, 1) - 1, self._last_line) if error else self._last_line
        said = _PLACE.sub("", error.msg or "").strip().partition("\n")[0] if error else _WITHOUT_END
        said = _LINE.sub(lambda found: f"line {int(found[1]) + self._base - 1}", said)
        return Problem(Lines(min(first or line, line), line), shorten(said, _SHOWN), _EXPECTED, is_refused)
