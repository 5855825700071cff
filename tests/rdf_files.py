"""Small files of RDF, and what the reader makes of them."""

from __future__ import annotations

from io import BytesIO

from pyoxigraph import Triple

from collegium.graph.readers import rdf
from collegium.graph.records import Paper, Statement
from network_files import Read, read_as

PREFIXES = """
@prefix bibo: <http://purl.org/ontology/bibo/> . @prefix datacite: <http://purl.org/spar/datacite/> .
@prefix dblp: <https://dblp.org/rdf/schema#> . @prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix fabio: <http://purl.org/spar/fabio/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix literal: <http://purl.org/spar/literal/> .
@prefix oco: <https://w3id.org/oc/ontology/> . @prefix pro: <http://purl.org/spar/pro/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <http://schema.org/> .
@prefix soa: <https://semopenalex.org/ontology/> . @prefix vivo: <http://vivoweb.org/ontology/core#> .
@prefix : <http://example.org/> .
"""


def read(content: str) -> Read:
    """Return what is read from Turtle without its prefixes."""
    return read_as("rdf", PREFIXES + content)


def left(content: str) -> list[Triple]:
    """Return the statements of Turtle without its prefixes that no record has taken in."""
    found = rdf.read(BytesIO((PREFIXES + content).encode()), "file")
    return [record.triple for record in found if isinstance(record, Statement)]


def authors(paper: Paper) -> list[tuple[int | None, str]]:
    """Return positions and names of a paper's authors."""
    return [(a.position, a.name) for a in paper.authorships]
