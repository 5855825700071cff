"""Orders over HTTP tell the commit what they changed: a small one looks at little, and words and counts stay right."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store as Engine

from collegium.graph.seal import read_seal
from collegium.graph.store import Store
from collegium.graph.text_documents import Document, documents
from collegium.graph.text_index import TextIndex
from collegium.server.writing.orders import ORDERS
from text_stores import named, text_store

G = "http://a.example/g"
AUTHOR, OTHER, PAPER = (str(named(*thing)) for thing in (("author", 0), ("author", 1), ("paper", 0)))
SMALL = [
    f"INSERT DATA {{ {AUTHOR} foaf:name 'Ada Muller' . <{G}> a soa:Work ; dcterms:title 'Looms' }}",
    f"DELETE DATA {{ {PAPER} dcterms:title 'Graph Neural Networks' }}",
    f"DELETE {{ {AUTHOR} foaf:name ?n }} INSERT {{ {AUTHOR} foaf:name 'Ada' }} WHERE {{ {AUTHOR} foaf:name ?n }}",
    f"DELETE WHERE {{ {OTHER} ?p ?o }}",
    f"INSERT DATA {{ <http://a.example/1> ck:nameAsGiven 'Jay Mueller' ; soa:hasAuthor {OTHER} }}",
    "DELETE WHERE { ?a ck:nameAsGiven 'J. Mueller' }",
    f"INSERT DATA {{ GRAPH <{G}> {{ {AUTHOR} foaf:name 'Not Believed' }} }}",
    f"WITH <{G}> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    "CLEAR NAMED",
]
LARGE = [
    "DELETE { ?s foaf:name ?n } INSERT { ?s foaf:name ?m } WHERE { ?s foaf:name ?n BIND(STR(RAND()) AS ?m) }",
    f"INSERT DATA {{ {AUTHOR} foaf:name 'X' }} ; DELETE WHERE {{ {AUTHOR} ?p ?o }}",
    "CLEAR DEFAULT",
]
GRAPHS = [{"graph": G, "replace": True}, {"graph": G, "replace": False}, {"graph": "", "replace": False}]


def ordered(store: Store, do: str, payload: str = "", **order: Any) -> None:
    if do == "put":
        order |= {"parts": [("text/turtle", 0, len(payload.encode()))], "base_iri": G}
    ORDERS[do](store.refreshed(), order, payload.encode(), lambda _: None)


def check(store: Store) -> None:
    """Check the index of words against a look at everything, and the number in the seal against the store."""
    newest = store.refreshed()
    assert newest.path is not None and newest.text_file is not None
    assert TextIndex(newest.text_file).documents() == sorted(documents(newest.engine), key=attrgetter("iri"))
    seal = read_seal(newest.path / f"v{newest.version:06}")
    assert seal is not None and seal.statements == len(newest.engine)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return an entry for each commit that goes through all of belief. Prevents: what is left out is not seen."""
    seen: list[str] = []

    def noted(engine: Engine) -> Iterator[Document]:
        seen.append("everything")  # not the engine: held, it would not be closed by the commit
        return documents(engine)

    monkeypatch.setattr("collegium.graph.text_index.documents", noted)
    return seen


def test_a_small_update_does_not_look_at_everything(store: Store, looks: list[str]) -> None:
    """If it failed: a statement more would cost a second, and more with each paper."""
    text_store(store)
    looks.clear()
    for text in SMALL:
        ordered(store, "update", text)
        check(store)
    assert not looks
    for text in LARGE:
        ordered(store, "update", text)
        check(store)
    assert len(looks) == len(LARGE)


def test_a_graph_does_not_look_at_everything(
    store: Store, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a graph of one's own would cost as much as belief."""
    text_store(store)
    looks.clear()
    for number, graph in enumerate(GRAPHS):
        ordered(store, "put", f"{AUTHOR} <http://xmlns.com/foaf/0.1/name> '{number}', 'A' .", **graph)
        check(store)
    monkeypatch.setattr("collegium.server.writing.orders._MOST_LOOKED_UP", 1)
    ordered(store, "put", f"{AUTHOR} <http://xmlns.com/foaf/0.1/name> 'B' .", graph=G, replace=True)
    check(store)
    ordered(store, "delete", graph=G)
    check(store)
    assert not looks
    ordered(store, "put", f"{AUTHOR} <http://xmlns.com/foaf/0.1/name> 'B' .", graph="", replace=True)
    check(store)
    ordered(store, "delete", graph="")
    check(store)
    assert len(looks) == 2


def test_a_pattern_that_took_long_is_not_matched_again(
    store: Store, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a long update would take twice as long."""
    text_store(store)
    looks.clear()
    monkeypatch.setattr("collegium.server.writing.orders._ASKED_AGAIN_S", 0)
    ordered(store, "update", SMALL[3])
    check(store)
    assert len(looks) == 1


def test_a_version_that_another_made_meanwhile_is_looked_at_whole(store: Store, looks: list[str]) -> None:
    """If it failed: what was counted against an older version would stand in the seal."""
    old = text_store(store)
    ordered(store, "update", SMALL[0])
    looks.clear()
    ORDERS["update"](old, {}, SMALL[0].encode(), lambda _: None)
    check(store)
    assert len(looks) == 1


_updates = st.tuples(st.just("update"), st.sampled_from([*SMALL, *SMALL, *LARGE]), st.just({}))
_puts = st.tuples(
    st.just("put"),
    st.sampled_from([f"{AUTHOR} a {OTHER} ; <http://xmlns.com/foaf/0.1/name> 'Name' .", "_:b a _:c ."]),
    st.sampled_from(GRAPHS),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(_updates | _puts, max_size=6))
def test_words_and_counts_stay_right(orders: list[tuple[str, str, dict[str, Any]]]) -> None:
    """If it failed: search would miss what was written, or no service would start on the store."""
    with TemporaryDirectory() as folder:
        store = text_store(Store.open(Path(folder) / "store", create=True))
        for do, payload, order in orders:
            ordered(store, do, payload, **order)
            check(store)
