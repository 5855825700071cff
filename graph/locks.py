"""Locks on files: who writes to a store, and who reads which version of it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from .errors import StoreBusy


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
    reason = (
        f"the service of process {service} has it (its writer is process {writer}); stop that service first"
    )
    return StoreBusy(str(path), reason, service)


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
