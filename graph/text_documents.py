"""What is found by words: each paper, author, institution and category of belief as the texts it is known by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from . import vocabulary as v
from .quads import BELIEF
from .words import folded

# The fields of a document, in the order in which a match in one counts before a match in another.
FIELDS: Final = ("name", "other_names", "notation", "abstract")


class _Row(NamedTuple):
    """Where belief has the texts of one kind of thing: predicates, by field."""

    names: tuple[NamedNode, ...]
    other_names: tuple[NamedNode, ...]
    notation: tuple[NamedNode, ...]
    abstract: tuple[NamedNode, ...]


# A thing of two kinds is indexed as the first. `ck:nameAsGiven` stands on the authorships of an author.
_CLASSES: Final = {
    "paper": v.SOA_WORK,
    "author": v.FOAF_PERSON,
    "institution": v.ORG_ORGANIZATION,
    "category": v.SKOS_CONCEPT,
}
_ROWS: Final[Mapping[str, _Row]] = MappingProxyType(
    {
        "paper": _Row((v.DCTERMS_TITLE,), (), (), (v.DCTERMS_ABSTRACT,)),
        "author": _Row((v.FOAF_NAME,), (v.CK_NAME_AS_GIVEN,), (), ()),
        "institution": _Row((v.SKOS_PREF_LABEL,), (v.SKOS_ALT_LABEL,), (), ()),
        "category": _Row((v.SKOS_PREF_LABEL,), (v.SKOS_ALT_LABEL,), (v.SKOS_NOTATION,), ()),
    }
)
_PREDICATES: Final = frozenset(p for row in _ROWS.values() for predicates in row for p in predicates)
_TOUCHING: Final = _PREDICATES | {v.RDF_TYPE, v.SOA_HAS_AUTHOR}
TEXT_KINDS: Final = tuple(_CLASSES)
_AT_ONCE: Final = 200_000  # things whose names are held in memory together


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as it is indexed. `texts` run beside `FIELDS`; the name that it goes by is the first of the first."""

    iri: str
    kind: str
    texts: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """The name that it goes by, as in the mirror; its IRI when it has none."""
        return next((texts[0] for texts in self.texts[:3] if texts), self.iri)

    @property
    def key(self) -> str:
        """The words of its name: who asks for exactly these wants this thing first."""
        return folded(self.name)


def touched(claims: Iterable[Triple] | Iterable[Quad], engine: Store | None = None) -> set[str]:
    """Return the IRIs of the things whose documents may change with these statements of belief.

    Args:
        engine: what holds belief now; there the authors are looked up whose authorship is given another name. Without
            it an authorship's name and its author are taken to stand in one source, as our readers write them.
    """
    found = set()
    for claim in claims:
        predicate = claim.predicate
        if predicate not in _TOUCHING:
            continue
        subject, value = claim.subject, claim.object
        if predicate == v.CK_NAME_AS_GIVEN and engine is not None and isinstance(subject, NamedNode):
            found |= _authors(engine, subject)
        if predicate in _PREDICATES or (predicate == v.RDF_TYPE and value in _CLASSES.values()):
            thing: object = subject
        elif predicate == v.SOA_HAS_AUTHOR:
            thing = value
        else:
            continue
        if isinstance(thing, NamedNode):
            found.add(thing.value)
    return found


def document(engine: Store, iri: str) -> Document | None:
    """Return a thing as it is indexed; None when belief has no such thing, or no text of it.

    Cost: O(authorships) for an author.
    """
    thing = NamedNode(iri)
    types = {quad.object for quad in engine.quads_for_pattern(thing, v.RDF_TYPE, None, BELIEF)}
    kind = next((kind for kind, cls in _CLASSES.items() if cls in types), None)

    def values(predicate: NamedNode) -> set[str]:
        if predicate == v.CK_NAME_AS_GIVEN:
            return _printed(engine, thing)
        return _literals(engine.quads_for_pattern(thing, predicate, None, BELIEF))

    return _document(iri, kind, values) if kind else None


def documents(engine: Store) -> Iterator[Document]:
    """Yield all things as they are indexed, by kind and IRI: what `document` gives one by one, in a fifth of its time.

    Cost: memory for the IRIs of one kind and the names of `_AT_ONCE` things; one look at all names for each so many.
    """
    for kind in _CLASSES:
        iris = _of_kind(engine, kind)
        for place in range(0, len(iris), _AT_ONCE):
            yield from _together(engine, kind, iris[place : place + _AT_ONCE])


