"""Files of tagged lines (RIS, MEDLINE, Web of Science) → records of fields, with the lines they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import shorten
from ..records import Lines, Problem
from .lenient_text import Line
from .record_limits import LONGEST_TAGGED_CHARACTERS, MOST_TAGGED_LINES


class Field(NamedTuple):
    """A tag and what follows it: the rest of its line, then the lines that go on, each trimmed."""

    tag: str
    parts: list[str]

    @property
    def text(self) -> str:
        """The parts as one line."""
        return " ".join(self.parts) if len(self.parts) > 1 else self.parts[0]


@dataclass(slots=True)
class TaggedRecord:
    """The fields of one record in the order of the file; filled while reading.

    `faults` say what of its lines was no text. `is_closed` where its last tag stood there, or needs none.
    """

    first: int
    last: int
    fields: list[Field] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    is_closed: bool = False
    is_cut: bool = False  # the file ends inside the record's last line
    size: int = 0
    by_tag: dict[str, list[str]] | None = None

    def texts(self, tag: str) -> list[str]:
        """Return the values of a tag that are not empty, in order."""
        if self.by_tag is None:  # once, when the record is whole
            self.by_tag = {}
            for found in self.fields:
                if text := found.text:
                    self.by_tag.setdefault(found.tag, []).append(text)
        return self.by_tag.get(tag, [])

    def text(self, tag: str) -> str:
        """Return the first value of a tag, or ""."""
        return texts[0] if (texts := self.texts(tag)) else ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format marks its records.

    `split(line)` gives tag and value of a line that has a tag, else None: the line goes on with the one before.
    `first` is the tag that opens a record, `last` the one that closes it ("" where a blank line or the next record
    does). `outside` are the tags that belong to no record. `is_noise` tells a line outside that means nothing.
    """

    split: Callable[[str], tuple[str, str] | None]
    first: str
    last: str
    outside: frozenset[str] = frozenset()
    is_noise: Callable[[str], bool] = str.isspace


@dataclass(slots=True)
class _Stray:
    """Lines that stand in no record; told of as one piece."""

    first: int
    last: int
    text: str


def tagged_records(lines: Iterable[Line], dialect: Dialect) -> Iterator[TaggedRecord | Problem]:
    """Yield each record, and a remark on each piece of text that stands in none, in the order of the file."""
    record: TaggedRecord | None = None
    stray: _Stray | None = None
    for line in lines:
        text = line.text
        pair = dialect.split(text)
        if pair and pair[0] in dialect.outside:
            continue
        if record and not (pair and pair[0] == dialect.first):
            _add(record, line, pair, dialect)
            if record.is_closed:
                yield record
                record = None
                if pair and dialect.split(pair[1]):  # the next record begins in the closing line
                    pair = dialect.split(pair[1])
                else:
                    continue
            else:
                continue
        if record:
            yield record
            record = None
        if pair and pair[0] != dialect.last:
            if stray:
                yield _outside(stray, dialect)
            record, stray = TaggedRecord(line.number, line.number), None
            _add(record, line, pair, dialect)
        elif not pair and (line.fault or (text.strip() and not dialect.is_noise(text))):
            stray = stray or _Stray(line.number, line.number, line.fault or text)
            stray.last = line.number
    if record:
        yield record
    if stray:
        yield _outside(stray, dialect)


def _add(record: TaggedRecord, line: Line, pair: tuple[str, str] | None, dialect: Dialect) -> None:
    """Put a line into the record; past the most that a record may hold, only the fault is kept."""
    text = line.text
    if line.fault:
        record.faults.append(line.fault)
    if text.strip():
        record.last, record.is_cut = line.number, not line.is_ended
    if pair and pair[0] == dialect.last:
        record.is_closed, record.is_cut = True, False
        return
    record.size += len(text)
    if line.number - record.first >= MOST_TAGGED_LINES or record.size > LONGEST_TAGGED_CHARACTERS:
        record.fields.clear()
        record.faults[:] = [
            f"a record of over {MOST_TAGGED_LINES:,} lines or {LONGEST_TAGGED_CHARACTERS >> 20} MiB"
        ]
    elif pair:
        record.fields.append(Field(pair[0], [pair[1].strip()]))
    elif record.fields and (more := text.strip()):
        record.fields[-1].parts.append(more)


def _outside(stray: _Stray, dialect: Dialect) -> Problem:
    expected = f"a record that begins with {dialect.first}; left out"
    return Problem(Lines(stray.first, stray.last), shorten(stray.text.strip()), expected, False)
