"""Decisions on who is whom: two IRIs are one thing, or two; each a node in a graph of its own, with its reason.

Somebody's undoing keeps a decision listed, and no rule makes it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, NamedTuple

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from .. import vocabulary as v
from ..quads import Value, statements

USER: Final = "user"  # the rule of a decision that somebody made by hand
KINDS: Final = ("paper", "author", "institution")
_GIVES: Final = v.term("ck:gives")
_GIVEN_TO: Final = v.term("ck:givenTo")
_LIFTS: Final = v.term("ck:lifts")
_EARLIER: Final = v.term("ck:earlier")


@dataclass(frozen=True, slots=True)
class Decision:
    """Two IRIs, in alphabetical order, are one thing (`is_merge`) or two.

    `rule` is what found it, or `USER`; `key` what both have that the rule goes by. `evidence` holds IRIs, and texts
    where there are none. `made_at` and `undone_at` are moments as xsd:dateTime writes them. A decision on some papers
    alone names the `authorships`, as sources have them, that are those of `new`, one of the two: a split parts these
    papers from the others, a merge leaves the others as they are. `lifts` is the ID of
    the opposite decision on the pair that held until this one was made: it holds again when this one is undone.
    `earlier` tells how the same was decided before, a line each: when, why, and when it was undone.
    """

    is_merge: bool
    one: str
    other: str
    rule: str
    reason: str
    made_at: str
    policy: str
    key: str = ""
    evidence: tuple[str, ...] = ()
    undone_at: str = ""
    new: str = ""
    authorships: tuple[str, ...] = ()
    lifts: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What it leaves behind when the same is decided again: when it was made, why, and when it was undone."""
        undone = f"; undone {self.undone_at}" if self.undone_at else ""
        return f"{self.made_at} {self.reason}{undone}"

    @property
    def id(self) -> str:
        """The ID, from kind and pair: the same decision has the same ID everywhere."""
        return decision_id(self.is_merge, self.one, self.other)

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that are given to `new`, as sources have them, by IRI."""
        return tuple(sorted({paper for _, paper in map(mention_of, self.authorships)}))


class Link(NamedTuple):
    """As much of a decision as belief needs; `mentions` are pairs of author and paper, as sources have them."""

    is_merge: bool
    one: str
    other: str
    rule: str
    key: str
    is_undone: bool
    made_at: str = ""
    new: str = ""
    mentions: tuple[tuple[str, str], ...] = ()


def kind_of(iri: str, base: str) -> str:
    """Return the kind of thing that an IRI of ours names, "" for any other.

    Example:
        >>> kind_of("http://x/author/ada", "http://x/")
        'author'
    """
    kind, _, rest = iri[len(base) :].partition("/") if iri.startswith(base) else ("", "", "")
    return kind if kind in KINDS and rest and "/" not in rest else ""


def mention_of(authorship: str) -> tuple[str, str]:
    """Return author and paper of an authorship.

    Example:
        >>> mention_of("http://x/paper/doi-1/a/2-ada")
        ('http://x/author/ada', 'http://x/paper/doi-1')
    """
    paper, _, place = authorship.partition("/a/")
    return f"{paper.rpartition('/paper/')[0]}/author/{place.partition('-')[2]}", paper


def decision_id(is_merge: bool, one: str, other: str) -> str:
    """Return the ID of a decision on two IRIs, in whichever order they come."""
    pair = sorted((one, other))
    kind = pair[0].rpartition("/")[0].rpartition("/")[2]
    digest = sha256(" ".join(pair).encode()).hexdigest()[:12]
    return f"{'merge' if is_merge else 'split'}-{kind}-{digest}"


def node_of(base: str, identifier: str) -> NamedNode:
    """Return the node of a decision."""
    return NamedNode(f"{v.identity_graph(base).value}/{identifier}")


def links(engine: ox.Store, base: str) -> dict[str, Link]:
    """Return all decisions by ID, undone ones too.

    Cost: O(decisions).
    """
    graph = v.identity_graph(base)
    head = len(graph.value) + 1
    pairs: dict[str, list[str]] = {}
    for node, _, member in statements(engine, predicate=v.CK_MEMBER, graph=graph):
        pairs.setdefault(node.value[head:], []).append(member.value)
    if not pairs:
        return {}
    rules, keys = _values(engine, v.CK_RULE, graph), _values(engine, v.CK_RECOGNISED_BY, graph)
    undone, new = _values(engine, v.CK_UNDONE_AT, graph), _values(engine, _GIVEN_TO, graph)
    moments = _values(engine, v.PROV_GENERATED_AT, graph) if new else {}
    mentions: dict[str, list[tuple[str, str]]] = {}
    for node, _, authorship in statements(engine, None, _GIVES, None, graph) if new else ():
        mentions.setdefault(node.value[head:], []).append(mention_of(authorship.value))
    found = {}
    for identifier, pair in pairs.items():
        if identifier in rules:
            one, other = sorted(pair)
            found[identifier] = Link(
                identifier.startswith("merge-"),
                one,
                other,
                rules[identifier],
                keys.get(identifier, ""),
                identifier in undone,
                moments.get(identifier, ""),
                new.get(identifier, ""),
                tuple(sorted(mentions.get(identifier, ()))),
            )
    return found


def _values(engine: ox.Store, predicate: NamedNode, graph: NamedNode) -> dict[str, str]:
    head = len(graph.value) + 1
    return {s.value[head:]: o.value for s, _, o in statements(engine, predicate=predicate, graph=graph)}


def decisions(engine: ox.Store, base: str) -> list[Decision]:
    """Return all decisions whole, by date, then by ID."""
    graph = v.identity_graph(base)
    said: dict[NamedNode, dict[NamedNode, list[str]]] = {}
    for subject, predicate, value in statements(engine, graph=graph):
        said.setdefault(subject, {}).setdefault(predicate, []).append(value.value)
    found = [_decision(facts) for facts in said.values() if v.CK_RULE in facts]
    return sorted(found, key=lambda one: (one.made_at, one.id))


def decisions_on(engine: ox.Store, base: str, iris: Iterable[str]) -> list[Decision]:
    """Return the decisions on some things, by date, then by ID. Cost: O(these)."""
    graph = v.identity_graph(base)
    nodes = {
        node.value: node
        for iri in iris
        for node, _, _ in statements(engine, None, v.CK_MEMBER, NamedNode(iri), graph)
        if isinstance(node, NamedNode)
    }
    found = (_read(engine, node, graph) for node in nodes.values())
    return sorted((one for one in found if one is not None), key=lambda one: (one.made_at, one.id))


def decision_of(engine: ox.Store, base: str, identifier: str) -> Decision | None:
    """Return the decision of an ID; None where there is none."""
    return _read(engine, node_of(base, identifier), v.identity_graph(base))


def _read(engine: ox.Store, node: NamedNode, graph: NamedNode) -> Decision | None:
    facts: dict[NamedNode, list[str]] = {}
    for _, predicate, value in statements(engine, node, graph=graph):
        facts.setdefault(predicate, []).append(value.value)
    return _decision(facts) if v.CK_RULE in facts else None


def _decision(facts: dict[NamedNode, list[str]]) -> Decision:
    def first(predicate: NamedNode) -> str:
        return min(facts.get(predicate, [""]))

    one, other = sorted(facts[v.CK_MEMBER])
    return Decision(
        v.CK_MERGE.value in facts[v.RDF_TYPE],
        one,
        other,
        first(v.CK_RULE),
        first(v.CK_REASON),
        first(v.PROV_GENERATED_AT),
        first(v.CK_POLICY),
        first(v.CK_RECOGNISED_BY),
        tuple(sorted(facts.get(v.CK_EVIDENCE, ()))),
        first(v.CK_UNDONE_AT),
        first(_GIVEN_TO),
        tuple(sorted(facts.get(_GIVES, ()))),
        first(_LIFTS).rpartition("/")[2],
        tuple(sorted(facts.get(_EARLIER, ()))),
    )


def write(engine: ox.Store, base: str, made: Iterable[Decision]) -> None:
    """Write decisions."""
    engine.extend(quad for decision in made for quad in _quads(decision, base))


def remove(engine: ox.Store, base: str, identifiers: Iterable[str]) -> None:
    """Take decisions away as if they had never been made."""
    graph = v.identity_graph(base)
    for identifier in identifiers:
        for quad in list(engine.quads_for_pattern(node_of(base, identifier), None, None, graph)):
            engine.remove(quad)


def undo(engine: ox.Store, base: str, decision: Decision, at: str) -> None:
    """Let a decision count for nothing from now on; it stays listed."""
    engine.remove(_difference(decision, v.identity_graph(base)))
    write(engine, base, [replace(decision, undone_at=at)])


def _difference(decision: Decision, graph: NamedNode) -> Quad:
    return Quad(NamedNode(decision.one), v.OWL_DIFFERENT_FROM, NamedNode(decision.other), graph)


def _quads(decision: Decision, base: str) -> Iterator[Quad]:
    node, graph = node_of(base, decision.id), v.identity_graph(base)

    def said(predicate: NamedNode, value: Value) -> Quad:
        return Quad(node, predicate, value, graph)

    yield said(v.RDF_TYPE, v.CK_MERGE if decision.is_merge else v.CK_SPLIT)
    yield said(v.CK_MEMBER, NamedNode(decision.one))
    yield said(v.CK_MEMBER, NamedNode(decision.other))
    for predicate, text in (
        (v.CK_RULE, decision.rule),
        (v.CK_REASON, decision.reason),
        (v.CK_RECOGNISED_BY, decision.key),
        (v.CK_POLICY, decision.policy),
    ):
        if text:
            yield said(predicate, Literal(text))
    for predicate, moment in ((v.PROV_GENERATED_AT, decision.made_at), (v.CK_UNDONE_AT, decision.undone_at)):
        if moment:
            yield said(predicate, Literal(moment, datatype=v.XSD_DATE_TIME))
    for evidence in decision.evidence:
        yield said(v.CK_EVIDENCE, _term(evidence))
    for authorship in decision.authorships:
        yield said(_GIVES, NamedNode(authorship))
    for line in decision.earlier:
        yield said(_EARLIER, Literal(line))
    if decision.new:
        yield said(_GIVEN_TO, NamedNode(decision.new))
    if decision.lifts:
        yield said(_LIFTS, node_of(base, decision.lifts))
    if not decision.is_merge and not decision.undone_at:
        yield _difference(decision, graph)


def _term(text: str) -> Value:
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text)
