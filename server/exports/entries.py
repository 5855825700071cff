"""A paper of belief as an entry of a bibliography: what BibTeX and CSL-JSON have in common.

The author list is that of one source: the one that has the whole list, else the longest. Belief can hold two
spellings of one author at one place; a bibliography must not list both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode

from collegium.graph import vocabulary as v
from collegium.graph.categories import taxonomy
from collegium.graph.identifiers import address, by_address
from collegium.graph.items import Paper
from collegium.graph.names import PAPER_SCHEMES, name_key
from collegium.graph.person_names import turned
from collegium.graph.quads import BELIEF, statements
from collegium.graph.record_words import PAPER_KINDS
from collegium.graph.records import Identifier
from collegium.graph.selection import Filter, select
from collegium.graph.snapshot import Mirror
from collegium.graph.store import Store

Graph = NamedNode | DefaultGraph

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./:+-]*")
_KINDS: Final = {cls: kind for kind, cls in PAPER_KINDS.items()}


@dataclass(frozen=True, slots=True)
class Name:
    """An author of an entry. `family` and `given` stand where the source prints "Family, Given"."""

    spoken: str
    family: str | None = None
    given: str | None = None
    is_collective: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper, ready to be written. `key` is unique in the store and stays the same as long as the paper is known.

    `date` has one to three numbers: year, month, day; none where no source prints a year.
    """

    key: str
    title: str
    authors: tuple[Name, ...]
    is_cut: bool
    kind: str | None
    date: tuple[int, ...]
    identifiers: tuple[Identifier, ...]
    venue: str | None
    volume: str | None
    number: str | None
    pages: str | None
    publisher: str | None
    abstract: str | None
    language: str | None
    keywords: tuple[str, ...]
    category: str | None  # the main one of arXiv

    def value(self, scheme: str) -> str | None:
        """Return the identifier of a scheme."""
        return next((one.value for one in self.identifiers if one.scheme == scheme), None)

    @property
    def url(self) -> str | None:
        """The address by which the paper is best known; None where no source gives an identifier."""
        return address(self.identifiers[0]) if self.identifiers else None


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers that are asked for: those of a store that a filter lets pass."""

    store: Store
    mirror: Mirror
    where: Filter

    def entries(self) -> Iterator[Entry]:
        """Yield the papers in the order of their IRIs. Raises: NotFound, AmbiguousName (filter)."""
        for paper in select(self.mirror, self.where).papers:
            yield _entry(self.store, paper)


def _entry(store: Store, paper: Paper) -> Entry:
    engine, node = store.engine, NamedNode(paper.iri)
    said = _said(engine, node, BELIEF)

    def text(predicate: NamedNode) -> str | None:
        return min(_texts(said.get(predicate, ())), key=lambda one: (-len(one), one), default=None)

    kinds = sorted(_KINDS[c] for c in said.get(v.RDF_TYPE, ()) if isinstance(c, NamedNode) and c in _KINDS)
    return Entry(
        key=_key(paper.id),
        title=text(v.DCTERMS_TITLE) or "",
        authors=_authors(engine, node, store.base),
        is_cut=paper.truncated,
        kind=next((kind for kind in kinds if kind != "other"), kinds[0] if kinds else None),
        date=_date(_texts(said.get(v.DCTERMS_ISSUED, ()))),
        identifiers=_identifiers(said.get(v.OWL_SAME_AS, ())),
        venue=text(v.PRISM_NAME),
        volume=text(v.PRISM_VOLUME),
        number=text(v.PRISM_NUMBER),
        pages=text(v.PRISM_PAGES),
        publisher=text(v.DCTERMS_PUBLISHER),
        abstract=text(v.DCTERMS_ABSTRACT),
        language=text(v.DCTERMS_LANGUAGE),
        keywords=tuple(sorted(_texts(said.get(v.SCHEMA_KEYWORDS, ())))),
        category=_category(engine, said.get(v.FABIO_PRIMARY_SUBJECT, ())),
    )


def _texts(values: Sequence[NamedNode | Literal]) -> list[str]:
    return [value.value for value in values if isinstance(value, Literal)]


def _key(id: str) -> str:
    """The paper's ID; characters that no key may hold are left out, with a digest for what they told apart."""
    key = id.replace("~", "/")
    if _KEY.fullmatch(key):
        return key
    kept = "".join(_KEY.findall(key))[-80:].strip("./:")
    return f"{kept or 'paper'}-{sha256(id.encode()).hexdigest()[:8]}"


