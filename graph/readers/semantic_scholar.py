"""Reader of Semantic Scholar: answers of its Graph API, and lines of its data sets (S2AG, S2ORC, Open Corpus).

    {"total": 1, "offset": 0, "data": [{"paperId": …}, …]}       a list of papers or authors
    {"data": [{"citedPaper": {…}}, {"citingPaper": {…}}, …]}     what a paper cites, or is cited by
    {"paperId": …} or {"authorId": …, "papers": [{…}, …]}        a single paper, a single author
    [{"paperId": …}, null, …]                                    what was asked for at once, null for what is not known
    {"corpusid": 1, "externalids": {…}, …} and others            lines of the data sets

Keys differ by their capitals and underscores from one to the next, and count here without them. Left alone: the corpus
id where it is the only name of a paper (it is none of our schemes), `tldr` and `embedding` (made by machines), and
papers that cite one or are cited, where they are listed inside of it: for these the record of each is the source.
Source: api.semanticscholar.org/api-docs/graph, …/api-docs/datasets, github.com/allenai/s2orc
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ..errors import shorten
from ..records import Lines, Problem, Profile, Record
from .json_records import json_records
from .json_values import complaint, objects, text
from .remarks import Remarks
from .semantic_scholar_papers import paper
from .semantic_scholar_people import plain_keys, profile

NAME = "semantic_scholar"
TITLE = "Semantic Scholar papers and authors, as JSON"

_UNDER: Final = (("data",), ("recommendedPapers",))
_IDS: Final = re.compile(r'"(?:paperId|authorId|corpusid|corpusId|authorid|paperAbstract)"\s*:')
_KEYS: Final = re.compile(r'"(?:title|name|authors|externalIds|externalids)"\s*:')
_S2ORC: Final = re.compile(
    r'"paper_id"\s*:.*"(?:s2_url|has_pdf_parse|outbound_citations|mag_id)"\s*:', re.DOTALL
)
_ERROR: Final = re.compile(
    r'\s*\{\s*(?:"error"\s*:\s*"(?:Paper|Author) with id |"message"\s*:\s*"Too Many Requests)', re.IGNORECASE
)
_EMPTY: Final = re.compile(
    r'\s*\{\s*"(?:total|offset)"\s*:\s*\d+\s*,\s*(?:"(?:offset|token)"\s*:[^,{}]*,\s*)?"data"\s*:\s*\[\s*\]'
)
_WRAPPED: Final = ("citedpaper", "citingpaper", "paper")
_OF_A_PAPER: Final = ("paperid", "corpusid", "title", "paperabstract", "externalids")
_EXPECTED: Final = "a paper or an author of Semantic Scholar"


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is of Semantic Scholar: ids and keys of its papers or authors."""
    if head.lstrip()[:1] not in ("{", "["):
        return False
    if _ERROR.match(head) or _EMPTY.match(head):
        return True
    return bool((_IDS.search(head) and _KEYS.search(head)) or _S2ORC.search(head))


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper and author with the remarks on it, in the order of the file; an author before their papers.

    Raises:
        UnreadableFile: the file is empty.
    """
    for found in json_records(stream, path, _UNDER, _rest):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _records(plain_keys(found[1]), found[0])


def _rest(lines: Lines, answer: Mapping[str, Any], count: int) -> Iterator[Problem]:
    """Say that an answer holds nothing."""
    if not count:
        yield Problem(lines, "an answer without data", _EXPECTED, False, True)


def _records(value: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    for key in _WRAPPED:
        inner = value.get(key)
        if isinstance(inner, dict):
            value = plain_keys(inner)
    if "authorid" in value or ("name" in value and "papercount" in value):
        yield from _author(value, lines)
    elif any(key in value for key in _OF_A_PAPER):
        yield from _paper(value, lines, None)
    else:
        yield _refused(value, lines)


def _author(value: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    remarks = Remarks()
    found = profile(value, lines, remarks)
    if found is None:
        yield _refused(value, lines)
    else:
        yield found
    listed = objects(value.get("papers"))
    said = value.get("papercount")
    if "papers" in value and isinstance(said, int) and said > len(listed):
        remarks.add(
            f"{len(listed)} papers listed", f"the {said} papers that the author has; load the others too"
        )
    yield from remarks.problems(lines)
    for one in listed:
        yield from _paper(plain_keys(one), lines, found)


def _paper(value: Mapping[str, Any], lines: Lines, owner: Profile | None) -> Iterator[Record]:
    remarks = Remarks()
    found = paper(value, lines, owner, remarks)
    if found is None:
        yield _refused(value, lines)
        return
    yield found
    yield from remarks.problems(lines)


def _refused(value: Mapping[str, Any], lines: Lines) -> Problem:
    said = text(value.get("message")) or complaint(value) if "title" not in value else ""
    if said:
        found = f"an error answer: {said}"
    elif text(value.get("corpusid")):
        found = f"only the corpus id {text(value['corpusid'])}, no title, name or other identifier"
    else:
        found = f"an object with {', '.join(value) or 'nothing in it'}"
    return Problem(lines, shorten(found, 200), _EXPECTED, True)
