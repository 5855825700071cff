"""Commands that ask by slices of years: series, and how `centrality --slices` is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.slice_figures import FIGURES

from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .network_note import note
from .tables import ROW_FORMATS, print_rows

if TYPE_CHECKING:
    from .sliced import SlicedRanking


def slice_options(function: Any) -> Any:
    """Give a command `--slices` and `--cumulative`."""
    function = click.option("--cumulative", is_flag=True, help="Each slice with all before it.")(function)
    return click.option("--slices", metavar="YEARS", help="By slices of so many years, like 3y.")(function)


def print_sliced(found: SlicedRanking, top: int | None, format: str) -> None:
    """Print a ranking by slices: values in a table for people, values and ranks for programs."""
    from .sliced import label, wide

    rows = found.rows(0, len(found.whole.rows) if top is None else top)
    if format == "table":
        shown = [
            {"rank": row["rank"], "name": row["name"], "value": row["value"]}
            | {label(of["from_year"], of["to_year"]): of["value"] for of in row["slices"]}
            for row in rows
        ]
    else:
        shown = [dict(row) for row in rows] if format == "json" else list(map(wide, rows))
    _print(shown, format, f"{found.whole.facts['title']} by years", found.facts)


@click.command()
@slice_options
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def series(slices: str | None, cumulative: bool, format: str, store: Path, where: dict[str, Any]) -> None:
    """Print papers, authors, links and collaboration figures by slices of years.

    Without --slices they are as wide as the first of 1, 2, 5, 10, 20 … years that makes at most 40.

    \b
    Example:
      collegium series --slices 3y
      collegium series --slices 5y --cumulative --format csv
    """
    found = open_store(store).series(slices, cumulative=cumulative, **where)
    rows = found.to_dicts()
    if format == "table":
        from .sliced import label

        rows = [
            {"years": label(row["from_year"], row["to_year"])} | {n: row[n] for n in FIGURES} for row in rows
        ]
    _print(rows, format, "Co-authorship by years", found.facts)


def _print(rows: list[dict[str, Any]], format: str, title: str, facts: Any) -> None:
    asked, without, before = facts["parameters"], facts["papers_without_year"], facts["papers_before_slices"]
    said = [
        f"slices of {asked['slices']}{', cumulative' if asked['cumulative'] else ''}",
        note(facts),
        f"{without} papers without a year in no slice" if without else "",
        f"{before} papers of an inferred year before the first printed one in no slice" if before else "",
    ]
    told = "; ".join(filter(None, said))
    print_rows(rows, format, title=title, note=told)
    if format != "table":
        click.echo(told, err=True)


COMMANDS: Final = (series,)
