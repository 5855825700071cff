"""Reader of the CSV export of Scopus.

    Authors              "Hao J.; High R."                             until 2022 "Hao J., High R."
    Author full names    "Hao, Jie (57221302630); High, Robin (670…)"  since 2022
    Author(s) ID         "57221302630; 6701683718"                     until 2022 with a last ";"
    Affiliations         "Univ. of Nebraska, Omaha, United States; …"
    Authors with affiliations
                         "Hao J., Univ. of Nebraska, Omaha, United States; …"   until 2022 "Hao, J., Univ. …"

Sources: real exports of both forms, github.com/NLeSC/litstudy/tree/master/tests/resources (scopus.csv,
scopus_v2.csv) and github.com/NLeSC/litstudy/issues/49; github.com/massimoaria/bibliometrix/issues/247 (separators).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import IO, Final

from ..errors import UnreadableFile
from ..person_names import laid_over, spoken, turned
from ..records import Lines, Problem, Record
from .languages import language_of
from .lenient_text import lenient_lines
from .paper_draft import Author, Draft, page_range, published
from .partial_dates import from_text
from .printed_identifiers import parted_isbns
from .record_limits import LONGEST_ROW_BYTES
from .table_rows import Row, table_rows

NAME = "scopus"
TITLE = "Scopus, CSV export"

_Cells = dict[str, str]  # column -> cell, trimmed; empty ones are left out

_ALWAYS: Final = {"Authors", "Title", "Year", "Source title"}
_OWN: Final = {"EID", "Author(s) ID", "Author full names", "Authors with affiliations", "Art. No."}
_ID: Final = re.compile(r"\d{6,12}\)")
_MOST_PIECES: Final = 30  # between the commas of one address
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+")
_NONE: Final = re.compile(r"\[No (?:abstract|author name|author id|title)s? available\]", re.IGNORECASE)
_AHEAD: Final = 50  # authors without an address that may stand between two with one
# Types: elsevier.com Scopus Content Coverage Guide, "Document types".
_KINDS: Final = {
    "article": "article",
    "article in press": "article",
    "book": "book",
    "book chapter": "chapter",
    "business article": "article",
    "conference paper": "conference-paper",
    "conference review": "proceedings",
    "data paper": "article",
    "dissertation": "thesis",
    "editorial": "editorial",
    "letter": "letter",
    "preprint": "preprint",
    "report": "report",
    "review": "review",
    "short survey": "review",
}


def sniff(head: str) -> bool:
    """Return whether the first line is the header of such an export."""
    columns = set(_columns(head.split("\n", 1)[0]))
    return columns >= _ALWAYS and len(columns & _OWN) > 0


def _columns(line: str) -> list[str]:
    """The names of a header line; none where it is no CSV."""
    try:
        cells = next(csv.reader([line.strip().lstrip("\ufeff")], strict=True), [])
    except csv.Error:
        return []
    return [cell.strip().lstrip("\ufeff").strip('"') for cell in cells]


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file.

    Raises:
        UnreadableFile: the header cannot be read.
    """
    rows = table_rows(lenient_lines(stream, LONGEST_ROW_BYTES), ",", is_quoted=True)
    header = next(rows, None)
    if not isinstance(header, Row):
        raise UnreadableFile(
            path, f"found {header.found if header else 'nothing'}, expected a header line", 1
        )
    columns = [cell.strip().lstrip("\ufeff").strip('"') for cell in header.cells]
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            pairs = zip(columns, row.cells, strict=True)
            cells = {
                name: text for name, cell in pairs if (text := cell.strip()) and not _NONE.fullmatch(text)
            }
            yield from _paper(cells, Lines(row.first, row.last))


def _paper(cells: _Cells, lines: Lines) -> Iterator[Record]:
    draft = Draft(lines)
    people = _people(cells, draft)
    _places(cells, people, draft)
    _say(cells, draft)
    for column, scheme in (("DOI", "doi"), ("EID", "scopus"), ("PubMed ID", "pmid")):
        draft.identify(scheme, cells.get(column, ""))
    if draft.kind == "book":
        for printed in parted_isbns(cells.get("ISBN", "")):
            draft.identify("isbn", printed)
    yield from draft.finished()


def _parted(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip())]


