"""A load that writes nothing: everything is read, told and counted as if it were taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode, Triple

from . import vocabulary as v
from .intake import COUNTED, Intake, is_claimed_elsewhere, until_good
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
        things: dict[str, set[str]] = {kind: set() for kind in COUNTED}
        topics: set[str] = set()
        for told in intake.told(chain(first, records)):
            topics |= {str(getattr(c.object, "value", "")) for c in told.claims if _is_topic(c, source)}
            for kind, thing in filter(None, map(_counted, told.claims)):
                things[kind].add(thing)
        hint = replacing.foreseen(writer.engine, path, source, things | {"topics": topics}, str(intake.links))
        report = intake.report(
            {kind: self._count(writer, kind, found, source) for kind, found in things.items()}
        )
        return replace(report, hint=hint)

    def _count(self, writer: Writer, kind: str, things: set[str], source: Source) -> Count:
        seen = self._seen[kind]
        merged = sum(
            thing in seen or is_claimed_elsewhere(writer.engine, kind, NamedNode(thing), source)
            for thing in things
        )
        seen |= things
        return Count(new=len(things) - merged, merged=merged)


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
