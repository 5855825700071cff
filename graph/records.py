"""What a reader yields: papers, profiles and problems, as frozen records.

A record says what one source says, nothing more: no identity, no IRI, no repair. Lines count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Lines:
    """A piece of a file: first and last line, both counted from 1 and both inside."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A number that a source states; `measure` is a key of `vocabulary.REPORTED_MEASURES`."""

    measure: str
    value: Decimal
    as_given: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source: `year`, `month`, `day` are None where the source leaves them out."""

    as_given: str
    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a source gives it.

    `notation` is the full name when the code can mean only one thing ("cs.CL"); else it is the code itself and
    `possible` holds what it may mean.
    """

    as_given: str
    notation: str
    scheme: str
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Authorship:
    """One author of one paper. `position` counts from 1; None for one who is known to stand behind “et al.”."""

    name: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one source describes it.

    `institutions` are of the paper, not of single authors. `has_code` is what the source says, also when no link is
    known; None where the source cannot say. `is_truncated` is True when the list ends in “et al.”.
    """

    title: str
    authorships: tuple[Authorship, ...]
    is_truncated: bool
    lines: Lines
    issued: PartialDate | None = None
    category: Category | None = None
    institutions: tuple[str, ...] = ()
    abstract: str | None = None
    has_code: bool | None = None
    code_links: tuple[str, ...] = ()
    reported: tuple[Reported, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What a source says of an author as a whole."""

    name: str
    lines: Lines
    primary_category: Category | None = None
    reported: tuple[Reported, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A piece that was not understood, or understood only in part.

    `is_refused` tells a lost record (nothing of it was kept) from a remark on a kept one.
    """

    lines: Lines
    found: str
    expected: str
    is_refused: bool


Record: TypeAlias = Paper | Profile | Problem
