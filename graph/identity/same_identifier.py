"""Rule: what bears the same identifier is the same, unless another identifier says that it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from .. import vocabulary as v
from .claims import Claims
from .decisions import kind_of
from .found import Found, Ids, contradict, forms, groups, ids_of, pairs_of, scheme_of, told

# By kind of thing: the schemes of which it has one identifier. Other schemes give a person two numbers by mistake, and
# an institution one for each of its parts.
_SINGLE: Final = {"paper": None, "author": ("orcid",), "institution": ("ror",)}


def find(claims: Claims, keys: Iterable[str]) -> Iterator[Found]:
    """Yield which of the things that bear one of these addresses are one. Cost: O(things)."""
    for key in sorted(keys):
        bearers: dict[str, set[str]] = {}
        for form in forms(key):
            for claim in claims.of(None, v.OWL_SAME_AS, NamedNode(form)):
                bearers.setdefault(kind_of(claim.subject.value, claims.base), set()).add(claim.subject.value)
        for kind, things in sorted(bearers.items()):
            if kind and len(things) > 1 and scheme_of(key, kind):
                yield from _joined(claims, kind, things, key)


def _joined(claims: Claims, kind: str, things: set[str], key: str) -> Iterator[Found]:
    ids: dict[str, Ids] = {iri: ids_of(claims.values(iri, v.OWL_SAME_AS), kind) for iri in things}
    pairs = pairs_of(things, claims.base)
    sure, _ = groups(things, pairs, lambda a, b: contradict(ids[a], ids[b], _SINGLE[kind]))
    if sure:
        for one, other in pairs:
            yield Found(one, other, scheme_of(key, kind), key, f"both bear {told(key, kind)}", (key,))
