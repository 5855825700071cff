"""What no text may hold, taken out of the records of every reader: control characters, halves of surrogate pairs.

A NUL or a lone surrogate is in no RDF, XML or JSON that others can read; the store takes none. XML refuses them in its
source already, but JSON, entities of HTML, percent signs and RDF have ways to write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import wraps
from operator import attrgetter
from types import MappingProxyType
from typing import IO, Any, Final

from ..records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Profile,
    Published,
    Record,
    Reported,
    Tie,
)
from .record_limits import MOST_AUTHORS

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")  # C0 but tab and line feed, and DEL
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_UNSOUND: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_EXPECTED: Final = "text; control characters are left out, halves of surrogate pairs are kept as U+FFFD"
_PARTS: Final = (Authorship, Category, Identifier, Institution, PartialDate, Published, Reported)
# class -> all values of one of it, in the order of its fields.
_VALUES: Final[Mapping[type, Callable[[Any], tuple[Any, ...]]]] = MappingProxyType(
    {cls: attrgetter(*(f.name for f in fields(cls))) for cls in (*_PARTS, Paper, Problem, Profile, Tie)}
)


def sound(text: str) -> str:
    """Return a text without control characters (white space among them is a blank), and U+FFFD for half a character.

    Example:
        >>> sound("Zo\\x00e\\ud800"), sound("a\\x0cb")
        ('Zoe\\ufffd', 'a b')
    """
    bare = _CONTROL.sub(lambda found: " " if found[0].isspace() else "", text)
    return _HALF.sub("\ufffd", bare)


def sound_reader(
    read: Callable[[IO[bytes], str], Iterator[Record]],
) -> Callable[[IO[bytes], str], Iterator[Record]]:
    """Return a reader that yields what `read` does, with sound texts, and a remark behind each that was not.

    Cost: 5 µs a paper of a few authors.
    """

    @wraps(read)
    def sound_records(stream: IO[bytes], path: str) -> Iterator[Record]:
        for record in read(stream, path):
            if type(record) is Paper and len(record.authorships) > MOST_AUTHORS:
                found = f"{len(record.authorships):,} authors of one record"
                expected = f"at most {MOST_AUTHORS:,}; the record is left out"
                yield Problem(record.lines or Lines(1, 1), found, expected, True)
            elif _is_sound(record):
                yield record
            else:
                yield _mended(record)
                if not isinstance(record, Problem):
                    found = "control characters or halves of characters"
                    yield Problem(record.lines or Lines(1, 1), found, _EXPECTED, False)

    return sound_records


def _is_sound(record: Record) -> bool:
    waiting: list[Any] = [record]
    for value in waiting:  # which grows on the way
        kind = type(value)
        if kind is str:
            # Most texts are printable; what is not may hold a tab, a no-break space or an emoji of tomorrow.
            if not value.isprintable() and _UNSOUND.search(value):
                return False
        elif kind is tuple:
            waiting.extend(value)
        elif kind in _VALUES:
            waiting.extend(_VALUES[kind](value))
    return True


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, tuple):
        return tuple(map(_mended, value))
    if type(value) in _VALUES:
        return replace(value, **{f.name: _mended(getattr(value, f.name)) for f in fields(value)})
    return value
