"""Sources put in and taken out exactly: belief is the union of what the loaded ones claim."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode

from collegium.graph import intake
from collegium.graph.conformance import check
from collegium.graph.errors import AmbiguousName, NotFound
from collegium.graph.identity import belief
from collegium.graph.load import unload
from collegium.graph.sources import find_source, sources
from collegium.graph.store import Store
from collegium.graph.vocabulary import CK_TRUNCATED, is_claims_graph
from pages import HEADER, dump, entry, loaded, page, put
from strategies import Entry, entries

JOINT = entry()
ADA = page(JOINT, entry(title="Notes", authors="Ada Lovelace, Mary Somerville · eth"))
CHARLES = page(JOINT, entry(title="Passages", authors="Charles Babbage · eth"),
               header=HEADER.replace("Ada Lovelace", "Charles Babbage"))  # fmt: skip


def iri(store: Store, name: str) -> NamedNode:
    return NamedNode(find_source(store.refreshed(), name).iri)


@pytest.mark.parametrize("order", [("ada.txt", "charles.txt"), ("charles.txt", "ada.txt")])
def test_unloading_one_of_two_leaves_just_the_other(tmp_path: Path, order: tuple[str, str]) -> None:
    """If it failed: what two sources say would go with one of them, or stay after both."""
    put(tmp_path, "ada.txt", ADA)
    put(tmp_path, "charles.txt", CHARLES)
    both, alone = Store.memory(), Store.memory()
    loaded(both, *(tmp_path / name for name in order))
    loaded(alone, tmp_path / order[0])
    assert dump(both) != dump(alone)
    assert unload(both, iri(both, order[1])) == 2
    assert dump(both) == dump(alone)
    unload(both, iri(both, order[0]))
    assert [line for line in dump(both) if "/void>" not in line] == []


@pytest.mark.parametrize("few", [0, 16])
def test_what_others_claim_stays_however_many_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """If it failed: a store of many sources would lose what another source says too."""
    monkeypatch.setattr(belief, "FEW", few)
    monkeypatch.setattr(intake, "FEW", few)
    monkeypatch.setattr(belief, "_TAKEN_AT_ONCE", 3)
    put(tmp_path, "ada.txt", ADA)
    put(tmp_path, "charles.txt", CHARLES)
    both, alone = Store.memory(), Store.memory()
    report = loaded(both, tmp_path / "ada.txt", tmp_path / "charles.txt")
    assert (report.counts["papers"].new, report.counts["papers"].merged) == (3, 1)
    loaded(alone, tmp_path / "ada.txt")
    unload(both, iri(both, "charles.txt"))
    assert dump(both) == dump(alone)


def test_the_order_of_loading_does_not_count(tmp_path: Path) -> None:
    """If it failed: the same files would make two stores."""
    paths = [put(tmp_path, "ada.txt", ADA), put(tmp_path, "charles.txt", CHARLES)]
    one, other = Store.memory(), Store.memory()
    loaded(one, *paths)
    loaded(other, paths[1])
    loaded(other, paths[0])
    assert dump(one) == dump(other)


def test_an_unloaded_source_can_be_loaded_again(store: Store, tmp_path: Path) -> None:
    """If it failed: taking out would leave something that keeps the source away."""
    path = put(tmp_path, "ada.txt", ADA)
    loaded(store, path)
    before = dump(store)
    unload(store, iri(store, "ada.txt"))
    assert sources(store.refreshed()) == []
    loaded(store, path)
    assert dump(store) == before


def test_sources_are_listed_with_what_they_brought(store: Store, seed_page: Path, tmp_path: Path) -> None:
    """If it failed: nobody could say where a statement comes from."""
    cut = put(tmp_path, "cut.txt", ADA.replace("2 Papers", "5 Papers"))
    loaded(store, seed_page, cut)
    ours, seed = sources(store.refreshed())
    assert (seed.file_name, seed.reader, seed.papers, seed.authors, seed.problems) == (
        "xingtai-lv.txt",
        "profile_page",
        17,
        25,
        0,
    )
    assert seed.title == "Author page of Xingtai Lv (xingtai-lv.txt)"
    assert seed.size_bytes == seed_page.stat().st_size
    assert (seed.generated_at, seed.date_is_given) == ("2026-11-23T00:00:00Z", True)
    assert seed.loaded_at == "2026-11-23T12:00:00Z"
    assert len(seed.sha256) == 64 and seed.id == f"xingtai-lv-{seed.sha256[:8]}"
    assert (ours.papers, ours.authors, ours.problems) == (2, 3, 1)


def test_a_source_is_found_by_id_iri_name_and_beginning(store: Store, seed_page: Path) -> None:
    """If it failed: unload would need the digest."""
    loaded(store, seed_page)
    store = store.refreshed()
    (seed,) = sources(store)
    for text in (seed.id, seed.iri, "xingtai-lv.txt", "xingtai-lv"):
        assert find_source(store, text) == seed
    for text in ("", "xingtai", "nobody"):
        with pytest.raises(NotFound, match="collegium sources lists them"):
            find_source(store, text)


def test_two_sources_of_one_name_are_ambiguous(store: Store, tmp_path: Path) -> None:
    """If it failed: the wrong one would be taken out."""
    for content in (ADA, CHARLES):
        loaded(store, put(tmp_path, "page.txt", content))
    with pytest.raises(AmbiguousName) as caught:
        find_source(store.refreshed(), "page.txt")
    assert len(caught.value.candidates) == 2


OWNERS = ("Ada Lovelace", "Éva Székely", "Marie Curie")


@st.composite
def overlapping_pages(draw: st.DrawFn) -> tuple[str, ...]:
    """Pages of three owners that share papers."""
    pool: list[Entry] = draw(
        st.lists(entries("Ada Lovelace"), min_size=2, max_size=4, unique_by=lambda e: e.title)
    )
    texts = []
    for owner in OWNERS:
        picked = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
        texts.append(page(*(e.text() for e in picked), header=HEADER.replace("Ada Lovelace", owner)))
    return tuple(texts)


def believed(store: Store) -> set[object]:
    return {q.triple for q in store.engine.quads_for_pattern(None, None, None, DefaultGraph())}


def claimed(store: Store) -> set[object]:
    graphs = (g for g in store.engine.named_graphs() if isinstance(g, NamedNode))
    ours = [g for g in graphs if is_claims_graph(store.base, g.value)]
    return {q.triple for g in ours for q in store.engine.quads_for_pattern(None, None, None, g)}


@settings(max_examples=15, deadline=None)
@given(overlapping_pages(), st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=7))
def test_any_sequence_of_loads_and_unloads_ends_like_a_fresh_load(
    texts: tuple[str, ...], steps: list[tuple[bool, int]]
) -> None:
    """If it failed: the store would remember what was taken out, or forget what stays."""
    store, inside = Store.memory(), set()
    with TemporaryDirectory() as folder:
        paths = [put(Path(folder), f"page{n}.txt", text) for n, text in enumerate(texts)]
        for is_load, n in steps:
            if is_load:
                loaded(store, paths[n])
                inside.add(n)
            elif n in inside:
                unload(store, iri(store, paths[n].name))
                inside.remove(n)
            now = store.refreshed()
            assert believed(now) == claimed(now)
        fresh = Store.memory()
        if inside:
            loaded(fresh, *(paths[n] for n in sorted(inside)))
    assert [x for x in dump(store) if inside or "/void>" not in x] == dump(fresh)


@pytest.mark.parametrize("order", [("cut.txt", "whole.txt"), ("whole.txt", "cut.txt")])
def test_a_whole_author_list_wins_over_a_cut_one(tmp_path: Path, order: tuple[str, str]) -> None:
    """If it failed: two honest pages would contradict each other, or unloading would leave the wrong one."""
    owner = HEADER.replace("Ada Lovelace", "Charles Babbage")
    shown = "Ada Lovelace, Mary Somerville, Luigi Menabrea"
    put(tmp_path, "cut.txt", page(entry(authors=f"{shown} et al.")))
    put(tmp_path, "whole.txt", page(entry(authors=f"{shown}, Charles Babbage"), header=owner))
    alone, both = Store.memory(), Store.memory()
    loaded(alone, tmp_path / "cut.txt")
    loaded(both, *(tmp_path / name for name in order))
    assert (believed_cut(alone), believed_cut(both)) == (["true"], ["false"])
    assert check(both.refreshed()).conforms
    unload(both, iri(both, "whole.txt"))
    assert dump(both) == dump(alone)


def believed_cut(store: Store) -> list[str]:
    """Return what belief says of cut lists, a value a paper."""
    engine = store.refreshed().engine
    return [quad.object.value for quad in engine.quads_for_pattern(None, CK_TRUNCATED, None, DefaultGraph())]
