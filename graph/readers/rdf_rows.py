"""The form of a row of `rdf_vocabularies`: which statements of a vocabulary say what of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode

from ..vocabulary import term

Path: TypeAlias = tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a work to its authors.

    `link` leads to a node between them, or (with `to` None) to the author. Of the nodes only those count that have the
    statement `only`. `order` says how `rank` orders them: "numbers", "words" (first, middle, last), "chain" (the next
    node), "list" (the link leads to an RDF list), "none". `name`, `orcid`, `text` stand on the node.
    """

    link: NamedNode
    to: NamedNode | None = None
    order: str = "none"
    rank: NamedNode | None = None
    only: tuple[NamedNode, NamedNode] | None = None
    name: NamedNode | None = None
    orcid: NamedNode | None = None
    text: NamedNode | None = None  # affiliations as printed
    institution: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A row; `works` maps classes to kinds of paper; `identifiers` predicates to schemes,
    "" where the value says itself whose it is."""

    name: str
    works: Mapping[NamedNode, str | None]
    ways: tuple[Way, ...]
    persons: tuple[NamedNode, ...] = ()
    institutions: tuple[NamedNode, ...] = ()
    title: tuple[Path, ...] = ()
    issued: tuple[Path, ...] = ()
    dated: tuple[NamedNode, NamedNode, NamedNode] | None = (
        None  # to a node, its date, and how precise that is
    )
    abstract: tuple[Path, ...] = ()
    names: tuple[Path, ...] = ()
    parts: tuple[tuple[Path, Path], ...] = ()  # given name, family name
    identifiers: Mapping[NamedNode, str] = field(default_factory=dict)
    venue: tuple[Path, ...] = ()
    volume: tuple[Path, ...] = ()
    issue: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()
    page_ends: tuple[Path, Path] | None = None
    publisher: tuple[Path, ...] = ()
    keywords: tuple[Path, ...] = ()
    language: tuple[Path, ...] = ()
    references: NamedNode | None = None
    count: NamedNode | None = None  # of authors
    reported: Mapping[NamedNode, str] = field(default_factory=dict)
    employers: tuple[NamedNode, ...] = ()
    types: tuple[NamedNode, ...] = ()  # whose value says in a word of Crossref or OpenAlex what a work is
    subjects: Mapping[NamedNode, str] = field(default_factory=dict)  # predicate -> scheme of categories


def paths(text: str) -> tuple[Path, ...]:
    """Paths, parted by blanks: "soa:hasPrimaryLocation/soa:hasSource/foaf:name dcterms:title"."""
    return tuple(tuple(term(step) for step in path.split("/")) for path in text.split())


def nodes(text: str) -> tuple[NamedNode, ...]:
    return tuple(map(term, text.split()))


def kinds(prefix: str, text: str) -> dict[NamedNode, str | None]:
    """Classes of a namespace and their kinds: "Article=article Work" (no kind)."""
    rows = (row.partition("=") for row in text.split())
    return {term(f"{prefix}:{name}"): kind or None for name, _, kind in rows}


def keyed(text: str) -> dict[NamedNode, str]:
    rows = (row.partition("=") for row in text.split())
    return {term(name): key for name, _, key in rows}
