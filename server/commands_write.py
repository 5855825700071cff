"""Commands that write files: draw, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import ParameterError
from collegium.graph.selection import Filter

from .commands_store import open_store, store_option
from .filter_options import filter_options

if TYPE_CHECKING:
    from .drawings import Drawing


@click.group()
def draw() -> None:
    """Write an interactive view as one HTML file that works offline.

    \b
    Example:
      collegium draw ego "Xingtai Lv" -o ego.html
    """


_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="HTML file to write."
)


@draw.command("network")
@click.option("--projection", default="coauthors", show_default=True, help="Network that is drawn.")
@click.option("--size", default="papers", show_default=True, help="papers, links or a measure.")
@_OUTPUT
@filter_options
@store_option
def draw_network(projection: str, size: str, output: Path, store: Path, where: dict[str, Any]) -> None:
    """Draw a whole network.

    \b
    Example:
      collegium draw network --size betweenness -o network.html
    """
    _save(open_store(store).draw_network(projection=projection, size=size, **where), output)


@draw.command("ego")
@click.argument("author", metavar="A")
@_OUTPUT
@filter_options
@store_option
def draw_ego(author: str, output: Path, store: Path, where: dict[str, Any]) -> None:
    """Draw an author and their co-authors.

    \b
    Example:
      collegium draw ego "Xingtai Lv" -o ego.html
    """
    _save(open_store(store).draw_ego(author, **where), output)


@draw.command("path")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@_OUTPUT
@filter_options
@store_option
def draw_path(start: str, end: str, output: Path, store: Path, where: dict[str, Any]) -> None:
    """Draw a shortest path between two authors.

    \b
    Example:
      collegium draw path "Li Sheng" "Hengli Li" -o path.html
    """
    _save(open_store(store).draw_path(start, end, **where), output)


def _save(drawing: Drawing, output: Path) -> None:
    click.echo(f"{drawing.title} written to {drawing.save(output)}", err=str(output) == "-")


@click.command()
@click.argument("format")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write; - for standard output.",
)
@click.option("--projection", default="coauthors", show_default=True, help="Network that is exported.")
@click.option("--weight", default="full", show_default=True, help="full, fractional, harmonic or first-last.")
@filter_options
@store_option
def export(
    format: str, output: Path, projection: str, weight: str, store: Path, where: dict[str, Any]
) -> None:
    """Write the statements of the store, a network of it, or its papers to a file; say on standard error how many.

    Statements: nquads (all graphs, sorted; load puts it back), turtle and jsonld (belief). Networks: graphml, gexf,
    pajek, vosviewer, csv (the links), nodes.csv, edges.csv, csv.zip (both). Papers: bibtex, csl-json.

    \b
    Example:
      collegium export nquads -o store.nq
      collegium export gexf --from 2020 -o coauthors.gexf
      collegium export bibtex --author "Xingtai Lv" -o lv.bib
    """
    from .editions import Wanted
    from .exports import export_named, write

    wanted = export_named(format)
    _check_given(wanted.name, wanted.made_of, where, projection, weight)
    edition = open_store(store).edition()
    amount = write(wanted, edition, Wanted(projection, weight, Filter(**where)), output)
    click.echo(f"{wanted.title} written to {output}: {amount}", err=True)


def _check_given(format: str, made_of: str, where: dict[str, Any], projection: str, weight: str) -> None:
    """Refuse options that would do nothing. Raises: ParameterError."""
    drawn = {"--projection": projection != "coauthors", "--weight": weight != "full"}
    drawn["--min-weight"] = "min_weight" in where
    useless = [option for option, is_given in drawn.items() if is_given] if made_of != "network" else []
    if made_of == "statements" and where:
        useless.append("filters")
    if useless:
        expected = "no filters" if made_of == "statements" else "filters of papers only"
        raise ParameterError(useless[0], format, f"a format of networks for it; {made_of} take {expected}")


COMMANDS: Final = (draw, export)
