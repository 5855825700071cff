"""Reader of Crossref's JSON: answers of its REST API, lines of works, files of the public data file.

    {"status": "ok", "message-type": "work-list", "message": {"items": [{…}, …]}}      a list of works
    {"status": "ok", "message-type": "work", "message": {…}}                           a single one
    {"items": [{…}, …]}                                                                the public data file
    {…}                                                                                a work a line

Left alone: `relation` (preprints, versions: which works are one is not for a source to tell us here), references that
have no DOI, ISBNs of the book around a chapter, `created` and `deposited` (when the record was made, not the paper).
Source: github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ..records import Category, Lines, Paper, Problem, Record
from .csl_parts import (
    authors,
    cited,
    dated,
    isbns,
    published,
)
from .json_records import json_records
from .json_values import citations, complaint, first_text, kept_or_refused, text, texts
from .kinds import CROSSREF_KINDS
from .languages import language_of
from .printed_identifiers import distinct, identified
from .remarks import Remarks, remark_on_gaps

NAME = "crossref"
TITLE = "Crossref works, as JSON"

_UNDER: Final = (("message", "items"), ("message",), ("items",))
_DATES: Final = ("issued", "published", "published-print", "published-online", "posted")
# posted-content says by `subtype` what it is.
_POSTED: Final = {"dissertation": "thesis", "letter": "letter", "preprint": "preprint", "report": "report"}
_ASJC: Final = (
    "asjc"  # `subject` holds names of Scopus' All Science Journal Classification, without the codes
)

_ENVELOPE: Final = re.compile(r'"message-type"\s*:\s*"(?:work(?:-list)?|validation-failure)"')
_MARKS: Final = re.compile(
    r'"(?:reference-count|references-count|is-referenced-by-count|content-domain|container-title|member|issued)"\s*:'
)
_LISTED_TITLE: Final = re.compile(r'"(?:title|container-title)"\s*:\s*\[')
_SINGLE_TITLE: Final = re.compile(r'"title"\s*:\s*"')
_SEQUENCE: Final = re.compile(r'"sequence"\s*:\s*"first"')
_EMPTY: Final = re.compile(r'\s*\{\s*"items"\s*:\s*\[\s*\]\s*\}\s*')
_DOI: Final = re.compile(r'"DOI"\s*:\s*"')


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is of Crossref: its envelope, or works with a DOI and titles in lists."""
    if head.lstrip()[:1] not in ("{", "["):
        return False
    if _ENVELOPE.search(head[:4096]) or _EMPTY.fullmatch(head):
        return True
    if not _DOI.search(head):
        return False
    if _SEQUENCE.search(head) and not _SINGLE_TITLE.search(head):
        return True  # the authors of the first work may fill the head
    return len({found[0] for found in _MARKS.finditer(head)}) >= 2 and bool(_LISTED_TITLE.search(head))


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each work with the remarks on it, in the order of the file.

    Raises:
        UnreadableFile: the file is empty.
    """
    for found in json_records(stream, path, _UNDER, _emptiness):
        if isinstance(found, Problem):
            yield found
        else:
            yield from work_records(found[1], found[0])


def _emptiness(lines: Lines, answer: Mapping[str, Any], count: int) -> Iterator[Problem]:
    """Say that an answer holds no work."""
    if not count:
        yield Problem(lines, "an answer without works", "a list of works", False, True)


def work_records(work: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    """Yield the paper that a work is and the remarks on it, or why it is refused."""
    remarks = Remarks()
    paper = _paper(work, lines, remarks)
    yield from kept_or_refused(
        paper, remarks, complaint(work), work, "a work of Crossref, with a title or a DOI"
    )


def _paper(work: Mapping[str, Any], lines: Lines, remarks: Remarks) -> Paper:
    kind = _kind(work)
    titles = texts(work.get("title"))
    if len(titles) > 1:
        remarks.add(titles[1], f"one title; of {len(titles)} the first is kept")
    authorships, is_truncated = authors(work.get("author"), remarks)
    issued = next((date for key in _DATES if (date := dated(work.get(key), remarks))), None)
    paper = Paper(
        title=titles[0] if titles else "",
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=issued,
        abstract=first_text(work.get("abstract")),
        reported=citations(work.get("is-referenced-by-count"), remarks),
        identifiers=distinct(
            [identified("doi", work.get("DOI"), remarks), *isbns(work.get("ISBN"), kind, remarks)]
        ),
        kind=kind,
        published=published(work),
        categories=tuple(Category(name, name, _ASJC, label=name) for name in texts(work.get("subject"))),
        references=cited(work.get("reference"), remarks),
        language=language_of(work.get("language"), remarks.add),
    )
    editors = work.get("editor")
    remark_on_gaps(paper, len(editors) if isinstance(editors, list) else 0, remarks)
    return paper


def _kind(work: Mapping[str, Any]) -> str | None:
    name = text(work.get("type"))
    if name == "posted-content":
        return _POSTED.get(text(work.get("subtype")).lower(), "other")
    return CROSSREF_KINDS.get(name, "other") if name else None
