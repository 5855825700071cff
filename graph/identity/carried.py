"""Decisions by hand outlive the file that they were made on: what a newer one calls otherwise is meant still."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from .. import vocabulary as v
from ..quads import BELIEF, statements
from .decisions import USER, decision_id, decisions, kind_of, remove, write
from .parted import PART


def carry_over(engine: ox.Store, base: str, source: str, former: str) -> set[str]:
    """Have decisions by hand hold for the source that takes the place of another, while both are there.

    A name as the former source has it becomes the name as the new one has it; a paper that only the former has, the one
    paper of that title that only the new one has: most edits of a bibliography add a DOI, which makes another address.

    Returns: the things of the claims that this is about.
    """
    moved = _Moved(engine, base, source, former)
    changed: set[str] = set()
    for made in decisions(engine, base):
        if made.rule != USER and not made.undone_at:
            continue
        one, other = sorted((moved.thing(made.one), moved.thing(made.other)))
        given = tuple(sorted(map(moved.authorship, made.authorships)))
        if one == other or (one, other, given) == (made.one, made.other, made.authorships):
            continue
        lifts = decision_id(not made.is_merge, one, other) if made.lifts else ""
        remove(engine, base, [made.id])
        write(engine, base, [replace(made, one=one, other=other, lifts=lifts, authorships=given)])
        changed |= {moved.whole(iri) for iri in (made.one, made.other, one, other)}
    return changed


class _Moved:
    """What the things of a source are called in the one that takes its place."""

    def __init__(self, engine: ox.Store, base: str, source: str, former: str) -> None:
        self._engine, self._base = engine, base
        self._source, self._former = NamedNode(source), NamedNode(former)
        self._old, self._new = (PART + iri.rpartition("/")[2] for iri in (former, source))

    def thing(self, iri: str) -> str:
        """Return the IRI in the new source; the same where nothing moved."""
        if iri.endswith(self._old):
            return iri.removesuffix(self._old) + self._new
        return self._paper(iri) if kind_of(iri, self._base) == "paper" else iri

    def authorship(self, iri: str) -> str:
        """Return an authorship of the same author, at the paper in the new source."""
        paper, mark, place = iri.partition("/a/")
        return self.thing(paper) + mark + place

    def whole(self, iri: str) -> str:
        """Return the author of whom an IRI is the part that one source has; any other as it is."""
        return iri.removesuffix(self._old).removesuffix(self._new)

    def _paper(self, iri: str) -> str:
        node = NamedNode(iri)
        graphs = {
            quad.graph_name for quad in self._engine.quads_for_pattern(node, v.RDF_TYPE, v.SOA_WORK, None)
        }
        if graphs - {BELIEF} != {self._former}:  # another source has it under this address still
            return iri
        titles = [s.object for s in statements(self._engine, node, v.DCTERMS_TITLE, graph=self._former)]
        alike = {
            s.subject.value
            for title in titles
            for s in statements(self._engine, None, v.DCTERMS_TITLE, title, self._source)
            if Quad(s.subject, v.RDF_TYPE, v.SOA_WORK, self._former) not in self._engine
        }
        return alike.pop() if len(alike) == 1 else iri
