"""Reader of DataCite's JSON: answers of its REST API, lines of the public data file, bare records (Invenio's export).

    {"data": [{"id": "10.…", "type": "dois", "attributes": {…}}, …], "meta": …}        a list
    {"data": {"id": "10.…", "type": "dois", "attributes": {…}}}                        a single one
    {"id": "10.…", "type": "dois", "attributes": {…}}                                  one a line
    {"doi": "10.…", "creators": […], "titles": […], "types": {…}}                      a bare record

Creators are authors; contributors (editors, contact persons …) are not. Related identifiers are kept where they are
works that this one cites; versions, parts and supplements are left alone.
Source: support.datacite.org/docs/api-get-doi, datacite-metadata-schema.readthedocs.io/en/4.6
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ..identifiers import by_address
from ..records import Identifier, Lines, Paper, PartialDate, Problem, Published, Record
from .datacite_parts import KINDS, KINDS_OF_TEXT, creators, is_unknown, subjects
from .json_records import json_records
from .json_values import citations, complaint, first_text, kept_or_refused, objects, part, text
from .languages import language_of
from .partial_dates import from_iso, from_parts
from .printed_identifiers import distinct, identified
from .remarks import Remarks, remark_on_gaps

NAME = "datacite"
TITLE = "DataCite records, as JSON"

_CITING: Final = frozenset({"Cites", "References"})
# relatedIdentifierType, identifierType or alternateIdentifierType (free text), in lower case → scheme
_SCHEMES: Final = {"arxiv": "arxiv", "doi": "doi", "pmcid": "pmcid", "pmid": "pmid"}

_DATACITE: Final = re.compile(
    r'"attributes"\s*:\s*\{|"(?:schemaVersion|schema_version)"\s*:|"prefix"\s*:\s*"10\.'
)
_CREATORS: Final = re.compile(r'"(?:creators|titles|publicationYear|relatedIdentifiers)"\s*:')
_DOIS: Final = re.compile(r'"type"\s*:\s*"dois"')
_EMPTY: Final = re.compile(r'\s*\{\s*"data"\s*:\s*\[\s*\]\s*,\s*"meta"\s*:\s*\{\s*"total"\s*:')
_ERRORS: Final = re.compile(r'\s*\{\s*"errors"\s*:\s*\[\s*\{\s*"(?:status|title|source)"\s*:')


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is of DataCite: creators, titles and years by the names of its schema."""
    if head.lstrip()[:1] not in ("{", "["):
        return False
    if _ERRORS.match(head) or _EMPTY.match(head):
        return True
    marks = {found[0] for found in _CREATORS.finditer(head)}
    if marks and _DOIS.search(head):
        return True
    return len(marks) >= 2 and (bool(_DATACITE.search(head)) or '"resourceTypeGeneral"' in head)


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield the paper of each record with the remarks on it, in the order of the file.

    Raises:
        UnreadableFile: the file is empty.
    """
    for found in json_records(stream, path, (("data",),), _emptiness):
        if isinstance(found, Problem):
            yield found
        else:
            yield from doi_records(found[1], found[0])


def _emptiness(lines: Lines, answer: Mapping[str, Any], count: int) -> Iterator[Problem]:
    """Say that an answer holds no record."""
    if not count:
        yield Problem(lines, "an answer without records", "a list of records", False, True)


def doi_records(record: Mapping[str, Any], lines: Lines) -> Iterator[Record]:
    """Yield the paper that a record is and the remarks on it, or why it is refused."""
    attributes = record.get("attributes")
    bare: Mapping[str, Any] = attributes if isinstance(attributes, dict) else record
    remarks = Remarks()
    paper = _paper(bare, record.get("id"), lines, remarks)
    said = complaint(record.get("errors"))
    yield from kept_or_refused(paper, remarks, said, bare, "a record of DataCite, with a title or a DOI")


def _paper(bare: Mapping[str, Any], key: Any, lines: Lines, remarks: Remarks) -> Paper:
    authorships, is_truncated = creators(bare.get("creators"), remarks)
    categories, keywords = subjects(bare.get("subjects"))
    tag = language_of(bare.get("language"), remarks.add)
    paper = Paper(
        title=_title(bare.get("titles"), tag, remarks),
        authorships=authorships,
        is_truncated=is_truncated,
        lines=lines,
        issued=_issued(bare, remarks),
        abstract=_abstract(bare.get("descriptions"), tag),
        reported=citations(bare.get("citationCount"), remarks),
        identifiers=_identifiers(bare, key, remarks),
        kind=_kind(bare.get("types")),
        published=_published(bare),
        categories=categories,
        keywords=keywords,
        references=distinct(
            _related(each, "relatedIdentifier", remarks)
            for each in objects(bare.get("relatedIdentifiers"))
            if text(each.get("relationType")) in _CITING
        ),
        language=tag,
    )
    editors = [each for each in objects(bare.get("contributors")) if each.get("contributorType") == "Editor"]
    remark_on_gaps(paper, len(editors), remarks)
    return paper


def _title(value: Any, tag: str | None, remarks: Remarks) -> str:
    """Return the title: of those without a `titleType` the one in the record's language, else the first."""
    titles = [each for each in objects(value) if (name := text(each.get("title"))) and not is_unknown(name)]
    main = [each for each in titles if not each.get("titleType")]
    if not titles:
        return ""
    if not main:
        remarks.add(
            text(titles[0]["title"]), f"a main title; one of type {text(titles[0]['titleType'])} is kept"
        )
    kept = _in_language(main, tag) or (main or titles)[0]
    if len(main) > 1:
        remarks.add(f"{len(main)} main titles", "one; that in the record's language is kept, else the first")
    return text(kept["title"])


