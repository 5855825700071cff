"""Where statements come from: one loaded file, the place in it of each record, and what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .dates import Taken
from .literals import boolean, date_time, integer
from .names import source_id
from .problem_kinds import ProblemKind
from .records import Lines, Problem

CK_UNNAMED_PROBLEMS: Final = v.term("ck:UnnamedProblems")
CK_PROBLEM_COUNT: Final = v.term("ck:problemCount")


@dataclass(frozen=True, slots=True)
class Source:
    """One loaded file: what names it, and when its content was taken."""

    base: str
    file_name: str
    sha256: str
    size_bytes: int
    reader: str
    taken: Taken
    loaded_at: datetime

    @property
    def id(self) -> str:
        """The ID: file name and head of the digest, so that the same content is the same source."""
        return source_id(self.file_name, self.sha256)

    @property
    def iri(self) -> NamedNode:
        """The source, and the name of its claims graph."""
        return v.entity(self.base, "source", self.id)

    @property
    def generated_at(self) -> datetime:
        """The given date at midnight UTC, else the time of loading."""
        if self.taken.is_given:
            return datetime.combine(self.taken.day, time(), UTC)
        return self.loaded_at


def source_statements(source: Source, owner: tuple[NamedNode, str] | None) -> Iterator[Triple]:
    """Yield what a source says of itself; `owner` is the node and name of whom its page is about."""
    iri = source.iri
    for kind in (v.PROV_ENTITY, v.PROV_AGENT, v.CK_SOURCE):
        yield Triple(iri, v.RDF_TYPE, kind)
    title = f"Author page of {owner[1]} ({source.file_name})" if owner else source.file_name
    yield Triple(iri, v.DCTERMS_TITLE, Literal(title))
    yield Triple(iri, v.CK_FILE_NAME, Literal(source.file_name))
    yield Triple(iri, v.CK_READER, Literal(source.reader))
    yield Triple(iri, v.CK_SHA256, Literal(source.sha256))
    yield Triple(iri, v.PROV_GENERATED_AT, date_time(source.generated_at))
    if owner:
        yield Triple(iri, v.FOAF_PRIMARY_TOPIC, owner[0])


def reading_statements(source: Source) -> Iterator[Triple]:
    """Yield when and from how much a source was read."""
    yield Triple(source.iri, v.CK_LOADED_AT, date_time(source.loaded_at))
    yield Triple(source.iri, v.CK_SIZE_BYTES, integer(source.size_bytes))
    basis = v.CK_DATE_GIVEN if source.taken.is_given else v.CK_DATE_OF_LOAD
    yield Triple(source.iri, v.CK_DATE_BASIS, basis)


def place_statements(source: NamedNode, number: int, lines: Lines, thing: NamedNode) -> Iterator[Triple]:
    """Yield which piece of a file describes a thing; `number` counts the pieces of the source."""
    node = NamedNode(f"{source.value}/record/{number}")
    yield Triple(node, v.RDF_TYPE, v.CK_RECORD)
    yield Triple(node, v.CK_DESCRIBES, thing)
    yield from _place(node, source, lines)


def problem_statements(source: NamedNode, number: int, problem: Problem) -> Iterator[Triple]:
    """Yield what was not understood; `number` counts the problems of the source."""
    node = NamedNode(f"{source.value}/problem/{number}")
    yield Triple(node, v.RDF_TYPE, v.CK_PROBLEM)
    yield Triple(node, v.CK_FOUND, Literal(problem.found))
    yield Triple(node, v.CK_EXPECTED, Literal(problem.expected))
    yield Triple(node, v.CK_IS_REFUSED, boolean(problem.is_refused))
    yield from _place(node, source, problem.lines)


def unnamed_statements(source: NamedNode, kinds: Iterable[ProblemKind]) -> Iterator[Triple]:
    """Yield how many problems of each kind are counted only."""
    for number, kind in enumerate((kind for kind in kinds if kind.unnamed), 1):
        node = NamedNode(f"{source.value}/unnamed/{number}")
        yield Triple(node, v.RDF_TYPE, CK_UNNAMED_PROBLEMS)
        yield Triple(node, v.PROV_DERIVED_FROM, source)
        yield Triple(node, v.CK_EXPECTED, Literal(kind.expected))
        yield Triple(node, v.CK_IS_REFUSED, boolean(kind.is_refused))
        yield Triple(node, CK_PROBLEM_COUNT, integer(kind.unnamed))


def _place(node: NamedNode, source: NamedNode, lines: Lines) -> Iterator[Triple]:
    yield Triple(node, v.PROV_DERIVED_FROM, source)
    first, last = (
        (v.CK_FIRST_LINE, v.CK_LAST_LINE) if lines.unit == "line" else (v.CK_FIRST_RECORD, v.CK_LAST_RECORD)
    )
    yield Triple(node, first, integer(lines.first))
    yield Triple(node, last, integer(lines.last))
