"""Versions of a store on disk: which one holds, who reads which, and how the next one is made.

    collegium-store/
        store.json        format, base, version: the one file that says which version holds
        lock              held (flock) by the process that writes
        v000007/          a pyoxigraph store, never changed once `store.json` names it
        v000007.text      its index of words: `text_index.py`
        v000007.lease     held (shared flock) by each process that reads this version
        v000007.seal      sizes and digests of its files, to find silent damage (`seal.py`)
        writer.sock       where the process that owns the store takes work from others (`server/writing`)
        v000007.derived/  the shelf of this version (`shelf.py`), removed with it

A write makes version n+1 as hard links of version n, changes it, and commits by renaming `store.json`. So a reader
sees the old whole or the new whole, whatever is killed when; a crash leaves a folder that the next writer removes.
Decision and figures: docs/decisions/0001.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TypeAlias

import pyoxigraph as ox

from .engines import copied
from .errors import StoreBusy, StoreMissing, StoreUnwritable
from .locks import Lease, busy, is_in_place, locked, orphan
from .manifest import holds_store, manifest_of, write_manifest
from .seal import read_seal, refuse_damaged, seal_file, seal_of, write_seal
from .text_index import write_index
from .writer import Writer

Opened: TypeAlias = tuple[int, ox.Store]  # a version and what reads it

SOCKET = "writer.sock"
_LOCK = "lock"
_VERSION = re.compile(r"v\d{6,}")
# What a first write that was killed leaves.
_OURS = re.compile(r"lock|writer\.sock|v\d{6,}(\.lease|\.seal|\.text(\.\w+)?)?|\.store\.json\.new")
_MOST_COUNTED = 1_000_000  # counting takes 0.3 s a million: not with each small change of a large store
_GROWTH = 1.1

# The stores that this process owns, by `own`: its writes need no lock of their own. Real path → the lock that is
# held, and one write at a time.
_OWNED: dict[Path, tuple[int, Lock]] = {}


def open_version(path: Path, version: int) -> tuple[ox.Store, Lease]:
    """Return a version open for reading, and what keeps it from being removed. Raises: OSError, RuntimeError."""
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
def next_version(path: Path, base: str, opened: Opened | None = None) -> Iterator[Writer]:
    """Yield the writer of the next version; commit it when it was changed and the block ends without an error.

    Args:
        base: of the IRIs, for a store that has no version yet.
        opened: a version that is open anyway: opening costs 30 ms, which are saved if it is still the current one.

    Raises:
        StoreBusy: another process is writing; names it. Or the folder that this process owns is not there any more.
        StoreDamaged: the current version is not as it was written.
        StoreUnwritable: the disk is full, or broken; nothing was committed.
    """
    try:
        yield from _next_version(path, base, opened)
    except OSError as error:
        raise StoreUnwritable(str(path), error) from None


def _next_version(path: Path, base: str, opened: Opened | None) -> Iterator[Writer]:
    owned = _OWNED.get(path.resolve())
    if owned is None:
        with _write_lock(path):
            yield from _write_version(path, base, opened)
        return
    handle, turn = owned
    with turn:
        if not is_in_place(handle, path / _LOCK):
            raise StoreBusy(
                str(path), "its folder was removed or replaced meanwhile; start the service again"
            )
        yield from _write_version(path, base, opened)


@contextmanager
def own(path: Path, service: int | None = None) -> Iterator[None]:
    """Be the one process that writes to a store for as long as the block runs; it still writes by `next_version`.

    Args:
        service: the process that we write for, if it is another; others are told of it.

    Raises:
        StoreBusy: another process is writing, or owns it; names it.
    """
    if not holds_store(path):
        check_free(path)
    with _write_lock(path, service) as handle:
        place = path.resolve()
        _OWNED[place] = handle, Lock()
        try:
            yield
        finally:
            del _OWNED[place]


def is_owned(path: Path) -> bool:
    """Return whether this process is the one that writes to a store."""
    return path.resolve() in _OWNED


def orphan_of(path: Path) -> int | None:
    """Return the process that still writes to a store for a service that is gone; None when there is none."""
    return orphan(path / _LOCK)


@contextmanager
def _write_lock(path: Path, service: int | None = None) -> Iterator[int]:
    is_new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreBusy(str(path), f"it cannot be written to: {error.strerror}") from None
    is_held = False
    try:
        is_held = locked(handle) and is_in_place(handle, path / _LOCK)
        if not is_held:
            raise busy(path, os.pread(handle, 60, 0).decode("ascii", "replace"))
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} {service or ''}".encode(), 0)
        yield handle
    finally:
        if is_new and is_held and not holds_store(path):  # nothing was committed: leave no trace
            with suppress(OSError):
                (path / _LOCK).unlink(missing_ok=True)
                path.rmdir()
        os.close(handle)


def _write_version(path: Path, base: str, opened: Opened | None) -> Iterator[Writer]:
    current = 0
    if holds_store(path):
        manifest = manifest_of(path)
        base, current = manifest.base, manifest.version
    _remove_versions(path, keep=current)
    target = _version_folder(path, current + 1)
    count = None
    if current:
        refuse_damaged(_version_folder(path, current))  # else its damage would be sealed as if it were meant
        if opened is None or opened[0] != current:
            opened = current, ox.Store.read_only(str(_version_folder(path, current)))
    shutil.rmtree(derived_folder(path, current + 1), ignore_errors=True)  # of a store that stood here before
    writer = Writer(copied(opened[1] if current and opened else None, target), base, current + 1, path)
    try:
        yield writer
        if writer.changed:
            former = text_file(path, current) if current else None
            write_index(writer.engine, text_file(path, current + 1), former, writer.touched)
            writer.wait()
            count = _counted(path, current, writer)
            if count is not None:
                put_in_order(writer, count)
            writer.engine.flush()  # a log that is cut later opens without an error and with rows missing
    except BaseException:
        writer.changed = False
        with suppress(Exception):
            writer.wait()  # nothing may write any more to what is removed next
        raise
    finally:
        del writer.engine  # closes it: a version is only named once nothing writes to it
        if writer.changed:
            _lease_file(path, current + 1).touch()
            _seal(path, current, count)
            write_manifest(path, base, current + 1)
            _remove_versions(path, keep=current + 1)
        else:
            text_file(path, current + 1).unlink(missing_ok=True)
            shutil.rmtree(target, ignore_errors=True)


def _counted(path: Path, current: int, writer: Writer) -> int | None:
    """The number of statements to be sealed: of a large store only where it is known, or the whole was gone through."""
    before = read_seal(_version_folder(path, current))
    known = before.statements if before else None
    if known is not None and writer.grown is not None:
        return known + writer.grown
    if writer.is_counted or current == 0 or (known is not None and known < _MOST_COUNTED):
        return len(writer.engine)
    return None


def put_in_order(writer: Writer, count: int | None = None) -> None:
    """Have the engine's tables put in order, once a write, where much came or went; `count`: statements, if counted."""
    if writer.path is None or writer.is_in_order:
        return
    before = read_seal(_version_folder(writer.path, writer.version - 1))
    least = _GROWTH * ((before.statements if before else None) or 0)
    if least == 0 or (len(writer.engine) if count is None else count) + writer.removed > least:
        writer.engine.optimize()  # a third of the time of every query over it
        writer.is_in_order = True


