"""Belief read one predicate at a time, as bytes: what stands behind it, with IRIs numbered as they come.

The engine writes a predicate's rows as one text, which does not hold the interpreter's lock: two predicates are written
at a time, and others work meanwhile. Of 7 µs of CPU a row the engine takes 6, to look up the text of each term.
Source: https://www.w3.org/TR/sparql11-results-csv-tsv/ section 4.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from .quads import BELIEF
from .vocabulary import RDF_TYPE

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = tuple[bytes, bytes]

_THREADS: Final = 2
_AHEAD: Final = 3  # texts in memory beside the one that is read: 140 bytes a row

_IRI: Final = re.compile(rb"(?m)^<(.*)>$")
_LINK: Final = re.compile(rb"(?m)^<(.*)>\t<(?!<\()(.*)>$")
# A literal in quotation marks, or a number or truth value without.
_VALUE: Final = re.compile(rb'(?m)^<(.*)>\t(?:"([^"\\]*+(?:\\.[^"\\]*+)*+)".*|([^"<_].*))$')
_ESCAPED: Final = re.compile(rb"\\(.)")
_MEANT: Final = {b"t": b"\t", b"n": b"\n", b"r": b"\r"}


class Numbers:
    """IRIs numbered in order of first sight, and in the end by their own order."""

    def __init__(self, iris: Iterable[bytes] = ()) -> None:
        self._seen: dict[bytes, int] = {}
        self.of(iris)

    def of(self, iris: Iterable[bytes]) -> NDArray[np.int32]:
        """Return the number of each IRI, a new one where it is new."""
        seen = self._seen
        return np.array([seen.setdefault(iri, len(seen)) for iri in iris], np.int32)

    def known(self, iri: bytes) -> int:
        """Return the number of an IRI, -1 when it has none."""
        return self._seen.get(iri, -1)

    def __len__(self) -> int:
        return len(self._seen)

    def all(self) -> list[bytes]:
        """Return the IRIs numbered so far, in that order."""
        return list(self._seen)

    def sorted(self) -> Sorted:
        """Return the IRIs in their own order: that of bytes is that of code points."""
        iris = sorted(self._seen)
        places = np.empty(len(iris), np.int32)
        places[[self._seen[iri] for iri in iris]] = np.arange(len(iris), dtype=np.int32)
        return Sorted({iri: at for at, iri in enumerate(iris)}, places)


class Sorted(NamedTuple):
    """IRI -> id, in order of IRI; and the id of each number."""

    ids: dict[bytes, int]
    places: NDArray[np.int32]


class Pairs(NamedTuple):
    """Two columns of numbers, beside each other."""

    ones: NDArray[np.int32]
    others: NDArray[np.int32]


class Belief:
    """The default graph of an engine. Links to blank nodes are not followed."""

    def __init__(self, engine: Store, ahead: Iterable[NamedNode] = ()) -> None:
        """`ahead`: the predicates that will be asked for, in that order; they are read while others are worked on."""
        self._engine = engine
        self._pool = ThreadPoolExecutor(_THREADS, "belief")
        self._waiting = deque(ahead)
        self._asked: dict[NamedNode, Future[bytes | None]] = {}
        self._ask_ahead()

    def __enter__(self) -> Belief:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def instances(self, of: NamedNode) -> list[bytes]:
        """Return the IRIs of a class."""
        text = _written(self._engine, "?s", RDF_TYPE, of)
        if text is not None:
            return cast(list[bytes], _IRI.findall(text))
        found = self._engine.quads_for_pattern(None, RDF_TYPE, of, BELIEF)
        return [quad.subject.value.encode() for quad in found if isinstance(quad.subject, NamedNode)]

    def links(self, predicate: NamedNode) -> list[Row]:
        """Return IRI and IRI of each row."""
        text = self._text(predicate)
        return (
            list(self._quads(predicate, NamedNode)) if text is None else cast(list[Row], _LINK.findall(text))
        )

    def values(self, predicate: NamedNode) -> Iterable[Row]:
        """Return IRI and lexical form of each row."""
        text = self._text(predicate)
        return self._quads(predicate, Literal) if text is None else _values(text)

    def pairs(self, predicate: NamedNode, of: Mapping[bytes, int], ends: Numbers) -> Pairs:
        """Return the links of the things in `of`, their ends numbered by `ends`."""
        rows = self.links(predicate)
        ones = np.array([of.get(subject, -1) for subject, _ in rows], np.int32)
        if len(rows) and ones.min() < 0:
            rows = [row for row in rows if row[0] in of]
            ones = ones[ones >= 0]
        return Pairs(ones, ends.of(thing for _, thing in rows))

    def names(self, predicate: NamedNode, of: Mapping[bytes, int]) -> list[bytes]:
        """Return for each thing its longest text, of several the first by code point; b"" without."""
        found = [b""] * len(of)
        for subject, text in self.values(predicate):
            at = of.get(subject)
            if at is not None:
                known = found[at]
                found[at] = text if not known else min(known, text, key=_longest_first)
        return found

    def _text(self, predicate: NamedNode) -> bytes | None:
        asked = self._asked.pop(predicate, None)
        text = _written(self._engine, "?s ?o", predicate) if asked is None else asked.result()
        self._ask_ahead()
        return text

    def _ask_ahead(self) -> None:
        while self._waiting and len(self._asked) < _AHEAD:
            predicate = self._waiting.popleft()
            self._asked[predicate] = self._pool.submit(_written, self._engine, "?s ?o", predicate)

    def _quads(self, predicate: NamedNode, kind: type[NamedNode] | type[Literal]) -> Iterator[Row]:
        for quad in self._engine.quads_for_pattern(None, predicate, None, BELIEF):
            subject, thing = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(thing, kind):
                yield subject.value.encode(), thing.value.encode()


def _longest_first(text: bytes) -> tuple[int, bytes]:
    return -len(text.decode()), text


def _written(
    engine: Store, columns: str, predicate: NamedNode, thing: NamedNode | None = None
) -> bytes | None:
    """Return the rows of a predicate as lines with a tab between columns, a head first.

    None where the lines are not the rows: a lenient parser takes line breaks and tabs into an IRI.

    Args:
        predicate, thing: of our vocabulary, so that they may stand in the text of a query.
    """
    pattern = f"{{ ?s {predicate} {thing or '?o'} }}"
    counted = next(iter(cast(QuerySolutions, engine.query(f"SELECT (COUNT(*) AS ?n) {pattern}"))))["n"]
    rows = cast(QuerySolutions, engine.query(f"SELECT {columns} {pattern}"))
    text = cast(bytes, rows.serialize(format=QueryResultsFormat.TSV))
    lines = int(cast(Literal, counted).value) + 1
    is_sound = text.count(b"\n") == lines and text.count(b"\t") == lines * columns.count(" ")
    return text if is_sound else None


def _values(text: bytes) -> Iterator[Row]:
    for subject, quoted, plain in _VALUE.findall(text):
        value = quoted or plain
        yield subject, _ESCAPED.sub(_unescaped, value) if b"\\" in value else value


def _unescaped(found: re.Match[bytes]) -> bytes:
    return _MEANT.get(found[1], found[1])


def many(links: Iterable[tuple[bytes, bytes]]) -> dict[bytes, set[bytes]]:
    """Return all ends of each thing."""
    found: dict[bytes, set[bytes]] = {}
    for one, other in links:
        found.setdefault(one, set()).add(other)
    return found
