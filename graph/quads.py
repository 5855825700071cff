"""Typed reading of one graph: pyoxigraph's quads, without the kinds of term that we never write.

Entities are IRIs: no blank nodes, no quoted triples stand in a graph of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

BELIEF = DefaultGraph()
Value: TypeAlias = NamedNode | Literal


class Statement(NamedTuple):
    """A statement of a graph of ours."""

    subject: NamedNode
    predicate: NamedNode
    object: Value


def statements(
    engine: Store,
    subject: NamedNode | None = None,
    predicate: NamedNode | None = None,
    value: Value | None = None,
    graph: NamedNode | DefaultGraph = BELIEF,
) -> Iterator[Statement]:
    """Yield the statements of a graph that fit; belief unless another graph is named. In no particular order."""
    for quad in engine.quads_for_pattern(subject, predicate, value, graph):
        yield Statement(cast(NamedNode, quad.subject), quad.predicate, cast(Value, quad.object))
