"""Reader of arXiv's metadata snapshot (Kaggle): one JSON object a line.

Source: kaggle.com/datasets/Cornell-University/arxiv (fields), github.com/mattbierbaum/arxiv-public-datasets (makes it:
`authors` is the printed line, `authors_parsed` what arXiv makes of it, [family, given, suffix, affiliation …]).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, Final

from ..person_names import spoken, stands_for_others
from ..records import Authorship, Lines, Problem, Record
from . import arxiv_papers as arxiv
from .arxiv_authors import authors_of, is_cut, is_group, only_numbers
from .json_records import json_records
from .latex import without_latex

NAME: Final = "arxiv_jsonl"
TITLE: Final = "arXiv metadata snapshot (Kaggle), JSON lines"

_OWN_KEYS: Final = ("authors_parsed", "update_date", "journal-ref", "report-no")  # two of them are arXiv's
_TEXTS: Final = ("id", "title", "abstract", "doi", "journal-ref", "categories", "authors", "update_date")


def sniff(head: str) -> bool:
    """Return whether the beginning of a file has arXiv's fields: its line of authors as text, and its own names."""
    start = head.lstrip("\ufeff \t\r\n[")
    keys = sum(re.search(rf'"{key}"\s*:', head) is not None for key in _OWN_KEYS)
    return start.startswith("{") and keys >= 2 and re.search(r'"authors"\s*:\s*(?:"|null)', head) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper, its remarks behind it, in the order of the file.

    Raises:
        UnreadableFile: the file is empty, or no JSON at all.
    """
    for found in json_records(stream, path):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _paper(*found)


def _paper(lines: Lines, row: dict[str, Any]) -> Iterator[Record]:
    remarks: list[tuple[str, str]] = []
    texts = {key: _text(row, key, remarks) for key in _TEXTS}
    authorships, is_truncated = _authors(row, texts["authors"], remarks)
    yield from arxiv.records_of(
        arxiv.Fields(
            id=texts["id"],
            title=texts["title"],
            authorships=authorships,
            is_truncated=is_truncated,
            lines=lines,
            categories=tuple(texts["categories"].split()),
            abstract=texts["abstract"],
            dois=texts["doi"],
            journal_ref=texts["journal-ref"],
            date=_first_version(row),
            remarks=tuple(remarks),
        )
    )


def _text(row: dict[str, Any], key: str, remarks: list[tuple[str, str]]) -> str:
    value = row.get(key)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)  # categories, in copies of the snapshot
    if value is not None and not isinstance(value, str):
        remarks.append((f"{key}: {value!r:.80}", "text"))
    return value if isinstance(value, str) else ""


def _first_version(row: dict[str, Any]) -> str:
    """The date of the first version; `update_date` is that of the metadata and no date of the paper."""
    versions = row.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    return created if isinstance(created, str) else ""


def _authors(
    row: dict[str, Any], line: str, remarks: list[tuple[str, str]]
) -> tuple[tuple[Authorship, ...], bool]:
    """Authors as arXiv took them apart; affiliations that it left out from the line, where both have as many names."""
    parsed = row.get("authors_parsed")
    if not isinstance(parsed, list) or not parsed:
        return authors_of(line)
    found: list[Authorship] = []
    is_truncated = is_cut(line)
    for position, entry in enumerate(parsed, 1):
        author = _author(entry, position)
        if author is None:
            is_missing = not _is_mark(entry)
            is_truncated |= is_missing
            expected = "[family, given, suffix]; left out"
            expected += ", and the list counts as cut" if is_missing else ""
            remarks.append((f"author {position}: {entry!r:.80}", expected))
        elif stands_for_others(author.name):
            is_truncated = True
        else:
            found.append(author)
    if "(" in line and not all(author.affiliations for author in found):
        printed = authors_of(line).authorships
        if len(printed) == len(parsed):
            places = {author.position: author.affiliations for author in printed}
            found = [_placed(author, places[author.position]) for author in found]
    return tuple(found), is_truncated


def _is_mark(entry: object) -> bool:
    """Whether an entry is only the ":" that stood behind a group's name: nobody is missing there."""
    return isinstance(entry, list) and any(isinstance(part, str) and part.strip() for part in entry)


def _author(entry: object, position: int) -> Authorship | None:
    if not isinstance(entry, list) or not all(isinstance(part, str) for part in entry):
        return None
    family, given, suffix, *places = (*map(without_latex, entry), *[""] * (3 - len(entry)))
    name = spoken(given, family, suffix=suffix)
    if not arxiv.is_name(name):
        return None
    affiliations = tuple(place for place in places if place and not only_numbers(place))
    return Authorship(name, position, affiliations=affiliations, is_collective=not given and is_group(family))


def _placed(author: Authorship, affiliations: tuple[str, ...]) -> Authorship:
    if author.affiliations or not affiliations:
        return author
    return Authorship(
        author.name, author.position, affiliations=affiliations, is_collective=author.is_collective
    )
