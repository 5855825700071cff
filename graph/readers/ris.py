"""Reader of RIS, the export of reference managers and publishers.

    TY  - JOUR                                   opens a record, names its type
    AU  - Shannon, Claude E.                     an author a line; A1 in older files, A2, A3 and ED are editors
    PY  - 1948/07//                              year/month/day/other; also Y1 and DA
    ER  -                                        closes it

Sources: refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html, adeptscience.co.uk/kb/article/A626 (tags, types,
line form), en.wikipedia.org/wiki/RIS_(file_format). Own loop, not rispy: rispy 0.10 holds the whole file, knows no
line numbers, and drops or merges records without TY or ER without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from ..identifiers import by_address, identifier
from ..records import Lines, Problem, Record
from .languages import language_of
from .lenient_text import lenient_lines
from .paper_draft import Draft, page_range, published
from .partial_dates import from_text
from .printed_identifiers import parted_isbns
from .tagged_records import Dialect, TaggedRecord, tagged_records

NAME = "ris"
TITLE = "RIS, export of reference managers"

# Some programs leave one of the two spaces out; a line of text as "US - based" must not be a tag in a proper file.
_TAG: Final = re.compile(r"[\r\ufeff\f]*([A-Z][A-Z0-9])  ?-(?:[ \t]+(.*))?", re.DOTALL)
_PROPER: Final = re.compile(r"[\r\ufeff\f]*([A-Z][A-Z0-9])  -(?:[ \t]*(.*))?", re.DOTALL)
_OPENING: Final = re.compile(r"(?m)^[\r\ufeff\f]*TY  ?- ?[ \t]*[A-Za-z]{2,12}[ \t]*\r?$")
_ANY_TAG: Final = re.compile(r"(?m)^[\r\ufeff\f]*[A-Z][A-Z0-9]  ?-")
_NUMBERING: Final = re.compile(r"\W*\d{1,9}\W*")
_AUTHORS: Final = ("AU", "A1")
_EDITORS: Final = ("A2", "A3", "ED")
_TITLES: Final = ("TI", "T1", "CT")
# Windows ANSI is the character set of the format by its specification; UTF-8 is what is written today.
_SECOND_ENCODING: Final = "cp1252"
_KINDS: Final = {
    kind: name
    for name, kinds in {
        "article": "JOUR JFULL EJOUR MGZN NEWS INPR",
        "book": "BOOK EBOOK EDBOOK WHOLE",
        "chapter": "CHAP ECHAP",
        "conference-paper": "CONF CPAPER ABST",
        "dataset": "DATA AGGR DBASE",
        "preprint": "UNPB PREPRINT UNPD",
        "report": "RPRT GOVDOC",
        "software": "COMP",
        "standard": "STAND",
        "thesis": "THES",
    }.items()
    for kind in kinds.split()
}
_BOOKS: Final = {"book", "thesis", "report"}


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is RIS: a line TY with a type, and only tags or numbers above it."""
    opening = _OPENING.search(head)
    tag = _ANY_TAG.search(head)
    return (
        opening is not None and tag is not None and tag.start() == opening.start() and opening.start() < 4000
    )


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file; `path` is not needed."""
    lines = lenient_lines(stream, second_encoding=_SECOND_ENCODING)
    dialect = Dialect(_Splitter(), "TY", "ER", is_noise=lambda text: _NUMBERING.fullmatch(text) is not None)
    for record in tagged_records(lines, dialect):
        if isinstance(record, Problem):
            yield record
        else:
            yield from _paper(record)


class _Splitter:
    """Tag and value of a line. The first line TY of the file says how many spaces stand before the dash."""

    def __init__(self) -> None:
        self.form = _TAG
        self.is_known = False

    def __call__(self, line: str) -> tuple[str, str] | None:
        found = self.form.fullmatch(line)
        if found is None:
            return None
        if not self.is_known and found[1] == "TY":
            self.is_known = True
            self.form = _PROPER if "TY  -" in line else _TAG
        return found[1], found[2] or ""


def _paper(record: TaggedRecord) -> Iterator[Record]:
    draft = Draft(Lines(record.first, record.last))
    broken = next((fault for fault in record.faults if "UTF-8" not in fault), "")
    glued = all(len(set(record.texts(tag))) > 1 for tag in ("TI", "DO")) or record.texts("TY")[1:]
    if broken or glued:
        found, expected = (
            (broken, "lines of text") if broken else ("two titles and two DOIs", "one record, then ER")
        )
        yield Problem(draft.lines, found, expected, True)
        return
    if record.faults:
        draft.remark(record.faults[0], "UTF-8; read as Windows-1252, the character set of the format")
    if not record.text("TY"):
        draft.remark("a record without a type", "a line TY at its beginning")
    if not record.is_closed:
        draft.remark("a record without an end", "a line ER; kept as far as it goes")
        draft.is_truncated = record.is_cut
    _people(record, draft)
    _say(record, draft)
    _identify(record, draft)
    yield from draft.finished()


def _people(record: TaggedRecord, draft: Draft) -> None:
    """The authors in the order of the file, and where they work."""
    one, other = (record.texts(tag) for tag in _AUTHORS)
    # Some programs print every author under both tags.
    printed = one if one == other else [field.text for field in record.fields if field.tag in _AUTHORS]
    for text in printed:
        names = [name for piece in text.split(";") if (name := piece.strip())] or [text]
        if len(names) > 1:
            draft.remark(text, "one author a line; taken apart at the semicolons")
        for name in names:
            if " and " in name and "," in name:
                draft.remark(name, "one author a line; kept as one name")
            draft.add_author(name)
    editors = sum(len(record.texts(tag)) for tag in _EDITORS)
    if not draft.authors and editors:
        draft.remark(f"no authors, {editors} editors", "authors in AU or A1; editors are not authors")
    places = [place for tag in ("AD", "C1") for text in record.texts(tag) for place in _places(text)]
    if draft.alone:
        draft.alone.affiliations = places
    else:
        draft.institutions = places  # whose they are, the format cannot say


def _places(text: str) -> Iterator[str]:
    return (place for piece in text.split(";") if any(map(str.isalpha, place := " ".join(piece.split()))))


def _say(record: TaggedRecord, draft: Draft) -> None:
    """Title, abstract, kind, date and place of publication."""
    kind = record.text("TY").upper()
    draft.kind = _KINDS.get(kind, "other") if kind else None
    titles = [text for tag in _TITLES for text in record.texts(tag)]
    if not titles and draft.kind in _BOOKS:
        titles = record.texts("BT") + record.texts("T2")
    if len(set(titles)) > 1:
        draft.remark(f"a second title: {titles[1]}", "one title; the first is kept")
    draft.say(titles[0] if titles else "", record.text("AB") or record.text("N2"))
    _date(record, draft)
    venues = ("T2", "JF", "JO", "BT", "JA", "J2") if kind == "CONF" else ("JF", "JO", "T2", "BT", "J2", "JA")
    venue = next((text for tag in venues if (text := record.text(tag))), "")
    pages = page_range(record.text("SP"), record.text("EP"))
    volume, issue = record.text("VL") or record.text("VO"), record.text("IS")
    draft.published = published(
        venue if venue != draft.title else "", volume, issue, pages, record.text("PB")
    )
    draft.language = language_of(record.text("LA"), draft.remark)
    draft.keywords = [
        word for text in record.texts("KW") for part in text.split(";") if (word := part.strip())
    ]


def _date(record: TaggedRecord, draft: Draft) -> None:
    """The first of PY, Y1 and DA that is a date; the more precise of two that agree in the year."""
    year = next((text[:4] for tag in ("PY", "Y1") for text in record.texts(tag) if text[:4].isdecimal()), "")
    for tag in ("PY", "Y1", "DA"):
        for text in record.texts(tag):
            dated = from_text(text, year if tag == "DA" else "")
            had, has = draft.issued, dated.date
            is_finer = had and has and has.year == had.year and had.month is None and has.month
            if had is None or is_finer:
                draft.date(dated, text)


def _identify(record: TaggedRecord, draft: Draft) -> None:
    """Identifiers: the DOI, and addresses that are those of a known scheme; the ISBN only where it is the paper's."""
    for text in record.texts("DO"):
        draft.identify("doi", text)
    known = {had.scheme for had in draft.identifiers}
    for address in record.texts("UR") + record.texts("L2"):
        if (found := by_address(address, "paper")) and found.scheme not in known:
            draft.identifiers.append(found)
    for text in record.texts("SN") if draft.kind == "book" else ():
        draft.identifiers += filter(None, (identifier("isbn", part) for part in parted_isbns(text)))
