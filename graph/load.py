"""Files → records → statements → store, in atomic steps, with a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from .collector import collecting_seldom
from .consequences import follow
from .describe import Describe, nothing_more
from .errors import NothingToLoad, ParameterError
from .found_files import files_of, size_of
from .identity.policies import check_policy
from .identity.recognised import Recognised
from .identity.recognition import Recognition
from .intake import COUNTED
from .load_file import Outcome, Wanted, load_file
from .progress import Meter, Pace, Progress
from .readers import READERS, reader_named
from .rehearsal import Rehearsal
from .replacing import MODES, Replacing
from .report import Count, FileReport, LoadReport
from .ror import RorTable
from .snapshot import MOST_AUTHORS
from .sources import take_out
from .store import Store
from .versions import put_in_order
from .vocabulary import entity
from .writer import Writer

# A load that takes longer commits what it has, between two files: killed, it goes on from there. docs/decisions/0016.
STEP_S: Final = 60.0


def load(
    store: Store,
    paths: Sequence[str | Path],
    *,
    format: str | None = None,
    source_date: date | None = None,
    identity: str | None = None,
    ror: str | Path | None = None,
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
    the others out; it stands in `failures`. A dump of a store (N-Quads) is put back, a report a source: `restore.py`.

    Args:
        format: a key of `READERS`; by default each file's content tells.
        source_date: when the files were taken, for their figures and for years they leave out.
        progress: told how far it is.
        identity: a key of `POLICIES`, how far names alone make two authors one; the store keeps it from then on.
        ror: a table of organisations (`ror.py`) in which names of institutions are looked up, or "none".
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
        UnknownName: no such format or policy.
        ParameterError: several files are to replace one source.
        UnreadableFile: the table cannot be read.
        StoreBusy: another process is writing.
    """
    if not paths:
        raise NothingToLoad("load", "found no path, expected files, folders or patterns")
    reader = reader_named(format) if format else None
    found = list(files_of(paths))
    meter, outcome = Meter(progress, [size_of(path) for path, _ in found]), Outcome()
    rehearsal = Rehearsal() if dry_run else None
    if replaces is not None and len(found) > 1:
        raise ParameterError("replaces", f"{len(found)} files", "one file in the place of one source")
    told = Replacing(replacing, replaces, most_authors)
    wanted = Wanted(reader, source_date, now, standard_input, meter, rehearsal, told)
    if identity:
        check_policy(identity)
    table = RorTable.open(ror) if ror else None
    if dry_run:
        asked = store.refreshed()
        reading = Recognition(Writer(asked.engine, asked.base, asked.version))
        with collecting_seldom():
            _load_all(reading, found, wanted, outcome, lambda: False)
        version = asked.version
    else:

        def conclude(recognition: Recognition) -> None:
            writer = recognition.writer
            put_in_order(writer)
            outcome.files[:] = _with_recognised(outcome.files, recognition.settle(now()), writer.base)
            writer.is_counted = True
            if not writer.is_described:
                follow(writer, pairs=pairs, most_authors=most_authors, more=describe)

        version = _in_steps(store, found, wanted, outcome, Pace(step_s), (identity, table), conclude)
    if not outcome.files and not outcome.failures:
        raise NothingToLoad(str(paths[0]), f"found no file of a format we read ({', '.join(READERS)})")
    files = tuple(outcome.files)
    return LoadReport(
        version, files, tuple(outcome.failures), tuple(outcome.skipped), _summed(files), dry_run
    )


def _in_steps(
    store: Store,
    found: Sequence[tuple[str, bool]],
    wanted: Wanted,
    outcome: Outcome,
    pace: Pace,
    identity: tuple[str | None, RorTable | None],
    conclude: Callable[[Recognition], None],
) -> int:
    """Load files and commit them, again and again while it takes long; return the version then."""
    version, left = store.version, found
    with store.held() if len(found) > 1 else nullcontext(), collecting_seldom():
        while left:
            with ExitStack() as commit, store.refreshed().write() as writer:
                if version:  # the index of a first version is made of the whole anyway
                    writer.touched = set()  # all that is written here goes through those who note it
                recognition = Recognition(writer, *identity)
                left = _load_all(recognition, left, wanted, outcome, lambda: pace.is_due)
                commit.enter_context(pace.commit())
                if writer.changed:
                    wanted.meter.stage("linking")
                    conclude(recognition)
                    wanted.meter.stage("writing")
                version = writer.version if writer.changed else writer.version - 1
            wanted.meter.keep()
    return version


def _load_all(
    recognition: Recognition,
    found: Sequence[tuple[str, bool]],
    wanted: Wanted,
    outcome: Outcome,
    is_enough: Callable[[], bool],
) -> Sequence[tuple[str, bool]]:
    """Load files until it is enough for one version; return those that are left."""
    for at, (path, is_named) in enumerate(found):
        if recognition.writer.changed and is_enough():
            return found[at:]
        wanted.meter.begin(path, wanted.meter.place.number + 1)
        load_file(recognition, path, wanted, outcome, is_named=is_named)
    return ()


def unload(
    store: Store,
    source: NamedNode,
    *,
    ror: str | Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    pairs: bool = True,
    most_authors: int = MOST_AUTHORS,
    describe: Describe = nothing_more,
) -> int:
    """Take one source out exactly; return the new version. Options as for `load`.

    Raises:
        UnreadableFile: the table cannot be read.
        StoreBusy: another process is writing.
    """
    table = RorTable.open(ror) if ror else None
    with store.write() as writer:
        writer.touched = set()
        recognition = Recognition(writer, ror=table)
        take_out(recognition, source)
        recognition.settle(now())
        follow(writer, pairs=pairs, most_authors=most_authors, more=describe)
        return writer.version


def _with_recognised(
    files: Sequence[FileReport], found: Mapping[str, Mapping[str, Recognised]], base: str
) -> list[FileReport]:
    """The reports, with what was recognised and counts of what stands in belief, where two IRIs may be one thing."""
    told = []
    for report in files:
        of_file = {} if report.is_unchanged else found.get(entity(base, "source", report.source).value, {})
        if of_file:
            counts = dict(report.counts)
            for kind, (_, new, merged, unchanged) in of_file.items():
                count = counts[f"{kind}s"]
                counts[f"{kind}s"] = Count(
                    count.new + new, count.merged + merged, count.unchanged + unchanged
                )
            recognised = {f"{kind}s": one.things for kind, one in of_file.items() if one.things}
            report = replace(report, counts=counts, recognised=recognised)
        told.append(report)
    return told


def _summed(files: Sequence[FileReport]) -> dict[str, Count]:
    """The counts of all files; a thing that two of them describe is new in the first and merged in the second."""
    totals: dict[str, Counter[str]] = {kind: Counter() for kind in COUNTED}
    for report in files:
        for kind, count in report.counts.items():
            totals[kind].update(new=count.new, merged=count.merged, unchanged=count.unchanged)
    return {kind: Count(t["new"], t["merged"], t["unchanged"]) for kind, t in totals.items()}
