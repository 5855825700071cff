"""Who is whom, out of the decisions that hold: each IRI of the claims → the one that belief uses for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from .. import vocabulary as v
from ..identifiers import address
from ..names import id_rank, identifier_of
from .decisions import USER, Link, links
from .names_apart import of_parts, parts_of
from .parted import PART, REST, Present, Whose, present, whose
from .told_apart import are_apart, told_apart

# Rules from the surest down: where a split forbids that all of a chain hold, these are taken first.
_FIRST = (USER, "doi", "arxiv", "acl", "pmid", "pmcid", "orcid", "ror")
# What a source says of each of the people that it has under one name.
_OF_EACH: Final = frozenset({v.RDF_TYPE, v.FOAF_NAME, v.CK_IDENTIFIED_BY})


class Identity:
    """Which IRIs are one. Immutable; the same decisions give the same clusters in whatever order they came.

    `members` holds, by the IRI that belief uses, all IRIs of a cluster of two or more. `parts` holds, by author and
    source, the node that stands for an author of no more than a name as that one source has them. `whose` and `present`
    tell of authors who are several people by somebody's word; see `parted.py`.
    """

    def __init__(
        self,
        base: str,
        decided: Iterable[Link] = (),
        parts: Mapping[str, Mapping[str, str]] | None = None,
        seek: Callable[[Whose, Callable[[str], str]], Present] = lambda _whose, _paper_of: {},
    ) -> None:
        """`seek`: finds which people sources speak of under the name of an author in parts."""
        self.base = base
        self.parts = dict(parts or {})
        decided = list(of_parts(decided, self.parts))
        self.members = _clusters(decided, base)
        self.used = {iri: used for used, members in self.members.items() for iri in members if iri != used}
        self._wholes = {part: whole for whole, nodes in self.parts.items() for part in nodes.values()}
        self.whose: Whose = {}
        on_papers = [link for link in decided if link.new and not link.is_undone]
        apart = told_apart(link for link in decided if not link.is_merge and not link.is_undone)
        on_papers = [link for link in on_papers if not link.is_merge or not self._is_refused(link, apart)]
        # Nodes of whom no source speaks: made for people whose some papers are.
        self._made = {link.new for link in on_papers if not link.is_merge}
        self.whose = whose(on_papers, self.one, self._one_with)
        self.present = seek(self.whose, self.one) if self.whose else {}
        self._authors: dict[
            str, set[str]
        ] = {}  # node of a person whose some papers are -> authors of the claims
        for author, papers in self.whose.items():
            for node in papers.values():
                self._authors.setdefault(node, set()).add(author)
        self.is_plain = not self.used and not self.parts and not self.whose

    @classmethod
    def read(cls, engine: ox.Store, base: str) -> Identity:
        """Return what the decisions of a store come to. Cost: O(decisions)."""
        seek = partial(present, engine, base)
        return cls(base, links(engine, base).values(), parts_of(engine, base), seek)

    def one(self, iri: str, source: str = "", paper: str = "") -> str:
        """Return the IRI that belief uses for a thing of the claims, as a source has it; for an author, on a paper."""
        if self.whose and (papers := self.whose.get(iri)):
            node = papers.get(self.used.get(paper, paper), REST) if paper else self._home(iri, source)
            if node != REST:
                return self.used.get(node, node)
        return self._rest(iri, source)

    def _rest(self, iri: str, source: str) -> str:
        if nodes := self.parts.get(iri):
            iri = nodes.get(source, iri)
        return self.used.get(iri, iri)

    def everybody(self, iri: str, source: str) -> set[str]:
        """Return the IRIs that belief uses for all people whom a source has under the name of an author."""
        there = self.present.get(iri, {}).get(source, frozenset()) if self.whose else frozenset()
        found = {self.used.get(node, node) for node in there if node != REST}
        if not found or REST in there:
            found.add(self._rest(iri, source))
        return found | {self.one(iri, source)}

    def _home(self, iri: str, source: str) -> str:
        """To whom belongs what a source says of an author in parts as a whole; `REST` for who keeps the address."""
        there = self.present.get(iri, {}).get(source, frozenset())
        return min(there) if len(there) == 1 else REST

    def _one_with(self, author: str) -> set[str]:
        """The authors of the claims who are one with an author, parts by source as the whole."""
        nodes = {author, *self.parts.get(author, {}).values()}
        clusters = (self.members.get(self.used.get(node, node), (node,)) for node in nodes)
        return {self._wholes.get(iri, iri) for cluster in clusters for iri in cluster}

    def are_one(self, one: str, other: str) -> bool:
        """Return whether belief holds two things of the claims to be one, as at least one source has them."""
        return bool(self.nodes(one) & self.nodes(other))

    def kin(self, iri: str) -> set[str]:
        """Return all IRIs of the claims that share a cluster with one, itself among them."""
        nodes = {iri, *self.parts.get(iri, {}).values(), *self.whose.get(iri, {}).values()}
        found = {iri} | (nodes - self._made)
        for node in nodes:
            found |= self.members.get(self.used.get(node, node), frozenset())
        found = {self._wholes.get(node, node) for node in found}
        return found.union(*(self._authors.get(node, ()) for node in found | nodes))

    def whole(self, node: str) -> str:
        """Return the author whose part, as one source has them, a node stands for; others are whole."""
        return self._wholes.get(node, node)

    def nodes(self, iri: str) -> set[str]:
        """Return all IRIs that belief may use for a thing of the claims."""
        if there := self.present.get(iri):  # who is somebody else on all papers is nobody beside them
            people = set().union(*there.values())
            if len(people) == 1 and REST not in people:
                return {self.used.get(node, node) for node in people}
        return {self.used.get(node, node) for node in self.parts.get(iri, {}).values()} or {self.one(iri)}

    def are_one_on(self, mentions: Iterable[tuple[str, str]], new: str) -> bool:
        """Return whether an author is `new` on one of these papers, pairs of both as sources have them."""
        nodes = self.nodes(new)
        return any(self.one(author, "", paper) in nodes for author, paper in mentions)

    def _is_refused(self, link: Link, apart: Mapping[str, set[str]]) -> bool:
        """Whether somebody told two, or those who are one with them, apart."""
        one, other = (
            {end} | self.members.get(self.used.get(end, end), frozenset()) for end in (link.one, link.other)
        )
        return bool(apart) and are_apart(one, other, apart)

    def images(self, triple: Triple, source: str) -> tuple[Triple, ...]:
        """Return what belief makes of a claim of a source; the same object where nothing is replaced.

        One claim is several where it is about an author who is several people to that source, and none where it gives
        an identifier to somebody else than who keeps it.
        """
        subject, value = triple.subject, triple.object
        paper = ""
        if self.whose and isinstance(subject, NamedNode):
            if subject.value in self.whose and triple.predicate in _OF_EACH:
                return tuple(self._of_each(subject.value, triple, source))
            if triple.predicate == v.OWL_SAME_AS and self._is_anothers(subject.value, source):
                return ()
            paper = self._paper_of(subject.value)
        a = self._term(subject.value, source) if isinstance(subject, NamedNode) else None
        b = self._term(value.value, source, paper) if isinstance(value, NamedNode) else None
        if a is None and b is None:
            return (triple,)
        return (Triple(NamedNode(a) if a else subject, triple.predicate, NamedNode(b) if b else value),)

    def _of_each(self, iri: str, triple: Triple, source: str) -> Iterator[Triple]:
        """A claim about an author, of each of the people that they are; only who keeps the address has identifiers."""
        rest = self._rest(iri, source)
        for used in sorted(self.everybody(iri, source)):
            is_by_name = triple.predicate == v.CK_IDENTIFIED_BY and used != rest
            value = v.CK_NORMALISED_NAME if is_by_name else triple.object
            yield Triple(NamedNode(used), triple.predicate, value)

    def _is_anothers(self, iri: str, source: str) -> bool:
        return iri in self.whose and self._home(iri, source) != REST

    def _paper_of(self, iri: str) -> str:
        """The paper that a node is, or is part of; "" for other nodes."""
        head, _, rest = iri[len(self.base) :].partition("/")
        is_paper = head == "paper" and iri.startswith(self.base)
        return f"{self.base}paper/{rest.partition('/')[0]}" if is_paper else ""

    def _term(self, iri: str, source: str, paper: str = "") -> str | None:
        """The IRI that replaces one, of a thing or of a node that is part of it; None where it stays.

        Args:
            paper: that of which something is said, where it is one or part of one.
        """
        if not iri.startswith(self.base):
            return None
        kind, _, rest = iri[len(self.base) :].partition("/")
        if kind not in ("paper", "author", "institution"):
            return None
        identifier, slash, part = rest.partition("/")
        thing = f"{self.base}{kind}/{identifier}"
        used = self.one(thing, source, paper)
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
            used = self.one(f"{self.base}author/{author}", source, f"{self.base}paper/{owner}")
            return f"a/{place}-{used.rpartition('/')[2]}"
        if name == "metric" and is_moved:
            where, slash, more = rest.partition("/")
            return f"metric/{owner}{PART}{where}{slash}{more}"
        return part

    def replaced(self, iri: str) -> Iterator[Triple]:
        """Yield what belief says of an IRI that it does not use, and of what stands for it as one source has it."""
        if iri in self._wholes:
            return
        for part in sorted(self.parts.get(iri, {}).values()):
            if part in self.used:
                yield Triple(NamedNode(part), v.DCTERMS_IS_REPLACED_BY, NamedNode(self.used[part]))
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
        for author in self.parts.keys() | other.parts.keys():
            if self.parts.get(author) != other.parts.get(author):
                found.add(author)
                found.update(*(one.parts.get(author, {}).values() for one in (self, other)))
        both = self.whose.keys() | other.whose.keys()
        return found | {author for author in both if self.told(author) != other.told(author)}

    def told(self, author: str) -> object:
        """Return whose the papers of an author in parts are, and who they are to which source, to be compared."""
        return self.whose.get(author), self.present.get(author)

    def people(self, iri: str) -> set[str]:
        """Return all IRIs that belief may use for a thing of the claims, on some papers alone too."""
        return self.nodes(iri) | {self.used.get(node, node) for node in self.whose.get(iri, {}).values()}

    def joins(self, iri: str) -> bool:
        """Return whether a thing of the claims is one with others, or in parts."""
        is_in_parts = iri in self.parts or iri in self.whose or iri in self._authors
        return iri in self.used or iri in self.members or is_in_parts

    def everyone(self) -> set[str]:
        """Return all IRIs of the claims that are replaced, or stand for others."""
        found = {self._wholes.get(iri, iri) for members in self.members.values() for iri in members}
        return found | set(self.parts) | {iri for iri in self.whose if self.nodes(iri) != {iri}}


def strength(iri: str, base: str) -> tuple[int, str]:
    """Return what IRIs of one thing are sorted by: the strongest scheme first, then by IRI."""
    kind, _, identifier = iri[len(base) :].partition("/")
    return id_rank(kind, identifier), iri


def _clusters(decided: Iterable[Link], base: str) -> dict[str, frozenset[str]]:
    """Join what is merged, the surest first; never two that are split. Return the clusters by the IRI they go by."""
    holding = [link for link in decided if not link.is_undone]
    splits = [link for link in decided if not link.is_merge and link.new]
    gone = {link.new for link in splits if link.is_undone} - {
        link.new for link in splits if not link.is_undone
    }
    if gone:  # nobody any more: what was said of them counts again when the split does
        holding = [link for link in holding if gone.isdisjoint((link.one, link.other))]
    apart = told_apart(link for link in holding if not link.is_merge)
    merges = [link for link in holding if link.is_merge and not link.new]
    if apart:
        merges.sort(key=_order)
    groups: dict[str, set[str]] = {}
    for link in merges:
        one = groups.get(link.one) or {link.one}
        other = groups.get(link.other) or {link.other}
        if one is other or (apart and are_apart(one, other, apart)):
            continue
        if len(one) < len(other):
            one, other = other, one
        one |= other
        for iri in other:
            groups[iri] = one
        groups[link.one] = groups[link.other] = one
    whole = {id(group): group for group in groups.values()}
    return {min(group, key=partial(strength, base=base)): frozenset(group) for group in whole.values()}


def _order(link: Link) -> tuple[int, str, str, str]:
    rank = _FIRST.index(link.rule) if link.rule in _FIRST else len(_FIRST)
    return rank, link.rule, link.one, link.other
