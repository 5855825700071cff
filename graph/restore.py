"""A dump of a store into a store: an empty one becomes what was dumped, others get its sources as they were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from tempfile import TemporaryDirectory
from typing import Final, TypeVar, cast

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from . import vocabulary as v
from .dumps import Contents, contents
from .errors import StoreUnwritable, UnreadableFile
from .identity.belief import replacing_claims
from .identity.decisions import decisions
from .identity.policies import policy_of
from .identity.recognition import Recognition
from .intake import COUNTED, count_unchanged, note_touched, things
from .quads import BELIEF, statements
from .reading_counts import counts_of
from .report import Count, FileReport
from .sources import holds
from .writer import Writer

_AT_ONCE: Final = (
    500_000  # quads that the engine takes in one go: 0.9 GB instead of 1.9 for a sixth more time
)

_Node = TypeVar("_Node", bound=NamedNode | ox.BlankNode | ox.Literal)


def restore(recognition: Recognition, path: str, quads: Iterator[Quad], base: str) -> list[FileReport]:
    """Write what a dump holds; return a report a source, by IRI.

    A store without statements of anybody becomes equal to the one that was dumped, if that has the same base: each
    graph as it was, what follows from belief too. Else the sources that are not here yet are added with their claims
    and provenance as they were, and the decisions on who is whom; belief follows once the recognition has settled, and
    a source that is here already stays as it is. IRIs of another base are rewritten to that of this store.

    Args:
        quads: the statements of the dump, from `read_dump`.
        base: that of the dump, from `base_of_dump`.

    Raises:
        UnreadableFile: it is broken or not whole; nothing of it was written.
        StoreUnwritable: the engine cannot write; nothing may be committed.
    """
    writer = recognition.writer
    if base == writer.base and _is_empty(writer.engine, base):
        try:
            return _whole(writer, path, quads)
        finally:
            recognition.came_whole()
    with _aside(_rewritten(quads, base, writer.base)) as aside:
        return _added(recognition, aside, contents(aside, writer.base, path), path)


def rehearse(writer: Writer, path: str, quads: Iterator[Quad], base: str) -> list[FileReport]:
    """Return the reports that `restore` would give. The writer's engine is only asked. Raises: as `restore`."""
    with _aside(_rewritten(quads, base, writer.base)) as aside:
        before, reports = set[NamedNode](), []
        for source in contents(aside, writer.base, path).sources:
            if holds(writer.engine, source):
                reports.append(_unchanged(writer.engine, source, path))
            else:
                reports.append(_report(aside, source, path, before, writer.engine))
        return reports


@contextmanager
def _aside(quads: Iterable[Quad]) -> Iterator[ox.Store]:
    """A store on disk that holds these statements, as long as the block runs."""
    with TemporaryDirectory(prefix="collegium-dump-") as folder:
        aside = ox.Store(folder)
        try:
            _fill(aside, quads, folder)
            yield aside
        finally:
            del aside  # closes it, before its folder goes


def _is_empty(engine: ox.Store, base: str) -> bool:
    """Whether nothing stands in a store but what describes it."""
    identity = v.identity_graph(base)
    made = (v.derived_graph(base), v.void_graph(base), identity)
    return (
        all(graph in made for graph in engine.named_graphs())
        and all(s.subject == identity for s in statements(engine, graph=identity))  # policy, table
        and not any(True for _ in engine.quads_for_pattern(None, None, None, BELIEF))
    )


def _whole(writer: Writer, path: str, quads: Iterator[Quad]) -> list[FileReport]:
    engine = writer.engine
    engine.clear()
    try:
        _fill(engine, quads, str(writer.path))
        found = contents(engine, writer.base, path)
    except UnreadableFile:
        engine.clear()
        raise
    writer.changed = True
    writer.touched = None
    writer.is_described = engine.contains_named_graph(v.void_graph(writer.base))
    counted: set[NamedNode] = set()
    return [_report(engine, source, path, counted) for source in found.sources]


def _fill(engine: ox.Store, quads: Iterable[Quad], folder: str) -> None:
    waiting = iter(quads)
    while some := list(islice(waiting, _AT_ONCE)):
        _take(engine, some, folder)


def _take(engine: ox.Store, quads: Sequence[Quad], folder: str) -> None:
    try:
        engine.bulk_extend(quads)
    except OSError as error:  # of the engine: what is wrong with the file is an error of ours
        raise StoreUnwritable(folder, error) from None


def _rewritten(quads: Iterator[Quad], old: str, new: str) -> Iterator[Quad]:
    """The statements with each IRI under the old base put under the new one."""
    if old == new:
        yield from quads
        return
    for quad in quads:
        at, graph = quad.graph_name, quad.graph_name
        if not isinstance(at, DefaultGraph):
            graph = _moved_node(at, old, new)
        moved = _moved(quad.triple, old, new)
        yield Quad(moved.subject, moved.predicate, moved.object, graph)


def _moved(triple: Triple, old: str, new: str) -> Triple:
    subject, value = triple.subject, triple.object
    return Triple(
        _moved(subject, old, new) if isinstance(subject, Triple) else _moved_node(subject, old, new),
        triple.predicate,
        _moved(value, old, new) if isinstance(value, Triple) else _moved_node(value, old, new),
    )


