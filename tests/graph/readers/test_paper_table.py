"""Tables of papers and authors: their spellings, their two forms, and what is not certain in them."""

from __future__ import annotations

import lzma
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import identify, paper_table
from collegium.graph.readers.author_cells import authors_in, parted_by
from collegium.graph.records import Identifier, Lines, Paper, Problem, Record

WIDE = "title,authors,year,doi\nNotes,Lovelace; Menabrea,1843,10.1000/ABC\nOther,Babbage,1832,\n"
LONG = "paper_id\ttitle\tauthor\tposition\tinstitution\n1\tNotes\tB\t2\tETH\n1\tNotes\tA\t1\tMIT\n2\tOther\tC\t1\t\n"


def read(text: str | bytes) -> list[Record]:
    return list(paper_table.read(BytesIO(text.encode() if isinstance(text, str) else text), "papers.csv"))


def papers(text: str | bytes) -> list[Paper]:
    return [record for record in read(text) if isinstance(record, Paper)]


def problems(text: str | bytes) -> list[Problem]:
    return [record for record in read(text) if isinstance(record, Problem)]


def names(text: str | bytes) -> list[list[str]]:
    return [[authorship.name for authorship in paper.authorships] for paper in papers(text)]


@pytest.mark.parametrize(
    "text",
    [
        WIDE,
        WIDE.replace(",", "\t"),
        WIDE.replace(";", " |").replace(",", ";"),
        "sep=,\n" + WIDE,
        WIDE.replace("title,authors", "Paper Title,Author(s)").replace("\n", "\r\n"),
        '"Title","AuthorNames","Publication Year","DOI"' + WIDE.removeprefix("title,authors,year,doi"),
    ],
)
def test_one_row_a_paper(text: str) -> None:
    """If it failed: a table of some program would not be known, or its authors be one."""
    assert identify(text.encode(), "x").name == paper_table.NAME
    one, two = papers(text)
    assert names(text) == [["Lovelace", "Menabrea"], ["Babbage"]]
    assert (one.title, one.identifiers) == ("Notes", (Identifier("doi", "10.1000/abc"),))
    assert one.issued and one.issued.year == 1843
    assert two.lines == Lines(text.count("\n"), text.count("\n"))
    assert not problems(text)


def test_tables_of_excel_in_utf_16_are_read() -> None:
    """If it failed: "Unicode text" of a spreadsheet would be called binary."""
    content = WIDE.replace(",", "\t").encode("utf-16")
    assert identify(content, "x").name == paper_table.NAME
    assert names(content) == [["Lovelace", "Menabrea"], ["Babbage"]]


def test_one_row_an_author() -> None:
    """If it failed: every author would have a paper of their own."""
    one, two = papers(LONG)
    assert [(a.name, a.position, a.institutions[0].name) for a in one.authorships] == [
        ("A", 1, "MIT"),
        ("B", 2, "ETH"),
    ]
    assert (one.lines, two.lines) == (Lines(2, 3), Lines(4, 4))
    assert not problems(LONG)


def test_positions_that_count_from_0_or_leave_gaps() -> None:
    """If it failed: two authors would be the first."""
    zero = LONG.replace("\tA\t1", "\tA\t0").replace("\tB\t2", "\tB\t1")
    assert [a.position for a in papers(zero)[0].authorships] == [1, 2]
    gap = LONG.replace("\tB\t2", "\tB\t7")
    assert [a.position for a in papers(gap)[0].authorships] == [1, 7]
    assert not problems(LONG.replace("\t2\tE", "\tlast\tE").replace("\t1\t", "\tfirst\t"))
    assert "positions" in problems(LONG.replace("\tB\t2", "\tB\ttwo"))[0].found


def test_rows_of_a_paper_without_positions_or_numbers_are_one_paper() -> None:
    """If it failed: a list of who wrote what would hold no coauthors."""
    text = "Author,Paper,Year\nA,Notes,1843\nB,Notes,1843\nC,Other,1844\n"
    assert names(text) == [["A", "B"], ["C"]]


