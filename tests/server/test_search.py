"""Search over HTTP: the endpoint, the page, and `ck:matches` at the SPARQL door."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from page_check import Page, page, shown
from text_stores import TITLES, named, text_store


@pytest.fixture(scope="module")
def texts(settings: Settings) -> FlaskClient:
    """Return a client of names in many scripts. Prevents: search is right only for ASCII."""
    app: Flask = create_app(settings, KnowledgeGraph(text_store(Store.memory())))
    return app.test_client()


def get(client: FlaskClient, **query: Any) -> Any:
    answer = client.get("/api/search", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_hit_says_where_it_fits(texts: FlaskClient) -> None:
    """If it failed: a program could not show why something was found."""
    (row,) = get(texts, q="ANGSTROM")["results"]
    assert row["iri"] == named("paper", 2).value
    assert (row["kind"], row["id"], row["name"], row["field"]) == ("paper", "paper-2", TITLES[2], "name")
    assert row["score"] > 0
    assert [row["snippet"][start:end] for start, end in row["marks"]] == ["Ångström"]


def test_kinds_and_pages(texts: FlaskClient) -> None:
    """If it failed: a client could not walk through all hits of one kind."""
    whole = get(texts, q="m*")
    assert {row["kind"] for row in whole["results"]} == {"author", "paper"}
    assert (whole["total"], whole["truncated"]) == (len(whole["results"]), False)
    authors = texts.get("/api/search?q=m*&kind=author&limit=1")
    assert (authors.json or {})["total"] == 2 and (authors.json or {})["truncated"]
    assert 'rel="next"' in authors.headers["Link"] and "offset=1" in authors.headers["Link"]
    both = get(texts, q="l*", kind="author,category")
    assert {row["kind"] for row in both["results"]} == {"author", "category"}
    assert get(texts, q="graph neur")["total"] == 0
    assert get(texts, q="graph neur", as_typed="true")["total"] == 2


def test_search_as_csv(texts: FlaskClient) -> None:
    """If it failed: hits could not be opened in a spreadsheet."""
    answer = texts.get("/api/search?q=muller&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["kind"] for row in rows] == ["author", "author"]
    assert answer.headers["X-Collegium-Total"] == "2"


@pytest.mark.parametrize("query", ["", "q=", "q=a&kind=book", "q=a&limit=0", "q=" + "a+" * 70, "q=a&x=1"])
def test_a_wrong_question_is_told(texts: FlaskClient, query: str) -> None:
    """If it failed: a client would take a wrong question for an empty answer."""
    answer = texts.get(f"/api/search?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("question", ['"', "*", "-", "a AND (", "NEAR(", "col:a", "\x00", "-a", "^a*", "''"])
def test_no_question_is_an_error_of_the_index(texts: FlaskClient, question: str) -> None:
    """If it failed: what people type would be taken for the language of the index."""
    assert texts.get("/api/search", query_string={"q": question}).status_code == 200
    assert texts.get("/search", query_string={"q": question}).status_code == 200


def test_the_page_shows_what_fits(texts: FlaskClient) -> None:
    """If it failed: people would not see why a paper was found."""
    text = page(texts, "/search?q=threads")
    assert Page(text).faults() == []
    assert "<mark>threads</mark>" in text and TITLES[1] in shown(text)
    assert "Nothing in the store fits" in shown(page(texts, "/search?q=nothing+of+the+kind"))
    assert f'href="/{"paper"}/paper-0"' in page(texts, "/search?q=graph+neur")
    assert "begin like the last one" in shown(page(texts, "/search?q=graph+neur"))


def test_the_page_counts_as_the_interface_does(client: FlaskClient) -> None:
    """If it failed: one question would have two numbers of hits."""
    for question in ("model", "language model", "zhang"):
        total = get(client, q=question)["total"]
        assert f"{total} results for “{question}”" in shown(
            page(client, f"/search?q={question.replace(' ', '+')}")
        )


def test_the_page_goes_on_kind_by_kind(service: KnowledgeGraph, client: FlaskClient) -> None:
    """If it failed: the eleventh hit could not be reached."""
    total = service.search("z*", kinds=["author"]).total
    assert total > 3
    text = page(client, "/search?q=z*&kind=author&limit=3")
    assert f"{total} results" in shown(text) and "offset=3" in text
    rest = page(client, "/search?q=z*&kind=author&limit=3&offset=3")
    assert rest.count('<li><a href="/author/') == min(3, total - 3)


@pytest.mark.parametrize("question", ["paper-3", "http://localhost:8000/paper/paper-3"])
def test_an_id_leads_to_its_thing(texts: FlaskClient, question: str) -> None:
    """If it failed: who has an ID could not search by it."""
    text = page(texts, f"/search?q={question}")
    assert '<a href="/paper/paper-3">' in text and "Nothing in the store" not in text


def test_hostile_texts_are_text(hostile: FlaskClient) -> None:
    """If it failed: an abstract could run script in the browser of whoever finds it."""
    for question in ("alert", "img", "onmouseover", "7", "javascript"):
        text = page(hostile, f"/search?q={question}")
        assert Page(text).faults() == []
        assert "<mark>" in text or "result" in text
        for bad in ("<img src=x", "<script>alert", '" onmouseover="alert', "<script><mark>"):
            assert bad not in text


def test_sparql_joins_with_search(texts: FlaskClient) -> None:
    """If it failed: the documented way to search in SPARQL would not work."""
    query = (
        'SELECT ?t { ?p a soa:Work ; ck:matches ("graph neural" ?s) ; dcterms:title ?t } ORDER BY DESC(?s)'
    )
    answer = texts.get("/sparql", query_string={"query": query, "format": "csv"})
    assert answer.text.splitlines() == ["t", TITLES[0], TITLES[1]]
    wrong = texts.get("/sparql", query_string={"query": "SELECT * { ?p ck:matches ?words }"})
    assert wrong.status_code == 400 and "ck:matches" in (wrong.json or {})["detail"]
    on_page = texts.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert TITLES[0] in shown(on_page.text)


def test_python_searches_too(service: KnowledgeGraph) -> None:
    """If it failed: what HTTP can, Python could not."""
    assert [hit.name for hit in service.search("xingtai lv").hits] == ["Xingtai Lv"]
    rows = service.query('SELECT ?n { ?a ck:matches "xingtai" ; foaf:name ?n }').rows()
    assert rows == [{"n": "Xingtai Lv"}]
