"""What a mirror holds, one at a time: an author, an institution, a category, a paper, a figure, a tie."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .errors import NotFound
from .made import ByIri


@dataclass(frozen=True, slots=True)
class Entity:
    """An author or an institution."""

    iri: str
    id: str
    name: str


def label_of(code: str, name: str) -> str:
    """Return `code` where it says something, else `name`: a scheme's number stands for nothing but itself.

    Example:
        >>> label_of("cs.CL", "Computation and Language"), label_of("T10102", "Bibliometrics"), label_of("520", "")
        ('cs.CL', 'Bibliometrics', '520')
    """
    is_number = any(sign.isdigit() for sign in code)
    return (name or code) if is_number or not code else code


@dataclass(frozen=True, slots=True)
class Category:
    """A category; `broader` holds the ids of those right above it."""

    iri: str
    id: str
    name: str
    notation: str
    broader: tuple[int, ...]

    @property
    def label(self) -> str:
        """What people know it by: a code without digits, like cs.CL, else the name."""
        return label_of(self.notation, self.name)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the ids of what it is linked to.

    `authors` stand in byline order; those without a position come last, by IRI. `positions` runs beside it.
    `year` is None when no source gives or implies one; `year_inferred` says that it was completed by us.
    `references` are ids of `Mirror.works`. `truncated` holds unless some source says that the author list is complete.
    """

    iri: str
    id: str
    name: str
    authors: tuple[int, ...]
    positions: tuple[int | None, ...]
    institutions: tuple[int, ...]
    category: int | None
    categories: tuple[int, ...]
    references: tuple[int, ...]
    year: int | None
    year_inferred: bool
    truncated: bool

    @property
    def shown(self) -> tuple[int, ...]:
        """Ids of the authors that a source prints, in byline order."""
        return tuple(a for a, at in zip(self.authors, self.positions, strict=True) if at is not None)


@dataclass(frozen=True, slots=True, order=True)
class Reported:
    """A figure that a source reports of an author; `when` is the date of the source (xsd:dateTime)."""

    author: int
    measure: str
    source: str
    when: str
    value: float


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Two authors whom network files link, `one` before `other`, and the weights that the files give, added up."""

    one: int
    other: int
    weight: float


class Dated(Protocol):
    """What stands behind a link: a paper, or a work that papers cite."""

    @property
    def iri(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def year_inferred(self) -> bool: ...


class Thing(Protocol):
    """What can be looked up and named: authors, papers, institutions, categories."""

    @property
    def iri(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def index_of(kind: str, things: Sequence[Thing], iri: str) -> int:
    """Return the id of an IRI among things sorted by IRI. Raises: NotFound. Cost: O(log n)."""
    # Of things that are made when they are looked at, seventeen would be made for one of 100,000.
    iri_at = things.iris.__getitem__ if isinstance(things, ByIri) else lambda at: things[at].iri
    at = bisect_left(range(len(things)), iri, key=iri_at)
    if at == len(things) or iri_at(at) != iri:
        raise NotFound(kind, iri)
    return at
