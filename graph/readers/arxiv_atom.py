"""Reader of answers of arXiv's query API: an Atom feed, one paper an entry.

Source: info.arxiv.org/help/api/user-manual.html, sections 3.3 (entries) and 3.4 (errors come as an entry).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from ..errors import shorten
from ..person_names import stands_for_others
from ..records import Authorship, Lines, Problem, Record
from . import arxiv_papers as arxiv
from .arxiv_authors import authors_of, is_group
from .latex import without_latex
from .xml_records import Element, elements, local_name, text_of
from .xml_stream import root

NAME: Final = "arxiv_atom"
TITLE: Final = "Answer of arXiv's query API, Atom"

_OF_ARXIV: Final = re.compile(r"arxiv\.org/(?:api|schemas)", re.IGNORECASE)
_ERROR: Final = re.compile(r"https?://(?:export\.)?arxiv\.org/api/errors", re.IGNORECASE)
_SHOWN: Final = 200


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is a feed of arXiv."""
    document = root(head)
    return document is not None and document.name in ("feed", "entry") and _OF_ARXIV.search(head) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper, its remarks behind it; an error that arXiv answered with is refused with its words.

    Raises:
        UnreadableFile: nothing could be read.
    """
    is_empty = True
    for found in elements(stream, path, ("entry",)):
        is_empty = False
        if isinstance(found, Problem):
            yield found
        else:
            yield from _entry(found.element, found.lines)
    if is_empty:
        yield Problem(
            Lines(1, 1), "a feed without entries", "papers; arXiv found none for this query", False, True
        )


def _entry(entry: Element, lines: Lines) -> Iterator[Record]:
    parts: dict[str, list[Element]] = {}
    for child in entry:
        parts.setdefault(local_name(child), []).append(child)
    texts = {name: text_of(found[0]) for name, found in parts.items()}
    number = texts.get("id", "")
    if _ERROR.match(number):
        said = texts.get("summary") or number
        yield Problem(lines, shorten(f"an error of arXiv: {said}", _SHOWN), "a paper: ask again", True)
        return
    remarks: list[tuple[str, str]] = []
    authorships, is_truncated = _authors(parts.get("author", []), remarks)
    if not authorships and "creator" in texts:  # feeds of rss.arxiv.org name all authors in one line
        authorships, is_truncated = authors_of(texts["creator"])
    terms, classes = arxiv.split_terms(term.get("term", "") for term in parts.get("category", []))
    yield from arxiv.records_of(
        arxiv.Fields(
            id=number,
            title=texts.get("title", ""),
            authorships=authorships,
            is_truncated=is_truncated,
            lines=lines,
            categories=terms,
            primary=next((main.get("term", "") for main in parts.get("primary_category", [])), ""),
            classes=classes,
            abstract=texts.get("summary", ""),
            dois=texts.get("doi", ""),
            journal_ref=texts.get("journal_ref", ""),
            date=texts.get("published", ""),
            remarks=tuple(remarks),
        )
    )


def _authors(authors: list[Element], remarks: list[tuple[str, str]]) -> tuple[tuple[Authorship, ...], bool]:
    found: list[Authorship] = []
    is_truncated = False
    for position, author in enumerate(authors, 1):
        name = without_latex(text_of(author.find("{*}name")))
        if stands_for_others(name):
            is_truncated = True
        elif not arxiv.is_name(name):
            remarks.append(arxiv.nameless(position, name))
            is_truncated |= not name
        else:
            places = (without_latex(text_of(place)) for place in author.findall("{*}affiliation"))
            affiliations = tuple(filter(None, places))
            found.append(Authorship(name, position, affiliations=affiliations, is_collective=is_group(name)))
    return tuple(found), is_truncated
