"""Tables of arXiv papers: counts of the sample, identifiers that became numbers, broken rows."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import arxiv_tsv
from collegium.graph.records import Identifier, Lines, Paper, PartialDate, Problem, Record

HEADER = "\tarxiv_id\tauthor_text\tnum_authors\tcategories\tprimary_cat\ttitle\tcreated\tdoi\tabstract\tacm_class\n"
ROW = '0\t1001.0039\tA. B, C D\t2\tcs.IR,cs.DL\tcs.DL\tA title\t2010-01-02\t\tText\t"H.2.4;\nH.3.5"\n'


def read(content: str | bytes) -> list[Record]:
    raw = content.encode() if isinstance(content, str) else content
    return list(arxiv_tsv.read(BytesIO(raw), "x.tsv"))


def test_counts_of_the_sample(shared_data: Path) -> None:
    """If it failed: rows, authors or identifiers of a table would be lost."""
    content = lzma.decompress((shared_data / "arxiv" / "cs.DL.tsv.xz").read_bytes())
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())["arxiv_tsv2020_cs.DL"]
    assert arxiv_tsv.sniff(content[:65536].decode("utf-8", "replace"))
    found = list(arxiv_tsv.read(BytesIO(content), "x"))
    papers = [record for record in found if isinstance(record, Paper)]
    names = Counter(author.name for paper in papers for author in paper.authorships)
    assert len(papers) == truth["records"]
    assert names.total() == truth["author_occurrences"]
    assert len(names) == truth["distinct_author_strings"]
    assert [[name, count] for name, count in names.most_common(5)] == truth["top5"]
    assert max(len(paper.authorships) for paper in papers) == truth["max_authors"]
    main = Counter(paper.category.notation for paper in papers if paper.category)
    assert [[code, count] for code, count in main.most_common(4)] == truth["primary"]
    assert len({paper.identifiers[0] for paper in papers}) == truth["distinct_ids"]
    assert all(paper.identifiers[0].scheme == "arxiv" for paper in papers)
    days = sorted(paper.issued.as_given for paper in papers if paper.issued)
    assert [days[0], days[-1]] == truth["years"]
    assert not [record for record in found if isinstance(record, Problem) and record.is_refused]


def test_a_plain_row() -> None:
    """If it failed: a row without traps would be read wrongly."""
    (found,) = read(HEADER + ROW)
    assert isinstance(found, Paper)
    assert [author.name for author in found.authorships] == ["A. B", "C D"]
    assert found.category is not None
    assert [c.notation for c in (found.category, *found.categories)] == ["cs.DL", "cs.IR", "H.2.4", "H.3.5"]
    assert found.issued == PartialDate("2010-01-02", 2010, 1, 2)
    assert found.lines == Lines(2, 3)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("704.1353", "0704.1353"),
        ("803.15", "0803.1500"),
        ("1907.0279100000002", "1907.02791"),
        ("1907.0664899999999", "1907.06649"),
        ("1908.042", "1908.04200"),
        ("1908.0421", "1908.04210"),
        ("cs/9809011", "cs/9809011"),
        ("1001.0039", "1001.0039"),
        ("1913.042", None),
        ("1908.12345678", None),
        ("1908", None),
    ],
)
def test_identifiers_that_became_numbers(printed: str, value: str | None) -> None:
    """If it failed: a third of such a table would be without identifier, or 1908.0421 another paper's."""
    found = read(HEADER + ROW.replace("1001.0039", printed))
    assert isinstance(found[0], Paper)
    assert found[0].identifiers == ((Identifier("arxiv", value),) if value else ())
    assert len(found) == (1 if printed == value else 2)


def test_a_count_that_does_not_fit() -> None:
    """If it failed: a list that is shorter than the table says would pass for whole."""
    found = read(HEADER + ROW.replace("\t2\t", "\t5\t"))
    assert isinstance(found[0], Paper)
    assert (found[0].is_truncated, found[0].author_count) == (True, 5)
    assert isinstance(found[1], Problem)


def test_broken_rows_are_refused_and_reading_goes_on() -> None:
    """If it failed: one bad row would cost the file, or an open quotation all of its memory."""
    long = "1\t" + "x" * (1 << 20) + "\n"
    open_quotation = '2\t"' + ("y" * 99 + "\n") * 1400
    found = read(HEADER + ROW + "short\trow\n" + ROW + long + ROW + open_quotation + ROW)
    assert sum(isinstance(record, Paper) for record in found) >= 3
    refused = [record for record in found if isinstance(record, Problem) and record.is_refused]
    assert [problem.lines.first for problem in refused[:2]] == [4, 7]
    assert refused[0].found == "2 columns"


def test_bytes_that_are_no_text_are_told() -> None:
    """If it failed: a name in Latin-1 would be lost with its file, or changed silently."""
    found = read((HEADER + ROW).encode().replace(b"C D", b"C\xe9 D"))
    assert [type(record) for record in found] == [Paper, Problem]


def test_sniff_and_a_file_that_is_none() -> None:
    """If it failed: any table would be taken for one of arXiv."""
    assert arxiv_tsv.sniff("\ufeff" + HEADER.replace("\n", "\r\n"))
    assert not arxiv_tsv.sniff("id\ttitle\tauthors\n")
    with pytest.raises(UnreadableFile):
        read("id\ttitle\n")
    with pytest.raises(UnreadableFile):
        read("")


@given(st.binary(max_size=200))
def test_any_bytes_below_the_header_are_read(content: bytes) -> None:
    """If it failed: a file could end a load with a traceback."""
    read(HEADER.encode() + content)
