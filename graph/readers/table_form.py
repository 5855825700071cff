"""What a table of papers says of itself: its columns, what parts its authors, whether a row is a paper or an author.

Known from its header and its first rows, before any of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Final

from ..errors import UnreadableFile
from ..person_names import cut
from ..records import Problem
from .author_cells import COMMA, authors_in, parted_by
from .lenient_text import lenient_lines
from .record_limits import LONGEST_ROW_BYTES
from .table_columns import delimiter_of, meanings, says_commas, unread
from .table_numbers import Namesakes
from .table_rows import Row, table_rows

_SAMPLE: Final = 500  # rows that are looked at before it is said what parts the authors
_SEPARATOR_LINE: Final = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)  # written above the header for Excel
_NOTHING: Final = {"", "na", "n/a", "nan", "null", "none", "-", "–", "?"}
_BARE_IDS: Final = {"id", "key"}
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


@dataclass(slots=True)
class Table:
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

    def is_of(self, row: Row, first: Row) -> bool:
        """Whether a row goes on with the paper of another; where a row is a paper, only by a number of the paper."""
        is_numbered = bool(self.cell(row, "paper_id"))
        return (self.is_long or is_numbered) and self.key(row) == self.key(first)

    def joined(self, rows: list[Row]) -> Row:
        """What rows of one paper say of it together: each column by the first of them that says something."""
        first = rows[0]
        if len(rows) == 1:
            return first
        cells = [
            next((cell for cell in column if cell.strip().lower() not in _NOTHING), "")
            for column in zip(*(row.cells for row in rows), strict=True)
        ]
        return Row(first.first, rows[-1].last, cells)


def is_header(line: str) -> bool:
    """Return whether a line may be the header of a table: something stands in it, and it is no order to Excel."""
    return bool(line.strip()) and _SEPARATOR_LINE.fullmatch(line) is None


def begun(stream: IO[bytes], path: str) -> tuple[Table, Iterator[Row | Problem]]:
    """Return what a table says of itself, and its rows, those that were looked at among them.

    Raises:
        UnreadableFile: no header with a column for papers and one for authors.
    """
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
    bare = next((at for at, name in enumerate(names) if name.strip().lower() in _BARE_IDS), None)
    if bare is not None and "paper_id" not in columns and _is_of_papers(bare, columns, whole):
        columns["paper_id"] = bare
    table = Table(columns, unread(names, columns, [row.cells for row in whole]), first.number)
    _look(table, whole, names[columns["authors"]])
    return table, chain(sample, rows)


def _is_of_papers(place: int, columns: dict[str, int], sample: list[Row]) -> bool:
    """Whether a column called only "id" numbers papers: several authors have one, and no two titles."""
    titles, authors = dict[str, str](), dict[str, str]()
    has_several = False
    for row in sample:
        if (number := row.cells[place].strip()).lower() not in _NOTHING:
            title = row.cells[columns["title"]].strip() if "title" in columns else ""
            author = row.cells[columns["authors"]].strip()
            if titles.setdefault(number, title) != title:
                return False
            has_several = has_several or authors.setdefault(number, author) != author
    return has_several


def _look(table: Table, sample: list[Row], name: str) -> None:
    """Note what parts the authors, and whether a row is one of them: no cell holds two, and papers come again."""
    cells = [text for row in sample if (text := cut(table.cell(row, "authors"))[0])]
    table.parted = parted_by(cells) | ({COMMA} if says_commas(name) else set())
    has_lists = any(len(authors_in(cell, table.parted) or ()) > 1 for cell in cells)
    comes_again = len({table.key(row) for row in sample}) < len(sample)
    table.is_long = "position" in table.columns or (comes_again and not has_lists)
