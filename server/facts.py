"""What belief says of one node, as plain text by predicate."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

_BELIEF = DefaultGraph()


def values(engine: Store, subject: NamedNode) -> dict[str, list[str]]:
    """Return what belief says of `subject`: predicate IRI -> values (text of literals, IRIs of nodes), sorted."""
    found: dict[str, list[str]] = {}
    for quad in engine.quads_for_pattern(subject, None, None, _BELIEF):
        if isinstance(quad.object, Literal | NamedNode):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return {predicate: sorted(texts) for predicate, texts in found.items()}


def first(facts: Mapping[str, list[str]], predicate: NamedNode) -> str | None:
    """Return the first value of a predicate, or None."""
    found = facts.get(predicate.value)
    return found[0] if found else None
