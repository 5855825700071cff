"""A work of Crossref to change, and the keys that such works have."""

from __future__ import annotations

from typing import Any

from collegium.graph.readers.crossref import read
from json_files import Found, found_in

WORK: dict[str, Any] = {
    "DOI": "10.1000/A",
    "title": ["A title"],
    "type": "journal-article",
    "author": [{"given": "Ada", "family": "Lovelace", "sequence": "first", "affiliation": []}],
    "issued": {"date-parts": [[2019, 7, 3]]},
}

_MORE = (
    "message items subject reference ORCID name id id-type affiliation date-parts container-title page given family "
    "ISBN language is-referenced-by-count suffix raw"
).split()
KEYS: tuple[str, ...] = (*WORK, *_MORE)


def one(**changes: Any) -> Found:
    """Return what is found in a work that differs from `WORK` so."""
    return found_in(read, {**WORK, **changes})
