"""The W3C's cases for the SPARQL 1.1 Protocol, Graph Store Protocol and Service Description, over HTTP.

Every case of `tests/data/w3c/protocol_tests.json` as it stands there, against a served store; only the
addresses of the endpoints are ours, and requests that write bear the token.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from served import TOKEN, WRITING, Answer, Served, served

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

FILE: Final = Path(__file__).parents[1] / "data" / "w3c" / "protocol_tests.json"
CASES: Final[list[dict[str, Any]]] = json.loads(FILE.read_text("utf-8"))["tests"]
STATUS: Final = {
    "OK": (200,),
    "Created": (201,),
    "NoContent": (204,),
    "NotFound": (404,),
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
}
YES_OR_NO: Final = ("application/sparql-results+json", "application/sparql-results+xml")
FORMATS: Final = {
    "boolean": YES_OR_NO,
    "tabular": (*YES_OR_NO, "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service that takes updates. Prevents: a case passes by a shortcut that HTTP does not have."""
    with served(tmp_path_factory.mktemp("w3c") / "store", token=TOKEN) as found:
        yield found


def test_no_case_is_missing() -> None:
    """If it failed: the cases that fail could have been left out."""
    assert (len(CASES), sum(len(case["steps"]) for case in CASES)) == (50, 81)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_case_passes(case: dict[str, Any], service: Served) -> None:
    """If it failed: clients that follow the W3C's protocols would not get on with us."""
    assert service.update("DROP ALL").status == 204
    for graph in case["preload_graphs"]:
        target = "/graphs?graph=" + quote(graph["graph_iri"], safe="")
        headers = WRITING | {"Content-Type": "application/n-triples"}
        assert service.ask("PUT", target, headers, graph["content"].encode()).status == 201
    location = ""
    for number, step in enumerate(case["steps"], 1):
        answer = service.ask(*request_of(step, location))
        location = answer.headers.get("location", location)
        compare(step, answer, service, f"step {number}: {answer}")


def request_of(step: dict[str, Any], location: str) -> tuple[str, str, dict[str, str], bytes | None]:
    """Return method, target, headers and body of a step."""
    target = step["target"].replace("$LOCATION$", quote(location, safe=""))
    if target.startswith("/gsp"):
        target = "/graphs" + target.removeprefix("/gsp")
    is_read = step["method"] in ("GET", "HEAD")
    body = step["body"] and step["body"]["text"].encode(step["body"]["charset"])
    return step["method"], target, ({} if is_read else WRITING) | step["headers"], body


def compare(step: dict[str, Any], answer: Answer, service: Served, told: str) -> None:
    """Check all that a step expects of its answer."""
    expected = dict(step["expect"])
    assert any(answer.status in STATUS[name] for name in expected.pop("status")), told
    for name, value in expected.pop("headers", {}).items():
        assert answer.headers[name] == value, told
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if "format" in expected:
        assert media_type in FORMATS[expected.pop("format")], told
    if "boolean" in expected:
        assert answer.json["boolean"] is expected.pop("boolean"), told
    if "location" in expected:
        expected.pop("location")
        assert "location" in answer.headers, told
    if "body_isomorphic_to" in expected:
        assert isomorphic(graph_of(expected.pop("body_isomorphic_to")["text"]), graph_of(answer.body)), told
    if "parses_as" in expected:
        assert expected.pop("parses_as") == "rdf" and len(graph_of(answer.body)), told
    if "sparql_ask" in expected:
        endpoint = service.address + "/sparql/"
        assert holds(answer.body, expected.pop("sparql_ask").replace("$ENDPOINT$", endpoint)), told
    assert not expected, f"not compared: {expected}"


def graph_of(turtle: str | bytes) -> Graph:
    """Return the statements of a Turtle document."""
    return Graph().parse(data=turtle, format="turtle")


def holds(turtle: bytes, question: str) -> bool:
    """Return whether an ASK is true of a Turtle document."""
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    return bool(store.query(question))
