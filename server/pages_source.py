"""The page of what has changed in a source."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from flask import Response, request

from collegium.graph.former_versions import FormerVersion
from collegium.graph.source_diff import counted, differences
from collegium.graph.source_versions import Versions, facts_named, versions_of

from .cards import reference
from .directory import Ref
from .editions import Edition
from .endpoints import Parameter, read_parameters
from .hooks import edition
from .pages import render

_MOST: Final = 1_000  # rows of the page; ?format=json has all
_PARAMETERS: Final = (
    Parameter(
        "from", "string", "Version that is compared: old, a number (1 is the oldest), or its ID.", "old"
    ),
    Parameter("to", "string", "Version that it is compared with: new, a number, or its ID.", "new"),
    Parameter("format", "string", "json gives the rows for programs.", choices=("json",)),
)


def diff(id: str) -> Response:
    """Return what differs between two versions of a source, as a page or as JSON."""
    values = read_parameters(_PARAMETERS, request.args)
    found = edition()
    versions = versions_of(found.store, id)
    old, new = (facts_named(found.store, f"{versions.source.id}@{values[end]}") for end in ("from", "to"))
    rows = differences(old, new, found.mirror.most_authors)
    totals = counted(rows)
    if values["format"] == "json":
        told = {kind: asdict(change) for kind, change in totals.items()}
        content = {
            "version": found.version,
            "source": id,
            "changes": told,
            "results": [asdict(r) for r in rows],
        }
        return Response(json.dumps(content, ensure_ascii=False), content_type="application/json")
    return render(
        "source_diff.html",
        found,
        source=versions.source,
        choices=_choices(versions),
        values=values,
        totals=totals,
        rows=[(row, [_ref(found, iri) for iri in row.iris]) for row in rows[:_MOST]],
        total=len(rows),
    )


def _choices(versions: Versions) -> list[tuple[str, str]]:
    """The versions to choose from: (number, words)."""
    former = [(str(version.number), _words(version)) for version in versions.former]
    return [*former, (str(versions.number), f"{versions.number}, the one that holds")]


def _words(version: FormerVersion) -> str:
    return f"{version.number}, of {version.generated_at[:10]}"


def _ref(found: Edition, iri: str) -> Ref | None:
    """The thing, where the store still holds it."""
    return reference(found, iri)
