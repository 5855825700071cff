"""Panels: what a page of a thing shows of a named query: pictures, words and a table, and the name of the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from collegium.graph.things import id_of
from collegium.queries.catalogue import CATALOGUE

from .api_queries import bound_answer
from .charts import Line
from .directory import Ref, directory_of
from .editions import Edition
from .plots import MOST_COLUMNS, columns_plot

Row: TypeAlias = dict[str, Any]
Cell: TypeAlias = Ref | str | int | None
MOST_ROWS: Final = 2_000  # of a query on a page; its CSV has all
MOST_WALKED: Final = 2_000  # papers of a thing up to which a page asks a query that walks from each: a second
MOST_COUNTED: Final = 20_000  # papers up to which a page counts them by year: two seconds


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: `name` is its ID there, `told` says in words what the pictures show.

    `given` are the parameters of the named query `query`. `columns` are names of columns and whether they hold
    numbers; `bar` is the one that is drawn in proportion. `is_too_large`: a page does not ask the query.
    """

    name: str
    title: str
    told: str
    query: str
    given: Mapping[str, str]
    columns: tuple[tuple[str, bool], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    pictures: tuple[Markup, ...] = ()
    bar: int | None = None
    total: int = 0
    is_too_large: bool = False

    @property
    def most(self) -> int:
        """The largest number in the column that is drawn."""
        at = self.bar
        cells = () if at is None else (row[at] for row in self.rows)
        return max((cell for cell in cells if isinstance(cell, int)), default=0)


def rows_of(found: Edition, query: str, **given: str) -> list[Row]:
    """Return the rows of a named query, at most `MOST_ROWS`.

    They are not remembered: the finished page is, and rows of many pages would drive networks out of the memory.
    """
    return bound_answer(found, CATALOGUE.named(query), given, MOST_ROWS, 0).rows()


def years_between(rows: Sequence[Row]) -> list[int]:
    """Return the years of rows with all between, so that gaps are seen; only those there are, where it is too long."""
    years = sorted({int(row["year"]) for row in rows if row["year"] is not None})
    if not years or years[-1] - years[0] >= MOST_COLUMNS:
        return years[-MOST_COLUMNS:]
    return list(range(years[0], years[-1] + 1))


def by_year(rows: Sequence[Row], column: str) -> dict[int, int]:
    """Return what a column holds, added up by year; rows without a year are left out."""
    found: dict[int, int] = {}
    for row in rows:
        if row["year"] is not None:
            year = int(row["year"])
            found[year] = found.get(year, 0) + int(row[column])
    return found


def without_year(rows: Sequence[Row], column: str = "papers") -> int:
    """Return how much of a column stands in no year."""
    return sum(int(row[column]) for row in rows if row["year"] is None)


def years_panel(
    rows: Sequence[Row],
    figures: Mapping[str, str],
    make: Callable[..., Panel],
    of: str,
) -> Panel | None:
    """Return papers, and another figure, by year: a picture of columns each; None where no paper has a year.

    Args:
        figures: column of the rows -> the word for what it counts.
        make: gives the panel its name, title, query and parameters.
        of: whose papers they are.
    """
    years = years_between(rows)
    if not years:
        return None
    labels = [str(year) for year in years]
    pictures, said = [], []
    for column, word in figures.items():
        counts = by_year(rows, column)
        if not any(counts.values()):
            continue
        line = Line(word, tuple(counts.get(year, 0) for year in years))
        told = most_told(counts, word)
        title = f"{word.capitalize()} of {of} by year"
        said.append(told)
        if len(years) > 1:  # one column says no more than the words
            pictures.append(columns_plot(f"plot-{column}", title, told, labels, [line], word.capitalize()))
    if rest := without_year(rows):
        said.append(f"Papers without a printed year: {rest:,}.")
    cells = tuple(
        ("none" if row["year"] is None else str(row["year"]), *(int(row[column]) for column in figures))
        for row in rows
    )
    columns = (("Year", False), *((word.capitalize(), True) for word in figures.values()))
    return make(told=" ".join(said), pictures=tuple(pictures), columns=columns, rows=cells, total=len(cells))


def most_told(counts: Mapping[int, int], word: str) -> str:
    """Return in words how much there is from when to when, and in which year most.

    Example:
        >>> most_told({2020: 1, 2022: 3}, "papers")
        '4 papers from 2020 to 2022, most in 2022: 3.'
    """
    first, last = min(counts), max(counts)
    most = max(counts, key=lambda year: (counts[year], -year))
    if first == last:
        return f"{_told(counts[first], word)} in {first}."
    if word != "papers":  # of people, years cannot be added up
        return f"Most {word} in {most}: {counts[most]:,}."
    return f"{_told(sum(counts.values()), word)} from {first} to {last}, most in {most}: {counts[most]:,}."


def _told(count: int, word: str) -> str:
    return f"{count:,} {word.removesuffix('s') if count == 1 else word}"


def ref_of(found: Edition, iri: object, name: object, kind: str) -> Ref:
    """Return a thing that a query names; of several names the one that it goes by on all pages."""
    identifier = id_of(str(iri), found.base)
    known = next((ref for ref in directory_of(found).called(str(iri)) if ref.kind == kind), None)
    return Ref(kind, identifier, str(iri), known.name if known else str(name or identifier))


def ranked_panel(
    found: Edition,
    rows: Sequence[Row],
    kind: str,
    key: str,
    words: Mapping[str, str],
    make: Callable[..., Panel],
    most: int = 12,
) -> Panel | None:
    """Return things with how often they stand on papers, the first `most`; None for no rows.

    Args:
        key: column that names the thing; `name` holds its name.
        words: number columns -> their heads, the first one drawn as bars; `years` stands for first and last year.
    """
    if not rows:
        return None
    heads = tuple((word, column != "years") for column, word in words.items())
    cells = tuple(
        (ref_of(found, row[key], row.get("name"), kind), *(_cell(row, column) for column in words))
        for row in rows[:most]
    )
    told = (
        f"The first {most} of {len(rows):,}{' or more' if len(rows) >= MOST_ROWS else ''}."
        if len(rows) > most
        else ""
    )
    return make(told=told, columns=(("Name", False), *heads), rows=cells, bar=1, total=len(rows))


def _cell(row: Row, column: str) -> Cell:
    if column != "years":
        return int(row[column])
    first, last = row["first_year"], row["last_year"]
    if first is None:
        return None
    return str(first) if first == last else f"{first}–{last}"
