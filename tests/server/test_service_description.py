"""What the endpoint says of itself: terms used as they are declared, and nothing left out."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from collegium.queries.functions import FUNCTIONS
from collegium.server.negotiation import GRAPHS, RESULTS
from collegium.server.service import KnowledgeGraph
from collegium.server.service_description import service_description

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


@pytest.fixture
def described(service: KnowledgeGraph) -> Store:
    """Return the description. Prevents: each test writes its own search through triples."""
    found = Store()
    found.extend(Quad(*triple) for triple in service_description(service.edition(), "http://asked/"))
    return found


def objects(store: Store, name: str) -> set[str]:
    """Return the objects of a term of the service description vocabulary."""
    return {q.object.value for q in store.quads_for_pattern(None, NamedNode(SD + name), None)}  # type: ignore[union-attr]


def test_the_endpoint_is_the_address_that_was_asked(described: Store) -> None:
    """If it failed: behind a proxy, tools would be sent to an address that is not ours."""
    assert objects(described, "endpoint") == {"http://asked/"}


def test_every_form_of_an_answer_is_named(described: Store) -> None:
    """If it failed: a tool would not ask for a form that we have."""
    formats = objects(described, "resultFormat")
    assert len(formats) == len(RESULTS) + len(GRAPHS)
    assert all(name.startswith("http://www.w3.org/ns/formats/") for name in formats)


def test_every_function_of_ours_is_named(described: Store) -> None:
    """If it failed: nobody would find what this endpoint has and others do not."""
    assert objects(described, "extensionFunction") == {row.iri.value for row in FUNCTIONS.values()}


def test_terms_are_used_as_they_are_declared(described: Store) -> None:
    """If it failed: the description would not conform to the vocabulary that it is written in."""
    service = "sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset ?d"
    dataset = "void:triples ?n ; void:classPartition ?c ; void:propertyPartition ?p"
    for question in (
        f"ASK {{ ?s a sd:Service ; {service} . ?d a sd:Dataset ; sd:defaultGraph ?g . ?g a sd:Graph }}",
        f"ASK {{ ?d a sd:Dataset ; {dataset} . ?c void:class ?class . ?p void:property ?property }}",
    ):
        assert described.query(f"PREFIX sd: <{SD}> PREFIX void: <{VOID}> {question}"), question
    assert not described.query(
        f"PREFIX sd: <{SD}> ASK {{ ?s a sd:Service . ?t a sd:Service FILTER(?s != ?t) }}"
    )


def test_it_is_negotiated_kept_and_named_like_any_answer(client: FlaskClient) -> None:
    """If it failed: tools that look often would be sent all of it each time, or in a form they cannot read."""
    first = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert first.mimetype == "application/n-triples" and first.headers["X-Collegium-Version"]
    store = Store()
    store.load(first.data, format=RdfFormat.N_TRIPLES)
    assert objects(store, "endpoint") == {"http://localhost/sparql"}
    held = {"Accept": "application/n-triples", "If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", headers=held).status_code == 304
    slashed = client.get("/sparql/", headers=held)
    assert slashed.status_code == 200 and b"<http://localhost/sparql/>" in slashed.data
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    assert client.head("/sparql").data == b""
