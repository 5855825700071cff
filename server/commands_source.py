"""Commands about sources: problems, diff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from .commands_store import format_option, open_store, store_option
from .tables import ROW_FORMATS, print_rows

if TYPE_CHECKING:
    from collegium.graph.source_diff import Difference
    from collegium.graph.source_problems import SourceProblem


@click.command()
@click.argument("source")
@click.option("--refused", "only", flag_value="refused", help="Only records that were lost.")
@click.option("--remarks", "only", flag_value="remarks", help="Only remarks on records that were kept.")
@click.option("--kinds", is_flag=True, help="A row a kind of problem, with their number, not a row each.")
@format_option(*ROW_FORMATS)
@store_option
def problems(source: str, only: str | None, kinds: bool, format: str, store: Path) -> None:
    """List what was not understood of a source (ID, IRI or file name), in the order of its file.

    Of very many the store names 10,000 lost records, and as many remarks; the
    last rows then count the others by kind.

    \b
    Example:
      collegium problems 2022.acl.xml --format csv
      collegium problems 2022.acl.xml --kinds
    """
    wanted = None if only is None else only == "refused"
    found = open_store(store).problems(source, is_refused=wanted)
    rows = _kind_rows(found) if kinds else [_row(problem) for problem in found]
    print_rows(rows, format, title=f"Not understood of {source}")


def _row(problem: SourceProblem) -> dict[str, Any]:
    row = asdict(problem)
    return {"outcome": _outcome(row.pop("is_refused")), **row}


def _outcome(is_refused: bool | None) -> str | None:
    return None if is_refused is None else "refused" if is_refused else "remark"


def _kind_rows(found: Iterable[SourceProblem]) -> list[dict[str, Any]]:
    from collegium.graph.problem_kinds import KindCounter
    from collegium.graph.records import Lines, Problem

    counter = KindCounter()
    for p in found:
        problem = Problem(Lines(p.first, p.last, p.unit), p.found, p.expected, bool(p.is_refused))
        counter.add(problem, p.count)
    return [
        {
            "count": kind.count,
            "outcome": _outcome(kind.is_refused),
            "expected": kind.expected,
            "found first": kind.first[0].found,
            "at": kind.first[0].lines.first,
        }
        for kind in counter.kinds()
    ]


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@click.option("--summary", is_flag=True, help="Only how many papers, authors and pairs differ.")
@format_option(*ROW_FORMATS)
@store_option
def diff(one: str, other: str | None, summary: bool, format: str, store: Path) -> None:
    """Print what differs between two versions of a source, or between two sources: papers, authors, pairs.

    A version is a source with @old, @new or @NUMBER (1 is the oldest); one source alone means its last change.

    \b
    Example:
      collegium diff lab.bib
      collegium diff lab.bib@1 lab.bib@new --format json
    """
    from collegium.graph.source_diff import counted

    found = open_store(store).diff(one, other)
    totals = [{"": kind, **asdict(change)} for kind, change in counted(found).items()]
    title = f"{one} → {other}" if other else f"{one}: last change"
    if summary or format == "table":
        rows = totals if format == "table" else [{"kind": row.pop(""), **row} for row in totals]
        print_rows(rows, format, title=title)
    if not summary and (found or format != "table"):
        print_rows([_difference(row, format) for row in found], format)


def _difference(row: Difference, format: str) -> dict[str, Any]:
    """A row of the answer; in a table the IRIs of a pair stand in one cell, parted by a space that no IRI holds."""
    return {**asdict(row), "iris": list(row.iris) if format == "json" else " ".join(row.iris)}


COMMANDS: Final = (problems, diff)
