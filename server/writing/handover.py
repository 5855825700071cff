"""Loading into a store that a running service owns: that service's writer does the work."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collegium.graph.errors import StoreBusy, UnreadableFile
from collegium.graph.identity.decisions import Decision
from collegium.graph.load import STDIN, Progress
from collegium.graph.report import LoadReport, from_data
from collegium.graph.store import Store

from ..workers.frames import LARGEST
from .client import Note, has_writer, order


def load(
    busy: StoreBusy,
    store: Store,
    paths: Sequence[str | Path],
    format: str | None,
    source_date: date | None,
    progress: Progress | None,
    *,
    identity: str | None = None,
    pairs: bool,
) -> LoadReport:
    """Return the report of the writer.

    Args:
        busy: why we cannot write ourselves; raised when no service owns the store.
    """

    def note(content: dict[str, Any]) -> None:
        if progress is not None:
            progress(content["path"], content["number"], content["files"])

    given = [str(path) for path in paths]
    wanted = {"do": "load", "paths": given, "folder": os.getcwd(), "format": format, "pairs": pairs}
    wanted["identity"] = identity
    wanted["source_date"] = source_date.isoformat() if source_date else None
    return from_data(_handed(busy, store, wanted, is_standard_input=STDIN in given, note=note)["report"])


def unload(busy: StoreBusy, store: Store, source: str, *, pairs: bool) -> int:
    """Return the version after the writer took a source out. `busy` as for `load`."""
    return int(_handed(busy, store, {"do": "unload", "source": source, "pairs": pairs})["version"])


def decide(busy: StoreBusy, store: Store, wanted: dict[str, Any], *, pairs: bool) -> Decision:
    """Return the decision that the writer made, or undid; `wanted` as its orders say. `busy` as for `load`."""
    found = _handed(busy, store, {**wanted, "pairs": pairs})["decision"]
    return Decision(**{**found, "evidence": tuple(found["evidence"])})


def _handed(
    busy: StoreBusy,
    store: Store,
    wanted: dict[str, Any],
    *,
    is_standard_input: bool = False,
    note: Note | None = None,
) -> dict[str, Any]:
    """Return what the writer says of an order. Raises: StoreBusy: `busy`, when no service owns the store."""
    if store.path is None or not has_writer(store.path):
        raise busy
    return order(store.path, wanted, _standard_input() if is_standard_input else b"", note)


def _standard_input() -> bytes:
    """Return all that comes on standard input. Raises: UnreadableFile: it is too much for one frame."""
    if sys.stdin is None:
        raise UnreadableFile(STDIN, "found standard input closed, expected a file on it")
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        reason = (
            f"found more than {LARGEST >> 20} MiB for a service to load; write it to a file and load that"
        )
        raise UnreadableFile(STDIN, reason)
    return data
