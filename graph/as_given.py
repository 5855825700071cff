"""Statements of an RDF file that we make nothing of: kept as they are, in a graph of their source, beside its claims.

Blank nodes and addresses without a beginning get IRIs under that of the source, so that the same file gives the same
statements, and two files never speak of one node by accident. All other terms stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .records import WITHOUT_BASE

_ROOT: Final = WITHOUT_BASE.rstrip("/")
_Term = TypeVar("_Term", bound=NamedNode | BlankNode | Literal)


def as_given(statement: Triple, source: NamedNode) -> Quad:
    """Return a kept statement as it stands in the graph of its source.

    Example:
        >>> me, source = BlankNode("1-1"), NamedNode("http://h/source/a")
        >>> print(as_given(Triple(me, NamedNode("x:at"), NamedNode("relative:///home")), source))
        <http://h/source/a/node/1-1> <x:at> <http://h/source/a/as-given/home> <http://h/source/a/as-given>
    """
    graph = v.as_given_graph(source)

    def named(term: _Term) -> _Term:
        if isinstance(term, BlankNode):
            return cast(_Term, NamedNode(f"{source.value}/node/{term.value}"))
        if isinstance(term, NamedNode) and term.value.startswith(_ROOT):
            # A host in brackets is a host no more.
            rest = term.value[len(_ROOT) :].lstrip("/").replace("[", "%5B").replace("]", "%5D")
            is_inside = not rest or rest[0] in "#?"
            return cast(_Term, NamedNode(f"{graph.value}{'' if is_inside else '/'}{rest}"))
        return term

    told = _changed(statement, named)
    return Quad(told.subject, told.predicate, told.object, graph)


def _changed(told: Triple, change: Callable[[Any], Any]) -> Triple:
    subject, value = told.subject, told.object
    return Triple(
        _changed(subject, change) if isinstance(subject, Triple) else change(subject),
        change(told.predicate),
        _changed(value, change) if isinstance(value, Triple) else change(value),
    )


def kept_count(engine: ox.Store, source: NamedNode) -> int:
    """Return how many statements of a source are kept as given. Cost: O(statements kept)."""
    return sum(1 for _ in engine.quads_for_pattern(None, None, None, v.as_given_graph(source)))


def share_kept(engine: ox.Store, old: NamedNode, new: NamedNode) -> float:
    """Return which share of the statements kept of one source is kept of another; 0 where none is kept."""
    total = common = 0
    head, graph = f"{old.value}/", v.as_given_graph(new)

    def moved(term: _Term) -> _Term:
        if isinstance(term, NamedNode) and term.value.startswith(head):
            return cast(_Term, NamedNode(f"{new.value}/{term.value[len(head) :]}"))
        return term

    for told in engine.quads_for_pattern(None, None, None, v.as_given_graph(old)):
        total += 1
        one = _changed(told.triple, moved)
        common += Quad(one.subject, one.predicate, one.object, graph) in engine
    return common / total if total else 0.0
