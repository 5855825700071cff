"""Tests of `graph/readers/openalex.py`: what others' real files say, by known answers."""

from __future__ import annotations

import gzip
import io
import json
from decimal import Decimal
from pathlib import Path

from collegium.graph.readers import openalex
from collegium.graph.records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Profile,
    Published,
    Record,
)
from records_read import ids


def from_file(path: Path) -> list[Record]:
    """The records of a file, which the reader must take for its own."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert openalex.sniff(data[: 1 << 16].decode("utf-8", "replace"))
    return list(openalex.read(io.BytesIO(data), str(path)))


def papers(records: list[Record]) -> list[Paper]:
    """The papers among records."""
    return [record for record in records if isinstance(record, Paper)]


def test_a_single_work(shared_data: Path) -> None:
    """The example of OpenAlex's own documentation, field by field."""
    [paper] = from_file(shared_data / "openalex" / "W2741809807.json")
    assert isinstance(paper, Paper)
    assert paper.title.startswith("The state of OA: a large-scale analysis")
    assert paper.identifiers == ids(
        "openalex W2741809807",
        "doi 10.7717/peerj.4375",
        "pmid 29456894",
        "pmcid PMC5815332",
        "mag 2741809807",
    )
    assert [a.position for a in paper.authorships] == list(range(1, 10))
    heather = paper.authorships[0]
    assert heather == Authorship(
        "Heather Piwowar",
        1,
        ids("openalex-author A5048491430", "orcid 0000-0003-1613-5981"),
        (
            Institution(
                "Impact Technology Development (United States)",
                ids("openalex-institution I4210166736", "ror 05ppvf150"),
                country="US",
            ),
        ),
        ("Impactstory, Sanford, NC, USA",),
    )
    assert paper.issued == PartialDate("2018-02-13", 2018, 2, 13)
    assert paper.kind == "article"
    assert paper.published == Published("PeerJ", "6", None, "e4375", "PeerJ, Inc.")
    topic = "scientometrics and bibliometrics research"
    assert paper.category == Category("https://openalex.org/T10102", "T10102", "openalex-topics", label=topic)
    assert len(paper.categories) == 2
    assert paper.keywords[0] == "Scholarly Communication"
    assert len(paper.references) == 45
    assert paper.references[0] == Identifier("openalex", "W1560783210")
    assert [(r.measure, r.value) for r in paper.reported] == [("citations", Decimal(962))]
    assert paper.abstract is not None
    assert paper.abstract.startswith("Despite growing interest in Open Access (OA) to scholarly literature")
    assert (paper.language, paper.is_truncated, paper.author_count) == ("en", False, None)


def test_a_single_author(shared_data: Path) -> None:
    """Names, figures and institutions of an author's own record."""
    [profile] = from_file(shared_data / "openalex" / "A5023888391.json")
    assert isinstance(profile, Profile)
    assert (profile.name, profile.names) == ("Jason Priem", ("Priem Jason",))
    assert profile.identifiers == ids(
        "openalex-author A5023888391", "orcid 0000-0001-6187-6610", "scopus-author 36455008000"
    )
    assert [(r.measure, int(r.value)) for r in profile.reported] == [
        ("h_index", 17),
        ("papers", 62),
        ("citations", 3890),
    ]
    assert [i.name for i in profile.institutions][:2] == ["OurResearch", "Johns Hopkins University"]


def test_a_single_institution(shared_data: Path) -> None:
    """An institution stands as a record of its own, with all its names."""
    [found] = from_file(shared_data / "openalex" / "I27837315.json")
    assert isinstance(found, Institution)
    assert (found.name, found.country, found.lines) == ("University of Michigan", "US", Lines(1, 1))
    assert found.identifiers == ids(
        "openalex-institution I27837315", "ror 00jmfr291", "grid grid.214458.e", "wikidata Q230492"
    )
    assert found.names[:3] == ("UM", "Université du Michigan", "UMich")
    assert "ミシガン大学" in found.names
    assert found.name not in found.names


