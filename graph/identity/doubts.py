"""Authors of no more than a name of whom nobody can tell whether they are one of several of that name."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from .. import vocabulary as v
from ..names import name_key
from ..quads import statements
from .claims import Claims
from .keys import Keys

_SHARES_NAME_WITH = v.term("ck:sharesNameWith")


def doubts(engine: ox.Store, base: str) -> list[tuple[str, str]]:
    """Return pairs of an author of no more than a name, and one of that name; sorted."""
    graph = v.identity_graph(base)
    found = statements(engine, predicate=_SHARES_NAME_WITH, graph=graph)
    return sorted((one.value, other.value) for one, _, other in found)


def write_doubts(claims: Claims, engine: ox.Store, wanted: Iterable[tuple[str, str]], keys: Keys) -> None:
    """Replace what was noted of the names that are looked at now."""
    graph, wanted = v.identity_graph(claims.base), set(wanted)

    def quad(pair: tuple[str, str]) -> Quad:
        return Quad(NamedNode(pair[0]), _SHARES_NAME_WITH, NamedNode(pair[1]), graph)

    for pair in doubts(engine, claims.base):
        names = claims.values(pair[0], v.FOAF_NAME)
        if pair not in wanted and (not names or any(keys.has("author", name_key(name)) for name in names)):
            engine.remove(quad(pair))
    engine.extend(quad(pair) for pair in sorted(wanted))
