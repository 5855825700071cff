"""How far names alone make two authors one: the policy of a store."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, Quad

from .. import vocabulary as v
from ..errors import UnknownName
from ..quads import statements

DEFAULT: Final = "names"
STRICT: Final = "strict"
# Policy -> what it does with authors of no more than a name.
POLICIES: Final = {
    "names": "The same full name is the same person, also where one of that name has an identifier and no other has.",
    "evidence": "The same full name from two sources is the same person where a paper or a co-author is shared.",
    "strict": "Names of different sources are never joined.",
}


def check_policy(policy: str) -> str:
    """Return the policy. Raises: UnknownName: there is no such."""
    if policy not in POLICIES:
        raise UnknownName("identity", policy, POLICIES)
    return policy


def policy_of(engine: ox.Store, base: str) -> str:
    """Return the policy of a store."""
    graph = v.identity_graph(base)
    return min((s.object.value for s in statements(engine, graph, v.CK_POLICY, None, graph)), default=DEFAULT)


def set_policy(engine: ox.Store, base: str, policy: str) -> None:
    """Make a policy that of a store; the default is not written down."""
    graph = v.identity_graph(base)
    for quad in list(engine.quads_for_pattern(graph, v.CK_POLICY, None, graph)):
        engine.remove(quad)
    if check_policy(policy) != DEFAULT:
        engine.add(Quad(graph, v.CK_POLICY, Literal(policy), graph))
