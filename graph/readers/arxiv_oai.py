"""Reader of what arXiv's OAI-PMH interface answers, with metadata in its formats arXivRaw, arXiv and oai_dc.

Source: info.arxiv.org/help/oa (formats), openarchives.org/OAI/openarchivesprotocol.html, sections 2.5 (deleted
records) and 3.6 (errors), openarchives.org/OAI/2.0/guidelines-oai_dc.htm
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import IO, Final

from ..categories import taxonomy
from ..errors import shorten
from ..identifiers import identifier
from ..person_names import spoken, stands_for_others, turned
from ..records import Authorship, Lines, Problem, Record
from . import arxiv_papers as arxiv
from .arxiv_authors import authors_of, is_group
from .latex import without_latex
from .xml_records import Element, elements, local_name, text_of
from .xml_stream import root

NAME: Final = "arxiv_oai"
TITLE: Final = "arXiv's OAI-PMH answers (arXivRaw, arXiv, oai_dc)"

_OF_ARXIV: Final = re.compile(r"\barxiv\.org", re.IGNORECASE)
_ROOTS: Final = frozenset({"OAI-PMH", "ListRecords", "GetRecord", "record"})
_SHOWN: Final = 200
_Parts = dict[str, list[str]]


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is an answer of arXiv's OAI-PMH interface, or a piece of one."""
    document = root(head)
    return document is not None and document.name in _ROOTS and _OF_ARXIV.search(head) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper, its remarks behind it; deleted records and errors are refused with what they say.

    Raises:
        UnreadableFile: nothing could be read.
    """
    is_empty = True
    for found in elements(stream, path, ("record", "error")):
        is_empty = False
        if isinstance(found, Problem):
            yield found
        elif local_name(found.element) == "error":
            code = found.element.get("code", "")
            said = shorten(f"an error of arXiv: {code} {text_of(found.element)}".strip(), _SHOWN)
            yield Problem(found.lines, said, "records: ask again", True)
        else:
            yield from _record(found.element, found.lines)
    if is_empty:
        yield Problem(Lines(1, 1), "an answer without records", "records of papers", False, True)


def _record(record: Element, lines: Lines) -> Iterator[Record]:
    header, metadata = record.find("{*}header"), record.find("{*}metadata")
    number = text_of(header.find("{*}identifier")) if header is not None else ""
    content = metadata[0] if metadata is not None and len(metadata) else None
    if content is None:
        is_deleted = header is not None and header.get("status") == "deleted"
        found = shorten(f"{'deleted record' if is_deleted else 'record without metadata'} {number}")
        yield Problem(lines, found, "a record with metadata", True)
        return
    form = _FORMATS.get(local_name(content))
    if form is None:
        found = shorten(f"metadata {local_name(content)} of {number}")
        yield Problem(lines, found, f"metadata as {', '.join(_FORMATS)}", True)
        return
    parts: _Parts = {}
    for child in content:
        parts.setdefault(local_name(child), []).append(text_of(child))
    yield from arxiv.records_of(form(content, parts, number, lines))


def _raw(content: Element, parts: _Parts, number: str, lines: Lines) -> arxiv.Fields:
    """Metadata arXivRaw: authors are one line, dates stand at the versions."""
    authorships, is_truncated = authors_of(_first(parts, "authors"))
    created = text_of(content.find("{*}version/{*}date"))
    return _own(parts, number, lines, authorships, is_truncated, created, ())


def _arxiv(content: Element, parts: _Parts, number: str, lines: Lines) -> arxiv.Fields:
    """Metadata arXiv: each author in elements of their own."""
    found: list[Authorship] = []
    remarks: list[tuple[str, str]] = []
    is_truncated = False
    for position, author in enumerate(content.iterfind("{*}authors/{*}author"), 1):
        family, given, suffix = (
            without_latex(text_of(author.find(f"{{*}}{part}"))) for part in ("keyname", "forenames", "suffix")
        )
        name = spoken(given, family, suffix=suffix)
        if stands_for_others(name):
            is_truncated = True
        elif not arxiv.is_name(name):
            remarks.append(arxiv.nameless(position, name))
            is_truncated |= not name
        else:
            places = (without_latex(text_of(place)) for place in author.iterfind("{*}affiliation"))
            is_collective = not given and is_group(family)
            affiliations = tuple(filter(None, places))
            found.append(Authorship(name, position, affiliations=affiliations, is_collective=is_collective))
    return _own(parts, number, lines, tuple(found), is_truncated, _first(parts, "created"), tuple(remarks))


def _own(
    parts: _Parts,
    number: str,
    lines: Lines,
    authorships: tuple[Authorship, ...],
    is_truncated: bool,
    created: str,
    remarks: tuple[tuple[str, str], ...],
) -> arxiv.Fields:
    """What the two formats of arXiv's own share."""
    msc = arxiv.classes(_first(parts, "msc-class"), arxiv.MSC)
    return arxiv.Fields(
        id=_first(parts, "id") or number,
        title=_first(parts, "title"),
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        categories=tuple(_first(parts, "categories").split()),
        classes=(*msc, *arxiv.classes(_first(parts, "acm-class"), arxiv.ACM)),
        abstract=_first(parts, "abstract"),
        dois=_first(parts, "doi"),
        journal_ref=_first(parts, "journal-ref"),
        date=created,
        remarks=remarks,
    )


def _dublin_core(content: Element, parts: _Parts, number: str, lines: Lines) -> arxiv.Fields:
    """Metadata oai_dc: authors "Family, Given", categories by name, the first date that of the first version."""
    found: list[Authorship] = []
    remarks: list[tuple[str, str]] = []
    creators = [without_latex(creator) for creator in parts.get("creator", [])]
    for position, printed in enumerate(creators, 1):
        name = printed if is_group(printed) else turned(printed)
        if not arxiv.is_name(name):
            remarks.append(arxiv.nameless(position, name))
        elif not stands_for_others(name):
            as_given = printed if printed != name else None
            found.append(Authorship(name, position, as_given=as_given, is_collective=is_group(name)))
    terms, classes = arxiv.split_terms(_notations().get(s, s) for s in parts.get("subject", []))
    printed_ids = parts.get("identifier", [])
    dois = [text[4:].strip() for text in printed_ids if text.lower().startswith("doi:")]
    others = [text for text in printed_ids if not re.match(r"doi:|https?://", text, re.IGNORECASE)]
    return arxiv.Fields(
        id=next((text for text in (number, *printed_ids) if identifier("arxiv", text)), number),
        title=_first(parts, "title"),
        authorships=tuple(found),
        is_truncated=any(not creator or stands_for_others(creator) for creator in creators),
        lines=lines,
        categories=terms,
        classes=classes,
        abstract=_first(parts, "description"),  # the next ones are comments
        dois=" ".join(dois),
        journal_ref=others[0] if others else "",
        date=_first(parts, "date"),
        remarks=tuple(remarks),
    )


_FORMATS: Final[Mapping[str, Callable[[Element, _Parts, str, Lines], arxiv.Fields]]] = MappingProxyType(
    {"arXivRaw": _raw, "arXiv": _arxiv, "dc": _dublin_core}
)


@cache
def _notations() -> dict[str, str]:
    """A category's name in words, as arXiv writes it in oai_dc ("Computer Science - Digital Libraries") -> notation."""
    entries = taxonomy()
    return {
        f"{entries[entry.archive].name} - {entry.name}" if entry.archive in entries else entry.name: notation
        for notation, entry in entries.items()
    }


def _first(parts: _Parts, name: str) -> str:
    return parts.get(name, [""])[0]