def _seal(path: Path, current: int, count: int | None) -> None:
    """Seal the version after the current one."""
    former, folder = _version_folder(path, current), _version_folder(path, current + 1)
    known = read_seal(former)
    write_seal(folder, seal_of(folder, count, (former, known) if known else None))


def check_sealed(path: Path, version: int, *, is_full: bool = False) -> None:
    """Raise unless a version is as it was sealed; one of before there were seals passes.

    Args:
        is_full: also read the engine's tables in full, and count all statements however many there are.

    Raises:
        StoreDamaged: names the files and what was found in each.
    """
    most = sys.maxsize if is_full else _MOST_COUNTED
    refuse_damaged(_version_folder(path, version), tables=is_full, most_counted=most)


def _remove_versions(path: Path, keep: int) -> None:
    """Remove each version but one, with all that lies beside it, unless a reader holds it."""
    for folder in {path / found.group() for file in path.iterdir() if (found := _VERSION.match(file.name))}:
        if folder == _version_folder(path, keep):
            continue
        lease = folder.with_suffix(".lease")
        handle = os.open(lease, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if locked(handle):  # else it is still read: a later writer removes it
                shutil.rmtree(folder.with_suffix(".derived"), ignore_errors=True)  # first: it has no lease
                for index in path.glob(f"{folder.name}.text*"):
                    index.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                seal_file(folder).unlink(missing_ok=True)
                lease.unlink(missing_ok=True)
        finally:
            os.close(handle)
