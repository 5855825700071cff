"""Crossref: real answers and files by hand, and each field of a work."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.readers.crossref import read, sniff
from collegium.graph.records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    PartialDate,
    Published,
    Reported,
)
from crossref_works import WORK, one
from json_files import Found, bytes_of, found_in, real_heads


def real(shared_data: Path, name: str) -> Found:
    return found_in(read, bytes_of(shared_data / "crossref" / name))


@pytest.mark.parametrize(
    ("name", "papers", "authors"),
    [
        ("3items.json.gz", 3, 11),
        ("affiliations.json.gz", 1, 23),
        ("crossref-2025.jsonl.gz", 3, 2),
        ("crossref_api_works.json", 3, 9),
        ("oc_ds_converter_0.json.gz", 3000, 4204),
        ("orcid-work.json.gz", 1, 1),
    ],
)
def test_every_work_and_author_of_real_files_is_read(
    shared_data: Path, name: str, papers: int, authors: int
) -> None:
    """If it failed: works or authors would be lost, or come twice."""
    found = real(shared_data, name)
    assert (len(found.papers), len(found.names)) == (papers, authors)
    assert not [problem for problem in found.problems if problem.is_refused]


def test_every_field_of_a_large_real_file_agrees_with_its_json(shared_data: Path) -> None:
    """If it failed: a field would be read from the wrong place in some works."""
    data = bytes_of(shared_data / "crossref" / "oc_ds_converter_0.json.gz")
    found = found_in(read, data)
    for work, paper in zip(json.loads(data)["items"], found.papers, strict=True):
        assert paper.identifiers[0] == Identifier("doi", work["DOI"].lower())
        assert len(paper.authorships) == len(work.get("author", ()))
        assert [a.position for a in paper.authorships] == list(range(1, len(paper.authorships) + 1))
        assert bool(paper.title) == bool(work["title"])
        assert [category.label for category in paper.categories] == work.get("subject", [])
        assert paper.published and paper.published.volume == work.get("volume")
        assert (
            paper.issued
            and [part for part in (paper.issued.year, paper.issued.month, paper.issued.day) if part]
            == work["issued"]["date-parts"][0]
        )
    remarks = [problem.found for problem in found.problems]
    assert (remarks.count("no title"), remarks.count("no authors"), len(remarks)) == (125, 675, 800)


def test_a_real_work_is_read_field_by_field(shared_data: Path) -> None:
    """If it failed: a work with an affiliation and references would be read in part."""
    paper = real(shared_data, "orcid-work.json.gz").papers[0]
    line = "Athens University of Economics and Business, Athens, Greece"
    assert paper.title == "Documented unix facilities over 48 years"
    assert paper.authorships == (Authorship("Diomidis Spinellis", 1, affiliations=(line,)),)
    assert paper.issued == PartialDate("2018-5-28", 2018, 5, 28)
    assert (paper.kind, paper.reported) == ("conference-paper", (Reported("citations", Decimal(3), "3"),))
    assert paper.published and paper.published.publisher == "ACM"
    assert len(paper.references) == len({reference.value for reference in paper.references}) > 0


def test_a_real_group_is_an_author_that_is_no_person(shared_data: Path) -> None:
    """If it failed: a study group would be a person, or be lost."""
    authorships = real(shared_data, "affiliations.json.gz").papers[0].authorships
    groups = [author for author in authorships if author.is_collective]
    assert [group.name for group in groups] == ["the CNS physiotherapy study group"]


def test_a_real_orcid_is_kept(shared_data: Path) -> None:
    """If it failed: an author with an ORCID would be known by name only."""
    first = real(shared_data, "3items.json.gz").papers[1].authorships[0]
    assert first == Authorship("Matthew A. Malone", 1, (Identifier("orcid", "0000-0001-5322-2107"),))


def test_real_editors_are_no_authors(shared_data: Path) -> None:
    """If it failed: editors of a book would be co-authors."""
    found = real(shared_data, "crossref-2025.jsonl.gz")
    assert found.papers[0].authorships == ()
    assert found.said == [("no authors; 2 editors are not taken for authors", "a list of authors")]
    assert found.papers[0].identifiers[1:] == (
        Identifier("isbn", "9783031745348"),
        Identifier("isbn", "9783031745355"),
    )
    assert [paper.lines for paper in found.papers] == [Lines(1, 1), Lines(2, 2), Lines(3, 3)]


def test_real_files_of_others_are_not_taken(shared_data: Path) -> None:
    """If it failed: a file of another format would be read as Crossref's."""
    taken = {name for name, head in real_heads(shared_data) if sniff(head)}
    assert {name.split("/")[0] for name in taken} == {"crossref"}
    assert len(taken) == 6


@pytest.mark.parametrize(
    "content",
    [
        {"message-type": "work-list", "message": {"items": [WORK, WORK]}},
        {"items": [WORK, WORK]},
        [WORK, WORK],
    ],
)
def test_lists_of_works_are_read(content: object) -> None:
    """If it failed: one of the ways in which works are given out could not be read."""
    found = found_in(read, content)
    assert [paper.lines for paper in found.papers] == [Lines(1, 1, "record"), Lines(2, 2, "record")]
    assert found.problems == []


