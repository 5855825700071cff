"""Things that sources know under several IRIs: their pages, sources and decisions tell of all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.identity_rows import decided, decided_on
from collegium.server.quality import quality
from collegium.server.service import KnowledgeGraph

FIRST = """@article{a, title = {A study of joint papers in science}, author = {Ada Lovelace and Charles Babbage},
  year = {2001}, journal = {Annals}, volume = {7}, pages = {1--9}}
@article{b, title = {On engines}, author = {A. Lovelace}, year = {1999}}
"""
SECOND = """@article{x, title = {A study of joint papers in science}, author = {Ada Lovelace and Charles Babbage},
  year = {2001}, doi = {10.1000/182}, publisher = {Society}}
"""
PAPER = "doi-10.1000~182"


@pytest.fixture
def kg(tmp_path: Path) -> KnowledgeGraph:
    """Return a service over two files that tell of one paper, one of them without its DOI."""
    found = KnowledgeGraph(Store.memory(), clock=lambda: datetime(2026, 11, 3, tzinfo=UTC))
    for name, text in (("first.bib", FIRST), ("second.bib", SECOND)):
        (tmp_path / name).write_text(text)
        found.load(tmp_path / name)
    return found


@pytest.fixture
def client(kg: KnowledgeGraph, tmp_path: Path) -> FlaskClient:
    """Return a client of that service."""
    return create_app(Settings(store=tmp_path / "store"), kg).test_client()


def page(client: FlaskClient, address: str) -> str:
    """Return a page as a browser gets it."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_a_paper_that_became_one_names_both_sources(kg: KnowledgeGraph, client: FlaskClient) -> None:
    """If it failed: half of what a page says would have no source."""
    rows = kg.named("paper_provenance", paper=PAPER).rows()
    assert {row["file"] for row in rows} == {"first.bib", "second.bib"}
    told = client.get(f"/api/papers/{PAPER}").json
    assert len(told["mentions"]) == 2
    assert (told["imprint"]["venues"], told["imprint"]["publishers"]) == (["Annals"], ["Society"])
    assert (told["imprint"]["volumes"], told["imprint"]["kinds"]) == (["7"], ["article"])
    text = page(client, f"/paper/{PAPER}")
    assert "first.bib" in text and "second.bib" in text and "https://doi.org/10.1000/182" in text


def test_a_source_keeps_the_papers_that_another_told_of_too(kg: KnowledgeGraph, client: FlaskClient) -> None:
    """If it failed: loading a second file would take papers away from the first."""
    source = next(one for one in kg.sources() if one.file_name == "first.bib")
    years = kg.named("source_years", source=source.id).rows()
    assert {row["year"]: row["papers"] for row in years} == {1999: 1, 2001: 1}
    loaded = {row["file"]: row["papers"] for row in kg.named("sources_loaded").rows()}
    assert loaded == {"first.bib": 2, "second.bib": 1}
    authors = {row["name"] for row in kg.named("source_authors", source=source.id).rows()}
    assert authors == {"Ada Lovelace", "A. Lovelace", "Charles Babbage"}
    described = [ref["id"] for ref in refs_of(client, source.id)]
    assert PAPER in described and len(described) == 2


def refs_of(client: FlaskClient, source: str) -> list[dict[str, Any]]:
    """Return the papers that stand on the page of a source."""
    text = page(client, f"/source/{source}")
    return [
        {"id": part.partition('"')[0]} for part in text.split('href="/paper/')[1:] if part.partition('"')[0]
    ]


def test_a_decision_on_a_name_is_one_on_who_bears_it(kg: KnowledgeGraph) -> None:
    """If it failed: after an earlier decision is undone somebody else would stand in its place."""
    first = kg.identity.merge("Ada Lovelace", "A. Lovelace", reason="one")
    second = kg.identity.merge("Ada Lovelace", "Charles Babbage", reason="two")
    assert kg.find("author", "Ada Lovelace") == kg.find("author", "Charles Babbage")
    assert "ada-lovelace" in second.one + second.other
    kg.identity.undo(first.id)
    assert kg.find("author", "Ada Lovelace") == kg.find("author", "Charles Babbage")
    assert kg.find("author", "A. Lovelace") != kg.find("author", "Ada Lovelace")


def test_a_page_tells_what_it_rests_on(kg: KnowledgeGraph, client: FlaskClient) -> None:
    """If it failed: two people joined by hand or by rule would look like one whom nobody doubts."""
    made = kg.identity.merge("Ada Lovelace", "A. Lovelace", reason="the same <b>person</b>")
    iri = kg.find("author", "A. Lovelace")
    text = page(client, f"/author/{iri.rpartition('/')[2]}")
    assert "the same &lt;b&gt;person&lt;/b&gt;" in text and f"identity undo {made.id}" in text
    names = {(row["name"], str(row["known_as"]).rpartition("/")[2]) for row in names_of(kg, iri)}
    assert names == {("Ada Lovelace", "ada-lovelace"), ("A. Lovelace", "a-lovelace")}
    on_it = client.get("/identity", query_string={"thing": iri, "format": "json"}).json
    assert [row["id"] for row in on_it["results"]] == [made.id] and on_it["total"] == 1
    assert [(one.id, state) for one, state in decided_on(kg.edition(), iri)] == [(made.id, "holds")]
    assert decided_on(kg.edition(), iri) == [
        one for one in decided(kg.edition(), None) if one[0].id == made.id
    ]
    nobody = client.get("/identity", query_string={"thing": "ada", "format": "json"})
    assert nobody.status_code == 400 and "IRI" in nobody.json["detail"]


def names_of(kg: KnowledgeGraph, iri: str) -> list[dict[str, Any]]:
    """Return the rows of the names of an author."""
    return kg.named("author_names", author=iri).rows()


def test_two_who_stand_at_one_place_are_counted(tmp_path: Path) -> None:
    """If it failed: links between the two lists of one paper would look like any other."""
    lists = ("Smith, Eddie and Doe, A. M.", "Edwin Smith and Nan Doe")
    paths = []
    for number, authors in enumerate(lists):
        paths.append(tmp_path / f"{number}.bib")
        entry = f"@article{{k, title={{Unique title of one}}, author={{{authors}}}, year=2003, doi={{10.1000/d3}}}}"
        paths[-1].write_text(entry)
    kg = KnowledgeGraph(Store.memory())
    kg.load(*paths)
    rows = kg.named("papers_disputed_places").rows()
    assert [(row["position"], row["authors"]) for row in rows] == [(1, 2), (2, 2)]
    (row,) = [one for one in quality(kg.edition()).doubts if one.query == "papers_disputed_places"]
    assert (row.count, row.of) == (1, 1)
