"""Text tables (CSV, TSV) → rows with the lines they stand in; one broken row does not take the next ones with it.

Quotes count as those of RFC 4180 only where a whole row is well formed with them; else they are text, and the row
ends with its line. Otherwise one title that begins with a quote would swallow every row up to the next quote.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ..records import Lines, Problem
from .lenient_text import Line
from .record_limits import LONGEST_ROW_BYTES, MOST_ROW_LINES


class Row(NamedTuple):
    """The cells of a row, and its first and last line."""

    first: int
    last: int
    cells: list[str]


def table_rows(text: Iterator[Line], delimiter: str, *, is_quoted: bool) -> Iterator[Row | Problem]:
    """Yield the header, then each row with as many cells as it, and a refusal of each other row; no empty rows.

    Args:
        is_quoted: whether cells may stand in quotes and hold line ends; else a row is a line.
    """
    # The limit is one for the whole process, and is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW_BYTES))
    width = 0
    lines = _Lines(text)
    for line in lines:
        if not line.text.strip() and not line.fault:
            continue
        row, fault = _row(line, lines, delimiter, is_quoted)
        if fault:
            yield Problem(
                Lines(row.first, row.last), fault, "a row of UTF-8 text: save the table as UTF-8", True
            )
        elif not width or len(row.cells) == width:
            width = width or len(row.cells)
            yield row
        elif len(row.cells) > width and not any(map(str.strip, row.cells[width:])):
            yield Row(row.first, row.last, row.cells[:width])
        elif any(map(str.strip, row.cells)):
            found = f"{len(row.cells)} cells" + (", a quote not closed" if line.text.count('"') % 2 else "")
            yield Problem(Lines(row.first, row.last), found, f"{width} cells, as in the header", True)


class _Lines(Iterator[Line]):
    """The lines of a file; those that turned out not to belong to a row can be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines, self.returned = lines, deque[Line]()

    def __next__(self) -> Line:
        return self.returned.popleft() if self.returned else next(self.lines)


def _row(line: Line, lines: _Lines, delimiter: str, is_quoted: bool) -> tuple[Row, str | None]:
    """The row that begins with `line`, and what of it is no text."""
    if '"' not in line.text:
        return Row(line.number, line.number, line.text.split(delimiter)), line.fault
    if is_quoted:
        more: list[Line] = []
        texts = chain([line.text + "\n"], _more(lines, more))
        try:
            cells = next(csv.reader(texts, delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            lines.returned.extendleft(reversed(more))
        else:
            last = more[-1].number if more else line.number
            return Row(line.number, last, cells), next(
                (one.fault for one in (line, *more) if one.fault), None
            )
    cells = [_unquoted(cell) for cell in line.text.split(delimiter)]
    return Row(line.number, line.number, cells), line.fault


def _more(lines: _Lines, taken: list[Line]) -> Iterator[str]:
    """Yield the text of further lines while a quote is open, and note which were taken."""
    size = 0
    while (
        len(taken) < MOST_ROW_LINES and size < LONGEST_ROW_BYTES and (line := next(lines, None)) is not None
    ):
        taken.append(line)
        size += len(line.text)
        yield line.text + "\n"


def _unquoted(cell: str) -> str:
    """A cell that stands in quotes, without them."""
    inner = cell[1:-1]
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell
