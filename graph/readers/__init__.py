"""`READERS`: the table format → reader. Adding a format is one file beside this one and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from ..errors import UnknownFormat, UnknownName
from ..records import Record
from . import (
    acl_anthology,
    acl_names,
    arxiv_atom,
    arxiv_jsonl,
    arxiv_oai,
    arxiv_tsv,
    bibtex,
    crossref,
    csl_json,
    datacite,
    dblp_xml,
    edge_list,
    gexf,
    gml,
    graphml,
    nbib,
    node_list,
    openalex,
    pajek,
    paper_table,
    profile_page,
    pubmed_xml,
    rdf,
    ris,
    scopus,
    semantic_scholar,
    vosviewer,
    web_of_science,
)
from .named_authors import named_reader
from .sound_text import sound_reader
from .text import BOM

SNIFFED_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `sniff(head)` tells whether the beginning of a file is of it, `read(stream, path)` yields records."""

    name: str
    title: str
    sniff: Callable[[str], bool]
    read: Callable[[IO[bytes], str], Iterator[Record]]


# One row a format, asked in this order. Exports come before `profile_page`, which takes a line "PD MAR 15" for its
# own; RDF, edge lists and tables come last, for much of what has a form of its own is one of them too.
_FORMATS = (
    nbib,
    ris,
    scopus,
    web_of_science,
    profile_page,
    acl_anthology,
    acl_names,
    arxiv_atom,
    arxiv_jsonl,
    arxiv_oai,
    arxiv_tsv,
    bibtex,
    crossref,
    csl_json,
    datacite,
    dblp_xml,
    gexf,
    gml,
    graphml,
    openalex,
    pajek,
    pubmed_xml,
    semantic_scholar,
    vosviewer,
    rdf,
    node_list,
    edge_list,
    paper_table,
)
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        row.NAME: Reader(row.NAME, row.TITLE, row.sniff, sound_reader(named_reader(row.read)))
        for row in _FORMATS
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
    known = ", ".join(sorted(READERS))
    if not head.strip():
        raise UnknownFormat(path, f"found an empty file, expected one of {known}")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnknownFormat(
            path, "found UTF-16 text, expected UTF-8: save the file as UTF-8 and load it again", 1
        )
    if b"\0" in head:
        raise UnknownFormat(path, f"found a binary file (it holds NUL bytes), expected text of {known}", 1)
    raise UnknownFormat(
        path, f"found text of no format we read, expected one of {known}; --format NAME reads it as that", 1
    )
