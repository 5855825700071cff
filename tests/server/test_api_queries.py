"""The catalogue over HTTP: each query in each form, cut and paged alike, and every wrong parameter told."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.plugins.sparql.results.rdfresults import RDFResult
from werkzeug.test import TestResponse

from collegium.queries.catalogue import CATALOGUE
from collegium.server.api import ENDPOINTS
from collegium.server.openapi import document

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SELECTS = [name for name, query in CATALOGUE.items() if query.form == "SELECT"]
GRAPHS = [name for name, query in CATALOGUE.items() if query.form == "CONSTRUCT"]
RDF = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "nq": "nquads", "trig": "trig"}
COAUTHORS = "/api/queries/author_coauthors"
_SRX = "{http://www.w3.org/2005/sparql-results#}"


def rows_of(answer: TestResponse, form: str) -> int:
    """Return how many rows an answer holds, as a reader of its form counts them."""
    match form:
        case "json":
            return len((answer.json or {})["results"])
        case "srj":
            return len((answer.get_json(force=True))["results"]["bindings"])
        case "xml":
            return len(ElementTree.fromstring(answer.data).findall(f".//{_SRX}result"))
        case "csv" | "tsv":
            lines = list(csv.reader(io.StringIO(answer.text), delimiter="," if form == "csv" else "\t"))
            assert len({len(line) for line in lines}) == 1
            return len(lines) - 1
        case _:
            return len(list(RDFResult(rdflib.Graph().parse(data=answer.data, format="turtle")).bindings))


def ask(client: FlaskClient, path: str, **given: Any) -> TestResponse:
    """Return the answer to a query for the author of the bundled page."""
    return client.get(path, query_string={"author": "xingtai-lv", **given})


@pytest.mark.parametrize("name", SELECTS)
def test_every_table_comes_in_every_form(client: FlaskClient, name: str) -> None:
    """If it failed: a form would drop rows, or could not be read by others."""
    counts = set()
    for form in ("json", "srj", "xml", "csv", "tsv", "ttl"):
        answer = client.get(f"/api/queries/{name}", query_string={**CATALOGUE[name].example, "format": form})
        assert answer.status_code == 200, answer.text
        assert answer.headers["X-Collegium-Truncated"] == "false" and answer.headers["ETag"]
        counts.add(rows_of(answer, form))
    assert len(counts) == 1


@pytest.mark.parametrize("name", GRAPHS)
def test_every_graph_comes_in_every_form(client: FlaskClient, name: str) -> None:
    """If it failed: one of the six RDF forms would say something else."""
    found = []
    for form, parser in RDF.items():
        answer = client.get(f"/api/queries/{name}", query_string={**CATALOGUE[name].example, "format": form})
        assert answer.status_code == 200, answer.text
        graph = rdflib.Dataset() if form in ("nq", "trig") else rdflib.Graph()
        graph.parse(data=answer.data, format=parser)
        found.append({(s, p, o) for s, p, o, *_ in graph})
    assert found[0] and all(other == found[0] for other in found)


@pytest.mark.parametrize("form", ["json", "srj", "xml", "csv", "tsv", "ttl"])
def test_a_cut_answer_says_so_in_every_form(client: FlaskClient, form: str) -> None:
    """If it failed: half of an answer in XML would look whole, since XML has no place to say so."""
    middle = ask(client, COAUTHORS, format=form, limit=10, offset=10)
    assert rows_of(middle, form) == 10
    assert middle.headers["X-Collegium-Truncated"] == "true"
    before, after = middle.headers["Link"].split(", ")
    assert "offset=0" in before and before.endswith('rel="prev"')
    assert "offset=20" in after and after.endswith('rel="next"')
    last = client.get(after.partition("<")[2].partition(">")[0])
    assert (rows_of(last, form), last.headers["X-Collegium-Truncated"]) == (4, "false")
    assert 'rel="next"' not in last.headers["Link"]


def test_the_pages_together_are_the_whole(client: FlaskClient) -> None:
    """If it failed: a client that follows the links would miss rows, or see one twice."""
    whole = (ask(client, COAUTHORS).json or {})["results"]
    pages, address = [], f"{COAUTHORS}?author=xingtai-lv&limit=7"
    while address:
        answer = client.get(address)
        pages += (answer.json or {})["results"]
        links = {
            link.rpartition("rel=")[2].strip('"'): link.partition("<")[2].partition(">")[0]
            for link in answer.headers.get("Link", "").split(", ")
        }
        address = links.get("next", "")
    assert pages == whole and len(pages) == 24


def test_a_graph_is_cut_too(client: FlaskClient) -> None:
    """If it failed: the graph around a hub would come without end, and could not be taken in parts."""
    cut = ask(client, "/api/queries/author_network", limit=3, format="nt")
    assert cut.headers["X-Collegium-Truncated"] == "true" and 'rel="next"' in cut.headers["Link"]
    whole = ask(client, "/api/queries/author_network", format="nt")
    assert whole.headers["X-Collegium-Truncated"] == "false" and "Link" not in whole.headers
    assert set(cut.data.splitlines()) < set(whole.data.splitlines())


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1e3", "limit"),
        ("limit=100001", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("limit=٣", "limit"),
        ("offset=-1", "offset"),
        ("offset=10.5", "offset"),
        ("offset=9999999999999", "offset"),
        ("limit=1&limit=2", "limit"),
        ("author=ning-ding", "author"),
        ("from=24", "from"),
        ("to=next", "to"),
        ("author_id=1", "author_id"),
        ("format=xlsx", "format"),
    ],
)
def test_a_wrong_parameter_is_told(client: FlaskClient, given: str, parameter: str) -> None:
    """If it failed: a typing error would be answered with other rows, or with an error of ours."""
    answer = client.get(f"{COAUTHORS}?author=xingtai-lv&{given}")
    told = answer.json or {}
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert told["parameter"] == parameter and told["found"] and told["expected"]


def test_what_is_missing_is_told(client: FlaskClient) -> None:
    """If it failed: the query would run for every author at once."""
    answer = client.get(COAUTHORS)
    assert (answer.status_code, (answer.json or {})["parameter"]) == (400, "author")


def test_a_table_that_nobody_can_read_is_not_sent(client: FlaskClient) -> None:
    """If it failed: a client would get a form that it said it cannot read."""
    answer = client.get(f"{COAUTHORS}?author=xingtai-lv", headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "text/csv" in (answer.json or {})["detail"]
    turtle = client.get(f"{COAUTHORS}?author=xingtai-lv", headers={"Accept": "text/turtle"})
    assert turtle.mimetype == "text/turtle" and rows_of(turtle, "ttl") == 24


def test_an_answer_that_is_held_is_not_sent_again(client: FlaskClient) -> None:
    """If it failed: every look would cost the query once more."""
    first = ask(client, COAUTHORS)
    again = client.get(f"{COAUTHORS}?author=xingtai-lv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"{COAUTHORS}?author=xingtai-lv")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    other = ask(client, COAUTHORS, format="csv")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_each_query_is_a_path_of_its_own_in_openapi() -> None:
    """If it failed: a generated client would have one untyped call for all queries."""
    paths = document(ENDPOINTS)["paths"]
    for name, query in CATALOGUE.items():
        operation = paths[f"/api/queries/{name}"]["get"]
        told = {parameter["name"]: parameter for parameter in operation["parameters"]}
        assert operation["summary"] == query.title
        for parameter in query.parameters:
            about = told[parameter.name]
            assert about["required"] == parameter.required and about["in"] == "query"
            if parameter.type in ("integer", "year", "boolean"):
                assert about["schema"]["type"] == {"boolean": "boolean"}.get(parameter.type, "integer")
            if parameter.name in query.example:
                assert about["example"] == query.example[parameter.name]
        assert set(told["format"]["schema"]["enum"]) == (
            {"json", "csv", "tsv", "srj", "xml", "ttl"} if query.form == "SELECT" else set(RDF)
        )
        assert {"limit", "offset"} <= set(told)
    assert "text/turtle" in paths["/api/queries/author_network"]["get"]["responses"]["200"]["content"]
