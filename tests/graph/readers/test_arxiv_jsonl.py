"""arXiv's snapshot as JSON lines: known papers, counts of the sample, and each trap alone."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import arxiv_jsonl
from collegium.graph.records import Identifier, Lines, Paper, PartialDate, Problem, Record

ROW = {
    "id": "2301.00001",
    "title": "A\n  title",
    "authors": "Ada Lovelace",
    "authors_parsed": [["Lovelace", "Ada", ""]],
    "categories": "cs.CL cs.LG",
    "doi": None,
    "journal-ref": None,
    "abstract": "  Some\ntext. ",
    "versions": [{"version": "v1", "created": "Mon, 2 Jan 2023 19:18:42 GMT"}],
    "update_date": "2024-01-01",
}


def read(*rows: Any) -> list[Record]:
    content = b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)
    return list(arxiv_jsonl.read(BytesIO(content), "x.jsonl"))


def paper(**changes: Any) -> Paper:
    found = read({**ROW, **changes})[0]
    assert isinstance(found, Paper)
    return found


def problems(**changes: Any) -> list[tuple[str, bool]]:
    return [(p.found, p.is_refused) for p in read({**ROW, **changes}) if isinstance(p, Problem)]


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> list[Record]:
    """Return the records of the sample. Prevents: it is read again for each test."""
    content = (shared_data / "arxiv" / "arxiv-metadata-oai-snapshot.200.jsonl").read_bytes()
    assert arxiv_jsonl.sniff(content[:65536].decode("utf-8", "replace"))
    return list(arxiv_jsonl.read(BytesIO(content), "x.jsonl"))


def test_counts_of_the_sample(sample: list[Record], shared_data: Path) -> None:
    """If it failed: authors or papers of the snapshot would be lost or made up."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())["arxiv_kaggle_200"]
    papers = [record for record in sample if isinstance(record, Paper)]
    names = Counter(author.name for paper in papers for author in paper.authorships)
    assert len(papers) == truth["records"]
    assert names.total() == truth["author_occurrences"]
    assert len(names) == truth["distinct_author_strings"]
    assert [[name, count] for name, count in names.most_common(2)] == truth["top5"][:2]
    assert max(len(paper.authorships) for paper in papers) == truth["max_authors"]
    notations = {c.notation for paper in papers for c in (paper.category, *paper.categories) if c}
    assert len(notations) == truth["categories"]
    without = sum(all(i.scheme != "doi" for i in paper.identifiers) for paper in papers)
    assert without == truth["null_doi"]
    assert not [record for record in sample if isinstance(record, Problem)]
    assert not any("\n" in paper.title for paper in papers)


def test_a_known_paper(sample: list[Record]) -> None:
    """If it failed: accents, dates, categories or numbers would be read wrongly."""
    first = sample[0]
    assert isinstance(first, Paper)
    assert [author.name for author in first.authorships][:2] == ["C. Balázs", "E. L. Berger"]
    assert first.title.startswith(
        "Calculation of prompt diphoton production cross sections at Tevatron and LHC"
    )
    assert first.issued == PartialDate("Mon, 2 Apr 2007 19:18:42 GMT", 2007, 4, 2)
    assert first.identifiers == (
        Identifier("arxiv", "0704.0001"),
        Identifier("doi", "10.1103/physrevd.76.013009"),
    )
    assert first.category is not None
    assert first.category.notation == "hep-ph"
    assert first.published is not None
    assert first.lines == Lines(1, 1)


def test_lists_that_are_cut_and_groups(sample: list[Record]) -> None:
    """If it failed: "et al" would be a person, or the BABAR Collaboration one."""
    cut = [record for record in sample if isinstance(record, Paper) and record.is_truncated]
    assert [paper.identifiers[0].value for paper in cut] == ["0704.0020", "0704.0171"]
    assert [author.is_collective for author in cut[0].authorships] == [True, False]


def test_affiliations_by_numbers(sample: list[Record]) -> None:
    """If it failed: "1 and 2" would be an affiliation."""
    found = next(r for r in sample if isinstance(r, Paper) and r.identifiers[0].value == "0704.0025")
    assert found.authorships[1].affiliations == (
        "CREST, Japan Science and Technology Agency",
        "The University of Tokyo",
    )


