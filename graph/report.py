"""What became of a load: the records, and their way through JSON to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .errors import LoadError, from_facts, to_facts
from .records import Lines, Problem


@dataclass(frozen=True, slots=True)
class Count:
    """Things of one kind that a file describes: not in the store before, there from other sources, there from this."""

    new: int = 0
    merged: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `remarks` ask for a look; `problems` are pieces that were lost.

    Of very many the first stand here; `lost` and `remarked` count all. `recognised` counts, by kind, the things that
    are held to be one with things of another IRI; where only other sources have these, they count as merged.
    """

    path: str
    source: str
    reader: str
    is_unchanged: bool
    counts: dict[str, Count]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    cut_lists: int = 0
    hint: str = ""
    lost: int = 0
    remarked: int = 0
    recognised: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a load: files read, files that could not be, files of a folder that are of no known format."""

    version: int
    files: tuple[FileReport, ...] = ()
    failures: tuple[LoadError, ...] = ()
    skipped: tuple[str, ...] = ()
    counts: dict[str, Count] = field(default_factory=dict)

    def __str__(self) -> str:
        counted = ", ".join(f"{count.new} new {kind}" for kind, count in self.counts.items())
        lost = sum(file.lost for file in self.files)
        outcome = f"{len(self.files)} files, {len(self.failures)} failed, {lost} problems"
        return f"{outcome}: {counted}; version {self.version}"

    @property
    def exit_code(self) -> int:
        """0 all read, 1 something refused, 2 nothing loaded."""
        if not self.files:
            return 2
        return 1 if self.failures or any(f.problems for f in self.files) else 0


def to_data(report: LoadReport) -> dict[str, Any]:
    """Return a report as plain data that JSON can hold."""
    data = {name: getattr(report, name) for name in ("version", "skipped")}
    data["files"] = [asdict(file) for file in report.files]
    data["failures"] = [to_facts(failure) for failure in report.failures]
    data["counts"] = {kind: asdict(count) for kind, count in report.counts.items()}
    return data


def from_data(data: Mapping[str, Any]) -> LoadReport:
    """Return the report that `to_data` described."""
    failures = [from_facts(failure) for failure in data["failures"]]
    return LoadReport(
        data["version"],
        tuple(_file(file) for file in data["files"]),
        tuple(failure for failure in failures if isinstance(failure, LoadError)),
        tuple(data["skipped"]),
        _counts(data["counts"]),
    )


def _file(data: Mapping[str, Any]) -> FileReport:
    told = {name: tuple(_problem(p) for p in data[name]) for name in ("problems", "remarks")}
    return FileReport(**{**data, **told, "counts": _counts(data["counts"])})


def _counts(data: Mapping[str, Any]) -> dict[str, Count]:
    return {kind: Count(**count) for kind, count in data.items()}


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(**{**data, "lines": Lines(**data["lines"])})
