"""Statements and networks as files of other programs: one row a format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat

from collegium.graph.errors import UnknownName
from collegium.graph.quads import BELIEF
from collegium.graph.store import Store
from collegium.graph.vocabulary import PREFIXES
from collegium.queries.xml_text import holdable

from .files import write_file
from .tables import delimited

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Export:
    """A format: `make` gives the bytes from the store, or from a network when `is_network`."""

    name: str
    title: str
    is_network: bool
    make: Callable[[Any], bytes]


def _nquads(store: Store) -> bytes:
    """All graphs, a statement a line, sorted: equal stores give equal files."""
    lines = (store.engine.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _turtle(store: Store) -> bytes:
    return store.engine.dump(format=RdfFormat.TURTLE, from_graph=BELIEF, prefixes=dict(PREFIXES)) or b""


def _jsonld(store: Store) -> bytes:
    return store.engine.dump(format=RdfFormat.JSON_LD, from_graph=BELIEF) or b""


def _plain(network: networkx.Graph) -> networkx.Graph:
    """The network with values that XML can hold; what it was made of goes along as facts of the graph."""
    import networkx

    plain = networkx.Graph(**_xml_scalars(network.graph))
    for node, facts in network.nodes(data=True):
        # "id" would take the place of the node's own name, the IRI, in GEXF
        own = {"label" if name == "name" else name: value for name, value in facts.items() if name != "id"}
        plain.add_node(node, iri=node, **_xml_scalars(own))
    for one, other, facts in network.edges(data=True):
        plain.add_edge(one, other, joint_papers=len(facts["papers"]), **_xml_scalars(facts))
    return plain


def _xml_scalars(facts: Mapping[str, object]) -> dict[str, object]:
    scalars = _scalars(facts)
    return {name: holdable(value) if isinstance(value, str) else value for name, value in scalars.items()}


def _scalars(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if isinstance(value, str | int | float)}


def _graphml(network: networkx.Graph) -> bytes:
    import networkx

    out = io.BytesIO()
    networkx.write_graphml(_plain(network), out)
    return out.getvalue()


def _gexf(network: networkx.Graph) -> bytes:
    import networkx

    out = io.BytesIO()
    networkx.write_gexf(_plain(network), out)
    return out.getvalue()


def _pajek(network: networkx.Graph) -> bytes:
    """Vertices and edges; a quote in a name is written as an apostrophe, since the format has no escape for it."""
    number = {node: at for at, node in enumerate(network, 1)}
    lines = [f"*Vertices {len(number)}"]
    lines += [f'{at} "{_quotable(network.nodes[node]["name"])}"' for node, at in number.items()]
    lines.append("*Edges")
    lines += [f"{number[a]} {number[b]} {size:g}" for a, b, size in network.edges(data="weight")]
    return ("\n".join(lines) + "\n").encode()


def _quotable(name: str) -> str:
    return " ".join(name.replace('"', "'").split())


def _vosviewer(network: networkx.Graph) -> bytes:
    """The JSON of VOSviewer Online. Source: https://app.vosviewer.com/docs/file-types/json-file-type/"""
    number = {node: at for at, node in enumerate(network, 1)}
    items = [
        {"id": number[node], "label": facts["name"], "url": node, "weights": {"Papers": facts["papers"]}}
        for node, facts in network.nodes(data=True)
    ]
    links = [
        {"source_id": number[a], "target_id": number[b], "strength": size}
        for a, b, size in network.edges(data="weight")
    ]
    return json.dumps({"network": {"items": items, "links": links}}, ensure_ascii=False, indent=1).encode()


def _node_rows(network: networkx.Graph) -> bytes:
    rows = [{"iri": node, **_scalars(facts)} for node, facts in _filled(network.nodes(data=True))]
    return delimited(rows, ",").encode()


def _filled(pairs: Any) -> list[tuple[str, dict[str, object]]]:
    """Facts with "" for what is not known, so that each row has the same columns."""
    return [(key, {k: "" if value is None else value for k, value in facts.items()}) for key, facts in pairs]


def _edge_rows(network: networkx.Graph) -> bytes:
    rows = [
        {
            "source": a,
            "target": b,
            "source_name": network.nodes[a]["name"],
            "target_name": network.nodes[b]["name"],
            "weight": facts["weight"],
            "joint_papers": len(facts["papers"]),
            "papers": " ".join(facts["papers"]),
        }
        for a, b, facts in network.edges(data=True)
    ]
    return delimited(rows, ",").encode()


EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Export("nquads", "All graphs as sorted N-Quads", False, _nquads),
            Export("turtle", "Belief as Turtle", False, _turtle),
            Export("jsonld", "Belief as JSON-LD", False, _jsonld),
            Export("graphml", "The network as GraphML", True, _graphml),
            Export("gexf", "The network as GEXF", True, _gexf),
            Export("pajek", "The network as Pajek .net", True, _pajek),
            Export("vosviewer", "The network as VOSviewer JSON", True, _vosviewer),
            Export("csv", "The links as CSV; nodes.csv holds the nodes", True, _edge_rows),
            Export("nodes.csv", "The nodes as CSV", True, _node_rows),
            Export("edges.csv", "The links as CSV", True, _edge_rows),
        )
    }
)


def export_named(name: str) -> Export:
    """Return the row of a format. Raises: UnknownName."""
    if name not in EXPORTS:
        raise UnknownName("export format", name, EXPORTS)
    return EXPORTS[name]


def write(export: Export, store: Store, network: networkx.Graph | None, output: Path) -> None:
    """Write an export to a file. Raises: ParameterError when it cannot be written."""
    write_file(output, export.make(network if export.is_network else store), "--output")
