"""Former versions of a source: what they said in short, kept in the provenance graph of the one that holds now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from . import vocabulary as v
from .literals import integer
from .quads import statements
from .source_facts import Facts, facts_of, packed, unpacked

_MOST: Final = 20  # former versions that are kept of one source; the oldest go first
_NUMBER: Final = v.term("ck:versionNumber")
_ID: Final = v.term("dcterms:identifier")
_FACTS: Final = v.term("ck:facts")
_FORMER: Final = v.term("ck:FormerVersion")
_REVISION_OF: Final = v.term("prov:wasRevisionOf")


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A version of a source that was replaced. `number` counts from 1, the oldest."""

    number: int
    id: str
    sha256: str
    generated_at: str
    loaded_at: str
    parts: tuple[str, ...]  # as `source_facts.packed` gives them

    def facts(self, base: str) -> Facts:
        """Return what it said."""
        return unpacked(self.parts, base)


def former_versions(engine: ox.Store, source: NamedNode) -> list[FormerVersion]:
    """Return the former versions of a loaded source, the oldest first."""
    beside = v.provenance_graph(source)
    nodes = [s.subject for s in statements(engine, None, v.RDF_TYPE, _FORMER, graph=beside)]
    return sorted((_version(engine, node, beside) for node in nodes), key=lambda former: former.number)


def _version(engine: ox.Store, node: NamedNode, beside: NamedNode) -> FormerVersion:
    said: dict[NamedNode, list[str]] = {}
    for _, predicate, value in statements(engine, node, graph=beside):
        said.setdefault(predicate, []).append(value.value)
    parts: list[str] = []
    while found := [
        s.object.value for s in statements(engine, _part(node, len(parts)), _FACTS, graph=beside)
    ]:
        parts += found
    first = {predicate: values[0] for predicate, values in said.items()}
    return FormerVersion(
        int(first[_NUMBER]),
        first.get(_ID, ""),
        first.get(v.CK_SHA256, ""),
        first.get(v.PROV_GENERATED_AT, ""),
        first.get(v.CK_LOADED_AT, ""),
        tuple(parts),
    )


def as_former(engine: ox.Store, source: NamedNode, base: str) -> tuple[FormerVersion, Facts]:
    """Return a loaded source as a former version, with the number that follows its own former ones; and its facts."""
    said: dict[NamedNode, str] = {}
    for graph in (source, v.provenance_graph(source)):
        for _, predicate, value in statements(engine, source, graph=graph):
            said[predicate] = value.value
    before, facts = former_versions(engine, source), facts_of(engine, source)
    former = FormerVersion(
        (before[-1].number if before else 0) + 1,
        source.value.rpartition("/")[2],
        said.get(v.CK_SHA256, ""),
        said.get(v.PROV_GENERATED_AT, ""),
        said.get(v.CK_LOADED_AT, ""),
        tuple(packed(facts, base)),
    )
    return former, facts


def keep(engine: ox.Store, source: NamedNode, versions: list[FormerVersion], former: NamedNode) -> None:
    """Write former versions into the provenance graph of the source that holds now; `former` is the last of them."""
    beside = v.provenance_graph(source)
    engine.add(Quad(source, _REVISION_OF, former, beside))
    for version in versions[-_MOST:]:
        engine.extend(_quads(source, version, beside))


def _quads(source: NamedNode, version: FormerVersion, beside: NamedNode) -> Iterator[Quad]:
    node = NamedNode(f"{source.value}/former/{version.number}")
    yield Quad(node, v.RDF_TYPE, _FORMER, beside)
    yield Quad(node, v.PROV_DERIVED_FROM, source, beside)
    yield Quad(node, _NUMBER, integer(version.number), beside)
    for predicate, text, datatype in (
        (_ID, version.id, None),
        (v.CK_SHA256, version.sha256, None),
        (v.PROV_GENERATED_AT, version.generated_at, v.XSD_DATE_TIME),
        (v.CK_LOADED_AT, version.loaded_at, v.XSD_DATE_TIME),
    ):
        if text:
            yield Quad(node, predicate, Literal(text, datatype=datatype), beside)
    for at, part in enumerate(version.parts):
        yield Quad(_part(node, at), _FACTS, Literal(part, datatype=v.term("xsd:base64Binary")), beside)


def _part(node: NamedNode, at: int) -> NamedNode:
    return NamedNode(f"{node.value}/facts/{at}")
