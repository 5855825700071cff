"""`READERS`: the table format → reader. Adding a format is one file beside this one and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from ..errors import UnknownFormat, UnknownName
from ..records import Record
from . import edge_list, gexf, gml, graphml, pajek, profile_page, rdf, vosviewer
from .text import BOM

SNIFFED_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `sniff(head)` tells whether the beginning of a file is of it, `read(stream, path)` yields records."""

    name: str
    title: str
    sniff: Callable[[str], bool]
    read: Callable[[IO[bytes], str], Iterator[Record]]


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        profile_page.NAME: Reader(
            profile_page.NAME, profile_page.TITLE, profile_page.sniff, profile_page.read
        ),
        edge_list.NAME: Reader(edge_list.NAME, edge_list.TITLE, edge_list.sniff, edge_list.read),
        gexf.NAME: Reader(gexf.NAME, gexf.TITLE, gexf.sniff, gexf.read),
        gml.NAME: Reader(gml.NAME, gml.TITLE, gml.sniff, gml.read),
        graphml.NAME: Reader(graphml.NAME, graphml.TITLE, graphml.sniff, graphml.read),
        pajek.NAME: Reader(pajek.NAME, pajek.TITLE, pajek.sniff, pajek.read),
        rdf.NAME: Reader(rdf.NAME, rdf.TITLE, rdf.sniff, rdf.read),
        vosviewer.NAME: Reader(vosviewer.NAME, vosviewer.TITLE, vosviewer.sniff, vosviewer.read),
    }
)


def reader_named(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UnknownName: no such format.
    """
    if name not in READERS:
        raise UnknownName("format", name, READERS)
    return READERS[name]


def identify(head: bytes, path: str) -> Reader:
    """Return the reader whose format the first bytes of a file are, by content alone.

    Raises:
        UnknownFormat: none fits; the line names the formats there are.
    """
    text = head.removeprefix(BOM).decode("utf-8", "replace")
    for reader in READERS.values():
        if reader.sniff(text):
            return reader
    known = "; ".join(f"{r.name} ({r.title})" for r in READERS.values())
    if not head.strip():
        raise UnknownFormat(path, f"found an empty file, expected one of: {known}")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnknownFormat(
            path, "found UTF-16 text, expected UTF-8: save the file as UTF-8 and load it again", 1
        )
    if b"\0" in head:
        raise UnknownFormat(
            path, f"found a binary file (it holds NUL bytes), expected text, one of: {known}", 1
        )
    raise UnknownFormat(
        path, f"found text of no format we read, expected one of: {known}; --format NAME reads it as that", 1
    )
