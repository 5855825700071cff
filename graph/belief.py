"""Belief read one predicate at a time: what stands behind it, with IRIs numbered as they come."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyoxigraph import Literal, NamedNode, Store

from .quads import BELIEF
from .vocabulary import RDF_TYPE

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Numbers:
    """IRIs numbered in order of first sight, and in the end by their own order."""

    def __init__(self, iris: Iterable[str] = ()) -> None:
        self._seen: dict[str, int] = {}
        for iri in iris:
            self.of(iri)

    def of(self, iri: str) -> int:
        """Return the number of an IRI, a new one when it is new."""
        return self._seen.setdefault(iri, len(self._seen))

    def all(self) -> list[str]:
        """Return the IRIs numbered so far, in that order."""
        return list(self._seen)

    def sorted(self) -> Sorted:
        """Return the IRIs in their own order."""
        iris = sorted(self._seen)
        places = np.empty(len(iris), np.int32)
        places[[self._seen[iri] for iri in iris]] = np.arange(len(iris), dtype=np.int32)
        return Sorted({iri: at for at, iri in enumerate(iris)}, places)


class Sorted(NamedTuple):
    """IRI -> id, in order of IRI; and the id of each number."""

    ids: dict[str, int]
    places: NDArray[np.int32]


class Belief:
    """The default graph of an engine. Links to blank nodes are not followed."""

    def __init__(self, engine: Store) -> None:
        self._engine = engine

    def instances(self, of: NamedNode) -> Iterator[str]:
        """Yield the IRIs of a class."""
        for quad in self._engine.quads_for_pattern(None, RDF_TYPE, of, BELIEF):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def links(self, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        """Yield IRI and IRI."""
        for quad in self._engine.quads_for_pattern(None, predicate, None, BELIEF):
            subject, thing = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(thing, NamedNode):
                yield subject.value, thing.value

    def values(self, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        """Yield IRI and lexical form."""
        for quad in self._engine.quads_for_pattern(None, predicate, None, BELIEF):
            subject, thing = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(thing, Literal):
                yield subject.value, thing.value

    def pairs(self, predicate: NamedNode, of: Mapping[str, int], ends: Numbers) -> Pairs:
        """Return the links of the things in `of`, their ends numbered by `ends`."""
        found = Pairs()
        for subject, thing in self.links(predicate):
            at = of.get(subject)
            if at is not None:
                found.add(at, ends.of(thing))
        return found

    def names(self, predicate: NamedNode, of: Mapping[str, int]) -> list[str]:
        """Return for each thing its longest text, of several the first by code point; "" without."""
        found = [""] * len(of)
        for subject, text in self.values(predicate):
            at = of.get(subject)
            if at is not None:
                known = found[at]
                if not known or (-len(text), text) < (-len(known), known):
                    found[at] = text
        return found


class Pairs:
    """Two columns of numbers that grow together."""

    def __init__(self) -> None:
        self._ones, self._others = array("i"), array("i")

    def __len__(self) -> int:
        return len(self._ones)

    def add(self, one: int, other: int) -> None:
        """Add a row."""
        self._ones.append(one)
        self._others.append(other)

    @property
    def ones(self) -> NDArray[np.int32]:
        """The first column."""
        return np.array(self._ones, np.int32)

    @property
    def others(self) -> NDArray[np.int32]:
        """The second column."""
        return np.array(self._others, np.int32)
