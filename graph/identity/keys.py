"""By what things can be recognised: addresses, titles and names of what a source describes.

Texts stand as hashes of their keys: a million of them take a tenth of the memory. Two that fall together by chance
only make a rule look twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from .. import vocabulary as v
from ..names import name_key, title_key
from .claims import Claims
from .decisions import kind_of
from .found import address_key

# Kind of thing -> where its texts stand, and the key of one.
TEXTS: Final = {
    "paper": ((v.DCTERMS_TITLE,), title_key),
    "author": ((v.FOAF_NAME, v.SKOS_ALT_LABEL), name_key),
    "institution": ((v.SKOS_PREF_LABEL, v.SKOS_ALT_LABEL), name_key),
}
LISTS: Final = frozenset({"acl_names", "dblp_xml"})  # readers of lists that hold people's other names
CLASSES: Final = {"paper": v.SOA_WORK, "author": v.FOAF_PERSON, "institution": v.ORG_ORGANIZATION}


@dataclass(slots=True)
class Keys:
    """What may be recognised anew. Filled from sources that come and go."""

    addresses: set[str] = field(default_factory=set)
    all_names: bool = False  # whether all names of authors are looked at, not only those that came or went
    texts: dict[str, set[int]] = field(default_factory=lambda: {kind: set() for kind in TEXTS})
    things: set[str] = field(
        default_factory=set
    )  # that were looked at one by one: several sources may have them

    def add_source(self, claims: Claims, source: str) -> None:
        """Add all that one source has. Cost: O(things)."""
        seen: dict[int, int] = {}
        is_alone = len(claims.graphs) == 1
        has_ids = any(claims.of(None, v.CK_IDENTIFIED_BY, v.CK_IDENTIFIER)) or any(
            any(claims.of(None, v.CK_READER, Literal(reader))) for reader in LISTS
        )
        has_bare = any(claims.of(None, v.CK_IDENTIFIED_BY, v.CK_NORMALISED_NAME)) or any(
            claims.of(None, v.RDF_TYPE, v.FOAF_GROUP)
        )
        for claim in claims.of(None, v.OWL_SAME_AS, None, source):
            key = address_key(claim.object.value)
            # Within the only source an address counts where two bear it.
            if not is_alone or seen.setdefault(hash(key), hash(claim.subject)) != hash(claim.subject):
                self.addresses.add(key)
        # Titles count between sources; names of authors where some have an identifier and some no more than a name,
        # or names of sources are parted.
        needless = {"paper"} if is_alone else set()
        if not has_ids or not has_bare or self.all_names:
            needless.add("author")
        for predicate, kinds in _KINDS.items():
            for claim in claims.of(None, predicate, None, source) if kinds - needless else ():
                self._add_text(claim.subject.value, claim.object.value, kinds - needless, claims.base)
        if not is_alone:
            works = (c.subject for c in claims.of(None, v.RDF_TYPE, v.SOA_WORK, source))
            shared = (work.value for work in works if claims.is_shared(work, v.SOA_WORK, source))
            self.add_things(claims, shared)

    def add_things(self, claims: Claims, things: Iterable[str]) -> None:
        """Add all that any source has of single things."""
        for iri in things:
            self.things.add(iri)
            node = NamedNode(iri)
            self.addresses |= {address_key(c.object.value) for c in claims.of(node, v.OWL_SAME_AS)}
            for predicate, kinds in _KINDS.items():
                for claim in claims.of(node, predicate):
                    self._add_text(iri, claim.object.value, kinds, claims.base)

    def _add_text(self, iri: str, text: str, kinds: frozenset[str], base: str) -> None:
        kind = kind_of(iri, base)
        if kind in kinds:
            self.texts[kind].add(hash(TEXTS[kind][1](text)))

    def has(self, kind: str, key: str) -> bool:
        """Return whether an address, or the key of a text of a kind of thing, is among these."""
        is_all = kind == "author" and self.all_names
        return is_all or key in self.addresses or hash(key) in self.texts.get(kind, ())

    def papers(self, claims: Claims, things: Iterable[str]) -> set[str]:
        """Return the papers among these and other things, and those by the authors among them.

        Cost: O(their papers); with `all_names` all papers that several sources have.
        """
        found: set[str] = set()
        for iri in self.things.union(things):
            kind = kind_of(iri, claims.base)
            if kind == "paper":
                found.add(iri)
            elif kind == "author":
                found |= {c.subject.value for c in claims.of(None, v.DCTERMS_CREATOR, NamedNode(iri))}
        if self.all_names and len(claims.graphs) > 1:
            found |= {claim.subject.value for claim in claims.of(None, v.CK_TRUNCATED)}
        return found

    def bearers(self, claims: Claims, kind: str) -> dict[str, set[str]]:
        """Return the things that bear the texts of a kind, by key, where there are several.

        Cost: O(texts of that kind in the store); memory for those that several bear.
        """
        first: dict[int, int] = {}
        several: set[int] = set()
        for key, thing in self._texts(claims, kind):
            if first.setdefault(hash(key), hash(thing)) != hash(thing):
                several.add(hash(key))
        first.clear()
        found: dict[str, set[str]] = {}
        for key, thing in self._texts(claims, kind) if several else ():
            if hash(key) in several:
                found.setdefault(key, set()).add(thing)
        return {key: things for key, things in sorted(found.items()) if len(things) > 1}

    def _texts(self, claims: Claims, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the keys of this kind that are wanted, each with a thing that bears it."""
        wanted = self.texts[kind]
        is_all = kind == "author" and self.all_names
        predicates, key_of = TEXTS[kind]
        for predicate in predicates if wanted or is_all else ():
            for claim in claims.of(None, predicate):
                key = key_of(claim.object.value)
                if (is_all or hash(key) in wanted) and kind_of(claim.subject.value, claims.base) == kind:
                    yield key, claim.subject.value


_KINDS: Final = {
    predicate: frozenset(kind for kind, (predicates, _) in TEXTS.items() if predicate in predicates)
    for predicates, _ in TEXTS.values()
    for predicate in predicates
}
