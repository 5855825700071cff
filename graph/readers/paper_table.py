"""Reader of plain tables of papers: CSV, TSV or with semicolons, with a header line.

    title,authors,year,doi                        a row a paper, its authors parted by ; or |
    Notes on the Engine,Lovelace; Menabrea,1843,

    paper_id;title;author;position;institution    or a row an author of a paper, those of a paper together
    p1;Notes on the Engine;Ada Lovelace;1;
    p1;Notes on the Engine;Luigi Menabrea;2;

Columns are known by the usual spellings of their names; others are left out and named at the end. Rows that follow
each other and say the same of a paper are one paper. The form is that of RFC 4180; `table_rows` says what is done with
broken rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Final

from ..categories import is_code, resolve
from ..errors import BrokenOff, UnreadableFile, shorten
from ..identifiers import by_address
from ..person_names import cut
from ..records import Category, Lines, Problem, Record
from .author_cells import COMMA, authors_in, parted_by
from .languages import language_of
from .lenient_text import lenient_lines
from .markup import plain_text
from .paper_draft import Author, Draft, published
from .partial_dates import from_text
from .record_limits import LONGEST_ROW_BYTES
from .table_columns import delimiter_of, meanings, says_commas, unread
from .table_numbers import Namesakes, numbers_in
from .table_rows import Row, table_rows

NAME = "paper_table"
TITLE = "Table of papers and authors (CSV, TSV), with a header line"

_SAMPLE: Final = 500  # rows that are looked at before it is said what parts the authors
_MOST_COLUMNS: Final = 20  # that are named as not read
_REMEMBERED: Final = 100_000  # papers whose rows are known to have stood together
_SEPARATOR_LINE: Final = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)  # written above the header for Excel
_NOTHING: Final = {"", "na", "n/a", "nan", "null", "none", "-", "–", "?"}
_OF_PAPER: Final = (
    "paper_id",
    "doi",
    "arxiv",
    "pmid",
    "pmcid",
    "openalex",
    "s2",
    "title",
    "year",
    "date",
    "venue",
)
_SCHEMES: Final = ("doi", "arxiv", "pmid", "pmcid", "openalex", "s2")
_APART: Final = "all rows of a paper one after the other: sort the table by paper"
_BEFORE_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER: Final = re.compile(r"\d{1,6}(?:\.0)?")
_PLACES: Final = {"first", "middle", "last"}
_PARTED: Final = re.compile(r"[;|\n]")
_KINDS: Final = {
    "article": "article|journal article|journal|journal paper|research article|article journal",
    "book": "book|monograph",
    "chapter": "chapter|book chapter|book section|incollection|inbook",
    "conference-paper": "conference paper|conference|inproceedings|proceedings article|proceedings paper",
    "dataset": "dataset|data set",
    "preprint": "preprint|posted content",
    "report": "report|techreport|technical report",
    "review": "review",
    "software": "software",
    "thesis": "thesis|phdthesis|mastersthesis|dissertation",
}
_KIND_OF: Final = {name: kind for kind, names in _KINDS.items() for name in names.split("|")}


@dataclass(slots=True)
class _Table:
    """What the header says, and what the first rows show; `seen` is filled while reading, `namesakes` before."""

    columns: dict[str, int]
    unread: list[str]
    line: int
    parted: frozenset[str] = frozenset()
    is_long: bool = False  # whether a row is an author of a paper
    seen: dict[int, None] = field(default_factory=dict)
    namesakes: Namesakes = field(default_factory=Namesakes)

    def cell(self, row: Row, meaning: str) -> str:
        """The cell of a column, trimmed; "" where there is no such column, or the cell says that there is nothing."""
        place = self.columns.get(meaning)
        text = row.cells[place].strip() if place is not None else ""
        return "" if text.lower() in _NOTHING else text

    def key(self, row: Row) -> tuple[str, ...]:
        """What a row says of its paper, so that rows of one paper are known."""
        number = self.cell(row, "paper_id") or self.cell(row, "doi")
        return (number,) if number else tuple(self.cell(row, meaning) for meaning in _OF_PAPER)


def sniff(head: str) -> bool:
    """Return whether the first line is a header with a column for papers and one for authors."""
    lines = head.lstrip("\ufeff\ufffd").replace("\0", "").split("\n", 9)
    return delimiter_of(next(filter(_is_header, lines), "")) is not None


def _is_header(line: str) -> bool:
    return bool(line.strip()) and _SEPARATOR_LINE.fullmatch(line) is None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file; then what columns were not read.

    A stream that cannot be read twice gives authors whom their numbers keep apart from nobody.

    Raises:
        UnreadableFile: no header with a column for papers and one for authors.
    """
    start = stream.tell() if stream.seekable() else None
    table, rows = _begun(stream, path)
    if start is not None and "author_id" in table.columns:
        with suppress(BrokenOff):  # whoever reads it comes to that again, and tells it
            for row in rows:
                if isinstance(row, Row):
                    names = authors_in(cut(table.cell(row, "authors"))[0], table.parted)
                    table.namesakes.note(names or [], table.cell(row, "author_id"))
        stream.seek(start)
        namesakes, (table, rows) = table.namesakes, _begun(stream, path)
        table.namesakes = namesakes
    yield from _read(table, rows)
    if table.unread:
        more = f" and {len(table.unread) - _MOST_COLUMNS} more" if len(table.unread) > _MOST_COLUMNS else ""
        found = shorten(f"columns that are not read: {', '.join(table.unread[:_MOST_COLUMNS])}", 1_000)
        yield Problem(
            Lines(table.line, table.line), found + more, "columns by their usual names; left out", False
        )
    if table.namesakes.is_full:
        found = "more names with numbers than are compared"
        yield Problem(Lines(1, 1), found, "fewer in one file: split it; namesakes may be one", False)


