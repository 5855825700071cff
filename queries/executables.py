"""The catalogue as data: each named query as a `sh:SPARQLExecutable` that any client can run as it stands.

The shape is that of https://github.com/sib-swiss/sparql-examples, which editors and chat programs read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from collegium.graph import vocabulary as v
from collegium.graph.quads import statements

from .binding import bind
from .catalogue import CATALOGUE, NamedQuery
from .lexer import tokens
from .parameters import ENTITY_TYPES

# Things of each kind that belong together, for examples of which this store holds nothing: the first paper, by IRI,
# that has two authors, an institution and a category. Equal stores must give equal dumps, so nothing is left to chance.
_TOGETHER: Final = """
SELECT ?paper ?author ?other ?institution ?category {
  { SELECT (MIN(?any) AS ?paper) {
      ?any soa:hasAuthorship ?second ; schema:sourceOrganization ?i ; dcterms:subject ?c . ?second soa:position 2 } }
  ?paper soa:hasAuthorship [ soa:position 1 ; soa:hasAuthor ?author ] , [ soa:position 2 ; soa:hasAuthor ?other ] ;
    schema:sourceOrganization ?institution ; dcterms:subject ?category .
}
ORDER BY ?author ?other ?institution ?category
LIMIT 1
"""


def executables(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield the catalogue as data, in order of name; parameters are bound to things that the store holds.

    A store without a paper that has two authors, an institution and a category gets the examples as they are written.
    """
    fallback = _together(engine)
    for query in CATALOGUE.values():
        yield from _executable(query, completed(_bound(query, engine, base, fallback)), base)


def _executable(query: NamedQuery, text: str, base: str) -> Iterator[Triple]:
    node, form = v.named_query(base, query.name), query.form
    yield Triple(node, v.RDF_TYPE, v.term("sh:SPARQLExecutable"))
    if form != "DESCRIBE":  # SHACL has no class for it
        yield Triple(node, v.RDF_TYPE, v.term(f"sh:SPARQL{form.capitalize()}Executable"))
    yield Triple(node, v.term("rdfs:label"), Literal(query.title, language="en"))
    yield Triple(node, v.term("rdfs:comment"), Literal(" ".join(query.description.split()), language="en"))
    yield Triple(node, v.term(f"sh:{form.lower()}"), Literal(text))
    yield Triple(node, v.term("sh:prefixes"), v.dataset(base))
    yield Triple(node, v.term("schema:target"), NamedNode(base + "sparql"))
    for word in keywords(query):
        yield Triple(node, v.term("schema:keywords"), Literal(word, language="en"))


def keywords(query: NamedQuery) -> tuple[str, ...]:
    """Return what a query is about: the words of its name, without the small ones."""
    return tuple(word for word in query.name.split("_") if word not in ("by", "with", "without"))


def completed(text: str) -> str:
    """Return a query with a line for each well-known prefix that it uses and does not declare.

    Example:
        >>> print(completed("SELECT ?n { ?x foaf:name ?n }"))
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        SELECT ?n { ?x foaf:name ?n }
    """
    found = list(tokens(text))
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
    lines = [f"PREFIX {name}: <{iri}>\n" for name, iri in v.PREFIXES.items() if name in used]
    return "".join(lines) + text


def _bound(query: NamedQuery, engine: ox.Store, base: str, fallback: dict[str, list[str]]) -> str:
    """Return the query bound to its example; to what belongs together in this store, when it lacks the example."""
    named = [
        v.entity(base, parameter.type, query.example[parameter.name])
        for parameter in query.parameters
        if parameter.type in ENTITY_TYPES and parameter.name in query.example
    ]
    is_here = all(any(True for _ in statements(engine, node)) for node in named)
    left = {kind: list(iris) for kind, iris in fallback.items()}

    def resolve(kind: str, text: str) -> str:
        if is_here or not left.get(kind):
            return v.entity(base, kind, text).value
        return left[kind].pop(0)

    return bind(query.body, query.bind(query.example, resolve))


def _together(engine: ox.Store) -> dict[str, list[str]]:
    """Return kind -> IRIs of things that belong to one paper; nothing when there is no such paper."""
    solutions = cast(ox.QuerySolutions, engine.query(_TOGETHER, prefixes=dict(v.PREFIXES)))
    row = next(iter(solutions), None)
    if row is None:
        return {}
    names = {"author": ("author", "other"), "paper": ("paper",)}
    names |= {kind: (kind,) for kind in ("institution", "category")}
    return {kind: [row[name].value for name in variables] for kind, variables in names.items()}