def test_rows_of_a_paper_that_stand_apart_are_refused() -> None:
    """If it failed: a table sorted by author would hold no coauthors, without a word."""
    text = LONG + "1\tNotes\tD\t3\t\n"
    assert len(papers(text)) == 2
    assert [(each.lines, each.is_refused) for each in problems(text)] == [(Lines(5, 5), True)]
    assert "sort" in problems(text)[0].expected


def test_a_row_that_is_there_twice_and_one_without_a_name_are_told() -> None:
    """If it failed: an author would be their own coauthor, or move up a place."""
    text = LONG.replace("1\tNotes\tA\t1\tMIT\n", "1\tNotes\tA\t1\tMIT\n" * 2)
    assert len(papers(text)[0].authorships) == 2
    assert [each.is_refused for each in problems(text)] == [False]
    blank = "paper,author,order\nNotes,,1\nNotes,B,2\n"
    assert [(a.name, a.position) for a in papers(blank)[0].authorships] == [("B", 2)]


def test_two_papers_of_one_title_are_two_where_authors_stand_in_lists() -> None:
    """If it failed: the authors of two editorials would be coauthors."""
    text = "title,authors\nEditorial,A; B\nEditorial,C; D\n"
    assert names(text) == [["A", "B"], ["C", "D"]]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Wu Li, Plato", ["Wu Li", "Plato"]),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Smith, J.", []),
    ],
)
def test_commas_part_authors_where_the_header_says_so(cell: str, found: list[str]) -> None:
    """If it failed: what the table says of itself would not count, or initials would be people."""
    text = f'title,Authors (comma-separated)\nT,"{cell}"\n'
    assert names(text) == [found]
    assert [each.found for each in problems(text)][:1] == ([] if found else [cell])


def test_commas_part_authors_where_the_column_can_mean_nothing_else() -> None:
    """If it failed: lists of whole names would be one long name, or "Smith, John" two people."""
    sure = (
        'title,authors\nT,"Ada Lovelace, Charles Babbage, Luigi Menabrea"\nU,"Emmy Noether, Hermann Weyl"\n'
    )
    assert names(sure) == [
        ["Ada Lovelace", "Charles Babbage", "Luigi Menabrea"],
        ["Emmy Noether", "Hermann Weyl"],
    ]
    unsure = sure + 'V,"Smith, John, Doe, Jane"\nW,"Smith, John"\n'
    assert names(unsure) == [[], [], [], ["John Smith"]]
    assert [each.found for each in problems(unsure) if "parted" in each.expected] == [
        "Ada Lovelace, Charles Babbage, Luigi Menabrea",
        "Emmy Noether, Hermann Weyl",
        "Smith, John, Doe, Jane",
    ]
    assert all(paper.is_truncated for paper in papers(unsure)[:3])


def test_and_parts_authors_where_it_can_mean_nothing_else() -> None:
    """If it failed: lists of BibTeX would be one name, or a ministry be two people."""
    assert parted_by(["Ada Lovelace and Charles Babbage and Luigi Menabrea"]) == {"and"}
    assert authors_in("Smith, J. and Doe, A.") == ["Smith, J.", "Doe, A."]
    assert authors_in("Department of Health and Human Services") is None
    assert authors_in("Ada Lovelace and Emmy Noether", frozenset({"and"})) == ["Ada Lovelace", "Emmy Noether"]
    assert authors_in("King, Martin Luther, Jr.") == ["King, Martin Luther, Jr."]
    assert authors_in("") == []