def test_a_plain_row() -> None:
    """If it failed: a row without traps would be read wrongly."""
    found = paper()
    assert (found.title, found.abstract, found.kind) == ("A title", "Some text.", "preprint")
    assert found.category is not None
    assert [c.notation for c in (found.category, *found.categories)] == ["cs.CL", "cs.LG"]
    assert found.issued == PartialDate("Mon, 2 Jan 2023 19:18:42 GMT", 2023, 1, 2)
    assert problems() == []


def test_two_dois() -> None:
    """If it failed: the DOI of an erratum would be glued to the paper's."""
    found = paper(doi="10.1364/JOSAA.23.002578 10.1364/JOSAA.32.002407")
    assert [i.value for i in found.identifiers[1:]] == ["10.1364/josaa.23.002578", "10.1364/josaa.32.002407"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": None}, [("no title", False)]),
        ({"title": None, "id": None}, [("a paper without title and identifier: nothing", True)]),
        ({"id": "2301.0001"}, [("identifier 2301.0001", False)]),
        ({"id": 7}, [("id: 7", False), ("identifier missing", False)]),
        ({"doi": "none"}, [("DOI none", False)]),
        ({"authors": "", "authors_parsed": []}, [("no author", False)]),
        ({"authors_parsed": [["", "", ""]]}, [("author 1: ['', '', '']", False), ("no author", False)]),
        ({"authors_parsed": [None]}, [("author 1: None", False), ("no author", False)]),
        ({"categories": None}, [("no category", False)]),
        ({"categories": "cs.ZZ"}, [("category cs.ZZ", False)]),
        ({"versions": None}, [("no date", False)]),
        ({"versions": [{"created": "Mon, 31 Feb 2023"}]}, [("date Mon, 31 Feb 2023", False)]),
    ],
)
def test_what_is_left_out_is_told(changes: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    """If it failed: a part of a paper would be lost silently."""
    assert problems(**changes) == expected


def test_a_name_left_out_keeps_the_others_places() -> None:
    """If it failed: positions would not be the source's."""
    found = paper(authors_parsed=[["The X Collaboration", "", ""], [":", "", ""], ["Evans", "Neal J.", "II"]])
    assert [(a.name, a.position) for a in found.authorships] == [
        ("The X Collaboration", 1),
        ("Neal J. Evans II", 3),
    ]


def test_old_categories_and_a_line_without_parsed_authors() -> None:
    """If it failed: cmp-lg would be unknown, and copies of the snapshot without `authors_parsed` without authors."""
    found = paper(categories="cmp-lg cs.CL", authors_parsed=None, authors=r"P\'al Erd{\H o}s and B. C")
    assert found.category is not None
    assert (found.category.notation, found.category.scheme) == ("cmp-lg", "arxiv")
    assert [author.name for author in found.authorships] == ["Pál Erdős", "B. C"]


def test_a_broken_line_is_refused_and_reading_goes_on() -> None:
    """If it failed: one bad line would cost the file."""
    found = read(ROW, b'{"id": "2301.\n', ROW)
    assert [type(record) for record in found] == [Paper, Problem, Paper]
    assert isinstance(found[1], Problem)
    assert (found[1].is_refused, found[1].lines.first) == (True, 2)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:authors_parsednul1\n').map(str.encode))
def test_any_bytes_end_in_records_or_one_error(content: bytes) -> None:
    """If it failed: a file could end a load with a traceback."""
    with suppress(UnreadableFile):
        list(arxiv_jsonl.read(BytesIO(content), "x"))


ODD = [None, 0, 1.5, True, "", "\0", "\ud800", "\\", [], [None], [[]], [[None, 1]], ["a", "b"], {}, {"a": []}]


@given(st.dictionaries(st.sampled_from(sorted(ROW)), st.sampled_from(ODD)))
def test_any_values_are_read(changes: dict[str, Any]) -> None:
    """If it failed: a null or a number in the wrong place would stop a load."""
    assert read({**ROW, **changes})
