"""The answer to a query as a network: what it links, how strongly, what the things are called, and what was cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.graph.errors import ParameterError, QueryError, QueryRefused
from collegium.server import query_view as module
from collegium.server.drawings.picture import Picture
from collegium.server.engine_room import EngineRoom
from collegium.server.query_view import query_view
from collegium.server.service import KnowledgeGraph
from page_check import BROWSER, Page, page, shown

A, B, C = (f"<https://example.org/{letter}>" for letter in "abc")


@pytest.fixture
def picture_of(service: KnowledgeGraph, app: Flask) -> Callable[[str], Picture]:
    """Return what draws a query's answer. Prevents: a picture of what no worker answered."""
    room: EngineRoom = app.extensions["collegium.room"]
    return lambda query: query_view(service.edition(), query, room).picture


def links_of(picture: Picture) -> Mapping[tuple[str, str], int]:
    """Return the links by the names of their ends."""
    names = [node.name for node in picture.nodes]
    return {(names[link.a], names[link.b]): link.joint_papers for link in picture.links}


def test_statements_between_things_become_links(picture_of: Callable[[str], Picture]) -> None:
    """If it failed: the picture would not be the graph that was asked for."""
    picture = picture_of(
        f"CONSTRUCT {{ {A} foaf:knows {B} . {B} foaf:knows {A} ; org:memberOf {C} . {A} foaf:age 3 }} {{}}",
    )
    assert links_of(picture) == {
        ("https://example.org/a", "https://example.org/b"): 2,
        ("https://example.org/b", "https://example.org/c"): 1,
    }
    assert [link.what for link in picture.links] == ["foaf:knows", "org:memberOf"]
    assert picture.tie == ("statement", "statements") and picture.counts == "3 things, 2 links."


def test_names_come_from_the_store_or_from_the_answer(picture_of: Callable[[str], Picture]) -> None:
    """If it failed: the picture would show addresses where people look for names."""
    picture = picture_of(
        f'CONSTRUCT {{ <author/ning-ding> foaf:knows {A} . {A} foaf:name "Ann" }} {{}}',
    )
    assert [(node.kind, node.id, node.name) for node in picture.nodes] == [
        ("author", "ning-ding", "Ning Ding"),
        ("thing", "https://example.org/a", "Ann"),
    ]
    table = picture_of(f'SELECT * {{ VALUES (?x ?x_name ?y) {{ ({A} "Ann" {B}) }} }}')
    assert links_of(table) == {("Ann", "https://example.org/b"): 1}


def test_two_columns_of_things_are_pairs_and_whole_numbers_their_strength(
    picture_of: Callable[[str], Picture],
) -> None:
    """If it failed: a table of pairs could not be seen as the network it is."""
    picture = picture_of(
        f"SELECT ?one ?joint_papers ?other {{ VALUES (?one ?joint_papers ?other) {{ ({A} 4 {B}) ({B} 2 {C}) }} }}",
    )
    assert sorted(links_of(picture).values()) == [2, 4]
    assert picture.tie == ("joint paper", "joint papers")
    counted = picture_of(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ ({A} {B}) ({B} {A}) ({B} {B}) }} }}")
    assert list(links_of(counted).values()) == [2] and counted.tie == ("row", "rows")


@pytest.mark.parametrize(
    "number",
    [
        '""^^xsd:integer',
        '"1e9"^^xsd:integer',
        "0",
        "-1",
        '"' + "9" * 5000 + '"^^xsd:integer',
        '"٣"^^xsd:integer',
    ],
)
def test_a_number_that_is_no_count_is_no_strength(picture_of: Callable[[str], Picture], number: str) -> None:
    """If it failed: a value that only looks like a number would be an error of ours, or a line without width."""
    picture = picture_of(f"SELECT * {{ VALUES (?a ?n ?b) {{ ({A} {number} {B}) }} }}")
    assert list(links_of(picture).values()) == [1] and picture.tie == ("row", "rows")


