"""What the kernel says of our processes: which there are, how they are set, and when they are gone. Linux only."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

Runs = Callable[[Coroutine[Any, Any, None]], None]  # on an event loop of its own

PATIENCE_S = 20.0  # for what has no limit of its own: the machine may be busy

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and the jail of Linux")


def is_there(pid: int) -> bool:
    """Return whether a process runs; one that ended and was not buried does not."""
    try:
        return _fields(Path(f"/proc/{pid}/stat"))[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    """Return the process ids of all children, those among them that were not buried too."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = _fields(folder / "stat")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == pid:
                found.append(int(folder.name))
    return sorted(found)


def niceness(pid: int) -> set[int]:
    """Return the niceness of all threads."""
    return {int(_fields(task / "stat")[16]) for task in Path(f"/proc/{pid}/task").iterdir()}


def handles() -> int:
    """Return how many files and sockets this process holds open."""
    return len(os.listdir("/proc/self/fd"))


def _fields(stat: Path) -> list[str]:
    """Return the fields from the third on: the second, the name, may hold anything."""
    return stat.read_text().rpartition(")")[2].split()


async def until(holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Return once it holds; fail when it does not become so."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "it did not become so"
        await asyncio.sleep(0.01)
