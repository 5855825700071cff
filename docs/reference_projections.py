"""The page of the networks, of the tables of the code."""

from __future__ import annotations

from collegium.graph.bylines import SCHEMES
from collegium.graph.projections import PROJECTIONS
from reference_page import code, page, source, table


def projections() -> str:
    """The page of the networks."""
    rows = (
        (
            code(p.name),
            p.title,
            p.node,
            p.edge,
            p.weights["full"],
            p.weights["fractional"],
            source(p.source),
        )
        for p in PROJECTIONS.values()
    )
    heads = ("name", "title", "node", "link", "weight `full`", "weight `fractional`", "source")
    schemes = table(
        ("weight", "weight of a link", "source of the credits"),
        ((code(scheme.name), scheme.meaning, source(scheme.source)) for scheme in SCHEMES.values()),
    )
    about = (
        "Co-authors only. A paper whose list is cut, or whose authors do not all have a position, from 1 and without a "
        "gap, gives nodes and no link: `papers_without_byline` counts these. Where bylines are alphabetical these "
        "weights mean nothing."
    )
    return page(
        "Projections",
        "Networks drawn out of the mirror.",
        table(heads, rows),
        "## Weights by the byline",
        f"{about}\n\n{schemes}",
    )
