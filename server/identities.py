"""`kg.identity`: decisions on who is whom, listed and made; a service that owns the store does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from collegium.graph import deciding, parting
from collegium.graph.errors import ParameterError, StoreBusy
from collegium.graph.identity.decisions import KINDS, Decision, kind_of
from collegium.graph.sources import find_source
from collegium.graph.store import Store

from .naming import check_one


class Identities:
    """Decisions of a store. Things are named by IRI, by ID, as kind/ID, or by name; also by an IRI that is replaced."""

    def __init__(
        self,
        store: Callable[[], Store],
        find: Callable[[str, str], str],
        clock: Callable[[], datetime],
        network: Mapping[str, Any],
    ) -> None:
        """`network`: what is told of the graph of pairs, as `graph.load.load` takes it."""
        self._store, self._find, self._clock, self._network = store, find, clock, network

    def list(self, kind: str | None = None) -> Sequence[tuple[Decision, str]]:
        """Return all decisions by date, each with what has become of it: "holds", "undone" or "refused"."""
        store = self._store()
        made = deciding.listed(store, kind)
        return list(zip(made, deciding.states(store, made), strict=True))

    def state(self, made: Decision) -> str:
        """Return what has become of a decision, as `list` does."""
        return deciding.states(self._store(), (made,))[0]

    def doubts(self) -> Sequence[tuple[str, str]]:
        """Return pairs (IRI, IRI) of an author of no more than a name, and one of that name who may be the same."""
        return deciding.doubts_listed(self._store())

    def merge(self, one: str, other: str, *, reason: str, kind: str = "author") -> Decision:
        """Hold two things to be one. Raises: NotFound, AmbiguousName, ParameterError, StoreBusy."""
        return self._decide(deciding.merge, "merge", one, other, reason, kind)

    def split(
        self,
        one: str,
        other: str = "",
        *,
        reason: str,
        kind: str = "author",
        papers: Sequence[str] = (),
        sources: Sequence[str] = (),
    ) -> Decision:
        """Keep two things apart for good, whatever a rule finds; without a second one, the author of some papers from
        that of the others.

        Args:
            papers, sources: the papers that are somebody else's, by themselves or all that a source has of the author.

        Raises: as `merge`.
        """
        if other and not papers and not sources:
            return self._decide(deciding.split, "split", one, other, reason, kind)
        if other or not (papers or sources):
            raise ParameterError("split", other, "either a second thing, or papers or sources of the first")
        author, store = self._iri(one, kind), self._store()
        given = [self._iri(paper, "paper") for paper in papers]
        of = [find_source(store, source).iri for source in sources]
        wanted = {"do": "part", "author": author, "papers": given, "sources": of, "reason": reason}
        return self._do(parting.split_papers, wanted, author, given, of, reason)

    def undo(self, decision: str) -> Decision:
        """Undo a decision by its ID. Raises: NotFound, StoreBusy."""
        return self._do(deciding.undo_decision, {"do": "undo", "decision": decision}, decision)

    def _decide(
        self, act: Callable[..., Decision], what: str, one: str, other: str, reason: str, kind: str
    ) -> Decision:
        pair = self._iri(one, kind), self._iri(other, kind)
        wanted = {"do": what, "one": pair[0], "other": pair[1], "reason": reason}
        return self._do(act, wanted, *pair, reason)

    def _do(self, act: Callable[..., Decision], wanted: dict[str, Any], *given: Any) -> Decision:
        from collegium.queries.executables import executables

        try:
            return act(self._store(), *given, now=self._clock, describe=executables, **self._network)
        except StoreBusy as busy:
            from .writing.handover import decide

            return decide(busy, self._store(), wanted, **self._network)

    def _iri(self, text: str, kind: str) -> str:
        """The IRI of a thing; first as the sources have it, since belief may use another."""
        store = self._store()
        head, _, rest = text.partition("/")
        tried = (text, store.base + text if head in KINDS and rest else "", f"{store.base}{kind}/{text}")
        for iri in tried:
            if kind_of(iri, store.base) and deciding.is_claimed(store, iri):
                return self._of_one(iri)
        if head in KINDS and rest:
            kind, text = head, rest
        called = deciding.claimed_as(store, kind, text)
        return self._of_one(called) if called else self._find(kind, text)

    def _of_one(self, iri: str) -> str:
        """The same IRI. Raises: AmbiguousName: several people are called so, each by a source of their own."""
        store = self._store()
        check_one(store.engine, store.base, kind_of(iri, store.base), iri.rpartition("/")[2])
        return iri
