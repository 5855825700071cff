"""What was not understood of a source, in the order of its file, from its provenance graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import NamedNode

from . import vocabulary as v
from .origin import CK_PROBLEM_COUNT, CK_UNNAMED_PROBLEMS
from .quads import statements


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A piece that was not understood, or only in part.

    `unit` says whether `first` and `last` count lines or records. `is_refused` tells a lost record from a remark on a
    kept one; None in stores of before that was written down. A `count` over 1 stands for problems of one kind that are
    counted only, of no place.
    """

    first: int
    last: int
    unit: str
    is_refused: bool | None
    found: str
    expected: str
    count: int = 1


def problems_of(
    engine: ox.Store, source: NamedNode, *, is_refused: bool | None = None
) -> Iterator[SourceProblem]:
    """Yield the problems of a source in the order in which they came, then those that are counted only, by kind.

    Args:
        is_refused: only what was lost, or only remarks.

    Cost: memory for their numbers; each is looked up when it is asked for.
    """
    beside, head = v.provenance_graph(source), f"{source.value}/problem/"
    found = statements(engine, None, v.RDF_TYPE, v.CK_PROBLEM, graph=beside)
    numbers = sorted(int(s.subject.value.removeprefix(head)) for s in found)
    for number in numbers:
        problem = _problem(engine, NamedNode(f"{head}{number}"), beside)
        if is_refused is None or problem.is_refused is is_refused:
            yield problem
    for problem in sorted(_unnamed(engine, beside), key=lambda one: (-one.count, one.expected)):
        if is_refused is None or problem.is_refused is is_refused:
            yield problem


def _unnamed(engine: ox.Store, beside: NamedNode) -> Iterator[SourceProblem]:
    for node, _, _ in statements(engine, None, v.RDF_TYPE, CK_UNNAMED_PROBLEMS, graph=beside):
        said = {predicate: value.value for _, predicate, value in statements(engine, node, graph=beside)}
        count, is_refused = int(said[CK_PROBLEM_COUNT]), said[v.CK_IS_REFUSED] == "true"
        yield SourceProblem(0, 0, "", is_refused, f"{count:,} more of the kind", said[v.CK_EXPECTED], count)


def _problem(engine: ox.Store, node: NamedNode, beside: NamedNode) -> SourceProblem:
    said = {predicate: value.value for _, predicate, value in statements(engine, node, graph=beside)}
    unit = "line" if v.CK_FIRST_LINE in said else "record"
    first, last = (
        (v.CK_FIRST_LINE, v.CK_LAST_LINE) if unit == "line" else (v.CK_FIRST_RECORD, v.CK_LAST_RECORD)
    )
    lost = said.get(v.CK_IS_REFUSED)
    return SourceProblem(
        int(said.get(first, 0)),
        int(said.get(last, 0)),
        unit,
        None if lost is None else lost == "true",
        said.get(v.CK_FOUND, ""),
        said.get(v.CK_EXPECTED, ""),
    )
