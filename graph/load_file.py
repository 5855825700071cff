"""One file, plain or packed, into the version that is being written: whatever becomes of it stands in the outcome."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

import pyoxigraph as ox

from .dates import Taken
from .dumps import base_of_member, read_dump
from .errors import BrokenOff, LoadError, UnknownFormat, UnreadableFile
from .found_files import STDIN
from .identity.recognition import Recognition
from .intake import count_unchanged, take_in
from .opening import LeftOut, Member, Opened, opened
from .origin import Source
from .progress import Meter
from .readers import SNIFFED_BYTES, Reader, identify
from .rehearsal import Rehearsal
from .replacing import Replacing
from .report import FileReport
from .restore import rehearse, restore
from .sources import holds, take_out, taken_at


@dataclass(frozen=True, slots=True)
class Wanted:
    """How files are to be loaded."""

    reader: Reader | None
    day: date | None
    now: Callable[[], datetime]
    standard_input: bytes | None
    meter: Meter
    rehearsal: Rehearsal | None
    replacing: Replacing


@dataclass(slots=True)
class Outcome:
    """Filled file by file."""

    files: list[FileReport] = field(default_factory=list)
    failures: list[LoadError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


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


def load_file(
    recognition: Recognition, path: str, wanted: Wanted, outcome: Outcome, *, is_named: bool
) -> None:
    """Load a file, or all files in it when it is an archive."""
    try:
        with _spooled(path, wanted.standard_input) as spool, opened(path, spool) as outer:
            for member in outer.members():
                if not isinstance(member, LeftOut):
                    is_alone = is_named and member.label == path
                    _load_one(recognition, outer, member, wanted, outcome, is_named=is_alone)
                elif member.error:
                    outcome.failures.append(member.error)
                else:
                    outcome.skipped.append(f"{member.label} ({member.reason})")
    except LoadError as error:
        outcome.failures.append(error.with_traceback(None))


def _load_one(
    recognition: Recognition,
    outer: Opened,
    member: Member,
    wanted: Wanted,
    outcome: Outcome,
    *,
    is_named: bool,
) -> None:
    """Load one file; of a format that we do not know it is a failure only where the user named it."""
    try:
        outcome.files += _load_member(recognition, outer, member, wanted)
    except UnknownFormat as error:
        if is_named:
            outcome.failures.append(error.with_traceback(None))
        else:
            outcome.skipped.append(member.label)
    except LoadError as error:
        # A traceback would keep the engine of the next version open.
        outcome.failures.append(error.with_traceback(None))


def _load_member(recognition: Recognition, outer: Opened, member: Member, wanted: Wanted) -> list[FileReport]:
    writer = recognition.writer
    if wanted.reader is None and (base := base_of_member(member)) is not None:
        with member.open() as stream:
            quads = wanted.meter.counted(read_dump(stream, member.label), lambda: outer.place)
            if wanted.rehearsal is not None:
                return rehearse(writer, member.label, quads, base)
            return restore(recognition, member.label, quads, base)
    label, replacing = member.label, wanted.replacing
    source, used = _source_of(writer.base, member, wanted)
    replacing.check(writer.engine, label, source)
    if _is_loaded(writer.engine, source):
        counts = count_unchanged(writer.engine, source.iri)
        report = FileReport(label, source.id, source.reader, True, counts)
        is_told = replacing.is_told and wanted.rehearsal is None
        return [replacing.settle(recognition, label, source, report) if is_told else report]
    writer.is_described = False
    with member.open() as stream:
        records = wanted.meter.counted(used.read(stream, label), lambda: outer.place)
        if wanted.rehearsal is not None:
            return [wanted.rehearsal.take_in(writer, label, source, records, replacing)]
        if holds(writer.engine, source.iri):  # the same content under another date: its claims are made anew
            take_out(recognition, source.iri)
        report = take_in(recognition, label, source, records)
        return [replacing.settle(recognition, label, source, report)]


def _source_of(base: str, member: Member, wanted: Wanted) -> tuple[Source, Reader]:
    """Return what a file is as a source, and its reader. Raises: UnknownFormat, UnreadableFile."""
    now, used = wanted.now(), wanted.reader or identify(member.head(SNIFFED_BYTES), member.label)
    with member.open() as stream:
        try:
            digest = stream.digest()
        except BrokenOff:  # what stands before the break is loaded
            digest = stream.digest_so_far()
        size = stream.size
    taken = Taken(wanted.day or now.date(), wanted.day is not None)
    return Source(base, member.name or "stdin", digest, size, used.name, taken, now), used


def _is_loaded(engine: ox.Store, source: Source) -> bool:
    """Whether the same content stands in the store under the same date, or no date is given now."""
    known = taken_at(engine, source.iri)
    if known is None:
        return False
    at, was_given = known
    return not source.taken.is_given or (was_given and at.date() == source.taken.day)
