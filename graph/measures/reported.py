"""Figures that sources report of authors: h-index, citations. Never computed, never mixed with what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from collegium.graph.record_words import REPORTED_MEASURES
from collegium.graph.snapshot import Mirror, Reported

from .ranking import RankedRow
from .row import REPORTED, Measure

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


def reported_rows(mirror: Mirror, measure: Measure, among: Iterable[object]) -> tuple[list[RankedRow], int]:
    """Return one unranked row per author of `among` (IRIs) of whom a source reports, and all such figures.

    Of several figures of one author the latest stands; of one date the largest, then the first source.
    """
    wanted = REPORTED_MEASURES[measure.name].value
    inside = set(among)
    chosen: dict[int, Reported] = {}
    figures = 0
    for row in mirror.reported:
        if row.measure == wanted and mirror.authors[row.author].iri in inside:
            figures += 1
            known = chosen.get(row.author)
            # rows come by source, so an equal figure of a later source does not replace
            if known is None or (row.when, row.value) > (known.when, known.value):
                chosen[row.author] = row
    return [_row(mirror, row) for row in chosen.values()], figures


def _row(mirror: Mirror, row: Reported) -> RankedRow:
    author = mirror.authors[row.author]
    return RankedRow(
        None, author.iri, author.id, author.name, row.value, "author", source=row.source, when=row.when
    )


def facts(authors: int, rows: int, figures: int) -> Mapping[str, object]:
    """Return what a reported ranking says of itself beside the measure."""
    return {
        "authors": authors,
        "authors_reported": rows,
        "figures": figures,
        "choice": "the latest figure of each author; of one date the largest, then the first source",
    }