def test_a_single_answer_and_lines_of_works_are_read() -> None:
    """If it failed: the answer on one DOI, or the dump by lines, could not be read."""
    assert found_in(read, {"status": "ok", "message-type": "work", "message": WORK}).names == ["Ada Lovelace"]
    lines = b"\n".join([json.dumps(WORK).encode()] * 3)
    assert [paper.lines.first for paper in found_in(read, lines).papers] == [1, 2, 3]


AUTHORS = [
    ({"given": "Robert H.", "family": "Haralson", "suffix": "III"}, Authorship("Robert H. Haralson III", 1)),
    ({"family": "Plato"}, Authorship("Plato", 1)),
    ({"given": "Madonna"}, Authorship("Madonna", 1)),
    ({"given": "硕", "family": "陈"}, Authorship("陈硕", 1)),
    ({"name": "ATLAS Collaboration"}, Authorship("ATLAS Collaboration", 1, is_collective=True)),
    ({"given": "A &amp; B", "family": "<i>C</i>"}, Authorship("A & B C", 1)),
    (
        {
            "family": "Li",
            "affiliation": [{"name": "MIT", "id": [{"id": "https://ror.org/042nb2s44", "id-type": "ROR"}]}],
        },
        Authorship("Li", 1, institutions=(Institution("MIT", (Identifier("ror", "042nb2s44"),)),)),
    ),
    (
        {"family": "Li", "affiliation": [{"name": " A  b"}, "C", None]},
        Authorship("Li", 1, affiliations=("C", "A b")),
    ),
]


@pytest.mark.parametrize(("entry", "expected"), AUTHORS)
def test_authors_are_read(entry: dict[str, Any], expected: Authorship) -> None:
    """If it failed: a form of name would be read wrongly."""
    found = one(author=[entry])
    assert found.papers[0].authorships == (expected,)
    assert found.problems == []


DATES = [
    ([[2019]], PartialDate("2019", 2019), 0),
    ([[2019, 7]], PartialDate("2019-7", 2019, 7), 0),
    ([["2019", "07"]], PartialDate("2019-07", 2019, 7), 0),
    ([[None]], None, 0),
    ([[]], None, 0),
    ([], None, 0),
    ([[2019, 13, 1]], PartialDate("2019-13-1", 2019), 1),
    ([[2019, 2, 30]], PartialDate("2019-2-30", 2019, 2), 1),
    ([[0]], None, 1),
    ([[20190]], None, 1),
    ([["Spring"]], None, 1),
    ([[[2019]]], None, 1),
    ("2019", None, 1),
]


@pytest.mark.parametrize(("parts", "expected", "remarks"), DATES)
def test_dates_are_as_precise_as_their_parts(parts: Any, expected: PartialDate | None, remarks: int) -> None:
    """If it failed: a day would be made up, or a broken date stop a file."""
    found = one(issued={"date-parts": parts})
    assert found.papers[0].issued == expected
    assert len(found.problems) == remarks


def test_the_date_in_print_stands_for_a_missing_one() -> None:
    """If it failed: works with no `issued` would have no year though the source gives one."""
    found = one(issued={"date-parts": [[None]]}, **{"published-print": {"date-parts": [[2001]]}})
    assert found.papers[0].issued == PartialDate("2001", 2001)


@pytest.mark.parametrize(
    ("type_", "subtype", "kind"),
    [
        ("journal-article", None, "article"),
        ("posted-content", "preprint", "preprint"),
        ("posted-content", None, "other"),
        ("edited-book", None, "book"),
        ("component", None, "other"),
        ("made-up", None, "other"),
        (None, None, None),
        ([], None, None),
    ],
)
def test_types_are_told_by_a_table(type_: Any, subtype: str | None, kind: str | None) -> None:
    """If it failed: a preprint would be an article."""
    assert one(type=type_, subtype=subtype).papers[0].kind == kind


def test_the_other_fields_are_read() -> None:
    """If it failed: where a paper came out, what it is about or whom it cites would be lost."""
    found = one(
        abstract="<jats:title>Abstract</jats:title><jats:p>H<jats:sub>2</jats:sub>O &amp; <i>x</i></jats:p>",
        publisher="P",
        issue="4",
        volume=15,
        subject=["General Medicine"],
        language="en",
        reference=[
            {"DOI": "10.1/x"},
            {"DOI": "10.1000/B"},
            {"DOI": "10.1000/b"},
            {"unstructured": "text"},
            {"DOI": "bad"},
        ],
        relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1000/other"}]},
        ISBN=["9781579478889"],
        **{"container-title": ["J &amp; K"], "article-number": "e1", "is-referenced-by-count": 7},
    )
    paper = found.papers[0]
    assert paper.abstract == "Abstract H2O & x"
    assert paper.published == Published("J & K", "15", "4", "e1", "P")
    assert paper.categories == (
        Category("General Medicine", "General Medicine", "asjc", label="General Medicine"),
    )
    assert paper.references == (Identifier("doi", "10.1000/b"),)
    assert paper.reported == (Reported("citations", Decimal(7), "7"),)
    assert paper.identifiers == (
        Identifier("doi", "10.1000/a"),
    )  # no ISBN: it is the journal's or the book's
    assert paper.language == "en"
    assert [said[0] for said in found.said] == ["10.1/x", "bad"]
