"""BibTeX text → entries: type, key, fields with macros put in, lines; what is broken is left out and said.

    @type{key, field = {a {nested} value} # "another" # macro, year = 2020}      or @type(key, …)

Sources: btxdoc.pdf and btxhak.pdf (CTAN, biblio/bibtex/base); `@comment{…}` is one comment up to its brace, as biber
and JabRef have it. Text between entries is a comment. Braces count also behind a backslash, as BibTeX counts them.

Where an entry is broken, the next `@type{` at the beginning of a line begins a new one. An entry whose author or title
is broken is refused: half of it would be another paper.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ..errors import shorten
from ..records import Lines, Problem
from .bibtex_blocks import Block
from .bibtex_encoding import declared_encoding, text_of, undecoded
from .bibtex_fields import Body, balanced, parse_fields
from .months import SHORT
from .record_limits import LARGEST_ENTRY_BYTES

NEEDED: Final = ("author", "title")  # when one of these is broken, nothing of the entry is kept
_LONGEST_COMMENT_BYTES: Final = 1 << 16  # over lines that look like entries
_MOST_REMARKS: Final = 20  # on one entry
_LONGEST_MACRO: Final = 1 << 16
_SHORT_MACRO: Final = 200  # characters, of which so many may come as there may be macros
_MOST_MACROS: Final = 10_000
_DECLARED_WITHIN: Final = 1 << 12
_OPEN: Final = re.compile(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])\s*")
_BEHIND: Final = re.compile(r"[\s,;]*")
# A key may hold blanks (Web of Science puts one before it); a field in its place means that there is none.
_KEY: Final = re.compile(r"([^,={}\"]*+)(?:,|(?=}))|([^,={}\"\s]++)[ \t\r]*+\n(?=\s*+[A-Za-z][\w-]*+\s*+=)")
_CLOSERS: Final = {"{": "}", "(": ")"}
_COMMENT: Final = re.compile(rb"@[ \t]*comment\s*\{", re.IGNORECASE)
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


@dataclass(slots=True)
class _Text:
    """A decoded block; `line` is the one of the offset `at`, which goes on from entry to entry."""

    line: int
    text: str
    at: int = 0

    def go_on(self, at: int) -> None:
        self.line += self.text.count("\n", self.at, at)
        self.at = at

    def lines(self, start: int, end: int) -> Lines:
        """The lines from one offset to another, both behind `at`."""
        first = self.line + self.text.count("\n", self.at, start)
        return Lines(first, first + self.text.count("\n", start, end))


def entries(found: Iterable[Block]) -> Iterator[Entry | Problem]:
    """Yield each entry and problem in the order of the file; `@string` is put in, `@comment` and `@preamble` go.

    Cost: O(bytes).
    """
    macros = {month: month for month in SHORT}
    declared: str | None = None
    source = _Source(iter(found))
    while (block := source.next()) is not None:
        line, content = block
        if content is None:
            size = f"over {LARGEST_ENTRY_BYTES >> 20} MiB without an end of an entry"
            yield Problem(Lines(line, line), size, "entries: @type{key, name = {value}}", True)
        elif b"\0" in content:
            yield Problem(Lines(line, line + content.count(b"\n")), "a NUL byte", "text; is it binary?", True)
        elif (comment := _COMMENT.match(content)) and _is_open(content, comment.end() - 1):
            yield from _commented(block, source)
        else:
            if line == 1 and content[:1] != b"@":
                declared = declared_encoding(content[:_DECLARED_WITHIN])
            yield from _parsed(_Text(line, text_of(content, declared)), macros)


@dataclass(slots=True)
class _Source:
    """Blocks with a way back; `patience` is how many more comments may be looked for over the begin of an entry."""

    found: Iterator[Block]
    waiting: deque[Block] = field(default_factory=deque)
    patience: int = 16

    def next(self) -> Block | None:
        return self.waiting.popleft() if self.waiting else next(self.found, None)


def _commented(block: Block, source: _Source) -> Iterator[Problem]:
    """Pass over a comment, which may hold entries; one that does not end is its first line only."""
    content, lines = block.content or b"", Lines(block.line, block.line)
    taken, depth, size = list[Block](), _depth(content), len(content)
    while depth > 0 and size < _LONGEST_COMMENT_BYTES and source.patience:
        following = source.next()
        if following is None:
            break
        taken.append(following)
        if following.content is None:
            break
        depth += _depth(following.content)
        size += len(following.content)
    if depth > 0:
        source.waiting.extendleft(reversed(taken))
        source.patience -= bool(taken)
        yield Problem(lines, "a comment that is not closed", "}; read on at the next entry", False)
        return
    found = f"a comment around {len(taken)} {'entry' if len(taken) == 1 else 'entries'}"
    lines = Lines(block.line, taken[-1].line)
    yield Problem(lines, found, "entries outside of comments; these are left out", False)


def _is_open(content: bytes, opening: int) -> bool:
    """Whether the brace at an offset is not closed in these bytes."""
    return balanced(content.decode("latin-1"), opening) < 0


def _depth(content: bytes) -> int:
    """How many more braces open than close."""
    return content.count(b"{") - content.count(b"}")


def _parsed(block: _Text, macros: dict[str, str]) -> Iterator[Entry | Problem]:
    """Yield what a block holds: mostly one entry, more where they follow each other on one line."""
    text, at = block.text, 0
    while (opened := _OPEN.match(text, at)) is not None:
        block.go_on(at)
        kind, opening = opened[1].lower(), opened.end(2) - 1
        if kind in ("comment", "preamble"):
            at = balanced(text, opening) if text[opening] == "{" else opened.end()
            if at < 0:
                yield Problem(block.lines(opening, opening), f"a {kind} that is not closed", "}", False)
                return
        elif kind == "string":
            body = parse_fields(text, opened.end(), _CLOSERS[opened[2]], macros)
            yield from _defined(block, body, macros)
            at = body.end
        else:
            key = _KEY.match(text, opened.end())
            body = parse_fields(text, key.end() if key else opened.end(), _CLOSERS[opened[2]], macros)
            yield _entry(block, kind, ((key[1] or key[2] or "") if key else "").strip(), at, body)
            at = body.end
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
        if len(macros) >= _MOST_MACROS or (len(value) > _SHORT_MACRO and _fill(macros)):
            at = block.lines(body.last[0], body.end)
            yield Problem(
                at, f"macro {shorten(name)}", f"at most {_MOST_MACROS:,} in a file, or 4 MiB", False
            )
        elif len(value) <= _LONGEST_MACRO and undecoded(value) is None:
            macros[name] = value
        else:
            found = undecoded(value) or f"a macro of {len(value):,} characters"
            yield Problem(
                block.lines(body.last[0], body.end), found, f"{name} as a short text in UTF-8", False
            )


def _fill(macros: dict[str, str]) -> bool:
    """Whether the macros hold as much as they may."""
    return sum(map(len, macros.values())) > LARGEST_ENTRY_BYTES


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
        if body.broken == 0:
            expected = "one behind the last field"
            remarks.append(Problem(end, "an entry that ends without a closing brace", expected, False))
        lost.update(name for name in NEEDED if name not in fields)
    for name in NEEDED:
        if name in lost:
            reason = next((r for r in remarks if r.expected.endswith(f"; {name} is left out")), remarks[-1])
            return Problem(lines, reason.found, reason.expected.removesuffix(f"; {name} is left out"), True)
    return Entry(kind, key, fields, lines, tuple(remarks))


def _remarks(block: _Text, body: Body) -> list[Problem]:
    said = [
        Problem(block.lines(fault.at, fault.at), shorten(fault.found), fault.expected, False)
        for fault in body.faults[:_MOST_REMARKS]
    ]
    if more := len(body.faults) - len(said):
        said.append(Problem(said[-1].lines, f"{more:,} more faults in this entry", "none", False))
    return said
