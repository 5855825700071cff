"""Reader of the exports of Web of Science: plain text with tags, and tab-delimited.

    FN Clarivate Analytics Web of Science        opens the file
    PT J                                         opens a record
    AU Ding, N                                   an author a line
       Qin, YJ
    AF Ding, Ning                                the same authors, with whole names
       Qin, Yujia
    C1 [Ding, Ning; Qin, Yujia] Tsinghua Univ, Beijing, Peoples R China.
    ER                                           closes the record

The tab-delimited export has the same tags as its header and lists in one cell, parted by "; "; it is UTF-8 or UTF-16.
Sources: images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html (tags),
webofscience.zendesk.com/hc/en-us/articles/26916215746321 (authors and their addresses),
github.com/UWNETLAB/metaknowledge/blob/master/metaknowledge/tests/TwoPaper.isi (a real file).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Final

from ..errors import UnreadableFile
from ..identifiers import identifier
from ..person_names import laid_over
from ..records import Category, Identifier, Lines, Problem, Record
from .languages import language_of
from .lenient_text import lenient_lines
from .paper_draft import Author, Draft, page_range, published
from .partial_dates import from_text
from .printed_identifiers import parted_isbns
from .record_limits import LONGEST_ROW_BYTES
from .table_rows import Row, table_rows
from .tagged_records import Dialect, TaggedRecord, tagged_records

NAME = "web_of_science"
TITLE = "Web of Science, plain text or tab-delimited"

_Fields = dict[str, list[str]]  # tag -> what stands there, lists taken apart

_TAG: Final = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?", re.DOTALL)
_OPENING: Final = re.compile(r"\s*FN [^\n]*\r?\n\s*VR 1\.\d\s*\n|PT [JBSPCD]\r?\n(?:AU|AF|BA|CA|GP|TI) ")
_COLUMNS: Final = {"PT", "AU", "TI", "SO"}
_PARTED: Final = {tag: re.compile(r";\s+") for tag in ("AU", "AF", "BA", "BF", "CA", "GP", "CR")} | {
    "C1": re.compile(r";\s+(?=\[)")
}
_NAMED_PLACE: Final = re.compile(r"\[([^\]]*)\]\s*(.+)", re.DOTALL)
_DOI: Final = re.compile(r"\bDOI\s+(?:DOI\s+)?\[?(?:DOI\s+)?(10\.\d{4,9}/[^\s\]]+)", re.IGNORECASE)
# A document has one type or several ("Article; Proceedings Paper"); the first row that fits counts.
_KINDS: Final = (
    ("conference-paper", {"Proceedings Paper"}),
    ("chapter", {"Book Chapter"}),
    ("book", {"Book"}),
    ("review", {"Review", "Review Article"}),
    ("article", {"Article", "Data Paper"}),
    ("editorial", {"Editorial Material"}),
    ("letter", {"Letter"}),
    ("dataset", {"Data Set", "Dataset"}),
    ("preprint", {"Preprint"}),
    ("thesis", {"Dissertation/Thesis", "Thesis/Dissertation"}),
)
_DIALECT: Final = Dialect(
    lambda line: (found[1], found[2] or "") if (found := _TAG.fullmatch(line.lstrip("\ufeff"))) else None,
    first="PT",
    last="ER",
    outside=frozenset({"FN", "VR", "EF"}),
)


def sniff(head: str) -> bool:
    """Return whether the beginning of a file is one of the two exports; UTF-16 text shows by its mark and its NULs."""
    text = head.lstrip("\ufeff\ufffd")
    return _OPENING.match(text.replace("\0", "")) is not None or _is_table(text)


def _is_table(head: str) -> bool:
    line = head.replace("\0", "").split("\n", 1)[0]
    cells = [cell.strip().strip('"') for cell in line.split("\t")]
    return set(cells) >= _COLUMNS and all(re.fullmatch(r"[A-Z][A-Z0-9]|\W*", cell) for cell in cells)


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file.

    Raises:
        UnreadableFile: a table whose header cannot be read.
    """
    lines = lenient_lines(stream, LONGEST_ROW_BYTES)
    first = next(lines, None)
    whole = chain([first] if first else [], lines)
    if first and _is_table(first.text):
        rows = table_rows(whole, "\t", is_quoted=False)
        header = next(rows, None)
        if not isinstance(header, Row):
            raise UnreadableFile(
                path, f"found {header.found if header else 'nothing'}, expected a header line", 1
            )
        tags = [tag.strip().strip('"') for tag in header.cells]
        for row in rows:
            yield from (
                [row] if isinstance(row, Problem) else _paper(_of_row(tags, row), Lines(row.first, row.last))
            )
        return
    for record in tagged_records(whole, _DIALECT):
        yield from [record] if isinstance(record, Problem) else _tagged(record)


def _of_row(tags: list[str], row: Row) -> _Fields:
    """The cells of a row, those that hold lists taken apart."""
    cells = {tag: cell.strip() for tag, cell in zip(tags, row.cells, strict=True) if cell.strip()}
    return {tag: _PARTED[tag].split(cell) if tag in _PARTED else [cell] for tag, cell in cells.items()}


def _tagged(record: TaggedRecord) -> Iterator[Record]:
    lines = Lines(record.first, record.last)
    if record.faults:
        yield Problem(lines, record.faults[0], "lines of UTF-8 or UTF-16 text", True)
        return
    fields: _Fields = {}
    for tag, parts in record.fields:
        fields.setdefault(tag, []).extend(part for part in parts if part)
    yield from _paper(fields, lines, is_closed=record.is_closed, is_cut=record.is_cut)


