"""Decisions by hand: join two things, keep two apart, undo a decision; each one atomic step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NamedTuple

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from . import vocabulary as v
from .consequences import follow
from .describe import Describe, nothing_more
from .errors import NotFound, ParameterError
from .identity.clusters import Identity
from .identity.decisions import (
    USER,
    Decision,
    decision_id,
    decision_of,
    decisions,
    kind_of,
    links,
    mention_of,
    remove,
    undo,
    write,
)
from .identity.doubts import doubts
from .identity.names_apart import is_part
from .identity.policies import policy_of
from .identity.recognition import Recognition
from .literals import date_time
from .quads import statements
from .snapshot import MOST_AUTHORS
from .store import Store
from .writer import Writer

# Kind of thing -> where its name stands.
CALLED: Final = {"author": v.FOAF_NAME, "paper": v.DCTERMS_TITLE, "institution": v.SKOS_PREF_LABEL}


class Made(NamedTuple):
    """What is made anew from belief, as for `load`."""

    pairs: bool
    most_authors: int
    describe: Describe


def now_in_utc() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def listed(store: Store, kind: str | None = None) -> list[Decision]:
    """Return all decisions, undone ones too, by date and ID; of one kind of thing where that is given."""
    found = decisions(store.engine, store.base)
    return [one for one in found if kind in (None, kind_of(one.one, store.base))]


def states(store: Store, made: Iterable[Decision]) -> list[str]:
    """Return what has become of decisions: "holds", "undone", or "refused" where a split keeps a merge from holding,
    or the split is undone that made one of the two."""
    identity = Identity.read(store.engine, store.base)

    def state(one: Decision) -> str:
        if one.undone_at:
            return "undone"
        return "holds" if not one.is_merge or _is_believed(identity, one) else "refused"

    return [state(one) for one in made]


def _is_believed(identity: Identity, merge: Decision) -> bool:
    if merge.new:
        return identity.are_one_on(map(mention_of, merge.authorships), merge.new)
    return identity.are_one(merge.one, merge.other)


def doubts_listed(store: Store) -> list[tuple[str, str]]:
    """Return the pairs of an author of no more than a name, and one of that name who may or may not be the same."""
    return doubts(store.engine, store.base)


def merge(
    store: Store,
    one: str,
    other: str,
    reason: str,
    *,
    now: Callable[[], datetime] = now_in_utc,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> Decision:
    """Hold two things (IRIs) to be one. A split of the two is undone.

    Raises:
        ParameterError: they are not two things of one kind.
        NotFound: no source claims one of them.
        StoreBusy: another process is writing.
    """
    return _decide(store, (one, other), reason, True, now, Made(pairs, most_authors, describe))


def split(
    store: Store,
    one: str,
    other: str,
    reason: str,
    *,
    now: Callable[[], datetime] = now_in_utc,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> Decision:
    """Hold two things (IRIs) to be two, whatever a rule finds now or later. A merge of the two is undone.

    Raises: as `merge`.
    """
    return _decide(store, (one, other), reason, False, now, Made(pairs, most_authors, describe))


def undo_decision(
    store: Store,
    identifier: str,
    *,
    now: Callable[[], datetime] = now_in_utc,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> Decision:
    """Undo a decision: belief is as if it had not been made, and no rule makes it again. Return it.

    An opposite decision on the pair that it lifted holds again.

    Raises:
        NotFound: there is no such decision that holds.
        StoreBusy: another process is writing.
    """
    with changing(store, Made(pairs, most_authors, describe), now) as writer:
        found = decision_of(writer.engine, writer.base, identifier)
        if found is None or found.undone_at:
            kind = "decision that holds" if found else "decision"
            since = f"it was undone on {found.undone_at[:10]}; " if found else ""
            raise NotFound(kind, identifier, f"{since}collegium identity list names those that hold")
        undo(writer.engine, writer.base, found, date_time(now()).value)
        lifted = decision_of(writer.engine, writer.base, found.lifts) if found.lifts else None
        if lifted is not None:
            remove(writer.engine, writer.base, [lifted.id])
            write(writer.engine, writer.base, [replace(lifted, undone_at="", lifts="")])
        return found


def _decide(
    store: Store,
    pair: tuple[str, str],
    reason: str,
    is_merge: bool,
    now: Callable[[], datetime],
    made_anew: Made,
) -> Decision:
    one, other = sorted(pair)
    if not reason.strip():
        raise ParameterError("reason", reason, "a reason in words")
    if one == other or not kind_of(one, store.base) or kind_of(one, store.base) != kind_of(other, store.base):
        raise ParameterError("identity", f"{one} and {other}", "two different things of one kind")
    with changing(store, made_anew, now) as writer:
        one, other = sorted(_meant(Identity.read(writer.engine, writer.base), pair))
        for iri in (one, other):
            _check_known(writer.engine, iri, writer.base)
        at = date_time(now()).value
        opposite, lifts = decision_of(writer.engine, writer.base, decision_id(not is_merge, one, other)), ""
        if opposite is not None and not opposite.undone_at:
            undo(writer.engine, writer.base, opposite, at)
            lifts = opposite.id
        policy = policy_of(writer.engine, writer.base)
        made = Decision(is_merge, one, other, USER, reason.strip(), at, policy, lifts=lifts)
        return remade(writer, made)


def _meant(identity: Identity, pair: tuple[str, str]) -> Iterator[str]:
    """Yield for two things of whom a decision is made: who is somebody else on all papers is that one; yet that the two
    are each other can be affirmed and denied."""
    for iri, other in (pair, pair[::-1]):
        people = identity.nodes(iri)
        is_another = iri in identity.whose and len(people) == 1 and people.isdisjoint(identity.nodes(other))
        yield people.pop() if is_another else iri


def remade(writer: Writer, made: Decision) -> Decision:
    """Write a decision in place of the same one, and return it; papers that were given to one of two stay theirs."""
    same = decision_of(writer.engine, writer.base, made.id)
    if same is not None:
        remove(writer.engine, writer.base, [made.id])
        if not same.undone_at and not made.lifts:
            made = replace(made, lifts=same.lifts)
        if not made.is_merge and not made.new:
            made = replace(made, new=same.new, authorships=same.authorships)
        made = replace(made, earlier=(*same.earlier, same.line))
    write(writer.engine, writer.base, [made])
    return made


@contextmanager
def changing(store: Store, made: Made, now: Callable[[], datetime]) -> Iterator[Writer]:
    """Yield the next version; what is decided in the block is believed at its end, and what rules find then."""
    with store.write() as writer:
        writer.touched = set()
        recognition = Recognition(writer)
        before = links(writer.engine, writer.base)
        yield writer
        after = links(writer.engine, writer.base)
        changed = [
            link for at in (before, after) for key, link in at.items() if before.get(key) != after.get(key)
        ]
        recognition.believer.unsettled |= {iri for link in changed for iri in (link.one, link.other)}
        writer.changed = True
        recognition.settle(now())
        follow(writer, pairs=made.pairs, most_authors=made.most_authors, more=made.describe)


def _check_known(engine: ox.Store, iri: str, base: str) -> None:
    """Raises: NotFound: no source claims a thing, and no decision is about it (an organisation of ROR)."""
    is_decided = next(statements(engine, None, v.CK_MEMBER, NamedNode(iri), v.identity_graph(base)), None)
    if is_decided is None and not _is_claimed(engine, iri, base):
        raise NotFound(kind_of(iri, base) or "thing", iri, "name it by its IRI or ID")


def is_claimed(store: Store, iri: str) -> bool:
    """Return whether a text is an IRI, and a source says what it names."""
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return _is_claimed(store.engine, iri, store.base)


def claimed_as(store: Store, kind: str, name: str) -> str | None:
    """Return the IRI of the one thing that sources call exactly this; None where they call none or several so.

    Belief may hold it to be one with others: who decides on a name means this one, also after the others are let go.
    """
    found = store.engine.quads_for_pattern(None, CALLED[kind], Literal(name), None)
    called = {
        quad.subject.value
        for quad in found
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.graph_name, NamedNode)
        and v.is_claims_graph(store.base, quad.graph_name.value)
    }
    return called.pop() if len(called) == 1 else None


def _is_claimed(engine: ox.Store, iri: str, base: str) -> bool:
    if is_part(engine, base, iri):
        return True
    graphs = (quad.graph_name for quad in engine.quads_for_pattern(NamedNode(iri), v.RDF_TYPE, None, None))
    return any(isinstance(graph, NamedNode) and v.is_claims_graph(base, graph.value) for graph in graphs)