def _in_language(pieces: list[dict[str, Any]], tag: str | None) -> dict[str, Any] | None:
    return next((each for each in pieces if tag and text(each.get("lang")).lower() == tag.lower()), None)


def _abstract(value: Any, tag: str | None) -> str | None:
    found = [
        each
        for each in objects(value)
        if each.get("descriptionType") == "Abstract" and text(each.get("description"))
    ]
    return text((_in_language(found, tag) or found[0])["description"]) if found else None


def _issued(bare: Mapping[str, Any], remarks: Remarks) -> PartialDate | None:
    """Return the date of type Issued, else the year of publication."""
    for entry in objects(bare.get("dates")):
        if (
            entry.get("dateType") == "Issued"
            and (printed := text(entry.get("date")))
            and not is_unknown(printed)
        ):
            if (partial := from_iso(printed)) is not None:
                return partial
            remarks.add(printed, "one date of the calendar; the year of publication stands for it")
    year = bare.get("publicationYear")
    partial, is_whole = from_parts([year] if year is not None else [])
    if not is_whole:
        remarks.add(year, "a year of publication; it is left out")
    return partial


def _identifiers(bare: Mapping[str, Any], key: Any, remarks: Remarks) -> tuple[Identifier, ...]:
    doi = bare.get("doi")
    said = [identified("doi", doi if doi else key, remarks)]
    for entry in objects(bare.get("identifiers")):
        said.append(_related(entry, "identifier", remarks))
    for entry in objects(bare.get("alternateIdentifiers")):
        said.append(_related(entry, "alternateIdentifier", remarks))
    return distinct(said)


def _related(entry: Mapping[str, Any], key: str, remarks: Remarks) -> Identifier | None:
    """Return an identifier by the type that the entry gives it; an address of type URL by its form."""
    kind = text(entry.get(f"{key}Type")).lower()
    printed = entry.get(key)
    if kind in _SCHEMES:
        return identified(_SCHEMES[kind], printed, remarks)
    if kind == "url" and isinstance(printed, str):
        return by_address(printed, "paper")
    return None


def _kind(value: Any) -> str | None:
    general = text(part(value, "resourceTypeGeneral"))
    if general == "Text":  # what text it is stands in a field of free text
        squeezed = re.sub(r"[^a-z]", "", text(part(value, "resourceType")).lower())
        return KINDS_OF_TEXT.get(squeezed, "other")
    return KINDS.get(general, "other") if general else None


def _published(bare: Mapping[str, Any]) -> Published | None:
    """Return where it came out: `container`, else the related item that it is published in; and the publisher."""
    related = (e for e in objects(bare.get("relatedItems")) if e.get("relationType") == "IsPublishedIn")
    place = bare.get("container") or next(related, None)
    titles = objects(part(place, "titles"))
    pages = [text(part(place, key)) for key in ("firstPage", "lastPage")]
    publisher = bare.get("publisher")
    found = Published(
        text(part(place, "title")) or (text(titles[0].get("title")) if titles else "") or None,
        text(part(place, "volume")) or None,
        text(part(place, "issue")) or None,
        "-".join(filter(None, pages)) or None,
        first_text(part(publisher, "name") if isinstance(publisher, dict) else publisher),
    )
    return found if found != Published() else None
