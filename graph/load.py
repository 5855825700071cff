"""Files → records → statements → store, in atomic steps, with a report."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Final

import pyoxigraph as ox
from pyoxigraph import NamedNode

from .dates import Taken
from .derived import rebuild as rebuild_derived
from .describe import Describe, nothing_more
from .describe import rebuild as rebuild_description
from .errors import BrokenOff, LoadError, NothingToLoad, ParameterError, UnknownFormat, UnreadableFile
from .found_files import STDIN, files_of, size_of
from .intake import COUNTED, count_unchanged, take_in
from .opening import LeftOut, Member, Opened, opened
from .origin import Source
from .progress import Meter, Pace, Progress
from .readers import READERS, SNIFFED_BYTES, Reader, identify, reader_named
from .records import Record
from .rehearsal import Rehearsal
from .replacing import MODES, Replacing
from .report import Count, FileReport, LoadReport
from .snapshot import MOST_AUTHORS
from .sources import holds, take_out, taken_at
from .store import Store
from .versions import Writer

# A load that takes longer commits what it has, between two files: killed, it goes on from there. docs/decisions/0016.
STEP_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How files are to be loaded."""

    reader: Reader | None
    day: date | None
    now: Callable[[], datetime]
    standard_input: bytes | None
    meter: Meter
    rehearsal: Rehearsal | None
    replacing: Replacing


