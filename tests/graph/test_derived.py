"""Pairs of authors with joint papers, rebuilt after each change."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from collegium.graph import derived
from collegium.graph import vocabulary as v
from collegium.graph.derived import pairs, rebuild
from collegium.graph.load import load, unload
from collegium.graph.quads import statements
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from networks import author, believed, written
from pages import HEADER, entry, loaded, page, put


def facts(store: Store) -> dict[tuple[str, ...], dict[str, str]]:
    """Return pair of author IDs → local names of its facts."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in pairs(store.engine, store.base):
        assert isinstance(triple.subject, NamedNode)
        name = triple.predicate.value.rpartition("#")[2]
        found.setdefault(triple.subject.value, {}).setdefault(name, []).append(triple.object.value)  # type: ignore[union-attr]
    nodes = {key: value for key, value in found.items() if "/pair/" in key}
    return {
        tuple(sorted(m.rpartition("/")[2] for m in node["member"])): {
            k: x[0] for k, x in node.items() if k != "member"
        }
        for node in nodes.values()
    }


def test_three_on_one_paper_are_three_pairs() -> None:
    """If it failed: weights would not be those of Newman."""
    found = facts(
        believed(written("p", ["a", "b", "c"], issued="2024-05-01"), written("q", ["a", "b"], issued="2022"))
    )
    assert set(found) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert found["a", "b"] | {"type": ""} == {
        "jointPapers": "2", "fractionalWeight": "1.5", "firstYear": "2022", "lastYear": "2024", "type": "",
    }  # fmt: skip
    assert found["a", "c"]["fractionalWeight"] == "0.5"


def test_a_paper_alone_or_without_authors_makes_no_pair() -> None:
    """If it failed: an author would write with themselves."""
    assert facts(believed(written("p", ["a"]), written("q"))) == {}


def test_hidden_owners_count_and_inferred_years_do_not() -> None:
    """If it failed: the graph of pairs would differ from the projection, or a guess become a fact."""
    found = facts(believed(written("p", ["a"], hidden=["b"], inferred="2026-05-18", cut=True)))
    assert found["a", "b"]["jointPapers"] == "1"
    assert "firstYear" not in found["a", "b"]


def test_coauthors_stand_both_ways() -> None:
    """If it failed: a query from one side would miss the other."""
    store = believed(written("p", ["a", "b"]))
    rebuild(store.engine, store.base)
    graph = v.derived_graph(store.base)
    links = {
        (s.subject.value, s.object.value)
        for s in statements(store.engine, None, v.DBLP_COAUTHOR_WITH, graph=graph)
    }
    assert links == {(author("a"), author("b")), (author("b"), author("a"))}
    before = set(store.engine.quads_for_pattern(None, None, None, graph))
    rebuild(store.engine, store.base)
    assert set(store.engine.quads_for_pattern(None, None, None, graph)) == before


def test_a_third_is_written_as_a_decimal() -> None:
    """If it failed: a weight would not be a number in SPARQL."""
    found = facts(believed(written("p", ["a", "b", "c", "d"])))
    assert found["a", "b"]["fractionalWeight"] == "0.333333333333"
    whole = facts(believed(written("p", ["a", "b"])))
    assert whole["a", "b"]["fractionalWeight"] == "1"  # as the engine gives it back


def test_pairs_go_with_the_last_paper(tmp_path: Path) -> None:
    """If it failed: two people would stay co-authors after their paper is gone."""
    store = Store.memory()
    loaded(store, put(tmp_path, "ada.txt", page(entry(authors="Charles Babbage, Ada Lovelace"))))
    other = page(entry(authors="Charles Babbage, Mary Somerville"), header=HEADER.replace("Ada", "Charles"))
    loaded(store, put(tmp_path, "charles.txt", other))
    assert len(facts(store.refreshed())) == 3
    unload(store, NamedNode(find_source(store.refreshed(), "charles.txt").iri))
    graph = v.derived_graph(store.base)
    left = list(statements(store.refreshed().engine, None, v.RDF_TYPE, v.CK_COAUTHORSHIP, graph))
    assert len(left) == 1
    assert len(facts(store.refreshed())) == 1


