"""Scopus: the older and the newer CSV export, made by hand after real ones; each trap by itself."""

from __future__ import annotations

import csv
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import identify, scopus
from collegium.graph.records import Identifier, Lines, Paper, Problem, Record

NEW = {
    "Authors": "Hao J.; High R.; Siu K.-C.",
    "Author full names": "Hao, Jie (57221302630); High, Robin (6701683718); Siu, Ka-Chun (57192938181)",
    "Author(s) ID": "57221302630; 6701683718; 57192938181",
    "Title": "Visual perturbation: a virtual reality study",
    "Year": "2023",
    "Source title": "Ergonomics",
    "Volume": "66",
    "Issue": "5",
    "Art. No.": "",
    "Page start": "704",
    "Page end": "715",
    "Cited by": "12",
    "DOI": "10.1080/00140139.2022.2113152",
    "Affiliations": "Dept A, Univ B, United States; Dept C, Univ D, NE, United States",
    "Authors with affiliations": "Hao J., Dept A, Univ B, United States; "
    "High R., Dept A, Univ B, United States, Dept C, Univ D, NE, United States; Siu K.-C.",
    "Abstract": 'Line one\nand "two". © 2022',
    "Author Keywords": "gait; space medicine",
    "Publisher": "Taylor and Francis Ltd.",
    "ISBN": "978-3-16-148410-0",
    "PubMed ID": "35965444",
    "Language of Original Document": "English",
    "Document Type": "Article",
    "EID": "2-s2.0-85136453267",
}
OLD = {name: cell for name, cell in NEW.items() if name != "Author full names"} | {
    "Authors": "Hao J., High R., Siu K.-C.",
    "Author(s) ID": "57221302630;6701683718;57192938181;",
    "Authors with affiliations": "Hao, J., Dept A, Univ B, United States; "
    "High, R., Dept A, Univ B, United States, Dept C, Univ D, NE, United States; Siu, K.-C.",
}


def export(*rows: dict[str, str], quoting: int = csv.QUOTE_ALL) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def read(text: str | bytes) -> list[Record]:
    return list(scopus.read(BytesIO(text.encode() if isinstance(text, str) else text), "scopus.csv"))


def papers(text: str | bytes) -> list[Paper]:
    return [record for record in read(text) if isinstance(record, Paper)]


def problems(text: str | bytes) -> list[Problem]:
    return [record for record in read(text) if isinstance(record, Problem)]


@pytest.mark.parametrize(
    ("row", "names"),
    [(NEW, ["Jie Hao", "Robin High", "Ka-Chun Siu"]), (OLD, ["J. Hao", "R. High", "K.-C. Siu"])],
    ids=["new", "old"],
)
def test_both_forms_of_the_export_say_the_same(row: dict[str, str], names: list[str]) -> None:
    """If it failed: the year of an export would decide who is whose coauthor."""
    text = export(row)
    assert identify(text.encode(), "x").name == scopus.NAME
    (paper,) = papers(text)
    one, two, three = paper.authorships
    assert [each.name for each in paper.authorships] == names
    assert [each.identifiers for each in paper.authorships] == [
        (Identifier("scopus-author", number),) for number in ("57221302630", "6701683718", "57192938181")
    ]
    assert one.affiliations == ("Dept A, Univ B, United States",)
    assert two.affiliations == ("Dept A, Univ B, United States", "Dept C, Univ D, NE, United States")
    assert three.affiliations == ()
    assert paper.lines == Lines(2, 3)
    assert paper.abstract == 'Line one and "two". © 2022'
    assert paper.identifiers == (
        Identifier("doi", "10.1080/00140139.2022.2113152"),
        Identifier("scopus", "2-s2.0-85136453267"),
        Identifier("pmid", "35965444"),
    )
    assert paper.issued and (paper.issued.year, paper.issued.month) == (2023, None)
    assert (paper.kind, paper.language, paper.keywords) == ("article", "en", ("gait", "space medicine"))
    assert paper.published and (paper.published.venue, paper.published.pages) == ("Ergonomics", "704-715")
    assert [(each.measure, int(each.value)) for each in paper.reported] == [("citations", 12)]
    assert not problems(text)


