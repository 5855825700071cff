"""One file's records into the store: told, counted and written as they come, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from . import vocabulary as v
from .errors import BrokenOff, UnreadableFile, shorten
from .identity.recognition import Recognition
from .origin import Source, reading_statements
from .quads import BELIEF, statements
from .records import Lines, Paper, Problem, Record
from .report import Count, FileReport
from .sources import same_file_name, take_out
from .text_documents import touched
from .triples import Teller
from .versions import Writer

# The kinds that a report counts, by a pattern over what a source claims. Categories are those that papers stand in: the
# archives above them come along.
COUNTED: Final = {
    "papers": (v.RDF_TYPE, v.SOA_WORK),
    "authors": (v.RDF_TYPE, v.FOAF_PERSON),
    "institutions": (v.RDF_TYPE, v.ORG_ORGANIZATION),
    "categories": (v.DCTERMS_SUBJECT, None),
}
_MOST_SHOWN: Final = (
    1_000  # problems, and remarks, that a report repeats; all of them stand in the provenance graph
)
_MOST_TOUCHED: Final = (
    200_000  # things whose texts are noted one by one; from there the index compares everything
)


def take_in(recognition: Recognition, path: str, source: Source, records: Iterator[Record]) -> FileReport:
    """Write what a source claims, and where it says so; return what became of it. The source must not be there.

    Belief is as it should be once the recognition has settled.

    Raises:
        UnreadableFile: it cannot be used, or not to its end; nothing of it was written.
    """
    first = _until_good(path, records)
    writer, engine = recognition.writer, recognition.engine
    namesakes = same_file_name(engine, source.file_name)
    intake = _Intake(writer, path, source)
    was_changed = writer.changed
    try:
        engine.bulk_extend(intake.quads(chain(first, records)))
    except UnreadableFile:
        take_out(recognition, source.iri)
        writer.changed = was_changed
        raise
    recognition.came(source.iri)
    writer.changed = True
    return FileReport(
        path,
        source.id,
        source.reader,
        False,
        {kind: _count(engine, kind, source) for kind in COUNTED},
        tuple(intake.problems),
        tuple(intake.remarks),
        intake.cut_lists,
        _hint([other for other in namesakes if other != source.iri.value]),
        intake.lost,
        intake.remarked,
    )


def count_unchanged(engine: ox.Store, source: NamedNode) -> dict[str, Count]:
    """Return how much a source describes that is loaded already."""
    return {kind: Count(unchanged=sum(1 for _ in _things(engine, kind, source))) for kind in COUNTED}


def _until_good(path: str, records: Iterator[Record]) -> list[Record]:
    """Return the records up to the first that is no problem. Raises: UnreadableFile: there is none."""
    found: list[Record] = []
    for record in records:
        found.append(record)
        if not isinstance(record, Problem):
            return found
    first = cast(Problem, found[0]) if found else None
    raise UnreadableFile(
        path,
        f"found {first.found!r}, expected {first.expected}" if first else "found nothing to load in it",
        first.lines.first if first else None,
    )


class _Intake:
    """Filled while the engine takes the statements of one source."""

    def __init__(self, writer: Writer, path: str, source: Source) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.lost = self.remarked = self.cut_lists = 0
        self._writer, self._path, self._source = writer, path, source
        self._teller = Teller(source)

    def quads(self, records: Iterator[Record]) -> Iterator[Quad]:
        """Yield the statements of claims, belief and provenance."""
        claims, beside = self._source.iri, v.provenance_graph(self._source.iri)
        for record in self._checked(records):
            self._count(record)
            told = list(self._teller.claims(record))
            for s, p, o in told:
                yield Quad(s, p, o, claims)
                yield Quad(s, p, o, BELIEF)
            for s, p, o in self._teller.places(record):
                yield Quad(s, p, o, beside)
            for stranger in self._teller.strangers(record.lines):
                self._count(stranger)
                for s, p, o in self._teller.places(stranger):
                    yield Quad(s, p, o, beside)
            if self._writer.touched is not None:
                self._writer.touched |= touched(told)
                if len(self._writer.touched) > _MOST_TOUCHED:
                    self._writer.touched = None
        for s, p, o in self._teller.last_claims():
            yield Quad(s, p, o, claims)
            yield Quad(s, p, o, BELIEF)
        for s, p, o in reading_statements(self._source):
            yield Quad(s, p, o, beside)

    def _checked(self, records: Iterator[Record]) -> Iterator[Record]:
        """Yield the records, with a remark behind a paper that came before, and a problem where the file breaks off."""
        last = Lines(1, 1)
        try:
            for record in records:
                last = record.lines or last
                yield record
                if isinstance(record, Paper) and (twin := self._teller.twin(record)):
                    yield twin
        except BrokenOff as error:
            yield Problem(last, shorten(error.reason), "more of the file: nothing behind this was read", True)

    def _count(self, record: Record) -> None:
        if isinstance(record, Paper):
            self.cut_lists += record.is_truncated
        elif isinstance(record, Problem):
            shown = self.problems if record.is_refused else self.remarks
            if len(shown) < _MOST_SHOWN:
                shown.append(record)
            self.lost += record.is_refused
            self.remarked += not record.is_refused


def _things(engine: ox.Store, kind: str, source: NamedNode) -> Iterator[NamedNode]:
    """Yield the things of a kind that a source claims, each once."""
    predicate, cls = COUNTED[kind]
    if cls is not None:
        return (s.subject for s in statements(engine, None, predicate, cls, graph=source))
    return iter({cast(NamedNode, s.object) for s in statements(engine, predicate=predicate, graph=source)})


def _count(engine: ox.Store, kind: str, source: Source) -> Count:
    """Count what a source describes: new, or described by another source too."""
    of_others = any(
        isinstance(g, NamedNode) and g != source.iri and v.is_claims_graph(source.base, g.value)
        for g in engine.named_graphs()
    )
    new = merged = 0
    for thing in _things(engine, kind, source.iri):
        if of_others and _is_claimed_elsewhere(engine, kind, thing, source):
            merged += 1
        else:
            new += 1
    return Count(new=new, merged=merged)


def _is_claimed_elsewhere(engine: ox.Store, kind: str, thing: NamedNode, source: Source) -> bool:
    predicate, cls = COUNTED[kind]
    subject, value = (None, thing) if cls is None else (thing, cls)
    graphs = (quad.graph_name for quad in engine.quads_for_pattern(subject, predicate, value, None))
    return any(
        isinstance(g, NamedNode) and g != source.iri and v.is_claims_graph(source.base, g.value)
        for g in graphs
    )


def _hint(namesakes: list[str]) -> str:
    if not namesakes:
        return ""
    other = namesakes[0].rpartition("/")[2]
    return f"another source bears the same file name; if this file replaces it: collegium unload {other}"