def _of_kind(engine: Store, kind: str) -> list[str]:
    """Return the IRIs of the things that are indexed as a kind, sorted."""
    kinds = list(_CLASSES)
    before = [_CLASSES[name] for name in kinds[: kinds.index(kind)]]
    found = []
    for quad in engine.quads_for_pattern(None, v.RDF_TYPE, _CLASSES[kind], BELIEF):
        thing = quad.subject
        if not isinstance(thing, NamedNode):
            continue
        if not any(Quad(thing, v.RDF_TYPE, cls, BELIEF) in engine for cls in before):
            found.append(thing.value)
    return sorted(found)


def _together(engine: Store, kind: str, iris: list[str]) -> Iterator[Document]:
    """Yield the documents of some things of a kind, in their order."""
    row, wanted = _ROWS[kind], frozenset(iris)
    names = {
        predicate: _all_printed(engine, wanted)
        if predicate == v.CK_NAME_AS_GIVEN
        else _all_values(engine, predicate, wanted)
        for predicate in (*row.names, *row.other_names, *row.notation)
    }
    nothing: set[str] = set()
    for iri in iris:

        def values(predicate: NamedNode, iri: str = iri) -> set[str]:
            if predicate in names:
                return names[predicate].get(iri, nothing)
            return _literals(engine.quads_for_pattern(NamedNode(iri), predicate, None, BELIEF))

        if found := _document(iri, kind, values):
            yield found


def _document(iri: str, kind: str, values: Callable[[NamedNode], set[str]]) -> Document | None:
    row = _ROWS[kind]
    names, others, notation, abstract = (
        {text for predicate in predicates for text in values(predicate)} for predicates in row
    )
    # The mirror chooses the longest too.
    first = tuple(sorted(names, key=lambda name: (-len(name), name))[:1])
    rest = tuple(sorted((names | others).difference(first)))
    texts = (first, rest, tuple(sorted(notation)), tuple(sorted(abstract)))
    return Document(iri, kind, texts) if any(texts) else None


def _literals(quads: Iterable[Quad]) -> set[str]:
    return {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


def _printed(engine: Store, author: NamedNode) -> set[str]:
    """Return the author's name in each form that a source prints."""
    found: set[str] = set()
    for quad in engine.quads_for_pattern(None, v.SOA_HAS_AUTHOR, author, BELIEF):
        if isinstance(quad.subject, NamedNode):
            found |= _literals(engine.quads_for_pattern(quad.subject, v.CK_NAME_AS_GIVEN, None, BELIEF))
    return found


def _authors(engine: Store, authorship: NamedNode) -> set[str]:
    quads = engine.quads_for_pattern(authorship, v.SOA_HAS_AUTHOR, None, BELIEF)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def _all_values(engine: Store, predicate: NamedNode, wanted: Set[str]) -> dict[str, set[str]]:
    """Return IRI -> texts, for the things that are wanted."""
    found: dict[str, set[str]] = {}
    for quad in engine.quads_for_pattern(None, predicate, None, BELIEF):
        thing, text = quad.subject, quad.object
        if isinstance(thing, NamedNode) and isinstance(text, Literal) and thing.value in wanted:
            found.setdefault(thing.value, set()).add(text.value)
    return found


def _all_printed(engine: Store, wanted: Set[str]) -> dict[str, set[str]]:
    """Return author IRI -> the names in each form that a source prints, for the authors that are wanted."""
    authors: dict[str, list[str]] = {}
    for quad in engine.quads_for_pattern(None, v.SOA_HAS_AUTHOR, None, BELIEF):
        node, author = quad.subject, quad.object
        if isinstance(node, NamedNode) and isinstance(author, NamedNode) and author.value in wanted:
            authors.setdefault(node.value, []).append(author.value)
    found: dict[str, set[str]] = {}
    for quad in engine.quads_for_pattern(None, v.CK_NAME_AS_GIVEN, None, BELIEF):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            for name in authors.get(quad.subject.value, ()):
                found.setdefault(name, set()).add(quad.object.value)
    return found
