"""The records of the mirror: an immutable network snapshot of papers, authors, institutions and categories.

Every id is a position in a tuple sorted by IRI. `mirror.py` fills them; nothing changes them afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from .errors import NotFound

if TYPE_CHECKING:
    from .columns import Columns
    from .things import Entities, Figures, Papers, Ties

# A paper with more authors than this makes no pairs of co-authors: k authors make k(k-1)/2 of them, each for a fraction
# of a paper. 100 is where studies of hyper-authorship begin. Source: B. Cronin 2001, 10.1002/asi.1097.
MOST_AUTHORS: Final = 100


@dataclass(frozen=True, slots=True)
class Entity:
    """An author or an institution."""

    iri: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category; `broader` holds the ids of those right above it."""

    iri: str
    id: str
    name: str
    notation: str
    broader: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the ids of what it is linked to.

    `authors` stand in byline order; those without a position come last, by IRI. `positions` runs beside it.
    `year` is None when no source gives or implies one; `year_inferred` says that it was completed by us.
    `truncated` holds unless some source says that the author list is complete.
    """

    iri: str
    id: str
    name: str
    authors: tuple[int, ...]
    positions: tuple[int | None, ...]
    institutions: tuple[int, ...]
    category: int | None
    categories: tuple[int, ...]
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


@dataclass(frozen=True, slots=True)
class Mirror:
    """The network of one store version. Equal mirrors hold the same belief; version, base and cap do not count.

    `most_authors` is the cap above which a paper makes no pairs of co-authors.
    """

    papers: Papers
    authors: Entities
    institutions: Entities
    categories: tuple[Category, ...]
    reported: Figures
    ties: Ties
    base: str = field(compare=False)
    version: int = field(compare=False)
    most_authors: int = field(compare=False, default=MOST_AUTHORS)

    @property
    def columns(self) -> Columns:
        """What the papers hold as arrays."""
        return self.papers.columns

    def author(self, iri: str) -> Entity:
        """Return the author of an IRI. Raises: NotFound. Cost: O(log n)."""
        return self.authors[index_of("author", self.authors, iri)]

    def paper(self, iri: str) -> Paper:
        """Return the paper of an IRI. Raises: NotFound. Cost: O(log n)."""
        return self.papers[index_of("paper", self.papers, iri)]


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
    at = bisect_left(things, iri, key=lambda thing: thing.iri)
    if at == len(things) or things[at].iri != iri:
        raise NotFound(kind, iri)
    return at
