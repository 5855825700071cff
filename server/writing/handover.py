"""Loading into a store that a running service owns: that service's writer does the work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collegium.graph.errors import StoreBusy, UnreadableFile
from collegium.graph.found_files import STDIN
from collegium.graph.identity.decisions import Decision
from collegium.graph.progress import Place, Progress
from collegium.graph.report import LoadReport, from_data
from collegium.graph.runs import Run, to_data
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
    **options: Any,
) -> LoadReport:
    """Return the report of the writer.

    Args:
        busy: why we cannot write ourselves; raised when no service owns the store.
        options: others of `graph.load.load`, ready for JSON: `pairs`, `most_authors` …
    """

    def note(content: dict[str, Any]) -> None:
        if progress is not None:
            progress(Place(**content))

    given = [str(path) for path in paths]
    wanted = {"do": "load", "paths": given, "folder": os.getcwd(), "format": format, **options}
    wanted["source_date"] = source_date.isoformat() if source_date else None
    return from_data(_handed(busy, store, wanted, is_standard_input=STDIN in given, note=note)["report"])


def unload(busy: StoreBusy, store: Store, source: str, **options: Any) -> int:
    """Return the version after the writer took a source out. `busy` and `options` as for `load`."""
    return int(_handed(busy, store, {"do": "unload", "source": source, **options})["version"])


def decide(busy: StoreBusy, store: Store, wanted: dict[str, Any], **options: Any) -> Decision:
    """Return the decision that the writer made, or undid; `wanted` as its orders say. `busy` as for `load`."""
    found = _handed(busy, store, {**wanted, **options})["decision"]
    return Decision(**{**found, **{name: tuple(found[name]) for name in ("evidence", "authorships")}})


def keep(busy: StoreBusy, store: Store, run: Run) -> None:
    """Have the writer keep a run. `busy` as for `load`."""
    _handed(busy, store, {"do": "keep"}, payload=json.dumps(to_data(run)).encode())


def forget(busy: StoreBusy, store: Store, name: str) -> None:
    """Have the writer remove a run. `busy` as for `load`."""
    _handed(busy, store, {"do": "forget", "name": name})


def _handed(
    busy: StoreBusy,
    store: Store,
    wanted: dict[str, Any],
    *,
    is_standard_input: bool = False,
    payload: bytes = b"",
    note: Note | None = None,
) -> dict[str, Any]:
    """Return what the writer says of an order. Raises: StoreBusy: `busy`, when no service owns the store."""
    if store.path is None or not has_writer(store.path):
        raise busy
    return order(store.path, wanted, _standard_input() if is_standard_input else payload, note)


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
