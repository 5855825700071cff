"""What is asked: look-ups and aggregates, none ever repeated, look-ups repeated, one large answer, endless queries.

Each look-up is about one paper or author and ends in `LIMIT n`, with an n of its own that is above the number
of its rows: so no two are the same query, however an engine normalises them, and each is answered anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.quads import Value, statements
from collegium.graph.store import Store

PREFIXES = "".join(
    f"PREFIX {name}: <{v.PREFIXES[name]}> " for name in ("dcterms", "fabio", "foaf", "schema", "soa", "skos")
)
LEAST_LIMIT = 1000  # above the rows of every look-up and aggregate
REPEATED = 100  # look-ups that are asked again and again
LARGE_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A question about all papers. `text` lacks the number behind its last LIMIT."""

    name: str
    text: str


AGGREGATES = (
    Aggregate(
        "papers per category",
        "SELECT ?category (COUNT(?paper) AS ?papers) { ?paper fabio:hasPrimarySubjectTerm ?category } "
        "GROUP BY ?category ORDER BY DESC(?papers) ?category LIMIT ",
    ),
    Aggregate(
        "authors of most papers",
        "SELECT ?name (COUNT(?paper) AS ?papers) { ?paper dcterms:creator ?author . ?author foaf:name ?name } "
        "GROUP BY ?author ?name HAVING (COUNT(?paper) > 20) ORDER BY DESC(?papers) ?name LIMIT ",
    ),
    Aggregate(
        "papers per year",
        "SELECT ?year (COUNT(?paper) AS ?papers) { ?paper a soa:Work ; dcterms:issued ?date } "
        "GROUP BY (SUBSTR(STR(?date), 1, 4) AS ?year) ORDER BY ?year LIMIT ",
    ),
    Aggregate(
        "co-author pairs by institution",
        "SELECT ?place (COUNT(*) AS ?pairs) { ?paper schema:sourceOrganization ?place ; dcterms:creator ?a , ?b . "
        "FILTER(STR(?a) < STR(?b)) } GROUP BY ?place ORDER BY DESC(?pairs) ?place LIMIT ",
    ),
)

LARGE = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {LARGE_ROWS + 1} OFFSET "  # the number behind it is small
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT "


def look_ups(store: Store, seed: int = 1) -> list[str]:
    """Return look-ups, four a paper, in mixed order, each without the number behind its LIMIT."""
    texts = [text for paper, title in _titles(store.engine) for text in _of_paper(store.engine, paper, title)]
    random.Random(seed).shuffle(texts)
    return [f"{PREFIXES}{text} LIMIT " for text in texts]


def _titles(engine: ox.Store) -> Iterator[tuple[NamedNode, Value]]:
    for paper, _, _ in statements(engine, None, v.RDF_TYPE, v.SOA_WORK):
        for _, _, title in statements(engine, paper, v.DCTERMS_TITLE):
            yield paper, title


def _of_paper(engine: ox.Store, paper: NamedNode, title: Value) -> Iterator[str]:
    author = min((s.object for s in statements(engine, paper, v.DCTERMS_CREATOR)), key=str)
    yield (
        f"SELECT ?title ?position ?name {{ {paper} dcterms:title ?title ; soa:hasAuthorship ?a . "
        "?a soa:position ?position ; soa:hasAuthor ?author . ?author foaf:name ?name }"
    )
    yield f"SELECT ?paper ?issued {{ ?paper dcterms:title {title} ; dcterms:issued ?issued }}"
    yield f"ASK {{ ?paper dcterms:title {title} ; a soa:Work }}"
    yield (
        f"SELECT DISTINCT ?name {{ ?paper dcterms:creator {author} , ?other . ?other foaf:name ?name . "
        f"FILTER(?other != {author}) }}"
    )


def all_aggregates() -> list[str]:
    """Return the aggregates, each without the number behind its LIMIT."""
    return [PREFIXES + aggregate.text for aggregate in AGGREGATES]
