"""The cap on authors as users meet it: a setting, on the command line, in pages, and in workers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from collegium.graph.load import load
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.editions import Edition, Wanted
from collegium.server.service import KnowledgeGraph
from commands import on
from pages import NOON, put

CROWD = "; ".join(f"Ada{chr(97 + at // 26)}{chr(97 + at % 26)} Lovelace" for at in range(101))
TABLE = f"title,authors,year\nA crowd,{CROWD},2020\nA pair,Adaaa Lovelace; Adaab Lovelace,2021\n"


@pytest.fixture
def crowd(store_dir: Path, tmp_path: Path) -> Path:
    """Return a store with a paper of 101 authors. Prevents: a cap that no file ever meets."""
    report = load(Store.open(store_dir, create=True), [put(tmp_path, "crowd.csv", TABLE)], now=lambda: NOON)
    assert report.counts["authors"].new == 101
    return store_dir


def test_the_command_line_says_what_is_left_out(crowd: Path) -> None:
    """If it failed: a ranking would lack links and say nothing of them."""
    run = on(crowd)
    told = run("centrality", "degree", "--top", "3").stdout
    assert "101 nodes, 1 links" in told and "1 paper of more than 100 authors makes no links" in told
    (figures,) = json.loads(run("info", "--format", "json").stdout)
    assert (figures["papers_without_pairs"], figures["author_cap"], figures["most_authors"]) == (1, 100, 100)


def test_the_setting_moves_the_cap(crowd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: who studies large collaborations could not have their pairs."""
    monkeypatch.setenv("COLLEGIUM_MOST_AUTHORS", "500")
    told = on(crowd)("centrality", "degree", "--top", "3").stdout
    assert "101 nodes, 5050 links" in told and "make no links" not in told


def test_what_another_process_made_under_another_cap_is_not_taken(crowd: Path) -> None:
    """If it failed: the shelf would give the ranking of the setting before."""
    store = Store.open(crowd)
    capped, whole = Edition(store), Edition(store, 500)
    for edition, links in ((capped, 1), (whole, 5_050), (capped, 1)):
        assert edition.ranking("degree", Wanted()).facts["edges"] == links
        assert len(edition.links(Wanted()).ends) == 2 * links


def test_pages_and_api_say_what_is_left_out(crowd: Path) -> None:
    """If it failed: the page of an author would hide a hundred co-authors without a word."""
    app = create_app(Settings(store=crowd), KnowledgeGraph(Store.open(crowd)))
    client: FlaskClient = app.test_client()
    assert "1 paper of more than 100 authors makes no links" in client.get("/centrality").text
    assert "1 (more than 100 authors)" in client.get("/about").text
    (who,) = client.get("/api/authors?q=Adaaa").json["results"]
    assert "Without 1 paper of very many authors" in client.get(f"/author/{who['id']}").text
    answer = client.get(f"/api/authors/{who['id']}/coauthors").json
    assert len(answer["results"]) == 1
    assert (answer["papers_without_pairs"], answer["most_authors"]) == (1, 100)


def test_workers_have_the_cap_of_the_service(crowd: Path) -> None:
    """If it failed: a query would see another network than the pages of the same service."""
    query = "SELECT (MAX(ck:centrality(?a, 'degree')) AS ?most) { ?a a foaf:Person }"
    for most, degree in ((100, "1"), (500, "100")):
        settings = Settings(store=crowd, most_authors=most)
        app = create_app(settings, KnowledgeGraph(Store.open(crowd), most_authors=most))
        answer = app.test_client().get("/sparql", query_string={"query": query, "format": "csv"})
        assert answer.text.split() == ["most", degree]


def test_the_cap_is_not_told_as_a_figure_of_the_store(crowd: Path) -> None:
    """If it failed: somebody would read that some paper has 100 authors."""
    printed = on(crowd)("info").stdout
    assert "author_cap" in printed and "most_authors" not in printed
    assert "author_cap is a setting, COLLEGIUM_MOST_AUTHORS" in printed
