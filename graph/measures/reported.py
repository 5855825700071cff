"""Figures that sources report of authors: h-index, citations. Never computed, never mixed with what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from collegium.graph.items import Reported
from collegium.graph.record_words import REPORTED_MEASURES
from collegium.graph.snapshot import Mirror

from .ranking import RankedRows, ranked
from .row import REPORTED, Measure

if TYPE_CHECKING:
    from collegium.graph.nodes import Nodes

ROWS: Final = (
    Measure(
        name="h_index",
        title="h-index (reported)",
        definition="The h-index that a source gives for an author; not computed from the papers here.",
        unit="papers",
        range="0 and more",
        weight="none",
        default_weight="none",
        cost="O(reported figures)",
        source="10.1073/pnas.0507655102",
        basis=REPORTED,
        engines={},
    ),
    Measure(
        name="citations",
        title="Citations (reported)",
        definition="The citation count that a source gives for an author; not computed from the papers here.",
        unit="citations",
        range="0 and more",
        weight="none",
        default_weight="none",
        cost="O(reported figures)",
        source="10.1126/science.178.4060.471",
        basis=REPORTED,
        engines={},
    ),
)


def reported_rows(mirror: Mirror, measure: Measure, nodes: Nodes) -> tuple[RankedRows, int]:
    """Return the authors among some nodes of whom a source reports, ranked, and how many such figures there are.

    Of several figures of one author the latest stands; of one date the largest, then the first source.
    """
    import numpy as np

    from collegium.graph.nodes import Group, Nodes

    wanted = REPORTED_MEASURES[measure.name].value
    chosen: dict[int, Reported] = {}
    figures = 0
    for row in mirror.reported:
        if row.measure == wanted and nodes.number_of(mirror.authors[row.author].iri) is not None:
            figures += 1
            known = chosen.get(row.author)
            # rows come by source, so an equal figure of a later source does not replace
            if known is None or (row.when, row.value) > (known.when, known.value):
                chosen[row.author] = row
    authors = sorted(chosen)
    group = Group("author", mirror.authors, np.array(authors, np.int32))
    found = [chosen[at] for at in authors]
    sources = {number: (row.source, row.when) for number, row in enumerate(found)}
    return ranked(Nodes((group,)), np.array([row.value for row in found]), sources), figures


def facts(authors: int, rows: int, figures: int) -> Mapping[str, object]:
    """Return what a reported ranking says of itself beside the measure."""
    return {
        "authors": authors,
        "authors_reported": rows,
        "figures": figures,
        "choice": "the latest figure of each author; of one date the largest, then the first source",
    }
