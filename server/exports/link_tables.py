"""A network as tables: nodes and links as CSV (RFC 4180), each in a file or both in a zip archive.

Values stand as they are: a program that takes "=1+1" for a formula has to be told that columns are text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..files import Output

if TYPE_CHECKING:
    import networkx

_NODES: Final = ("iri", "kind", "name", "id", "papers", "fractional_papers", "from_year", "to_year")
_EDGES: Final = (
    *("source", "target", "source_name", "target_name", "weight"),
    *("joint_papers", "from_year", "to_year", "papers"),
)
_MADE: Final = (1980, 1, 1, 0, 0, 0)  # equal networks give equal archives


def write_nodes(network: networkx.Graph, output: Output) -> None:
    """Write a row a node."""
    _write(output.file, _NODES, _node_rows(network))


def write_edges(network: networkx.Graph, output: Output) -> None:
    """Write a row a link."""
    _write(output.file, _EDGES, _edge_rows(network))


def write_zip(network: networkx.Graph, output: Output) -> None:
    """Write `nodes.csv` and `edges.csv` into one archive."""
    with ZipFile(output.file, "w", ZIP_DEFLATED) as archive:
        for name, columns, rows in (
            ("nodes.csv", _NODES, _node_rows(network)),
            ("edges.csv", _EDGES, _edge_rows(network)),
        ):
            entry = ZipInfo(name, _MADE)
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                _write(file, columns, rows)


def _write(file: IO[bytes], columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    text = io.TextIOWrapper(cast(io.BufferedWriter, file), "utf-8", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    text.flush()
    text.detach()


def _node_rows(network: networkx.Graph) -> Iterator[tuple[object, ...]]:
    for node, facts in network.nodes(data=True):
        yield (node, *(facts[name] for name in _NODES[1:]))


def _edge_rows(network: networkx.Graph) -> Iterator[tuple[object, ...]]:
    for one, other, facts in network.edges(data=True):
        names = (network.nodes[end]["name"] for end in (one, other))
        years = facts["from_year"], facts["to_year"]
        papers = facts["papers"]
        yield (one, other, *names, facts["weight"], len(papers), *years, " ".join(papers))