def test_nobody_and_nothing_are_no_names() -> None:
    """If it failed: "[No author name available]" would be the author of hundreds of papers."""
    nobody = NEW | {
        "Authors": "[No author name available]",
        "Author full names": "[No author name available]",
        "Author(s) ID": "[No author id available]",
        "Authors with affiliations": "",
        "Abstract": "[No abstract available]",
    }
    text = export(nobody)
    (paper,) = papers(text)
    assert (paper.authorships, paper.abstract) == ((), None)
    assert paper.institutions == ("Dept A, Univ B, United States", "Dept C, Univ D, NE, United States")
    assert [each.found for each in problems(text)] == ["a paper without authors"]


def test_numbers_that_do_not_fit_the_names_are_left_out() -> None:
    """If it failed: authors would bear the numbers of others."""
    text = export(OLD | {"Author(s) ID": "57221302630;6701683718;57192938181;57192938182;"})
    (paper,) = papers(text)
    assert not any(each.identifiers for each in paper.authorships)
    assert (paper.is_truncated, paper.author_count) == (True, 4)
    assert [each.found for each in problems(text)] == ["3 authors, 4 numbers of authors"]


def test_one_author_is_not_taken_apart_at_a_comma() -> None:
    """If it failed: "Smith J., Jr." would be two people."""
    (paper,) = papers(export(OLD | {"Authors": "Smith J., Jr.", "Author(s) ID": "57221302630;"}))
    assert len(paper.authorships) == 1


def test_a_semicolon_inside_an_address_stays_in_it() -> None:
    """If it failed: all addresses after it would belong to the next author."""
    text = NEW["Authors with affiliations"].replace("Hao J., Dept A", "Hao J., Lab X; Dept A")
    (paper,) = papers(export(NEW | {"Authors with affiliations": text}))
    assert paper.authorships[0].affiliations == ("Lab X; Dept A, Univ B, United States",)
    assert len(paper.authorships[1].affiliations) == 2


def test_broken_rows_cost_themselves_only() -> None:
    """If it failed: an open quote would swallow the rows after it, or a byte lose the file."""
    good = export(NEW, quoting=csv.QUOTE_MINIMAL)
    header, row = good.split("\n", 1)
    text = f"{header}\n{row}x,y\n" + '"open,1,2\n' + row + row.replace("Ergonomics", "Ergonomic\udcff")
    content = text.encode("utf-8", "surrogateescape")
    assert len(papers(content)) == 2
    assert [(each.lines, each.is_refused) for each in problems(content)] == [
        (Lines(4, 4), True),
        (Lines(5, 5), True),
        (Lines(8, 9), True),
    ]


def test_a_book_is_known_by_its_number_and_a_chapter_is_not() -> None:
    """If it failed: all chapters of a book would be one paper."""
    isbn = Identifier("isbn", "9783161484100")
    assert isbn in papers(export(NEW | {"Document Type": "Book"}))[0].identifiers
    assert isbn not in papers(export(NEW | {"Document Type": "Book Chapter"}))[0].identifiers


@pytest.mark.parametrize(
    "head",
    ["", "Authors,Title,Year\n", "Authors,Title,Year,Source title\n", '"Authors,EID\n', "Authors\tEID\n"],
)
def test_other_tables_are_not_its_own(head: str) -> None:
    """If it failed: a plain table would be read as an export of Scopus."""
    assert not scopus.sniff(head)


def test_real_files_of_other_formats_are_not_its_own(shared_data: Path) -> None:
    """If it failed: files of other formats would be read as this one."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            assert not scopus.sniff(path.read_bytes()[: 1 << 16].decode("utf-8", "replace"))


@given(
    st.lists(st.sampled_from([export(NEW).encode(), b'"', b",", b"\n", b"\0", b"\xff\xfe", b"Authors,EID\n"]))
)
def test_no_bytes_are_too_odd(pieces: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    with suppress(UnreadableFile):
        read(b"".join(pieces))


def test_an_author_without_a_whole_name_is_kept_by_the_short_one() -> None:
    """If it failed: the second author would be lost, and the list count as whole."""
    row = {"Authors": "Hao J.; High R.", "Author full names": "High, Robin (6701683718)", "Author(s) ID": ""}
    (paper,) = papers(export(NEW | row))
    assert [(a.name, len(a.identifiers)) for a in paper.authorships] == [("J. Hao", 0), ("Robin High", 1)]
    assert [each.found for each in problems(export(NEW | row))] == ["2 short names, 1 whole ones"]
    numbered = papers(export(NEW | row | {"Author(s) ID": "57221302630; 6701683718"}))[0]
    assert [a.identifiers[0].value for a in numbered.authorships] == ["57221302630", "6701683718"]
