"""Bytes of RDF in any of its syntaxes → statements in the order of the file, and problems where it cannot be read.

The parsers are pyoxigraph's. They open no address: a JSON-LD context that lies elsewhere is refused. What is written
line by line (N-Triples, N-Quads) is read so, and a broken line costs that line; Turtle goes on behind the next full
stop; in RDF/XML and JSON-LD nothing behind an error can be trusted, and the rest is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from pyoxigraph import Quad, RdfFormat, parse

from ..errors import BrokenOff, UnreadableFile, shorten
from ..records import WITHOUT_BASE, Lines, Problem
from .rdf_guards import Guarded, GuardedJson, GuardedText, GuardedXml
from .record_limits import LONGEST_TERM_BYTES
from .stream_heads import Resumed, head_of
from .text import BOM
from .xml_stream import root

_HEAD_BYTES: Final = 1 << 16
_MOST_LINES: Final = 1000  # that are parsed in one go
_BATCH_BYTES: Final = 1 << 20
_MOST_NESTED: Final = 20  # triple terms in a line
_MOST_PROBLEMS: Final = 100  # of syntax, after which the rest of a file is not looked at
_IRI: Final = r"<[A-Za-z][A-Za-z0-9+.-]*+:[^\s<>\"{}|^`]*+>"
_NODE: Final = rf"(?:{_IRI}|_:\S+)"
_LITERAL: Final = r'"(?:[^"\\\n]|\\.)*+"(?:@[A-Za-z0-9-]++|\^\^<[^<>\s]++>)?'
_LINE: Final = re.compile(
    rf"\s*+{_NODE}\s++{_IRI}\s++(?:{_NODE}|{_LITERAL})(?:\s++{_NODE})?\s*+\.\s*+(?:#.*)?"
)
_DIRECTIVE: Final = re.compile(r"@(?:prefix|base)\s|(?:prefix\s+[\w.-]*:|base)\s*<", re.IGNORECASE)
# What RDF 1.2 lets a file begin with. The parser of Turtle knows it, that of N-Quads does not yet.
_VERSION: Final = re.compile(r"""\s*@?version\s+(?:"[^"\n]*"|'[^'\n]*')\s*\.?\s*(?:#.*)?""", re.IGNORECASE)
_OF_FILE: Final = r"<(?:#[^\s<>\"{}|^`]*+)?>"  # the file itself, or a piece of it: "<>", "<#me>"
_STATEMENT: Final = re.compile(
    rf"(?:{_NODE}|{_OF_FILE})\s++(?:{_IRI}|a\s|[\w.-]*:[\w.-]+\s|\{{)|graph\s++{_IRI}\s*+\{{", re.I
)
_RULE: Final = re.compile(r"\}\s*(?:=>|log:implies)\s*\{|^\s*@for(?:All|Some)\b", re.MULTILINE)
_LINKED: Final = re.compile(r'\s*[\[{].*?"@(?:context|graph|id)"\s*:', re.DOTALL)
_OBJECT: Final = re.compile(r"\s*(?:\[\s*)?\{")


def syntax_of(head: str) -> RdfFormat | None:
    """Return the syntax that a file's beginning is of; None where it is no RDF.

    Example:
        >>> syntax_of("@prefix a: <b:c> .").name, syntax_of('<a:a> <b:b> "c" .').name, syntax_of("@article{a,")
        ('TriG', 'N-Quads', None)
    """
    found = root(head)
    if found is not None and found.name == "RDF":
        return RdfFormat.RDF_XML
    if _OBJECT.match(head):
        return RdfFormat.JSON_LD if _LINKED.match(head) else None
    lines = head.split("\n")
    marked = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    said = marked[1:] if marked and _VERSION.fullmatch(marked[0]) else marked
    if not said:
        return None
    whole = said[:-1] if len(said) > 1 and said[-1] is lines[-1] else said
    if _are_lines(whole[:100]):
        return RdfFormat.N_QUADS
    text = "\n".join(said).lstrip()
    if len(said) < len(marked) or _DIRECTIVE.match(text) or _STATEMENT.match(text):
        return RdfFormat.N3 if _RULE.search(text) else RdfFormat.TRIG
    return None


def _are_lines(lines: list[str]) -> bool:
    """Whether a statement stands in each line: most are whole, and none goes on in the next one."""
    whole = sum(_LINE.fullmatch(line) is not None for line in lines)
    return whole * 2 >= len(lines) and all(
        line.lstrip().startswith(("<", "_:")) and not line.rstrip().endswith((";", ",")) for line in lines
    )


