"""Rule: an institution of no more than a name is the one institution with an identifier that bears this name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from .. import vocabulary as v
from ..names import name_id
from .claims import Claims
from .clusters import Identity
from .found import Found

RULE: Final = "name"


def find(claims: Claims, identity: Identity, names: Iterable[tuple[str, Collection[str]]]) -> Iterator[Found]:
    """Yield which institutions are one, of those that share a name.

    Args:
        identity: what identifiers alone make one.
        names: key of a name, and the institutions that bear it.
    """
    for key, places in names:
        known = {place for place in places if claims.values(place, v.OWL_SAME_AS)}
        bare = v.entity(claims.base, "institution", name_id(key)).value
        bearers = {identity.one(place) for place in known}
        if len(bearers) == 1 and bare in places and bare not in known and not _is_acronym(claims, key, known):
            place = min(known)
            yield Found(
                min(bare, place),
                max(bare, place),
                RULE,
                key,
                "the only one of this name with an identifier",
                (place,),
            )


def _is_acronym(claims: Claims, key: str, known: Iterable[str]) -> bool:
    """Whether a name is a word alone that is not its bearer's main name: too many places are called MIT."""
    labels = {label for place in known for label in claims.values(place, v.SKOS_PREF_LABEL)}
    return " " not in key and all(name_id(label) != name_id(key) for label in labels)
