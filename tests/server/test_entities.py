"""Things as data: the same address in every RDF format."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from collegium.server.entities import serialised

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PARSERS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nq": ("application/n-quads", "nquads"),
    "trig": ("application/trig", "trig"),
}
BASE = "http://localhost:8000/"


def graph(client: FlaskClient, path: str, name: str = "ttl") -> rdflib.Graph:
    """Return the RDF of an address."""
    answer = client.get(path, query_string={"format": name})
    assert answer.status_code == 200, answer.text
    found: rdflib.Graph = rdflib.Dataset() if name in ("nq", "trig") else rdflib.Graph()
    found.parse(data=answer.data, format=PARSERS[name][1])
    return found.default_graph if isinstance(found, rdflib.Dataset) else found


def paths(client: FlaskClient) -> dict[str, str]:
    """Return an address of each kind."""
    paper = (client.get("/api/papers?q=sparse").json or {})["results"][0]["id"]
    source = client.get("/sources").text.partition('href="/source/')[2].partition('"')[0]
    return {
        "author": "/author/xingtai-lv",
        "paper": f"/paper/{paper}",
        "institution": "/institution/tsinghua",
        "category": "/category/cs.CL",
        "source": f"/source/{source}",
    }


@pytest.mark.parametrize("kind", ["author", "paper", "institution", "category", "source"])
def test_every_format_says_the_same(client: FlaskClient, kind: str) -> None:
    """If it failed: a format would drop or change statements."""
    path = paths(client)[kind]
    graphs = [graph(client, path, name) for name in PARSERS]
    first = set(graphs[0])
    assert len(first) > 3
    assert all(set(other) == first for other in graphs[1:])


@pytest.mark.parametrize("name", list(PARSERS))
def test_accept_asks_as_well(client: FlaskClient, name: str) -> None:
    """If it failed: only our own links would get data."""
    media_type = PARSERS[name][0]
    answer = client.get("/author/xingtai-lv", headers={"Accept": media_type})
    assert answer.mimetype == media_type


def test_an_author_comes_with_authorships_metrics_and_names(client: FlaskClient) -> None:
    """If it failed: a reader of the data would have to ask for each neighbour to learn its name."""
    found = graph(client, "/author/xingtai-lv")
    author = rdflib.URIRef(BASE + "author/xingtai-lv")
    soa = rdflib.Namespace("https://semopenalex.org/ontology/")
    dcterms = rdflib.Namespace("http://purl.org/dc/terms/")
    papers = set(found.subjects(dcterms.creator, author))
    assert len(papers) == 17
    assert all(found.value(paper, dcterms.title) for paper in papers)
    assert len(set(found.subjects(soa.hasAuthor, author))) == 17
    values = {
        int(str(v)) for v in found.objects(None, rdflib.URIRef("http://purl.org/spar/bido/hasNumericValue"))
    }
    assert {35, 17, 1150, 44, 60} <= values


def test_a_source_comes_with_its_records(client: FlaskClient) -> None:
    """If it failed: provenance would end at the file, not at the line."""
    found = graph(client, paths(client)["source"])
    records = set(found.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/collegium/ns#Record")))
    assert len(records) == 18


def test_a_name_comes_back_as_it_is(hostile: FlaskClient) -> None:
    """If it failed: a serialiser would let a quote end a literal."""
    from hostile_names import HOSTILE

    for number, name in enumerate(HOSTILE):
        for form in PARSERS:
            found = graph(hostile, f"/author/h{number}", form)
            names = found.objects(
                rdflib.URIRef(f"{BASE}author/h{number}"), rdflib.URIRef("http://xmlns.com/foaf/0.1/name")
            )
            assert [str(value) for value in names] == [name]


def test_a_part_leads_to_the_whole(client: FlaskClient) -> None:
    """If it failed: the IRI of an authorship or a metric would open nothing."""
    for path in paths(client).values():
        answer = client.get(f"{path}/a/1-someone", headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.headers["Location"]) == (303, path)


@pytest.mark.parametrize("kind", ["author", "paper", "institution", "category", "source"])
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_is_not_there_is_not_there(client: FlaskClient, kind: str, accept: str) -> None:
    """If it failed: an empty graph or page would say that there is such a thing."""
    assert client.get(f"/{kind}/nothing.at.all", headers={"Accept": accept}).status_code == 404


def test_our_vocabulary_is_published(client: FlaskClient) -> None:
    """If it failed: `ck:` terms would mean nothing to a reader of the data."""
    from collegium.graph.own_terms import OWN_TERMS

    found = graph(client, "/ns")
    labels = {str(label) for label in found.objects(None, rdflib.RDFS.label)}
    assert labels == set(OWN_TERMS)
    assert client.get("/ns", headers={"Accept": "text/html"}).mimetype == "text/html"


@pytest.mark.parametrize(
    ("word", "media_type"),
    [
        ("turtle", "text/turtle"),
        ("xml", "application/rdf+xml"),
        ("rdfxml", "application/rdf+xml"),
        ("json-ld", "application/ld+json"),
        ("n-triples", "application/n-triples"),
    ],
)
def test_common_words_for_a_format_are_understood(client: FlaskClient, word: str, media_type: str) -> None:
    """If it failed: `?format=turtle` would be refused though it can only mean one thing."""
    assert client.get(f"/author/xingtai-lv?format={word}").mimetype == media_type


def test_json_is_the_card_of_the_api_where_there_is_one(client: FlaskClient) -> None:
    """If it failed: `?format=json` would give something else than the link "JSON" on the page."""
    answer = client.get("/author/xingtai-lv?format=json")
    assert (answer.status_code, answer.location) == (303, "/api/authors/xingtai-lv")
    assert client.get(paths(client)["source"] + "?format=json").mimetype == "application/ld+json"


HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")


@pytest.mark.parametrize("kind", ["author", "institution", "category", "source"])
def test_a_hub_is_described_in_pages(client: FlaskClient, kind: str) -> None:
    """If it failed: an author of 20,000 papers would be one endless answer, or its pages would not make the whole."""
    path = paths(client)[kind]
    whole = graph(client, path)
    together, address, pages = rdflib.Graph(), f"{path}?format=ttl&limit=5", 0
    while address:
        answer = client.get(address)
        page = rdflib.Graph().parse(data=answer.data, format="turtle")
        (view,) = page.objects(rdflib.URIRef(BASE + path[1:]), HYDRA.view)
        following = page.value(view, HYDRA.next)
        assert page.value(view, rdflib.RDFS.comment)
        assert answer.headers["X-Collegium-Truncated"] == ("true" if following else "false")
        assert (following is not None) == ('rel="next"' in answer.headers["Link"])
        together += page
        pages += 1
        address = f"{following}&format=ttl".removeprefix(BASE[:-1]) if following else ""
    views = set(together.objects(None, HYDRA.view))
    assert len(views) == pages > 1
    assert {t for t in together if t[0] not in views and t[1] != HYDRA.view} == set(whole)


def test_what_fits_is_not_called_cut(client: FlaskClient) -> None:
    """If it failed: every description would say that it is a part of something."""
    answer = client.get("/author/xingtai-lv?format=ttl")
    assert answer.headers["X-Collegium-Truncated"] == "false" and "Link" not in answer.headers
    assert "hydra" not in answer.text


def test_behind_the_last_page_stands_the_thing_alone(client: FlaskClient) -> None:
    """If it failed: a page too far would be an error, or count backwards."""
    answer = client.get("/author/xingtai-lv?format=ttl&offset=500")
    assert answer.status_code == 200 and "No neighbours of 17" in answer.text
    assert 'rel="prev"' in answer.headers["Link"] and 'rel="next"' not in answer.headers["Link"]


@pytest.mark.parametrize("given", ["limit=0", "limit=1001", "offset=-1", "limit=a"])
def test_pages_of_a_hub_have_bounds(client: FlaskClient, given: str) -> None:
    """If it failed: `limit` would be the way to the endless answer."""
    assert client.get(f"/author/xingtai-lv?format=ttl&{given}").status_code == 400


def test_addresses_that_no_iri_can_be_made_of_are_not_there(client: FlaskClient) -> None:
    """If it failed: a space in an address would be an error of ours."""
    for name in ("a%20b", "%3Cx%3E", "%22", "a%0Ab", "a%5Cb", "%ED%A0%80"):
        for kind in paths(client):
            for accept in ("text/turtle", "text/html"):
                assert client.get(f"/{kind}/{name}", headers={"Accept": accept}).status_code == 404


def test_xml_holds_no_character_that_it_cannot_hold() -> None:
    """If it failed: one odd character in a title would keep a program from reading the thing."""
    title = ox.Triple(
        ox.NamedNode("http://a.example/p"), ox.NamedNode("http://a.example/t"), ox.Literal("A\x01\r")
    )
    found = rdflib.Graph().parse(data=serialised([title], "application/rdf+xml"), format="xml")
    assert [str(value) for value in found.objects()] == ["A\ufffd\r"]
    assert ox.Literal("A\x01\r") in {
        t.object for t in ox.parse(serialised([title], "text/turtle"), ox.RdfFormat.TURTLE)
    }
