"""A thing by its IRI, among things that stand in the order of their IRIs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import NotFound
from collegium.graph.items import Entity, Thing, index_of
from collegium.graph.packed import Texts
from collegium.graph.things import Entities

BASE = "http://localhost:8000/"


def both(names: Sequence[str]) -> tuple[Sequence[Thing], Sequence[Thing]]:
    """Return the same authors as objects, and packed."""
    iris = sorted(f"{BASE}author/{name}" for name in names)
    packed = Entities(BASE, Texts.of(iris), Texts.of(names))
    return tuple(Entity(iri, iri.rpartition("/")[2], "") for iri in iris), packed


@given(st.sets(st.text(min_size=1, max_size=6).filter(lambda text: "/" not in text)), st.text(max_size=6))
def test_a_thing_is_found_among_objects_and_packed_ones(names: set[str], other: str) -> None:
    """If it failed: an address would lead to somebody else, or to nobody."""
    for things in both(sorted(names)):
        for at, thing in enumerate(things):
            assert index_of("author", things, thing.iri) == at
        if other not in names:
            with pytest.raises(NotFound):
                index_of("author", things, f"{BASE}author/{other}")


def test_packed_things_are_found_without_making_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: each look-up in a large store would make seventeen papers, and a page thousands."""
    monkeypatch.setattr(Entities, "_made", lambda *_: pytest.fail("one was made"))
    _, packed = both(["ada", "bob", "carl"])
    assert index_of("author", packed, f"{BASE}author/carl") == 2
