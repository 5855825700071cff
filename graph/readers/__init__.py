"""`READERS`: the table format → reader. Adding a format is one file beside this one and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO

from ..errors import UnknownFormat, UnknownName
from ..records import Record
from . import crossref, csl_json, datacite, profile_page
from . import openalex, profile_page, semantic_scholar
from . import acl_anthology, acl_names, dblp_xml, profile_page
from . import arxiv_atom, arxiv_jsonl, arxiv_oai, arxiv_tsv, profile_page, pubmed_xml
from . import bibtex, profile_page
from . import nbib, paper_table, profile_page, ris, scopus, web_of_science
from .text import BOM

SNIFFED_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `sniff(head)` tells whether the beginning of a file is of it, `read(stream, path)` yields records."""

    name: str
    title: str
    sniff: Callable[[str], bool]
    read: Callable[[IO[bytes], str], Iterator[Record]]


# Asked in this order. Exports come before `profile_page`, which takes one line like "PD MAR 15" for its own.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        nbib.NAME: Reader(nbib.NAME, nbib.TITLE, nbib.sniff, nbib.read),
        ris.NAME: Reader(ris.NAME, ris.TITLE, ris.sniff, ris.read),
        scopus.NAME: Reader(scopus.NAME, scopus.TITLE, scopus.sniff, scopus.read),
        web_of_science.NAME: Reader(
            web_of_science.NAME, web_of_science.TITLE, web_of_science.sniff, web_of_science.read
        ),
        profile_page.NAME: Reader(
            profile_page.NAME, profile_page.TITLE, profile_page.sniff, profile_page.read
        ),
        crossref.NAME: Reader(crossref.NAME, crossref.TITLE, crossref.sniff, crossref.read),
        csl_json.NAME: Reader(csl_json.NAME, csl_json.TITLE, csl_json.sniff, csl_json.read),
        datacite.NAME: Reader(datacite.NAME, datacite.TITLE, datacite.sniff, datacite.read),
        openalex.NAME: Reader(openalex.NAME, openalex.TITLE, openalex.sniff, openalex.read),
        semantic_scholar.NAME: Reader(
            semantic_scholar.NAME, semantic_scholar.TITLE, semantic_scholar.sniff, semantic_scholar.read
        ),
        acl_anthology.NAME: Reader(
            acl_anthology.NAME, acl_anthology.TITLE, acl_anthology.sniff, acl_anthology.read
        ),
        acl_names.NAME: Reader(acl_names.NAME, acl_names.TITLE, acl_names.sniff, acl_names.read),
        dblp_xml.NAME: Reader(dblp_xml.NAME, dblp_xml.TITLE, dblp_xml.sniff, dblp_xml.read),
        arxiv_atom.NAME: Reader(arxiv_atom.NAME, arxiv_atom.TITLE, arxiv_atom.sniff, arxiv_atom.read),
        arxiv_jsonl.NAME: Reader(arxiv_jsonl.NAME, arxiv_jsonl.TITLE, arxiv_jsonl.sniff, arxiv_jsonl.read),
        arxiv_oai.NAME: Reader(arxiv_oai.NAME, arxiv_oai.TITLE, arxiv_oai.sniff, arxiv_oai.read),
        arxiv_tsv.NAME: Reader(arxiv_tsv.NAME, arxiv_tsv.TITLE, arxiv_tsv.sniff, arxiv_tsv.read),
        pubmed_xml.NAME: Reader(pubmed_xml.NAME, pubmed_xml.TITLE, pubmed_xml.sniff, pubmed_xml.read),
        bibtex.NAME: Reader(bibtex.NAME, bibtex.TITLE, bibtex.sniff, bibtex.read),
        paper_table.NAME: Reader(  # the last: any table with a title and an author would be its own
            paper_table.NAME, paper_table.TITLE, paper_table.sniff, paper_table.read
        ),
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
