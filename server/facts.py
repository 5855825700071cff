"""What a graph says of one node, as plain text by predicate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Store

from collegium.graph.quads import BELIEF, Statement, statements


def values(
    engine: Store, subject: NamedNode, graph: NamedNode | DefaultGraph = BELIEF
) -> dict[str, list[str]]:
    """Return what a graph (belief by default) says of `subject`, as `by_predicate` gives it."""
    return by_predicate(statements(engine, subject, graph=graph))


def by_predicate(said: Iterable[Statement]) -> dict[str, list[str]]:
    """Return predicate IRI -> values (text of literals, IRIs of nodes), sorted."""
    found: dict[str, list[str]] = {}
    for _, predicate, value in said:
        found.setdefault(predicate.value, []).append(value.value)
    return {predicate: sorted(texts) for predicate, texts in found.items()}


def first(facts: Mapping[str, list[str]], predicate: NamedNode) -> str | None:
    """Return the first value of a predicate, or None."""
    found = facts.get(predicate.value)
    return found[0] if found else None