def statements(stream: IO[bytes], path: str) -> Iterator[Quad | Problem]:
    """Yield each statement of a file in its order; TriG stands for Turtle, N-Quads for N-Triples, which they hold.

    Raises:
        UnreadableFile: no RDF, or what would exhaust the parser.
    """
    head = head_of(stream, _HEAD_BYTES)
    syntax = syntax_of(head.removeprefix(BOM).decode("utf-8", "replace"))
    if syntax is None:
        raise UnreadableFile(path, "found no RDF, expected Turtle, TriG, N-Quads, RDF/XML or JSON-LD", 1)
    whole = Resumed(head.removeprefix(BOM), stream)
    if syntax == RdfFormat.N_QUADS:
        yield from _line_by_line(whole)
    elif syntax == RdfFormat.RDF_XML:
        yield from _parsed(GuardedXml(whole, path), syntax, goes_on=False)
    elif syntax == RdfFormat.JSON_LD:
        yield from _parsed(GuardedJson(whole, path), syntax, goes_on=False)
    else:
        yield from _parsed(GuardedText(whole, path), syntax, goes_on=True)


def _parsed(guarded: Guarded, syntax: RdfFormat, goes_on: bool) -> Iterator[Quad | Problem]:
    found = parse(guarded, syntax, base_iri=WITHOUT_BASE)
    problems = 0
    while True:
        try:
            yield from found
            break
        except SyntaxError as error:
            problems += 1
            yield _broken(error, goes_on and problems < _MOST_PROBLEMS)
        except (MemoryError, OSError) as error:  # of the parser: a text that is longer than it takes
            expected = "shorter texts; the rest of the file is not read"
            line = guarded.line
            yield Problem(Lines(line, line), shorten(str(error)), expected, True)
            return
        if not goes_on or problems >= _MOST_PROBLEMS:
            return
    if guarded.broken:
        yield Problem(Lines(1, 1), guarded.broken, "the rest of the file", True)


def _broken(error: SyntaxError, goes_on: bool) -> Problem:
    line = error.lineno or 1
    if "LoadDocumentCallback" in str(error):
        expected = "one inside the file: no address is opened. Expand the JSON-LD, and load what comes out"
        return Problem(Lines(line, line), "a context that lies at another address", expected, True)
    rest = "reading goes on behind it" if goes_on else "the rest of the file is not read"
    reason = re.sub(r"\s*\(line \d+\)$|^Parser error [^:]*: ", "", str(error))
    return Problem(Lines(line, line), shorten(reason, 200), f"RDF of that syntax; {rest}", True)


def _line_by_line(stream: IO[bytes]) -> Iterator[Quad | Problem]:
    first, problems = 1, 0
    for batch in _batches(stream):
        if any(len(line) > LONGEST_TERM_BYTES or line.count(b"<<") > _MOST_NESTED for line in batch):
            found = _singly(batch, first)
        else:
            try:
                found = iter(list(parse(b"".join(batch), RdfFormat.N_QUADS)))
            except SyntaxError:
                found = _singly(batch, first)
        for one in found:
            yield one
            problems += isinstance(one, Problem)
            if problems >= _MOST_PROBLEMS:
                place = Lines(first, first)
                yield Problem(place, f"{problems} broken lines", "N-Quads; the rest is not read", True)
                return
        first += len(batch)


def _batches(stream: IO[bytes]) -> Iterator[list[bytes]]:
    """Yield lines that can be parsed in one go; of a line that is too long only its beginning is held, by itself.

    Raises: BrokenOff: behind the lines that stand before the break.
    """
    batch, size = list[bytes](), 0
    broken: BrokenOff | None = None
    try:
        while line := stream.readline(LONGEST_TERM_BYTES + 1):
            rest = line
            while len(line) > LONGEST_TERM_BYTES and rest and not rest.endswith(b"\n"):
                rest = stream.readline(_HEAD_BYTES)
            batch.append(line)
            size += len(line)
            if len(batch) >= _MOST_LINES or size > _BATCH_BYTES:
                yield batch
                batch, size = [], 0
    except BrokenOff as error:
        broken = error
    if batch:
        yield batch
    if broken is not None:
        raise broken


def _singly(batch: list[bytes], first: int) -> Iterator[Quad | Problem]:
    for line in batch:
        place = Lines(first, first)
        if len(line) > LONGEST_TERM_BYTES or line.count(b"<<") > _MOST_NESTED:
            shown = shorten(line[:200].decode("utf-8", "replace"))
            yield Problem(
                place, shown, f"a line of at most {LONGEST_TERM_BYTES >> 20} MiB and 20 triple terms", True
            )
        elif first > 1_000 or not _VERSION.fullmatch(line.decode("utf-8", "replace")):
            try:
                yield from parse(line, RdfFormat.N_QUADS)
            except SyntaxError:
                shown = shorten(line.decode("utf-8", "replace").strip())
                yield Problem(place, shown, "a statement: subject, predicate, object and a full stop", True)
        first += 1
