"""BibTeX text → entries: type, key, fields with macros put in, lines; what is broken is left out and said.

    @type{key, field = {a {nested} value} # "another" # macro, year = 2020}      or @type(key, …)

Sources: btxdoc.pdf and btxhak.pdf (CTAN, biblio/bibtex/base); `@comment{…}` is one comment up to its brace, as biber
and JabRef have it. Text between entries is a comment. Braces count also behind a backslash, as BibTeX counts them.

Where an entry is broken, the next `@type{` at the beginning of a line begins a new one. An entry whose author or title
is broken is refused: half of it would be another paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from ..errors import shorten
from ..records import Lines, Problem
from .bibtex_blocks import LARGEST_ENTRY_BYTES, Block
from .bibtex_encoding import declared_encoding, text_of, undecoded
from .bibtex_fields import Body, balanced, parse_fields

NEEDED: Final = ("author", "title")  # when one of these is broken, nothing of the entry is kept
MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_LONGEST_COMMENT_BYTES: Final = 1 << 16  # over lines that look like entries
_LONGEST_MACRO: Final = 1 << 16
_DECLARED_WITHIN: Final = 1 << 12
_OPEN: Final = re.compile(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])\s*")
_BEHIND: Final = re.compile(r"[\s,;]*")
# A key may hold blanks (Web of Science puts one before it); a field in its place means that there is none.
_KEY: Final = re.compile(
    r"([^,={}\"\n]*?)\s*(?:,|(?=[})]))|([^,={}\"\s]+)[ \t\r]*\n(?=\s*[A-Za-z][\w-]*\s*=)"
)
_CLOSERS: Final = {"{": "}", "(": ")"}
_IS_COMMENT: Final = re.compile(rb"@[ \t]*comment\b", re.IGNORECASE)
_UTF8_WANTED: Final = "UTF-8: save the file as UTF-8, or name its encoding in a first line “% Encoding: GBK”"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands: `kind` and the names of `fields` in lower case, values as printed, LaTeX and all.

    `remarks` say what of it was left out.
    """

    kind: str
    key: str
    fields: dict[str, str]
    lines: Lines
    remarks: tuple[Problem, ...] = ()


class _Text(NamedTuple):
    """A decoded block and its first line."""

    line: int
    text: str

    def lines(self, start: int, end: int) -> Lines:
        """The lines from one offset to another."""
        first = self.line + self.text.count("\n", 0, start)
        return Lines(first, first + self.text.count("\n", start, end))


def entries(found: Iterable[Block]) -> Iterator[Entry | Problem]:
    """Yield each entry and problem in the order of the file; `@string` is put in, `@comment` and `@preamble` go.

    Cost: O(bytes).
    """
    macros = {month: month for month in MONTHS}
    declared: str | None = None
    source, waiting = iter(found), list[Block]()
    while (block := waiting.pop(0) if waiting else next(source, None)) is not None:
        line, content = block
        if content is None:
            size = f"over {LARGEST_ENTRY_BYTES >> 20} MiB without an end of an entry"
            yield Problem(Lines(line, line), size, "entries: @type{key, name = {value}}", True)
        elif b"\0" in content:
            yield Problem(Lines(line, line + content.count(b"\n")), "a NUL byte", "text; is it binary?", True)
        elif _IS_COMMENT.match(content):
            yield from _commented(block, source, waiting)
        else:
            if line == 1 and content[:1] != b"@":
                declared = declared_encoding(content[:_DECLARED_WITHIN])
            yield from _parsed(_Text(line, text_of(content, declared)), macros)


