"""Commands that change or describe the store: load, sources, unload, info, check."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from collegium.graph.errors import ParameterError
from collegium.graph.manifest import version_of

from .interrupts import interruptible
from .load_bar import LoadBar
from .load_report import as_data, print_report, what_stands
from .tables import ROW_FORMATS, print_rows, print_table

if TYPE_CHECKING:
    from .service import KnowledgeGraph


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--store`."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        envvar="COLLEGIUM_STORE",
        default="collegium-store",
        show_default=True,
        help="Folder of the store.",
    )(function)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `--format`."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print.",
    )


def open_store(path: Path, *, create: bool = False) -> KnowledgeGraph:
    """Return the knowledge graph of a folder."""
    from collegium.graph.store import Store

    from .config import Settings
    from .service import KnowledgeGraph

    settings = Settings.from_environment()
    store = Store.open(path, create=create, base=settings.base if create else None)
    return KnowledgeGraph(
        store,
        pairs=settings.pairs,
        most_authors=settings.most_authors,
        identity=settings.identity or None,
        ror=settings.ror,
    )


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "format", help="Format of the files; by default each file's content tells.")
@click.option(
    "--source-date", metavar="YYYY-MM-DD", help="When the files were taken, for their figures and dates."
)
@click.option(
    "--identity",
    type=click.Choice(["names", "evidence", "strict"]),
    help="How far names alone make two authors one; the store keeps it.  [default: the store's, names at first]",
)
@click.option(
    "--replace",
    "replacing",
    flag_value="always",
    help="Each file replaces the source of its name and format.",
)
@click.option(
    "--beside", "replacing", flag_value="never", help="No file replaces a source, not even in the same place."
)
@click.option("--replaces", metavar="SOURCE", help="The file replaces this source (ID, IRI or file name).")
@click.option("--dry-run", is_flag=True, help="Read everything and report; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@store_option
def load(
    paths: tuple[str, ...],
    format: str | None,
    source_date: str | None,
    identity: str | None,
    replacing: str | None,
    replaces: str | None,
    dry_run: bool,
    as_json: bool,
    store: Path,
) -> None:
    """Load files, folders, patterns, or - for standard input.

    A dump of a store (export nquads) is put back as it was. What takes longer than a minute is committed file by file
    on the way: interrupted, load again to go on.

    Exit code: 0 all read, 1 something refused, 2 nothing loaded, 130 interrupted.

    \b
    Example:
      collegium load seeds/ --source-date 2026-11-23
    """
    day = _day(source_date)
    before, bar = version_of(store), LoadBar()

    def told() -> str:
        bar.clear()
        return what_stands(before, version_of(store), bar.last)

    with interruptible(told):
        graph = open_store(store, create=True)
        report = graph.load(
            *paths,
            format=format,
            source_date=day,
            identity=identity,
            progress=bar.show,
            dry_run=dry_run,
            replacing=replacing or "same place",
            replaces=replaces,
        )
        bar.clear()
    if as_json:
        print(json.dumps(as_data(report), ensure_ascii=False, indent=2))
    elif report.files:
        print_report(report)
    for failure in report.failures:
        click.echo(f"collegium: {failure.message}", err=True)
    sys.exit(report.exit_code)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ParameterError("--source-date", text, "a day as YYYY-MM-DD") from None


@click.command()
@format_option(*ROW_FORMATS)
@store_option
def sources(format: str, store: Path) -> None:
    """List what was loaded.

    \b
    Example:
      collegium sources --format csv
    """
    columns = ("id", "title", "papers", "authors", "problems", "generated_at", "loaded_at", "sha256")
    shown = columns if format != "table" else columns[:-2]
    print_rows(
        [{c: getattr(s, c) for c in shown} for s in open_store(store).sources()], format, title="Sources"
    )


@click.command()
@click.argument("source")
@store_option
def unload(source: str, store: Path) -> None:
    """Take one source (ID, IRI or file name) out again, exactly.

    \b
    Example:
      collegium unload xingtai-lv.txt
    """
    graph = open_store(store)
    version = graph.unload(source)
    print(f"{source} taken out; store version {version}")


_OF_CAP: Final = "author_cap is a setting, COLLEGIUM_MOST_AUTHORS: papers with more authors make no pairs"


@click.command()
@format_option(*ROW_FORMATS)
@store_option
def info(format: str, store: Path) -> None:
    """Print the figures of the store.

    author_cap is none of them but a setting (COLLEGIUM_MOST_AUTHORS): papers with more authors make no pairs. In JSON,
    CSV and TSV it stands under its former name most_authors too.

    \b
    Example:
      collegium info
    """
    figures = asdict(open_store(store).info())
    rows = [{"figure": name, "value": value} for name, value in figures.items() if name != "most_authors"]
    print_rows(rows if format == "table" else [figures], format, title="Store", note=_OF_CAP)


@click.command()
@format_option(*ROW_FORMATS)
@store_option
def check(format: str, store: Path) -> None:
    """Compare the files with their seal, run the SHACL shapes, and compare belief with the claims.

    Exit code: 0 all is well, 1 something was found, 2 files are damaged.

    \b
    Example:
      collegium check
    """
    report = open_store(store).check()
    if format != "table":
        print_rows([asdict(finding) for finding in report.findings], format)
    elif report.conforms:
        print(
            f"conforms: {report.statements} statements, {report.shapes} shapes, store version {report.version}"
        )
    else:
        print_table(
            [asdict(finding) for finding in report.findings], title=f"{len(report.findings)} findings"
        )
    sys.exit(0 if report.conforms else 1)


COMMANDS: Final = (load, sources, unload, info, check)
