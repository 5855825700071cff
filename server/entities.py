"""The RDF of one thing: what belief says of it, its own nodes, and the names of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, Triple

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound
from collegium.graph.quads import BELIEF
from collegium.queries.formats import graph_format

from .editions import Edition

# What a neighbour is called, and what it is.
_NAMES: Final = (v.RDF_TYPE, v.FOAF_NAME, v.DCTERMS_TITLE, v.SKOS_PREF_LABEL, v.SKOS_NOTATION)
# Kind of thing -> the properties that lead to it from elsewhere.
_INWARD: Final = {
    "author": (v.DCTERMS_CREATOR, v.SOA_HAS_AUTHOR),
    "institution": (v.SCHEMA_SOURCE_ORGANIZATION,),
    "category": (v.FABIO_PRIMARY_SUBJECT, v.DCTERMS_SUBJECT),
    "paper": (),
    "source": (),
}


def description(edition: Edition, kind: str, identifier: str) -> list[Triple]:
    """Return the statements that describe a thing, in a stable order.

    All statements with it as subject; its own nodes (authorships, metrics) whole; links to it from papers; type and
    name of every neighbour. Of a source also its provenance: file, records, problems.

    Raises:
        NotFound: the store holds no such thing.
    """
    node = v.entity(edition.base, kind, identifier)
    found = set(_whole(edition, node))
    if not found:
        raise NotFound(kind, identifier)
    for predicate in _INWARD[kind]:
        for quad in edition.engine.quads_for_pattern(None, predicate, node, BELIEF):
            found.add(quad.triple)
            if predicate == v.SOA_HAS_AUTHOR and isinstance(quad.subject, NamedNode):
                found.update(_statements(edition, quad.subject))
    if kind == "source":
        beside = edition.engine.quads_for_pattern(None, None, None, v.provenance_graph(node))
        found.update(quad.triple for quad in beside)
    found.update(_names(edition, found, node))
    return sorted(found, key=str)


def _statements(edition: Edition, subject: NamedNode) -> Iterator[Triple]:
    return (quad.triple for quad in edition.engine.quads_for_pattern(subject, None, None, BELIEF))


def _whole(edition: Edition, node: NamedNode) -> Iterator[Triple]:
    """Yield the statements of a node and of the nodes that are part of it: those whose IRI goes on behind its own."""
    waiting, seen = [node], {node}
    while waiting:
        for triple in _statements(edition, waiting.pop()):
            yield triple
            part = triple.object
            if isinstance(part, NamedNode) and part not in seen and part.value.startswith(node.value + "/"):
                seen.add(part)
                waiting.append(part)


def _names(edition: Edition, triples: Iterable[Triple], node: NamedNode) -> set[Triple]:
    ends = {end for triple in triples for end in (triple.subject, triple.object)}
    found: set[Triple] = set()
    for end in ends:
        if isinstance(end, NamedNode) and end != node and end.value.startswith(edition.base):
            for predicate in _NAMES:
                quads: Iterable[Quad] = edition.engine.quads_for_pattern(end, predicate, None, BELIEF)
                found.update(quad.triple for quad in quads)
    return found


def serialised(triples: Iterable[Triple], media_type: str) -> bytes:
    """Return statements in an RDF format, with our prefixes where the format has any."""
    row = graph_format(media_type)
    prefixes = dict(v.PREFIXES) if row.has_prefixes else None
    return ox.serialize(triples, format=row.engine, prefixes=prefixes) or b""
