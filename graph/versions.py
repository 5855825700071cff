"""Versions of a store on disk: which one holds, who reads which, and how the next one is made.

    collegium-store/
        store.json        format, base, version: the one file that says which version holds
        lock              held (flock) by the process that writes
        v000007/          a pyoxigraph store, never changed once `store.json` names it
        v000007.text      its index of words: `text_index.py`
        v000007.lease     held (shared flock) by each process that reads this version

A write makes version n+1 as hard links of version n, changes it, and commits by renaming `store.json`. So a reader
sees the old whole or the new whole, whatever is killed when; a crash leaves a folder that the next writer removes.
Decision and figures: docs/decisions/0001.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from .errors import StoreBusy, StoreDamaged, StoreMissing, StoreTooNew
from .text_index import write_index

FORMAT = 1
_MANIFEST, _LOCK = "store.json", "lock"
_OURS = re.compile(
    r"lock|v\d{6,}(\.lease|\.text(\.\w+)?)?|\.store\.json\.new"
)  # what a first write that was killed leaves

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `store.json` says, and a stamp that changes with each commit."""

    base: str
    version: int
    stamp: Stamp


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


def holds_store(path: Path) -> bool:
    """Return whether a store was committed in the folder."""
    return (path / _MANIFEST).exists()


def open_version(path: Path, version: int) -> tuple[ox.Store, Lease]:
    """Return a version open for reading, and what keeps it from being removed. Raises: OSError."""
    lease = Lease(_lease_file(path, version))
    return ox.Store.read_only(str(_version_folder(path, version))), lease


def _version_folder(path: Path, version: int) -> Path:
    return path / f"v{version:06}"


def _lease_file(path: Path, version: int) -> Path:
    """Made by the writer with the version and removed with it, so that a reader never makes one too many."""
    return _version_folder(path, version).with_suffix(".lease")


def text_file(path: Path, version: int) -> Path:
    """Return where the index of words of a version lies; one of before there were any has none."""
    return _version_folder(path, version).with_suffix(".text")


def stamp_of(path: Path) -> Stamp:
    """Return what changes with each commit: the rename makes a new inode. Empty while there is no store."""
    try:
        status = (path / _MANIFEST).stat()
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size


def manifest_of(path: Path) -> Manifest:
    """Return the manifest of the store in a folder.

    Raises:
        StoreTooNew: of a newer format.
        StoreDamaged: missing, or no manifest of ours.
    """
    stamp = stamp_of(path)
    try:
        content = json.loads((path / _MANIFEST).read_text("utf-8"))
        found, version, base = content["format"], content["version"], content["base"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(str(path), f"{_MANIFEST} is not a manifest of Collegium ({error})") from None
    if isinstance(found, int) and found > FORMAT:
        raise StoreTooNew(
            str(path), f"found format {found}, this Collegium reads up to {FORMAT}: install a newer Collegium"
        )
    if not (isinstance(version, int) and isinstance(base, str)):
        raise StoreDamaged(str(path), f"{_MANIFEST} holds no version or base")
    return Manifest(base, version, stamp)


def _write_manifest(path: Path, base: str, version: int) -> None:
    """Commit: write beside, sync, rename."""
    beside = path / f".{_MANIFEST}.new"
    content = {"format": FORMAT, "base": base, "version": version}
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path / _MANIFEST)
    folder = os.open(path, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


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
    with _write_lock(path):
        yield from _write_version(path, base)


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
            raise StoreBusy(str(path), f"process {holder} is writing to it; wait for it, then try again")
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
    if current:
        ox.Store.read_only(str(_version_folder(path, current))).backup(str(target))
    writer = Writer(ox.Store(str(target)), base, current + 1)
    try:
        yield writer
        if writer.changed:
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
            _write_manifest(path, base, current + 1)
            _remove_versions(path, keep=current + 1)
        else:
            text_file(path, current + 1).unlink(missing_ok=True)
            shutil.rmtree(target, ignore_errors=True)


def _remove_versions(path: Path, keep: int) -> None:
    """Remove each version but one, unless a reader holds it."""
    for folder in path.glob("v[0-9]*"):
        if not folder.is_dir() or folder == _version_folder(path, keep):
            continue
        lease = folder.with_suffix(".lease")
        handle = os.open(lease, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if _locked(handle):  # else it is still read: a later writer removes it
                for index in path.glob(f"{folder.name}.text*"):  # before the folder: what is left names both
                    index.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                lease.unlink(missing_ok=True)
        finally:
            os.close(handle)
