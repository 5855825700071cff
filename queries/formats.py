"""The formats of answers: one row each for result tables and for graphs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import IO, Final, NamedTuple, TypeVar

import pyoxigraph as ox

from collegium.graph.errors import UnknownName

from .xml_text import WellFormed, well_formed


class TableFormat(NamedTuple):
    """A format of SELECT and ASK."""

    name: str
    media_type: str
    engine: ox.QueryResultsFormat

    @property
    def is_xml(self) -> bool:
        """Whether it cannot hold every character (see `xml_text`)."""
        return self.media_type.endswith("+xml")


class GraphFormat(NamedTuple):
    """A format of CONSTRUCT and DESCRIBE; `has_prefixes` when it shortens IRIs."""

    name: str
    media_type: str
    engine: ox.RdfFormat
    has_prefixes: bool = False

    @property
    def is_xml(self) -> bool:
        """As for a table."""
        return self.media_type.endswith("+xml")


_Row = TypeVar("_Row", TableFormat, GraphFormat)

TABLE_FORMATS: Final[Mapping[str, TableFormat]] = MappingProxyType(
    {
        row.name: row
        for row in (
            TableFormat("json", "application/sparql-results+json", ox.QueryResultsFormat.JSON),
            TableFormat("xml", "application/sparql-results+xml", ox.QueryResultsFormat.XML),
            TableFormat("csv", "text/csv", ox.QueryResultsFormat.CSV),
            TableFormat("tsv", "text/tab-separated-values", ox.QueryResultsFormat.TSV),
        )
    }
)
GRAPH_FORMATS: Final[Mapping[str, GraphFormat]] = MappingProxyType(
    {
        row.name: row
        for row in (
            GraphFormat("ttl", "text/turtle", ox.RdfFormat.TURTLE, has_prefixes=True),
            GraphFormat("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
            GraphFormat("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
            GraphFormat("trig", "application/trig", ox.RdfFormat.TRIG, has_prefixes=True),
            GraphFormat("rdfxml", "application/rdf+xml", ox.RdfFormat.RDF_XML, has_prefixes=True),
            GraphFormat("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        )
    }
)
# Other names people write, format name by format name.
_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application/json": "json",
        "application/xml": "xml",
        "turtle": "ttl",
        "ntriples": "nt",
        "nquads": "nq",
        "rdf": "rdfxml",
        "json-ld": "jsonld",
    }
)


@lru_cache(maxsize=64)
def table_format(named: str) -> TableFormat:
    """Return the table format of a name or media type (parameters after `;` are ignored).

    Raises:
        UnknownName: none of ours, or one for graphs only.
    """
    return _look_up(named, TABLE_FORMATS)


@lru_cache(maxsize=64)
def graph_format(named: str) -> GraphFormat:
    """Return the graph format of a name or media type (parameters after `;` are ignored).

    Raises:
        UnknownName: none of ours, or one for tables only.
    """
    return _look_up(named, GRAPH_FORMATS)


def opened(row: TableFormat | GraphFormat, output: IO[bytes] | None) -> IO[bytes] | None:
    """Return the file that an answer is written to in this format, in place of `output`; None for none."""
    return WellFormed(output).file if output is not None and row.is_xml else output


def finished(row: TableFormat | GraphFormat, document: bytes | None) -> bytes:
    """Return a document that was written to no file, as this format may hold it."""
    return well_formed(document) if document and row.is_xml else document or b""


def _look_up(named: str, rows: Mapping[str, _Row]) -> _Row:
    wanted = named.partition(";")[0].strip().lower()
    wanted = _ALIASES.get(wanted, wanted)
    for row in rows.values():
        if wanted in (row.name, row.media_type):
            return row
    raise UnknownName("format", named, rows)
