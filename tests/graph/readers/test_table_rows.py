"""Rows of text tables: quotes that are quotes, quotes that are text, and rows of another width."""

from __future__ import annotations

from io import BytesIO

import pytest

from collegium.graph.readers.lenient_text import lenient_lines
from collegium.graph.readers.table_rows import Row, table_rows
from collegium.graph.records import Lines, Problem


def rows(text: str, delimiter: str = ",", *, is_quoted: bool = True) -> list[Row | Problem]:
    return list(table_rows(lenient_lines(BytesIO(text.encode())), delimiter, is_quoted=is_quoted))


def cells(text: str, delimiter: str = ",", *, is_quoted: bool = True) -> list[list[str]]:
    return [row.cells for row in rows(text, delimiter, is_quoted=is_quoted) if isinstance(row, Row)]


def test_well_formed_quotes_hold_marks_and_line_ends() -> None:
    """If it failed: an abstract with a comma or a line end would be several cells or rows."""
    found = rows('a,b\n"x, ""y""\n\nz",2\r\n\n3,4\n')
    assert found == [Row(1, 1, ["a", "b"]), Row(2, 4, ['x, "y"\n\nz', "2"]), Row(6, 6, ["3", "4"])]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"Why?" a question,2', ['"Why?" a question', "2"]),
        ('"open,2', ['"open', "2"]),
        ('5" disk,2', ['5" disk', "2"]),
        ('"say "hi" twice","2"', ['"say "hi" twice"', "2"]),
    ],
)
def test_other_quotes_are_text_and_swallow_no_rows(line: str, found: list[str]) -> None:
    """If it failed: one quote would swallow every row up to the next, without a word."""
    assert cells(f"a,b\n{line}\n3,4\n5,6\n")[1:] == [found, ["3", "4"], ["5", "6"]]


def test_rows_of_another_width_are_refused_and_empty_cells_at_the_end_are_not() -> None:
    """If it failed: cells would be read as those of another column."""
    found = rows("a,b\n1,2,,\n1,2,3\n1\n,\n,,,\n")
    assert found[1] == Row(2, 2, ["1", "2"])
    assert [(each.lines, each.found) for each in found if isinstance(each, Problem)] == [
        (Lines(3, 3), "3 cells"),
        (Lines(4, 4), "1 cells"),
    ]


def test_without_quoting_a_row_is_a_line() -> None:
    """If it failed: titles of Web of Science that begin with a quote would swallow what follows."""
    assert cells('a\tb\n"open\t"2"\n', "\t", is_quoted=False) == [["a", "b"], ['"open', "2"]]


def test_cells_may_be_longer_than_the_limit_of_the_library() -> None:
    """If it failed: the addresses of a paper with thousands of authors would cost the paper."""
    assert len(cells('a,b\n"' + "x" * 200_000 + '",2\n')[1][0]) == 200_000
