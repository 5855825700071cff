"""The data set described: VoID with class and property partitions, and the figures of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .quads import Value, statements
from .store import Store


@dataclass(frozen=True, slots=True)
class Info:
    """Figures of the store. Papers, authors … are those of belief; `cut_lists` counts papers with a cut author list."""

    path: str
    base: str
    version: int
    statements: int
    belief_statements: int
    sources: int
    papers: int
    authors: int
    institutions: int
    categories: int
    authorships: int
    hidden_authorships: int
    cut_lists: int
    papers_without_year: int
    first_year: int | None
    last_year: int | None


_YEARS = """
SELECT (MIN(?year) AS ?first) (MAX(?year) AS ?last) (COUNT(DISTINCT ?paper) AS ?dated) WHERE {
  ?paper a soa:Work ; dcterms:issued ?date . BIND(xsd:integer(SUBSTR(STR(?date), 1, 4)) AS ?year)
}
"""


def info(store: Store) -> Info:
    """Return the figures of the store."""
    engine = store.engine
    years = store.select(_YEARS)[0]
    papers = _subjects(engine, v.RDF_TYPE, v.SOA_WORK)
    whole = _subjects(engine, v.CK_TRUNCATED, Literal(False))
    first, last, dated = years["first"], years["last"], years["dated"]
    return Info(
        path=str(store.path) if store.path else "memory",
        base=store.base,
        version=store.version,
        statements=len(engine),
        belief_statements=sum(1 for _ in statements(engine)),
        sources=len(_subjects(engine, v.RDF_TYPE, v.CK_SOURCE)),
        papers=len(papers),
        authors=len(_subjects(engine, v.RDF_TYPE, v.FOAF_PERSON)),
        institutions=len(_subjects(engine, v.RDF_TYPE, v.ORG_ORGANIZATION)),
        categories=len({s.object for s in statements(engine, predicate=v.DCTERMS_SUBJECT)}),
        authorships=len(_subjects(engine, v.RDF_TYPE, v.SOA_AUTHORSHIP)),
        hidden_authorships=len(_subjects(engine, v.CK_BASIS, v.CK_PROFILE_OWNER)),
        cut_lists=len(papers - whole),
        papers_without_year=len(papers) - (int(dated.value) if dated else 0),
        first_year=int(first.value) if first else None,
        last_year=int(last.value) if last else None,
    )


def _subjects(engine: ox.Store, predicate: NamedNode, value: Value) -> set[NamedNode]:
    return {s.subject for s in statements(engine, None, predicate, value)}


def rebuild(engine: ox.Store, base: str) -> None:
    """Replace the graph that describes the data set."""
    graph = v.void_graph(base)
    engine.remove_graph(graph)
    engine.bulk_extend(Quad(t.subject, t.predicate, t.object, graph) for t in void(engine, base))


def void(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield the VoID description of belief: counts, and a partition for each class and each property.

    Source: https://www.w3.org/TR/void/ sections 4.2 and 4.5.
    """
    classes: Counter[Value] = Counter()
    properties: Counter[Value] = Counter()
    for _, predicate, value in statements(engine):
        properties[predicate] += 1
        if predicate == v.RDF_TYPE:
            classes[value] += 1
    whole = v.dataset(base)
    yield Triple(whole, v.RDF_TYPE, v.term("void:Dataset"))
    yield Triple(whole, v.DCTERMS_TITLE, Literal("Collegium: papers, authors, institutions and categories"))
    yield Triple(whole, v.term("void:uriSpace"), Literal(base))
    yield Triple(whole, v.term("void:sparqlEndpoint"), NamedNode(base + "sparql"))
    yield Triple(whole, v.term("void:triples"), Literal(properties.total()))
    yield Triple(whole, v.term("void:classes"), Literal(len(classes)))
    yield Triple(whole, v.term("void:properties"), Literal(len(properties)))
    for prefix in ("bido", "ck", "dblp", "dcterms", "fabio", "foaf", "org", "prov", "schema", "skos", "soa"):
        yield Triple(whole, v.term("void:vocabulary"), NamedNode(v.PREFIXES[prefix].removesuffix("#")))
    for thing, count in sorted(classes.items(), key=lambda item: item[0].value):
        part = NamedNode(f"{whole.value}/class/{_local(thing)}")
        yield Triple(whole, v.term("void:classPartition"), part)
        yield Triple(part, v.term("void:class"), thing)
        yield Triple(part, v.term("void:entities"), Literal(count))
    for thing, count in sorted(properties.items(), key=lambda item: item[0].value):
        part = NamedNode(f"{whole.value}/property/{_local(thing)}")
        yield Triple(whole, v.term("void:propertyPartition"), part)
        yield Triple(part, v.term("void:property"), thing)
        yield Triple(part, v.term("void:triples"), Literal(count))


def _local(node: Value) -> str:
    """A readable, unique last part for a partition: "foaf-Person"; the IRI's own characters where no prefix fits."""
    for prefix, namespace in v.PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}-{node.value[len(namespace) :]}"
    return "".join(c if c.isalnum() else "-" for c in node.value)
