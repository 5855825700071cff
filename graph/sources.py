"""Sources in the store: put one in, take one out exactly, list them.

Belief (the default graph) is the set union of all claims graphs, with one rule: where one source has a paper's whole
author list and another a cut one, the paper is believed to be whole. A statement leaves belief with the last source
that claims it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from . import vocabulary as v
from .errors import AmbiguousName, NotFound
from .quads import BELIEF, statements
from .store import Store, Term
from .text_documents import touched
from .versions import Writer


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of one loaded source. Counts are of things that it describes, problems of pieces not understood."""

    iri: str
    id: str
    title: str
    file_name: str
    reader: str
    sha256: str
    generated_at: str
    date_is_given: bool
    loaded_at: str
    size_bytes: int
    papers: int
    authors: int
    problems: int


def take_out(writer: Writer, source: NamedNode) -> None:
    """Remove a source exactly: belief keeps what another source claims too."""
    engine, base = writer.engine, writer.base
    claimed = list(engine.quads_for_pattern(None, None, None, source))
    for quad in claimed:
        graphs = engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        claimed_by = {q.graph_name for q in graphs if q.graph_name not in (BELIEF, source)}
        if not any(isinstance(g, NamedNode) and v.is_claims_graph(base, g.value) for g in claimed_by):
            engine.remove(Quad(quad.subject, quad.predicate, quad.object, BELIEF))
    papers = {s.subject for s in statements(engine, None, v.CK_TRUNCATED, graph=source)}
    engine.remove_graph(source)
    engine.remove_graph(v.provenance_graph(source))
    settle_lists(writer, papers)
    if writer.touched is not None:
        writer.touched |= touched(claimed)
    writer.changed = True


def settle_lists(writer: Writer, papers: Iterable[NamedNode]) -> None:
    """Believe that a paper's author list is whole where any source claims so, else what is claimed."""
    engine = writer.engine
    for paper in papers:
        claimed = {
            quad.object
            for quad in engine.quads_for_pattern(paper, v.CK_TRUNCATED, None, None)
            if isinstance(quad.graph_name, NamedNode)
            and v.is_claims_graph(writer.base, quad.graph_name.value)
        }
        for is_cut in (True, False):
            quad = Quad(paper, v.CK_TRUNCATED, ox.Literal(is_cut), BELIEF)
            if ox.Literal(is_cut) in claimed and not (is_cut and ox.Literal(False) in claimed):
                engine.add(quad)
            else:
                engine.remove(quad)


def holds(engine: ox.Store, source: NamedNode) -> bool:
    """Return whether the source is loaded."""
    return engine.contains_named_graph(source)


def taken_at(engine: ox.Store, source: NamedNode) -> tuple[datetime, bool] | None:
    """Return when a loaded source was taken and whether that date was given; None when it is not loaded."""
    times = [at.value for _, _, at in statements(engine, source, v.PROV_GENERATED_AT, graph=source)]
    if not times:
        return None
    given = Quad(source, v.CK_DATE_BASIS, v.CK_DATE_GIVEN, v.provenance_graph(source))
    return datetime.fromisoformat(times[0]), given in engine


def same_file_name(engine: ox.Store, file_name: str) -> list[str]:
    """Return the IRIs of loaded sources of that file name, sorted."""
    return sorted(s.subject.value for s in statements(engine, None, v.CK_FILE_NAME, ox.Literal(file_name)))


_LIST = """
SELECT ?source ?title ?file ?reader ?sha256 ?at ?loaded ?size ?basis WHERE {
  ?source a ck:Source ; dcterms:title ?title ; ck:fileName ?file ; ck:reader ?reader ; ck:sha256 ?sha256 ;
    prov:generatedAtTime ?at .
  GRAPH ?beside { ?source ck:loadedAt ?loaded ; ck:sizeBytes ?size ; ck:dateBasis ?basis . }
} ORDER BY ?source
"""
_COUNT = """
SELECT ?source (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
  ?source a ck:Source . GRAPH {graph} {{ {pattern} }}
}} GROUP BY ?source
"""
# One query a count: joined in one, they would multiply.
_COUNTS = {
    "papers": _COUNT.format(graph="?source", pattern="?thing a soa:Work"),
    "authors": _COUNT.format(graph="?source", pattern="?thing a foaf:Person"),
    "problems": _COUNT.format(graph="?beside", pattern="?thing a ck:Problem ; prov:wasDerivedFrom ?source"),
}


def sources(store: Store) -> list[SourceInfo]:
    """Return all loaded sources, by IRI."""
    counts: dict[str, dict[str, int]] = {}
    for name, query in _COUNTS.items():
        rows = (_texts(row) for row in store.select(query))
        counts[name] = {row["source"]: int(row["count"]) for row in rows}
    infos = []
    for row in map(_texts, store.select(_LIST)):
        iri = row["source"]
        infos.append(
            SourceInfo(
                iri=iri,
                id=iri.rpartition("/")[2],
                title=row["title"],
                file_name=row["file"],
                reader=row["reader"],
                sha256=row["sha256"],
                generated_at=row["at"],
                date_is_given=row["basis"] == v.CK_DATE_GIVEN.value,
                loaded_at=row["loaded"],
                size_bytes=int(row["size"]),
                **{name: counts[name].get(iri, 0) for name in ("papers", "authors", "problems")},
            )
        )
    return infos


def _texts(row: dict[str, Term | None]) -> dict[str, str]:
    return {name: term.value for name, term in row.items() if term is not None}


def find_source(store: Store, text: str) -> SourceInfo:
    """Return the source of an ID (also without its digest), IRI or file name.

    Raises:
        NotFound: no such source.
        AmbiguousName: several sources of that file name.
    """
    infos = sources(store)
    exact = [s for s in infos if text in (s.id, s.iri)]
    found = exact or [s for s in infos if text in (s.file_name, s.id.rpartition("-")[0])]
    if not found:
        raise NotFound("source", text, "collegium sources lists them")
    if len(found) > 1:
        raise AmbiguousName("source", text, (s.id for s in found))
    return found[0]
