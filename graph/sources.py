"""Sources in the store: put one in, take one out exactly, list them.

Belief (the default graph) is the set union of all claims graphs under the decisions on who is whom
(`identity/belief.py`). A statement leaves belief with the last source that claims it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from . import vocabulary as v
from .batches import empty
from .errors import AmbiguousName, NotFound
from .identity.recognition import Recognition
from .quads import statements
from .reading_counts import counts_of
from .store import Store, Term


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of one loaded source. Counts are of things that it describes, problems of pieces not understood.

    `records` is None where nobody wrote down how many were read.
    """

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
    records: int | None = None


def take_out(recognition: Recognition, source: NamedNode) -> None:
    """Remove a source exactly; what is left is settled once all that changes has changed."""
    engine, writer = recognition.engine, recognition.writer
    recognition.leaves(source)
    for graph in (source, v.provenance_graph(source), v.as_given_graph(source)):
        empty(engine, graph)
    writer.changed = True


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
  FILTER(STRENDS(STR(?beside), "/provenance"))
} ORDER BY ?source
"""
_COUNT = """
SELECT ?source (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
  ?source a ck:Source . GRAPH {graph} {{ {pattern} }}
  FILTER(!STRENDS(STR({graph}), "/as-given"))
}} GROUP BY ?source
"""
# One query a count: joined in one, they would multiply.
_COUNTS = {
    "papers": _COUNT.format(graph="?source", pattern="?thing a soa:Work"),
    "authors": _COUNT.format(graph="?source", pattern="?thing a foaf:Person"),
    "problems": _COUNT.format(graph="?beside", pattern="?thing a ck:Problem ; prov:wasDerivedFrom ?source"),
}


def sources(store: Store) -> list[SourceInfo]:
    """Return all loaded sources, by IRI.

    Cost: O(sources), where each says how much was read of it; else that of looking through all claims.
    """
    counted: dict[str, dict[str, int]] = {}

    def count(name: str, iri: str) -> int:
        if name not in counted:
            rows = (_texts(row) for row in store.select(_COUNTS[name]))
            counted[name] = {row["source"]: int(row["count"]) for row in rows}
        return counted[name].get(iri, 0)

    infos = []
    for row in map(_texts, store.select(_LIST)):
        iri = row["source"]
        read = counts_of(store.engine, NamedNode(iri))
        is_told = {"refused", "remarks"} <= read.keys()
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
                **{name: read[name] if name in read else count(name, iri) for name in ("papers", "authors")},
                problems=read["refused"] + read["remarks"] if is_told else count("problems", iri),
                records=read.get("records"),
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
