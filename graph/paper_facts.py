"""What a paper is, as statements: abstract, code, where it came out, what it cites, by what it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .identifiers import address, in_own_scheme
from .literals import boolean, integer, web_node
from .names import OWN
from .records import Identifier, Paper, Published


def same_as(thing: NamedNode, identifiers: Iterable[Identifier]) -> Iterator[Triple]:
    """Yield the addresses of a thing where the schemes of its identifiers show it; of an arXiv DOI both."""
    for identifier in identifiers:
        if identifier.scheme == OWN:
            continue
        yield Triple(thing, v.OWL_SAME_AS, NamedNode(address(identifier)))
        if (other := in_own_scheme(identifier)) != identifier:
            yield Triple(thing, v.OWL_SAME_AS, NamedNode(address(other)))


def facts_of(iri: NamedNode, paper: Paper) -> Iterator[Triple]:
    """Yield what a paper is, apart from who wrote it, when, and about what."""
    if paper.abstract is not None:
        yield Triple(iri, v.DCTERMS_ABSTRACT, Literal(paper.abstract))
    if paper.has_code is not None:
        yield Triple(iri, v.CK_HAS_CODE, boolean(paper.has_code))
    for link in paper.code_links:
        if (node := web_node(link)) is not None:
            yield Triple(iri, v.SCHEMA_CODE_REPOSITORY, node)
    if paper.author_count is not None:
        yield Triple(iri, v.CK_COUNT_AS_GIVEN, integer(paper.author_count))
    if paper.published:
        yield from _published(iri, paper.published)
    if paper.language:
        yield Triple(iri, v.DCTERMS_LANGUAGE, Literal(paper.language))
    for word in paper.keywords:
        yield Triple(iri, v.SCHEMA_KEYWORDS, Literal(word))
    for reference in paper.references:
        yield Triple(iri, v.CITO_CITES, NamedNode(address(in_own_scheme(reference))))


def _published(iri: NamedNode, published: Published) -> Iterator[Triple]:
    for predicate, value in (
        (v.PRISM_NAME, published.venue),
        (v.PRISM_VOLUME, published.volume),
        (v.PRISM_NUMBER, published.issue),
        (v.PRISM_PAGES, published.pages),
        (v.DCTERMS_PUBLISHER, published.publisher),
    ):
        if value:
            yield Triple(iri, predicate, Literal(value))
