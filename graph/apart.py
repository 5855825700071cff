"""Papers of one source that share a DOI: those that were told under it are moved to names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from . import vocabulary as v
from .identifiers import by_address, in_own_scheme
from .identity.belief import Believer
from .names import identifier_id
from .paper_names import PaperNames, rest_of
from .quads import BELIEF, statements
from .text_documents import touched

_Node = TypeVar("_Node", bound=NamedNode | BlankNode | Literal | Triple)


def move_apart(believer: Believer, source: NamedNode, names: PaperNames) -> None:
    """Give papers of a source names of their own, where they share one; before the source counts as come.

    Cost: O(statements about them); nothing where none shares a name.
    """
    for shared, rest, stand_in in names.apart():
        own = _own_name(believer, source, shared, rest)
        if own is not None:
            _move(believer, source, shared, own)
        _move(believer, source, stand_in, shared)


def _own_name(believer: Believer, source: NamedNode, shared: str, rest: int) -> str | None:
    """The name that the papers told under a shared one have of their own; None where it is that."""
    node, head = NamedNode(shared), v.entity(believer.base, "paper", "").value
    for said in statements(believer.engine, node, v.OWL_SAME_AS, None, source) if rest else ():
        known = by_address(said.object.value, "paper")
        if known is not None and rest_of(own := identifier_id(in_own_scheme(known))) == rest:
            return head + own
    return None


def _move(believer: Believer, source: NamedNode, old: str, new: str) -> None:
    """Put what a source says of a paper, and where it says so, under another name."""
    engine, beside = believer.engine, v.provenance_graph(source)
    gone = list(_said_of(believer, source, old))
    come = [_moved(triple, old, new) for triple in gone]
    for triple in gone:
        engine.remove(_in(triple, source))
        if not _is_believed(believer, triple):
            engine.remove(_in(triple, BELIEF))
    places = [quad.triple for quad in engine.quads_for_pattern(None, None, NamedNode(old), beside)]
    for triple in places:
        engine.remove(_in(triple, beside))
    engine.extend(_in(triple, graph) for triple in come for graph in (source, BELIEF))
    engine.extend(_in(_moved(triple, old, new), beside) for triple in places)
    if believer.writer.touched is not None:
        believer.writer.touched |= touched([*gone, *come], engine)


def _said_of(believer: Believer, source: NamedNode, paper: str) -> Iterator[Triple]:
    """Yield what a source says of a paper and of the nodes that are part of it, each once."""
    waiting = [NamedNode(paper)]
    seen = {paper}
    while waiting:
        for quad in believer.engine.quads_for_pattern(waiting.pop(), None, None, source):
            yield quad.triple
            value = quad.object
            if (
                isinstance(value, NamedNode)
                and value.value.startswith(paper + "/")
                and value.value not in seen
            ):
                seen.add(value.value)
                waiting.append(value)


def _is_believed(believer: Believer, triple: Triple) -> bool:
    """Whether belief holds a claim, as it stands, by another source."""
    found = believer.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    graphs = [quad.graph_name for quad in found if isinstance(quad.graph_name, NamedNode)]
    return any(
        v.is_claims_graph(believer.base, graph.value)
        and triple in believer.before.images(triple, graph.value)
        for graph in graphs
    )


def _moved(triple: Triple, old: str, new: str) -> Triple:
    return Triple(_renamed(triple.subject, old, new), triple.predicate, _renamed(triple.object, old, new))


def _renamed(node: _Node, old: str, new: str) -> _Node:
    if isinstance(node, NamedNode) and (node.value == old or node.value.startswith(old + "/")):
        return cast(_Node, NamedNode(new + node.value[len(old) :]))
    return node


def _in(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
