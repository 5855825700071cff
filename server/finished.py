"""Finished answers as files beside the version that they are of: a job writes them, the web process sends them.

The bytes as they are sent: to build a document of megabytes anew would hold Python's lock for as long as to make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from collegium.graph.shelf import Form, Shelf
from collegium.graph.versions import derived_folder

from .jobs.task import ForAnswer, JobLimits
from .workers.question import Snapshot

_MOST_FILES: Final = 512
_MOST_BYTES: Final = 2**28


@dataclass(frozen=True, slots=True)
class Finished:
    """An answer: status, headers but that of its length, and the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def find(at: Snapshot, wants: ForAnswer, limits: JobLimits) -> Finished | None:
    """Return an answer that a job has made; None where none has."""
    key = _key(wants, limits)
    return _shelf(at).find_flat(key, _form(key))


def put(at: Snapshot, wants: ForAnswer, limits: JobLimits, made: Finished) -> None:
    """Put an answer where `find` finds it."""
    key, shelf = _key(wants, limits), _shelf(at)
    shelf.folder.parent.mkdir(exist_ok=True)
    shelf.keep_flat(key, _form(key), lambda: made)


def _shelf(at: Snapshot) -> Shelf:
    """Answers have a shelf of their own: many of them must not push the mirror out."""
    return Shelf(derived_folder(Path(at.path), at.version) / "answers", _MOST_FILES, _MOST_BYTES)


def _key(wants: ForAnswer, limits: JobLimits) -> dict[str, Any]:
    made_by = [limits.software, limits.most_authors, limits.at_most_rows, limits.license]
    return {"kind": "answer", "asked": [wants.title, wants.parameters], "made_by": made_by}


def _form(key: dict[str, Any]) -> Form[Finished | None]:
    """How an answer becomes columns, with its key: the name of the file is a digest only."""
    import numpy as np

    def pack(made: Finished | None) -> Any:
        if made is None:
            return None
        body = np.frombuffer(made.body, np.uint8)
        return {"key": key, "status": made.status, "headers": made.headers, "body": body}

    def unpack(found: Any) -> Finished | None:
        if not isinstance(found, dict) or found["key"] != key:
            return None
        headers = [(name, value) for name, value in found["headers"]]
        return Finished(found["status"], headers, found["body"].tobytes())

    return Form(pack, unpack)
