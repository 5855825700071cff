"""Where a ranking is made: here where it costs next to nothing, else in another process, and nothing is kept half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.graph.measures import measure
from collegium.graph.store import Store
from collegium.server import editions, served
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from processes_seen import needs_linux

pytestmark = needs_linux


@pytest.fixture(params=["disk", "memory"])
def heavy(
    request: pytest.FixtureRequest, tmp_path: Path, seed_page: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[KnowledgeGraph, Flask]]:
    """Return a service for which everything is heavy. Prevents: what is light is made here, and nothing is tried."""
    monkeypatch.setattr(served, "AT_ONCE_S", -1.0)
    store = Store.memory() if request.param == "memory" else Store.open(tmp_path / "store", create=True)
    kg = KnowledgeGraph(store)
    kg.load(seed_page)
    app = create_app(Settings(store=tmp_path / "store"), kg)
    yield kg, app
    app.extensions["collegium.room"].close()


def test_nothing_heavy_is_computed_here(
    heavy: tuple[KnowledgeGraph, Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the web process would freeze, and its answers be others than those of Python."""
    kg, app = heavy
    expected = measure(kg.edition().compact(editions.Wanted()), "betweenness")

    def computed(*_: Any, **__: Any) -> None:
        raise AssertionError("computed in the web process")

    monkeypatch.setattr(editions, "measure", computed)
    answer: Any = app.test_client().get("/api/centrality/betweenness?wait=30&limit=100")
    assert answer.status_code == 200
    assert [(row["iri"], row["value"]) for row in answer.json["results"]] == [
        (row.iri, row.value) for row in expected
    ]
    assert answer.json["version"] == kg.version  # of a copy of a store in memory it would be 1


def test_pagerank_around_an_author_comes_from_elsewhere_too(heavy: tuple[KnowledgeGraph, Flask]) -> None:
    """If it failed: the job would forget who is in the middle, or the permalink lead to another ranking."""
    kg, app = heavy
    client = app.test_client()
    asked = "/api/centrality/pagerank?around=xingtai-lv,Ning%20Ding&wait=30&limit=3"
    answer: Any = client.get(asked)
    assert answer.status_code == 200, answer.text
    expected = kg.centrality("pagerank", around=["Xingtai Lv", "ning-ding"])
    assert [row["value"] for row in answer.json["results"]] == [row.value for row in expected.top(3)]
    assert answer.json["results"][0]["value"] > kg.centrality("pagerank").top(1)[0].value
    again: Any = client.get(answer.json["permalink"])
    assert again.json["unchanged"] is True and "around=" in answer.json["permalink"]
    for wrong, status in (("around=nobody", 404), ("around=xingtai-lv&firmness=5", 400), ("around=,", 400)):
        assert client.get(f"/api/centrality/pagerank?{wrong}&wait=30").status_code == status
    assert client.get("/api/centrality/degree?around=xingtai-lv").status_code == 400


def test_pages_say_what_is_not_there_yet_and_are_not_kept(heavy: tuple[KnowledgeGraph, Flask]) -> None:
    """If it failed: a page that lacks figures would be shown until the store changes."""
    _, app = heavy
    client = app.test_client()
    page = client.get("/author/xingtai-lv")
    assert page.status_code == 200 and b"It is being computed" in page.data and "ETag" not in page.headers
    for name in ("betweenness", "degree"):  # whatever home shows, and the author's page
        client.get(f"/api/centrality/{name}?wait=30")
    assert _settled(client, "/author/xingtai-lv") and _settled(client, "/")


def _settled(client: FlaskClient, address: str) -> bool:
    """Return whether a page is whole in the end, and kept then."""
    for _ in range(60):
        page = client.get(address)
        if b"It is being computed" not in page.data:
            return page.status_code == 200 and "ETag" in page.headers
        client.get("/api/centrality/pagerank?wait=1&min_weight=1.5")  # a second, or until it is there
    return False


def test_a_full_disk_is_told(heavy: tuple[KnowledgeGraph, Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: what could not be kept would be computed here after all."""
    _, app = heavy
    monkeypatch.setattr(served.Shelf, "find", lambda *_: None)
    answer: Any = app.test_client().get("/api/centrality/betweenness?wait=30")
    assert answer.status_code == 503 and "could not be put into the store" in answer.json["detail"]
