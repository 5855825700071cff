"""Examples of the named queries, in stores that are not of the bundled page."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from bibliographies import entry_of
from collegium.graph.store import Store
from collegium.queries.catalogue import CATALOGUE
from collegium.queries.examples import Examples
from collegium.queries.parameters import ENTITY_TYPES
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from networks import believed, written
from pages import put

BIB = entry_of(
    "Notes on Engines", "Ada Lovelace and Charles Babbage", year=1843
)  # no institution, no category


def test_the_queries_own_examples_stand_in_a_store_that_holds_them() -> None:
    """If it failed: the endpoint would show another example than the documentation."""
    store = believed(written("p", ["ada", "xingtai-lv"]))
    found = Examples(store.engine, store.base)
    for name in ("author_coauthors", "authors_search", "papers_search", "pairs_strongest"):
        assert found.of(CATALOGUE[name]) == CATALOGUE[name].example


def test_an_empty_store_has_none() -> None:
    """If it failed: somebody would be told to ask for people whom nobody has loaded."""
    found = Examples(ox.Store(), "http://localhost:8000/")
    assert {name for name, query in CATALOGUE.items() if found.of(query)} == set()


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    """Return a store of one BibTeX entry. Prevents: a store of the bundled page, in which all examples are there."""
    made = KnowledgeGraph(Store.memory())
    made.load(put(tmp_path, "a.bib", BIB))
    return made


def test_every_example_is_answered(graph: KnowledgeGraph) -> None:
    """If it failed: an example would name what the store does not hold, or end in an error."""
    client = create_app(Settings(store=Path("unused")), graph).test_client()
    rows = {row["name"]: row for row in client.get("/api/queries").json["results"]}
    for name, row in rows.items():
        query = CATALOGUE[name]
        kinds = {p.type for p in query.parameters if p.name in query.example}
        has_example = bool(query.example) and not kinds & {"institution", "category"}
        assert bool(row["example"]) == has_example, name
        for parameter in query.parameters:
            if parameter.name in row["example"] and parameter.type in ENTITY_TYPES:
                assert client.get(f"/{parameter.type}/{row['example'][parameter.name]}").status_code == 200
        if has_example:
            assert client.get(f"/api/queries/{name}", query_string={**row["example"]}).status_code == 200, (
                name
            )
    assert rows["author_coauthors"]["example"] == {"author": "ada-lovelace"}
    assert rows["pair_joint_papers"]["example"] == {"author": "ada-lovelace", "other": "charles-babbage"}
    assert rows["authors_search"]["example"] == {"text": "lovelace"}
    assert rows["papers_search"]["example"] == {"text": "engines"}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_pages_name_nobody_of_the_bundled_page(graph: KnowledgeGraph, name: str) -> None:
    """If it failed: a reader of another store would be shown people who are not in it."""
    client = create_app(Settings(store=Path("unused")), graph).test_client()
    for path in (f"/queries/{name}", f"/query?example={name}"):
        told = client.get(path)
        assert told.status_code == 200
        for stranger in (
            "xingtai-lv",
            "ning-ding",
            "institution/tsinghua",
            "category/cs.",
            "sparse-low-rank",
        ):
            assert stranger not in told.text, (path, stranger)


def test_the_catalogue_as_data_names_nobody_either(graph: KnowledgeGraph) -> None:
    """If it failed: an editor that reads `sh:SPARQLExecutable` would offer queries that answer nothing."""
    texts = graph.query("SELECT ?text { GRAPH ?g { ?q sh:select|sh:construct ?text } }").rows()
    assert len(texts) > 20
    for row in texts:
        assert "xingtai-lv" not in str(row["text"]) and "tsinghua" not in str(row["text"])
