"""Reader of the table of nodes that stands beside our tables of links: `nodes.csv`, alone or in a `csv.zip`.

    iri,kind,name,id,papers,fractional_papers,from_year,to_year
    http://localhost:8000/author/ada-lovelace,author,Ada Lovelace,ada-lovelace,2,1.5,2020,2021

It names the nodes, those too that nothing links. What years it gives is left out, as in our other networks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Final

from ..errors import shorten
from ..records import Lines, Problem, Record
from .networks import Network, ending
from .text import text_lines

NAME = "node_list"
TITLE = "Table of nodes, as our own exports have it (nodes.csv)"

_HEADING: Final = ("iri", "kind", "name")


def sniff(head: str) -> bool:
    """Return whether the first line names the columns of our tables of nodes."""
    return tuple(head.partition("\n")[0].strip().split(",")[:3]) == _HEADING


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each author, and each institution, in the order of the file.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(stream, path, network), network)


def _records(stream: IO[bytes], path: str, network: Network) -> Iterator[Record]:
    columns: list[str] = []
    for number, text, _ in text_lines(stream, path):
        lines = Lines(number, number)
        row = _row(text)
        if not columns:
            columns = row
        elif text.strip():
            said = dict(zip(columns, row, strict=False))
            node, name = said.get("iri", ""), said.pop("name", "")
            if not node or not name:
                yield Problem(lines, shorten(text), "an address and a name", True)
            else:
                said.pop("id", None)  # which is the end of the address
                yield from network.node(node, name, lines, said)


def _row(text: str) -> list[str]:
    try:
        return [part.strip() for part in next(csv.reader([text]), [])]
    except csv.Error:  # a field longer than the csv module takes, which is over 128 KiB
        return []
