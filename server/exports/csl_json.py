"""Papers as CSL-JSON, which reference managers and pandoc read.

Source: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json. A cut list ends with
the literal name "others", as pandoc writes `and others`.
"""

from __future__ import annotations

import json
from typing import Any, Final

from collegium.queries.xml_text import holdable

from ..files import Output
from .entries import Entry, Name, Papers

_TYPES: Final = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "conference-paper": "paper-conference",
    "dataset": "dataset",
    "editorial": "article-journal",
    "letter": "article-journal",
    "preprint": "article",
    "proceedings": "book",
    "report": "report",
    "review": "article-journal",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
}
_OTHER: Final = "document"
_OTHERS: Final = {"literal": "others"}


def write_csl_json(papers: Papers, output: Output) -> None:
    """Write a list of items, one a line, by IRI."""
    output.file.write(b"[")
    for number, entry in enumerate(papers.entries()):
        text = json.dumps(_item(entry), ensure_ascii=False)
        output.file.write(f"{',' if number else ''}\n{text}".encode())
    output.file.write(b"\n]\n")


def _item(entry: Entry) -> dict[str, Any]:
    arxiv = entry.value("arxiv")
    authors = [_author(name) for name in entry.authors] + ([_OTHERS] if entry.is_cut else [])
    said: dict[str, Any] = {
        "id": entry.key,
        "type": _TYPES.get(entry.kind or "", _OTHER),
        "title": entry.title,
        "author": authors,
        "issued": {"date-parts": [list(entry.date)]} if entry.date else None,
        "container-title": entry.venue,
        "volume": entry.volume,
        "issue": entry.number,
        "page": entry.pages,
        "publisher": entry.publisher,
        "DOI": entry.value("doi"),
        "PMID": entry.value("pmid"),
        "PMCID": entry.value("pmcid"),
        "ISBN": entry.value("isbn"),
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
        "URL": entry.url,
        "language": entry.language,
        "keyword": ", ".join(entry.keywords),
        "abstract": entry.abstract,
    }
    return {name: _held(value) for name, value in said.items() if value}


def _author(name: Name) -> dict[str, str]:
    if name.family is not None and name.given is not None:
        return {"family": holdable(name.family), "given": holdable(name.given)}
    return {"literal": holdable(name.spoken)}


def _held(value: Any) -> Any:
    return holdable(value) if isinstance(value, str) else value