def _date(issued: Sequence[str]) -> tuple[int, ...]:
    """The earliest year, with month and day as far as the most precise date of that year has them."""
    found = [tuple(int(p) for p in m.groups() if p) for text in issued if (m := _DATE.match(text))]
    year = min((date[0] for date in found), default=None)
    return min((d for d in found if d[0] == year), key=lambda d: (-len(d), d), default=())


def _identifiers(addresses: Sequence[NamedNode | Literal]) -> tuple[Identifier, ...]:
    """The identifiers, the most widely used scheme first."""
    known = {found for a in addresses if isinstance(a, NamedNode) and (found := by_address(a.value, "paper"))}
    return tuple(sorted(known, key=lambda one: (PAPER_SCHEMES.index(one.scheme), one.value)))


def _category(engine: ox.Store, concepts: Sequence[NamedNode | Literal]) -> str | None:
    notations = (
        s.object.value
        for concept in concepts
        if isinstance(concept, NamedNode)
        for s in statements(engine, concept, v.SKOS_NOTATION)
    )
    return min((text for text in notations if text in taxonomy()), default=None)


def _authors(engine: ox.Store, paper: NamedNode, base: str) -> tuple[Name, ...]:
    """The authors whom the best list prints, in its order."""
    lists: dict[Graph, list[NamedNode]] = {}
    for quad in engine.quads_for_pattern(paper, v.SOA_HAS_AUTHORSHIP, None, None):
        graph = cast(Graph, quad.graph_name)
        if isinstance(quad.object, NamedNode) and (
            graph == BELIEF or (isinstance(graph, NamedNode) and v.is_claims_graph(base, graph.value))
        ):
            lists.setdefault(graph, []).append(quad.object)
    if len(lists) > 1:
        lists.pop(BELIEF, None)

    def rank(graph: Graph) -> tuple[bool, int, str]:
        is_whole = any(
            s.object.value == "false" for s in statements(engine, paper, v.CK_TRUNCATED, graph=graph)
        )
        return not is_whole, -len(lists[graph]), str(graph)

    if not lists:
        return ()
    best = min(lists, key=rank)
    placed: dict[int, Name] = {}
    for node in sorted(lists[best], key=str):
        said = _said(engine, node, best)
        positions = _texts(said.get(v.SOA_POSITION, ()))
        if positions and positions[0].isdecimal() and (name := _name(engine, said, best)):
            placed.setdefault(int(positions[0]), name)
    return tuple(placed[at] for at in sorted(placed))


def _said(engine: ox.Store, node: NamedNode, graph: Graph) -> dict[NamedNode, list[NamedNode | Literal]]:
    """All that a graph says of a thing, in one question: that is what takes the time."""
    said: dict[NamedNode, list[NamedNode | Literal]] = {}
    for _, predicate, value in statements(engine, node, graph=graph):
        said.setdefault(predicate, []).append(value)
    return said


def _name(engine: ox.Store, said: dict[NamedNode, list[NamedNode | Literal]], graph: Graph) -> Name | None:
    """The name of an author, by what is said of the authorship."""
    printed = min(_texts(said.get(v.CK_NAME_AS_GIVEN, ())), default="")
    spoken, is_collective = printed, False
    person = next(iter(said.get(v.SOA_HAS_AUTHOR, ())), None)
    if isinstance(person, NamedNode):
        of_person = _said(engine, person, graph)
        spoken = min(_texts(of_person.get(v.FOAF_NAME, ())), default=printed)
        # By any source: the one whose list this is may not tell groups from people.
        is_collective = any(engine.quads_for_pattern(person, v.RDF_TYPE, v.FOAF_GROUP))
    spoken = " ".join(spoken.split())
    if not spoken:
        return None
    family, comma, given = (part.strip() for part in printed.partition(","))
    is_parted = bool(comma and family and given) and "," not in given and not is_collective
    if is_parted and name_key(turned(printed)) == name_key(spoken):
        return Name(spoken, family, given)
    return Name(spoken, is_collective=is_collective)
