"""Pages of the reference that tell of networks: measures, figures."""

from __future__ import annotations

from collegium.graph.figures import FIGURES
from collegium.graph.measures import MEASURES
from collegium.graph.measures.cost import COSTS
from reference_page import code, page, source, table


def measures() -> str:
    """The page of the measures."""
    parts = [
        table(
            ("name", "definition", "unit", "range", "weighted by", "cost", "source"),
            (
                (code(m.name), m.definition, m.unit, m.range, m.weight, m.cost, source(m.source))
                for m in MEASURES.values()
                if m.basis == basis
            ),
        )
        for basis in ("computed", "reported")
    ]
    lead = (
        "`n` is the number of nodes, `m` of links. A measure weighted by *strength* takes a link's `weight`, one "
        "weighted by *distance* its `distance` (1/weight); without weights every link counts 1. Values equal to "
        "12 digits share a rank."
    )
    costs = table(
        ("name", "grows with", "seconds a unit", "weighted", "can be sampled"),
        (
            (
                code(name),
                c.growth.formula,
                f"{c.plain_s:.1e}",
                f"{c.weighted_s:.1e}",
                "yes" if c.per_source else "",
            )
            for name, c in COSTS.items()
        ),
    )
    told = (
        "What a measure will take is said before it is computed, by these constants: measured once, on one core, over "
        "generated co-author networks of 3,000 and 10,000 nodes with four links a node; right within a factor of "
        "three. A sample of *k* nodes takes *k*/*n* of it."
    )
    costly = "## What they cost"
    return page(
        "Measures", lead, "## Computed", parts[0], "## Reported by a source", parts[1], costly, told, costs
    )


def figures() -> str:
    """The page of the figures of a whole network."""
    heads = ("name", "definition", "unit", "exact or not", "cost", "source")
    rows = (
        (code(f.name), f.definition, f.unit, f.exactness, f.cost, source(f.source)) for f in FIGURES.values()
    )
    lead = (
        "`n` is the number of nodes, `m` of links. Links count 1, whatever they weigh. A figure that a network does "
        "not have is null, with the reason. How to ask: [describe a network](../how-to/describe-a-network.md)."
    )
    return page("Figures of a network", lead, table(heads, rows))
