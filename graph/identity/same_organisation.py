"""Rule: an institution of no more than a name is the one organisation that bears it in a table made from ROR.

The table stands outside of the store: what the rule finds follows from the claims and the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from .. import vocabulary as v
from ..identifiers import address
from ..names import identifier_of, name_key
from ..records import Identifier
from ..ror import Organisation
from .claims import Claims
from .clusters import Identity
from .decisions import kind_of
from .found import Found

RULE: Final = "ror-name"
_SCHEME: Final = "ror"
# Claims, an institution, its name -> the organisation that is meant.
Meant = Callable[[Claims, str, str], Organisation | None]


class _Named(NamedTuple):
    """An institution of no more than a name, and the organisation that it is by that name."""

    iri: str
    key: str
    organisation: Organisation


def find(claims: Claims, identity: Identity, meant: Meant) -> Iterator[Found]:
    """Yield which institutions are organisations of ROR.

    Args:
        identity: what the other rules make one: where that has a ROR already, a source has said which it is.
    Cost: O(institutions).
    """
    names, called = _names(claims)
    by_cluster: dict[str, list[_Named]] = {}
    for iri, name in sorted(names.items()):
        organisation = meant(claims, iri, name)
        if organisation is None or claims.values(iri, v.OWL_SAME_AS):
            continue
        key, others = name_key(name), called.get(name_key(name), set())
        if others <= {_iri(claims.base, organisation)}:  # no source calls another organisation so
            by_cluster.setdefault(identity.one(iri), []).append(_Named(iri, key, organisation))
    for used, those in by_cluster.items():
        is_known = any(is_organisation(iri, claims.base) for iri in identity.members.get(used, (used,)))
        if not is_known and len({one.organisation.ror for one in those}) == 1:
            yield from (_found(claims.base, one) for one in those)


def _names(claims: Claims) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Institutions without a ROR, each with its first name by alphabet; and name key -> organisations of ROR that
    sources call so. All names of an institution of no more than a name have one key."""
    names: dict[str, str] = {}
    called: dict[str, set[str]] = {}
    for predicate in (v.SKOS_PREF_LABEL, v.SKOS_ALT_LABEL):
        for claim in claims.of(None, predicate):
            iri, name = claim.subject.value, claim.object.value
            if is_organisation(iri, claims.base):
                called.setdefault(name_key(name), set()).add(iri)
            elif predicate == v.SKOS_PREF_LABEL and kind_of(iri, claims.base) == "institution":
                names[iri] = min(name, names.get(iri, name))
    return names, called


def is_organisation(iri: str, base: str) -> bool:
    """Return whether an IRI is that of an organisation of ROR; not that of an institution called "Ror Foundation"."""
    if not iri.startswith(f"{base}institution/{_SCHEME}-"):
        return False
    known = identifier_of(iri.rpartition("/")[2])
    return known is not None and known.scheme == _SCHEME


def _iri(base: str, organisation: Organisation) -> str:
    return v.entity(base, "institution", f"{_SCHEME}-{organisation.ror}").value


def _found(base: str, named: _Named) -> Found:
    iri, key, organisation = named
    other = _iri(base, organisation)
    where = f" ({organisation.country})" if organisation.country else ""
    reason = f"the only organisation of this name in ROR: {organisation.name}{where}"
    evidence = (address(Identifier(_SCHEME, organisation.ror)),)
    return Found(min(iri, other), max(iri, other), RULE, key, reason, evidence)
