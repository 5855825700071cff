"""The report of a load, printed for people or as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from collegium.graph.errors import LoadError
from collegium.graph.progress import Place

from .tables import print_table

if TYPE_CHECKING:
    from collegium.graph.problem_kinds import ProblemKind
    from collegium.graph.records import Problem
    from collegium.graph.report import FileReport, LoadReport

_MOST_FILES: Final = 20  # rows of the table of files; --json has all
_MOST_KINDS: Final = 10  # kinds of problem of one file that are printed
_MOST_LINES: Final = 200  # kinds of problem that a load prints, of all files together


def print_report(report: LoadReport) -> None:
    """Print what became of each file, what was not understood in it, and the counts of all.

    What was lost goes to standard error, a line a kind; remarks go to standard output.
    """
    read = [file for file in report.files if not file.is_unchanged]
    told = [f"{many(len(read), 'file')} loaded, {many(len(report.files) - len(read), 'file')} unchanged"]
    if report.failures:
        told[0] += f", {many(len(report.failures), 'file')} not read"
    if read:
        lost, remarked = sum(file.lost for file in read), sum(file.remarked for file in read)
        records = many(sum(file.records_read for file in read), "record")
        told.append(f"{records} read, {lost:,} refused, {many(remarked, 'remark')}")
    told.append(f"store version {report.version}")
    if report.is_rehearsed:
        told.insert(0, "Dry run, nothing was written; what is known under other addresses is counted as new")
    rows = [{"": kind, **asdict(count)} for kind, count in report.counts.items()]
    print_table(rows, title="; ".join(told))
    if len(report.files) > 1:
        _print_files(report)
    left = _MOST_LINES
    for file in report.files:
        for line in _remarks_on(file):
            print(line)
        left = _print_problems(file, left)
    for path in report.skipped:
        print(f"{path}: of no format we read, left out")


def _print_files(report: LoadReport) -> None:
    """A row a file; of many, those with something refused first."""
    files = sorted(report.files, key=lambda file: not file.lost)[:_MOST_FILES]
    rows = []
    for file in files:
        papers = file.counts["papers"]
        rows.append(
            {
                "file": file.path,
                "format": file.reader,
                "records": file.records_read if not file.is_unchanged else None,
                "refused": file.lost,
                "remarks": file.remarked,
                "papers new": papers.new,
                "merged": papers.merged,
                "unchanged": papers.unchanged,
            }
        )
    left = len(report.files) - len(files)
    where = "--json has all" if report.is_rehearsed else "collegium sources lists all, --json too"
    print_table(rows, note=f"and {left:,} more of {many(len(report.files), 'file')}: {where}" if left else "")


def _remarks_on(file: FileReport) -> Iterator[str]:
    """Yield what is said of a file as a whole."""
    if file.cut_lists:
        yield f"{file.path}: {many(file.cut_lists, 'author list')} not whole (“et al.”, unread): links can be missing"
    if file.kept:
        yield (
            f"{file.path}: kept as given: {many(file.kept, 'statement')} of which we make nothing, "
            f"in the graph …/source/{file.source}/as-given"
        )
    if file.recognised:
        found = ", ".join(many(count, kind.removesuffix("s")) for kind, count in file.recognised.items())
        yield f"{file.path}: one with things under other addresses: {found}: collegium identity list"
    if file.replaced:
        changes = "; ".join(
            f"{kind} {c.added:,} added, {c.gone:,} gone, {c.changed:,} changed"
            for kind, c in file.changes.items()
        )
        yield f"{file.path}: replaced {file.replaced}: {changes}; each: collegium diff {file.source}"
    if file.hint:
        yield f"{file.path}: {file.hint}"


def _print_problems(file: FileReport, most: int) -> int:
    """Print the problems of a file by kind, at most so many lines; return how many lines are left."""
    if not file.kinds:
        return most
    shown = file.kinds[: min(_MOST_KINDS, most)]
    for kind in shown:
        for line in _told(file.path, kind):
            click.echo(f"collegium: {line}" if kind.is_refused else line, err=kind.is_refused)
    told = sum(kind.count for kind in shown)
    more = file.lost + file.remarked - told
    for kind in (kind for kind in shown if kind.unnamed):
        print(f"{file.path}: … and {kind.unnamed:,} more of the kind “{kind.expected}”: counted, not listed")
    if more:
        print(f"{file.path}: and {more:,} more of other kinds: collegium problems {file.source}")
    elif told > sum(len(kind.first) for kind in shown):
        print(f"{file.path}: all {told:,} of these: collegium problems {file.source}")
    return most - len(shown)


def _told(path: str, kind: ProblemKind) -> Iterator[str]:
    """Yield the lines of a kind of problem: one each where they are few, else one for all."""
    if kind.count == len(kind.first):
        yield from (_line(path, problem) for problem in kind.first)
        return
    first, others = kind.first[0], kind.first[1:]
    places = ", ".join(str(problem.lines.first) for problem in others)
    unit = first.lines.unit
    yield f"{_line(path, first)}; {kind.count - 1:,} more like it ({unit}s {places} …)"


def _line(path: str, problem: Problem) -> str:
    reason = f"found {problem.found!r}, expected {problem.expected}"
    return LoadError(path, reason, problem.lines.first).message


def what_stands(before: int, after: int, place: Place) -> str:
    """Return what a store holds of a load that was interrupted, by its version before and after.

    Example:
        >>> what_stands(3, 5, Place(kept=300, files=1_000))
        '300 of 1,000 files stand in store version 5; load again to go on'
        >>> what_stands(3, 3, Place(files=1))
        'the store is as it was'
    """
    if before == after:
        return "the store is as it was"
    return (
        f"{place.kept:,} of {many(place.files, 'file')} stand in store version {after}; load again to go on"
    )


def many(count: int, noun: str) -> str:
    """Return a number with its noun.

    Example:
        >>> many(1, "file"), many(2_000, "file")
        ('1 file', '2,000 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def as_data(report: LoadReport) -> dict[str, object]:
    """Return the report as JSON can hold it."""
    return {
        "version": report.version,
        "dry_run": report.is_rehearsed,
        "counts": {kind: asdict(count) for kind, count in report.counts.items()},
        "files": [_file_data(file) for file in report.files],
        "failures": [{"path": e.path, "line": e.line, "reason": e.reason} for e in report.failures],
        "skipped": list(report.skipped),
        "exit_code": report.exit_code,
    }


def _file_data(file: FileReport) -> dict[str, object]:
    """`problems` holds the first of them; `records` and `kinds` tell of all."""
    return {
        "path": file.path,
        "source": file.source,
        "reader": file.reader,
        "unchanged": file.is_unchanged,
        "records": {
            "read": file.records_read,
            "kept": file.records,
            "refused": file.lost,
            "remarks": file.remarked,
        },
        "counts": {kind: asdict(count) for kind, count in file.counts.items()},
        "recognised": file.recognised,
        "kept_as_given": file.kept,
        "cut_lists": file.cut_lists,
        "kinds": [asdict(kind) for kind in file.kinds],
        "problems": [asdict(problem) for problem in (*file.problems, *file.remarks)],
        "replaced": file.replaced,
        "changes": {kind: asdict(change) for kind, change in file.changes.items()},
        "hint": file.hint,
    }
