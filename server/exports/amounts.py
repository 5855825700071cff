"""How much an export holds, in the words of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.quads import statements
from collegium.graph.selection import select

from ..load_report import many

if TYPE_CHECKING:
    from collegium.graph.store import Store

_BELIEF: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def amount(format: str, made_of: str, material: Any) -> str:
    """Return how many statements and papers, nodes and links, or papers an export of a format holds.

    Args:
        material: what it was made of: a store, a network or papers, by `made_of`.

    Cost: O(statements) where it is made of them, a small part of what it takes to write them.
    """
    if made_of == "statements":
        return _of_statements(material, is_whole=format == "nquads")
    if made_of == "papers":
        return many(len(select(material.mirror, material.where).papers), "paper")
    nodes, links = many(material.number_of_nodes(), "node"), many(material.number_of_edges(), "link")
    held = {"nodes.csv": nodes, "csv": links, "edges.csv": links}.get(format, f"{nodes}, {links}")
    seen = material.graph.get("papers_seen")  # none of ties
    return held if seen is None else f"{held}, made of {many(seen, 'paper')}"


def _of_statements(store: Store, *, is_whole: bool) -> str:
    if is_whole:
        size = len(store.engine)
    else:
        (row,) = cast(ox.QuerySolutions, store.engine.query(_BELIEF))
        size = int(cast(ox.Literal, row["n"]).value)
    papers = sum(1 for _ in statements(store.engine, None, v.RDF_TYPE, v.SOA_WORK))
    return f"{many(size, 'statement')}, {many(papers, 'paper')}"
