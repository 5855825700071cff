"""Files → records → statements → store, in one atomic step, with a report."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from glob import glob
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode

from .dates import Taken
from .derived import rebuild as rebuild_derived
from .describe import Describe, nothing_more
from .describe import rebuild as rebuild_description
from .errors import LoadError, NothingToLoad, UnknownFormat, UnreadableFile
from .identity.recognition import Recognised, Recognition
from .intake import COUNTED, count_unchanged, take_in
from .origin import Source
from .readers import READERS, SNIFFED_BYTES, Reader, identify, reader_named
from .report import Count, FileReport, LoadReport
from .sources import holds, take_out, taken_at
from .store import Store
from .vocabulary import entity

STDIN = "-"

Progress = Callable[[str, int, int], None]  # path, number of the file from 1, number of files


def load(
    store: Store,
    paths: Sequence[str | Path],
    *,
    format: str | None = None,
    source_date: date | None = None,
    identity: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress | None = None,
    pairs: bool = True,
    standard_input: bytes | None = None,
    describe: Describe = nothing_more,
) -> LoadReport:
    """Load files, folders, patterns and "-" (standard input) into the store, all in one step.

    A file that is loaded already (same content, same date) changes nothing. A file that cannot be read does not keep
    the others out; it stands in `failures`.

    Args:
        format: a key of `READERS`; by default each file's content tells.
        source_date: when the files were taken, for their figures and for years they leave out.
        identity: a key of `POLICIES`, how far names alone make two authors one; the store keeps it from then on.
        pairs: whether the graph of coauthor pairs is written anew; it can outgrow belief, and nothing of ours reads it.
        standard_input: what stands for "-", instead of this process's own.
        describe: gives what else to say of the data set, once belief is as it will be.

    Raises:
        NothingToLoad: a path, folder or pattern without a readable file.
        UnknownName: no such format.
        StoreBusy: another process is writing.
    """
    if not paths:
        raise NothingToLoad("load", "found no path, expected files, folders or patterns")
    reader = reader_named(format) if format else None
    found = list(_files(paths))
    files: list[FileReport] = []
    failures: list[LoadError] = []
    skipped: list[str] = []
    with store.write() as writer:
        writer.touched = set()  # all that is written here goes through those who note it
        recognition = Recognition(writer, identity)
        for number, (path, is_named) in enumerate(found, 1):
            if progress:
                progress(path, number, len(found))
            try:
                files.append(_load_file(recognition, path, reader, source_date, now(), standard_input))
            except UnknownFormat as error:
                if is_named:
                    failures.append(error)
                else:
                    skipped.append(path)
            except LoadError as error:
                # A traceback would keep the engine of the next version open.
                failures.append(error.with_traceback(None))
        if not files and not failures:
            raise NothingToLoad(str(paths[0]), f"found no file of a format we read ({', '.join(READERS)})")
        if writer.changed:
            files = _with_recognised(files, recognition.settle(now()), writer.base)
            rebuild_derived(writer.engine, writer.base, is_wanted=pairs)
            rebuild_description(writer.engine, writer.base, describe(writer.engine, writer.base))
            writer.is_counted = True
        version = writer.version if writer.changed else writer.version - 1
    return LoadReport(version, tuple(files), tuple(failures), tuple(skipped), _summed(files))


def unload(
    store: Store,
    source: NamedNode,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    pairs: bool = True,
    describe: Describe = nothing_more,
) -> int:
    """Take one source out exactly; return the new version. `now`, `pairs` and `describe` as for `load`.

    Raises:
        StoreBusy: another process is writing.
    """
    with store.write() as writer:
        writer.touched = set()
        recognition = Recognition(writer)
        take_out(recognition, source)
        recognition.settle(now())
        rebuild_derived(writer.engine, writer.base, is_wanted=pairs)
        rebuild_description(writer.engine, writer.base, describe(writer.engine, writer.base))
        writer.is_counted = True
        return writer.version


def _files(paths: Sequence[str | Path]) -> Iterator[tuple[str, bool]]:
    """Yield (path, was it named itself) of each file, folders in alphabetical order, hidden files left out."""
    for given in map(str, paths):
        path = Path(given)
        if not given:  # Path("") is the current folder: a variable that is not set must not load it
            raise NothingToLoad("''", "found an empty path, expected a file, a folder or a pattern")
        if given == STDIN or path.is_file():
            yield given, True
        elif path.is_dir():
            inside = [str(p) for p in sorted(path.rglob("*")) if p.is_file() and not _is_hidden(p, path)]
            if not inside:
                raise NothingToLoad(given, "found a folder without files, expected files to load")
            yield from ((name, False) for name in inside)
        elif matches := sorted(name for name in glob(given, recursive=True) if Path(name).is_file()):
            yield from ((name, True) for name in matches)
        else:
            raise NothingToLoad(
                given, "found no such file or folder, expected a path, a pattern or - for standard input"
            )


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


@contextmanager
def _opened(path: str, standard_input: bytes | None) -> Iterator[IO[bytes]]:
    """The file, or a spooled copy of standard input: it is read twice."""
    try:
        if path == STDIN and standard_input is not None:
            with TemporaryFile() as spool:
                spool.write(standard_input)
                spool.seek(0)
                yield spool
        elif path == STDIN:
            if sys.stdin is None:
                raise UnreadableFile(path, "found standard input closed, expected a file on it")
            with TemporaryFile() as spool:
                copyfileobj(sys.stdin.buffer, spool)
                spool.seek(0)
                yield spool
        else:
            with Path(path).open("rb") as file:
                yield file
    except OSError as error:
        raise UnreadableFile(path, f"cannot be read: {error.strerror or error}") from None


def _load_file(
    recognition: Recognition,
    path: str,
    reader: Reader | None,
    day: date | None,
    now: datetime,
    standard_input: bytes | None,
) -> FileReport:
    with _opened(path, standard_input) as file:
        digest = file_digest(cast(BufferedReader, file), "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        used = reader or identify(file.read(SNIFFED_BYTES), path)
        file.seek(0)
        taken = Taken(day or now.date(), day is not None)
        name = "stdin" if path == STDIN else Path(path).name
        engine = recognition.engine
        source = Source(recognition.writer.base, name, digest, size, used.name, taken, now)
        if _is_loaded(engine, source):
            counts = count_unchanged(engine, source.iri)
            return FileReport(path, source.id, source.reader, True, counts)
        if holds(engine, source.iri):  # the same content under another date: its claims are made anew
            take_out(recognition, source.iri)
        return take_in(recognition, path, source, used.read(file, path))


def _is_loaded(engine: ox.Store, source: Source) -> bool:
    """Whether the same content stands in the store under the same date, or no date is given now."""
    known = taken_at(engine, source.iri)
    if known is None:
        return False
    at, was_given = known
    return not source.taken.is_given or (was_given and at.date() == source.taken.day)


def _with_recognised(
    files: Sequence[FileReport], found: Mapping[str, Mapping[str, Recognised]], base: str
) -> list[FileReport]:
    """The reports, with what was recognised: what others have under another IRI is merged, not new."""
    told = []
    for report in files:
        of_file = {} if report.is_unchanged else found.get(entity(base, "source", report.source).value, {})
        counts = dict(report.counts)
        for kind, (_, moved) in of_file.items():
            count = counts[f"{kind}s"]
            counts[f"{kind}s"] = replace(count, new=count.new - moved, merged=count.merged + moved)
        recognised = {f"{kind}s": things for kind, (things, _) in of_file.items()}
        told.append(replace(report, counts=counts, recognised=recognised))
    return told


def _summed(files: Sequence[FileReport]) -> dict[str, Count]:
    """The counts of all files; a thing that two of them describe is new in the first and merged in the second."""
    totals: dict[str, Counter[str]] = {kind: Counter() for kind in COUNTED}
    for report in files:
        for kind, count in report.counts.items():
            totals[kind].update(new=count.new, merged=count.merged, unchanged=count.unchanged)
    return {kind: Count(t["new"], t["merged"], t["unchanged"]) for kind, t in totals.items()}