def _begun(stream: IO[bytes], path: str) -> tuple[_Table, Iterator[Row | Problem]]:
    """What a table says of itself, and its rows."""
    lines = lenient_lines(stream, LONGEST_ROW_BYTES)
    first = next(
        (line for line in lines if line.text.strip() and not _SEPARATOR_LINE.fullmatch(line.text)), None
    )
    delimiter = delimiter_of(first.text) if first and not first.fault else None
    if first is None or delimiter is None:
        found = first.fault or "no such header" if first else "no line of text"
        raise UnreadableFile(
            path, f"found {found}, expected a header that names a paper's title and its authors", 1
        )
    rows = table_rows(chain([first], lines), delimiter, is_quoted=True)
    header = next(rows)
    names = header.cells if isinstance(header, Row) else []
    columns = meanings(names)
    if "authors" not in columns or {"author", "position"} <= columns.keys():
        columns["authors"] = columns["author"]
    sample = list(islice(rows, _SAMPLE))
    whole = [row for row in sample if isinstance(row, Row)]
    table = _Table(columns, unread(names, columns, [row.cells for row in whole]), first.number)
    _look(table, whole, names[columns["authors"]])
    return table, chain(sample, rows)


def _read(table: _Table, rows: Iterator[Row | Problem]) -> Iterator[Record]:
    group: list[Row] = []
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif group and table.is_long and table.key(row) == table.key(group[0]) and len(group) < _REMEMBERED:
            group.append(row)
        else:
            yield from _paper(group, table)
            group = [row]
    yield from _paper(group, table)


def _look(table: _Table, sample: list[Row], name: str) -> None:
    """Note what parts the authors, and whether a row is one of them: no cell holds two, and papers come again."""
    cells = [text for row in sample if (text := cut(table.cell(row, "authors"))[0])]
    table.parted = parted_by(cells) | ({COMMA} if says_commas(name) else set())
    has_lists = any(len(authors_in(cell, table.parted) or ()) > 1 for cell in cells)
    comes_again = len({table.key(row) for row in sample}) < len(sample)
    table.is_long = "position" in table.columns or (comes_again and not has_lists)


def _paper(rows: list[Row], table: _Table) -> Iterator[Record]:
    """The paper that a group of rows is of; a group whose paper has had its rows before is refused."""
    if not rows:
        return
    lines = Lines(rows[0].first, rows[-1].last)
    key = hash(table.key(rows[0]))
    if table.is_long and key in table.seen:
        yield Problem(lines, "more rows of a paper further up", _APART, True)
        return
    table.seen[key] = None
    if len(table.seen) > _REMEMBERED:
        del table.seen[next(iter(table.seen))]
    draft = Draft(lines)
    for position, row in _placed(rows, table, draft):
        _people(row, position, table, draft)
    _identify(rows[0], table, draft)
    _say(rows[0], table, draft)
    yield from draft.finished()


