"""Reader of plain tables of papers: CSV, TSV or with semicolons, with a header line.

    title,authors,year,doi                        a row a paper, its authors parted by ; or |
    Notes on the Engine,Lovelace; Menabrea,1843,

    paper_id;title;author;position;institution    or a row an author of a paper, those of a paper together
    p1;Notes on the Engine;Ada Lovelace;1;
    p1;Notes on the Engine;Luigi Menabrea;2;

Columns are known by the usual spellings of their names; others are left out and named at the end. Rows that follow
each other and bear the same number of a paper, or say the same of it, are one paper. The form is that of RFC 4180;
`table_rows` says what is done with broken rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Final

from ..categories import is_code, resolve
from ..errors import BrokenOff, shorten
from ..identifiers import by_address
from ..person_names import cut
from ..records import Category, Lines, Problem, Record
from .author_cells import authors_in
from .languages import language_of
from .markup import plain_text
from .paper_draft import Author, Draft, published
from .partial_dates import from_text
from .table_columns import delimiter_of
from .table_form import Table, begun, is_header
from .table_numbers import numbers_in
from .table_rows import Row

NAME = "paper_table"
TITLE = "Table of papers and authors (CSV, TSV), with a header line"

_MOST_COLUMNS: Final = 20  # that are named as not read
_REMEMBERED: Final = 100_000  # papers whose rows are known to have stood together
_SCHEMES: Final = ("doi", "arxiv", "pmid", "pmcid", "openalex", "s2")
_TOLD_ONCE: Final = ("title", "year", "date", "doi", "venue")
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


def sniff(head: str) -> bool:
    """Return whether the first line is a header with a column for papers and one for authors."""
    lines = head.lstrip("\ufeff\ufffd").replace("\0", "").split("\n", 9)
    return delimiter_of(next(filter(is_header, lines), "")) is not None


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper with its remarks, and each problem, in the order of the file; then what columns were not read.

    Of a stream that cannot be read twice, numbers of authors keep nobody apart.

    Raises:
        UnreadableFile: no header with a column for papers and one for authors.
    """
    start = stream.tell() if stream.seekable() else None
    table, rows = begun(stream, path)
    if start is not None and "author_id" in table.columns:
        with suppress(BrokenOff):  # whoever reads it comes to that again, and tells it
            for row in rows:
                if isinstance(row, Row):
                    names = authors_in(cut(table.cell(row, "authors"))[0], table.parted)
                    table.namesakes.note(names or [], table.cell(row, "author_id"))
        stream.seek(start)
        namesakes, (table, rows) = table.namesakes, begun(stream, path)
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


def _read(table: Table, rows: Iterator[Row | Problem]) -> Iterator[Record]:
    group: list[Row] = []
    for row in rows:
        if isinstance(row, Problem):
            yield row
        elif group and table.is_of(row, group[0]) and len(group) < _REMEMBERED:
            group.append(row)
        else:
            yield from _paper(group, table)
            group = [row]
    yield from _paper(group, table)


def _paper(rows: list[Row], table: Table) -> Iterator[Record]:
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
    lists = set[str]()
    for position, row in _placed(rows, table, draft):
        cell = table.cell(row, "authors")
        if table.is_long or cell not in lists:  # a list that two rows of a paper repeat is one list
            _people(row, position, table, draft)
        lists.add(cell)
    whole = table.joined(rows)
    _identify(whole, table, draft)
    _say(whole, table, draft)
    _differing(rows, table, draft)
    yield from draft.finished()


def _differing(rows: list[Row], table: Table, draft: Draft) -> None:
    """Remark what later rows of a paper say otherwise than the first."""
    for meaning in _TOLD_ONCE if len(rows) > 1 else ():
        first, *others = dict.fromkeys(filter(None, (table.cell(row, meaning) for row in rows))) or ("",)
        if others:
            shown = shorten(f"{meaning} {', '.join(others)}")
            draft.remark(shown, f"{shorten(first)}, as in the first row of the paper; left out")


def _placed(rows: list[Row], table: Table, draft: Draft) -> list[tuple[int | None, Row]]:
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


def _people(row: Row, position: int | None, table: Table, draft: Draft) -> None:
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


def _number(added: list[Author | None], table: Table, row: Row, draft: Draft) -> None:
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


def _say(row: Row, table: Table, draft: Draft) -> None:
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


def _identify(row: Row, table: Table, draft: Draft) -> None:
    for scheme in _SCHEMES:
        draft.identify(scheme, table.cell(row, scheme))
    found = by_address(table.cell(row, "url"), "paper")
    if found is not None and found.scheme not in {had.scheme for had in draft.identifiers}:
        draft.identifiers.append(found)
