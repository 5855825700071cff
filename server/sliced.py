"""What changes over slices of years: rankings slice by slice, and figures of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import ParameterError
from collegium.graph.frames import frame
from collegium.graph.measures import measure_named
from collegium.graph.projections import projection_named
from collegium.graph.selection import Filter
from collegium.graph.slice_figures import FIGURES

from .charts import Line, Panel, chart
from .editions import Edition, Wanted
from .work import ranking_work

if TYPE_CHECKING:
    from markupsafe import Markup

    from collegium.graph.measures import RankedRow, Ranking
    from collegium.graph.series import Series
    from collegium.graph.slices import Slices

LINES: Final = 10  # of a ranking in a picture
_SLICE_FACTS: Final = (
    "papers_seen",
    "papers_truncated",
    "nodes",
    "edges",
    "coverage",
    "at_least",
    "lower_bound",
)
# What of a series is drawn where nobody says.
DRAWN: Final = (
    "papers",
    "authors",
    "new_authors",
    "links",
    "giant_share",
    "collaboration_index",
    "degree_of_collaboration",
    "collaboration_coefficient",
)


@dataclass(frozen=True, slots=True)
class SlicedRanking:
    """The nodes ranked over all slices together, and in each slice by itself."""

    slices: Slices
    whole: Ranking
    each: tuple[Ranking, ...]

    @property
    def labels(self) -> list[str]:
        """The slices, for people."""
        return [label(first, last) for first, last in self.slices.all]

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the numbers were made of: all slices together, and each."""
        whole: Any = self.whole.facts
        told = self.slices.facts
        each = [
            {
                "from_year": first,
                "to_year": last,
                **{n: ranking.facts[n] for n in _SLICE_FACTS if n in ranking.facts},
            }
            for (first, last), ranking in zip(self.slices.all, self.each, strict=True)
        ]
        asked = {name: told[name] for name in ("slices", "cumulative")}
        counted = {name: value for name, value in told.items() if name.startswith("papers")}
        return {**whole, "parameters": {**whole["parameters"], **asked}, **counted, "slices": each}

    def rows(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Return rows by the rank over all slices; `slices` of each holds value and rank, None where not there."""
        return [
            row.to_dict() | {"slices": list(self._row(row))}
            for row in self.whole.rows[offset : offset + limit]
        ]

    def _row(self, row: RankedRow) -> Iterator[dict[str, Any]]:
        for (first, last), ranking in zip(self.slices.all, self.each, strict=True):
            found = ranking.rows.of(row.iri)
            yield {
                "from_year": first,
                "to_year": last,
                "value": None if found is None else found.value,
                "rank": None if found is None else found.rank,
            }

    def to_dataframe(self) -> Any:
        """Return all rows as a pandas DataFrame, a column a slice for value and rank. Raises: LibraryMissing."""
        rows = [wide(row) for row in self.rows(0, len(self.whole.rows))]
        return frame(rows, list(rows[0]) if rows else ("rank", "iri", "id", "name", "kind", "value"))

    def picture(self, offset: int, limit: int, *, by_itself: bool) -> Markup:
        """Return the values of the first rows, at most `LINES`, as lines."""
        rows = self.rows(offset, min(limit, LINES))
        lines = tuple(Line(row["name"], tuple(of["value"] for of in row["slices"])) for row in rows)
        facts: Any = self.whole.facts
        title = f"{facts['title']} by years"
        told = f"{len(rows)} of {len(self.whole.rows):,}, the first by the rank over all years; {_made_of(self.slices)}"
        panel = Panel(f"{facts['title']} ({facts['unit']})" if facts["unit"] else facts["title"], lines)
        return chart(title, told, self.labels, [panel], by_itself=by_itself)


def label(first: int, last: int) -> str:
    """Return years for people.

    Example:
        >>> label(2019, 2021), label(2022, 2022)
        ('2019–2021', '2022')
    """
    return str(first) if first == last else f"{first}–{last}"


def wide(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of `SlicedRanking.rows` with a column for each slice's value and rank, for CSV."""
    flat = {name: value for name, value in row.items() if name != "slices"}
    for of in row["slices"]:
        years = f"{of['from_year']}_{of['to_year']}"
        flat |= {f"value_{years}": of["value"], f"rank_{years}": of["rank"]}
    return flat


def slices_in(edition: Edition, width: int | None, is_cumulative: bool, where: Filter) -> Slices:
    """Return the slices of a filter; without a width those that fit. Raises: ParameterError, NotFound."""
    from collegium.graph.slices import slices_of

    key = ("slices", width, is_cumulative, where)
    return edition.made(key, lambda: slices_of(edition.mirror, width, is_cumulative, where))


def sliced_ranking(
    edition: Edition, name: str, wanted: Wanted, width: int | None, is_cumulative: bool
) -> SlicedRanking:
    """Return a measure over slices of years; without a width over those that fit.

    Raises: as `Edition.ranking`; ParameterError where years say nothing: of reported figures, and of ties.
    """
    row, asked = measure_named(name), f"{width}y" if width else "of years"
    if row.basis != "computed":
        raise ParameterError(
            "slices", asked, f"a computed measure; {row.name} is reported of authors, not of years"
        )
    if not projection_named(wanted.projection).of_papers:
        raise ParameterError("slices", asked, "a network of papers; ties have no years")
    slices = slices_in(edition, width, is_cumulative, wanted.where)
    over = replace(wanted, where=slices.whole(wanted.where))
    whole = edition.ranking(row.name, over)

    def make() -> SlicedRanking:
        parts = [replace(wanted, where=each) for each in slices.filters(wanted.where)]
        each = tuple(edition.ranking(row.name, part, is_slice=True) for part in parts)
        return SlicedRanking(slices, whole, each)

    work = len(slices.all) * ranking_work(edition, row.name, over)
    return edition.made(("slices ranked", row.name, wanted, width, is_cumulative), make, work)


def series_in(edition: Edition, width: int | None, is_cumulative: bool, where: Filter) -> Series:
    """Return the figures of the co-author network slice by slice. Raises: as `graph.series.series`."""
    from collegium.graph.series import series

    key = ("series", width, is_cumulative, where)
    return edition.made(
        key, lambda: series(edition.mirror, width, is_cumulative=is_cumulative, where=where), 20
    )


def series_picture(found: Series, figures: tuple[str, ...], *, by_itself: bool) -> Markup:
    """Return figures of a series as lines, a panel each."""
    labels = [label(row.from_year, row.to_year) for row in found.slices]
    panels = [
        Panel(
            FIGURES[name].title,
            (Line(FIGURES[name].title, tuple(getattr(row, name) for row in found.slices)),),
        )
        for name in figures
    ]
    facts: Any = found.facts
    asked = facts["parameters"]
    told = f"{len(labels)} slices of {asked['slices']}{', each with all before it' if asked['cumulative'] else ''}"
    cut = facts["papers_truncated"]
    said = [
        told,
        f"{facts['papers_without_year']:,} papers without a year are left out"
        if facts["papers_without_year"]
        else "",
        f"{cut:,} author lists are cut: authors and links can be missing" if cut else "",
    ]
    return chart("Co-authorship by years", "; ".join(filter(None, said)), labels, panels, by_itself=by_itself)


def _made_of(slices: Slices) -> str:
    how = ", each with all before it" if slices.is_cumulative else ""
    without = slices.papers_without_year
    left = f"; {without:,} papers without a year are left out" if without else ""
    return f"{len(slices.all)} slices of {slices.width}y{how}{left}"