def _commented(block: Block, source: Iterator[Block], waiting: list[Block]) -> Iterator[Problem]:
    """Pass over a comment, which may hold entries; one that does not end is its first line only."""
    held, taken = block.content or b"", list[Block]()
    opening = held.find(b"{")
    if opening < 0:  # `@comment(…`: its end cannot be told from a mark in the text
        return
    while (end := balanced(held.decode("latin-1"), opening)) < 0 and len(held) < _LONGEST_COMMENT_BYTES:
        following = waiting.pop(0) if waiting else next(source, None)
        if following is None:
            break
        taken.append(following)
        if following.content is None:
            break
        held += following.content
    if end < 0:
        waiting[:0] = taken
        if taken:
            lines = Lines(block.line, block.line)
            yield Problem(lines, "a comment that is not closed", "}; read on at the next entry", False)
        return
    if taken:
        lines = Lines(block.line, block.line + held.count(b"\n", 0, end))
        found = f"a comment around {len(taken)} {'entry' if len(taken) == 1 else 'entries'}"
        yield Problem(lines, found, "entries outside of comments; these are left out", False)


def _parsed(block: _Text, macros: dict[str, str]) -> Iterator[Entry | Problem]:
    """Yield what a block holds: mostly one entry, more where they follow each other on one line."""
    text, at = block.text, 0
    while (opened := _OPEN.match(text, at)) is not None:
        kind, opening = opened[1].lower(), opened.end(2) - 1
        if kind in ("comment", "preamble"):
            at = balanced(text, opening) if text[opening] == "{" else -1
        elif kind == "string":
            body = parse_fields(text, opened.end(), _CLOSERS[opened[2]], macros)
            yield from _defined(block, body, macros)
            at = body.end
        else:
            key = _KEY.match(text, opened.end())
            body = parse_fields(text, key.end() if key else opened.end(), _CLOSERS[opened[2]], macros)
            yield _entry(block, kind, ((key[1] or key[2] or "") if key else "").strip(), at, body)
            at = body.end
        if at < 0:
            return
        behind = _BEHIND.match(text, at)
        at = behind.end() if behind else at
    hidden = _OPEN.search(text, at) if "@" in text[at:] else None
    if hidden is not None:
        found = shorten(text[hidden.start() : hidden.start() + 40])
        expected = "entries at the beginning of a line; taken for a comment"
        yield Problem(block.lines(hidden.start(), hidden.end()), found, expected, False)


def _defined(block: _Text, body: Body, macros: dict[str, str]) -> Iterator[Problem]:
    """Take the macros of a `@string`; those that are broken or would grow without bound are said."""
    yield from _remarks(block, body)
    for name, value in body.fields.items():
        if len(value) <= _LONGEST_MACRO and undecoded(value) is None:
            macros[name] = value
        else:
            found = undecoded(value) or f"a macro of {len(value):,} characters"
            yield Problem(
                block.lines(body.last[0], body.end), found, f"{name} as a short text in UTF-8", False
            )


def _entry(block: _Text, kind: str, key: str, start: int, body: Body) -> Entry | Problem:
    lines = block.lines(start, body.end if body.is_closed else len(block.text.rstrip()))
    fields, remarks = body.fields, _remarks(block, body)
    lost = {fault.lost for fault in body.faults if fault.lost}
    if not block.text.isascii():
        for name in [name for name, value in fields.items() if undecoded(value) is not None]:
            byte = undecoded(fields.pop(name))
            remarks.append(Problem(lines, f"{byte} in {name}", f"{_UTF8_WANTED}; {name} is left out", False))
            lost.add(name)
        key = "" if undecoded(key) else key
    if not body.is_closed:
        end = Lines(lines.last, lines.last)
        is_cut = body.broken == 0
        if is_cut:
            remarks.append(Problem(end, "the end of the entry without a closing brace", "}", False))
        lost.update(name for name in NEEDED if name not in fields)
    for name in NEEDED:
        if name in lost:
            first = next((r for r in remarks if name in r.found), remarks[0])
            return Problem(lines, first.found, first.expected.replace(f"; {name} is left out", ""), True)
    return Entry(kind, key, fields, lines, tuple(remarks))


def _remarks(block: _Text, body: Body) -> list[Problem]:
    return [
        Problem(block.lines(fault.at, fault.at), shorten(fault.found), fault.expected, False)
        for fault in body.faults
    ]
