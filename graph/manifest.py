"""`store.json`, the one file that says which version of a store holds; a commit is its rename."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from .errors import StoreDamaged, StoreTooNew

FORMAT = 1
_MANIFEST = "store.json"

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `store.json` says, and a stamp that changes with each commit."""

    base: str
    version: int
    stamp: Stamp


def holds_store(path: Path) -> bool:
    """Return whether a store was committed in the folder."""
    return (path / _MANIFEST).exists()


def stamp_of(path: Path) -> Stamp:
    """Return what changes with each commit: the rename makes a new inode. Empty while there is no store."""
    try:
        status = os.stat(f"{path}/{_MANIFEST}")  # with each request: a Path costs as much again
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
    if not (isinstance(found, int) and isinstance(version, int) and isinstance(base, str)):
        raise StoreDamaged(str(path), f"{_MANIFEST} holds no format, version or base")
    return Manifest(base, version, stamp)


def version_of(path: Path) -> int:
    """Return the version that holds in a folder; 0 where there is no store."""
    return manifest_of(path).version if holds_store(path) else 0


def write_manifest(path: Path, base: str, version: int) -> None:
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
