"""The SPARQL Protocol for queries, and the refusal of all else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import rdflib
from flask.testing import FlaskClient

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?p a soa:Work }"
GRAPH = "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p dcterms:title ?t ; a soa:Work }"


def count(answer_json: object) -> int:
    """Return the one number of a SPARQL JSON answer."""
    assert isinstance(answer_json, dict)
    return int(answer_json["results"]["bindings"][0]["n"]["value"])


def test_a_query_comes_by_get_and_both_posts(client: FlaskClient) -> None:
    """If it failed: one kind of client could not ask."""
    by_get = client.get("/sparql", query_string={"query": COUNT})
    by_form = client.post("/sparql", data={"query": COUNT})
    by_body = client.post("/sparql", data=COUNT, content_type="application/sparql-query; charset=UTF-8")
    slashed = client.get("/sparql/", query_string={"query": COUNT})
    assert [count(answer.json) for answer in (by_get, by_form, by_body, slashed)] == [17] * 4
    assert by_get.content_type == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "content_type", "head"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", b"{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"n\r\n17"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?n\n17"),
        ("application/json", "application/json", b"{"),
    ],
)
def test_a_table_in_the_form_asked_for(
    client: FlaskClient, accept: str, content_type: str, head: bytes
) -> None:
    """If it failed: a client would be told a type that the body is not."""
    answer = client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": accept})
    assert answer.content_type == content_type
    assert answer.data.startswith(head)


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
    ],
)
@pytest.mark.parametrize("query", [GRAPH, "DESCRIBE <http://localhost:8000/author/xingtai-lv>"])
def test_a_graph_in_the_form_asked_for(client: FlaskClient, accept: str, parser: str, query: str) -> None:
    """If it failed: rdflib could not read what we say is RDF."""
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.mimetype == accept
    found = rdflib.Dataset().parse(data=answer.data, format=parser)
    assert found is not None


def test_yes_and_no(client: FlaskClient) -> None:
    """If it failed: ASK would have no form."""
    answer = client.get("/sparql", query_string={"query": "ASK { ?p a soa:Work }"})
    assert (answer.json or {})["boolean"] is True


def test_format_is_for_links(client: FlaskClient) -> None:
    """If it failed: the buttons of the query page would give JSON only."""
    answer = client.get(
        "/sparql", query_string={"query": COUNT, "format": "csv"}, headers={"Accept": "text/html"}
    )
    assert answer.mimetype == "text/csv"


def test_the_dataset_comes_from_the_request(client: FlaskClient) -> None:
    """If it failed: `default-graph-uri` would be dropped, and a part of the data asked for would be the whole."""
    sources = client.get("/sparql", query_string={"query": "SELECT ?s { ?s a ck:Source }"}).json or {}
    source = sources["results"]["bindings"][0]["s"]["value"]
    asked = {"query": COUNT, "default-graph-uri": source}
    assert count(client.get("/sparql", query_string=asked).json) == 17
    assert count(client.post("/sparql", data=asked).json) == 17
    in_address = "/sparql?" + urlencode({"default-graph-uri": "http://example.org/none"})
    body = client.post(in_address, data=COUNT, content_type="application/sparql-query")
    assert count(body.json) == 0
    named = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a soa:Work } }", "named-graph-uri": source}
    assert count(client.get("/sparql", query_string=named).json) == 17


@pytest.mark.parametrize(
    ("call", "status", "word"),
    [
        ({"method": "GET", "query_string": {"query": ["ASK {}", "ASK {}"]}}, 400, "exactly one"),
        ({"method": "GET", "query_string": {"default-graph-uri": "http://example.org/"}}, 400, "exactly one"),
        ({"method": "GET", "query_string": {"query": " "}}, 400, "empty"),
        ({"method": "GET", "query_string": {"update": "CLEAR ALL"}}, 400, "body of a POST"),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "updates are off"),
        (
            {"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"},
            403,
            "updates are off",
        ),
        ({"method": "POST", "data": {"format": "json"}}, 400, "exactly one"),
        (
            {"method": "POST", "data": "ASK {}", "content_type": "text/plain"},
            415,
            "expected application/sparql-query",
        ),
        ({"method": "POST", "data": "ASK {}"}, 415, "expected application/sparql-query"),
        (
            {"method": "POST", "data": b"ASK { # \xff }", "content_type": "application/sparql-query"},
            400,
            "UTF-8",
        ),
        (
            {"method": "POST", "data": "ASK {}", "content_type": "application/sparql-query; charset=UTF-16"},
            415,
            "utf-16",
        ),
        ({"method": "POST", "data": "#" * 60_000, "content_type": "application/sparql-query"}, 413, ""),
        ({"method": "POST", "data": {"query": "#" * 60_000}}, 413, ""),
        (
            {"method": "GET", "query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}},
            406,
            "expected",
        ),
        ({"method": "GET", "query_string": {"query": "ASK {}", "format": "ttl"}}, 400, "json, xml, csv, tsv"),
        ({"method": "GET", "query_string": {"query": "INSERT DATA { <a:a> <a:a> <a:a> }"}}, 400, ""),
        (
            {"method": "GET", "query_string": {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}},
            400,
            "SERVICE",
        ),
        ({"method": "GET", "query_string": {"query": "ASK { " + "{" * 500 + "}" * 501}}, 400, "refused"),
        ({"method": "PUT", "data": "ASK {}"}, 405, ""),
        ({"method": "DELETE"}, 405, ""),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: FlaskClient, call: dict[str, object], status: int, word: str
) -> None:
    """If it failed: a client's mistake would look like ours, or like an answer."""
    answer = client.open("/sparql", **call)  # type: ignore[arg-type]
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert word.lower() in (answer.json or {})["detail"].lower()


def test_a_syntax_error_has_its_place(client: FlaskClient) -> None:
    """If it failed: people would search a long query for a missing bracket."""
    told = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"}).json or {}
    assert told["line"] == 2 and told["column"] > 1


def test_the_endpoint_describes_itself(client: FlaskClient) -> None:
    """If it failed: tools that read the service description would see a 400."""
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.data, format="turtle")
    text = graph.serialize(format="nt")
    assert "sparql-service-description#Service" in text
    assert "void#triples" in text
    assert client.get("/sparql").status_code == 200


def test_a_browser_is_led_to_the_query_page(client: FlaskClient) -> None:
    """If it failed: people who open /sparql would be shown Turtle."""
    answer = client.get("/sparql", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/query")
    page = client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": "text/html"})
    assert page.mimetype == "text/html" and ">17</td>" in page.text


def test_the_data_set_is_described_where_tools_look(client: FlaskClient) -> None:
    """If it failed: VoID harvesters would not find us."""
    found = rdflib.Graph().parse(data=client.get("/.well-known/void").data, format="turtle")
    assert len(found) > 50
    assert (
        client.get("/.well-known/void", headers={"Accept": "application/ld+json"}).mimetype
        == "application/ld+json"
    )
    assert client.get("/dataset", headers={"Accept": "text/html"}).mimetype == "text/turtle"