def _placed(rows: list[Row], table: _Table, draft: Draft) -> list[tuple[int | None, Row]]:
    """The rows that differ, in the order of their positions where each has one; those may count from 0."""
    kept = list({tuple(row.cells): row for row in reversed(rows)}.values())[::-1]
    if len(kept) < len(rows):
        draft.remark(f"{len(rows) - len(kept)} rows that say the same again", "each author once; left out")
    printed = [table.cell(row, "position") for row in kept]
    if all(map(_NUMBER.fullmatch, printed)):
        numbers = [int(text.removesuffix(".0")) for text in printed]
        shift = 1 if 0 in numbers else 0
        order = sorted(range(len(kept)), key=numbers.__getitem__)
        return [(numbers[index] + shift, kept[index]) for index in order]
    if any(printed) and not {text.lower() for text in printed} <= _PLACES:
        draft.remark(
            "positions " + ", ".join(printed), "a whole number in each row; the order of the rows is kept"
        )
    return [(None, row) for row in kept]


def _people(row: Row, position: int | None, table: _Table, draft: Draft) -> None:
    """The author or authors of a row; what stands beside a single author is theirs, else it is the paper's."""
    cell, is_cut = cut(table.cell(row, "authors"))
    draft.is_truncated |= is_cut
    names = authors_in(cell, table.parted)
    if names is None:
        draft.remark(cell, "authors parted by ; or |, or in rows of their own; left out")
        draft.is_truncated = True
    elif table.is_long and not names:
        names = [""]  # a row without a name has its place among the others
    added = [draft.add_author(name) for name in names or ()]
    institutions, affiliations = (
        _listed(table.cell(row, meaning)) for meaning in ("institution", "affiliation")
    )
    _number(added, table, row, draft)
    orcid = table.cell(row, "orcid")
    if len(added) == 1 and (author := added[0]):
        author.institutions, author.affiliations, author.position = institutions, affiliations, position
        if orcid and (found := draft.claimed("orcid", orcid)):
            author.identifiers.append(found)
        return
    draft.institutions += institutions + affiliations
    if orcid:
        draft.remark(orcid, "one author in the row; left out")


def _number(added: list[Author | None], table: _Table, row: Row, draft: Draft) -> None:
    """Give the authors of a row the numbers beside them, as far as these say who they are."""
    cell = table.cell(row, "author_id")
    numbers = numbers_in(cell, len(added))
    if cell and not numbers:
        draft.remark(cell, f"as many numbers of authors as names, {len(added)}; left out")
    for author, number in zip(added, numbers, strict=False):
        if author and (found := table.namesakes.identifier(author.name, number)):
            author.identifiers.append(found)


def _listed(cell: str) -> list[str]:
    return [part for piece in _PARTED.split(cell) if (part := " ".join(piece.split()))]


def _say(row: Row, table: _Table, draft: Draft) -> None:
    """Title, abstract, kind, date, place of publication, categories, citations."""
    title = table.cell(row, "title")
    if not title and not draft.identifiers and (title := table.cell(row, "paper_id")):
        draft.remark(f"no title, the number {title}", "a title; the number stands for it")
    draft.say(title, table.cell(row, "abstract"))
    year, day = table.cell(row, "year").removesuffix(".0"), table.cell(row, "date")
    dated = from_text(day, year)
    draft.date(dated if dated.date or not year else from_text(year), day or year)
    kind = _BEFORE_CAPITAL.sub(" ", table.cell(row, "kind")).replace("-", " ").lower()  # "journalArticle"
    draft.kind = _KIND_OF.get(kind, "other") if kind else None
    parts = (table.cell(row, meaning) for meaning in ("venue", "volume", "issue", "pages", "publisher"))
    draft.published = published(*parts)
    draft.language = language_of(table.cell(row, "language"), draft.remark)
    draft.keywords = _listed(table.cell(row, "keywords").replace(",", ";"))
    for code in _listed(table.cell(row, "category")):
        draft.categories.append(resolve(code) if is_code(code) else Category(code, plain_text(code), "table"))
    draft.report("citations", table.cell(row, "citations").removesuffix(".0"))


def _identify(row: Row, table: _Table, draft: Draft) -> None:
    for scheme in _SCHEMES:
        draft.identify(scheme, table.cell(row, scheme))
    found = by_address(table.cell(row, "url"), "paper")
    if found is not None and found.scheme not in {had.scheme for had in draft.identifiers}:
        draft.identifiers.append(found)