def test_the_pairs_of_the_true_page_are_those_worked_out_apart(shared_data: Path) -> None:
    """If it failed: the network would not be that of the page."""
    truth: dict[str, Any] = json.loads((shared_data / "seed" / "seed_truth.json").read_text("utf-8"))
    expected: dict[tuple[str, ...], list[Fraction]] = {}
    for paper in truth["papers"]:
        people = {name.lower().replace(" ", "-") for name in (*paper["shown_authors"], "Xingtai Lv")}
        for pair in combinations(sorted(people), 2):
            expected.setdefault(pair, []).append(Fraction(1, len(people) - 1))
    store = Store.memory()
    loaded(store, shared_data / "seed" / "xingtai-lv.txt")
    found = facts(store.refreshed())
    assert len(found) == truth["graph_shown_plus_owner"]["edges"] == 57
    assert {pair: int(f["jointPapers"]) for pair, f in found.items()} == {
        p: len(x) for p, x in expected.items()
    }
    for pair, weights in expected.items():
        assert float(found[pair]["fractionalWeight"]) == pytest.approx(float(sum(weights)))


def test_pairs_can_be_switched_off_and_on(store: Store, tmp_path: Path) -> None:
    """If it failed: a large store would carry a graph that nobody asked for, or keep a stale one."""
    graph = v.derived_graph(store.base)
    path, other = put(tmp_path, "a.txt", page(entry())), put(tmp_path, "b.txt", page(entry(title="Another")))
    for file, wanted in ((path, True), (other, False)):
        load(store, [file], pairs=wanted)
        assert any(statements(store.refreshed().engine, graph=graph)) is wanted
    unload(store, NamedNode(find_source(store.refreshed(), "b.txt").iri))
    assert any(statements(store.refreshed().engine, graph=graph))


def test_a_large_store_has_no_graph_of_pairs(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the pairs of a million papers would take more room than all else together."""
    monkeypatch.setattr(derived, "MOST_PAPERS", 1)
    loaded(store, put(tmp_path, "one.txt", page(entry())))
    graph = v.derived_graph(store.base)
    assert store.refreshed().engine.contains_named_graph(graph)
    loaded(store, put(tmp_path, "two.txt", page(entry(title="Another"))))
    assert not store.refreshed().engine.contains_named_graph(graph)


def quads(store: Store) -> set[Quad]:
    """Return the derived graph."""
    return set(store.engine.quads_for_pattern(None, None, None, v.derived_graph(store.base)))


PAPERS = {
    "p": written("p", ["a", "b", "c"], issued="2024-05-01"),
    "q": written("q", ["a", "b"], issued="2022"),
    "r": written("r", ["c", "d"]),
    "s": written("s", list("abcdef"), issued="2020"),
}


@given(
    before=st.sets(st.sampled_from(sorted(PAPERS))),
    after=st.sets(st.sampled_from(sorted(PAPERS))),
    caps=st.tuples(st.integers(2, 7), st.integers(2, 7)),
    lost=st.integers(0, 50),
)
def test_what_was_there_before_does_not_show(
    before: set[str], after: set[str], caps: tuple[int, int], lost: int
) -> None:
    """If it failed: a pair would keep the weight it had, or stay with one direction of two."""
    store = believed(*(PAPERS[name] for name in before))
    graph = v.derived_graph(store.base)
    rebuild(store.engine, store.base, most_authors=caps[0])
    for quad in sorted(quads(store), key=str)[lost : lost + 3]:  # somebody's update
        store.engine.remove(quad)
    stranger = NamedNode("http://example.org/x")
    store.engine.add(Quad(stranger, v.DBLP_COAUTHOR_WITH, stranger, graph))
    store.engine.add(Quad(stranger, v.CK_MEMBER, Literal("x"), graph))
    now, fresh = (believed(*(PAPERS[name] for name in after)) for _ in range(2))
    now.engine.extend(quads(store))
    for one in (now, fresh):
        rebuild(one.engine, one.base, most_authors=caps[1])
    assert quads(now) == quads(fresh)
