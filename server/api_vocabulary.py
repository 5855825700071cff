"""The words that a query can use here: prefixes, classes and properties with their counts, functions of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.quads import statements

from .editions import Edition
from .endpoints import Call, Document, Endpoint

# The same term of ours may be counted or not; its kind in `OWN_TERMS` says in which list it stands.
_CLASS, _PROPERTY, _FUNCTION = "class", "property", "function"
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_]")


@dataclass(frozen=True, slots=True)
class Word:
    """A class, property or function: its prefixed name (the IRI where no prefix fits), and how often belief uses it."""

    name: str
    iri: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an editor offers. Classes and properties: most used first, then by name; functions by name."""

    prefixes: dict[str, str]
    classes: tuple[Word, ...]
    properties: tuple[Word, ...]
    functions: tuple[Word, ...]


def vocabulary_of(edition: Edition) -> Vocabulary:
    """Return the words of an edition, made once: those that its VoID partitions count, and our own terms."""
    return edition.memory.get("vocabulary", lambda: _vocabulary(edition))


def _vocabulary(edition: Edition) -> Vocabulary:
    graph = v.void_graph(edition.base)
    classes = dict(_counted(edition.engine, graph, v.term("void:class"), v.term("void:entities")))
    properties = dict(_counted(edition.engine, graph, v.term("void:property"), v.term("void:triples")))
    return Vocabulary(
        prefixes=dict(v.PREFIXES),
        classes=_words(classes, _CLASS),
        properties=_words(properties, _PROPERTY),
        functions=_words({}, _FUNCTION),
    )


def _counted(
    engine: ox.Store, graph: ox.NamedNode, names: ox.NamedNode, counts: ox.NamedNode
) -> Iterator[tuple[str, int]]:
    """Yield the term of each partition of the VoID description with its count."""
    numbers = {s.subject: int(s.object.value) for s in statements(engine, predicate=counts, graph=graph)}
    for part, _, term in statements(engine, predicate=names, graph=graph):
        yield term.value, numbers.get(part, 0)


def _words(counts: Mapping[str, int], kind: str) -> tuple[Word, ...]:
    own = {v.PREFIXES["ck"] + name: text for name, (of, text) in OWN_TERMS.items() if of == kind}
    words = [
        Word(name := v.shortened(iri), iri, counts.get(iri, 0), own.get(iri) or _spelled(name))
        for iri in {**counts, **own}
    ]
    return tuple(sorted(words, key=lambda word: (-word.count, word.name)))


def _spelled(name: str) -> str:
    """Return the words of a name, for reading.

    Example:
        >>> _spelled("soa:hasAuthorship"), _spelled("bido:h-index")
        ('has authorship', 'h index')
    """
    return " ".join(_HUMP.split(name.partition(":")[2])).lower() if "://" not in name else name


def _answer(call: Call) -> Document:
    found = vocabulary_of(call.edition)
    return {
        "version": call.edition.version,
        "prefixes": found.prefixes,
        "classes": found.classes,
        "properties": found.properties,
        "functions": found.functions,
    }


ENDPOINTS: Final = (
    Endpoint(
        path="/api/vocabulary",
        name="api_vocabulary",
        tag="Queries",
        summary="The words a query can use",
        description=(
            "Prefixes, and the classes and properties that the store uses with how often, out of its VoID "
            "description (`/.well-known/void`); our own terms and functions too. For editors that complete names."
        ),
        answer=_answer,
        schema="Vocabulary",
    ),
)
