"""One version for one request, and everything derived made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import networkx
import pytest

from collegium.graph.errors import NotFound
from collegium.graph.selection import Filter
from collegium.server.editions import Editions, Memory, Wanted
from collegium.server.service import KnowledgeGraph


def test_each_thing_is_made_once_for_all_threads() -> None:
    """If it failed: ten readers of a heavy measure would pay for it ten times."""
    memory, made = Memory(), []

    def make() -> int:
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: memory.get("key", make), range(64)))
    assert found == [1] * 64 and made == [1]


def test_an_error_is_not_remembered() -> None:
    """If it failed: one failure would last until the next load."""
    memory, tries = Memory(), []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise NotFound("author", "x")
        return "made"

    with pytest.raises(NotFound):
        memory.get("key", make)
    assert memory.get("key", make) == "made"


def test_nothing_made_is_remembered_too() -> None:
    """If it failed: what has no picture would be tried with each request."""
    memory, made = Memory(), []
    for _ in range(3):
        assert memory.get("key", lambda: made.append(1)) is None
    assert made == [1]


def test_memory_is_bounded() -> None:
    """If it failed: a stranger who asks for ever new filters would fill the memory."""
    memory, made = Memory(most=2), []
    for key in "abca":
        memory.get(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == ["a", "b", "c", "a"]


def test_an_edition_is_kept_while_the_store_stands(service: KnowledgeGraph) -> None:
    """If it failed: every request would build the mirror anew."""
    editions = Editions(lambda: service.store)
    first = editions.current()
    assert editions.current() is first
    assert first.mirror is first.mirror


def test_a_request_keeps_its_version(seed_page: Path) -> None:
    """If it failed: an answer could mix what was before a load with what is after."""
    import collegium

    kg = collegium.open()
    before = kg.edition()
    kg.load(seed_page)
    after = kg.edition()
    assert (len(before.mirror.authors), len(after.mirror.authors)) == (0, 25)
    assert before.version < after.version


def test_a_shared_network_cannot_be_changed(service: KnowledgeGraph) -> None:
    """If it failed: one view could change the weights that the next measure reads."""
    shared = service.edition().network(Wanted())
    with pytest.raises(networkx.NetworkXError):
        shared.remove_node(next(iter(shared)))


def test_weights_are_drawn_as_asked(service: KnowledgeGraph) -> None:
    """If it failed: fractional and full would be one."""
    edition = service.edition()
    weights = {
        edition.network(Wanted(weight=w)).graph["weight"] for w in (None, "none", "full", "fractional")
    }
    assert weights == {"full", "fractional"}
    assert edition.network(Wanted(where=Filter(shown_only=True))).number_of_edges() == 41


def test_names_are_found_loosely(service: KnowledgeGraph) -> None:
    """If it failed: "XINGTAI  LV." would be nobody."""
    edition = service.edition()
    iri = edition.base + "author/xingtai-lv"
    for text in ("xingtai-lv", iri, "Xingtai Lv", "XINGTAI  LV."):
        assert edition.find("author", text) == iri
    with pytest.raises(NotFound):
        edition.find("author", "Nobody")
