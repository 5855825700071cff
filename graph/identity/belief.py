"""Belief: the union of all claims, each IRI replaced by the one of its cluster, cut lists completed.

What changes is believed anew by components: things that are or were one. All that belief says of a component follows
from the claims about it, so one can be settled without a look at the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, Triple

from .. import vocabulary as v
from ..quads import BELIEF, statements
from ..text_documents import touched
from ..writer import Writer
from .claims import FEW, claims_graphs
from .clusters import Identity
from .lists import Lists

_AT_ONCE: Final = 200_000  # claims that are compared at a time
_TAKEN_AT_ONCE: Final = 50_000  # statements that are taken out of belief at a time
_BULK: Final = 50_000  # statements from which the engine's bulk loader is faster than one transaction
_CLASSES: Final = (v.SOA_WORK, v.FOAF_PERSON, v.FOAF_GROUP, v.ORG_ORGANIZATION)
_BOTH: Final = f"SELECT ?paper {{ GRAPH SOURCE {{ ?paper {v.CK_TRUNCATED} true, false }} }}"
# What leads from a thing to the nodes that are part of it.
_PARTS: Final = frozenset({v.SOA_HAS_AUTHORSHIP, v.BIDO_HOLDS, v.BIDO_WITH_DATA})


def expected(engine: ox.Store, base: str) -> Iterator[Triple]:
    """Yield all that belief should hold, some of it more than once. Cost: O(claims)."""
    identity = Identity.read(engine, base)
    lists = Lists(engine, base, identity)
    for graph in claims_graphs(engine, base):
        for quad in engine.quads_for_pattern(None, None, None, graph):
            if not lists.is_completed(quad.triple, graph.value):
                yield from identity.images(quad.triple, graph.value)
    for iri in identity.everyone():
        yield from identity.replaced(iri)


def replacing_claims(engine: ox.Store, base: str) -> set[Triple]:
    """Return what belief holds that no source claims as it stands there: claims under the IRIs that belief uses.

    Cost: O(claims) where anything is one with another, else nothing.
    """
    identity = Identity.read(engine, base)
    if identity.is_plain:
        return set()
    found = {triple for iri in identity.everyone() for triple in identity.replaced(iri)}
    for graph in claims_graphs(engine, base):
        for quad in engine.quads_for_pattern(None, None, None, graph):
            claim = quad.triple
            found.update(image for image in identity.images(claim, graph.value) if image != claim)
    return found


class Believer:
    """Keeps belief in step while sources come and go and decisions are made; made before the first change of a write.

    Sources write their claims into belief as they stand; `settle` puts right what is not as it should be.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer, self.base = writer, writer.base
        self.before = Identity.read(writer.engine, writer.base)
        self.unsettled: set[str] = set()  # things of which belief must be compared with the claims
        self.fresh: set[str] = set()  # sources whose claims stand in belief as they are
        self._taken: set[Triple] = set()  # what was taken out of belief and may have to come back

    @property
    def engine(self) -> ox.Store:
        """The writer's: held by nobody else, for it has to be closed before a version is named."""
        return self.writer.engine

    def came(self, source: NamedNode) -> None:
        """Take note that a source was put in, its claims written into belief as they stand."""
        self.fresh.add(source.value)

    def look_at_fresh(self) -> None:
        """Note of which things belief is not as it should be since sources came; asked once all that changes has."""
        for source in map(NamedNode, sorted(self.fresh)):
            for cls in () if self.before.is_plain else _CLASSES:
                things = (s.subject.value for s in statements(self.engine, None, v.RDF_TYPE, cls, source))
                self.unsettled.update(iri for iri in things if self.before.joins(iri))
            self._compare_lists(source)

    def leaves(self, source: NamedNode) -> None:
        """Take the claims of a source out of belief, as far as nobody else claims them. They stand there still.

        Cost: O(its statements, and what others claim of the same things); memory for some of them at a time.
        """
        self._compare_lists(source)
        self.fresh.discard(source.value)
        others = [graph for graph in claims_graphs(self.engine, self.base) if graph != source]
        gone: list[Triple] = []
        claims: Iterable[Quad] = self.engine.quads_for_pattern(None, None, None, source)
        if self.writer.path is None:  # from disk they come in the order of their subjects
            claims = sorted(claims, key=lambda quad: str(quad.subject))
        for subject, quads in groupby(claims, key=attrgetter("subject")):
            claimed = set(_claimed(self.engine, subject, others))
            for triple in [quad.triple for quad in quads]:
                if not self.before.is_plain and self._note_mapped(triple):
                    self._taken |= (both := {triple, *self.before.images(triple, source.value)})
                    gone += both
                elif triple not in claimed:
                    gone.append(triple)
            if len(gone) > _TAKEN_AT_ONCE:
                self._take(gone)
                gone.clear()
        self._take(gone)

    def _take(self, gone: Iterable[Triple]) -> None:
        """Take statements out of belief."""
        for triple in gone:
            self.engine.remove(_in_belief(triple))
        if self.writer.touched is not None:
            self.writer.touched |= touched(gone)

    def _note_mapped(self, triple: Triple) -> bool:
        """Whether a claim is about a thing that is one with others, or part of such a thing.

        It is noted with its kin: what is said of them may be the same claim under the IRI that belief uses.
        """
        found = False
        for node in (triple.subject, triple.object):
            for iri in self._things(node.value) if isinstance(node, NamedNode) else ():
                if self.before.joins(iri):
                    self.unsettled |= {iri, *self.before.kin(iri)}
                    found = True
        return found

    def _things(self, iri: str) -> Iterator[str]:
        """Yield the things that a node is, or is part of."""
        if iri.startswith(self.base):
            kind, _, rest = iri[len(self.base) :].partition("/")
            identifier, _, part = rest.partition("/")
            yield f"{self.base}{kind}/{identifier}"
            if part.startswith("a/"):
                yield f"{self.base}author/{part.partition('-')[2]}"

    def _compare_lists(self, source: NamedNode) -> None:
        """Note the papers of which this source has a list that is cut and it or another one that is whole."""
        for row in cast(ox.QuerySolutions, self.engine.query(_BOTH.replace("SOURCE", str(source)))):
            self.unsettled.add(row["paper"].value)
        if claims_graphs(self.engine, self.base) == [source]:
            return
        for quad in self.engine.quads_for_pattern(None, v.CK_TRUNCATED, None, source):
            for other in self.engine.quads_for_pattern(quad.subject, v.CK_TRUNCATED, None, None):
                if other.object != quad.object and isinstance(quad.subject, NamedNode):
                    self.unsettled.add(quad.subject.value)
                    break

    def settle(self) -> set[str]:
        """Make belief follow from claims and decisions as they are now; return the things that had to be compared."""
        after = Identity.read(self.engine, self.base)
        lists = Lists(self.engine, self.base, after)
        waiting = self.unsettled | after.differs(self.before)
        everything: set[str] = set()
        batch: set[str] = set()
        size = 0
        for iri in sorted(waiting):
            if iri in everything:
                continue
            component = _component(iri, self.before, after)
            everything |= component
            batch |= component
            size += len(component)
            if size * 100 >= _AT_ONCE:  # as many claims as most things have, and more
                self._settle(batch, after, lists)
                batch, size = set(), 0
        self._settle(batch, after, lists)
        self.before, self.unsettled, self.fresh, self._taken = after, set(), set(), set()
        return everything

    def _settle(self, things: Collection[str], after: Identity, lists: Lists) -> None:
        """Settle what belief says of whole components."""
        former: set[Triple] = set()
        wanted: set[Triple] = set()
        doubtful: set[Triple] = set()  # wanted now, left out before perhaps
        read = set(self._read(things, after, lists))
        for quad in _about(self.engine, self.base, read):
            triple, source = quad.triple, str(getattr(quad.graph_name, "value", ""))
            is_completed = lists.is_completed(triple, source)
            # What belief left out is not taken away: where it is there, another source says it.
            if source in self.fresh:
                former.add(triple)
            elif not is_completed or lists.paper_of(triple) in read:
                former.update(self.before.images(triple, source))
            if not is_completed:
                images = after.images(triple, source)
                wanted.update(images)
                if lists.concerns(triple):
                    doubtful.update(images)
        for iri in things:
            former.update(self.before.replaced(iri))
            wanted.update(after.replaced(iri))
        gone = former - wanted
        doubtful |= self._taken & wanted
        come = [t for t in wanted if t not in former or (t in doubtful and _in_belief(t) not in self.engine)]
        for triple in gone:
            self.engine.remove(_in_belief(triple))
        add = self.engine.bulk_extend if len(come) > _BULK else self.engine.extend
        add(map(_in_belief, come))
        if gone or come:
            self.writer.changed, self.writer.is_described = True, False
        if self.writer.touched is not None:
            self.writer.touched |= touched([*gone, *come], self.engine)

    def _read(self, things: Collection[str], after: Identity, lists: Lists) -> Iterator[str]:
        """Yield the things of whole components about which claims must be read.

        Not those that belief names as before, where nothing came off them: all it says of them still holds.
        """
        # What is taken away under these names may be said of others too, who stay.
        left: set[str] = set()
        for iri in things:
            before, now = self.before.people(iri), after.people(iri)
            is_other = before != now or self.before.told(iri) != after.told(iri)
            left |= {iri} - now | (before if is_other or iri in self.unsettled else set())
        for iri in things:
            nodes = after.nodes(iri)
            stays = nodes == self.before.nodes(iri) and iri not in self.unsettled
            came_off = self.before.kin(iri) - after.kin(iri)
            are_several = iri in after.whose or iri in self.before.whose
            # Who joins may have the whole list of a cut one, or be why a source no longer counts as cut.
            has_list = lists.is_cut(iri) and self.before.kin(iri) != after.kin(iri)
            if not stays or came_off or are_several or has_list or lists.completed(iri) or nodes & left:
                yield iri


