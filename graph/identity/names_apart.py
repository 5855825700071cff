"""Authors of no more than a name, kept apart by the sources that have it, where the store's policy asks for it.

The part of a name that one source has gets a node of its own, which ends in the source's ID.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from .. import vocabulary as v
from ..quads import statements
from .decisions import USER, Link
from .parted import PART

_NAME_IN_SOURCE = v.term("ck:NameInSource")


def parts_of(engine: ox.Store, base: str) -> dict[str, dict[str, str]]:
    """Return author → source → the node for that author in that source, where names of sources are kept apart."""
    graph = v.identity_graph(base)
    found: dict[str, dict[str, str]] = {}
    for node, _, _ in statements(engine, None, v.RDF_TYPE, _NAME_IN_SOURCE, graph):
        whole, _, source = node.value.rpartition(PART)
        found.setdefault(whole, {})[v.entity(base, "source", source).value] = node.value
    return found


def write_parts(engine: ox.Store, base: str, wanted: Mapping[str, Iterable[str]]) -> None:
    """Keep the names of sources apart as told, author → sources, and no others."""
    graph = v.identity_graph(base)
    old = {node for nodes in parts_of(engine, base).values() for node in nodes.values()}
    new = {part_node(author, source) for author, sources in wanted.items() for source in sources}
    for node in old - new:
        engine.remove(Quad(NamedNode(node), v.RDF_TYPE, _NAME_IN_SOURCE, graph))
    engine.extend(Quad(NamedNode(node), v.RDF_TYPE, _NAME_IN_SOURCE, graph) for node in new - old)


def part_node(author: str, source: str) -> str:
    """Return the node that stands for an author as one source has them."""
    return f"{author}{PART}{source.rpartition('/')[2]}"


def is_part(engine: ox.Store, base: str, iri: str) -> bool:
    """Return whether an IRI stands for a name as one source has it."""
    return Quad(NamedNode(iri), v.RDF_TYPE, _NAME_IN_SOURCE, v.identity_graph(base)) in engine


def of_parts(decided: Iterable[Link], parts: Mapping[str, Mapping[str, str]]) -> Iterator[Link]:
    """Yield decisions; one by hand on a name that is kept apart by sources holds for it in each of them."""
    for link in decided:
        if not parts or link.rule != USER or link.new:
            yield link
            continue
        ones, others = (parts.get(end, {}).values() or (end,) for end in (link.one, link.other))
        yield from (link._replace(one=one, other=other) for one in ones for other in others)
