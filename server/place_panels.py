"""The panels of the pages of institutions, categories, sources and papers."""

from __future__ import annotations

from functools import partial
from typing import Final

from .directory import Ref
from .editions import Edition
from .large_places import large_rows
from .panels import MOST_COUNTED, MOST_WALKED, Cell, Panel, ranked_panel, ref_of, rows_of, years_panel

# Kind -> its ranked panels: query, ID on the page, title, kind and column of what is listed, columns and their heads.
_RANKED: Final = {
    "institution": (
        (
            "institution_authors",
            "people",
            "People over time",
            "author",
            "author",
            {"papers": "Papers", "own": "Stated", "years": "Years"},
        ),
        (
            "institution_partners",
            "partners",
            "Institutions on the same papers",
            "institution",
            "other",
            {"papers": "Papers", "years": "Years"},
        ),
        ("institution_categories", "categories", "Categories", "category", "category", {"papers": "Papers"}),
    ),
    "source": (
        (
            "source_authors",
            "people",
            "Authors on its papers",
            "author",
            "author",
            {"papers": "Papers", "years": "Years"},
        ),
    ),
    "category": (
        ("category_authors", "people", "Authors", "author", "author", {"papers": "Papers", "years": "Years"}),
        (
            "category_neighbours",
            "neighbours",
            "Neighbouring categories",
            "category",
            "neighbour",
            {"authors": "Authors of both", "papers": "Papers of both"},
        ),
    ),
}
_MOST_CITED: Final = 50


def place_panels(found: Edition, kind: str, identifier: str, name: str, papers: int) -> list[Panel]:
    """Return the panels of an institution, a category or a source; of one with very many papers only the years."""
    if not papers:
        return []
    given = {kind: identifier}
    query = f"{kind}_years"
    make = partial(Panel, name="by-year", title="Papers and authors by year", query=query, given=given)
    panels = [
        make(told="", is_too_large=True)
        if papers > MOST_COUNTED
        else years_panel(
            rows_of(found, query, **given), {"papers": "papers", "authors": "authors"}, make, name
        )
    ]
    for query, place, title, of, key, words in _RANKED[kind]:
        make = partial(Panel, name=place, title=title, query=query, given=given)
        rows = (
            rows_of(found, query, **given)
            if papers <= MOST_WALKED
            else large_rows(found, query, kind, identifier)
        )
        panels.append(
            make(told="", is_too_large=True)
            if rows is None
            else ranked_panel(found, rows, of, key, words, make)
        )
    return [panel for panel in panels if panel is not None]


def citation_panels(found: Edition, identifier: str) -> list[Panel]:
    """Return what a paper cites and what cites it, those that the store holds first named."""
    cited = rows_of(found, "paper_cites", paper=identifier)
    citing = rows_of(found, "paper_cited_by", paper=identifier)
    panels = []
    for query, title, rows, key in (
        ("paper_cited_by", "Cited by", citing, "citing"),
        ("paper_cites", "Cites", cited, "cited"),
    ):
        held = [row for row in rows if row["title"] is not None]
        if not rows:
            continue
        cells: list[tuple[Cell, ...]] = []
        for row in held[:_MOST_CITED]:
            ref: Ref = ref_of(found, row[key], row["title"], "paper")
            cells.append((ref, str(row["issued"])[:4] if row["issued"] is not None else None))
        said = f"{len(held):,} of {len(rows):,} are in the store." if len(held) < len(rows) else ""
        said += f" The first {_MOST_CITED}." if len(held) > _MOST_CITED else ""
        panels.append(
            Panel(
                name=query.replace("_", "-"),
                title=title,
                told=said.strip(),
                query=query,
                given={"paper": identifier},
                columns=(("Paper", False), ("Year", True)),
                rows=tuple(cells),
                total=len(held),
            )
        )
    return panels


def worked_at(found: Edition, identifier: str) -> dict[str, list[Ref | str]]:
    """Return, by IRI of an author, the institutions that sources state for them on a paper, else lines about it."""
    places: dict[str, list[Ref | str]] = {}
    lines: dict[str, list[Ref | str]] = {}
    for row in rows_of(found, "paper_affiliations", paper=identifier):
        is_known = row["institution"] is not None
        held = (places if is_known else lines).setdefault(str(row["author"]), [])
        place: Ref | str = str(row["as_given"])
        if is_known:
            place = ref_of(found, row["institution"], row["institution_name"], "institution")
        if place not in held:
            held.append(place)
    return lines | places