def test_a_page_of_works(shared_data: Path) -> None:
    """Null author ids, a work without authors, one author four times on a list, several raw names for one id."""
    records = from_file(shared_data / "openalex" / "openalexPro_json_chunk_1_results_page_1.json")
    found = papers(records)
    assert [p.lines for p in found] == [Lines(n, n, "record") for n in range(1, 50)]
    assert sum(len(p.authorships) for p in found) == 160
    assert sum(not p.authorships for p in found) == 1
    without_id = [a for p in found for a in p.authorships if not a.identifiers]
    assert [a.name for a in without_id].count("World Bank") == 2
    assert len(without_id) == 5
    problems = [p.found for p in records if isinstance(p, Problem)]
    assert sum(text.startswith("no id of") for text in problems) == 5
    assert problems.count("Richard W. Wrangham") == 3
    assert problems.count("no authors") == 1
    assert len(problems) == 9
    harvey = next(a for p in found for a in p.authorships if a.name == "Célia A. Harvey")
    assert harvey.as_given == "CELIA A. HARVEY"


def test_a_part_of_the_snapshot(shared_data: Path) -> None:
    """The older schema: concepts, Crossref's types, MAG ids as numbers, the abstract as JSON inside a text."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())[
        "openalex_snapshot_part_by_author_id"
    ]
    records = from_file(shared_data / "openalex" / "works_part_test.gz")
    found = papers(records)
    assert len(found) == truth["records"]
    assert [p.lines for p in found] == [Lines(n, n) for n in range(1, 30)]
    authors = [
        i.value for p in found for a in p.authorships for i in a.identifiers if i.scheme == "openalex-author"
    ]
    assert len(authors) == truth["author_occurrences"]
    assert len(set(authors)) == truth["distinct_author_strings"]
    assert sum(not p.authorships for p in found) == truth["without_author"]
    assert max(len(p.authorships) for p in found) == truth["max_authors"]
    pairs = {
        tuple(sorted((a.identifiers[0].value, b.identifiers[0].value)))
        for p in found
        for a in p.authorships
        for b in p.authorships
        if a.identifiers[0] != b.identifiers[0]
    }
    assert len(pairs) == truth["coauthor_pairs"]
    first = found[0]
    assert first.identifiers[-1] == Identifier("mag", "2749887630")
    assert first.abstract is not None
    assert first.abstract.startswith(
        "Using social comparison theory as an overarching perspective, we review"
    )
    assert first.categories[0] == Category(
        "https://openalex.org/C15744967", "C15744967", "openalex-concepts", label="Psychology"
    )
    assert (first.kind, first.published) == ("other", Published(pages="336-352"))
    assert first.authorships[0].institutions == (Institution("Business, University of Maryland"),)
    assert first.authorships[0].affiliations == ("Business, University of Maryland",)
    assert sum(p.abstract is not None for p in found) == 11
    assert {p.kind for p in found} >= {"article", "chapter", "preprint", "thesis", "conference-paper", "book"}


def test_pages_in_a_list(shared_data: Path) -> None:
    """Another tool keeps its pages as one list: works of two, institutions of three."""
    folder = shared_data / "openalex" / "coauthor_map"
    records = from_file(folder / "openalex-works-pages.json")
    assert len(papers(records)) == 34
    assert sum(len(p.authorships) for p in papers(records)) == 315
    names = {
        a.as_given or a.name
        for p in papers(records)
        for a in p.authorships
        if Identifier("openalex-author", "A5085050194") in a.identifiers
    }
    assert names == {"Toshiaki A. Furukawa", "Toshi A Furukawa", "Toshi A. Furukawa"}
    assert all(isinstance(r, Institution) for r in from_file(folder / "openalex-institutions-pages.json"))
    assert len(from_file(folder / "openalex-institutions-pages.json")) == 120


def test_no_other_file_is_taken(shared_data: Path) -> None:
    """A sniff that says yes to another format hides it."""
    seen = 0
    for path in sorted(shared_data.rglob("*")):
        if not path.is_file() or (
            path.parent.name in ("openalex", "coauthor_map") and "openalex" in str(path)
        ):
            continue
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        assert not openalex.sniff(data[: 1 << 16].decode("utf-8", "replace")), path
        seen += 1
    assert seen > 30