def test_types_are_left_out_and_said(picture_of: Callable[[str], Picture]) -> None:
    """If it failed: one class would pull the whole picture together."""
    picture = picture_of(f"CONSTRUCT {{ {A} a foaf:Person ; foaf:knows {B} . {B} a foaf:Person }} {{}}")
    assert len(picture.links) == 1 and picture.notes == ("Types (rdf:type) are left out.",)
    alone = picture_of(f"CONSTRUCT {{ {A} a foaf:Person . {B} a foaf:Person }} {{}}")
    assert len(alone.links) == 2 and alone.links[0].what == "rdf:type"


def test_what_was_cut_is_said(picture_of: Callable[[str], Picture], monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the beginning of an answer would pass for all of it."""
    monkeypatch.setattr(module, "MOST_LINKS", 5)
    picture = picture_of("SELECT ?p ?a { ?p dcterms:creator ?a }")
    assert len(picture.links) == 5 and picture.notes[0] == "Only the first 5 rows were read."
    whole = picture_of(
        "CONSTRUCT { ?p dcterms:creator ?a } { SELECT ?p ?a { ?p dcterms:creator ?a } LIMIT 5 }"
    )
    assert len(whole.links) == 5 and not [note for note in whole.notes if "Only" in note]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("ASK {}", ParameterError),
        ("SELECT ?a { ?a a foaf:Person }", ParameterError),
        ("SELECT ?a ?n { ?a foaf:name ?n }", ParameterError),
        ("CONSTRUCT { ?a foaf:name ?n } { ?a foaf:name ?n }", ParameterError),
        ("SELEKT", QueryError),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", QueryRefused),
    ],
)
def test_what_links_nothing_is_refused(
    picture_of: Callable[[str], Picture], query: str, error: type[Exception]
) -> None:
    """If it failed: an empty picture would come without a reason, or the guard would be passed by."""
    with pytest.raises(error):
        picture_of(query)


def test_the_page_leads_back_and_can_be_kept(client: FlaskClient) -> None:
    """If it failed: the picture would be a dead end, or its file would need the service."""
    query = f"# Two & <friends>\nCONSTRUCT {{ {A} foaf:knows {B} }} {{}}"
    answer = client.get("/query/view", query_string={"query": query}, headers=BROWSER)
    assert answer.status_code == 200 and Page(answer.text).faults() == []
    assert "Two & <friends>" in shown(answer.text) and 'href="/query?query=' in answer.text
    kept = client.get("/query/view", query_string={"query": query, "download": "true"})
    assert "attachment" in kept.headers["Content-Disposition"] and '<link rel="stylesheet"' not in kept.text


def test_a_long_query_is_drawn_by_post(client: FlaskClient) -> None:
    """If it failed: a query that no address can hold could not be drawn."""
    query = f"# {'x' * 20_000}\nCONSTRUCT {{ {A} foaf:knows {B} }} {{}}"
    posted = client.post("/query/view", data={"query": query}, headers=BROWSER)
    assert posted.status_code == 200 and "2 things, 1 link." in shown(posted.text)


@pytest.mark.parametrize(
    "arguments",
    ["", "?query=", "?query=+", "?query=ASK{}&query=ASK{}", "?query=ASK{}&size=3", "?query=ASK{}"],
)
def test_a_request_that_cannot_be_drawn_says_why(client: FlaskClient, arguments: str) -> None:
    """If it failed: a wrong link would be an error of ours."""
    assert "cannot be used" in shown(page(client, f"/query/view{arguments}", 400))


def test_nothing_hostile_comes_through(hostile: FlaskClient) -> None:
    """If it failed: a name in a picture could run script."""
    text: Any = page(hostile, "/query/view?query=CONSTRUCT+WHERE+{?p+dcterms:creator+?a;dcterms:title+?t}")
    assert Page(text).faults() == []
