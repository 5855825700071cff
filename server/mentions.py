"""Where sources describe a thing: which file, and which lines of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from collegium.graph import vocabulary as v

from .editions import Edition
from .facts import first, values
from .naming import former


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a source speaks of a thing: lines, or records of a file that has no lines."""

    source: str
    source_title: str
    first_line: int
    last_line: int
    unit: str = "line"


def mentions(known: Edition, iri: str) -> tuple[Mention, ...]:
    """Return where sources describe a thing, also under another IRI: source by source, line by line."""
    found = []
    names = (NamedNode(iri), *former(known.engine, iri))
    for quad in chain.from_iterable(
        known.engine.quads_for_pattern(None, v.CK_DESCRIBES, name, None) for name in names
    ):
        if not (isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode)):
            continue
        record = values(known.engine, quad.subject, quad.graph_name)
        source = first(record, v.PROV_DERIVED_FROM) or ""
        if quad.graph_name.value != f"{source}/provenance":  # a stranger's statement that is kept as given
            continue
        has_lines = v.CK_FIRST_LINE.value in record
        ends = (v.CK_FIRST_LINE, v.CK_LAST_LINE) if has_lines else (v.CK_FIRST_RECORD, v.CK_LAST_RECORD)
        lines = [int(first(record, end) or 0) for end in ends]
        unit = "line" if has_lines else "record"
        found.append(
            Mention(source.rpartition("/")[2], source_title(known, source), lines[0], lines[1], unit)
        )
    return tuple(sorted(found, key=lambda m: (m.source, m.first_line)))


def source_title(known: Edition, iri: str) -> str:
    """Return the title of a source, or its ID."""
    return (
        first(values(known.engine, NamedNode(iri)), v.DCTERMS_TITLE) or iri.rpartition("/")[2] if iri else ""
    )
