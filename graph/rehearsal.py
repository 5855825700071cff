"""A load that writes nothing: everything is read, told and counted as if it were taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Triple

from . import vocabulary as v
from .intake import COUNTED, Intake, is_claimed_elsewhere, things, until_good
from .origin import Source
from .records import Record
from .replacing import Replacing
from .report import Count, FileReport
from .writer import Writer

_BY_PREDICATE: Final[dict[str, list[str]]] = {}
for _kind, (_predicate, _) in COUNTED.items():
    _BY_PREDICATE.setdefault(_predicate.value, []).append(_kind)


@dataclass(slots=True)
class Rehearsal:
    """Remembers the things of all files of one load: what a second file describes too is merged there."""

    _seen: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in COUNTED})

    def take_in(
        self, writer: Writer, path: str, source: Source, records: Iterator[Record], replacing: Replacing
    ) -> FileReport:
        """Return what would become of a file, but for what would be recognised. The writer's engine is only asked.

        Raises:
            UnreadableFile: it cannot be used, or not to its end.
        Cost: memory for the IRIs of the things described.
        """
        writer.touched = None  # nothing is written: nothing need be noted
        first = until_good(path, records)
        intake = Intake(writer, path, source)
        described: dict[str, set[str]] = {kind: set() for kind in COUNTED}
        topics: set[str] = set()
        for told in intake.told(chain(first, records)):
            topics |= {str(getattr(c.object, "value", "")) for c in told.claims if _is_topic(c, source)}
            for kind, thing in filter(None, map(_counted, told.claims)):
                described[kind].add(thing)
        engine = writer.engine
        former, hint = replacing.foreseen(
            engine,
            path,
            source,
            described | {"topics": topics},
            str(intake.links),
            is_broken=intake.is_broken,
        )
        report = intake.report(
            {kind: self._count(engine, kind, found, source, former) for kind, found in described.items()}
        )
        return replace(report, hint=hint)

    def _count(
        self, engine: ox.Store, kind: str, found: set[str], source: Source, former: NamedNode | None
    ) -> Count:
        """Count as the load does: what the source describes too whose place is taken is unchanged."""
        seen = self._seen[kind]
        come = found - {thing.value for thing in things(engine, kind, former)} if former else found
        merged = sum(
            thing in seen or is_claimed_elsewhere(engine, kind, NamedNode(thing), source) for thing in come
        )
        seen |= found
        return Count(len(come) - merged, merged, len(found) - len(come))


def _is_topic(claim: Triple, source: Source) -> bool:
    """Whether a statement says whom a source is about."""
    return claim.predicate == v.FOAF_PRIMARY_TOPIC and claim.subject == source.iri


def _counted(claim: Triple) -> tuple[str, str] | None:
    """The kind and the IRI of the thing that a statement makes count; None for most."""
    for kind in _BY_PREDICATE.get(str(claim.predicate.value), ()):
        _, cls = COUNTED[kind]
        thing = claim.object if cls is None else claim.subject
        if cls in (None, claim.object) and isinstance(thing, NamedNode):
            return kind, thing.value
    return None