def _moved_node(node: _Node, old: str, new: str) -> _Node:
    if isinstance(node, NamedNode) and node.value.startswith(old):
        return cast(_Node, NamedNode(new + node.value[len(old) :]))
    return node


def _added(recognition: Recognition, aside: ox.Store, found: Contents, path: str) -> list[FileReport]:
    """Take over each source that is not here, then decisions on who is whom, then what no source claims."""
    writer, engine = recognition.writer, recognition.engine
    base, identity = writer.base, v.identity_graph(writer.base)
    told = policy_of(aside, base)
    policy = told if _is_empty(engine, base) else None
    before = {
        graph
        for graph in engine.named_graphs()
        if isinstance(graph, NamedNode) and v.is_claims_graph(writer.base, graph.value)
    }
    reports = []
    for source in found.sources:
        if holds(engine, source):
            reports.append(_unchanged(engine, source, path))
            continue
        _put(writer, _of_source(aside, source))
        _put(writer, aside.quads_for_pattern(None, None, None, v.as_given_graph(source)), is_noted=False)
        recognition.came(source)
        reports.append(_report(engine, source, path, before))
    recognition.take_over(decisions(aside, base), policy)
    for graph in (graph for graph in found.others if graph != identity):
        _put(writer, aside.quads_for_pattern(None, None, None, graph))
    _put(writer, _of_nobody(aside, base), is_claimed=False)
    held = policy_of(engine, base)
    if told != held and reports:
        hint = f"the dump was made under the policy {told}; here names are joined under {held}"
        reports[0] = replace(reports[0], hint=f"{hint} (collegium load --identity {told} asks for the other)")
    return reports


def _of_source(aside: ox.Store, source: NamedNode) -> Iterator[Quad]:
    for quad in aside.quads_for_pattern(None, None, None, source):
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, BELIEF)
    yield from aside.quads_for_pattern(None, None, None, v.provenance_graph(source))


def _of_nobody(aside: ox.Store, base: str) -> Iterator[Quad]:
    """What belief holds past the sources: somebody wrote it there."""
    made = replacing_claims(aside, base)
    for quad in aside.quads_for_pattern(None, None, None, BELIEF):
        graphs = (q.graph_name for q in aside.quads_for_pattern(quad.subject, quad.predicate, quad.object))
        is_claimed = any(isinstance(g, NamedNode) and v.is_claims_graph(base, g.value) for g in graphs)
        if not is_claimed and quad.triple not in made:
            yield quad


def _put(writer: Writer, quads: Iterable[Quad], *, is_claimed: bool = True, is_noted: bool = True) -> None:
    waiting = (quad for quad in quads if quad not in writer.engine) if not is_claimed else iter(quads)
    while some := list(islice(waiting, _AT_ONCE)):
        _take(writer.engine, some, str(writer.path))
        writer.changed, writer.is_described = True, False
        if is_noted:
            note_touched(writer, some, None if is_claimed else writer.engine)


def _unchanged(engine: ox.Store, source: NamedNode, path: str) -> FileReport:
    return FileReport(path, _id(source), _reader(engine, source), True, count_unchanged(engine, source))


def _report(
    engine: ox.Store,
    source: NamedNode,
    path: str,
    before: set[NamedNode],
    here: ox.Store | None = None,
) -> FileReport:
    """The report of a source that was put in; `before` are those that came first, and then it too.

    Args:
        here: a store whose sources came first as well.
    """
    counts = {kind: _count(engine, kind, source, before, here) for kind in COUNTED}
    cut = sum(1 for _ in statements(engine, None, v.CK_TRUNCATED, ox.Literal(True), source))
    before.add(source)
    read = counts_of(engine, source)
    told = path, _id(source), _reader(engine, source), False, counts
    return FileReport(*told, cut_lists=cut, records=read.get("records", 0), kept=read.get("kept", 0))


def _count(
    engine: ox.Store, kind: str, source: NamedNode, before: Collection[NamedNode], here: ox.Store | None
) -> Count:
    predicate, cls = COUNTED[kind]
    new = merged = 0
    for thing in things(engine, kind, source):
        subject, value = (None, thing) if cls is None else (thing, cls)
        graphs = (q.graph_name for q in engine.quads_for_pattern(subject, predicate, value) if before)
        is_known = any(graph in before for graph in graphs)
        if is_known or (here is not None and _is_believed(here, kind, thing)):
            merged += 1
        else:
            new += 1
    return Count(new=new, merged=merged)


def _is_believed(engine: ox.Store, kind: str, thing: NamedNode) -> bool:
    predicate, cls = COUNTED[kind]
    subject, value = (None, thing) if cls is None else (thing, cls)
    return any(True for _ in statements(engine, subject, predicate, value))


def _id(source: NamedNode) -> str:
    return source.value.rpartition("/")[2]


def _reader(engine: ox.Store, source: NamedNode) -> str:
    return next((s.object.value for s in statements(engine, source, v.CK_READER, graph=source)), "")
