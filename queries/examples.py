"""Examples of the named queries: values that make each of them answer something in the store at hand.

A query's file names things of the bundled page. In a store that lacks these, the example is made of things that it
holds; where it holds none that fit, there is no example.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest
from typing import Final, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.quads import statements

from .catalogue import NamedQuery
from .parameters import ENTITY_TYPES

# Things of each kind that belong together: the first paper, by IRI, that has two authors, an institution and a
# category. Equal stores must give equal dumps, so nothing is left to chance.
_FIRST_OF_ALL: Final = """{ SELECT (MIN(?any) AS ?paper) {
      ?any soa:hasAuthorship ?second ; schema:sourceOrganization ?i ; dcterms:subject ?c . ?second soa:position 2 } }"""
_ON_PAPERS: Final = (v.SCHEMA_SOURCE_ORGANIZATION, v.DCTERMS_SUBJECT)
_FEW: Final = 200  # first papers that are tried before all are gone through: most often one of them has all
_TOGETHER: Final = """
SELECT ?paper ?author ?other ?institution ?category {
  %s
  ?paper soa:hasAuthorship [ soa:position 1 ; soa:hasAuthor ?author ] , [ soa:position 2 ; soa:hasAuthor ?other ] ;
    schema:sourceOrganization ?institution ; dcterms:subject ?category .
}
ORDER BY ?author ?other ?institution ?category
LIMIT 1
"""
# Where no paper has all of these: each by itself, the authors still of one paper if any has two.
_APART: Final = (
    """
SELECT ?paper ?author ?other {
  { SELECT (MIN(?any) AS ?paper) { ?any soa:hasAuthorship [ soa:position 2 ] } }
  ?paper soa:hasAuthorship [ soa:position 1 ; soa:hasAuthor ?author ] , [ soa:position 2 ; soa:hasAuthor ?other ] .
}
ORDER BY ?author ?other
LIMIT 1
""",
    "SELECT (MIN(?any) AS ?paper) { ?any a soa:Work }",
    "SELECT (MIN(?any) AS ?author) { ?any a foaf:Person }",
    "SELECT (MIN(?any) AS ?institution) { ?any a org:Organization }",
    "SELECT (MIN(?any) AS ?category) { ?paper dcterms:subject ?any }",
)
_SOURCE: Final = (  # one that is known as a whole: an update may have named another
    "SELECT (MIN(?any) AS ?source) { ?any a ck:Source . GRAPH ?beside { ?any ck:loadedAt ?at } }"
)
_VARIABLES: Final = {"author": ("author", "other"), "paper": ("paper",)} | {
    kind: (kind,) for kind in ("institution", "category", "source")
}
# Kind of thing whose texts a search goes through, by the beginning of the query's name, and what they are.
_BUNDLED: Final = ("author", "xingtai-lv")  # who tells that the bundled page is there
_SEARCHED: Final = {"authors_": ("author", v.FOAF_NAME), "papers_": ("paper", v.DCTERMS_TITLE)}


class Examples:
    """The examples of one store; what it holds is looked up once, when a query's own example is not there."""

    def __init__(self, engine: ox.Store, base: str) -> None:
        self._engine, self._base = engine, base
        self._held: dict[str, list[str]] | None = None

    def of(self, query: NamedQuery) -> dict[str, str]:
        """Return parameter → value, things by ID; nothing where the store holds nothing that fits.

        Cost: as that of a look-up; the first time O(authorships) where the store lacks the query's own example.
        """
        wanted = {p.name: p for p in query.parameters if p.name in query.example}
        if all(self._is_here(wanted[name].type, text) for name, text in query.example.items()):
            return dict(query.example)
        left = {kind: list(iris) for kind, iris in self._things().items()}
        made: dict[str, str] = {}
        for name, text in query.example.items():
            kind = wanted[name].type
            if kind == "string":
                found = self._word(query)
            elif kind not in ENTITY_TYPES:
                found = text
            else:
                found = left[kind].pop(0).rpartition(f"/{kind}/")[2] if left.get(kind) else ""
            if not found:
                return {}
            made[name] = found
        return made

    def _is_here(self, kind: str, text: str) -> bool:
        if (
            kind == "string"
        ):  # words of the bundled page; to look for them everywhere would go through all texts
            kind, text = _BUNDLED
        node = v.entity(self._base, kind, text) if kind in ENTITY_TYPES else None
        return node is None or any(True for _ in statements(self._engine, node))

    def _word(self, query: NamedQuery) -> str:
        """A word that a search finds: the longest of the first thing's name or title; "" where there is none."""
        kind, predicate = next(row for start, row in _SEARCHED.items() if query.name.startswith(start))
        nodes = [NamedNode(iri) for iri in self._things().get(kind, [])[:1]]
        texts = sorted(s.object.value for node in nodes for s in statements(self._engine, node, predicate))
        words = [word for text in texts for word in text.split() if word.isalpha()]
        return max(words, key=len, default="").lower()

    def _things(self) -> Mapping[str, list[str]]:
        """Kind → IRIs of things that the store holds, those of one paper where one has all kinds."""
        if self._held is None:
            found = self._together()
            for question in (_SOURCE,) if found else (*_APART, _SOURCE):
                found = {**self._row(question), **found}
            self._held = {
                kind: [found[name] for name in names if name in found] for kind, names in _VARIABLES.items()
            }
        return self._held

    def _together(self) -> dict[str, str]:
        """Things of one paper that has all kinds: the first such, by IRI."""
        if not all(any(statements(self._engine, predicate=kind)) for kind in _ON_PAPERS):
            return {}
        works = statements(self._engine, None, v.RDF_TYPE, v.SOA_WORK)
        first = nsmallest(_FEW, (work.subject.value for work in works))
        tried = (self._row(_TOGETHER % f"VALUES ?paper {{ {NamedNode(paper)} }}") for paper in first)
        return next(filter(None, tried), None) or self._row(_TOGETHER % _FIRST_OF_ALL)

    def _row(self, question: str) -> dict[str, str]:
        solutions = cast(ox.QuerySolutions, self._engine.query(question, prefixes=dict(v.PREFIXES)))
        row = next(iter(solutions), None)
        names = [variable.value for variable in solutions.variables]
        return {} if row is None else {name: row[name].value for name in names if row[name] is not None}
