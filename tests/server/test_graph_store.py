"""Reading and writing whole graphs at /graphs, through workers and writer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from served import TOKEN, WRITING

TURTLE = "<http://example.org/s> <http://example.org/p> {} ."
GRAPH = "/graphs?graph=http://example.org/g"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a client of a store on disk that takes writes. Prevents: writing that works in memory only."""
    path = tmp_path_factory.mktemp("graphs") / "store"
    Store.open(path, create=True)
    app = create_app(Settings(store=path, token=TOKEN, update_bytes=100_000))
    yield app.test_client()
    app.extensions["collegium.room"].close()


def put(graphs: FlaskClient, value: object, address: str = GRAPH, method: str = "PUT") -> int:
    """Write one statement, and return the version that holds it."""
    answer = graphs.open(
        address, method=method, data=TURTLE.format(value), content_type="text/turtle", headers=WRITING
    )
    assert answer.status_code in (201, 204), answer.text
    return int(answer.headers["X-Collegium-Version"])


def values(graphs: FlaskClient, address: str = GRAPH) -> list[str]:
    """Return the objects that stand in a graph, sorted."""
    answer = graphs.get(address, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return sorted(triple.object.value for triple in parse(answer.data, RdfFormat.N_TRIPLES))  # type: ignore[union-attr]


def test_put_replaces_and_post_adds(graphs: FlaskClient) -> None:
    """If it failed: a graph would keep what was replaced, or lose what it held."""
    put(graphs, 1)
    put(graphs, 2)
    assert values(graphs) == ["2"]
    put(graphs, 3, method="POST")
    assert values(graphs) == ["2", "3"]


def test_what_was_written_is_in_the_next_answer_and_names_its_version(graphs: FlaskClient) -> None:
    """If it failed: who writes and then reads would see the old graph."""
    for value in range(10, 13):
        version = put(graphs, value)
        answer = graphs.get(GRAPH)
        assert int(answer.headers["X-Collegium-Version"]) == version
        assert values(graphs) == [str(value)]


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/n-quads", "application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", "application/trig", RdfFormat.TRIG),
        ("text/turtle;q=0.5, application/trig;q=0.6, */*;q=0.1", "application/trig", RdfFormat.TRIG),
        ("*/*", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
    ],
)
def test_a_graph_in_the_form_asked_for(
    accept: str, media_type: str, form: RdfFormat, graphs: FlaskClient
) -> None:
    """If it failed: a client would be told a type that the body is not."""
    put(graphs, '"é"')
    answer = graphs.get(GRAPH, headers={"Accept": accept})
    assert answer.content_type == media_type
    assert [quad.object.value for quad in parse(answer.data, form)] == ["é"]  # type: ignore[union-attr]
    head = graphs.head(GRAPH, headers={"Accept": accept})
    assert (head.status_code, head.data) == (200, b"") and head.headers["ETag"] == answer.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(answer.data))


def test_a_form_of_several_documents_is_one_graph(graphs: FlaskClient) -> None:
    """If it failed: a page with a file field could write its first file only."""
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n{kind}\r\n{text}\r\n'
        for name, kind, text in (
            ("a.ttl", "", TURTLE.format(1)),
            ("b", "Content-Type: application/n-triples\r\n", TURTLE.format('"2"')),
        )
    )
    answer = graphs.put(
        GRAPH, data=f"{parts}--b--\r\n", content_type="multipart/form-data; boundary=b", headers=WRITING
    )
    assert answer.status_code == 204 and values(graphs) == ["1", "2"]


def test_a_graph_without_a_name_gets_one(graphs: FlaskClient) -> None:
    """If it failed: the protocol's way to make a graph would not work."""
    answer = graphs.post("/graphs", data=TURTLE.format(1), content_type="text/turtle", headers=WRITING)
    assert answer.status_code == 201
    location = answer.headers["Location"]
    assert location.startswith("http://localhost:8000/graphs/")
    assert values(graphs, "/graphs?graph=" + location) == ["1"]
    assert values(graphs, location.removeprefix("http://localhost:8000")) == ["1"]


@pytest.mark.parametrize("name", ["/graphs/a", "/graphs/a/b.ttl", "/graphs/a%20b", "/graphs/%C3%A9%2Fx"])
def test_a_graph_is_named_by_its_address_as_it_was_sent(name: str, graphs: FlaskClient) -> None:
    """If it failed: two names would be one graph, or one name two."""
    put(graphs, 1, name)
    listed = graphs.get("/sparql?query=SELECT*%7BGRAPH?g%7B?s?p?o%7D%7D").get_json()["results"]["bindings"]
    assert f"http://localhost:8000{name}" in {row["g"]["value"] for row in listed}
    assert graphs.delete(name, headers=WRITING).status_code == 204
    assert graphs.get(name).status_code == graphs.delete(name, headers=WRITING).status_code == 404


