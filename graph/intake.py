"""One file's records into the store: told, counted and written as they come, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .apart import move_apart
from .as_given import as_given
from .batches import Loading, Piece, batches, lines
from .errors import BrokenOff, StoreUnwritable, UnreadableFile, shorten
from .identity.claims import FEW, claims_graphs
from .identity.recognition import Recognition
from .origin import Source, reading_statements, unnamed_statements
from .paper_names import PaperNames
from .problem_kinds import KindCounter
from .quads import BELIEF, statements
from .reading_counts import count_statements, counts_of
from .records import Lines, Paper, Problem, Record, Statement, Tie
from .report import Count, FileReport
from .same_links import LinksDigest
from .sources import take_out
from .text_documents import touched
from .triples import Teller
from .writer import Writer

# The kinds that a report counts, by a pattern over what a source claims. Categories are those that papers stand in: the
# archives above them come along.
COUNTED: Final = {
    "papers": (v.RDF_TYPE, v.SOA_WORK),
    "authors": (v.RDF_TYPE, v.FOAF_PERSON),
    "institutions": (v.RDF_TYPE, v.ORG_ORGANIZATION),
    "categories": (v.DCTERMS_SUBJECT, None),
}
_MOST_SHOWN: Final = (
    1_000  # problems, and remarks, that a report repeats; ten times as many stand in the provenance graph
)
_MOST_TOUCHED: Final = (
    200_000  # things whose texts are noted one by one; from there the index compares everything
)


def take_in(recognition: Recognition, path: str, source: Source, records: Iterator[Record]) -> FileReport:
    """Write what a source claims, and where it says so; return what became of it. The source must not be there.

    Belief is as it should be once the recognition has settled.

    Raises:
        UnreadableFile: it cannot be used, or not to its end; nothing of it was written.
        StoreUnwritable: the engine cannot write; nothing may be committed.
    """
    first = until_good(path, records)
    writer, engine = recognition.writer, recognition.engine
    intake = Intake(writer, path, source)
    was_changed = writer.changed
    is_begun = False
    try:
        # Of a small file all is read before anything is written: most that cannot be used are small.
        with Loading(engine) as loading:
            for batch in batches(intake.pieces(chain(first, records))):
                is_begun = True
                loading.put(batch)
    except OSError as error:  # of the engine: what a reader meets is told as `UnreadableFile`
        raise StoreUnwritable(str(writer.path), error) from None
    except UnreadableFile:
        if is_begun:
            take_out(recognition, source.iri)
        writer.changed = was_changed
        raise
    move_apart(recognition.believer, source.iri, intake.paper_names)
    recognition.came(source.iri)
    writer.changed = True
    counts = {kind: _count(engine, kind, source) for kind in COUNTED}
    _write_counts(engine, source.iri, intake, counts)
    intake.links.write(engine, source.iri)
    return intake.report(counts)


def note_touched(
    writer: Writer, told: Collection[Triple] | Collection[Quad], engine: ox.Store | None = None
) -> None:
    """Tell the writer whose texts may change with statements of belief; `engine` as for `touched`."""
    if writer.touched is not None:
        writer.touched |= touched(told, engine)
        if len(writer.touched) > _MOST_TOUCHED:
            writer.touched = None


def count_unchanged(engine: ox.Store, source: NamedNode) -> dict[str, Count]:
    """Return how much a source describes that is loaded already, as it was counted when it was read."""
    known = counts_of(engine, source)
    if known.keys() >= COUNTED.keys():
        return {kind: Count(unchanged=known[kind]) for kind in COUNTED}
    return {kind: Count(unchanged=sum(1 for _ in things(engine, kind, source))) for kind in COUNTED}


def _write_counts(engine: ox.Store, source: NamedNode, intake: Intake, counts: Mapping[str, Count]) -> None:
    """Say on a source how much was read of it and what it describes."""
    described = {kind: count.new + count.merged for kind, count in counts.items()}
    read = {"records": intake.records, "refused": intake.lost, "remarks": intake.remarked}
    if intake.kept:
        read["kept"] = intake.kept
    beside = v.provenance_graph(source)
    engine.extend(Quad(s, p, o, beside) for s, p, o in count_statements(source, {**read, **described}))


def until_good(path: str, records: Iterator[Record]) -> list[Record]:
    """Return the records up to the first that is no problem; all where a source says itself that it holds none.

    Raises:
        UnreadableFile: there is none, and ought to be.
    """
    found: list[Record] = []
    for record in records:
        found.append(record)
        if not isinstance(record, Problem):
            return found
    problems = cast(list[Problem], found)
    if any(one.is_of_nothing for one in problems) and not any(one.is_refused for one in problems):
        return found
    first = problems[0] if problems else None
    raise UnreadableFile(
        path,
        f"found {first.found!r}, expected {first.expected}" if first else "found nothing to load in it",
        first.lines.first if first else None,
    )


class Told(NamedTuple):
    """What a source claims, and what stands beside it on where it does so; or one statement that is kept as given."""

    claims: Sequence[Triple]
    beside: Sequence[Triple]
    kept: Quad | None = None


class Intake:
    """Filled while the engine takes the statements of one source."""

    def __init__(self, writer: Writer, path: str, source: Source) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self.lost = self.remarked = self.cut_lists = self.records = self.kept = 0
        self.kinds, self.links = KindCounter(), LinksDigest()
        self.is_broken = False
        self._writer, self._path, self._source = writer, path, source
        self._teller = Teller(source)

    @property
    def paper_names(self) -> PaperNames:
        """The names of the papers that were told."""
        return self._teller.paper_names

    def report(self, counts: dict[str, Count]) -> FileReport:
        """Return what became of the file, once all was taken."""
        return FileReport(
            path=self._path,
            source=self._source.id,
            reader=self._source.reader,
            is_unchanged=False,
            counts=counts,
            problems=tuple(self.problems),
            remarks=tuple(self.remarks),
            cut_lists=self.cut_lists,
            lost=self.lost,
            remarked=self.remarked,
            records=self.records,
            kept=self.kept,
            kinds=self.kinds.kinds(),
            is_broken=self.is_broken,
        )

    def pieces(self, records: Iterator[Record]) -> Iterator[Piece | Quad]:
        """Yield the statements of claims and belief, of provenance, and those that are kept as given."""
        believed = (self._source.iri, BELIEF)
        beside = (v.provenance_graph(self._source.iri),)
        for told in self.told(records):
            if told.kept is not None:
                yield told.kept
                continue
            yield Piece(lines(told.claims), believed)
            if told.beside:
                yield Piece(lines(told.beside), beside)

    def told(self, records: Iterator[Record]) -> Iterator[Told]:
        """Yield the statements of each record, then those on the whole; some come more than once."""
        for record in self._checked(records):
            if isinstance(record, Statement):  # never of claims: belief is ours
                self.kept += 1
                yield Told((), (), as_given(record.triple, self._source.iri))
                continue
            is_named = self._count(record)
            claims = list(self._teller.claims(record))
            if isinstance(record, Tie):
                self.links.add(claims)
            beside = list(self._teller.places(record)) if is_named else []
            for stranger in self._teller.strangers(record.lines):
                if self._count(stranger):
                    beside += self._teller.places(stranger)
            note_touched(self._writer, claims)
            yield Told(claims, beside)
        unnamed = unnamed_statements(self._source.iri, self.kinds.kinds())
        yield Told(list(self._teller.last_claims()), [*reading_statements(self._source), *unnamed])

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
            self.is_broken = True
            yield Problem(last, shorten(error.reason), "more of the file: nothing behind this was read", True)
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            raise UnreadableFile(self._path, reason, last.first) from None

    def _count(self, record: Record) -> bool:
        """Count a record; return whether the store is to tell of it by itself."""
        if not isinstance(record, Problem):
            self.records += 1
            self.cut_lists += isinstance(record, Paper) and record.is_truncated
            return True
        shown = self.problems if record.is_refused else self.remarks
        if len(shown) < _MOST_SHOWN:
            shown.append(record)
        self.lost += record.is_refused
        self.remarked += not record.is_refused
        return self.kinds.add(record)


def things(engine: ox.Store, kind: str, source: NamedNode) -> Iterator[NamedNode]:
    """Yield the things of a kind that a source claims, each once."""
    predicate, cls = COUNTED[kind]
    if cls is not None:
        return (s.subject for s in statements(engine, None, predicate, cls, graph=source))
    return iter({cast(NamedNode, s.object) for s in statements(engine, predicate=predicate, graph=source)})


def _number_of(engine: ox.Store, kind: str, source: NamedNode) -> int:
    """Return how many things of a kind a source claims; the engine counts at a third of the cost of `things`."""
    predicate, cls = COUNTED[kind]
    pattern = f"?thing {predicate} {cls}" if cls is not None else f"?it {predicate} ?thing"
    text = f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ GRAPH {source} {{ {pattern} }} }}"
    row = next(iter(cast(ox.QuerySolutions, engine.query(text))))
    return int(cast(Literal, row["n"]).value)


def _count(engine: ox.Store, kind: str, source: Source) -> Count:
    """Count what a source describes: new, or described by another source too."""
    others = [graph for graph in claims_graphs(engine, source.base) if graph != source.iri]
    predicate, cls = COUNTED[kind]
    if not others:
        return Count(new=_number_of(engine, kind, source.iri))
    new = merged = 0
    for thing in things(engine, kind, source.iri):
        if cls is not None and len(others) <= FEW:
            is_known = any(Quad(thing, predicate, cls, graph) in engine for graph in others)
        else:
            is_known = is_claimed_elsewhere(engine, kind, thing, source)
        merged += is_known
        new += not is_known
    return Count(new=new, merged=merged)


def counts_beside(engine: ox.Store, source: Source, former: NamedNode) -> dict[str, Count]:
    """Return the counts of a source that takes the place of another: what that describes too is unchanged."""
    counts = {}
    for kind in COUNTED:
        old = set(things(engine, kind, former))
        now = list(things(engine, kind, source.iri))
        come = [thing for thing in now if thing not in old]
        merged = sum(is_claimed_elsewhere(engine, kind, thing, source) for thing in come)
        counts[kind] = Count(len(come) - merged, merged, len(now) - len(come))
    return counts


def is_claimed_elsewhere(engine: ox.Store, kind: str, thing: NamedNode, source: Source) -> bool:
    """Return whether another source describes a thing of a kind."""
    predicate, cls = COUNTED[kind]
    subject, value = (None, thing) if cls is None else (thing, cls)
    graphs = (quad.graph_name for quad in engine.quads_for_pattern(subject, predicate, value, None))
    return any(
        isinstance(g, NamedNode) and g != source.iri and v.is_claims_graph(source.base, g.value)
        for g in graphs
    )
