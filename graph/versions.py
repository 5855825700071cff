"""Versions of a store on disk: which one holds, who reads which, and how the next one is made.

    collegium-store/
        store.json        format, base, version: the one file that says which version holds
        lock              held (flock) by the process that writes
        v000007/          a pyoxigraph store, never changed once `store.json` names it
        v000007.text      its index of words: `text_index.py`
        v000007.lease     held (shared flock) by each process that reads this version
        v000007.seal      sizes and digests of its files, to find silent damage (`seal.py`)
        writer.sock       where the process that owns the store takes work from others (`server/writer`)
        v000007.derived/  the shelf of this version (`shelf.py`), removed with it

A write makes version n+1 as hard links of version n, changes it, and commits by renaming `store.json`. So a reader
sees the old whole or the new whole, whatever is killed when; a crash leaves a folder that the next writer removes.
Decision and figures: docs/decisions/0001.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

import pyoxigraph as ox

from .errors import StoreBusy, StoreMissing
from .manifest import holds_store, manifest_of, write_manifest
from .seal import Seal, read_seal, seal_of, write_seal
from .text_index import write_index

SOCKET = "writer.sock"
_LOCK = "lock"
_VERSION = re.compile(r"v\d{6,}")
_OURS = re.compile(
    r"lock|writer\.sock|v\d{6,}(\.lease|\.seal|\.text(\.\w+)?)?|\.store\.json\.new"
)  # what a first write that was killed leaves
_MOST_COUNTED = 1_000_000  # counting takes 0.3 s a million: not with each small change of a large store

_GROWTH = 1.1

# The stores that this process owns, by `own`: its writes need no lock of their own. Real path → one write at a time.
_OWNED: dict[Path, RLock] = {}


@dataclass(slots=True)
class Writer:
    """The next version while it is being written. Leave `changed` False and nothing is committed.

    `touched` holds the IRIs of all things whose texts in belief may have changed, where whoever writes knows them
    (`text_documents.touched`); None, and the index of words compares everything.
    """

    engine: ox.Store
    base: str
    version: int
    changed: bool = False
    is_counted: bool = False  # whether all statements are counted for the seal, however many there are
    touched: set[str] | None = None


class Lease:
    """Keeps a version from being removed for as long as this object lives."""

    __slots__ = ("_handle",)

    def __init__(self, lease: Path) -> None:
        self._handle = os.open(lease, os.O_RDONLY)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            os.close(self._handle)


def open_version(path: Path, version: int) -> tuple[ox.Store, Lease]:
    """Return a version open for reading, and what keeps it from being removed. Raises: OSError."""
    lease = Lease(_lease_file(path, version))
    return ox.Store.read_only(str(_version_folder(path, version))), lease


def _version_folder(path: Path, version: int) -> Path:
    return path / f"v{version:06}"


def _lease_file(path: Path, version: int) -> Path:
    """Made by the writer with the version and removed with it, so that a reader never makes one too many."""
    return _version_folder(path, version).with_suffix(".lease")


def derived_folder(path: Path, version: int) -> Path:
    """Return where what is derived from a version is kept; it need not exist."""
    return _version_folder(path, version).with_suffix(".derived")


def text_file(path: Path, version: int) -> Path:
    """Return where the index of words of a version lies; one of before there were any has none."""
    return _version_folder(path, version).with_suffix(".text")


def check_free(path: Path) -> None:
    """Raise unless a store can be made here: no such path, or a folder that holds nothing of anybody else."""
    if path.exists() and not path.is_dir():
        raise StoreMissing(str(path), "found a file, expected a folder for the store")
    strangers = [p.name for p in path.iterdir() if not _OURS.fullmatch(p.name)] if path.is_dir() else []
    if strangers:
        raise StoreMissing(
            str(path), f"the folder holds other files ({strangers[0]}); name a new or empty folder"
        )


@contextmanager
def next_version(path: Path, base: str) -> Iterator[Writer]:
    """Yield the writer of the next version; commit it when it was changed and the block ends without an error.

    Args:
        base: of the IRIs, for a store that has no version yet.

    Raises:
        StoreBusy: another process is writing; names it.
    """
    owned = _OWNED.get(path.resolve())
    with owned or _write_lock(path):
        yield from _write_version(path, base)


@contextmanager
def own(path: Path) -> Iterator[None]:
    """Be the one process that writes to a store for as long as the block runs; it still writes by `next_version`.

    Raises:
        StoreBusy: another process is writing, or owns it; names it.
    """
    if not holds_store(path):
        check_free(path)
    with _write_lock(path):
        place = path.resolve()
        _OWNED[place] = RLock()
        try:
            yield
        finally:
            del _OWNED[place]


@contextmanager
def _write_lock(path: Path) -> Iterator[None]:
    is_new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreBusy(str(path), f"it cannot be written to: {error.strerror}") from None
    try:
        if not _locked(handle):
            holder = os.pread(handle, 20, 0).decode("ascii", "replace") or "unknown"
            raise StoreBusy(
                str(path), f"process {holder} is writing to it; wait for it, then try again", holder
            )
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
        if is_new and not holds_store(path):  # nothing was committed: leave no trace
            (path / _LOCK).unlink(missing_ok=True)
            path.rmdir()


def _locked(handle: int) -> bool:
    """Take the lock of a file for this process alone; False when somebody holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_version(path: Path, base: str) -> Iterator[Writer]:
    current = 0
    if holds_store(path):
        manifest = manifest_of(path)
        base, current = manifest.base, manifest.version
    _remove_versions(path, keep=current)
    target = _version_folder(path, current + 1)
    count = None
    if current:
        ox.Store.read_only(str(_version_folder(path, current))).backup(str(target))
    shutil.rmtree(derived_folder(path, current + 1), ignore_errors=True)  # of a store that stood here before
    writer = Writer(ox.Store(str(target)), base, current + 1)
    try:
        yield writer
        if writer.changed:
            count = _counted(path, current, writer)
            if _has_grown(path, current, count):
                writer.engine.optimize()  # a third of the time of every query over it
            writer.engine.flush()  # a log that is cut later opens without an error and with rows missing
            former = text_file(path, current) if current else None
            write_index(writer.engine, text_file(path, current + 1), former, writer.touched)
    except BaseException:
        writer.changed = False
        raise
    finally:
        del writer.engine  # closes it: a version is only named once nothing writes to it
        if writer.changed:
            _lease_file(path, current + 1).touch()
            _write_seal(path, current, count)
            write_manifest(path, base, current + 1)
            _remove_versions(path, keep=current + 1)
        else:
            text_file(path, current + 1).unlink(missing_ok=True)
            shutil.rmtree(target, ignore_errors=True)


