"""What was counted when a source was read, as statements on it: asked by SPARQL, and by a second load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from . import vocabulary as v
from .literals import integer
from .quads import statements

# What is counted → its property. They stand in the provenance graph of the source, of readings since version 0.3.
COUNTS: Final[Mapping[str, NamedNode]] = MappingProxyType(
    {
        "records": v.term("ck:recordsKept"),
        "refused": v.term("ck:recordsRefused"),
        "remarks": v.term("ck:remarksMade"),
        "kept": v.term("ck:statementsKept"),
        "papers": v.term("ck:papersDescribed"),
        "authors": v.term("ck:authorsDescribed"),
        "institutions": v.term("ck:institutionsDescribed"),
        "categories": v.term("ck:categoriesDescribed"),
    }
)


def count_statements(source: NamedNode, counts: Mapping[str, int]) -> Iterator[Triple]:
    """Yield the counts of a reading; keys are those of `COUNTS`."""
    for name, number in counts.items():
        yield Triple(source, COUNTS[name], integer(number))


def counts_of(engine: ox.Store, source: NamedNode) -> dict[str, int]:
    """Return the counts of a source's reading, by the keys of `COUNTS`; those that were not written are left out."""
    beside, found = v.provenance_graph(source), {}
    for name, predicate in COUNTS.items():
        for _, _, number in statements(engine, source, predicate, graph=beside):
            found[name] = int(number.value)
    return found
