"""The RDF store: immutable versions on disk, one writer, readers that never wait.

    collegium-store/
        store.json        format, base, version: the one file that says which version holds
        lock              held (flock) by the process that writes
        v000007/          a pyoxigraph store, never changed once `store.json` names it
        v000007.lease     held (shared flock) by each process that reads this version

A write makes version n+1 as hard links of version n, changes it, and commits by renaming `store.json`. So a reader sees
the old whole or the new whole, whatever is killed when; a crash leaves a folder that the next writer removes.
Decision and figures: docs/decisions/0001.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph as ox

from .errors import ParameterError, StoreBusy, StoreDamaged, StoreMissing, StoreTooNew
from .vocabulary import DEFAULT_BASE, KINDS, PREFIXES, entity

FORMAT = 1
_MANIFEST, _LOCK = "store.json", "lock"
_OURS = re.compile(r"lock|v\d{6,}(\.lease)?|\.store\.json\.new")  # what a first write that was killed leaves
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+/")
_OPEN_TRIES = 20  # a version can be replaced and removed between reading its name and leasing it

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


class _Lease:
    """Keeps a version from being removed for as long as this object lives."""

    __slots__ = ("_handle",)

    def __init__(self, lease: Path) -> None:
        self._handle = os.open(lease, os.O_RDONLY)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            os.close(self._handle)


@dataclass(slots=True)
class Writer:
    """The next version while it is being written. Leave `changed` False and nothing is committed."""

    engine: ox.Store
    base: str
    version: int
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Store:
    """One version of the store, open for reading; `path` is None for a store in memory.

    Results of `engine` must be used in the thread that asked: pyoxigraph aborts the process otherwise.
    """

    path: Path | None
    base: str
    version: int
    engine: ox.Store
    _stamp: tuple[int, ...] = ()
    _lease: _Lease | None = field(default=None, repr=False, compare=False)
    _memory: list[Store] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def memory(cls, *, base: str = DEFAULT_BASE) -> Store:
        """Return an empty store in memory."""
        return cls(None, _checked_base(base), 0, ox.Store())

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, base: str | None = None) -> Store:
        """Return the newest committed version of the store in a folder.

        Args:
            create: return an empty store where there is none; nothing is on disk before the first commit.
            base: what IRIs begin with, for a new store (default `DEFAULT_BASE`); an old one keeps its own.

        Raises:
            StoreMissing: there is none and `create` is False.
            StoreTooNew: written by a newer Collegium.
            StoreDamaged: its files cannot be read.
        """
        path = Path(path)
        if not (path / _MANIFEST).exists():
            if not create:
                raise StoreMissing(str(path), "there is no store here; load something first: collegium load PATH")
            _check_free(path)
            return cls(path, _checked_base(base or DEFAULT_BASE), 0, ox.Store())
        for _ in range(_OPEN_TRIES):
            stamp, manifest = _read_manifest(path)
            folder = _version_folder(path, manifest["version"])
            try:
                lease = _Lease(_lease_file(path, manifest["version"]))
                engine = ox.Store.read_only(str(folder))
            except OSError as error:
                if _read_manifest(path)[1]["version"] != manifest["version"]:
                    continue
                raise StoreDamaged(str(path), f"version {manifest['version']} cannot be opened: {error}") from None
            return cls(path, manifest["base"], manifest["version"], engine, stamp, lease)
        raise StoreBusy(str(path), "it changes faster than it can be opened; try again")

    def refreshed(self) -> Store:
        """Return this store when nothing was committed since, else the newer version. Costs one stat call."""
        if self.path is None:
            return self._memory[-1].refreshed() if self._memory else self
        return self if _stamp(self.path / _MANIFEST) == self._stamp else Store.open(self.path)

    def select(self, text: str, **bindings: Term) -> list[dict[str, Term | None]]:
        """Return the rows of one of our own SELECT queries, variable → term; values are bound as terms."""
        substitutions: Any = {ox.Variable(name): value for name, value in bindings.items()}
        solutions: Any = self.engine.query(text, prefixes=dict(PREFIXES), substitutions=substitutions)
        names = [variable.value for variable in solutions.variables]
        return [{name: row[name] for name in names} for row in solutions]

    def iri(self, kind: str, identifier: str) -> str:
        """Return the IRI of a thing by its kind and ID."""
        return entity(self.base, kind, identifier).value

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return (kind, ID) of an IRI of this store, None for any other IRI."""
        if not iri.startswith(self.base):
            return None
        kind, _, identifier = iri[len(self.base) :].partition("/")
        return (kind, identifier) if kind in KINDS and identifier and "/" not in identifier else None

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Yield the next version for changing; commit it when the block ends with `changed` set, else drop it.

        Raises:
            StoreBusy: another process is writing; names it.
        """
        if self.path is None:
            yield from self._write_memory()
        else:
            with _write_lock(self.path):
                yield from _write_version(self.path, self.base)

    def _write_memory(self) -> Iterator[Writer]:
        newest = self.refreshed()
        engine = ox.Store()
        engine.bulk_extend(newest.engine)
        writer = Writer(engine, self.base, newest.version + 1)
        yield writer
        if writer.changed:
            newest._memory.append(Store(None, self.base, writer.version, engine))


def _checked_base(base: str) -> str:
    if not _BASE.fullmatch(base):
        raise ParameterError("base", base, "an http(s) address that ends in a slash")
    return base


def _version_folder(path: Path, version: int) -> Path:
    return path / f"v{version:06}"


def _lease_file(path: Path, version: int) -> Path:
    """Made by the writer with the version and removed with it, so that a reader never makes one too many."""
    return _version_folder(path, version).with_suffix(".lease")


def _stamp(manifest: Path) -> tuple[int, ...]:
    """What changes with each commit: the rename makes a new inode. Empty while there is no manifest."""
    try:
        status = manifest.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size


def _read_manifest(path: Path) -> tuple[tuple[int, ...], dict[str, Any]]:
    stamp = _stamp(path / _MANIFEST)
    try:
        manifest: dict[str, Any] = json.loads((path / _MANIFEST).read_text("utf-8"))
        found, version, base = manifest["format"], manifest["version"], manifest["base"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(str(path), f"{_MANIFEST} is not a manifest of Collegium ({error})") from None
    if isinstance(found, int) and found > FORMAT:
        raise StoreTooNew(
            str(path), f"found format {found}, this Collegium reads up to {FORMAT}: install a newer Collegium"
        )
    if not (isinstance(version, int) and isinstance(base, str)):
        raise StoreDamaged(str(path), f"{_MANIFEST} holds no version or base")
    return stamp, manifest


def _write_manifest(path: Path, base: str, version: int) -> None:
    """Commit: write beside, sync, rename."""
    beside = path / f".{_MANIFEST}.new"
    content: Mapping[str, Any] = {"format": FORMAT, "base": base, "version": version}
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path / _MANIFEST)
    folder = os.open(path, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _check_free(path: Path) -> None:
    """Raise unless a store can be made here: no such path, or a folder that holds nothing of anybody else."""
    if path.exists() and not path.is_dir():
        raise StoreMissing(str(path), "found a file, expected a folder for the store")
    strangers = [p.name for p in path.iterdir() if not _OURS.fullmatch(p.name)] if path.is_dir() else []
    if strangers:
        raise StoreMissing(str(path), f"the folder holds other files ({strangers[0]}); name a new or empty folder")


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
        if is_new and not (path / _MANIFEST).exists():  # nothing was committed: leave no trace
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
    """Yield the writer of the next version; `base` counts for a store that has no version yet."""
    current = 0
    if (path / _MANIFEST).exists():
        _, manifest = _read_manifest(path)
        base, current = manifest["base"], manifest["version"]
    _remove_versions(path, keep=current)
    target = _version_folder(path, current + 1)
    if current:
        ox.Store.read_only(str(_version_folder(path, current))).backup(str(target))
    writer = Writer(ox.Store(str(target)), base, current + 1)
    try:
        yield writer
        if writer.changed:
            writer.engine.flush()  # a log that is cut later opens without an error and with rows missing
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
                shutil.rmtree(folder, ignore_errors=True)
                lease.unlink(missing_ok=True)
        finally:
            os.close(handle)
