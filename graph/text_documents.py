"""What is found by words: each paper, author, institution and category of belief as the texts it is known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

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
    "paper": (v.SOA_WORK,),
    "author": (v.FOAF_PERSON, v.FOAF_GROUP),  # groups sign too
    "institution": (v.ORG_ORGANIZATION,),
    "category": (v.SKOS_CONCEPT,),
}
_INDEXED: Final = frozenset(cls for classes in _CLASSES.values() for cls in classes)
_ROWS: Final[Mapping[str, _Row]] = MappingProxyType(
    {
        "paper": _Row((v.DCTERMS_TITLE,), (), (), (v.DCTERMS_ABSTRACT,)),
        "author": _Row((v.FOAF_NAME,), (v.CK_NAME_AS_GIVEN,), (), ()),
        "institution": _Row((v.SKOS_PREF_LABEL,), (v.SKOS_ALT_LABEL,), (), ()),
        "category": _Row((v.SKOS_PREF_LABEL,), (v.SKOS_ALT_LABEL,), (v.SKOS_NOTATION,), ()),
    }
)
_PREDICATES: Final = frozenset(p for row in _ROWS.values() for predicates in row for p in predicates)
_OF_BYLINES: Final = frozenset({v.DCTERMS_CREATOR, v.DCTERMS_ISSUED})
_TOUCHING: Final = _PREDICATES | _OF_BYLINES | {v.RDF_TYPE, v.SOA_HAS_AUTHOR}
TEXT_KINDS: Final = tuple(_CLASSES)
# Things looked up together. Of more than 1,000 in a `VALUES` the engine no longer begins with them (decision 0008).
_AT_ONCE: Final = 500


def _queries(row: _Row) -> tuple[tuple[int, str], ...]:
    """Return for each field (by its place) how the texts of THINGS are asked for that count as it."""
    return tuple(
        (place, f"SELECT DISTINCT ?thing ?text {{ VALUES ?thing {{ THINGS }} {_pattern(predicate)} }}")
        for place, predicates in enumerate(row)
        for predicate in predicates
    )


def _pattern(predicate: NamedNode) -> str:
    if predicate == v.CK_NAME_AS_GIVEN:
        return f"?authorship {v.SOA_HAS_AUTHOR} ?thing ; {predicate} ?text"
    return f"?thing {predicate} ?text"


_QUERIES: Final = {kind: _queries(row) for kind, row in _ROWS.items()}


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
    """Return the IRIs of the things whose documents, or co-authors, may change with these statements of belief.

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
        if predicate == v.CK_NAME_AS_GIVEN and engine is not None and not isinstance(subject, Triple):
            found |= _authors(engine, subject)
        if predicate == v.DCTERMS_CREATOR and isinstance(value, NamedNode):
            found.add(value.value)
        if predicate in _PREDICATES | _OF_BYLINES or (predicate == v.RDF_TYPE and value in _INDEXED):
            thing: object = subject
        elif predicate == v.SOA_HAS_AUTHOR:
            thing = value
        else:
            continue
        if isinstance(thing, NamedNode):
            found.add(thing.value)
    return found


def document(engine: Store, iri: str) -> Document | None:
    """Return a thing as it is indexed; None when belief has no such thing, or no text of it."""
    return next(documents_of(engine, (iri,)))[1]


def documents_of(engine: Store, iris: Sequence[str]) -> Iterator[tuple[str, Document | None]]:
    """Yield some things by IRI, each as `document` has it, `_AT_ONCE` at a time. Cost: O(their authorships)."""
    for place in range(0, len(iris), _AT_ONCE):
        some = iris[place : place + _AT_ONCE]
        kinds = _kinds(engine, some)
        found = {one.iri: one for kind, those in kinds.items() for one in _together(engine, kind, those)}
        yield from ((iri, found.get(iri)) for iri in some)


def _kinds(engine: Store, iris: Sequence[str]) -> dict[str, list[str]]:
    """Return kind -> those of some things that are indexed as it."""
    classes: dict[str, set[NamedNode]] = {}
    query = f"SELECT ?thing ?class {{ VALUES ?thing {{ {_listed(iris)} }} ?thing a ?class }}"
    for thing, cls in _rows(engine, query):
        classes.setdefault(thing.value, set()).add(cls)
    found: dict[str, list[str]] = {}
    for iri, theirs in classes.items():
        if kind := next((kind for kind, of in _CLASSES.items() if not theirs.isdisjoint(of)), None):
            found.setdefault(kind, []).append(iri)
    return found


def _listed(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in iris)


def documents(engine: Store) -> Iterator[Document]:
    """Yield all things as they are indexed, by kind: what `document` gives one by one, in a fifth of its time.

    Cost: O(texts); memory for the IRIs of one kind.
    """
    earlier: list[NamedNode] = []
    for kind, classes in _CLASSES.items():
        for cls in classes:
            iris = _of_class(engine, cls, earlier)
            earlier.append(cls)
            for place in range(0, len(iris), _AT_ONCE):
                yield from _together(engine, kind, iris[place : place + _AT_ONCE])


def _of_class(engine: Store, cls: NamedNode, earlier: Iterable[NamedNode]) -> list[str]:
    """Return the IRIs of the things of a class and of none before it, in the engine's order: there found fastest."""
    before = "".join(f" MINUS {{ ?thing a {other} }}" for other in earlier)
    rows = _rows(engine, f"SELECT ?thing {{ ?thing a {cls}{before} }}")
    return [thing.value for (thing,) in rows if isinstance(thing, NamedNode)]


def _together(engine: Store, kind: str, iris: Sequence[str]) -> Iterator[Document]:
    """Yield the documents of some things of a kind, in their order."""
    found: dict[str, list[set[str]]] = {iri: [set() for _ in FIELDS] for iri in iris}
    things = _listed(iris)
    for place, query in _QUERIES[kind]:
        for thing, text in _rows(engine, query.replace("THINGS", things)):
            if isinstance(text, Literal):
                found[thing.value][place].add(text.value)
    for iri, texts in found.items():
        if any(texts):
            yield _document(iri, kind, *texts)


def _document(
    iri: str, kind: str, names: set[str], others: set[str], notation: set[str], abstract: set[str]
) -> Document:
    # The mirror chooses the longest too.
    first = tuple(sorted(names, key=lambda name: (-len(name), name))[:1])
    rest = tuple(sorted((names | others).difference(first)))
    return Document(iri, kind, (first, rest, tuple(sorted(notation)), tuple(sorted(abstract))))


def _authors(engine: Store, authorship: NamedNode | BlankNode) -> set[str]:
    quads = engine.quads_for_pattern(authorship, v.SOA_HAS_AUTHOR, None, BELIEF)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def _rows(engine: Store, text: str) -> Iterator[Any]:
    return iter(cast(QuerySolutions, engine.query(text)))
