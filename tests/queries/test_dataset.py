"""Which queries read the description of the data set beside belief."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from collegium.graph.store import Store
from collegium.queries.dataset import beside_belief
from collegium.server.service import KnowledgeGraph
from strangers import answer_stranger

BASE = "http://localhost:8000/"
HERE = (BASE + "void",)
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def engine(seed_page: Path) -> ox.Store:
    """Return a store as the service loads it. Prevents: a description that no load would write."""
    kg = KnowledgeGraph(Store.memory())
    kg.load(seed_page)
    return kg.store.engine


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?q a sh:SPARQLExecutable }",
        f"SELECT * {{ ?q a <{SH}SPARQLExecutable> }}",
        f"PREFIX s: <{SH}> SELECT * {{ ?q a s:SPARQLExecutable }}",
        f"PREFIX:<{SH}>SELECT*{{?q a :SPARQLExecutable}}",
        "SELECT * { ?c void:class ?k }",
        "SELECT * { ?p <http://ldf.fi/void-ext#datatype> ?d }",
        "DESCRIBE ?s { ?s sd:endpoint ?e }",
    ],
)
def test_a_question_about_the_data_set_reads_its_description(text: str) -> None:
    """If it failed: an editor would find no examples and nothing to complete."""
    assert beside_belief(text, BASE) == HERE


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        f"PREFIX sh: <{SH}> SELECT * {{ ?s a foaf:Person }}",
        f"PREFIX sh: <{SH}> PREFIX void: <http://rdfs.org/ns/void#> SELECT * {{ ?s ?p ?o }}",
        "PREFIX sh: <http://example.org/> SELECT * { ?s sh:a ?o }",
        "SELECT * FROM <http://example.org/g> { ?q a sh:SPARQLExecutable }",
        "SELECT * { ?s foaf:name 'sh:select' } # void:class",
        "",
    ],
)
def test_any_other_question_reads_belief_alone(text: str) -> None:
    """If it failed: figures of belief would count what describes it, or FROM would be read past."""
    assert beside_belief(text, BASE) == ()


def test_belief_is_counted_as_it_was(engine: ox.Store) -> None:
    """If it failed: the number of statements would differ from what VoID says."""
    counted = answer_stranger(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", base_iri=BASE).rows()
    said = answer_stranger(engine, "SELECT ?n { ?d a void:Dataset ; void:triples ?n }", base_iri=BASE).rows()
    assert counted == said


# As sparql-editor sends them (sib-swiss/sparql-editor, metadata.ts), shortened to what they match.
EXAMPLES = f"""PREFIX sh: <{SH}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query
WHERE {{
  ?sq a sh:SPARQLExecutable ;
    rdfs:comment ?comment ;
    sh:select|sh:ask|sh:construct|sh:describe ?query .
}} ORDER BY ?sq"""
DECLARED = f"""PREFIX sh: <{SH}>
SELECT DISTINCT ?prefix ?namespace WHERE {{ [] sh:namespace ?namespace ; sh:prefix ?prefix}} ORDER BY ?prefix"""
CLASSES = """PREFIX void:<http://rdfs.org/ns/void#>
PREFIX void-ext:<http://ldf.fi/void-ext#>
SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
  ?pp void:property ?prop .
  OPTIONAL {
    { ?pp void:classPartition [ void:class ?objectClass ] }
    UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
  }
}"""


def test_an_editor_finds_examples_prefixes_and_classes(engine: ox.Store) -> None:
    """If it failed: sparql-editor pointed at the endpoint would show an empty list and complete nothing."""
    found = answer_stranger(engine, EXAMPLES, base_iri=BASE).rows()
    assert len(found) > 20 and str(found[0]["sq"]) == BASE + "queries/author_categories"
    declared = {row["prefix"]: row["namespace"] for row in answer_stranger(engine, DECLARED, base_iri=BASE)}
    assert declared["foaf"] == "http://xmlns.com/foaf/0.1/"
    rows = answer_stranger(engine, CLASSES, base_iri=BASE).rows()
    soa, person = "https://semopenalex.org/ontology/", "http://xmlns.com/foaf/0.1/Person"
    assert (soa + "Authorship", soa + "hasAuthor", person) in {
        (row["subjectClass"], row["prop"], row["objectClass"]) for row in rows
    }
    assert (soa + "Authorship", soa + "position", "http://www.w3.org/2001/XMLSchema#integer") in {
        (row["subjectClass"], row["prop"], row["objectDatatype"]) for row in rows
    }


def test_named_graphs_stay_within_reach(engine: ox.Store) -> None:
    """If it failed: a query that asks about the data set could no longer look into claims."""
    text = "SELECT (COUNT(DISTINCT ?g) AS ?n) { ?d a void:Dataset . GRAPH ?g { ?s ?p ?o } }"
    assert answer_stranger(engine, text, base_iri=BASE).rows()[0]["n"] == 4