def _people(cells: _Cells, draft: Draft) -> list[tuple[str, Author | None]]:
    """Add the authors with their numbers; return each with their short name, "" where it is not known."""
    ids = _parted(cells.get("Author(s) ID", ""))
    short = _short_names(cells.get("Authors", ""), len(ids))
    whole = [_numbered(name) for name in _parted(cells.get("Author full names", ""))]
    if not whole:
        fits = len(ids) == len(short)
        if ids and not fits:
            draft.remark(
                f"{len(short)} authors, {len(ids)} numbers of authors", "as many; the numbers are left out"
            )
            draft.is_truncated, draft.author_count = len(ids) > len(short), len(ids)
        whole = [(name, ids[index] if fits else "") for index, name in enumerate(short)]
    elif len(short) > len(whole):
        draft.remark(
            f"{len(short)} short names, {len(whole)} whole ones",
            "as many; those without a whole name are kept by the short one",
        )
        numbers = ids if len(ids) == len(short) else [""] * len(short)
        places = laid_over(short, [name for name, _ in whole])
        whole = [
            (short[at], numbers[at]) if place is None else whole[place] for at, place in enumerate(places)
        ]
    elif len(short) < len(whole):
        draft.remark(f"{len(short)} short names, {len(whole)} whole ones", "as many; the whole ones are kept")
        short = [""] * len(whole)
    authors = []
    for printed, number in whole:
        author = draft.add_author(printed, turned if "," in printed else _spoken)
        authors.append(author)
        if author and (found := draft.claimed("scopus-author", number)):
            author.identifiers.append(found)
    return list(zip(short, authors, strict=True))


def _numbered(name: str) -> tuple[str, str]:
    """Return "Hao, Jie (57221302630)" as name and number."""
    printed, _, number = name.rpartition("(")
    return (printed.strip(), number[:-1]) if printed and _ID.fullmatch(number) else (name, "")


def _short_names(text: str, expected: int) -> list[str]:
    """Take "Hao J.; High R." or the older "Hao J., High R." apart; the number of authors decides where both can be."""
    names = _parted(text)
    if len(names) == 1 and expected != 1 and "," in text:
        return [name for part in text.split(",") if (name := part.strip())]
    return names


def _spoken(printed: str) -> str:
    """Return "MacKerell Jr. A.D." with the initials first; a name without initials at its end as it stands."""
    family, _, initials = printed.rpartition(" ")
    return spoken(initials, family) if family and _INITIALS.fullmatch(initials) else " ".join(printed.split())


def _places(cells: _Cells, people: list[tuple[str, Author | None]], draft: Draft) -> None:
    """Tie addresses to the authors whose names stand before them; without such a column they are the paper's."""
    known = set(_parted(cells.get("Affiliations", "")))
    forms = [_forms(short) for short, _ in people]
    text = cells.get("Authors with affiliations", "")
    if not text:
        draft.institutions = _parted(cells.get("Affiliations", ""))
        return
    place = -1
    gathered: dict[int, str] = {}
    for entry in _parted(text):
        ahead = range(place + 1, min(place + _AHEAD, len(people)))
        found = next(
            ((index, rest) for index in ahead if (rest := _behind(entry, forms[index])) is not None), None
        )
        if found is not None:
            place, gathered[found[0]] = found
        elif place >= 0:  # a semicolon inside an address
            gathered[place] += "; " + entry
        else:
            draft.remark(entry, "the name of one of the authors before an address; left out")
    for index, addresses in gathered.items():
        if author := people[index][1]:
            author.affiliations = list(_known_first(addresses, known))


def _forms(short: str) -> tuple[str, ...]:
    """How an author's name begins an entry of addresses: "Hao J.," today, "Hao, J.," before."""
    return (short + ",", ", ".join(short.rsplit(" ", 1)) + ",") if short else ()


def _behind(entry: str, forms: tuple[str, ...]) -> str | None:
    """Return what stands behind an author's name in an entry; None where it is not theirs."""
    for form in forms:
        if entry.startswith(form) or entry == form[:-1]:
            return entry[len(form) :].strip()
    return None


def _known_first(text: str, known: set[str]) -> Iterator[str]:
    """Take addresses joined by commas apart where they are those of the paper; else what is left is one line."""
    pieces = text.split(", ") if text else []
    start = 0
    while start < len(pieces):
        ends = range(min(len(pieces), start + _MOST_PIECES), start, -1)
        end = next((end for end in ends if ", ".join(pieces[start:end]) in known), len(pieces))
        yield ", ".join(pieces[start:end])
        start = end


def _say(cells: _Cells, draft: Draft) -> None:
    """Title, abstract, kind, date, place of publication, citations."""
    draft.say(cells.get("Title", ""), cells.get("Abstract", ""))
    kind = cells.get("Document Type", "").lower()
    draft.kind = _KINDS.get(kind, "other") if kind else None
    year = cells.get("Year", "")
    draft.date(from_text(year), year)
    pages = page_range(cells.get("Page start", ""), cells.get("Page end", ""), cells.get("Art. No.", ""))
    venue, volume, issue = (cells.get(name, "") for name in ("Source title", "Volume", "Issue"))
    draft.published = published(venue, volume, issue, pages, cells.get("Publisher", ""))
    draft.language = language_of(cells.get("Language of Original Document", ""), draft.remark)
    draft.keywords = _parted(cells.get("Author Keywords", ""))
    draft.report("citations", cells.get("Cited by", ""))
