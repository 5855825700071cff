"""Loading into a store that a running service owns: that service's writer does the work."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collegium.graph.errors import StoreBusy
from collegium.graph.load import STDIN, Progress
from collegium.graph.report import LoadReport, from_data
from collegium.graph.store import Store

from .client import has_writer, order


def load(
    busy: StoreBusy,
    store: Store,
    paths: Sequence[str | Path],
    format: str | None,
    source_date: date | None,
    progress: Progress | None,
    *,
    pairs: bool,
) -> LoadReport:
    """Return the report of the writer.

    Args:
        busy: why we cannot write ourselves; raised when no service owns the store.
    """
    given = [_absolute(str(path)) for path in paths]
    payload = sys.stdin.buffer.read() if STDIN in given and sys.stdin is not None else b""

    def note(content: dict[str, Any]) -> None:
        if progress is not None:
            progress(content["path"], content["number"], content["files"])

    wanted = {"do": "load", "paths": given, "format": format, "pairs": pairs}
    wanted["source_date"] = source_date.isoformat() if source_date else None
    return from_data(order(_owned(busy, store), wanted, payload, note)["report"])


def unload(busy: StoreBusy, store: Store, source: str, *, pairs: bool) -> int:
    """Return the version after the writer took a source out. `busy` as for `load`."""
    done = order(_owned(busy, store), {"do": "unload", "source": source, "pairs": pairs})
    return int(done["version"])


def _owned(busy: StoreBusy, store: Store) -> Path:
    """Return the folder of a store that a service owns. Raises: StoreBusy: none does."""
    if store.path is None or not has_writer(store.path):
        raise busy
    return store.path


def _absolute(path: str) -> str:
    """The path as the writer finds it, from whatever folder it works in."""
    return path if path in ("", STDIN) else str(Path(path).absolute())
