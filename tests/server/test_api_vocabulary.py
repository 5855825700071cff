"""The words that a query can use: those the store uses, by how often, and our own."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.vocabulary import PREFIXES


def words(client: FlaskClient) -> dict[str, Any]:
    """Return the answer."""
    found: dict[str, Any] = client.get("/api/vocabulary").get_json()
    return found


def test_counts_are_those_of_the_store(client: FlaskClient) -> None:
    """If it failed: an editor would offer first what the store hardly uses."""
    by_name = {word["name"]: word for kind in ("classes", "properties") for word in words(client)[kind]}
    for name, query in (
        ("foaf:Person", "SELECT (COUNT(*) AS ?n) { ?s a foaf:Person }"),
        ("dcterms:creator", "SELECT (COUNT(*) AS ?n) { ?s dcterms:creator ?o }"),
    ):
        answer = client.get("/sparql", query_string={"query": query}).get_json(force=True)
        assert by_name[name]["count"] == int(answer["results"]["bindings"][0]["n"]["value"]) > 0
        assert by_name[name]["iri"] == PREFIXES[name.partition(":")[0]] + name.partition(":")[2]


def test_the_most_used_come_first_and_own_terms_are_explained(client: FlaskClient) -> None:
    """If it failed: a list of words would be in no order, or our own words without a meaning."""
    found = words(client)
    for kind in ("classes", "properties"):
        counts = [word["count"] for word in found[kind]]
        assert counts == sorted(counts, reverse=True) and counts[0] > 0
    labels = {word["name"]: word["label"] for word in found["properties"]}
    assert labels["ck:hasCode"] == OWN_TERMS["hasCode"][1]
    assert labels["soa:hasAuthorship"] == "has authorship"


def test_own_terms_are_there_even_when_belief_does_not_use_them(
    client: FlaskClient, empty: FlaskClient
) -> None:
    """If it failed: what stands in other graphs only (the lines of a record) could not be completed."""
    for asked in (client, empty):
        found = {
            word["name"] for kind in ("classes", "properties", "functions") for word in words(asked)[kind]
        }
        own = {
            f"ck:{name}" for name, (kind, _) in OWN_TERMS.items() if kind in ("class", "property", "function")
        }
        assert own <= found
    assert all(word["count"] == 0 for word in words(empty)["properties"])
