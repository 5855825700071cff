"""Locks on files: who writes to a store, and who reads which version of it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Final

from .errors import StoreBusy

_PROCESSES: Final = Path("/proc")  # where Linux tells of each process


class Lease:
    """Keeps a version from being removed for as long as this object lives."""

    __slots__ = ("_handle",)

    def __init__(self, lease: Path) -> None:
        self._handle = os.open(lease, os.O_RDONLY)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            os.close(self._handle)


def busy(path: Path, written: str) -> StoreBusy:
    """The error for a store that is locked, by what stands in the lock: the process, and the service it writes for."""
    writer, _, service = written.partition(" ")
    if not service:
        known = f"process {writer or 'unknown'}"
        return StoreBusy(str(path), f"{known} is writing to it; wait for it, then try again", writer)
    if _is_orphan(written):
        reason = (
            f"the service of process {service} has ended, but its writer (process {writer}) still carries out "
            "a change; wait for it, then try again"
        )
        return StoreBusy(str(path), reason, writer)
    reason = (
        f"the service of process {service} has it (its writer is process {writer}); stop that service first"
    )
    return StoreBusy(str(path), reason, service)


def orphan(lock: Path) -> int | None:
    """Return the process that holds a lock for a service that is gone; None when there is none."""
    try:
        handle = os.open(lock, os.O_RDONLY)
    except OSError:
        return None
    try:
        written = os.pread(handle, 60, 0).decode("ascii", "replace")
        # The lock is tried last: for that moment nobody else could take it, and what stands in it may be old.
        return int(written.partition(" ")[0]) if _is_orphan(written) and _is_held(handle) else None
    finally:
        os.close(handle)


def _is_orphan(written: str) -> bool:
    """Whether the process that stands in a lock lives on without the service that it writes for.

    Linux tells whose child it is. Elsewhere the service itself is looked for: one whose own parent takes no notice of
    its end still counts as there.
    """
    writer, _, service = written.partition(" ")
    if not (writer.isdecimal() and service.isdecimal()):
        return False
    if (_PROCESSES / "self" / "stat").exists():
        try:
            parent = (
                (_PROCESSES / writer / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1]
            )
        except OSError:  # ended, or of another container
            return False
        return parent != service
    try:
        os.kill(int(service), 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


def _is_held(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def is_in_place(handle: int, lock: Path) -> bool:
    """Whether the lock that we hold is the one in the folder: who made the folder anew holds another."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(lock))
    except OSError:
        return False


def locked(handle: int) -> bool:
    """Take the lock of a file for this process alone; False when somebody holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