def test_what_stands_beside_one_author_is_theirs_and_else_the_papers() -> None:
    """If it failed: an ORCID or an institution would be given to the wrong person."""
    orcid = "0000-0002-1825-0097"
    text = f"title,authors,affiliation,orcid\nT,A,MIT; ETH,{orcid}\nU,B; C,MIT; ETH,{orcid}\n"
    one, two = papers(text)
    assert one.authorships[0].identifiers == (Identifier("orcid", orcid),)
    assert one.authorships[0].affiliations == ("MIT", "ETH")
    assert two.institutions == ("MIT", "ETH")
    assert [each.found for each in problems(text)] == [orcid]


def test_the_other_columns() -> None:
    """If it failed: venue, date, category, citations or type of a paper would be lost."""
    text = (
        "Title,Author,Date,Journal,Type,Category,Cited by,URL,Language\n"
        "T,et al.,2019-03-01,J,Conference Paper,cs.CL; Logic,7,https://arxiv.org/abs/2301.00001,English\n"
        "U,B,n/a,,weird,,many,,\n"
    )
    one, two = papers(text)
    assert (one.authorships, one.is_truncated) == ((), True)
    assert one.issued and (one.issued.year, one.issued.month, one.issued.day) == (2019, 3, 1)
    assert one.published and one.published.venue == "J"
    assert (one.kind, one.language) == ("conference-paper", "en")
    assert [(each.notation, each.scheme) for each in one.categories] == [
        ("cs.CL", "arxiv"),
        ("Logic", "table"),
    ]
    assert int(one.reported[0].value) == 7
    assert one.identifiers == (Identifier("arxiv", "2301.00001"),)
    assert (two.kind, two.issued, two.reported) == ("other", None, ())


def test_a_paper_known_by_a_number_alone_is_kept_with_a_remark() -> None:
    """If it failed: a plain list of pairs would give nothing."""
    text = "paper_id,author\n1,A\n1,B\n"
    assert names(text) == [["A", "B"]]
    assert papers(text)[0].title == "1"
    assert [each.is_refused for each in problems(text)] == [False]


def test_broken_rows_cost_themselves_only() -> None:
    """If it failed: an open quote or a damaged byte would cost the rows after it."""
    text = WIDE + '"Open,A,1843,\nShort,A\n"Two\nlines","A; B",1843,\n'
    content = text.encode() + b"Bad,\xff,1843,\nLast,A,1843,\n"
    assert [paper.title for paper in papers(content)] == ["Notes", "Other", '"Open', "Two lines", "Last"]
    assert [(each.lines, each.is_refused) for each in problems(content)] == [
        (Lines(5, 5), True),
        (Lines(8, 8), True),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "title,year\nT,1843\n",
        "author,year\nA,1843\n",
        "id,author,quote\n",
        '{"doi": "", "authors": ""}\n',
        '["title","authors"]\n',
        "@article{title, author = {A}}\n",
        "title\nauthors\n",
        "<title>,<author>\n",
        "title: x\nauthor: y\n",
    ],
)
def test_other_files_are_not_its_own(head: str) -> None:
    """If it failed: any text could be read as a table of papers."""
    assert not paper_table.sniff(head)


def test_real_files_of_other_formats_are_not_its_own(shared_data: Path) -> None:
    """If it failed: files that have a reader of their own would be read as plain tables."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = (lzma.decompress(content) if path.suffix == ".xz" else content)[: 1 << 16]
            assert not paper_table.sniff(content.decode("utf-8", "replace")), path


def test_a_file_without_such_a_header_is_unreadable() -> None:
    """If it failed: a reader named by hand would give nothing, without a word."""
    for content in (b"", b"a,b\n1,2\n", b"title,authors\xff\n"):
        with pytest.raises(UnreadableFile):
            read(content)


@given(
    st.lists(
        st.sampled_from(
            [WIDE.encode(), LONG.encode(), b'"', b",", b"\n", b"\0", b"\xff\xfe", b"title,authors\n"]
        )
    )
)
def test_no_bytes_are_too_odd(pieces: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    with suppress(UnreadableFile):
        read(b"".join(pieces))
