"""The panels of an author's page: papers and co-authors by year, places in the author lists, institutions over time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from .charts import Line
from .drawings.picture import counted
from .editions import Edition
from .panels import (
    Panel,
    Row,
    by_year,
    ranked_panel,
    ref_of,
    rows_of,
    without_year,
    years_between,
    years_panel,
)
from .plots import columns_plot, spans_plot

_ROLES: Final = {
    "first": "first",
    "middle": "in the middle",
    "last": "last",
    "alone": "alone",
    "unknown": "place not known",
}
_MOST_SPANS: Final = 8
_MOST_NAMES: Final = 12


def author_panels(found: Edition, identifier: str, name: str) -> list[Panel]:
    """Return the panels of an author who has papers; each only where the store says something for it."""

    def make(query: str, place: str, title: str) -> partial[Panel]:
        return partial(Panel, name=place, title=title, query=query, given={"author": identifier})

    def ask(query: str) -> list[Row]:
        return rows_of(found, query, author=identifier)

    panels = [
        years_panel(
            ask("author_years"),
            {"papers": "papers", "coauthors": "co-authors"},
            make("author_years", "by-year", "Papers and co-authors by year"),
            name,
        ),
        _roles(ask("author_roles"), make("author_roles", "roles", "Places in the author lists"), name),
        _institutions(
            found,
            ask("author_institution_years"),
            make("author_institution_years", "institutions-by-year", "Institutions over time"),
            name,
        ),
        ranked_panel(
            found,
            ask("author_categories"),
            "category",
            "category",
            {"papers": "Papers"},
            make("author_categories", "categories", "Categories"),
        ),
        _names(found, ask("author_names"), make("author_names", "names", "Names and sources")),
    ]
    return [panel for panel in panels if panel is not None]


def _names(found: Edition, rows: Sequence[Row], make: partial[Panel]) -> Panel | None:
    """Return as whom the sources know the author; None where none prints a name."""
    if not rows:
        return None
    names, sources = {str(row["name"]) for row in rows}, {row["source"] for row in rows}
    known = {str(row["known_as"]).rpartition("/")[2] for row in rows}
    told = (
        f"{counted(len(names), 'form', 'forms')} of the name in {counted(len(sources), 'source', 'sources')}."
    )
    if len(known) > 1:
        told += (
            f" The sources know {len(known)} persons where this page shows one: {', '.join(sorted(known))}."
        )
    cells = tuple(
        (
            str(row["name"]),
            ref_of(found, row["source"], row["source_title"], "source"),
            str(row["known_as"]).rpartition("/")[2],
            int(row["papers"]),
        )
        for row in rows[:_MOST_NAMES]
    )
    columns = (("Name as printed", False), ("Source", False), ("Known there as", False), ("Papers", True))
    return make(told=told, columns=columns, rows=cells, total=len(rows))


def _roles(rows: Sequence[Row], make: partial[Panel], name: str) -> Panel | None:
    """Return the places by year, as columns of parts; None for an author without papers."""
    totals = {role: sum(int(row[role]) for row in rows) for role in _ROLES}
    shown = [role for role in _ROLES if totals[role]]
    if not shown:
        return None
    told = ", ".join(f"{_ROLES[role]} on {totals[role]:,}" for role in shown)
    said = f"{told[0].upper()}{told[1:]}."
    if "unknown" in shown:
        said += " Where a list is cut nobody knows who stands last."
    years = years_between(rows)
    lines = []
    for role in shown:
        counts = by_year(rows, role)
        lines.append(Line(_ROLES[role], tuple(counts.get(year, 0) for year in years)))
    labels = [str(year) for year in years]
    title = f"Places of {name} in the author lists by year"
    pictures = (columns_plot("plot-roles", title, said, labels, lines, "Papers"),) if len(years) > 1 else ()
    if rest := sum(without_year(rows, role) for role in shown):
        said += f" Without a printed year: {rest:,}."
    cells = tuple(
        ("none" if row["year"] is None else str(row["year"]), *(int(row[role]) for role in shown))
        for row in rows
    )
    columns = (("Year", False), *((_ROLES[role].capitalize(), True) for role in shown))
    return make(told=said, pictures=pictures, columns=columns, rows=cells, total=len(cells))


def _institutions(found: Edition, rows: Sequence[Row], make: partial[Panel], name: str) -> Panel | None:
    """Return the institutions as spans of years, those on most papers; None where no paper names one."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["institution"]), []).append(row)
    if not groups:
        return None

    def papers(of: list[Row]) -> int:
        return sum(int(row["papers"]) for row in of)

    ordered = sorted(
        groups.values(), key=lambda of: (-papers(of), str(of[0]["name"]), str(of[0]["institution"]))
    )
    own = sum(int(row["own"]) for row in rows)
    said = (
        "A source says of this author that they are theirs where “stated” counts a paper; else they stand on the "
        "paper as a whole."
        if own
        else "They stand on the papers as a whole: the sources do not say whose they are."
    )
    if len(ordered) > _MOST_SPANS:
        said += f" The {_MOST_SPANS} on most papers of {len(ordered):,} are drawn."
    cells = []
    for of in ordered:
        years = sorted(int(row["year"]) for row in of if row["year"] is not None)
        span = "" if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
        place = ref_of(found, of[0]["institution"], of[0]["name"], "institution")
        cells.append((place, span, papers(of), sum(int(row["own"]) for row in of)))
    spans = [(str(of[0]["name"]), counts) for of in ordered if (counts := by_year(of, "papers"))][
        :_MOST_SPANS
    ]
    axis = years_between([row for of in ordered[:_MOST_SPANS] for row in of])
    title = f"Institutions on the papers of {name} over the years"
    pictures = (spans_plot("plot-institutions", title, said, axis, spans),) if len(axis) > 1 else ()
    columns = (("Institution", False), ("Years", False), ("Papers", True), ("Stated", True))
    return make(told=said, pictures=pictures, columns=columns, rows=tuple(cells), total=len(cells))
