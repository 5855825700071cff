"""What the sources claim, read across all of them: belief and the graphs beside it stay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from .. import vocabulary as v
from ..quads import Value

FEW: Final = 16  # sources that are gone through one by one


class Claim(NamedTuple):
    """A statement and the source (its IRI) that makes it."""

    subject: NamedNode
    object: Value
    source: str


class Claims:
    """The claims of all sources that are there when it is made."""

    def __init__(self, engine: ox.Store, base: str) -> None:
        self._engine, self.base = engine, base
        self.graphs = {graph: graph.value for graph in claims_graphs(engine, base)}

    def of(
        self,
        subject: NamedNode | None,
        predicate: NamedNode,
        value: Value | None = None,
        source: str | None = None,
    ) -> Iterator[Claim]:
        """Yield the claims that fit, of one source or of all."""
        graphs: Iterable[NamedNode | None] = (None,) if source is None else (NamedNode(source),)
        if subject is None and value is None and source is None and len(self.graphs) <= FEW:
            graphs = self.graphs  # belief is not gone through along with the claims
        for graph in graphs:
            for quad in self._engine.quads_for_pattern(subject, predicate, value, graph):
                found = self.graphs.get(cast(NamedNode, quad.graph_name))
                if found is not None:
                    yield Claim(cast(NamedNode, quad.subject), cast(Value, quad.object), found)

    def values(self, iri: str, predicate: NamedNode, source: str | None = None) -> set[str]:
        """Return the IRIs and texts that a thing has by a predicate."""
        return {claim.object.value for claim in self.of(NamedNode(iri), predicate, None, source)}

    def sources(self, iri: str) -> set[str]:
        """Return the sources that say what a thing is."""
        return {claim.source for claim in self.of(NamedNode(iri), v.RDF_TYPE)}

    def is_shared(self, thing: NamedNode, cls: NamedNode, source: str) -> bool:
        """Return whether another source says that a thing is of a class."""
        if len(self.graphs) > FEW:
            return any(claim.source != source for claim in self.of(thing, v.RDF_TYPE, cls))
        others = (graph for graph, iri in self.graphs.items() if iri != source)
        return any(Quad(thing, v.RDF_TYPE, cls, graph) in self._engine for graph in others)


def claims_graphs(engine: ox.Store, base: str) -> list[NamedNode]:
    """Return the graphs of all sources, by IRI."""
    graphs = (g for g in engine.named_graphs() if isinstance(g, NamedNode))
    return sorted((g for g in graphs if v.is_claims_graph(base, g.value)), key=lambda g: g.value)
