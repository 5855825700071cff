"""Tests of `graph/readers/semantic_scholar.py`: its API and its data sets, whole and broken."""

from __future__ import annotations

import gzip
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.readers import semantic_scholar
from collegium.graph.records import (
    Authorship,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Profile,
    Published,
)
from records_read import ids
from semantic_scholar_values import ADA, OTHER, PAPER, SHA, parted


def test_an_author_with_papers(shared_data: Path) -> None:
    """Counts against the truth, and one paper by hand."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())["s2_author"]
    data = (shared_data / "s2" / "Author.json").read_bytes()
    assert semantic_scholar.sniff(data[: 1 << 16].decode())
    records = list(semantic_scholar.read(io.BytesIO(data), "x"))
    profile = records[0]
    assert isinstance(profile, Profile)
    assert (profile.name, profile.names) == (truth["name"], ("Alan M. Turing",))
    assert profile.identifiers == ids("s2-author 2262347")
    assert [(r.measure, int(r.value)) for r in profile.reported] == [
        ("h_index", truth["hIndex"]),
        ("papers", truth["paperCount"]),
        ("citations", truth["citationCount"]),
    ]
    papers = [record for record in records if isinstance(record, Paper)]
    assert len(papers) == truth["papers_listed"]
    cited = sorted((int(p.reported[0].value) for p in papers), reverse=True)
    assert sum(cited) == truth["sum_citations_listed"]
    assert sum(count >= place for place, count in enumerate(cited, 1)) == truth["h_computed_from_listed"]
    assert all(any(i.value == "2262347" for a in p.authorships for i in a.identifiers) for p in papers)
    review = next(p for p in papers if p.title.startswith("Review of two collections"))
    assert review.identifiers == ids(
        "s2 6b7b392d5f3284a78fd559439bc735f3f0b08bae",
        "doi 10.1080/01611194.2019.1650846",
        "dblp journals/cryptologia/X20",
        "s2-corpus 212727442",
    )
    assert [a.name for a in review.authorships][1] == "Jonathan P. Bowen"
    assert (review.kind, review.issued) == ("review", PartialDate("2020-01-02", 2020, 1, 2))
    assert review.published == Published("Cryptologia", "44", None, "82 - 86")
    assert [c.notation for c in review.categories] == ["Computer Science", "Art"]


def test_no_other_file_is_taken(shared_data: Path) -> None:
    """A sniff that says yes to another format hides it."""
    for path in sorted(shared_data.rglob("*")):
        if path.is_file() and path.name != "Author.json":
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            assert not semantic_scholar.sniff(data[: 1 << 16].decode("utf-8", "replace")), path


@pytest.mark.parametrize(
    "value",
    [
        PAPER,
        [PAPER],
        {"total": 1, "offset": 0, "data": [PAPER]},
        {"data": [{"contexts": [], "citedPaper": PAPER}]},
        {"data": [{"isInfluential": False, "citingPaper": PAPER}]},
        {"data": [{"snippet": {}, "paper": PAPER}]},
        {"recommendedPapers": [PAPER]},
    ],
)
def test_every_answer_of_the_api_gives_its_papers(value: Any) -> None:
    """Each endpoint wraps papers in its own way."""
    assert semantic_scholar.sniff(json.dumps(value))
    [paper], problems = parted(value)
    assert problems == []
    assert (paper.title, paper.identifiers) == ("T", ids(f"s2 {SHA}"))
    assert paper.authorships == (Authorship("Ada Lovelace", 1, ids("s2-author 1")),)


def test_a_list_of_authors() -> None:
    """An answer to .../authors holds authors, with dblp's homonym numbers, other names and ORCIDs."""
    author = {
        "authorId": "2237651454",
        "externalIds": {"DBLP": ["Abhijit Banerjee 0001", "A. Banerjee"], "ORCID": "0000-0002-1825-0097"},
        "name": "Banerjee, Abhijit",
        "aliases": ["A. V. Banerjee", "Abhijit Banerjee"],
        "affiliations": ["MIT"],
        "paperCount": 347,
        "hIndex": None,
    }
    [profile], problems = parted({"offset": 0, "data": [author]})
    assert problems == []
    assert profile == Profile(
        "Abhijit Banerjee",
        Lines(1, 1, "record"),
        reported=profile.reported,
        identifiers=ids(
            "s2-author 2237651454", "orcid 0000-0002-1825-0097", "dblp-name Abhijit Banerjee 0001"
        ),
        names=("A. V. Banerjee", "A. Banerjee"),
        institutions=(Institution("MIT"),),
    )
    assert [(r.measure, r.value) for r in profile.reported] == [("papers", Decimal(347))]


def test_papers_of_an_author_that_lack_authors_have_this_one() -> None:
    """By its defaults the API lists an author's papers with id and title alone."""
    listed = [{"paperId": SHA, "title": "T"}, None, {"paperId": OTHER, "title": "U", "authors": []}]
    records, problems = parted({**ADA, "paperCount": 3, "papers": listed})
    assert [type(record).__name__ for record in records] == ["Profile", "Paper", "Paper"]
    for paper in records[1:]:
        assert paper.authorships == (Authorship("Ada Lovelace", None, ids("s2-author 1")),)
        assert paper.is_truncated
    assert problems == [("2 papers listed", False), ("no authors", False), ("no authors", False)]
