"""What a mirror holds, each kind as columns: entities, papers, figures that sources report, ties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from .columns import NO_POSITION, NO_YEAR, Columns
from .identifiers import SCHEMES, by_address
from .items import Entity, Paper, Reported, Thing, Tie
from .made import ByIri, Made
from .packed import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_CATEGORY: Final = -1
_SCHEME: Final = re.compile(r"^https?://")


def id_of(iri: str, base: str) -> str:
    """Return the part behind `{base}kind/`; an IRI of another house is its own id."""
    return iri.removeprefix(base).partition("/")[2] if iri.startswith(base) else iri


@dataclass(frozen=True, eq=False)
class Entities(ByIri[Entity]):
    """Authors or institutions, sorted by IRI. A name that is empty stands for the ID."""

    base: str
    iris: Texts
    names: Texts

    def __len__(self) -> int:
        return len(self.iris)

    @cached_property
    def places_by_name(self) -> NDArray[np.int64]:
        """The place of each among all sorted by name, then IRI. Cost: O(n log n), once."""
        sizes = np.diff(self.names.starts)
        names = self.names if sizes.all() else Texts.of(one.name for one in self)
        places = np.empty(len(self), np.int64)
        places[names.order()] = np.arange(len(self))
        return places

    def _made(self, at: int) -> Entity:
        iri = self.iris[at]
        identifier = id_of(iri, self.base)
        return Entity(iri, identifier, self.names[at] or identifier)


@dataclass(frozen=True, eq=False)
class Papers(ByIri[Paper]):
    """Papers, sorted by IRI; `primary` int32 beside them, `NO_CATEGORY` without."""

    base: str
    iris: Texts
    titles: Texts
    primary: NDArray[np.int32]
    columns: Columns

    def __len__(self) -> int:
        return len(self.iris)

    def _made(self, at: int) -> Paper:
        iri, columns = self.iris[at], self.columns
        identifier = id_of(iri, self.base)
        first, last = columns.authors.starts[at : at + 2]
        year, primary = int(columns.years[at]), int(self.primary[at])
        return Paper(
            iri=iri,
            id=identifier,
            name=self.titles[at] or identifier,
            authors=tuple(columns.authors.ends[first:last].tolist()),
            positions=tuple(
                None if place == NO_POSITION else place for place in columns.positions[first:last].tolist()
            ),
            institutions=tuple(columns.institutions[at].tolist()),
            category=None if primary == NO_CATEGORY else primary,
            categories=tuple(columns.categories[at].tolist()),
            references=tuple(columns.references[at].tolist()),
            year=None if year == NO_YEAR else year,
            year_inferred=bool(columns.year_inferred[at]),
            truncated=bool(columns.truncated[at]),
        )


@dataclass(frozen=True, eq=False)
class Works(Made[Thing]):
    """Papers, and behind them works that are only cited, of which nothing is known but the IRI.

    That is their name: "DOI 10.1000/182" where it is an address of a scheme of ours, else the address itself.
    """

    papers: Papers
    cited: Texts

    @property
    def iris(self) -> Texts:
        """The IRIs of all, in order. Cost: O(their bytes)."""
        return self.papers.iris.followed_by(self.cited)

    def __len__(self) -> int:
        return len(self.papers) + len(self.cited)

    def _made(self, at: int) -> Thing:
        if at < len(self.papers):
            return self.papers[at]
        iri = self.cited[at - len(self.papers)]
        known = by_address(iri, "paper")
        name = f"{SCHEMES[known.scheme].title} {known.value}" if known else _SCHEME.sub("", iri)
        return Entity(iri, iri, name)


@dataclass(frozen=True, eq=False)
class Figures(Made[Reported]):
    """What sources report of authors, sorted as `Reported` is; a whole number is an int."""

    authors: NDArray[np.int32]
    measures: Texts
    sources: Texts
    dates: Texts
    values: NDArray[np.float64]

    @staticmethod
    def of(rows: Sequence[Reported]) -> Figures:
        """Return figures as columns."""
        return Figures(
            np.array([row.author for row in rows], np.int32),
            Texts.of(row.measure for row in rows),
            Texts.of(row.source for row in rows),
            Texts.of(row.when for row in rows),
            np.array([row.value for row in rows], np.float64),
        )

    def __len__(self) -> int:
        return len(self.authors)

    def _made(self, at: int) -> Reported:
        said = self.measures[at], self.sources[at], self.dates[at]
        return Reported(int(self.authors[at]), *said, whole(float(self.values[at])))


@dataclass(frozen=True, eq=False)
class Ties(Made[Tie]):
    """The links of network files, sorted by their two ends; `nodes`: ids of the authors whom these have, ascending."""

    ones: NDArray[np.int32]
    others: NDArray[np.int32]
    weights: NDArray[np.float64]
    nodes: NDArray[np.int32]

    @staticmethod
    def of(rows: Sequence[Tie], nodes: Sequence[int] = ()) -> Ties:
        """Return ties as columns."""
        return Ties(
            np.array([row.one for row in rows], np.int32),
            np.array([row.other for row in rows], np.int32),
            np.array([row.weight for row in rows], np.float64),
            np.array(nodes, np.int32),
        )

    def __len__(self) -> int:
        return len(self.ones)

    def _made(self, at: int) -> Tie:
        return Tie(int(self.ones[at]), int(self.others[at]), whole(float(self.weights[at])))


def whole(number: float) -> float:
    """Return a number as an int where it is one, so that a page prints 35 and not 35.0."""
    return int(number) if number.is_integer() else number
