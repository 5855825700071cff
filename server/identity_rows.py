"""Decisions on who is whom and doubts, as pages and programs are told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from collegium.graph import deciding
from collegium.graph import vocabulary as v
from collegium.graph.deciding import CALLED
from collegium.graph.identity.decisions import Decision, decisions_on, kind_of
from collegium.graph.quads import BELIEF

from .cards import reference
from .editions import Edition
from .naming import former, used_in_belief

_DOUBT: Final = (
    "one is known by no more than this name, which the other bears too; nothing tells whether they are one"
)


@dataclass(frozen=True, slots=True)
class End:
    """A thing, or a piece of evidence: `kind` and `id` where it has a page here, `name` as it is shown."""

    kind: str
    id: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Row:
    """A decision or a doubt; a doubt has no rule, date or ID. A split of one author by papers says to whom of the two
    the papers are given."""

    what: str
    state: str
    ends: tuple[End, End]
    reason: str
    evidence: tuple[End, ...] = ()
    rule: str = ""
    made_at: str = ""
    undone_at: str = ""
    id: str = ""
    given_to: str = ""
    papers: tuple[End, ...] = ()
    earlier: tuple[str, ...] = ()


def decided(found: Edition, kind: str | None) -> list[tuple[Decision, str]]:
    """Return decisions, of one kind of thing where that is given, with what has become of each, the newest first."""

    def make() -> list[tuple[Decision, str]]:
        made = deciding.listed(found.store, kind)
        return list(zip(made, deciding.states(found.store, made), strict=True))[::-1]

    return found.memory.get(("identity", kind), make)


def decided_on(found: Edition, iri: str) -> list[tuple[Decision, str]]:
    """Return the decisions on a thing, also on an IRI for which belief uses this one, the newest first.

    What has become of each is told by belief, without a look at all the others. Cost: O(these).
    """
    names = (iri, *(name.value for name in former(found.engine, iri)))
    made = decisions_on(found.engine, found.store.base, names)

    def state(one: Decision) -> str:
        if one.undone_at:
            return "undone"
        return "holds" if not one.is_merge or _is_believed(found, one) else "refused"

    return [(one, state(one)) for one in reversed(made)]


def _is_believed(found: Edition, merge: Decision) -> bool:
    """Whether belief has it so; of people who are one on papers alone, on one of these."""
    if not merge.new:
        return bool(used_in_belief(found.engine, merge.one) & used_in_belief(found.engine, merge.other))
    people = used_in_belief(found.engine, merge.new)
    papers = {used for paper in merge.papers for used in used_in_belief(found.engine, paper)}
    signed = (
        Quad(NamedNode(paper), v.DCTERMS_CREATOR, NamedNode(who), BELIEF)
        for paper in papers
        for who in people
    )
    return any(quad in found.engine for quad in signed)


def of_decision(found: Edition, made: Decision, state: str) -> Row:
    """Return a decision and what has become of it as a row."""
    return Row(
        "one" if made.is_merge else "two",
        state,
        (_end(found, made.one), _end(found, made.other)),
        made.reason,
        tuple(_end(found, text) for text in made.evidence),
        made.rule,
        made.made_at,
        made.undone_at,
        made.id,
        made.new,
        tuple(_end(found, paper) for paper in made.papers),
        made.earlier,
    )


def of_doubt(found: Edition, pair: Iterable[str]) -> Row:
    """Return a doubt as a row."""
    one, other = (_end(found, iri) for iri in pair)
    return Row("doubt", "open", (one, other), _DOUBT)


def _end(found: Edition, text: str) -> End:
    """What an IRI is; one that belief does not use has a page too, which leads to the one that it uses."""
    kind = kind_of(text, found.store.base)
    identifier = text.rpartition("/")[2] if kind else ""
    known = reference(found, text) if kind else None
    return End(kind, identifier, known.name if known else _claimed(found, kind, text), text)


def _claimed(found: Edition, kind: str, iri: str) -> str:
    """What sources call a thing whose IRI belief does not use; "" where it is none, or they call it nothing."""
    called = found.engine.quads_for_pattern(NamedNode(iri), CALLED[kind], None, None) if kind else ()
    return min((quad.object.value for quad in called if isinstance(quad.object, Literal)), default="")


def data_of(row: Row) -> dict[str, object]:
    """Return a row as JSON tells it."""
    one, other = (end.iri for end in row.ends)
    return {
        "id": row.id or None,
        "what": row.what,
        "state": row.state,
        "one": one,
        "other": other,
        "rule": row.rule or None,
        "reason": row.reason,
        "evidence": [end.iri for end in row.evidence],
        "made_at": row.made_at or None,
        "undone_at": row.undone_at or None,
        "given_to": row.given_to or None,
        "papers": [end.iri for end in row.papers],
        "earlier": list(row.earlier),
    }
