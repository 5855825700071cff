"""Statements, networks and papers as files of other programs: `EXPORTS`, one row a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import UnknownName

from ..files import Output, writing
from .amounts import amount
from .bibtex import write_bibtex
from .csl_json import write_csl_json
from .entries import Papers
from .gexf import write_gexf
from .graphml import write_graphml
from .link_tables import write_edges, write_nodes, write_zip
from .pajek import write_pajek
from .statements import write_jsonld, write_nquads, write_turtle
from .vosviewer import write_vosviewer

if TYPE_CHECKING:
    from ..editions import Edition, Wanted

__all__ = ["EXPORTS", "Export", "export_named", "write"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: `put` writes it from what `made_of` names ("statements": the store, "network", "papers")."""

    name: str
    title: str
    made_of: str
    put: Callable[[Any, Output], None]


EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Export("nquads", "All graphs as sorted N-Quads", "statements", write_nquads),
            Export("turtle", "Belief as Turtle", "statements", write_turtle),
            Export("jsonld", "Belief as JSON-LD", "statements", write_jsonld),
            Export("graphml", "The network as GraphML", "network", write_graphml),
            Export(
                "gexf", "The network as GEXF 1.3, with the years of nodes and links", "network", write_gexf
            ),
            Export("pajek", "The network as Pajek .net", "network", write_pajek),
            Export("vosviewer", "The network as VOSviewer JSON, with clusters", "network", write_vosviewer),
            Export("csv", "The links as CSV; nodes.csv holds the nodes", "network", write_edges),
            Export("nodes.csv", "The nodes as CSV", "network", write_nodes),
            Export("edges.csv", "The links as CSV", "network", write_edges),
            Export("csv.zip", "Nodes and links as CSV in one zip archive", "network", write_zip),
            Export("bibtex", "The papers as BibTeX", "papers", write_bibtex),
            Export("csl-json", "The papers as CSL-JSON", "papers", write_csl_json),
        )
    }
)


def export_named(name: str) -> Export:
    """Return the row of a format. Raises: UnknownName."""
    if name not in EXPORTS:
        raise UnknownName("export format", name, EXPORTS)
    return EXPORTS[name]


def write(export: Export, edition: Edition, wanted: Wanted, output: Path) -> str:
    """Write an export of one version to a file, whole or not at all; return how much it holds: "25 nodes, 57 links".

    Args:
        wanted: which network, or which papers.

    Raises:
        ParameterError: the file cannot be written.
        UnknownName, NotFound, AmbiguousName: what is wanted is not there.
    """
    material: object = edition.store
    if export.made_of == "network":
        material = edition.network(wanted)
    elif export.made_of == "papers":
        material = Papers(edition.store, edition.mirror, wanted.where)
    with writing(output, "--output") as file:
        export.put(material, file)
    return amount(export.name, export.made_of, material)