@dataclass(slots=True)
class _Outcome:
    """Filled file by file."""

    files: list[FileReport] = field(default_factory=list)
    failures: list[LoadError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def load(
    store: Store,
    paths: Sequence[str | Path],
    *,
    format: str | None = None,
    source_date: date | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress | None = None,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    standard_input: bytes | None = None,
    describe: Describe = nothing_more,
    dry_run: bool = False,
    replacing: str = MODES[0],
    replaces: NamedNode | None = None,
    step_s: float = STEP_S,
) -> LoadReport:
    """Load files, folders, patterns and "-" (standard input) into the store, in one step where it takes no longer.

    A file that is loaded already (same content, same date) changes nothing. A file that cannot be read does not keep
    the others out; it stands in `failures`.

    Args:
        format: a key of `READERS`; by default each file's content tells.
        source_date: when the files were taken, for their figures and for years they leave out.
        progress: told how far it is.
        pairs: whether the graph of coauthor pairs is written anew; it can outgrow belief, and nothing of ours reads it.
        most_authors: a paper with more makes no pairs in it.
        standard_input: what stands for "-", instead of this process's own.
        describe: gives what else to say of the data set, once belief is as it will be.
        dry_run: read everything and report, write nothing.
        replacing: when a file takes the place of a loaded source, one of `replacing.MODES`.
        replaces: the source whose place the one file takes.
        step_s: seconds after which what was loaded is committed, between two files.

    Raises:
        NothingToLoad: a path, folder or pattern without a readable file.
        UnknownName: no such format.
        ParameterError: several files are to replace one source.
        StoreBusy: another process is writing.
    """
    if not paths:
        raise NothingToLoad("load", "found no path, expected files, folders or patterns")
    reader = reader_named(format) if format else None
    found = list(files_of(paths))
    meter, outcome = Meter(progress, [size_of(path) for path, _ in found]), _Outcome()
    rehearsal = Rehearsal() if dry_run else None
    if replaces is not None and len(found) > 1:
        raise ParameterError("replaces", f"{len(found)} files", "one file in the place of one source")
    told = Replacing(replacing, replaces, most_authors)
    wanted = _Wanted(reader, source_date, now, standard_input, meter, rehearsal, told)
    if dry_run:
        asked = store.refreshed()
        _load_all(Writer(asked.engine, asked.base, asked.version), found, wanted, outcome, lambda: False)
        version = asked.version
    else:

        def conclude(writer: Writer) -> None:
            rebuild_derived(writer.engine, writer.base, is_wanted=pairs, most_authors=most_authors)
            rebuild_description(writer.engine, writer.base, describe(writer.engine, writer.base))
            writer.is_counted = True

        version = _in_steps(store, found, wanted, outcome, Pace(step_s), conclude)
    if not outcome.files and not outcome.failures:
        raise NothingToLoad(str(paths[0]), f"found no file of a format we read ({', '.join(READERS)})")
    files = tuple(outcome.files)
    return LoadReport(
        version, files, tuple(outcome.failures), tuple(outcome.skipped), _summed(files), dry_run
    )


def _in_steps(
    store: Store,
    found: Sequence[tuple[str, bool]],
    wanted: _Wanted,
    outcome: _Outcome,
    pace: Pace,
    conclude: Callable[[Writer], None],
) -> int:
    """Load files and commit them, again and again while it takes long; return the version then."""
    version, left = store.version, found
    with store.held() if len(found) > 1 else nullcontext():
        while left:
            with ExitStack() as commit, store.refreshed().write() as writer:
                writer.touched = set()  # all that is written here goes through `take_in` and `take_out`
                left = _load_all(writer, left, wanted, outcome, lambda: pace.is_due)
                commit.enter_context(pace.commit())
                if writer.changed:
                    wanted.meter.stage("linking")
                    conclude(writer)
                    wanted.meter.stage("writing")
                version = writer.version if writer.changed else writer.version - 1
            wanted.meter.keep()
    return version


def _load_all(
    writer: Writer,
    found: Sequence[tuple[str, bool]],
    wanted: _Wanted,
    outcome: _Outcome,
    is_enough: Callable[[], bool],
) -> Sequence[tuple[str, bool]]:
    """Load files until it is enough for one version; return those that are left."""
    for at, (path, is_named) in enumerate(found):
        if writer.changed and is_enough():
            return found[at:]
        wanted.meter.begin(path, wanted.meter.place.number + 1)
        _load_file(writer, path, wanted, outcome, is_named=is_named)
    return ()


def unload(
    store: Store,
    source: NamedNode,
    *,
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> int:
    """Take one source out exactly; return the new version. `pairs`, `most_authors`, `describe` as for `load`.

    Raises:
        StoreBusy: another process is writing.
    """
    with store.write() as writer:
        writer.touched = set()
        take_out(writer, source)
        rebuild_derived(writer.engine, writer.base, is_wanted=pairs, most_authors=most_authors)
        rebuild_description(writer.engine, writer.base, describe(writer.engine, writer.base))
        writer.is_counted = True
        return writer.version


@contextmanager
def _spooled(path: str, standard_input: bytes | None) -> Iterator[IO[bytes] | None]:
    """A copy of standard input, which is read several times; None for a file."""
    if path != STDIN:
        yield None
        return
    with TemporaryFile() as spool:
        if standard_input is not None:
            spool.write(standard_input)
        elif sys.stdin is None:
            raise UnreadableFile(path, "found standard input closed, expected a file on it")
        else:
            copyfileobj(sys.stdin.buffer, spool)
        spool.seek(0)
        yield spool


def _load_file(writer: Writer, path: str, wanted: _Wanted, outcome: _Outcome, *, is_named: bool) -> None:
    """Load a file, or all files in it when it is an archive."""
    try:
        with _spooled(path, wanted.standard_input) as spool, opened(path, spool) as outer:
            for member in outer.members():
                if not isinstance(member, LeftOut):
                    is_alone = is_named and member.label == path
                    _load_one(writer, outer, member, wanted, outcome, is_named=is_alone)
                elif member.error:
                    outcome.failures.append(member.error)
                else:
                    outcome.skipped.append(f"{member.label} ({member.reason})")
    except LoadError as error:
        outcome.failures.append(error.with_traceback(None))


def _load_one(
    writer: Writer, outer: Opened, member: Member, wanted: _Wanted, outcome: _Outcome, *, is_named: bool
) -> None:
    """Load one file; of a format that we do not know it is a failure only where the user named it."""
    try:
        outcome.files.append(_load_member(writer, outer, member, wanted))
    except UnknownFormat as error:
        if is_named:
            outcome.failures.append(error.with_traceback(None))
        else:
            outcome.skipped.append(member.label)
    except LoadError as error:
        # A traceback would keep the engine of the next version open.
        outcome.failures.append(error.with_traceback(None))


def _load_member(writer: Writer, outer: Opened, member: Member, wanted: _Wanted) -> FileReport:
    now, used = wanted.now(), wanted.reader or identify(member.head(SNIFFED_BYTES), member.label)
    with member.open() as stream:
        try:
            digest = stream.digest()
        except BrokenOff:  # what stands before the break is loaded
            digest = stream.digest_so_far()
        size = stream.size
    taken = Taken(wanted.day or now.date(), wanted.day is not None)
    source = Source(writer.base, member.name or "stdin", digest, size, used.name, taken, now)
    wanted.replacing.check(writer.engine, member.label, source)
    if _is_loaded(writer.engine, source):
        return _unchanged(writer, member.label, source, wanted)
    with member.open() as stream:
        records = wanted.meter.counted(used.read(stream, member.label), lambda: outer.place)
        return _taken_in(writer, member.label, source, records, wanted)


def _unchanged(writer: Writer, label: str, source: Source, wanted: _Wanted) -> FileReport:
    counts = count_unchanged(writer.engine, source.iri)
    report = FileReport(label, source.id, source.reader, True, counts)
    is_told = wanted.replacing.is_told and wanted.rehearsal is None
    return wanted.replacing.settle(writer, label, source, report) if is_told else report


def _taken_in(
    writer: Writer, label: str, source: Source, records: Iterator[Record], wanted: _Wanted
) -> FileReport:
    if wanted.rehearsal is not None:
        report = wanted.rehearsal.take_in(writer, label, source, records)
        return replace(report, hint=wanted.replacing.hint(writer.engine, label, source))
    if holds(writer.engine, source.iri):  # the same content under another date: its claims are made anew
        take_out(writer, source.iri)
    return wanted.replacing.settle(writer, label, source, take_in(writer, label, source, records))


def _is_loaded(engine: ox.Store, source: Source) -> bool:
    """Whether the same content stands in the store under the same date, or no date is given now."""
    known = taken_at(engine, source.iri)
    if known is None:
        return False
    at, was_given = known
    return not source.taken.is_given or (was_given and at.date() == source.taken.day)


def _summed(files: Sequence[FileReport]) -> dict[str, Count]:
    """The counts of all files; a thing that two of them describe is new in the first and merged in the second."""
    totals: dict[str, Counter[str]] = {kind: Counter() for kind in COUNTED}
    for report in files:
        for kind, count in report.counts.items():
            totals[kind].update(new=count.new, merged=count.merged, unchanged=count.unchanged)
    return {kind: Count(t["new"], t["merged"], t["unchanged"]) for kind, t in totals.items()}
