"""Who is whom, out of the decisions that hold: each IRI of the claims → the one that belief uses for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, Triple

from .. import vocabulary as v
from ..identifiers import address
from ..names import id_rank, identifier_of
from ..quads import statements
from .decisions import USER, Link, links

# Rules from the surest down: where a split forbids that all of a chain hold, these are taken first.
_FIRST = (USER, "doi", "arxiv", "acl", "pmid", "pmcid", "orcid", "ror")
NAME_IN_SOURCE = v.term("ck:NameInSource")
_PART = "~"  # between an author's ID and a source's: no ID made of a name holds one


class Identity:
    """Which IRIs are one. Immutable; the same decisions give the same clusters in whatever order they came.

    `members` holds, by the IRI that belief uses, all IRIs of a cluster of two or more. `parts` holds, by author and
    source, the node that stands for an author of no more than a name as that one source has them.
    """

    def __init__(
        self, base: str, decided: Iterable[Link] = (), parts: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.base = base
        self.parts = dict(parts or {})
        self.members = _clusters(decided, base)
        self.used = {iri: used for used, members in self.members.items() for iri in members if iri != used}
        self._wholes = {part: whole for whole, nodes in self.parts.items() for part in nodes.values()}
        self.is_plain = not self.used and not self.parts

    @classmethod
    def read(cls, engine: ox.Store, base: str) -> Identity:
        """Return what the decisions of a store come to. Cost: O(decisions)."""
        return cls(base, links(engine, base).values(), parts_of(engine, base))

    def one(self, iri: str, source: str = "") -> str:
        """Return the IRI that belief uses for a thing of the claims, as a source has it."""
        if nodes := self.parts.get(iri):
            iri = nodes.get(source, iri)
        return self.used.get(iri, iri)

    def kin(self, iri: str) -> set[str]:
        """Return all IRIs of the claims that share a cluster with one, itself among them."""
        nodes = {iri, *self.parts.get(iri, {}).values()}
        found = {iri}
        for node in nodes:
            found |= self.members.get(self.used.get(node, node), frozenset())
        return {self._wholes.get(node, node) for node in found}

    def whole(self, node: str) -> str:
        """Return the author whose part, as one source has them, a node stands for; others are whole."""
        return self._wholes.get(node, node)

    def nodes(self, iri: str) -> set[str]:
        """Return all IRIs that belief may use for a thing of the claims."""
        return {self.used.get(node, node) for node in self.parts.get(iri, {}).values()} or {self.one(iri)}

    def image(self, triple: Triple, source: str) -> Triple:
        """Return what belief makes of a claim of a source; the same object where nothing is replaced."""
        subject, value = triple.subject, triple.object
        a = self._term(subject.value, source) if isinstance(subject, NamedNode) else None
        b = self._term(value.value, source) if isinstance(value, NamedNode) else None
        if a is None and b is None:
            return triple
        return Triple(NamedNode(a) if a else subject, triple.predicate, NamedNode(b) if b else value)

    def _term(self, iri: str, source: str) -> str | None:
        """The IRI that replaces one, of a thing or of a node that is part of it; None where it stays."""
        if not iri.startswith(self.base):
            return None
        kind, _, rest = iri[len(self.base) :].partition("/")
        if kind not in ("paper", "author", "institution"):
            return None
        identifier, slash, part = rest.partition("/")
        thing = f"{self.base}{kind}/{identifier}"
        used = self.one(thing, source)
        if not slash:
            return used if used != thing else None
        found = f"{used}/{self._part(part, identifier, source, is_moved=used != thing)}"
        return found if found != iri else None

    def _part(self, part: str, owner: str, source: str, *, is_moved: bool) -> str:
        """What follows the thing: of an authorship its author is replaced too; a figure of another IRI keeps its name,
        since one source may report on both."""
        name, _, rest = part.partition("/")
        if name == "a":
            place, _, author = rest.partition("-")
            return f"a/{place}-{self.one(f'{self.base}author/{author}', source).rpartition('/')[2]}"
        if name == "metric" and is_moved:
            where, slash, more = rest.partition("/")
            return f"metric/{owner}{_PART}{where}{slash}{more}"
        return part

    def replaced(self, iri: str) -> Iterator[Triple]:
        """Yield what belief says of an IRI that it does not use."""
        for used in sorted(self.nodes(iri) - {iri}):
            yield Triple(NamedNode(iri), v.DCTERMS_IS_REPLACED_BY, NamedNode(used))
            yield Triple(NamedNode(used), v.OWL_SAME_AS, NamedNode(iri))
            if used.startswith(
                f"{self.base}institution/ror-"
            ):  # known by a table: no source need have said it
                known = identifier_of(used.rpartition("/")[2])
                if known is not None:
                    yield Triple(NamedNode(used), v.OWL_SAME_AS, NamedNode(address(known)))

    def differs(self, other: Identity) -> set[str]:
        """Return the things of the claims for which belief uses another IRI than it would under other decisions."""
        nodes = {
            iri for iri in self.used.keys() | other.used.keys() if self.used.get(iri) != other.used.get(iri)
        }
        wholes = {**self._wholes, **other._wholes}
        found = {wholes.get(node, node) for node in nodes}
        return found | {
            a for a in self.parts.keys() | other.parts.keys() if self.parts.get(a) != other.parts.get(a)
        }

    def joins(self, iri: str) -> bool:
        """Return whether a thing of the claims is one with others, or in parts."""
        return iri in self.used or iri in self.members or iri in self.parts

    def everyone(self) -> set[str]:
        """Return all IRIs of the claims that are replaced, or stand for others."""
        found = {self._wholes.get(iri, iri) for members in self.members.values() for iri in members}
        return found | set(self.parts)


def parts_of(engine: ox.Store, base: str) -> dict[str, dict[str, str]]:
    """Return author → source → the node for that author in that source, where names of sources are kept apart."""
    graph = v.identity_graph(base)
    found: dict[str, dict[str, str]] = {}
    for node, _, _ in statements(engine, None, v.RDF_TYPE, NAME_IN_SOURCE, graph):
        whole, _, source = node.value.rpartition(_PART)
        found.setdefault(whole, {})[v.entity(base, "source", source).value] = node.value
    return found


def write_parts(engine: ox.Store, base: str, wanted: Mapping[str, Iterable[str]]) -> None:
    """Keep the names of sources apart as told, author → sources, and no others."""
    graph = v.identity_graph(base)
    old = {node for nodes in parts_of(engine, base).values() for node in nodes.values()}
    new = {part_node(author, source) for author, sources in wanted.items() for source in sources}
    for node in old - new:
        engine.remove(Quad(NamedNode(node), v.RDF_TYPE, NAME_IN_SOURCE, graph))
    engine.extend(Quad(NamedNode(node), v.RDF_TYPE, NAME_IN_SOURCE, graph) for node in new - old)


def part_node(author: str, source: str) -> str:
    """Return the node that stands for an author as one source has them."""
    return f"{author}{_PART}{source.rpartition('/')[2]}"


def strength(iri: str, base: str) -> tuple[int, str]:
    """Return what IRIs of one thing are sorted by: the strongest scheme first, then by IRI."""
    kind, _, identifier = iri[len(base) :].partition("/")
    return id_rank(kind, identifier), iri


def _clusters(decided: Iterable[Link], base: str) -> dict[str, frozenset[str]]:
    """Join what is merged, the surest first; never two that are split. Return the clusters by the IRI they go by."""
    holding = [link for link in decided if not link.is_undone]
    apart: dict[str, set[str]] = {}
    for link in holding:
        if not link.is_merge:
            apart.setdefault(link.one, set()).add(link.other)
            apart.setdefault(link.other, set()).add(link.one)
    merges = [link for link in holding if link.is_merge]
    if apart:
        merges.sort(key=_order)
    groups: dict[str, set[str]] = {}
    for link in merges:
        one = groups.get(link.one) or {link.one}
        other = groups.get(link.other) or {link.other}
        if one is other or (apart and _are_split(one, other, apart)):
            continue
        if len(one) < len(other):
            one, other = other, one
        one |= other
        for iri in other:
            groups[iri] = one
        groups[link.one] = groups[link.other] = one
    whole = {id(group): group for group in groups.values()}
    return {min(group, key=partial(strength, base=base)): frozenset(group) for group in whole.values()}


def _are_split(one: set[str], other: set[str], apart: Mapping[str, set[str]]) -> bool:
    return any(not apart[iri].isdisjoint(other) for iri in one if iri in apart)


def _order(link: Link) -> tuple[int, str, str, str]:
    rank = _FIRST.index(link.rule) if link.rule in _FIRST else len(_FIRST)
    return rank, link.rule, link.one, link.other
