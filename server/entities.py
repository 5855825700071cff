"""The RDF of one thing: what belief says of it, its own nodes, and the names of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from collegium.graph import vocabulary as v
from collegium.graph.errors import NotFound
from collegium.graph.quads import BELIEF
from collegium.queries.binding import Value
from collegium.queries.formats import finished, graph_format
from collegium.queries.run import answer

from .editions import Edition

# What a neighbour is called, and what it is.
_NAMES: Final = (v.RDF_TYPE, v.FOAF_NAME, v.DCTERMS_TITLE, v.SKOS_PREF_LABEL, v.SKOS_NOTATION)
# Kind of thing -> its neighbours that may be very many: the papers that lead to it; of a source, its records and
# problems. A page is cut from them in the engine's own order: to sort them first took 2 s for 20,000 papers.
_NEIGHBOURS: Final = {
    "author": "SELECT ?it { ?it dcterms:creator ?node }",
    "institution": "SELECT ?it { ?it schema:sourceOrganization ?node }",
    "category": "SELECT ?it { ?it dcterms:subject ?node }",
    "source": """SELECT ?it { GRAPH ?provenance {
        { ?it a ck:Record ; prov:wasDerivedFrom ?node } UNION { ?it a ck:Problem ; prov:wasDerivedFrom ?node } } }""",
}
# The authorships of one author on the papers of one page.
_AUTHORSHIPS: Final = """
SELECT ?it {
  { SELECT ?paper { ?paper dcterms:creator ?node } LIMIT %d OFFSET %d }
  ?paper soa:hasAuthorship ?it . ?it soa:hasAuthor ?node .
}
"""
MOST_NEIGHBOURS: Final = 1000  # papers of a thing, or records of a source, in one description


@dataclass(frozen=True, slots=True)
class Description:
    """Statements about a thing with some of its papers (of a source: records), of `total` in the store."""

    triples: list[Triple]
    total: int
    limit: int
    offset: int

    @property
    def is_cut(self) -> bool:
        """Whether papers follow the last one here."""
        return self.offset + self.limit < self.total


def description(
    edition: Edition, kind: str, identifier: str, *, limit: int = MOST_NEIGHBOURS, offset: int = 0
) -> Description:
    """Return the statements that describe a thing, in a stable order.

    All statements with it as subject; its own nodes (authorships, metrics) whole; links to it from papers, `limit` of
    them from `offset` on in an order that holds as long as the version does; type and name of every neighbour. Of a
    source also its provenance: file, records, problems. When papers are left out, statements about the page itself
    say so and name the next one.

    Raises:
        NotFound: the store holds no such thing.
    Cost: O(limit), and the engine's count of the papers.
    """
    node = edition.node(kind, identifier)
    found = set(_whole(edition, node))
    if not found:
        raise NotFound(kind, identifier)
    total = 0
    if kind in _NEIGHBOURS:
        bindings = _bindings(kind, node)
        total = _count(edition, kind, bindings)
        shown = _nodes(edition, _NEIGHBOURS[kind], bindings, limit, offset)
        if kind == "source":
            found.update(_provenance(edition, node, shown))
        else:
            found.update(_links(edition, kind, node, shown, limit, offset))
    found.update(_names(edition, found, node))
    made = Description(sorted(found, key=str), total, limit, offset)
    return replace(made, triples=[*made.triples, *_pages(node, made)])


def _bindings(kind: str, node: NamedNode) -> dict[str, Value]:
    return {"node": node, "provenance": v.provenance_graph(node)} if kind == "source" else {"node": node}


def _count(edition: Edition, kind: str, bindings: dict[str, Value]) -> int:
    text = _NEIGHBOURS[kind].replace("?it", "(COUNT(*) AS ?n)", 1)
    (counted,) = next(answer(edition.engine, text, bindings=bindings).terms())
    return int(counted.value) if isinstance(counted, Literal) else 0


def _nodes(
    edition: Edition, text: str, bindings: dict[str, Value], limit: int | None = None, offset: int = 0
) -> list[NamedNode]:
    rows = answer(edition.engine, text, bindings=bindings, at_most=limit, offset=offset).terms()
    return [node for (node,) in rows if isinstance(node, NamedNode)]


def _links(
    edition: Edition, kind: str, node: NamedNode, papers: list[NamedNode], limit: int, offset: int
) -> Iterator[Triple]:
    """Yield what papers say of a thing: every statement from one to the other, and the authorships of an author."""
    for paper in papers:
        yield from (quad.triple for quad in edition.engine.quads_for_pattern(paper, None, node, BELIEF))
    if kind == "author":
        for part in _nodes(edition, _AUTHORSHIPS % (limit, offset), {"node": node}):
            yield from _statements(edition, part)


def _provenance(edition: Edition, node: NamedNode, records: list[NamedNode]) -> Iterator[Triple]:
    """Yield what is said of a source itself beside its claims, and of these records."""
    for subject in (node, *records):
        found = edition.engine.quads_for_pattern(subject, None, None, v.provenance_graph(node))
        yield from (quad.triple for quad in found)


def _pages(node: NamedNode, made: Description) -> Iterator[Triple]:
    """Yield what a page says of itself, when it is not the whole. Source: Hydra, "PartialCollectionView"."""
    if not made.is_cut and not made.offset:
        return

    def page(offset: int) -> NamedNode:
        return NamedNode(f"{node.value}?limit={made.limit}&offset={offset}")

    here, last = page(made.offset), min(made.offset + made.limit, made.total)
    some = f"Neighbours {made.offset + 1} to {last}" if made.offset < last else "No neighbours"
    remark = f"{some} of {made.total}; the others stand on other pages."
    yield Triple(node, v.HYDRA_HAS_VIEW, here)
    yield Triple(here, v.RDF_TYPE, v.HYDRA_VIEW)
    yield Triple(here, v.term("rdfs:comment"), Literal(remark, language="en"))
    if made.is_cut:
        yield Triple(here, v.HYDRA_NEXT, page(made.offset + made.limit))
    if made.offset:
        yield Triple(here, v.HYDRA_PREVIOUS, page(max(0, made.offset - made.limit)))


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
    return finished(row, ox.serialize(triples, format=row.engine, prefixes=prefixes))