def test_the_default_graph_is_always_there(graphs: FlaskClient) -> None:
    """If it failed: an empty store would look broken."""
    put(graphs, 1, "/graphs?default")
    assert values(graphs, "/graphs?default") == ["1"]
    assert graphs.delete("/graphs?default", headers=WRITING).status_code == 204
    assert values(graphs, "/graphs?default") == []


def test_a_graph_that_is_held_is_not_sent_again(graphs: FlaskClient) -> None:
    """If it failed: caches would ask for the whole graph each time, or keep an old one."""
    put(graphs, 1)
    first = graphs.get(GRAPH)
    held = {"If-None-Match": f'W/{first.headers["ETag"]}, "x"'}
    again = graphs.get(GRAPH, headers=held)
    assert (again.status_code, again.data) == (304, b"") and again.headers["ETag"] == first.headers["ETag"]
    assert graphs.get(GRAPH, headers=held | {"Accept": "application/trig"}).status_code == 200
    put(graphs, 2)
    assert graphs.get(GRAPH, headers=held).status_code == 200
    assert graphs.get("/graphs?graph=a:none", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "headers", "data", "status"),
    [
        ("GET", "/graphs", {}, "", 400),
        ("GET", "/graphs?graph=a", {}, "", 400),
        ("GET", "/graphs?graph=a:b&graph=a:c", {}, "", 400),
        ("GET", "/graphs?graph=a:b&default", {}, "", 400),
        ("GET", "/graphs?graph=a:b%20c", {}, "", 400),
        ("GET", "/graphs?graph=a:none", {}, "", 404),
        ("HEAD", "/graphs?graph=a:none", {}, "", 404),
        ("GET", GRAPH, {"Accept": "image/png"}, "", 406),
        ("PUT", "/graphs", {}, "", 400),
        ("DELETE", "/graphs", {}, "", 400),
        ("PUT", GRAPH, {"Content-Type": "application/n-quads"}, "", 415),
        ("PUT", GRAPH, {"Content-Type": "text/turtle; charset=latin-1"}, "", 415),
        ("PUT", GRAPH, {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}, "", 415),
        ("PUT", GRAPH, {"Content-Type": "text/turtle"}, "<a:a> <a:b>", 400),
        ("PUT", GRAPH, {"Content-Type": "text/turtle"}, "#" * 100_001, 413),
        ("PUT", GRAPH, {"Content-Type": "multipart/form-data"}, "", 400),
        ("PATCH", GRAPH, {}, "", 405),
    ],
)
def test_what_cannot_be_done_is_told(
    method: str, address: str, headers: dict[str, str], data: str, status: int, graphs: FlaskClient
) -> None:
    """If it failed: a client's mistake would look like ours, or change a graph."""
    put(graphs, 1)
    answer = graphs.open(address, method=method, headers=WRITING | headers, data=data)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    if status == 405:
        assert "PUT" in answer.headers["Allow"]
    assert values(graphs) == ["1"]


def test_a_bad_document_changes_nothing(graphs: FlaskClient) -> None:
    """If it failed: the first half of a broken file would stand in the store."""
    before = put(graphs, 1)
    bad = TURTLE.format(2) + "\n" + TURTLE.format("<")
    assert graphs.put(GRAPH, data=bad, content_type="text/turtle", headers=WRITING).status_code == 400
    answer = graphs.get(GRAPH)
    assert int(answer.headers["X-Collegium-Version"]) == before and values(graphs) == ["1"]


def test_xml_that_grows_is_refused(graphs: FlaskClient) -> None:
    """If it failed: a kilobyte of entities would take all memory of the machine, in the one process that writes."""
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{}">{}]>'
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="a:b">'
        '<p xmlns="http://example.org/">{}</p></rdf:Description></rdf:RDF>'
    )
    names = ["a", *(f"b{n}" for n in range(10))]
    nested = "".join(f"<!ENTITY {name} '>{f'&{before};' * 10}'>" for before, name in pairwise(names))
    for text in (
        head.format("xxxxxxxxxx", nested) + body.format("&b9;"),
        head.format("x" * 40_000, "") + body.format("&a;" * 10_000),
    ):
        answer = graphs.put(GRAPH, data=text, content_type="application/rdf+xml", headers=WRITING)
        assert answer.status_code == 400 and "entit" in answer.get_json()["detail"]
    usual = head.format("http://example.org/x", "") + body.format("&a;")
    assert (
        graphs.put(GRAPH, data=usual, content_type="application/rdf+xml", headers=WRITING).status_code == 204
    )
    assert values(graphs) == ["http://example.org/x"]


def test_pages_of_other_origins_may_ask_what_they_may(graphs: FlaskClient) -> None:
    """If it failed: an editor on another site could not read or write, token or not."""
    answer = graphs.options(GRAPH)
    assert answer.status_code == 204 and "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert graphs.get(GRAPH).headers["Access-Control-Allow-Origin"] == "*"
