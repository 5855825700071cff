"""Kept runs: the values of a ranking in a named graph of their own, with what they were made of.

Source: https://www.w3.org/TR/prov-o/ for `prov:Activity`, `prov:used`, `prov:endedAtTime`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from . import vocabulary as v
from .changes import Changes, note
from .errors import NameTaken, NotFound, ParameterError
from .literals import boolean, integer
from .quads import Statement, Value, statements
from .store import Store
from .writer import Writer

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_HINT: Final = "collegium runs lists those that are kept"
_RUN: Final = v.term("ck:Run")
_ACTIVITY: Final = v.term("prov:Activity")
_USED: Final = v.term("prov:used")
_ENDED: Final = v.term("prov:endedAtTime")
_LABEL: Final = v.term("rdfs:label")
_ROW: Final = v.term("ck:RunRow")
_IN_RUN: Final = v.term("ck:inRun")
_NODE: Final = v.term("ck:rankedNode")
_RANK: Final = v.term("ck:rankInRun")
_VALUE: Final = v.term("ck:valueInRun")
# Field of `Run` -> property, for those that are texts.
_TEXTS: Final[Mapping[str, NamedNode]] = {
    "measure": v.term("ck:measure"),
    "input_digest": v.term("ck:inputDigest"),
    "values_digest": v.term("ck:valuesDigest"),
    "software": v.term("ck:software"),
}
_FACTS: Final = v.term("ck:saidOfItself")
_QUESTION: Final = v.term("ck:question")
# Fact -> property, for those that queries ask for most.
_TOLD: Final[Mapping[str, NamedNode]] = {
    "engine": v.term("ck:engine"),
    "exact": v.term("ck:isExact"),
    "sample": v.term("ck:sampleSize"),
    "seed": v.term("ck:seed"),
    "version": v.term("ck:storeVersion"),
    "nodes": v.term("ck:nodes"),
    "edges": v.term("ck:links"),
}


class RunRow(NamedTuple):
    """A node in a kept ranking; `rank` and `value` are None where the measure was not defined."""

    iri: str
    name: str
    rank: int | None
    value: int | float | None


@dataclass(frozen=True, slots=True)
class Run:
    """A ranking that is kept.

    `question` is what computes it again: projection, weight, where, sample, seed. `facts` are what the answer said of
    itself. `input_digest` is of the network, `values_digest` of the rows. `made_at` is a moment as xsd:dateTime
    writes it.
    """

    name: str
    measure: str
    question: Mapping[str, Any]
    facts: Mapping[str, Any]
    input_digest: str
    values_digest: str
    software: str
    made_at: str
    rows: Sequence[RunRow] = ()


def check_name(name: str) -> str:
    """Return the name of a run. Raises: ParameterError."""
    if not _NAME.fullmatch(name):
        raise ParameterError(
            "name", name, "1 to 80 letters, digits, dots, hyphens or _ of ASCII, first no sign"
        )
    return name


def graph_of(base: str, name: str) -> NamedNode:
    """Return the graph of a run, which is its node too."""
    return v.entity(base, "run", name)


def keep(store: Store, run: Run) -> int:
    """Write a run; return the new version.

    Raises:
        ParameterError: the name is none.
        NameTaken: another run has it.
        StoreBusy: another process is writing.
    """
    with store.write() as writer:
        write(writer, store, run)
        writer.changed = True
        return writer.version


def remove(store: Store, name: str) -> int:
    """Remove a run; return the new version. Raises: NotFound, StoreBusy."""
    with store.write() as writer:
        erase(writer, store, name)
        writer.changed = True
        return writer.version


def write(writer: Writer, store: Store, run: Run) -> None:
    """Write a run into the next version of a store. Raises: ParameterError, NameTaken."""
    graph = graph_of(writer.base, check_name(run.name))
    if writer.engine.contains_named_graph(graph):
        raise NameTaken(
            "name", run.name, f"one that no run has; remove it first: collegium runs remove {run.name}"
        )
    quads = list(_quads(writer.base, graph, run))
    writer.engine.extend(quads)
    _note(writer, store, quads)


def erase(writer: Writer, store: Store, name: str) -> None:
    """Take a run out of the next version of a store. Raises: NotFound."""
    graph = _named(writer.engine, writer.base, name)
    quads = list(writer.engine.quads_for_pattern(None, None, None, graph))
    writer.engine.remove_graph(graph)
    _note(writer, store, quads)


def _note(writer: Writer, store: Store, quads: Sequence[Quad]) -> None:
    if store.version == writer.version - 1:
        note(writer, store.engine, Changes(quads, is_whole=True))


def _named(engine: ox.Store, base: str, name: str) -> NamedNode:
    graph = graph_of(base, check_name(name))
    if not engine.contains_named_graph(graph):
        raise NotFound("run", name, _HINT)
    return graph


def _quads(base: str, graph: NamedNode, run: Run) -> Iterator[Quad]:
    for predicate, value in _head(base, run):
        yield Quad(graph, predicate, value, graph)
    for place, row in enumerate(run.rows, start=1):
        node = NamedNode(f"{graph.value}/{place}")
        yield Quad(node, v.RDF_TYPE, _ROW, graph)
        yield Quad(node, _IN_RUN, graph, graph)
        yield Quad(node, _NODE, NamedNode(row.iri), graph)
        yield Quad(node, _LABEL, Literal(row.name), graph)
        if row.rank is not None and row.value is not None:
            yield Quad(node, _RANK, integer(row.rank), graph)
            yield Quad(node, _VALUE, _number(row.value), graph)


def _head(base: str, run: Run) -> Iterator[tuple[NamedNode, Value]]:
    yield v.RDF_TYPE, _RUN
    yield v.RDF_TYPE, _ACTIVITY
    yield _LABEL, Literal(f"{run.facts['title']}, kept as {run.name}")
    yield _USED, v.dataset(base)
    yield _ENDED, Literal(run.made_at, datatype=v.XSD_DATE_TIME)
    for name, predicate in _TEXTS.items():
        yield predicate, Literal(getattr(run, name))
    for name, predicate in _TOLD.items():
        if (told := run.facts.get(name)) is not None:
            yield predicate, _literal(told)
    yield _QUESTION, Literal(json.dumps(run.question, sort_keys=True))
    yield _FACTS, Literal(json.dumps(run.facts, sort_keys=True))


def _literal(told: object) -> Literal:
    if isinstance(told, bool):
        return boolean(told)
    return integer(told) if isinstance(told, int) else Literal(str(told))


def _number(value: int | float) -> Literal:
    return integer(value) if isinstance(value, int) else Literal(value)


def runs(store: Store) -> list[Run]:
    """Return all runs by name, without their rows."""
    found = {s.subject for s in _all(store.engine, v.RDF_TYPE, _RUN)}
    head = len(graph_of(store.base, "").value)
    return [_read(store, node) for node in sorted(found, key=lambda node: node.value) if node.value[head:]]


def _all(engine: ox.Store, predicate: NamedNode, value: Value) -> Iterator[Statement]:
    for quad in engine.quads_for_pattern(None, predicate, value, None):
        if isinstance(quad.subject, NamedNode) and quad.graph_name == quad.subject:
            yield Statement(quad.subject, quad.predicate, value)


def run_named(store: Store, name: str) -> Run:
    """Return a run with its rows, in order. Raises: NotFound, ParameterError."""
    graph = _named(store.engine, store.base, name)
    return _read(store, graph, _rows(store.engine, graph))


def _read(store: Store, graph: NamedNode, rows: Sequence[RunRow] = ()) -> Run:
    said = {s.predicate: s.object.value for s in statements(store.engine, graph, graph=graph)}
    return Run(
        name=graph.value[len(graph_of(store.base, "").value) :],
        question=json.loads(said[_QUESTION]),
        facts=json.loads(said[_FACTS]),
        made_at=said[_ENDED],
        rows=rows,
        **{name: said[predicate] for name, predicate in _TEXTS.items()},
    )


def _rows(engine: ox.Store, graph: NamedNode) -> list[RunRow]:
    head = len(graph.value) + 1
    said: dict[int, dict[NamedNode, Value]] = {}
    for subject, predicate, value in statements(engine, graph=graph):
        if subject != graph:
            said.setdefault(int(subject.value[head:]), {})[predicate] = value
    return [
        RunRow(
            row[_NODE].value,
            row[_LABEL].value,
            int(row[_RANK].value) if _RANK in row else None,
            _plain(row[_VALUE]) if _VALUE in row else None,
        )
        for _, row in sorted(said.items())
    ]


def _plain(value: Value) -> int | float:
    is_whole = isinstance(value, Literal) and value.datatype == v.XSD_INTEGER
    return int(value.value) if is_whole else float(value.value)


def to_data(run: Run) -> dict[str, Any]:
    """Return a run as data that JSON can hold."""
    return asdict(run) | {"rows": [list(row) for row in run.rows]}


def from_data(data: Mapping[str, Any]) -> Run:
    """Return the run of what `to_data` gave."""
    return Run(**{**data, "rows": [RunRow(*row) for row in data["rows"]]})
