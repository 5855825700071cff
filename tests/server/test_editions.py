"""One version for one request, and everything derived made once."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import networkx
import pytest

from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.measures import MEASURES
from collegium.graph.selection import Filter
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.editions import Edition, Wanted
from collegium.server.memory import Memory
from collegium.server.newest import Editions
from collegium.server.service import KnowledgeGraph

DAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def on_disk(seed_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds the bundled page. Prevents: a shelf is tried where there is none."""
    path = tmp_path_factory.mktemp("stores") / "store"
    KnowledgeGraph(Store.open(path, create=True), clock=lambda: DAY).load(seed_page)
    return path


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


ADDRESSES = [
    *(f"/api/centrality/{name}" for name in MEASURES),
    "/api/centrality/strength?weight=fractional&from=2024&category=cs",
    "/api/centrality/degree?projection=coinstitutions&limit=3&offset=1",
    "/api/communities",
    "/api/communities?weight=fractional&seed=7",
    "/api/network?limit=5",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_from_the_shelf_is_the_same_to_the_byte(on_disk: Path, address: str) -> None:
    """If it failed: a number would depend on which process answers, and a cache hold two answers for one question."""
    shelf = Store.open(on_disk).shelf
    assert shelf is not None

    def asked() -> bytes:
        answer = create_app(Settings(store=on_disk), KnowledgeGraph(Store.open(on_disk))).test_client()
        return answer.get(address).data

    shutil.rmtree(shelf.folder, ignore_errors=True)
    first, files = asked(), sorted(shelf.folder.iterdir())
    assert files and asked() == first and sorted(shelf.folder.iterdir()) == files
    shutil.rmtree(shelf.folder)
    shelf.folder.write_text("in the way: there can be no shelf")
    assert asked() == first
    shelf.folder.unlink()


def test_what_one_process_made_another_does_not_make(on_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: each of the short-lived workers would compute the betweenness of the whole network."""

    def asked() -> list[object]:
        edition = Edition(Store.open(on_disk))
        found = (
            edition.ranking("betweenness", Wanted()),
            edition.communities(Wanted()),
            edition.links(Wanted()),
        )
        return list(found)

    first = asked()
    monkeypatch.setattr(Edition, "network", lambda *_: pytest.fail("the network was drawn"))
    monkeypatch.setattr("collegium.graph.mirror.mirror", lambda *_: pytest.fail("belief was read"))
    monkeypatch.setattr("collegium.graph.compact.compact", lambda *_: pytest.fail("papers were counted"))
    assert asked() == first


def test_a_seed_that_is_none_is_refused_whatever_is_remembered(service: KnowledgeGraph) -> None:
    """If it failed: True would be taken for the seed 1, once somebody has asked for that."""
    assert len(service.communities(seed=1)) > 1
    with pytest.raises(ParameterError):
        service.communities(seed=True)


def test_what_follows_from_belief_outlives_what_is_written_beside_it(
    tmp_path: Path, seed_page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: to keep a run would have all rankings computed anew, or an old one be given for a new one."""
    kg = KnowledgeGraph(Store.open(tmp_path / "store", create=True))
    kg.load(seed_page)
    before, groups, info = kg.centrality("betweenness"), kg.edition().communities(Wanted()), kg.info()
    kg.runs.keep("spring", "betweenness")
    with monkeypatch.context() as without:
        for place in ("editions.measure", "editions.communities", "editions.Edition._counted"):
            without.setattr(f"collegium.server.{place}", None)
        without.setattr("collegium.graph.mirror.mirror", None)
        again, found = kg.centrality("betweenness"), kg.edition()
        assert again.values == before.values and found.communities(Wanted()).number_of == groups.number_of
        told = {again.facts["version"], found.compact(Wanted()).facts["version"], found.mirror.version}
        assert told == {kg.version} == {info.version + 1} and kg.info().statements > info.statements
    (tmp_path / "one.bib").write_text(
        "@article{one, title={One}, author={Lv, Xingtai and New, Ada}, year={2025}}"
    )
    kg.load(tmp_path / "one.bib")
    assert kg.store.shelf is not None and not kg.store.shelf.folder.exists()
    assert kg.centrality("degree").facts["nodes"] == before.facts["nodes"] + 1
