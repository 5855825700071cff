"""The OpenAPI document: whole, consistent, and true of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.server.api import ENDPOINTS
from collegium.server.openapi import SCHEMAS, document, schema_of
from schema_faults import faults

DOCUMENT = document(ENDPOINTS)


def test_the_document_is_served(client: FlaskClient) -> None:
    """If it failed: tools would find no description."""
    answer = client.get("/api/openapi.json")
    assert answer.content_type == "application/json"
    assert (answer.json or {})["openapi"] == "3.1.0"
    assert set((answer.json or {})["paths"]) == set(DOCUMENT["paths"])


def test_every_reference_has_its_target() -> None:
    """If it failed: code generators would stop."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    for reference in walk(DOCUMENT):
        target: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]


def test_operations_are_whole() -> None:
    """If it failed: an operation would lack what OpenAPI 3.1 demands."""
    names = []
    for path, item in DOCUMENT["paths"].items():
        for operation in item.values():
            names.append(operation["operationId"])
            assert operation["summary"] and operation["responses"]["200"]["content"]
            variables = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert variables == {part[1:-1] for part in path.split("/") if part.startswith("{")}
            assert all(p["required"] for p in operation["parameters"] if p["in"] == "path")
            assert len({(p["name"], p["in"]) for p in operation["parameters"]}) == len(
                operation["parameters"]
            )
            assert all(p["description"] for p in operation["parameters"])
    assert len(names) == len(set(names))


def test_the_api_is_described_whole(app: Flask) -> None:
    """If it failed: an address below /api would answer that the document does not know."""
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.endpoint not in ("openapi", "api_docs")
    }
    named = {row.path for endpoint in ENDPOINTS if endpoint.each for row in endpoint.each()}
    assert routes == set(DOCUMENT["paths"]) - named
    for path in named:
        assert app.url_map.bind("localhost").match(path)[0] == "api_query"


@pytest.mark.parametrize(
    "endpoint",
    # Of jobs and runs there are none here: test_api_jobs.py, test_runs.py. The bundled page has nothing to test
    # suggestions on, for its one author wrote with all: test_suggestions.py has papers that do.
    [
        row
        for row in ENDPOINTS
        if row.method == "GET"
        and not row.path.startswith(("/api/jobs/", "/api/runs/"))
        and row.name != "api_backtest"
    ],
    ids=lambda endpoint: endpoint.name,
)
def test_answers_are_of_their_schema(client: FlaskClient, endpoint: Any) -> None:
    """If it failed: the document would promise what is not sent."""
    paper = (client.get("/api/papers?limit=1").json or {})["results"][0]["id"]
    ids = {"authors": "xingtai-lv", "papers": paper, "institutions": "tsinghua", "categories": "cs.CL"}
    ids["suggestions"] = ids["authors"]
    kind = endpoint.path.split("/")[2]
    path = endpoint.path.replace("<id>", ids.get(kind, "")).replace("<measure>", "betweenness")
    path = path.replace("<other>", "ning-ding")
    query = {"from": "ning-ding", "to": "li-sheng"} if endpoint.name == "api_path" else {}
    if endpoint.name == "api_communities_bridges":
        query = {"from": "1", "to": "2"}
    if endpoint.name == "api_network_link":
        query = {"one": "ning-ding", "other": "li-sheng"}
    if endpoint.name == "api_network_export":
        query = {"format": "vosviewer"}  # of its forms the one that is JSON
    if endpoint.name == "api_search":
        query = {"q": "language model"}
    if endpoint.name == "api_query":
        path, query = "/api/queries/author_coauthors", {"author": "xingtai-lv"}
    content = DOCUMENT["paths"][endpoint.path.replace("<", "{").replace(">", "}")]["get"]["responses"]["200"][
        "content"
    ]
    answer = client.get(path, query_string=query)
    assert answer.status_code == 200
    assert list(faults(answer.json, content["application/json"]["schema"])) == []


def test_reported_rows_are_of_their_schema(client: FlaskClient) -> None:
    """If it failed: rows with a source would be other rows than described."""
    told = client.get("/api/centrality/h_index").json or {}
    assert list(faults(told["results"], {"type": "array", "items": SCHEMAS["RankedRow"]})) == []
    assert told["results"][0]["source"]


def test_problems_are_of_their_schema(client: FlaskClient) -> None:
    """If it failed: a generated client could not read our errors."""
    for path in ("/api/authors?limit=x", "/api/authors/nobody", "/sparql?query=SELECT"):
        assert list(faults(client.get(path).json, SCHEMAS["Problem"])) == []


def test_a_type_without_a_schema_is_refused() -> None:
    """If it failed: a new field would be described by silence."""
    with pytest.raises(TypeError):
        schema_of(complex)
