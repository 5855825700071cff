"""Rule: an author of no more than a full name, and who else of that name is the same person, by the store's policy.

A name-based IRI is the same in all sources; where the policy asks for more than a name, each source's part of it gets
a node of its own, and what is found to be one is joined again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..names import name_id, name_key
from .byline import Byline, byline_of
from .claims import Claims
from .clusters import Identity
from .found import Found, ids_of
from .full_names import is_full
from .keys import LISTS
from .names_apart import part_node
from .parted import PART

RULE: Final = "name"
# Schemes of people's own, that any source may repeat; all others are numbers that a collection gives, and a collection
# that numbers its authors tells one without a number apart from one with.
_WORLDWIDE: Final = frozenset({"orcid", "researcherid", "scopus-author"})
_ONLY: Final = "the only author of this full name with an identifier"
_LISTED: Final = "the one of this name whom the collection's own list has under the plain name"


@dataclass(slots=True)
class Namesakes:
    """What is found of authors by name. `parts` holds author → sources that are kept apart; `doubts` pairs of which
    nobody can say whether they are one. Filled by `find`."""

    found: list[Found] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    doubts: set[tuple[str, str]] = field(default_factory=set)


def find(
    claims: Claims, identity: Identity, names: Iterable[tuple[str, Iterable[str]]], policy: str
) -> Namesakes:
    """Return which authors are one, of those that share a name, and which names of sources stay apart.

    Args:
        identity: what identifiers make one, and which papers are one.
        names: key of a name, and the authors that bear it.
    """
    made = Namesakes()
    bases: dict[str, _Bearer] = {}
    for key, authors in names:
        bare = v.entity(claims.base, "author", name_id(key)).value
        if bare in authors and (bearer := _bearer(claims, identity, key, bare, authors, made)):
            bases[bare] = bearer
    if policy == "names":
        for bare, one in bases.items():
            made.found.append(_found(bare, one.iri, one.key, _ONLY, (one.iri,)))
            if one.listed not in ("", one.iri):
                made.found.append(_found(bare, one.listed, one.key, _LISTED, (one.listed,)))
        return made
    several = _of_several_sources(claims)
    for bare in sorted({*several, *bases}):
        sources = sorted(several.get(bare) or claims.sources(bare))
        _part(claims, identity, bare, sources, bases.get(bare), made, is_strict=policy == "strict")
    return made


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who bears a name beside the author of no more than it; `listed`: a list's entry that stands for the name."""

    iri: str
    key: str
    listed: str = ""


def _found(one: str, other: str, key: str, reason: str, evidence: tuple[str, ...]) -> Found:
    return Found(min(one, other), max(one, other), RULE, key, reason, evidence)


def _bearer(
    claims: Claims, identity: Identity, key: str, bare: str, authors: Iterable[str], made: Namesakes
) -> _Bearer | None:
    """Return the one other author of a name who may be the one of no more than that name; note doubts."""
    if not any(is_full(name) for name in claims.values(bare, v.FOAF_NAME) if name_key(name) == key):
        return None
    bearers = sorted(iri for iri in authors if iri != bare and _bears(claims, iri, key))
    # A list's entry under the plain name is no other person than the name: it is how the collection calls it.
    listed = [iri for iri in bearers if _is_plain_entry(claims, iri, key)]
    # Nor is one without a number who also writes so: the list calls them by another name, and says of nobody else.
    also = [iri for iri in bearers if iri not in listed and _is_other_name(claims, iri, key)]
    numbered = [iri for iri in bearers if iri not in listed and iri not in also]
    ranked = numbered or listed or also
    people: dict[str, str] = {}
    for iri in ranked:
        people.setdefault(identity.one(iri), iri)
    if (
        len(people) == 1
        and len(listed) <= 1
        and len({identity.one(iri) for iri in also}) <= 1
        and identity.one(bare) not in people
        and not _are_told_apart(claims, bare, bearers, key)
    ):
        made.doubts |= {(bare, iri) for iri in also if iri not in ranked}
        return _Bearer(ranked[0], key, *listed)
    people |= {identity.one(iri): iri for iri in (*listed, *also)}
    made.doubts |= {(bare, iri) for iri in people.values() if identity.one(iri) != identity.one(bare)}
    return None


def _bears(claims: Claims, iri: str, key: str) -> bool:
    """Whether an author bears a name as their own, not only by what some source counts as theirs."""
    if any(name_key(name) == key for name in claims.values(iri, v.FOAF_NAME)):
        return True
    node = NamedNode(iri)
    return any(
        name_key(claim.object.value) == key and not claims.values(claim.source, v.CK_READER).isdisjoint(LISTS)
        for claim in claims.of(node, v.SKOS_ALT_LABEL)
    )


