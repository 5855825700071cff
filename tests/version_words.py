"""Words in a store, one a statement: to see which version holds what."""

from __future__ import annotations

import pyoxigraph as ox

from collegium.graph.store import Store

NAME = ox.NamedNode("http://example.org/name")


def quad(word: str) -> ox.Quad:
    """Return a statement that holds a word."""
    return ox.Quad(NAME, NAME, ox.Literal(word))


def add(store: Store, *words: str) -> None:
    """Write words in a version of their own."""
    with store.write() as writer:
        writer.engine.extend(quad(word) for word in words)
        writer.changed = True


def words(store: Store) -> set[str]:
    """Return the words that a version holds."""
    return {q.object.value for q in store.engine.quads_for_pattern(None, None, None)}  # type: ignore[union-attr]
