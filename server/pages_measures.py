"""The page of all measures: in groups, each with its definition and source."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request

from collegium.graph.measures import (
    MEASURES,
    bibliometric,
    brokerage,
    cited,
    cohesion,
    degree,
    paths,
    pieces,
    reported,
    spectral,
)

from .endpoints import read_parameters
from .hooks import edition
from .pages import render

# What each family of measures tells of a node, in the order of the page.
_GROUPS: Final = (
    ("With how many, and how much", degree),
    ("How near, and between whom", paths),
    ("Between groups", brokerage),
    ("By the standing of those around", spectral),
    ("How close the circle is", cohesion),
    ("What would fall apart", pieces),
    ("By papers and places in the author lists", bibliometric),
    ("By citations between papers of the store", cited),
    ("Reported by sources, not computed here", reported),
)


def measures() -> Response:
    """Return all measures, in groups."""
    read_parameters((), request.args)
    groups: list[tuple[str, list[Any]]] = [(title, list(family.ROWS)) for title, family in _GROUPS]
    named = {row.name for _, rows in groups for row in rows}
    if others := [row for row in MEASURES.values() if row.name not in named]:
        groups.append(("Others", others))
    return render("measures.html", edition(), groups=groups, total=len(MEASURES))
