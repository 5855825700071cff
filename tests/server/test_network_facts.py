"""Numbers of the SPARQL functions are those of the API, to the last digit, over HTTP on both sides."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.measures import MEASURES
from collegium.graph.projections import PROJECTIONS
from collegium.queries.functions import FUNCTIONS
from collegium.server.service import KnowledgeGraph


def asked(client: FlaskClient, query: str) -> dict[str, dict[str, str]]:
    """Return node -> its term, of a query for `?a` and `?v`."""
    answer = client.get("/sparql", query_string={"query": query})
    assert answer.status_code == 200, answer.text
    rows = (answer.json or {})["results"]["bindings"]
    return {row["a"]["value"]: row["v"] for row in rows if "v" in row}


def same(term: dict[str, str], number: float) -> bool:
    """Whether a client that reads the term as its datatype says holds the very number, sign of zero and all."""
    datatype = term["datatype"].rpartition("#")[2]
    read: Any = {"integer": int, "double": float}[datatype](term["value"])
    return type(read) is type(number) and repr(read) == repr(number)


@pytest.mark.parametrize("weight", [None, "none", "full", "fractional"])
@pytest.mark.parametrize("projection", [name for name, row in PROJECTIONS.items() if not row.of_citations])
@pytest.mark.parametrize("measure", MEASURES)
def test_centrality_and_rank_are_those_of_the_api(
    client: FlaskClient, measure: str, projection: str, weight: str | None
) -> None:
    """If it failed: one number of one author would have two values in one service.

    The bundled page cites nothing: networks of citations are empty.
    """
    parameters = {"projection": projection, "limit": 1000} | ({"weight": weight} if weight else {})
    answer = client.get(f"/api/centrality/{measure}", query_string=parameters)
    is_of_papers = MEASURES[measure].of_papers or measure in ("papers", "fractional_papers")
    if is_of_papers and answer.status_code == 422:
        assert projection not in ("coauthors",)  # a figure of papers or authors, where there are none
        return
    rows = (answer.json or {})["results"]
    words = f'"{measure}", "{projection}"' + (f', "{weight}"' if weight else "")
    nodes = "{ SELECT DISTINCT ?a { ?a a ?kind FILTER(ISIRI(?a)) } }"
    for function, column in (("centrality", "value"), ("rank", "rank")):
        found = asked(client, f"SELECT ?a ?v {{ {nodes} BIND(ck:{function}(?a, {words}) AS ?v) }}")
        expected = {row["iri"]: row[column] for row in rows if row[column] is not None}
        assert found.keys() == expected.keys()
        assert [iri for iri in expected if not same(found[iri], expected[iri])] == []


@pytest.mark.parametrize(("words", "parameters"), [("", {}), (', "fractional"', {"weight": "fractional"})])
def test_communities_are_those_of_the_api(
    client: FlaskClient, words: str, parameters: dict[str, str]
) -> None:
    """If it failed: community 1 of a query would be another group than community 1 of the page."""
    groups = (client.get("/api/communities", query_string=parameters).json or {})["results"]
    expected = {member["iri"]: group["number"] for group in groups for member in group["members"]}
    found = asked(client, f"SELECT ?a ?v {{ ?a a foaf:Person BIND(ck:community(?a{words}) AS ?v) }}")
    assert len(set(expected.values())) > 1
    assert {iri: int(term["value"]) for iri, term in found.items()} == expected


def test_distances_are_the_lengths_of_the_api(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: the path that the page shows would be longer than its distance."""
    authors = [entity.iri for entity in service.edition().mirror.authors]
    for start in authors[::6]:
        query = f"SELECT ?a ?v {{ ?a a foaf:Person BIND(ck:distance(<{start}>, ?a) AS ?v) }}"
        found = asked(client, query)
        for end in authors:
            path = client.get("/api/path", query_string={"from": start, "to": end}).json or {}
            assert (int(found[end]["value"]) if end in found else None) == path["length"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_example_has_a_value_on_the_bundled_page(service: KnowledgeGraph, name: str) -> None:
    """If it failed: the reference would show a call that gives nothing."""
    (row,) = service.query(f"SELECT ({FUNCTIONS[name].example} AS ?v) {{}}").rows()
    assert row["v"] is not None


@pytest.mark.parametrize(
    ("expression", "status", "word"),
    [
        ('ck:centrality(?a, "betwenness")', 400, "did you mean 'betweenness'"),
        ("ck:distance(?a)", 400, "ck:distance(?author, ?author)"),
        ('ck:community("Xingtai Lv")', 400, "the IRI of the node"),
    ],
)
def test_a_wrong_call_is_a_problem_with_a_reason(
    client: FlaskClient, expression: str, status: int, word: str
) -> None:
    """If it failed: a typing error would be 200 and a table of blanks."""
    query = f"SELECT ({expression} AS ?v) {{ ?a a foaf:Person }}"
    answer = client.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert word in (answer.json or {})["detail"]
    page = client.get("/query", query_string={"query": query}, headers={"Accept": "text/html"})
    assert page.status_code in (200, status)


def test_named_queries_mix_categories_and_the_network(client: FlaskClient) -> None:
    """If it failed: the catalogue would run the functions on the command line only."""
    parameters = {"category": "cs.CL", "measure": "PageRank", "limit": "3"}
    answer = client.get("/api/queries/category_central_authors", query_string=parameters)
    assert next(row["rank"] for row in (answer.json or {})["results"]) == 1
    wrong = client.get("/api/queries/category_central_authors", query_string=parameters | {"measure": "x"})
    assert wrong.status_code == 400
    near = client.get(
        "/api/queries/author_near_in_category", query_string={"author": "xingtai-lv", "category": "cs.LG"}
    )
    assert {row["steps"] for row in (near.json or {})["results"]} == {1}


def test_the_service_description_lists_the_functions(client: FlaskClient) -> None:
    """If it failed: an editor that reads the description could not offer them."""
    text = client.get("/sparql", headers={"Accept": "application/n-triples"}).text
    for row in FUNCTIONS.values():
        assert f"#extensionFunction> {row.iri} ." in text
        assert f"{row.iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " in text
    assert ">ck:distance<" in client.get("/ns", headers={"Accept": "text/html"}).text
