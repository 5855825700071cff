"""Heads of pages: where the RDF is, and what schema.org would call the thing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from hostile_names import HOSTILE
from page_check import page

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

BASE = "http://localhost:8000/"
SCHEMA = rdflib.Namespace("https://schema.org/")
# In place of the context that a reader of JSON-LD would fetch: a test asks nobody.
_CONTEXT = {
    "@vocab": str(SCHEMA),
    "url": {"@type": "@id"},
    "license": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
}
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_RDF = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}


def block(text: str) -> dict[str, Any]:
    """Return the one JSON-LD block of a page."""
    (found,) = _BLOCK.findall(text)
    data: dict[str, Any] = json.loads(found)
    assert data["@context"] == "https://schema.org"
    return data


def facts(text: str) -> rdflib.Graph:
    """Return what the JSON-LD of a page says."""
    data = {**block(text), "@context": _CONTEXT}
    return rdflib.Graph().parse(data=json.dumps(data), format="json-ld")


def test_an_author_is_a_person(client: FlaskClient) -> None:
    """If it failed: search engines would not know whom the page is about."""
    found = facts(page(client, "/author/xingtai-lv"))
    me = rdflib.URIRef(BASE + "author/xingtai-lv")
    assert (me, rdflib.RDF.type, SCHEMA.Person) in found
    assert (me, SCHEMA.name, rdflib.Literal("Xingtai Lv")) in found
    assert (me, SCHEMA.url, me) in found
    assert found.value(found.value(me, SCHEMA.knowsAbout), SCHEMA.termCode) is not None


def test_a_paper_is_a_scholarly_article(client: FlaskClient) -> None:
    """If it failed: a paper would be found without its authors, date, or subject."""
    identifier = (client.get("/api/papers?q=sparse").json or {})["results"][0]["id"]
    found = facts(page(client, f"/paper/{identifier}"))
    me = rdflib.URIRef(f"{BASE}paper/{identifier}")
    assert (me, rdflib.RDF.type, SCHEMA.ScholarlyArticle) in found
    authors = set(found.objects(me, SCHEMA.author))
    assert rdflib.URIRef(BASE + "author/ning-ding") in authors
    assert all((author, rdflib.RDF.type, SCHEMA.Person) in found for author in authors)
    assert found.value(me, SCHEMA.datePublished) == rdflib.Literal("2023-11-20")
    assert (found.value(me, SCHEMA.about), rdflib.RDF.type, SCHEMA.DefinedTerm) in found


def test_an_institution_and_a_category(client: FlaskClient) -> None:
    """If it failed: they would be of no kind that others know."""
    place = rdflib.URIRef(BASE + "institution/tsinghua")
    assert (place, rdflib.RDF.type, SCHEMA.Organization) in facts(page(client, "/institution/tsinghua"))
    category = rdflib.URIRef(BASE + "category/cs.CL")
    found = facts(page(client, "/category/cs.CL"))
    assert (category, SCHEMA.termCode, rdflib.Literal("cs.CL")) in found
    assert found.value(category, SCHEMA.inDefinedTermSet) == rdflib.URIRef(BASE + "scheme/arxiv")


@pytest.mark.parametrize("path", ["/", "/about"])
def test_the_whole_is_a_data_set_that_can_be_had(client: FlaskClient, path: str) -> None:
    """If it failed: data set search would not find the store, or not the file."""
    found = facts(page(client, path))
    whole = rdflib.URIRef(BASE + "dataset")
    assert (whole, rdflib.RDF.type, SCHEMA.Dataset) in found
    assert 50 <= len(str(found.value(whole, SCHEMA.description))) <= 5000
    file = found.value(whole, SCHEMA.distribution)
    assert found.value(file, SCHEMA.contentUrl) == rdflib.URIRef(BASE + "dump.nq.gz")
    assert found.value(whole, SCHEMA.license) is None


def test_the_licence_is_what_the_settings_say(service: KnowledgeGraph, settings: Settings) -> None:
    """If it failed: data would be given away under a licence that nobody chose, or under none."""
    chosen = "https://creativecommons.org/publicdomain/zero/1.0/"
    client = create_app(replace(settings, license=chosen), service).test_client()
    found = facts(page(client, "/"))
    assert found.value(rdflib.URIRef(BASE + "dataset"), SCHEMA.license) == rdflib.URIRef(chosen)
    for path in ("/.well-known/void", "/sparql"):
        about = client.get(path, headers={"Accept": "text/turtle"}).text
        assert f"dcterms:license <{chosen}>" in about


def test_a_page_leads_to_every_rdf_form(client: FlaskClient) -> None:
    """If it failed: a program that reads pages would not find the data behind them."""
    for path in ("/author/xingtai-lv", "/institution/tsinghua", "/category/cs.CL"):
        answer = client.get(path, headers={"Accept": "text/html"})
        for media_type in _RDF:
            assert f'rel="alternate"; type="{media_type}"' in answer.headers["Link"]
            address = re.search(
                rf'<link rel="alternate" type="{re.escape(media_type)}" href="([^"]+)">', answer.text
            )
            assert address and client.get(address[1]).mimetype == media_type
        assert f'<{path}?format=ttl>; rel="describedby"' in answer.headers["Link"]


def test_no_name_ends_the_block(hostile: FlaskClient) -> None:
    """If it failed: a title that is `</script><script>…` would run."""
    for number, name in enumerate(HOSTILE):
        for kind, key in (
            ("author", "name"),
            ("paper", "name"),
            ("institution", "name"),
            ("category", "termCode"),
        ):
            text = hostile.get(f"/{kind}/h{number}", headers={"Accept": "text/html"}).text
            assert block(text)[key] == name
            assert not {"<", ">", "&"} & set(_BLOCK.findall(text)[0])


def test_an_empty_store_is_a_data_set_too() -> None:
    """If it failed: the first page a newcomer sees would be an error."""
    client = create_app(Settings(), KnowledgeGraph(Store.memory())).test_client()
    assert block(page(client, "/"))["version"] == "0"