def _counted(path: Path, current: int, writer: Writer) -> int | None:
    """The number of statements to be sealed: of a large store only where the whole was gone through anyway."""
    before = _seal_of(path, current)
    known = before.statements if before else None
    if writer.is_counted or current == 0 or (known is not None and known < _MOST_COUNTED):
        return len(writer.engine)
    return None


def _has_grown(path: Path, current: int, count: int | None) -> bool:
    """Whether so much is new that it pays to have the engine's tables put in order."""
    before = _seal_of(path, current)
    return count is not None and count > _GROWTH * ((before.statements if before else None) or 0)


def _write_seal(path: Path, current: int, count: int | None) -> None:
    former = _seal_of(path, current)
    before = (_version_folder(path, current), former) if former else None
    seal = seal_of(_version_folder(path, current + 1), count, before)
    write_seal(_seal_file(path, current + 1), seal)


def _seal_of(path: Path, version: int) -> Seal | None:
    try:
        return read_seal(_seal_file(path, version))
    except ValueError:
        return None  # a broken seal is found by `faults`; the next version gets a whole one


def faults(path: Path, version: int, *, tables: bool = True) -> list[str]:
    """Return what differs between the files of a version and its seal, a line each; empty where all is well.

    Args:
        tables: also read the engine's tables in full (they carry checksums of their own).
    Cost: O(bytes read).
    """
    try:
        seal = read_seal(_seal_file(path, version))
    except ValueError as error:
        return [str(error)]
    return list(seal.faults(_version_folder(path, version), tables=tables)) if seal else []


def _seal_file(path: Path, version: int) -> Path:
    return _version_folder(path, version).with_suffix(".seal")


def _remove_versions(path: Path, keep: int) -> None:
    """Remove each version but one, unless a reader holds it."""
    for folder in path.glob("v[0-9]*"):
        is_version = folder.is_dir() and _VERSION.fullmatch(folder.name)
        if not is_version or folder == _version_folder(path, keep):
            continue
        lease = folder.with_suffix(".lease")
        handle = os.open(lease, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if _locked(handle):  # else it is still read: a later writer removes it
                shutil.rmtree(folder.with_suffix(".derived"), ignore_errors=True)  # first: it has no lease
                for index in path.glob(f"{folder.name}.text*"):  # before the folder: what is left names both
                    index.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                folder.with_suffix(".seal").unlink(missing_ok=True)
                lease.unlink(missing_ok=True)
        finally:
            os.close(handle)
