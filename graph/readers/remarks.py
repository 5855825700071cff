"""Remarks on a record that is kept: what was left out of it, and what should still be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from reprlib import Repr
from typing import Any, Final

from ..errors import shorten
from ..records import Authorship, Lines, Paper, Problem
from .record_limits import MOST_REMARKS

# Of a list that should hold authors and is none, and of an entry that names nobody.
NO_LIST: Final = "a list of authors; it is left out, and the author list counts as cut"
NO_NAME: Final = "the name of an author; the author is left out, and the list counts as cut"

_SHOWN: Final = 200  # characters of a value that was not understood which a remark repeats
_SHORT: Final = Repr()  # values nested a thousand deep, or with a million entries, are shown in part
_SHORT.maxstring = _SHORT.maxother = _SHOWN


@dataclass(slots=True)
class Remarks:
    """What was left out of one record; filled while the record is made, given out behind it."""

    held: list[tuple[str, str]] = field(default_factory=list)
    more: int = 0  # that are only counted

    def add(self, found: object, expected: str) -> None:
        """Keep what was found and what was expected in its place."""
        if len(self.held) < MOST_REMARKS:
            self.held.append(
                (found[: _SHOWN + 1] if isinstance(found, str) else _SHORT.repr(found), expected)
            )
        else:
            self.more += 1

    def problems(self, lines: Lines) -> Iterator[Problem]:
        """Yield the remarks in the order in which they were made."""
        for found, expected in self.held:
            yield Problem(lines, shorten(found, _SHOWN), expected, False)
        if self.more:
            yield Problem(lines, f"{self.more:,} more remarks on this record", "none", False)


def remark_on_twins(authorships: Sequence[Authorship], remarks: Remarks) -> None:
    """Remark authors that stand on the list twice: by an identifier, or by name where neither has one."""
    first: dict[Any, int] = {}
    for author in authorships:
        keys: list[Any] = list(author.identifiers) or [author.name]
        for key in keys:
            position = first.setdefault(key, author.position or 0)
            if position != author.position:
                remarks.add(
                    author.name, f"an author once; positions {position} and {author.position} are both kept"
                )
                break


def remark_on_gaps(paper: Paper, editors: int, remarks: Remarks) -> None:
    """Remark a missing title or author list; editors are no authors."""
    if not paper.title:
        remarks.add("no title", "a title; the paper is kept by its identifier")
    if not paper.authorships:
        found = f"no authors; {editors} editors are not taken for authors" if editors else "no authors"
        remarks.add(found, "a list of authors")
