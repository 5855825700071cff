"""Figures that can be cited: the address asks for the same again, and says whether it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from collegium.graph import vocabulary as v
from collegium.graph.quads import BELIEF
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph


def answer(client: FlaskClient, address: str) -> Any:
    """Return the answer of an address as JSON."""
    found = client.get(address)
    assert found.status_code == 200, found.data
    return found.json


@pytest.fixture
def changing(seed_page: Path, settings: Settings) -> tuple[KnowledgeGraph, FlaskClient]:
    """Return a store that may be changed. Prevents: a test changes the store of the others."""
    kg = KnowledgeGraph(Store.memory())
    kg.load(seed_page)
    return kg, create_app(settings, kg).test_client()


@pytest.mark.parametrize(
    "address",
    [
        "/api/centrality/degree",
        "/api/centrality/strength?weight=fractional&limit=3&offset=2&from=2020&to=2025",
        "/api/centrality/betweenness?sample=10&seed=4&min_weight=0.5",
        "/api/centrality/pagerank?authors=xingtai-lv,ning-ding&category=cs.CL&shown_only=false",
        "/api/centrality/h_index",
    ],
)
def test_the_link_asks_for_the_same_with_every_parameter(client: FlaskClient, address: str) -> None:
    """If it failed: a citation would lead to other figures than it cites."""
    first = answer(client, address)
    link = urlsplit(first["permalink"])
    names = [name for name, _ in parse_qsl(link.query)]
    assert link.path == urlsplit(address).path and names == sorted(set(names))
    assert {"projection", "weight", "complete_only", "limit", "offset", "version", "digest"} <= set(names)
    again = answer(client, first["permalink"])
    assert again["unchanged"] is True and again["permalink"] == first["permalink"]
    assert again["results"] == first["results"] and again["parameters"] == first["parameters"]
    assert again["cited"] == {"version": first["version"], "digest": first["digest"]}
    assert "unchanged" not in first


def test_a_change_is_told(changing: tuple[KnowledgeGraph, FlaskClient]) -> None:
    """If it failed: a number that is no more would be taken for the one that was cited."""
    kg, client = changing
    degrees, papers = (answer(client, f"/api/centrality/{name}?limit=5") for name in ("degree", "papers"))
    authorships = list(kg.store.engine.quads_for_pattern(None, v.DCTERMS_CREATOR, None, BELIEF))
    kg.unload(kg.sources()[0].id)
    gone = answer(client, degrees["permalink"])
    assert authorships and gone["unchanged"] is False and gone["total"] == 0
    assert gone["cited"]["version"] == degrees["version"] < gone["version"]
    assert gone["digest"] != degrees["digest"]
    kg.load(Path(__file__).resolve().parents[2] / "seeds" / "xingtai-lv.txt")
    back = answer(client, papers["permalink"])
    assert back["unchanged"] is True and back["version"] > papers["version"]


def test_what_changes_nothing_changes_no_digest(changing: tuple[KnowledgeGraph, FlaskClient]) -> None:
    """If it failed: every load would make all citations look outdated."""
    kg, client = changing
    before = answer(client, "/api/centrality/degree?limit=5")
    with kg.store.write() as writer:
        thing = v.entity(writer.base, "note", "1")
        writer.engine.add(Quad(thing, v.DCTERMS_TITLE, thing, thing))
        writer.changed = True
    after = answer(client, before["permalink"])
    assert after["version"] == before["version"] + 1 and after["unchanged"] is True


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("version=1", "digest"),
        ("digest=0123456789abcdef", "version"),
        ("version=1&digest=xyz", "digest"),
        ("version=1&digest=0123456789ABCDEF", "digest"),
        ("version=999999&digest=0123456789abcdef", "version"),
        ("version=-1&digest=0123456789abcdef", "version"),
    ],
)
def test_a_citation_that_is_none_is_refused(client: FlaskClient, query: str, parameter: str) -> None:
    """If it failed: it would be told as changed, or as unchanged."""
    found = client.get(f"/api/centrality/degree?{query}")
    assert found.status_code == 400 and (found.json or {})["parameter"] == parameter
