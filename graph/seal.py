"""The seal of a version: which files it is made of, how large they are, and what they hold.

A log of the engine that was cut (a full disk, a careless copy) opens without an error and with rows missing. The seal
is written beside the version when it is committed, and compared with what lies there when a service starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final

# Tables of the engine are never changed once written and carry a checksum for each block, which the engine looks at
# when it reads the block; the other files are read whole, once, at opening.
_TABLE: Final = ".sst"
_CHATTER: Final = frozenset({"LOCK", "LOG"})  # touched by every opening; they hold no statement


@dataclass(frozen=True, slots=True)
class Seal:
    """File name → (size in bytes, digest), and the number of statements where it was counted."""

    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    statements: int | None = None

    def faults(self, folder: Path, *, tables: bool = True) -> Iterator[str]:
        """Yield what differs between this seal and the files of a folder, a line each, by name.

        Args:
            tables: also read the engine's tables in full; without, only their sizes are compared.
        Cost: O(bytes read).
        """
        for name, (size, digest) in sorted(self.files.items()):
            path = folder / name
            if not path.is_file():
                yield f"{name} is missing ({size:,} bytes)"
            elif path.stat().st_size != size:
                yield f"{name} has {path.stat().st_size:,} bytes, expected {size:,}"
            elif (tables or not name.endswith(_TABLE)) and _digest(path) != digest:
                yield f"{name} holds other bytes than were written"


def seal_of(folder: Path, statements: int | None, before: tuple[Path, Seal] | None = None) -> Seal:
    """Return the seal of the files in a folder.

    Args:
        statements: how many there are, where it is known.
        before: the version it was made from, and its seal: a table that both share (a hard link) is not read again.
    Cost: O(bytes that are new).
    """
    known = dict(_shared(folder, before)) if before else {}
    files = {path.name: path.stat().st_size for path in folder.iterdir() if _is_sealed(path)}
    return Seal(
        {name: (files[name], known.get(name) or _digest(folder / name)) for name in files}, statements
    )


def _shared(folder: Path, before: tuple[Path, Seal]) -> Iterator[tuple[str, str]]:
    """Yield (name, digest) of each table that is the very file of the version before."""
    former, seal = before
    for name, (size, digest) in seal.files.items():
        here, there = folder / name, former / name
        if name.endswith(_TABLE) and here.is_file() and there.is_file():
            ours, theirs = here.stat(), there.stat()
            if (ours.st_ino, ours.st_dev, ours.st_size) == (theirs.st_ino, theirs.st_dev, size):
                yield name, digest


def write_seal(path: Path, seal: Seal) -> None:
    """Write a seal to a file."""
    content = {"statements": seal.statements, "files": {n: list(f) for n, f in sorted(seal.files.items())}}
    path.write_text(json.dumps(content), "utf-8")


def read_seal(path: Path) -> Seal | None:
    """Return the seal of a file; None where there is none: versions made before there were seals.

    Raises:
        ValueError: the file is no seal.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    try:
        files = {name: (int(size), str(digest)) for name, (size, digest) in content["files"].items()}
        return Seal(files, content["statements"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is no seal ({error})") from None


def _is_sealed(path: Path) -> bool:
    return path.is_file() and path.name not in _CHATTER and not path.name.startswith("LOG.old")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
