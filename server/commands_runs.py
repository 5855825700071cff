"""Commands on kept runs: runs list, show, diff, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from collegium.graph.errors import ParameterError

from .commands_store import format_option, open_store, store_option
from .network_note import note as note_of
from .tables import ROW_FORMATS, print_rows

if TYPE_CHECKING:
    from collegium.graph.runs import Run


@click.group(invoke_without_command=True)
@store_option
@click.pass_context
def runs(context: click.Context, store: Path) -> None:
    """List, read, compare and remove rankings that were kept.

    \b
    Example:
      collegium centrality betweenness --keep spring
      collegium runs
      collegium runs diff spring
    """
    if context.invoked_subcommand is None:
        _print_list("table", store)
    elif context.get_parameter_source("store") is ParameterSource.COMMANDLINE:  # each has its own
        name = context.invoked_subcommand
        raise ParameterError("--store", store, f"it behind the command: collegium runs {name} --store DIR")


@runs.command("list")
@format_option(*ROW_FORMATS)
@store_option
def list_(format: str, store: Path) -> None:
    """List the kept runs: of what, when, on which version.

    \b
    Example:
      collegium runs list --format json
    """
    _print_list(format, store)


def _print_list(format: str, store: Path) -> None:
    print_rows([_row(run) for run in open_store(store).runs.list()], format, title="Kept runs")


def _row(run: Run) -> dict[str, object]:
    sampled = run.facts.get("sample")
    return {
        "name": run.name,
        "measure": run.measure,
        "projection": run.question["projection"],
        "made_at": run.made_at,
        "version": run.facts.get("version"),
        "nodes": run.facts.get("nodes"),
        "from": "all nodes" if sampled is None else f"{sampled} nodes, seed {run.facts['seed']}",
        "values_digest": run.values_digest,
    }


@runs.command()
@click.argument("name")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many.")
@format_option(*ROW_FORMATS)
@store_option
def show(name: str, top: int | None, format: str, store: Path) -> None:
    """Print the ranks and values of a kept run.

    \b
    Example:
      collegium runs show spring --top 10
    """
    run = open_store(store).runs.named(name)
    rows: list[dict[str, Any]] = [row._asdict() for row in run.rows[:top]]
    note = f"{note_of(run.facts)}; made at {run.made_at} by {run.software}"
    print_rows(rows, format, title=str(run.facts["title"]), note=note)


@runs.command()
@click.argument("name")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many.")
@format_option(*ROW_FORMATS)
@store_option
@click.pass_context
def diff(context: click.Context, name: str, top: int | None, format: str, store: Path) -> None:
    """Compute a kept run again and print what moved. Exit code 1 when something did.

    \b
    Example:
      collegium runs diff spring
    """
    found = open_store(store).runs.compare(name)
    rows: list[dict[str, Any]] = []
    for moved in found.moved[:top]:
        (rank_then, value_then), (rank_now, value_now) = moved.then or (None, None), moved.now or (None, None)
        rows.append(
            {
                "name": moved.name,
                "rank_then": rank_then,
                "rank_now": rank_now,
                "value_then": value_then,
                "value_now": value_now,
                "iri": moved.iri,
            }
        )
    is_same = found.run.input_digest == found.input_digest
    said = [
        "unchanged" if found.is_unchanged else f"{len(found.moved)} of {len(found.run.rows)} rows changed",
        "the network is the same" if is_same else "the network is another one",
        f"store version {found.run.facts['version']} then, {found.version} now",
    ]
    print_rows(rows, format, title=f"{found.run.facts['title']}: {name} and now", note="; ".join(said))
    if not found.is_unchanged:
        context.exit(1)


@runs.command()
@click.argument("name")
@store_option
def remove(name: str, store: Path) -> None:
    """Remove a kept run.

    \b
    Example:
      collegium runs remove spring
    """
    open_store(store).runs.remove(name)
    print(f"{name} is removed")


COMMANDS: Final = (runs,)
