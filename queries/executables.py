"""The catalogue as data: each named query as a `sh:SPARQLExecutable` that any client can run as it stands.

The shape is that of https://github.com/sib-swiss/sparql-examples, which editors and chat programs read.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from collegium.graph import vocabulary as v

from .binding import bind
from .catalogue import CATALOGUE, NamedQuery
from .examples import Examples
from .lexer import tokens


def executables(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield the catalogue as data, in order of name; parameters are bound to things that the store holds.

    Where it holds nothing that fits, the parameters are left open.
    """
    examples = Examples(engine, base)
    for query in CATALOGUE.values():
        yield from _executable(query, completed(_bound(query, examples, base)), base)


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


def _bound(query: NamedQuery, examples: Examples, base: str) -> str:
    """Return the query bound to an example of this store; as it is written where there is none."""
    example = examples.of(query)
    if query.example and not example:
        return query.body
    return bind(query.body, query.bind(example, lambda kind, text: v.entity(base, kind, text).value))
