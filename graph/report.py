"""What became of a load: the records, and their way through JSON to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .errors import LoadError, from_facts, to_facts
from .problem_kinds import ProblemKind, kind_from, problem_from
from .records import Problem


@dataclass(frozen=True, slots=True)
class Count:
    """Things of one kind that a file describes: not in the store before, there from other sources, there from this.

    They are those of belief, once identities were recognised: what is one under two IRIs counts once.
    """

    new: int = 0
    merged: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """How much of one kind a newer version of a source added, lost, and says another way."""

    added: int = 0
    gone: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `remarks` ask for a look; `problems` are pieces that were lost.

    Of very many the first stand here; `lost` and `remarked` count all, and `kinds` tell of all by what is alike in
    them. `records` counts those that were kept. `replaced` is the ID of the source whose place this one took, and
    `changes` what differs, by kind: papers, authors, pairs. `is_broken`: the file ends before its end. `recognised`
    counts, by kind, the IRIs of the file that are held to be one with others. `kept` counts statements of RDF that we
    make nothing of and keep as given.
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
    records: int = 0
    kinds: tuple[ProblemKind, ...] = ()
    replaced: str = ""
    changes: dict[str, Change] = field(default_factory=dict)
    is_broken: bool = False
    recognised: dict[str, int] = field(default_factory=dict)
    kept: int = 0

    @property
    def records_read(self) -> int:
        """How many records were found in the file: those that were kept and those that were refused."""
        return self.records + self.lost


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a load: files read, files that could not be, files of a folder that are of no known format.

    `is_rehearsed`: it is what would become of it; nothing was written.
    """

    version: int
    files: tuple[FileReport, ...] = ()
    failures: tuple[LoadError, ...] = ()
    skipped: tuple[str, ...] = ()
    counts: dict[str, Count] = field(default_factory=dict)
    is_rehearsed: bool = False

    def __str__(self) -> str:
        counted = ", ".join(f"{count.new} new {kind}" for kind, count in self.counts.items())
        lost = sum(file.lost for file in self.files)
        outcome = f"{len(self.files)} file{'s' * (len(self.files) != 1)}, {len(self.failures)} failed, {lost} problems"
        return f"{outcome}: {counted}; version {self.version}"

    @property
    def exit_code(self) -> int:
        """0 all read, 1 something refused, 2 nothing loaded."""
        if not self.files:
            return 2
        return 1 if self.failures or any(f.lost or f.problems for f in self.files) else 0


def to_data(report: LoadReport) -> dict[str, Any]:
    """Return a report as plain data that JSON can hold."""
    data = {name: getattr(report, name) for name in ("version", "skipped", "is_rehearsed")}
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
        data["is_rehearsed"],
    )


def _file(data: Mapping[str, Any]) -> FileReport:
    told = {name: tuple(map(problem_from, data[name])) for name in ("problems", "remarks")}
    kinds = tuple(map(kind_from, data["kinds"]))
    changes = {kind: Change(**change) for kind, change in data["changes"].items()}
    return FileReport(
        **{**data, **told, "kinds": kinds, "changes": changes, "counts": _counts(data["counts"])}
    )


def _counts(data: Mapping[str, Any]) -> dict[str, Count]:
    return {kind: Count(**count) for kind, count in data.items()}
