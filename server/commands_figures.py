"""The command `figures`: what can be said of a network as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from .commands_ask import print_with_facts
from .commands_store import format_option, open_store, store_option
from .filter_options import filter_options
from .network_note import note as note_of
from .tables import ROW_FORMATS, print_rows

if TYPE_CHECKING:
    from pathlib import Path

_LISTED: Final = ("name", "definition", "unit", "exactness")
_SHOWN: Final = ("title", "value", "unit", "exact", "error", "reason")


@click.command()
@click.argument("names", nargs=-1)
@click.option("--projection", default="coauthors", show_default=True, help="Network that is looked at.")
@click.option(
    "--weight",
    default="full",
    show_default=True,
    help="What --min-weight is compared with: full (joint papers) or fractional.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="Of what is sampled in large networks.",
)
@click.option(
    "--degree",
    "degrees",
    type=click.IntRange(min=0),
    multiple=True,
    help="Degree at which the rich club is told (may be repeated).",
)
@click.option("--list", "is_list", is_flag=True, help="List the figures.")
@filter_options
@format_option(*ROW_FORMATS)
@store_option
def figures(
    names: tuple[str, ...],
    projection: str,
    weight: str,
    seed: int,
    degrees: tuple[int, ...],
    is_list: bool,
    format: str,
    store: Path,
    where: dict[str, Any],
) -> None:
    """Print figures of a whole network, all of them without NAMES.

    \b
    Example:
      collegium figures
      collegium figures diameter average_path_length --from 2020 --format json
    """
    if is_list:
        from collegium.graph.figures import FIGURES

        rows = [{c: getattr(row, c) for c in _LISTED} for row in FIGURES.values()]
        print_rows(rows, format, title="Figures")
        return
    found = open_store(store).figures(
        *names, projection=projection, weight=weight, seed=seed, degrees=degrees, **where
    )
    if format == "json":
        print(json.dumps({**found.facts, "results": found.to_dicts()}, ensure_ascii=False, indent=2))
        return
    rows = found.to_dicts()
    if format == "table":
        rows = [{column: row[column] for column in _SHOWN} for row in rows]
    else:
        rows = [{**row, "facts": json.dumps(row["facts"], ensure_ascii=False)} for row in rows]
    print_with_facts(rows, format, "Figures of the network", note_of(found.facts))


COMMANDS: Final = (figures,)
