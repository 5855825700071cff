"""A store of names and texts in many scripts, for what searches by words."""

from __future__ import annotations

from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from collegium.graph import vocabulary as v
from collegium.graph.dates import Taken
from collegium.graph.origin import Source
from collegium.graph.store import Store
from pages import NOON

NAMES = ("Jürgen Müller", "Anna MULLER", "Łukasz Kaiser", "王小明", "Søren Strauß", "Wei Li", "Li")
TITLES = (
    "Graph Neural Networks",
    "Neural Graph Matching: A Survey",
    "Ångström and the spectrum",
    "面向图神经网络的研究",
)
ABSTRACTS = ("We weave graph networks.", "A neural view of threads; graph by graph.", "", "")


def named(kind: str, number: int) -> NamedNode:
    """Return the IRI of a thing of the store."""
    return v.entity(v.DEFAULT_BASE, kind, f"{kind}-{number}")


def source_of(base: str, number: int) -> Source:
    """Return a source that differs by its number."""
    return Source(base, f"{number}.txt", f"{number:064x}", 1, "test", Taken(date(2026, 1, 1), True), NOON)


def text_store(store: Store) -> Store:
    """Fill a store with the names, titles and abstracts above; the first author is printed as "J. Mueller" once."""
    quads = []
    for number, name in enumerate(NAMES):
        quads += [
            Quad(named("author", number), v.RDF_TYPE, v.FOAF_PERSON),
            Quad(named("author", number), v.FOAF_NAME, Literal(name)),
        ]
    for number, (title, abstract) in enumerate(zip(TITLES, ABSTRACTS, strict=True)):
        paper = named("paper", number)
        quads += [Quad(paper, v.RDF_TYPE, v.SOA_WORK), Quad(paper, v.DCTERMS_TITLE, Literal(title))]
        quads += [Quad(paper, v.DCTERMS_ABSTRACT, Literal(abstract))] if abstract else []
    place, topic, authorship = named("institution", 0), named("category", 0), NamedNode("http://a.example/1")
    quads += [
        Quad(place, v.RDF_TYPE, v.ORG_ORGANIZATION),
        Quad(place, v.SKOS_PREF_LABEL, Literal("Universität Zürich")),
        Quad(place, v.SKOS_ALT_LABEL, Literal("UZH")),
        Quad(topic, v.RDF_TYPE, v.SKOS_CONCEPT),
        Quad(topic, v.SKOS_PREF_LABEL, Literal("Computation and Language", language="en")),
        Quad(topic, v.SKOS_NOTATION, Literal("cs.CL")),
        Quad(authorship, v.SOA_HAS_AUTHOR, named("author", 0)),
        Quad(authorship, v.CK_NAME_AS_GIVEN, Literal("J. Mueller")),
    ]
    with store.write() as writer:
        writer.engine.extend(quads)
        writer.changed = True
    return store.refreshed()
