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

from collegium.graph.errors import LoadError, ParameterError

from .tables import ROW_FORMATS, print_rows, print_table

if TYPE_CHECKING:
    from collegium.graph.report import FileReport, LoadReport

    from .service import KnowledgeGraph

_SHOWN_PROBLEMS = 20  # lines of a file that were not understood and are printed; --json has all


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
    return KnowledgeGraph(store, pairs=settings.pairs, identity=settings.identity or None)


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
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@store_option
def load(
    paths: tuple[str, ...],
    format: str | None,
    source_date: str | None,
    identity: str | None,
    as_json: bool,
    store: Path,
) -> None:
    """Load files, folders, patterns, or - for standard input.

    Exit code: 0 all read, 1 something refused, 2 nothing loaded.

    \b
    Example:
      collegium load seeds/ --source-date 2026-11-23
    """
    day = _day(source_date)
    graph = open_store(store, create=True)
    with _progress() as show:
        report = graph.load(*paths, format=format, source_date=day, identity=identity, progress=show)
    if as_json:
        print(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
    elif report.files:
        _print_report(report)
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


class _progress:
    """A progress bar on a terminal, nothing elsewhere; made at the first file, so that short loads do not pay."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._show

    def _show(self, path: str, number: int, files: int) -> None:
        if not sys.stderr.isatty() or files < 2:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=files, label="Loading", file=sys.stderr, item_show_func=str)
            self._bar.__enter__()
        self._bar.update(1, path)

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def _print_report(report: LoadReport) -> None:
    rows = [{"": kind, **asdict(count)} for kind, count in report.counts.items()]
    read = sum(not file.is_unchanged for file in report.files)
    old = len(report.files) - read
    done = f"{_many(read, 'file')} loaded, {_many(old, 'file')} unchanged"
    print_table(rows, title=f"{done}; store version {report.version}")
    for file in report.files:
        _print_file(file)
    for path in report.skipped:
        print(f"{path}: of no format we read, left out")


def _print_file(file: FileReport) -> None:
    if file.cut_lists:
        print(f"{file.path}: {_many(file.cut_lists, 'author list')} cut (“et al.”): links can be missing")
    if file.recognised:
        found = ", ".join(f"{count} {kind}" for kind, count in file.recognised.items())
        print(f"{file.path}: recognised {found} as one with others: collegium identity list")
    if file.hint:
        print(f"{file.path}: {file.hint}")
    told = [*file.problems, *file.remarks]
    for problem in told[:_SHOWN_PROBLEMS]:
        error = LoadError(
            file.path, f"found {problem.found!r}, expected {problem.expected}", problem.lines.first
        )
        if problem.is_refused:
            click.echo(f"collegium: {error.message}", err=True)
        else:
            print(error.message)
    if len(told) > _SHOWN_PROBLEMS:
        print(f"{file.path}: {len(told) - _SHOWN_PROBLEMS} more lines; --json lists all")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _as_json(report: LoadReport) -> dict[str, object]:
    files = [
        {
            "path": file.path,
            "source": file.source,
            "reader": file.reader,
            "unchanged": file.is_unchanged,
            "counts": {kind: asdict(count) for kind, count in file.counts.items()},
            "recognised": file.recognised,
            "cut_lists": file.cut_lists,
            "problems": [asdict(problem) for problem in (*file.problems, *file.remarks)],
            "hint": file.hint,
        }
        for file in report.files
    ]
    return {
        "version": report.version,
        "counts": {kind: asdict(count) for kind, count in report.counts.items()},
        "files": files,
        "failures": [{"path": e.path, "line": e.line, "reason": e.reason} for e in report.failures],
        "skipped": list(report.skipped),
        "exit_code": report.exit_code,
    }


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


@click.command()
@format_option(*ROW_FORMATS)
@store_option
def info(format: str, store: Path) -> None:
    """Print the figures of the store.

    \b
    Example:
      collegium info
    """
    figures = asdict(open_store(store).info())
    rows = [{"figure": name, "value": value} for name, value in figures.items()]
    print_rows(rows if format == "table" else [figures], format, title="Store")


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
