"""Reader of lists of links: a line a link, two ids and perhaps a weight, parted by tabs, commas, semicolons or blanks.

    # FromNodeId	ToNodeId            comments begin with "#" or "%"
    3466	937

or, with a line that names the columns, as Gephi and many scripts write it:

    Source,Target,Type,Weight
    Ada Lovelace,Charles Babbage,Undirected,3

Sources: snap.stanford.edu/data/ca-GrQc.html, gephi.org/users/supported-graph-formats/csv-format.
The ids are the names, unless columns `source_name` and `target_name` give others, as those of our own exports do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from ..errors import shorten
from ..records import Lines, Problem, Record
from .networks import Network, decimal, ending
from .node_kinds import own_words
from .text import text_lines

NAME = "edge_list"
TITLE = "List of links, two ids and a weight a line (SNAP, Gephi)"

_COMMENTS: Final = ("#", "%")
_ADDRESS: Final = re.compile(r"https?://\S+")
_WHOLE_NUMBER: Final = re.compile(r"\d{1,19}")
_SNIFFED_LINES: Final = 200
_ONE: Final = frozenset(
    {"source", "from", "fromnodeid", "author1", "author_1", "node1", "from_id", "source_id"}
)
_OTHER: Final = frozenset({"target", "to", "tonodeid", "author2", "author_2", "node2", "to_id", "target_id"})
_NAMES: Final = ("source_name", "source_label"), ("target_name", "target_label")
_WEIGHT: Final = frozenset({"weight", "value", "count", "papers", "strength", "n"})


@dataclass(frozen=True, slots=True)
class _Columns:
    """How a line is parted (None: at blanks), and in which columns from 0 ids, weight and names stand."""

    mark: str | None
    one: int = 0
    other: int = 1
    weight: int | None = 2
    names: tuple[int | None, int | None] = (None, None)

    @property
    def least(self) -> int:
        return max(self.one, self.other) + 1


def sniff(head: str) -> bool:
    """Return whether all lines but comments are two whole numbers and perhaps a third, or the first names columns.

    Links of names alone (`Ada Bob`) are not told from any other table: name the format for these.
    """
    columns: _Columns | None = None
    lines = [line for line in head.splitlines()[: _SNIFFED_LINES + 1] if not _is_aside(line)]
    if len(lines) > 1 and not head.endswith("\n"):
        lines.pop()  # it may be cut
    for line in lines[:_SNIFFED_LINES]:
        if columns is None:
            columns = _columns(line)
            if _is_heading(line, columns.mark):
                return len(lines) > 1
        parts = _parts(line, columns.mark)
        is_numbered = 2 <= len(parts) <= 4 and all(map(_WHOLE_NUMBER.fullmatch, parts[:2]))
        if not is_numbered or not all(decimal(part) is not None for part in parts[2:]):
            return False
    return columns is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the profile of each node where it first stands, and the tie of each pair.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    network = Network()
    yield from ending(_records(stream, path, network), network)


def _records(stream: IO[bytes], path: str, network: Network) -> Iterator[Record]:
    columns: _Columns | None = None
    for number, text, _ in text_lines(stream, path):
        lines = Lines(number, number)
        if _is_aside(text):
            continue
        if columns is None:
            columns = _columns(text)
            if _is_heading(text, columns.mark):
                continue
        parts = _parts(text, columns.mark)
        if len(parts) < columns.least or not (parts[columns.one] and parts[columns.other]):
            yield Problem(lines, shorten(text), "two ids, and perhaps a weight", True)
            continue
        one, other = parts[columns.one], parts[columns.other]
        for node, at in zip((one, other), columns.names, strict=True):
            if node not in network.profiles and node not in network.kinds.others:
                yield from network.node(
                    node, _at(parts, at), lines, own_words(node) if at is not None else {}
                )
        yield from network.edge(one, other, _at(parts, columns.weight), lines)


def _at(parts: list[str], column: int | None) -> str | None:
    """What stands in a column; None for nothing."""
    return (parts[column] or None) if column is not None and column < len(parts) else None


def _is_aside(line: str) -> bool:
    """Whether a line is blank, a comment or an address alone, as files from the web have them above the links."""
    text = line.strip()
    return not text or text.startswith(_COMMENTS) or _ADDRESS.fullmatch(text) is not None


def _columns(line: str) -> _Columns:
    """How the first line that is no comment parts its columns, and what they are, if it names them."""
    mark = next((mark for mark in "\t,;" if mark in line), None)
    named = [part.lower().lstrip("~:") for part in _parts(line, mark)]
    if not _is_heading(line, mark):
        return _Columns(mark)
    one, other, weight = (
        next((i for i, name in enumerate(named) if name in known), None) for known in (_ONE, _OTHER, _WEIGHT)
    )
    of_one, of_other = (next((named.index(n) for n in known if n in named), None) for known in _NAMES)
    return _Columns(mark, one or 0, other or 0, weight, (of_one, of_other))


def _is_heading(line: str, mark: str | None) -> bool:
    named = {part.lower() for part in _parts(line, mark)}
    return bool(named & _ONE) and bool(named & _OTHER)


def _parts(line: str, mark: str | None) -> list[str]:
    """The columns of a line; quotation marks around one are removed."""
    if mark is None or '"' not in line:
        return [part.strip() for part in (line.split(mark) if mark else line.split())]
    try:
        row = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:  # a field longer than the csv module takes, which is over 128 KiB
        return []
    return [part.strip() for part in row]
