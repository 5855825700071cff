"""Rows on the terminal and in files: rich tables for people, JSON, CSV and TSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collegium.graph.errors import UnknownName, shorten

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table
    from rich.text import Text

ROW_FORMATS = ("table", "json", "csv", "tsv")
_WIDE = 160  # columns of a table that does not go to a terminal, where no width is known
_BETWEEN = 3  # cells of a terminal from a column to the next
_WORD = 32  # cells of the longest word that stays whole

Row = Mapping[str, object]


def print_rows(rows: Sequence[Row], format: str = "table", *, title: str = "", note: str = "") -> None:
    """Print rows, their keys as columns, in one of `ROW_FORMATS`; `note` stands below a table only.

    Raises:
        UnknownName: no such format.
    """
    if format == "table":
        print_table(rows, title=title, note=note)
    elif format == "json":
        print(json.dumps(list(rows), ensure_ascii=False, indent=2, default=str))
    elif format in ("csv", "tsv"):
        sys.stdout.write(delimited(rows, "\t" if format == "tsv" else ","))
    else:
        raise UnknownName("format", format, ROW_FORMATS)


def delimited(rows: Sequence[Row], separator: str) -> str:
    """Return rows as CSV (RFC 4180, CRLF) or TSV with a header line; nothing for no rows."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in row.items()} for row in rows)
    return text.getvalue()


def print_table(rows: Sequence[Row], *, title: str = "", note: str = "") -> None:
    """Print a table for people. Strangers' text is shown as it is: no markup, no control characters.

    Numbers stay on one line. Where a terminal is too narrow for that, each row is printed as a list.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, markup=False)
    if title:
        console.print(Text(shorten(title if rows else f"{title}: none", 400)), soft_wrap=True)
    if rows:
        columns = [_column(name, rows) for name in rows[0]]
        widths = _fitted(columns, console.width - len(columns) * _BETWEEN)
        console.print(_table(columns, widths) if widths else _list(columns))
    if note:
        console.print(Text(shorten(note, 400)), soft_wrap=True)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as text; `least` cells of a terminal hold it without breaking a number or the end of a word."""

    head: str
    cells: tuple[str, ...]
    is_number: bool
    least: int
    most: int


def _column(name: str, rows: Sequence[Row]) -> _Column:
    from rich.cells import cell_len

    is_number = all(isinstance(row[name], int | float) or row[name] is None for row in rows)
    head, cells = name.replace("_", " "), tuple(_cell(row[name]) for row in rows)
    longest = max(map(cell_len, cells))
    word = max(map(cell_len, head.split() or [""]))
    whole = max((cell_len(word) for cell in cells for word in cell.split()), default=0)  # an ID is one word
    return _Column(
        head,
        cells,
        is_number,
        least=max(word, longest if is_number else min(whole, _WORD)),
        most=max(cell_len(head), longest),
    )


def _fitted(columns: Sequence[_Column], room: int) -> list[int]:
    """Return the widths of columns, the widest made narrower until all have room; nothing where they never have."""
    widths = [column.most for column in columns]
    while sum(widths) > room:
        slack = [width - column.least for width, column in zip(widths, columns, strict=True)]
        can_give = [at for at, left in enumerate(slack) if left > 0]
        if not can_give:
            return []
        widths[max(can_give, key=lambda at: widths[at])] -= 1
    return widths


def _table(columns: Sequence[_Column], widths: Sequence[int]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.is_number else "left"
        table.add_column(Text(column.head), justify=justify, overflow="fold", width=width)
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(Text, cells))
    return table


def _list(columns: Sequence[_Column]) -> Text:
    """Return the rows one below the other, a line a value."""
    from rich.text import Text

    rows = zip(*(column.cells for column in columns), strict=True)
    heads = [column.head for column in columns]
    blocks = ["\n".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True)) for row in rows]
    return Text("\n" + "\n\n".join(blocks) + "\n")


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return shorten(str(value), 400)
