"""The clients that people have, against a served store: rdflib's SPARQL stores and SPARQLWrapper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from served import TOKEN, WRITING, Served, served

# rdflib 7.6 warns of its own use of what it is about to remove.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:SPARQLWrapper"),
]

WORKS = "SELECT ?p ?t { ?p a soa:Work ; dcterms:title ?t }"
PREFIXES = "PREFIX soa: <https://semopenalex.org/ontology/> PREFIX dcterms: <http://purl.org/dc/terms/> "
AUTHOR = URIRef("http://localhost:8000/author/xingtai-lv")
GRAPH = URIRef("http://example.org/graph")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service that takes updates. Prevents: a client's odd headers are met by the test client only."""
    with served(tmp_path_factory.mktemp("clients") / "store", token=TOKEN) as found:
        yield found


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_asks(method: str, form: str, service: Served) -> None:
    """If it failed: rdflib could not use us as a remote graph."""
    store = SPARQLStore(service.address + "/sparql", method=method, returnFormat=form)
    graph = Graph(store)
    assert len(list(graph.query(PREFIXES + WORKS))) == 17
    if form in ("json", "xml"):  # the others have no form for ASK
        assert graph.query(PREFIXES + "ASK { ?p a soa:Work }").askAnswer is True
        assert graph.query(PREFIXES + "ASK { ?p a soa:Nothing }").askAnswer is False
    if form == "xml":
        assert graph.value(AUTHOR, FOAF.name) == Literal("Xingtai Lv")
        assert (AUTHOR, FOAF.name, None) in graph and (AUTHOR, FOAF.name, Literal("No")) not in graph


@pytest.mark.parametrize("form", ["xml", "turtle", "n3", "nt", "json-ld"])
def test_rdflib_constructs(form: str, service: Served) -> None:
    """If it failed: rdflib could not read the graph that it asked for."""
    store = SPARQLStore(service.address + "/sparql", returnFormat=form)
    asked = "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p a soa:Work ; dcterms:title ?t }"
    found = Graph(store).query(PREFIXES + asked).graph
    assert found is not None and len(set(found.subjects(DCTERMS.title))) == 17


def test_rdflib_writes_with_the_token(service: Served) -> None:
    """If it failed: rdflib could not add to a graph of ours, or would read what it wrote too late."""
    address = service.address + "/sparql"
    store = SPARQLUpdateStore(address, address, headers=WRITING, returnFormat="json")
    graph = Graph(store, GRAPH)
    triple = (URIRef("http://example.org/s"), DCTERMS.title, Literal("Käse", lang="de"))
    graph.add(triple)
    assert triple in graph and len(graph) == 1
    graph.update('INSERT DATA { <http://example.org/s> <http://example.org/p> "2" }')
    assert len(graph) == 2
    graph.remove(triple)
    assert len(graph) == 1 and triple not in graph
    stranger = SPARQLUpdateStore(address, address, returnFormat="json")
    with pytest.raises(HTTPError) as refused:
        Graph(stranger, GRAPH).add(triple)
    assert refused.value.code == 401
    refused.value.close()


def wrapper(service: Served, text: str, form: str) -> Any:
    """Return SPARQLWrapper with a query."""
    module = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    found = module.SPARQLWrapper(service.address + "/sparql")
    found.setQuery(text)
    found.setReturnFormat(form)
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("how", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_asks(method: str, how: str, service: Served) -> None:
    """If it failed: the client that most notebooks use could not ask us."""
    asked = wrapper(service, PREFIXES + WORKS, "json")
    asked.setMethod(method)
    asked.setRequestMethod(how)
    assert len(asked.queryAndConvert()["results"]["bindings"]) == 17
    yes = wrapper(service, PREFIXES + "ASK { ?p a soa:Work }", "json")
    assert yes.queryAndConvert()["boolean"] is True
    document = wrapper(service, PREFIXES + WORKS, "xml").queryAndConvert()
    assert len(document.getElementsByTagName("result")) == 17
    assert wrapper(service, PREFIXES + WORKS, "csv").queryAndConvert().startswith(b"p,t\r\n")


@pytest.mark.parametrize("form", ["turtle", "rdf+xml", "json-ld", "n3"])
def test_sparqlwrapper_constructs(form: str, service: Served) -> None:
    """If it failed: notebooks could not read graphs."""
    asked = wrapper(service, PREFIXES + "CONSTRUCT WHERE { ?p a soa:Work ; dcterms:title ?t }", form)
    found = asked.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found)
    assert len(graph) == 34


@pytest.mark.parametrize("how", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_writes_with_the_token(how: str, service: Served) -> None:
    """If it failed: notebooks could not write, or could without the token."""
    asked = wrapper(service, "INSERT DATA { GRAPH <a:w> { <a:a> <a:b> 1 } }", "json")
    asked.setMethod("POST")
    asked.setRequestMethod(how)
    errors = pytest.importorskip("SPARQLWrapper.SPARQLExceptions", reason="SPARQLWrapper is not installed")
    with pytest.raises(errors.Unauthorized):
        asked.query()
    asked.addCustomHttpHeader("Authorization", WRITING["Authorization"])
    asked.query()
    assert service.query("ASK { GRAPH <a:w> { <a:a> <a:b> 1 } }").json["boolean"] is True
    with pytest.raises(errors.QueryBadFormed, match="query-syntax"):
        wrapper(service, "SELECT", "json").query()