def _claimed(engine: ox.Store, subject: ox.NamedNode, sources: Sequence[NamedNode]) -> Iterator[Triple]:
    """Yield what sources claim of a subject."""
    if len(sources) <= FEW:
        for source in sources:
            yield from (quad.triple for quad in engine.quads_for_pattern(subject, None, None, source))
        return
    wanted = set(sources)
    for quad in engine.quads_for_pattern(subject, None, None, None):
        if quad.graph_name in wanted:
            yield quad.triple


def _in_belief(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, BELIEF)


def _component(iri: str, before: Identity, after: Identity) -> set[str]:
    """Return all things that are or were one with a thing, in however many steps."""
    found, waiting = {iri}, [iri]
    while waiting:
        for identity in (before, after):
            fresh = identity.kin(waiting[-1]) - found
            found |= fresh
            waiting[:0] = fresh
        waiting.pop()
    return found


def _about(engine: ox.Store, base: str, things: Iterable[str]) -> Iterator[Quad]:
    """Yield all claims that speak of things, or of nodes that are part of them; some more than once."""
    graphs = set(claims_graphs(engine, base))
    seen = {NamedNode(iri) for iri in things}
    # Nodes, and whether something else than the thing that was looked at before may lead to them.
    waiting = [(node, True) for node in seen]
    while waiting:
        node, is_lead_to = waiting.pop()
        for quad in engine.quads_for_pattern(node, None, None, None):
            if quad.graph_name in graphs:
                yield quad
                if (
                    quad.predicate in _PARTS
                    and isinstance(quad.object, NamedNode)
                    and quad.object not in seen
                ):
                    seen.add(quad.object)
                    waiting.append((quad.object, False))
        for quad in engine.quads_for_pattern(None, None, node, None) if is_lead_to else ():
            if quad.graph_name in graphs:
                yield quad
                part = quad.subject
                if quad.predicate == v.SOA_HAS_AUTHOR and isinstance(part, NamedNode) and part not in seen:
                    seen.add(part)
                    waiting.append((part, True))
