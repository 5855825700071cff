"""Health, readiness, figures."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph


def test_a_living_service_says_so(client: FlaskClient) -> None:
    """If it failed: a supervisor would restart what works."""
    for path in ("/livez", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/plain")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_service_that_lost_its_store_lives_and_is_not_ready(tmp_path: Path, seed_page: Path) -> None:
    """If it failed: a balancer would send requests to a service that can answer none."""
    from collegium.graph.store import Store

    kg = KnowledgeGraph(Store.open(tmp_path / "s", create=True))
    kg.load(seed_page)
    client = create_app(Settings(store=tmp_path / "s"), kg).test_client()
    assert client.get("/readyz").status_code == 200
    (tmp_path / "s" / "store.json").unlink()
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 503
    told = client.get("/api/authors")
    assert told.status_code in (500, 503) and str(tmp_path) not in told.text


def test_figures_are_in_the_format_of_prometheus(client: FlaskClient) -> None:
    """If it failed: a scrape would be refused."""
    client.get("/author/nobody")
    text = client.get("/metrics").text
    line = re.compile(r'(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? [0-9.e+-]+)')
    assert all(line.fullmatch(row) for row in text.splitlines())
    assert "collegium_store_version 1" in text
    assert 'collegium_requests_total{endpoint="entity",status="404"}' in text
