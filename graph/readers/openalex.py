"""Reader of OpenAlex: answers of its API and parts of its snapshot, with works, authors and institutions.

    {"meta": {…}, "results": [{…}, …], "group_by": []}     a list, of any of the three
    {"id": "https://openalex.org/W2741809807", …}          a single one; or one a line, as in the snapshot

What it is, the first letter of its id says. Left alone: `related_works` (an algorithm's guess), `locations` but for
their arXiv ids, `grants`, `awards`, `sustainable_development_goals`, figures by year, `lineage` (the institutions above
one), and of institutions their figures. Dates such as 2016-01-01 stay as they are: whether only the year was known,
OpenAlex does not say.
Source: docs.openalex.org/api-entities, docs.openalex.org/download-all-data/snapshot-data-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ..errors import shorten
from ..records import Lines, Problem, Record
from .json_records import json_records
from .json_values import complaint, text
from .openalex_people import institution_record, profile
from .openalex_works import paper
from .remarks import Remarks

NAME = "openalex"
TITLE = "OpenAlex works, authors and institutions, as JSON"

_UNDER: Final = (("results",),)
_ID: Final = re.compile(
    r'"id"\s*:\s*"https?://(?:api\.)?openalex\.org/(?:works/|authors/|institutions/)?[WAI]\d+"'
)
_KEYS: Final = re.compile(
    r'"(?:display_name|authorships|abstract_inverted_index|publication_year|publication_date|works_count)"\s*:'
)
# An error answer has these two, in this order, and nothing else.
_ERROR: Final = re.compile(r'\s*\{\s*"error"\s*:\s*"[^"]*",\s*"message"\s*:')
_META: Final = re.compile(r'\s*\{\s*"meta"\s*:\s*\{[^{}]*"(?:db_response_time_ms|groups_count)"')
# The last page of an answer in pages.
_EMPTY: Final = re.compile(r'\s*\{\s*"meta"\s*:\s*\{[^{}]*\}\s*,\s*"results"\s*:\s*\[\s*\]\s*[,}]')
_LETTER: Final = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:[a-z-]+/)?)?([A-Z])\d+")
# What a record without an id is, by the keys that only that kind has: an answer to `select=` may leave the id out.
_TELLING: Final = (
    ("W", ("authorships", "abstract_inverted_index", "publication_year", "publication_date")),
    ("A", ("last_known_institutions", "last_known_institution", "display_name_alternatives", "orcid")),
    ("I", ("ror", "associated_institutions", "display_name_acronyms")),
)
_OTHERS: Final = {
    "C": "a concept",
    "F": "a funder",
    "G": "an award",
    "P": "a publisher",
    "S": "a source (journal, repository)",
    "T": "a topic",
}
_EXPECTED: Final = "a work, an author or an institution of OpenAlex"


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is of OpenAlex: ids of the three kinds, or an error."""
    if head.lstrip()[:1] not in ("{", "["):
        return False
    if _ERROR.match(head) or _META.match(head) or _EMPTY.match(head):
        return True
    return bool(_ID.search(head) and _KEYS.search(head))


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each work, author and institution with the remarks on it, in the order of the file.

    Raises:
        UnreadableFile: the file is empty.
    """
    for found in json_records(stream, path, _UNDER, _rest):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _records(found[1], found[0])


def _rest(lines: Lines, answer: Mapping[str, Any], count: int) -> Iterator[Problem]:
    """Say that an answer holds groups, or nothing."""
    groups = answer.get("group_by")
    if isinstance(groups, list) and groups:
        yield Problem(lines, f"an answer of {len(groups)} groups, to group_by", _EXPECTED, True)
    elif not count:
        yield Problem(lines, "an answer without results", _EXPECTED, False, True)


def _records(entity: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    letter, remarks = _letter(entity), Remarks()
    made: Record | None = None
    if letter == "W":
        made = paper(entity, lines, remarks)
    elif letter == "A":
        made = profile(entity, lines, remarks)
    elif letter == "I":
        made = institution_record(entity, lines, remarks)
    if made is None:
        yield Problem(lines, shorten(_what(entity, letter), 200), _EXPECTED, True)
        return
    yield made
    yield from remarks.problems(lines)


def _letter(entity: Mapping[str, Any]) -> str:
    """The letter of an id of OpenAlex; without one, that of the kind whose keys stand there; "" for neither."""
    said = entity.get("id")
    found = _LETTER.fullmatch(said.strip()) if isinstance(said, str) else None
    if found:
        return found[1]
    return next((letter for letter, keys in _TELLING if any(key in entity for key in keys)), "")


def _what(entity: Mapping[str, Any], letter: str) -> str:
    """What a record is that gives no paper, author or institution."""
    if letter in _OTHERS:
        return f"{_OTHERS[letter]}: {text(entity.get('display_name')) or text(entity.get('id'))}"
    if letter:
        return f"no name, title or identifier: {text(entity.get('id')) or ', '.join(entity)}"
    if isinstance(entity.get("group_by"), list):
        return f"an answer of {len(entity['group_by'])} groups, to group_by"
    said = text(entity.get("message")) or complaint(entity)
    return f"an error answer: {said}" if said else f"an object with {', '.join(entity) or 'nothing in it'}"
