"""Reader of tables of arXiv papers: tab-separated, one paper a row, its columns named in the first.

Source: no specification; the columns are those of the tables of arXiv metadata that github.com/staeiou/arxiv_archive
makes (arxiv_id, author_text, num_authors, categories, primary_cat, created, updated, doi, acm_class …).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import IO, Final

from ..errors import UnreadableFile, shorten
from ..identifier_forms import arxiv_digits
from ..identifiers import identifier
from ..person_names import stands_for_others
from ..records import Authorship, Lines, Problem, Record
from . import arxiv_papers as arxiv
from .arxiv_authors import is_cut, is_group
from .latex import without_latex
from .text import BOM

NAME: Final = "arxiv_tsv"
TITLE: Final = "arXiv metadata as a table, tab-separated"

_NEEDED: Final = frozenset({"arxiv_id", "author_text", "title", "categories"})
# A table that went through a program for numbers (pandas) holds identifiers as such.
_DECIMAL: Final = re.compile(r"(?:0?[789]|1\d|2\d)(?:0[1-9]|1[012])\.\d{1,17}")
_ROUNDING: Final = 1e-3  # of the last digit: 1907.02791 came back as 1907.0279100000002
_LONGEST_LINE_BYTES: Final = 1 << 20


def sniff(head: str) -> bool:
    """Return whether the first line names the columns of such a table."""
    return set(head.lstrip("\ufeff").partition("\n")[0].rstrip("\r").split("\t")) >= _NEEDED


def read(stream: IO[bytes], path: str) -> Iterator[Record]:
    """Yield each paper, its remarks behind it, in the order of the rows.

    Raises:
        UnreadableFile: the first line names no such columns.
    """
    source = _Lines(stream)
    rows = _rows(source)
    columns = next((row for _, row in rows if isinstance(row, list)), [])
    if not set(columns) >= _NEEDED:
        found = shorten("\t".join(columns)) or "nothing"
        raise UnreadableFile(path, f"found {found}, expected a line with the columns {sorted(_NEEDED)}", 1)
    for lines, row in rows:
        if isinstance(row, str):
            yield Problem(lines, row, "a row of the table", True)
        elif len(row) != len(columns):
            yield Problem(lines, f"{len(row)} columns", f"{len(columns)}, as the first line names", True)
        else:
            yield from _paper(lines, dict(zip(columns, row, strict=True)))
        yield from source.problems
        source.problems.clear()
    yield from source.problems


class _Lines:
    """The lines of a stream as text; `number` counts them, `problems` are what was left out or changed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.number = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        while chunk := self._stream.readline(_LONGEST_LINE_BYTES):
            self.number += 1
            place = Lines(self.number, self.number)
            if len(chunk) == _LONGEST_LINE_BYTES and not chunk.endswith(b"\n"):
                while (rest := self._stream.readline(_LONGEST_LINE_BYTES)) and not rest.endswith(b"\n"):
                    pass
                expected = f"lines of at most {_LONGEST_LINE_BYTES >> 20} MiB"
                self.problems.append(Problem(place, "a line longer than that", expected, True))
                continue
            if self.number == 1:
                chunk = chunk.removeprefix(BOM)
            text = chunk.decode("utf-8", "replace").replace("\0", "\ufffd")
            if "\ufffd" in text and "\ufffd".encode() not in chunk:
                expected = "UTF-8 text; they are kept as U+FFFD"
                self.problems.append(Problem(place, "bytes that are no text", expected, False))
            yield text


def _rows(source: _Lines) -> Iterator[tuple[Lines, list[str] | str]]:
    """Each row with its lines; a text that says what is wrong where a quotation does not end within its bounds."""
    reader = csv.reader(source, delimiter="\t")
    while True:
        first = source.number + 1
        try:
            row: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = str(error)
        if row:
            yield Lines(first, source.number), row


def _number(printed: str) -> str:
    """The identifier that stands there as a decimal number: 0704.1350 as "704.135", 1907.02791 with "0000002" behind.

    Of identifiers of one month no two come to the same number; what is no such number comes back as it is.
    """
    if identifier("arxiv", printed) is not None or not _DECIMAL.fullmatch(printed):
        return printed
    month, _, fraction = printed.partition(".")
    digits = arxiv_digits(int(month))
    number = round(int(f"{fraction:0<17}") / 10 ** (17 - digits))
    is_exact = abs(number - int(f"{fraction:0<17}") / 10 ** (17 - digits)) < _ROUNDING
    found = f"{month:0>4}.{number:0>{digits}}"
    return found if is_exact and number and identifier("arxiv", found) else printed


def _paper(lines: Lines, row: dict[str, str]) -> Iterator[Record]:
    remarks: list[tuple[str, str]] = []
    names = [name for part in row["author_text"].split(",") if (name := without_latex(part))]
    authorships = tuple(
        Authorship(name, position, is_collective=is_group(name))
        for position, name in enumerate(names, 1)
        if not stands_for_others(name)
    )
    said = row.get("num_authors", "")
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None
    if count is not None and count != len(names):
        remarks.append((f"{len(names)} authors", f"{count}, as num_authors says"))
    number = _number(row["arxiv_id"])
    if number != row["arxiv_id"]:
        remarks.append((f"identifier {row['arxiv_id']}", f"text, not a number; it is read as {number}"))
    yield from arxiv.records_of(
        arxiv.Fields(
            id=number,
            title=row["title"],
            authorships=authorships,
            is_truncated=is_cut(row["author_text"]) or (count or 0) > len(names),
            lines=lines,
            categories=tuple(part.strip() for part in row["categories"].split(",") if part.strip()),
            primary=row.get("primary_cat", ""),
            classes=arxiv.classes(row.get("acm_class", ""), arxiv.ACM),
            abstract=row.get("abstract", ""),
            dois=row.get("doi", ""),
            journal_ref=row.get("journal_ref", ""),
            date=row.get("created", ""),
            author_count=count if count != len(names) else None,
            remarks=tuple(remarks),
        )
    )
