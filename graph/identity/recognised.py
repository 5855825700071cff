"""What was recognised of a source, and its counts in belief: two IRIs of the claims that are one thing count once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from .. import vocabulary as v
from .claims import Claims
from .clusters import Identity
from .keys import CLASSES

_Before: TypeAlias = Callable[[str], set[str]]  # thing -> the sources before that describe it
_ORDER: Final = ("unchanged", "merged", "new")  # which of them a thing is that stands under several IRIs


class Recognised(NamedTuple):
    """Things of a source that are one with others, and by how many its counts differ in belief from those of IRIs."""

    things: int
    new: int
    merged: int
    unchanged: int


def recognised(
    claims: Claims, identity: Identity, source: str, later: Set[str], stayed: Set[str]
) -> dict[str, Recognised]:
    """Return by kind of thing what was recognised of a source; nothing for kinds of which nothing was.

    Args:
        later: the source and those that came after it.
        stayed: what a source has too whose place it took.

    Cost: O(things of the source).
    """
    counted: dict[str, Recognised] = {}
    before = cache(lambda iri: claims.sources(iri) - later)  # each is asked for several times
    for kind, cls in CLASSES.items() if not identity.is_plain else ():
        things = 0
        by_iri: Counter[str] = Counter()
        of_thing: dict[str, str] = {}
        for claim in claims.of(None, v.RDF_TYPE, cls, source):
            iri = claim.subject.value
            if not identity.joins(iri):
                continue
            things += len(identity.kin(iri)) > 1
            was = _of_iri(before, iri, stayed)
            by_iri[was] += 1
            for used in identity.everybody(iri, source):
                now = (
                    "unchanged" if iri in stayed else "merged" if _is_known(before, identity, used) else "new"
                )
                of_thing[used] = min(now, of_thing.get(used, now), key=_ORDER.index)
        moved = Counter(of_thing.values())
        moved.subtract(by_iri)
        if things or any(moved.values()):
            counted[kind] = Recognised(things, *(moved[word] for word in ("new", "merged", "unchanged")))
    return counted


def _of_iri(before: _Before, iri: str, stayed: Set[str]) -> str:
    """What an IRI counts as where it is nobody else's."""
    if iri in stayed:
        return "unchanged"
    return "merged" if before(iri) else "new"


def _is_known(before: _Before, identity: Identity, used: str) -> bool:
    """Whether a source before has what belief calls so, under whatever IRI."""
    return any(
        used in identity.everybody(iri, source)
        for iri in identity.kin(used) | identity.kin(identity.whole(used))
        for source in before(iri)
    )
