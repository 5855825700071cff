"""Rows on the terminal and in files: rich tables for people, JSON, CSV and TSV for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence

from collegium.graph.errors import UnknownName, shorten

ROW_FORMATS = ("table", "json", "csv", "tsv")
_WIDE = 160  # columns of a table that does not go to a terminal, where no width is known

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
    """Print a table for people. Strangers' text is shown as it is: no markup, no control characters."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, markup=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in rows[0] if rows else ():
        is_number = all(isinstance(row[name], int | float) or row[name] is None for row in rows)
        table.add_column(
            Text(name.replace("_", " ")), justify="right" if is_number else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    if title:
        console.print(Text(shorten(title if rows else f"{title}: none", 400)), soft_wrap=True)
    if rows:
        console.print(table)
    if note:
        console.print(Text(shorten(note, 400)), soft_wrap=True)


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
