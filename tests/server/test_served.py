"""Where a ranking is made: here where it costs next to nothing, else in another process, and nothing is kept half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.graph import mirror as mirrors
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


# Parameters stand by name, as a job's links have them.
DEAR = [
    "/api/communities?limit=2&members=1&stability=2",
    "/api/communities/history?slices=2y",
    "/api/communities/bridges?from=1&to=2",
    "/api/centrality/degree?firmness=5&limit=3",
    "/api/centrality/degree?format=csv&limit=3&slices=2y",
    "/api/suggestions/xingtai-lv?limit=2",
    "/api/suggestions/backtest",
    "/api/network/figures?format=csv",
    "/api/network/series?format=svg",
    "/api/network/columns?size=betweenness",
    "/api/network/export?format=edges.csv",
    "/api/network?limit=3",
    "/api/authors/xingtai-lv/distances?limit=2&offset=1",
    "/api/path?all=true&from=li-sheng&to=ning-ding",
    "/api/queries/category_central_authors?category=cs.CL",
    "/network?size=pagerank",
    "/network?projection=ties&size=papers",
    "/network/explore",
    "/network/ego/xingtai-lv",
    "/network/path?from=li-sheng&to=ning-ding",
    "/centrality/series?measure=degree",
    "/centrality?measure=degree",
    "/author/xingtai-lv",
    "/quality",
    "/",
]


REFUSED = {
    "/api/communities/history?slices=2y&category=none-such": 404,
    "/api/communities/history?slices=0y": 400,
    "/api/communities/bridges?from=1&to=2&institution=nowhere": 404,
    "/api/network/series?authors=nobody": 404,
    "/api/network?projection=citation&weight=harmonic": 400,
    "/api/network?authors=nobody": 404,
    "/api/centrality/closeness?authors=nobody": 404,
    "/api/centrality/pagerank?around=nobody": 404,
    "/api/centrality/betweenness?institution=nowhere&sample=5": 404,
}


def test_a_job_answers_as_the_service_would(
    tmp_path: Path, seed_page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: an answer would depend on how large a store is, or dear things be made in the web process."""
    kg = KnowledgeGraph(Store.open(tmp_path / "store", create=True))
    kg.load(seed_page)
    light, heavy = (create_app(Settings(store=tmp_path / "store"), KnowledgeGraph(kg.store)) for _ in "ab")
    html = {"Accept": "text/html"}
    expected = {address: light.test_client().get(address, headers=_accepts(address)) for address in DEAR}
    monkeypatch.setattr(served, "AT_ONCE_S", -1.0)
    monkeypatch.setattr(served, "LITTLE", -1)
    try:
        for address, status in REFUSED.items():  # at once, and no job is begun for it
            assert heavy.test_client().get(f"{address}&wait=0").status_code == status, address
        assert heavy.test_client().get("/api/jobs").json["total"] == 0
        for address in DEAR:
            answer = _there(heavy.test_client(), address)
            assert answer.data == expected[address].data, address
            for header in ("Content-Type", "Link", "ETag", "X-Collegium-Total", "Content-Security-Policy"):
                assert answer.headers.get(header) == expected[address].headers.get(header), (address, header)
        again: Any = heavy.test_client().get(DEAR[0] + "&wait=0")  # another address of the same answer
        assert again.status_code == 200 and again.data == expected[DEAR[0]].data
        refused = heavy.test_client().get("/api/authors/nobody/distances?wait=30")
        assert (refused.status_code, refused.content_type) == (404, "application/problem+json")
        late: Any = heavy.test_client().get("/api/communities/bridges?from=1&to=999&wait=30")
        assert late.status_code == 404 and late.json["instance"].startswith("/api/communities/bridges?from=1")
        assert (
            heavy.test_client().get("/network/path?from=li-sheng&to=nobody", headers=html).status_code == 404
        )
    finally:
        heavy.extensions["collegium.room"].close()


def _accepts(address: str) -> dict[str, str]:
    return {} if address.startswith("/api/") else {"Accept": "text/html"}


def _there(client: FlaskClient, address: str) -> Any:
    """Return an answer once it is there: a page waits a second only."""
    for _ in range(30):
        answer = client.get(address, headers=_accepts(address))
        if answer.status_code != 202:
            break
    return answer


def test_belief_is_read_elsewhere(tmp_path: Path, seed_page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the first request to a large store would stop all others for a minute."""
    kg = KnowledgeGraph(Store.open(tmp_path / "store", create=True))
    kg.load(seed_page)
    app = create_app(Settings(store=tmp_path / "store"), kg)

    def read(*_: Any) -> None:
        raise AssertionError("read in the web process")

    monkeypatch.setattr(served, "_SMALL_BYTES", -1)
    monkeypatch.setattr(mirrors, "mirror", read)
    answer: Any = app.test_client().get("/api/authors?limit=1")
    assert answer.status_code == 200 and answer.json["total"] > 1
    app.extensions["collegium.room"].close()


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