def _are_told_apart(claims: Claims, bare: str, bearers: Iterable[str], key: str) -> bool:
    """Whether a number or a list says that more than one person bears a name."""
    sources = claims.sources(bare)
    for iri in bearers:
        if iri.startswith(bare + PART) and not sources.isdisjoint(claims.sources(iri)):
            return True  # a store of ours wrote the file, and somebody parted the two there
        for claim in claims.of(NamedNode(iri), v.OWL_SAME_AS):
            for scheme in ids_of([claim.object.value], "author"):
                is_number = scheme == "dblp-name" or (
                    scheme == "acl-author" and _is_longer(claim.object.value, key)
                )
                if is_number or (scheme not in _WORLDWIDE and claim.source in sources):
                    return True
    return False


def _is_plain_entry(claims: Claims, iri: str, key: str) -> bool:
    """Whether an author is an entry of the ACL Anthology's list, and nothing else, under no more than the name."""
    sources = claims.sources(iri)
    if any(claims.values(source, v.CK_READER).isdisjoint(LISTS) for source in sources):
        return False
    same = {claim.object.value for claim in claims.of(NamedNode(iri), v.OWL_SAME_AS)}
    ids = [address for address in same if "acl-author" in ids_of([address], "author")]
    return bool(ids) and not any(_is_longer(address, key) for address in ids)


def _is_other_name(claims: Claims, iri: str, key: str) -> bool:
    """Whether an author has no identifier, and a name only as another one that a list tells of them."""
    is_by_name = v.CK_NORMALISED_NAME.value in claims.values(iri, v.CK_IDENTIFIED_BY)
    return is_by_name and not any(name_key(name) == key for name in claims.values(iri, v.FOAF_NAME))


def _is_longer(address: str, key: str) -> bool:
    """Whether an ID of the ACL Anthology says more than the name: "yang-liu-icsi" is one of several Yang Liu."""
    return len(address.rstrip("/").rpartition("/")[2].split("-")) > len(key.replace("-", " ").split())


def _of_several_sources(claims: Claims) -> dict[str, set[str]]:
    """Return the authors of no more than a full name whom several sources have, with these sources."""
    first: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for claim in claims.of(None, v.CK_IDENTIFIED_BY, v.CK_NORMALISED_NAME):
        iri = claim.subject.value
        if first.setdefault(iri, claim.source) != claim.source:
            found.setdefault(iri, {first[iri]}).add(claim.source)
    return found


def _part(
    claims: Claims,
    identity: Identity,
    bare: str,
    sources: list[str],
    bearer: _Bearer | None,
    made: Namesakes,
    *,
    is_strict: bool,
) -> None:
    """Note which sources' parts of a name are one, by a paper or a co-author that they share."""
    if is_strict:
        if len(sources) > 1:
            made.parts[bare] = sources
        made.doubts |= {(bare, bearer.iri)} if bearer else set()
        return
    key = min(map(name_key, claims.values(bare, v.FOAF_NAME)), default="")
    units = {source: byline_of(claims, identity, bare, source) for source in sources}
    if bearer:
        units[bearer.iri] = byline_of(claims, identity, bearer.iri, None)
    trees = list(_trees(units))
    other = bearer.iri if bearer else ""
    ours = [tree for tree in trees if tree.unit != other]
    is_whole = len({tree.root for tree in ours}) == 1
    if not is_whole:
        made.parts[bare] = sources

    def node(unit: str) -> str:
        if bearer and unit == bearer.iri:
            return unit
        return bare if is_whole else part_node(bare, unit)

    joined = {tree.root for tree in trees if bearer and tree.unit == bearer.iri}
    for tree in trees:
        if tree.parent and node(tree.unit) != node(tree.parent):
            made.found.append(_found(node(tree.unit), node(tree.parent), key, tree.reason, tree.evidence))
    if bearer and not joined & {tree.root for tree in ours}:
        made.doubts.add((bare, bearer.iri))


@dataclass(frozen=True, slots=True)
class _Branch:
    """A unit, the unit by which it hangs together with others ("" for the first), and what they share."""

    unit: str
    root: str
    parent: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()


def _trees(units: dict[str, Byline]) -> Iterator[_Branch]:
    """Yield each unit once, those that hang together behind each other."""
    left = sorted(units)
    while left:
        root = left.pop(0)
        yield _Branch(root, root)
        waiting = [root]
        while waiting:
            parent = waiting.pop(0)
            for unit in list(left):
                if shared := units[parent].shared(units[unit]):
                    left.remove(unit)
                    waiting.append(unit)
                    yield _Branch(unit, root, parent, *shared)