def _paper(
    fields: _Fields, lines: Lines, *, is_closed: bool = True, is_cut: bool = False
) -> Iterator[Record]:
    draft = Draft(lines, is_truncated=is_cut)
    if not is_closed:
        draft.remark("a record without an end", "a line ER; kept as far as it goes")
    by_name = _people(fields, draft)
    _places(fields, by_name, draft)
    _author_identifiers(fields, by_name, draft)
    _say(fields, draft)
    _identify(fields, draft)
    yield from draft.finished()


def _text(fields: _Fields, tag: str) -> str:
    return " ".join(fields.get(tag, ()))


def _items(fields: _Fields, tag: str) -> list[str]:
    """The items of a list that is parted by semicolons in both exports."""
    return [item for part in _text(fields, tag).split(";") if (item := part.strip())]


def _key(name: str) -> str:
    return " ".join(name.replace(".", " ").casefold().split())


def _people(fields: _Fields, draft: Draft) -> dict[str, Author]:
    """Add the authors, then the groups; return them by each printed form of their names that is nobody else's."""
    short, whole = fields.get("AU") or fields.get("BA", []), fields.get("AF") or fields.get("BF", [])
    if short and whole and len(short) != len(whole):
        kept = (
            "the whole names are kept" if len(short) < len(whole) else "those that AF lacks are kept as in AU"
        )
        draft.remark(f"{len(short)} names in AU, {len(whole)} in AF", f"as many; {kept}")
    if len(short) > len(whole):
        places = laid_over(short, whole)
        whole = [short[at] if place is None else whole[place] for at, place in enumerate(places)]
    by_name: dict[str, Author | None] = {}
    for index, printed in enumerate(whole or short):
        author = draft.add_author(printed)
        forms = {printed, short[index]} if len(short) == len(whole) else {printed}
        for form in map(_key, forms) if author else ():
            by_name[form] = None if form in by_name else author
    for group in fields.get("CA") or fields.get("GP", []):
        draft.add_author(group, str, is_collective=True)
    return {form: author for form, author in by_name.items() if author}


def _places(fields: _Fields, by_name: dict[str, Author], draft: Draft) -> None:
    """Tie addresses to the authors named before them; of the paper are the organisations (C3), and other addresses."""
    draft.institutions = _items(fields, "C3")
    for text in fields.get("C1", ()):
        named = _NAMED_PLACE.fullmatch(text)
        if named is None and draft.alone:
            draft.alone.affiliations.append(text)
        elif named is None:
            # An address begins with the organisation; whose it is, older records do not say.
            draft.institutions += [text.split(",")[0].strip()] if "C3" not in fields else []
        else:
            for name in named[1].split(";"):
                if author := by_name.get(_key(name)):
                    author.affiliations.append(named[2].strip())
                else:
                    draft.remark(f"the address of {name.strip()}", "the name of one of the authors; left out")


def _author_identifiers(fields: _Fields, by_name: dict[str, Author], draft: Draft) -> None:
    """ "Ding, Ning/AAA-1234-2020": what stands behind the last stroke belongs to the author of that name."""
    for tag, scheme in (("RI", "researcherid"), ("OI", "orcid")):
        for item in _items(fields, tag):
            name, _, printed = item.rpartition("/")
            author = by_name.get(_key(name))
            if author is None:
                draft.remark(item, "the name of one of the authors before the stroke; left out")
            elif found := draft.claimed(scheme, printed):
                author.identifiers.append(found)


def _say(fields: _Fields, draft: Draft) -> None:
    """Title, abstract, kind, date, place of publication, categories, citations."""
    draft.say(_text(fields, "TI"), _text(fields, "AB"))
    types = set(_items(fields, "DT"))
    draft.kind = next((kind for kind, names in _KINDS if names & types), "other" if types else None)
    day, year = _text(fields, "PD"), _text(fields, "PY")
    printed = day if year and year in day else f"{day} {year}".strip()
    draft.date(from_text(printed), printed)
    last = _text(fields, "EP").strip("+")
    pages = page_range(_text(fields, "BP"), last, _text(fields, "AR"))
    volume, issue, publisher = (_text(fields, tag) for tag in ("VL", "IS", "PU"))
    draft.published = published(_text(fields, "SO"), volume, issue, pages, publisher)
    draft.language = language_of(_text(fields, "LA"), draft.remark)
    draft.keywords = _items(fields, "DE")
    draft.categories = [Category(name, name, "wos") for name in _items(fields, "WC")]
    draft.report("citations", _text(fields, "TC"))


def _identify(fields: _Fields, draft: Draft) -> None:
    """Identifiers of the paper and of what it cites; BN and D2 are those of a book that a chapter stands in."""
    for tag, scheme in (("UT", "wos"), ("DI", "doi"), ("PM", "pmid")):
        draft.identify(scheme, _text(fields, tag))
    if draft.kind == "book":
        for printed in parted_isbns(_text(fields, "BN")):
            draft.identify("isbn", printed)
    draft.references = list(_cited(fields.get("CR", [])))


def _cited(references: list[str]) -> Iterator[Identifier]:
    """The DOI of each reference that has one; of several the first."""
    for text in references:
        found = _DOI.search(text)
        if found and (doi := identifier("doi", found[1])):
            yield doi
