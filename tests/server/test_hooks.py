"""Headers, caching and versions: what every answer carries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.hooks import CONTENT_SECURITY_POLICY
from collegium.server.service import KnowledgeGraph

VARIED = [
    "/",
    "/author/xingtai-lv",
    "/author/xingtai-lv?format=ttl",
    "/api/authors",
    "/api/centrality/degree?format=csv",
    "/sparql?query=ASK{}",
    "/network",
    "/author/nobody",
    "/api/authors?limit=many",
    "/livez",
    "/static/site.css",
]


@pytest.mark.parametrize("path", VARIED)
def test_every_answer_is_guarded_and_open_to_read(client: FlaskClient, path: str) -> None:
    """If it failed: one page without the policy is enough for a script to run."""
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", VARIED[:7])
def test_an_answer_names_its_version_and_can_be_kept(client: FlaskClient, path: str) -> None:
    """If it failed: clients would load again what they have, or keep what is old."""
    first = client.get(path)
    assert first.status_code == 200
    assert first.headers["X-Collegium-Version"] == "1"
    assert "Accept" in first.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Accept" in again.headers["Vary"]
    for _ in range(2):  # not the empty one is kept
        whatever = client.get(path, headers={"If-None-Match": "*"})
        assert (whatever.status_code, whatever.headers["ETag"]) == (304, first.headers["ETag"])
    assert client.get(path).data == first.data
    assert client.get("/api/authors/nobody", headers={"If-None-Match": "*"}).status_code == 404


def test_two_forms_of_one_thing_have_two_tags(client: FlaskClient) -> None:
    """If it failed: a cache would hand Turtle to a browser."""
    tags = {
        client.get("/author/xingtai-lv", headers={"Accept": accept}).headers["ETag"]
        for accept in ("text/html", "text/turtle", "application/ld+json")
    }
    assert len(tags) == 3


def test_errors_are_not_kept(client: FlaskClient) -> None:
    """If it failed: something missing would stay missing in caches."""
    assert "ETag" not in client.get("/author/nobody").headers


@pytest.mark.parametrize("path", VARIED[:6])
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    """If it failed: link checkers and caches would see another page than readers."""
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == get.headers[name]


def test_pages_of_other_origins_may_ask(client: FlaskClient) -> None:
    """If it failed: YASGUI and notebooks in a browser could not post queries."""
    answer = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert "POST" not in client.options("/api/authors").headers["Allow"]
    assert client.options("/nowhere").status_code in (204, 404)


def test_static_files_may_be_kept_for_long(client: FlaskClient) -> None:
    """If it failed: each page would load its style anew; or a new style would not be seen for a year."""
    page = client.get("/").text
    address = page.partition('href="/static/site.css')[2].partition('"')[0]
    assert address.startswith("?v=") and len(address) > 8
    with client.get("/static/site.css") as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_load_is_seen_by_the_next_request(tmp_path: Path, seed_page: Path) -> None:
    """If it failed: the service would have to be started anew after each load."""
    kg = KnowledgeGraph(
        Store.open(tmp_path / "s", create=True), clock=lambda: datetime(2026, 11, 23, tzinfo=UTC)
    )
    client = create_app(Settings(store=tmp_path / "s"), kg).test_client()
    before = client.get("/api/authors")
    KnowledgeGraph(Store.open(tmp_path / "s", create=True)).load(seed_page)
    after = client.get("/api/authors", headers={"If-None-Match": before.headers["ETag"]})
    assert (before.json or {})["total"] == 0
    assert (after.json or {})["total"] == 25
    assert after.headers["X-Collegium-Version"] > before.headers["X-Collegium-Version"]


def test_no_cache_means_none(service: KnowledgeGraph, tmp_path: Path) -> None:
    """If it failed: COLLEGIUM_CACHE_BYTES=0 would be no way to measure what an answer costs."""
    app = create_app(Settings(store=tmp_path / "s", cache_bytes=0), service)
    app.test_client().get("/")
    assert not app.extensions["collegium.answers"]._answers
