"""What answers of /sparql say beside their rows: version, tag, caps, who may read them; and who may write."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from collegium.graph.errors import AnswerTooLarge
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from served import TOKEN, WRITING

QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NUMBERS = "SELECT * { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } }"


@pytest.fixture(scope="module")
def taking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application that takes updates and cuts answers at 50 rows. Prevents: caps that no test reaches."""
    path = tmp_path_factory.mktemp("answers") / "store"
    Store.open(path, create=True)
    app = create_app(Settings(store=path, token=TOKEN, answer_rows=50))
    yield app
    app.extensions["collegium.room"].close()


@pytest.fixture
def writer(taking: Flask) -> FlaskClient:
    """Return a client of it without cookies. Prevents: one test's headers reach the next."""
    return taking.test_client()


def test_an_update_is_in_the_next_answer_which_names_its_version(writer: FlaskClient) -> None:
    """If it failed: who writes and then reads would see the old data, from a cache or another version."""
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <a:counted> { ?s ?p ?o } }"
    for number in range(1, 4):
        text = f"INSERT DATA {{ GRAPH <a:counted> {{ <a:a> <a:b> {number} }} }}"
        done = writer.post("/sparql", data=text, headers=WRITING | UPDATE)
        assert (done.status_code, done.data) == (204, b"")
        answer = writer.get("/sparql", query_string={"query": count})
        assert answer.get_json()["results"]["bindings"][0]["n"]["value"] == str(number)
        assert answer.headers["X-Collegium-Version"] == done.headers["X-Collegium-Version"]


def test_an_update_that_fails_changes_nothing(writer: FlaskClient) -> None:
    """If it failed: half an update would stand in the store."""
    text = "INSERT DATA { GRAPH <a:half> { <a:a> <a:b> 1 } } ; CREATE GRAPH <a:half>"
    before = writer.get("/sparql?query=ASK%7B%7D").headers["X-Collegium-Version"]
    assert writer.post("/sparql", data=text, headers=WRITING | UPDATE).status_code == 400
    answer = writer.get("/sparql", query_string={"query": "ASK { GRAPH <a:half> { ?s ?p ?o } }"})
    assert answer.get_json()["boolean"] is False and answer.headers["X-Collegium-Version"] == before


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Cookie": f"Authorization=Bearer {TOKEN}; token={TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer \xe9"},
    ],
)
def test_only_the_token_in_the_header_writes(given: dict[str, str], writer: FlaskClient) -> None:
    """If it failed: a page of somebody else could write with a reader's browser, or anybody could."""
    form = {"update": "CLEAR ALL", "token": TOKEN, "access_token": TOKEN}
    for sent in ({"data": form}, {"data": "CLEAR ALL", "content_type": UPDATE["Content-Type"]}):
        answer = writer.post("/sparql", headers=given, **sent)  # type: ignore[arg-type]
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
    lower = {"Authorization": f"bearer  {TOKEN} "}
    assert (
        writer.post("/sparql", data={"update": "CLEAR SILENT GRAPH <a:x>"}, headers=lower).status_code == 204
    )


def test_an_answer_that_is_held_is_not_sent_again(client: FlaskClient) -> None:
    """If it failed: each look at a page would send all again, or an old answer would be kept as new."""
    query = {"query": "SELECT ?t { ?p dcterms:title ?t }"}
    first = client.get("/sparql", query_string=query)
    assert first.headers["Vary"] == "Accept" and first.headers["Cache-Control"] == "no-cache"
    held = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/sparql", query_string=query, headers=held)
    assert (again.status_code, again.data) == (304, b"") and again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["X-Collegium-Version"] == first.headers["X-Collegium-Version"]
    assert client.get("/sparql", query_string=query, headers=held | {"Accept": "text/csv"}).status_code == 200
    assert client.get("/sparql", query_string=query, headers={"If-None-Match": "*"}).status_code == 304
    assert client.get("/sparql?query=nonsense", headers={"If-None-Match": "*"}).status_code == 400


def test_a_tag_is_for_who_can_use_it(client: FlaskClient) -> None:
    """If it failed: whoever posts a query would take the tag from those who ask for the same by its address."""
    query = {"query": "SELECT ?t { ?p dcterms:title ?t } LIMIT 2"}
    for _ in range(2):  # made by a worker, then kept
        posted, asked = client.post("/sparql", data=query), client.get("/sparql", query_string=query)
        assert posted.data == asked.data and "ETag" not in posted.headers and asked.headers["ETag"]


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_by_itself_is_asked_anew(call: str, client: FlaskClient) -> None:
    """If it failed: the second who asks for the time would be told the first one's."""
    answers = [client.get("/sparql", query_string={"query": f"SELECT ({call} AS ?x) {{}}"}) for _ in range(2)]
    assert all("ETag" not in answer.headers for answer in answers)
    if call != "BNODE()":
        assert answers[0].data != answers[1].data


def test_a_kept_answer_is_kept_for_its_own_question(client: FlaskClient) -> None:
    """If it failed: the same bytes under another type would be answered by what they meant under the first."""
    body = "query=ASK%7B%7D"
    assert client.post("/sparql", data=body, headers=FORM).status_code == 200
    assert client.post("/sparql", data=body, headers=QUERY).status_code == 400
    for graph, is_there in (("http://localhost:8000/dataset/none", False), (None, True)):
        asked = {"query": "ASK { ?p a soa:Work }"} | ({"default-graph-uri": graph} if graph else {})
        assert (client.post("/sparql", data=asked).get_json())["boolean"] is is_there


