"""The seal of a version: which files it is made of, how large they are, and what they hold.

A log of the engine that was cut (a full disk, a careless copy) opens without an error and with rows missing. The seal
is written beside the version when it is committed. It is compared with what lies there when a service starts, before
the next version is made of this one, and in full by `collegium check`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from .errors import StoreDamaged

# Tables of the engine are never changed once written and carry a checksum for each block, which the engine looks at
# when it reads the block; the other files are read whole, once, at opening.
_TABLE: Final = ".sst"
_CHATTER: Final = frozenset({"LOCK", "LOG"})  # touched by every opening; they hold no statement
_MOST_NAMED: Final = 3  # files in one message
WHAT_TO_DO: Final = "restore a copy of this folder, or load the files again into a new one"


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


def seal_file(folder: Path) -> Path:
    """Return where the seal of a version lies: beside its folder."""
    return folder.with_suffix(".seal")


def write_seal(folder: Path, seal: Seal) -> None:
    """Write the seal of a version; it is on disk when this returns, so before the version is named."""
    content = {"statements": seal.statements, "files": {n: list(f) for n, f in sorted(seal.files.items())}}
    with seal_file(folder).open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of a version; None where there is none: versions made before there were seals.

    Raises:
        StoreDamaged: the file is no seal, or cannot be read.
    """
    path = seal_file(folder)
    try:
        content = json.loads(path.read_text("utf-8"))
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in content["files"].items()}
        counted = content["statements"]
        return Seal(files, None if counted is None else int(counted))
    except FileNotFoundError:
        return None
    except (OSError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StoreDamaged(
            str(folder.parent), f"{path.name} is no seal of a version ({error}); {WHAT_TO_DO}"
        ) from None


def refuse_damaged(folder: Path, *, tables: bool = False, most_counted: int = 0) -> None:
    """Raise unless a version is as it was sealed; one of before there were seals passes.

    Args:
        tables: also read the engine's tables in full.
        most_counted: its statements are counted and compared where no more than these were sealed.

    Raises:
        StoreDamaged: names the files and what was found in each.
    Cost: O(bytes read), and 0.3 s for each million statements counted.
    """
    seal = read_seal(folder)
    if seal is None:
        return
    found = list(seal.faults(folder, tables=tables))
    if not found and seal.statements is not None and seal.statements <= most_counted:
        found = _miscounted(folder, seal.statements)
    if found:
        more = f"; {len(found) - _MOST_NAMED} more files" if len(found) > _MOST_NAMED else ""
        reason = (
            f"version {int(folder.name[1:])} is not as it was written: {'; '.join(found[:_MOST_NAMED])}{more}"
        )
        raise StoreDamaged(str(folder.parent), f"{reason}. What to do: {WHAT_TO_DO}")


def _miscounted(folder: Path, expected: int) -> list[str]:
    """Whether the engine finds as many statements as there were: as a line, or none."""
    try:
        found = len(ox.Store.read_only(str(folder)))
    except (OSError, RuntimeError) as error:
        return [f"{folder.name} cannot be read ({error})"]
    return [] if found == expected else [f"{folder.name} holds {found:,} statements, expected {expected:,}"]


def _is_sealed(path: Path) -> bool:
    return path.is_file() and path.name not in _CHATTER and not path.name.startswith("LOG.old")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
