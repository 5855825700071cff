"""Categories → statements: each a concept of its scheme, with what stands above it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .categories import ARXIV, taxonomy
from .names import category_id
from .records import Category


def concept(category: Category, base: str) -> NamedNode:
    """Return the node of a category."""
    return v.entity(base, "category", category_id(category))


def concept_statements(category: Category, base: str) -> Iterator[Triple]:
    """Yield what is known of a category."""
    iri = concept(category, base)
    if category.scheme == ARXIV and category.notation in taxonomy():
        yield from _arxiv(iri, category.notation, base)
        return
    yield from _stated(iri, category.notation, category.scheme, base)
    if category.label:
        yield Triple(iri, v.SKOS_PREF_LABEL, Literal(category.label))
    for notation in category.possible:
        meant = v.entity(base, "category", notation)
        yield Triple(iri, v.CK_POSSIBLY_MEANS, meant)
        yield from _arxiv(meant, notation, base)


def _arxiv(iri: NamedNode, notation: str, base: str) -> Iterator[Triple]:
    entry = taxonomy()[notation]
    yield from _stated(iri, notation, ARXIV, base)
    yield Triple(iri, v.SKOS_PREF_LABEL, Literal(entry.name, language="en"))
    if entry.archive:
        archive = v.entity(base, "category", entry.archive)
        yield Triple(iri, v.SKOS_BROADER, archive)
        yield from _arxiv(archive, entry.archive, base)
    else:
        yield Triple(iri, v.SKOS_TOP_CONCEPT_OF, v.scheme(base, ARXIV))


def _stated(iri: NamedNode, notation: str, scheme: str, base: str) -> Iterator[Triple]:
    yield Triple(iri, v.RDF_TYPE, v.SKOS_CONCEPT)
    yield Triple(iri, v.RDF_TYPE, v.FABIO_SUBJECT_TERM)
    yield Triple(iri, v.SKOS_NOTATION, Literal(notation))
    yield Triple(iri, v.SKOS_IN_SCHEME, v.scheme(base, scheme))
    yield Triple(v.scheme(base, scheme), v.RDF_TYPE, v.SKOS_CONCEPT_SCHEME)