def test_head_says_what_get_would(client: FlaskClient) -> None:
    """If it failed: a client that looks before it fetches would be told something else."""
    query = {"query": "SELECT ?t { ?p dcterms:title ?t } LIMIT 5"}
    head, whole = client.head("/sparql", query_string=query), client.get("/sparql", query_string=query)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "X-Collegium-Version", "Vary"):
        assert head.headers[name] == whole.headers[name]
    assert client.head("/sparql?query=nonsense").status_code == 400


def test_pages_of_other_origins_may_ask(client: FlaskClient) -> None:
    """If it failed: editors on other sites could not ask, or not read why they were refused."""
    asked = client.options("/sparql", headers={"Origin": "https://yasgui.example"})
    assert asked.status_code == 204 and "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert {"Accept", "Authorization", "Content-Type"} <= set(
        asked.headers["Access-Control-Allow-Headers"].split(", ")
    )
    for address in ("/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/sparql"):
        answer = client.get(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "X-Collegium-Version" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("accept", "query", "media_type"),
    [
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "SELECT * {}", "text/tab-separated-values"),
        ("application/sparql-results+xml, */*;q=0.1", "SELECT * {}", "application/sparql-results+xml"),
        ("application/*;q=0.5, text/csv;q=0.4", "SELECT * {}", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "SELECT * {}", "application/sparql-results+xml"),
        ("text/csv;q=0, text/*", "SELECT * {}", "text/tab-separated-values"),
        ("text/turtle;q=0.4, application/n-quads;q=0.5", "CONSTRUCT WHERE {}", "application/n-quads"),
        ("application/trig;q=0.9, */*;q=0.1", "CONSTRUCT WHERE {}", "application/trig"),
        ("application/ld+json, text/turtle", "DESCRIBE <a:a>", "text/turtle"),
        ("application/rdf+xml;q=1, text/turtle;q=0.999", "DESCRIBE <a:a>", "application/rdf+xml"),
        ("*/*", "ASK {}", "application/sparql-results+json"),
    ],
)
def test_the_best_form_is_taken(accept: str, query: str, media_type: str, client: FlaskClient) -> None:
    """If it failed: a client would get a form that it likes less, or that it cannot read."""
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.mimetype == media_type, answer.text


def test_terms_of_rdf_1_2_pass_through(writer: FlaskClient) -> None:
    """If it failed: a triple term or a direction of writing would be lost on the way in or out."""
    text = """VERSION "1.2" INSERT DATA { GRAPH <a:new> {
        <a:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <a:s> <a:p> "שלום"@he--rtl )>> } }"""
    assert writer.post("/sparql", data=text.encode(), headers=WRITING | UPDATE).status_code == 204
    row = writer.get(
        "/sparql", query_string={"query": "SELECT ?t { GRAPH <a:new> { ?r rdf:reifies ?t } }"}
    ).get_json()["results"]["bindings"][0]["t"]
    assert row["type"] == "triple"
    assert row["value"]["object"] == {
        "type": "literal", "value": "שלום", "xml:lang": "he", "its:dir": "rtl"
    }  # fmt: skip
    for accept, form in (("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES)):
        answer = writer.get(
            "/sparql",
            query_string={"query": "CONSTRUCT { ?r rdf:reifies ?t } { GRAPH <a:new> { ?r rdf:reifies ?t } }"},
            headers={"Accept": accept},
        )
        (triple,) = parse(answer.data, form)
        assert str(triple.object) == '<a:s> <a:p> "שלום"@he--rtl'


def test_a_small_answer_that_is_cut_says_so(writer: FlaskClient) -> None:
    """If it failed: 50 rows of 100 would look like all there are."""
    cut = writer.get("/sparql", query_string={"query": NUMBERS})
    assert len(cut.get_json()["results"]["bindings"]) == 50 and cut.headers["X-Collegium-Truncated"] == "true"
    for text in (f"{NUMBERS} LIMIT 50", "SELECT * { VALUES ?a { 1 2 } }", "ASK {}"):
        assert "X-Collegium-Truncated" not in writer.get("/sparql", query_string={"query": text}).headers
    again = writer.get("/sparql", query_string={"query": NUMBERS})
    assert again.data == cut.data and again.headers["X-Collegium-Truncated"] == "true"  # the kept one


def test_a_large_answer_that_is_cut_breaks_off(writer: FlaskClient) -> None:
    """If it failed: a client would hold a part of a large answer for the whole, as its head was sent already."""
    long = "x" * 10_000
    text = f'SELECT ?a ?b ?x {{ {NUMBERS.partition("{")[2].rpartition("}")[0]} BIND("{long}" AS ?x) }}'
    answer = writer.post("/sparql", data=text, headers=QUERY)
    assert answer.status_code == 200 and answer.headers["X-Collegium-At-Most-Rows"] == "50"
    assert "Content-Length" not in answer.headers
    with pytest.raises(AnswerTooLarge):
        _ = answer.data


def test_a_problem_is_a_document_with_its_headers(client: FlaskClient) -> None:
    """If it failed: a client could not tell what happened, or would keep the refusal as an answer."""
    answer = client.get("/sparql?query=nonsense")
    document = json.loads(answer.data)
    assert document["type"] == "/problems/query-syntax" and document["instance"] == "/sparql?query=nonsense"
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
