"""The map of all pages, and what robots are told."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from collegium.graph.store import Store
from collegium.queries.catalogue import CATALOGUE
from collegium.server import sitemap
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph

BASE = "http://localhost:8000/"
_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def located(client: FlaskClient, path: str) -> list[str]:
    """Return the addresses in a map."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ElementTree.fromstring(answer.data)
    return [str(found.text) for found in root.iter(f"{_NAMESPACE}loc")]


def test_every_page_stands_in_the_map_and_opens(client: FlaskClient) -> None:
    """If it failed: a search engine would miss things, or find addresses that open nothing."""
    assert located(client, "/sitemap.xml") == [BASE + "sitemap/1.xml"]
    found = located(client, "/sitemap/1.xml")
    assert len(found) == len(set(found))
    for kind, count in (
        ("author", 25),
        ("paper", 17),
        ("institution", 3),
        ("source", 1),
        ("queries", len(CATALOGUE)),
    ):
        assert sum(address.startswith(f"{BASE}{kind}/") for address in found) == count
    for address in found:
        answer = client.get(address.removeprefix(BASE[:-1]), headers={"Accept": "text/html"})
        assert answer.status_code == 200, address


def test_long_lists_are_cut_into_maps(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a map of more than 50,000 addresses would be refused whole."""
    whole = located(client, "/sitemap/1.xml")
    monkeypatch.setattr(sitemap, "MOST", 40)
    # Another address of the same map: the answers of before are kept.
    maps = located(client, "/sitemap.xml?")
    parts = [located(client, address.removeprefix(BASE[:-1]) + "?") for address in maps]
    assert [len(part) for part in parts[:-1]] == [40] * (len(parts) - 1) and len(parts) == -(
        -len(whole) // 40
    )
    assert [address for part in parts for address in part] == whole
    for number in (0, len(parts) + 1, 10**9):
        assert client.get(f"/sitemap/{number}.xml").status_code == 404


def test_names_are_escaped() -> None:
    """If it failed: an IRI with an ampersand or a letter outside ASCII would break the file."""
    store = Store.memory()
    with store.write() as writer:
        writer.engine.load(
            '@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix : <author/> . :a\\&b a foaf:Person ; foaf:name "x" .'
            ' :зоя a foaf:Person ; foaf:name "y" .',
            format=RdfFormat.TURTLE,
            base_iri=BASE,
        )
        writer.changed = True
    found = located(create_app(Settings(), KnowledgeGraph(store)).test_client(), "/sitemap/1.xml")
    assert {BASE + "author/a%26b", BASE + "author/%D0%B7%D0%BE%D1%8F"} <= set(found)


def test_maps_tell_when_the_store_changed(store: Store, seed_page: Path) -> None:
    """If it failed: robots would walk all pages again though nothing changed."""
    kg = KnowledgeGraph(store)
    kg.load(seed_page)
    assert kg.store.committed_at is not None
    text = create_app(Settings(), kg).test_client().get("/sitemap.xml").text
    assert f"<lastmod>{kg.store.committed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" in text


def test_robots_find_the_map_and_stay_out_of_what_computes(client: FlaskClient) -> None:
    """If it failed: a robot would walk through every query there can be."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    assert rules.site_maps() == [BASE + "sitemap.xml"]
    for path in ("author/xingtai-lv", "dataset", "api/docs", "query"):
        assert rules.can_fetch("anybody", BASE + path), path
    for path in ("api/authors", "sparql?query=x", "search?q=a", "query?query=x"):
        assert not rules.can_fetch("anybody", BASE + path), path


def test_an_empty_store_has_a_map(empty: FlaskClient) -> None:
    """If it failed: a new service would answer robots with an error."""
    assert BASE + "about" in located(empty, "/sitemap/1.xml")
