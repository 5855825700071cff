"""The data set described: VoID, the prefixes of its queries, and the figures of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .as_given import kept_count
from .partitions import counts, first_of_each, partitions
from .shelf import Form
from .snapshot import MOST_AUTHORS
from .store import Store

TITLE: Final = "Collegium: papers, authors, institutions and categories"
# The kinds of thing that have a page, by a class that all of a kind are of.
_THINGS: Final = (v.SOA_WORK, v.FOAF_PERSON, v.ORG_ORGANIZATION, v.SKOS_CONCEPT, v.CK_SOURCE)


@dataclass(frozen=True, slots=True)
class Info:
    """Figures of the store. Papers, authors … are those of belief; `cut_lists` counts papers with a cut author list.

    `papers_without_pairs` counts those with more authors than `author_cap`, which make no pairs of co-authors. The cap
    is a setting (`COLLEGIUM_MOST_AUTHORS`) and no figure of the store; `most_authors` is its former name.
    """

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
    papers_without_pairs: int
    author_cap: int
    most_authors: int
    first_year: int | None
    last_year: int | None


# How they are kept beside the version they are of.
INFO: Final[Form[Info]] = Form(asdict, lambda found: Info(**found))

# The engine counts without making a term of what it counts: a fifth of what reading the statements takes.
_COUNTS: Final[Mapping[str, str]] = {
    "belief_statements": "{ ?one ?p ?o }",
    "sources": "{ ?one a ck:Source }",
    "papers": "{ ?one a soa:Work }",
    # As in the mirror: also groups, that sign and create nothing, and persons without papers.
    "authors": "{ { ?one a foaf:Person } UNION { ?p dcterms:creator|soa:hasAuthor ?one } }",
    "institutions": "{ ?one a org:Organization }",
    "categories": "{ ?p dcterms:subject ?one }",
    "authorships": "{ ?one a soa:Authorship }",
    "hidden_authorships": "{ ?one ck:basis ck:ProfileOwner }",
    "whole": "{ ?one a soa:Work ; ck:authorListTruncated false }",
}
_YEARS: Final = """
SELECT (MIN(?year) AS ?first) (MAX(?year) AS ?last) (COUNT(DISTINCT ?paper) AS ?dated) WHERE {
  ?paper a soa:Work ; dcterms:issued ?date . BIND(xsd:integer(SUBSTR(STR(?date), 1, 4)) AS ?year)
}
"""
_LARGE: Final = """
SELECT (COUNT(*) AS ?n) { SELECT ?p WHERE { ?p dcterms:creator ?a } GROUP BY ?p HAVING (COUNT(?a) > %d) }
"""


def info(store: Store, most_authors: int = MOST_AUTHORS) -> Info:
    """Return the figures of the store. `most_authors`: see `Mirror`."""
    counts = {name: _count(store, name, pattern) for name, pattern in _COUNTS.items()}
    papers, whole = counts["papers"], counts.pop("whole")
    years = store.select(_YEARS)[0]
    first, last, dated = years["first"], years["last"], years["dated"]
    large = store.select(_LARGE % most_authors)[0]["n"]
    return Info(
        path=str(store.path) if store.path else "memory",
        base=store.base,
        version=store.version,
        statements=store.statements,
        **counts,
        cut_lists=papers - whole,
        papers_without_year=papers - (int(dated.value) if dated else 0),
        papers_without_pairs=int(large.value) if large else 0,
        author_cap=most_authors,
        most_authors=most_authors,
        first_year=int(first.value) if first else None,
        last_year=int(last.value) if last else None,
    )


def _count(store: Store, name: str, pattern: str) -> int:
    what = "*" if name == "belief_statements" else "DISTINCT ?one"
    found = store.select(f"SELECT (COUNT({what}) AS ?n) {pattern}")[0]["n"]
    return int(found.value) if found else 0


# What rooms above have to say of the data set: (engine, base) -> statements for the graph that describes it.
Describe: TypeAlias = Callable[[ox.Store, str], Iterable[Triple]]


def nothing_more(engine: ox.Store, base: str) -> Iterable[Triple]:
    """Return no further description of the data set."""
    return ()


def rebuild(engine: ox.Store, base: str, more: Iterable[Triple] = ()) -> None:
    """Replace the graph that describes the data set; `more` is what other rooms have to say of it."""
    graph = v.void_graph(base)
    engine.remove_graph(graph)
    triples = (*void(engine, base), *given_graphs(engine, base), *prefixes(base), *more)
    engine.bulk_extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def void(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield the VoID description of belief: counts, examples, and a partition for each class and each property.

    Source: https://www.w3.org/TR/void/ sections 2.3, 3 and 4.
    """
    found = counts(engine)
    whole = v.dataset(base)
    yield Triple(whole, v.RDF_TYPE, v.term("void:Dataset"))
    yield Triple(whole, v.DCTERMS_TITLE, Literal(TITLE))
    yield Triple(whole, v.term("foaf:homepage"), NamedNode(base))
    yield Triple(whole, v.term("void:uriSpace"), Literal(base))
    yield Triple(whole, v.term("void:sparqlEndpoint"), NamedNode(base + "sparql"))
    yield Triple(whole, v.term("void:dataDump"), v.dump(base))
    for name, number in (
        ("triples", sum(found.properties.values())),
        ("entities", sum(found.classes.get(cls, 0) for cls in _THINGS)),
        ("classes", len(found.classes)),
        ("properties", len(found.properties)),
    ):
        yield Triple(whole, v.term(f"void:{name}"), Literal(number))
    for prefix in ("bido", "ck", "dblp", "dcterms", "fabio", "foaf", "org", "prov", "schema", "skos", "soa"):
        yield Triple(whole, v.term("void:vocabulary"), NamedNode(v.PREFIXES[prefix].removesuffix("#")))
    for example in first_of_each(engine, _THINGS):
        yield Triple(whole, v.term("void:exampleResource"), example)
    yield from partitions(engine, whole, found)


def given_graphs(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield what is said of the graphs of statements that are kept as given: they are no part of belief."""
    for graph in sorted((g.value for g in engine.named_graphs() if isinstance(g, NamedNode)), key=str):
        source = NamedNode(graph.removesuffix("/as-given"))
        if source.value != graph and v.is_claims_graph(base, source.value):
            node = NamedNode(graph)
            yield Triple(node, v.RDF_TYPE, v.term("void:Dataset"))
            yield Triple(node, v.DCTERMS_TITLE, Literal(f"Kept as given: {source.value.rpartition('/')[2]}"))
            yield Triple(node, v.PROV_DERIVED_FROM, source)
            yield Triple(node, v.term("void:triples"), Literal(kept_count(engine, source)))


def prefixes(base: str) -> Iterator[Triple]:
    """Yield the prefixes that queries need not declare, as SHACL declares them.

    Source: https://www.w3.org/TR/shacl/#sparql-prefixes
    """
    whole = v.dataset(base)
    for prefix, namespace in v.PREFIXES.items():
        node = NamedNode(f"{whole.value}/prefix/{prefix}")
        yield Triple(whole, v.term("sh:declare"), node)
        yield Triple(node, v.term("sh:prefix"), Literal(prefix))
        yield Triple(node, v.term("sh:namespace"), Literal(namespace, datatype=v.term("xsd:anyURI")))
