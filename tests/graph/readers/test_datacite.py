"""DataCite: a real answer and a real export by hand, and each field of a record."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.readers.datacite import read, sniff
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
from datacite_records import BARE, one
from json_files import Found, bytes_of, found_in, real_heads


def by(**creator: Any) -> Found:
    """Return what is found in a record of that one creator."""
    return one(creators=[creator])


def test_the_real_answer_is_read(shared_data: Path) -> None:
    """If it failed: an answer of the API would be read in part."""
    found = found_in(read, bytes_of(shared_data / "datacite" / "datacite_api.json"))
    assert found.problems == []
    (paper,) = found.papers
    assert paper.title == "THE SECOND FERMI LARGE AREA TELESCOPE CATALOG OF GAMMA-RAY PULSARS"
    assert len(paper.authorships) == 211
    assert paper.authorships[0] == Authorship("A. A. Abdo", 1, as_given="Abdo, A. A.")
    assert [author.position for author in paper.authorships] == list(range(1, 212))
    assert paper.issued == PartialDate("2013", 2013)
    assert (paper.kind, paper.language) == ("article", "en")
    assert paper.identifiers == (Identifier("doi", "10.3204/desy-2014-00864"),)
    assert paper.references == ()  # the relation to the journal's own version is no citation
    assert paper.categories == (Category("520", "520", "ddc"),)
    assert paper.published and paper.published.publisher == "Deutsches Elektronen-Synchrotron, DESY, Hamburg"


def test_the_real_export_is_read(shared_data: Path) -> None:
    """If it failed: contributors would be authors, or an organization a person."""
    found = found_in(read, bytes_of(shared_data / "datacite" / "invenio_v4.5_full_example.json"))
    assert found.problems == []
    (paper,) = found.papers
    printed = "ExampleFamilyName, ExampleGivenName"
    assert paper.authorships == (
        Authorship("ExampleGivenName ExampleFamilyName", 1, as_given=printed),
        Authorship("ExampleOrganization", 2, (Identifier("ror", "03yrm5c26"),), is_collective=True),
    )
    assert (paper.title, paper.abstract, paper.kind) == ("Example Title", "Example Abstract", "dataset")
    assert paper.issued == PartialDate("2022-01-01", 2022, 1, 1)
    assert Identifier("arxiv", "0706.0001") in paper.references
    assert paper.keywords[-1] == "Example Subject"
    assert {category.scheme for category in paper.categories} == {"fos"}
    assert paper.published == Published("Example SeriesInformation", publisher="Example Publisher")


def test_real_files_of_others_are_not_taken(shared_data: Path) -> None:
    """If it failed: a file of another format would be read as DataCite's."""
    taken = {name for name, head in real_heads(shared_data) if sniff(head)}
    assert taken == {"datacite/datacite_api.json", "datacite/invenio_v4.5_full_example.json"}


ITEM = {"id": "10.5438/a", "type": "dois", "attributes": BARE}


@pytest.mark.parametrize("content", [{"data": [ITEM]}, {"data": ITEM}, ITEM, [ITEM], BARE, [BARE]])
def test_every_container_is_read(content: object) -> None:
    """If it failed: one of the ways in which records are given out could not be read."""
    found = found_in(read, content)
    assert (found.names, found.problems) == (["Ada Lovelace"], [])
    assert sniff(json.dumps(content))


def test_lines_of_records_keep_their_number() -> None:
    """If it failed: a problem in the public data file could not be looked up."""
    found = found_in(read, b"\n".join([json.dumps(ITEM).encode()] * 2))
    assert [paper.lines for paper in found.papers] == [Lines(1, 1), Lines(2, 2)]


CREATORS: list[tuple[dict[str, Any], Authorship]] = [
    ({"name": "Lovelace, Ada", "nameType": "Personal"}, Authorship("Ada Lovelace", 1, as_given="Lovelace, Ada")),
    ({"givenName": "Ada", "familyName": "Lovelace"}, Authorship("Ada Lovelace", 1)),
    ({"name": "Ada Lovelace"}, Authorship("Ada Lovelace", 1)),
    ({"name": "Physics, Institute of", "nameType": "Organizational", "givenName": "x"},
     Authorship("Physics, Institute of", 1, is_collective=True)),
    ({"name": "A", "affiliation": ["MIT", "MIT", " a  b "]}, Authorship("A", 1, affiliations=("MIT", "a b"))),
    ({"name": "A", "affiliation": "MIT"}, Authorship("A", 1, affiliations=("MIT",))),
    ({"name": "A", "affiliation": [{"name": "MIT", "affiliationIdentifier": "https://ror.org/042nb2s44",
                                    "affiliationIdentifierScheme": "ROR"}, {"name": "ETH"}]},
     Authorship("A", 1, institutions=(Institution("MIT", (Identifier("ror", "042nb2s44"),)),), affiliations=("ETH",))),
    ({"name": "A", "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                                        "nameIdentifierScheme": "ORCID"}, {"nameIdentifier": "1",
                                        "nameIdentifierScheme": "GND"}]},
     Authorship("A", 1, (Identifier("orcid", "0000-0002-1825-0097"),))),
    ({"name": "A", "nameIdentifiers": {"nameIdentifier": "0000000218250097", "nameIdentifierScheme": "orcid"}},
     Authorship("A", 1, (Identifier("orcid", "0000-0002-1825-0097"),))),
]  # fmt: skip


@pytest.mark.parametrize(("creator", "expected"), CREATORS)
def test_creators_are_read(creator: dict[str, Any], expected: Authorship) -> None:
    """If it failed: a form of creator would be read wrongly."""
    found = by(**creator)
    assert (found.papers[0].authorships, found.problems) == ((expected,), [])


def test_a_comma_in_a_name_of_no_type_is_not_interpreted() -> None:
    """If it failed: an institute would be turned around like a person, or nobody be told."""
    found = by(name="Physics, Institute of")
    assert found.names == ["Physics, Institute of"]
    assert [problem.found for problem in found.problems] == ["Physics, Institute of"]


TITLES = [
    ([{"title": "S", "titleType": "Subtitle"}, {"title": "M"}], None, "M", 0),
    ([{"title": "F", "lang": "fr"}, {"title": "E", "lang": "EN"}], "en", "E", 1),
    ([{"title": "T", "titleType": "TranslatedTitle"}], None, "T", 1),
    ([{"title": "(:unav)"}], None, "", 1),
    ([{"title": "A <i>b</i> &amp; c"}], None, "A b & c", 0),
    ({"title": "One"}, None, "One", 0),
    ([], None, "", 1),
]


@pytest.mark.parametrize(("titles", "tag", "expected", "remarks"), TITLES)
def test_the_main_title_is_kept(titles: Any, tag: str | None, expected: str, remarks: int) -> None:
    """If it failed: a paper would be called by its subtitle or a translation."""
    found = one(titles=titles, language=tag)
    assert (found.papers[0].title, len(found.problems)) == (expected, remarks)


DATES = [
    ([{"date": "2018-07-03", "dateType": "Issued"}], PartialDate("2018-07-03", 2018, 7, 3), 0),
    (
        [{"date": "2018-07-03T10:00:00Z", "dateType": "Issued"}],
        PartialDate("2018-07-03T10:00:00Z", 2018, 7, 3),
        0,
    ),
    ([{"date": "2017", "dateType": "Created"}], PartialDate("2019", 2019), 0),
    ([{"date": "2018/2019", "dateType": "Issued"}], PartialDate("2019", 2019), 1),
    ([{"date": "(:tba)", "dateType": "Issued"}], PartialDate("2019", 2019), 0),
    (None, PartialDate("2019", 2019), 0),
]


@pytest.mark.parametrize(("dates", "expected", "remarks"), DATES)
def test_the_date_of_issue_comes_before_the_year(dates: Any, expected: PartialDate, remarks: int) -> None:
    """If it failed: a paper would be dated by when its data were made."""
    found = one(dates=dates)
    assert (found.papers[0].issued, len(found.problems)) == (expected, remarks)


KINDS = [
    ({"resourceTypeGeneral": "Preprint"}, "preprint"),
    ({"resourceTypeGeneral": "Text", "resourceType": "Journal Article"}, "article"),
    ({"resourceTypeGeneral": "Text", "resourceType": "PhD thesis"}, "thesis"),
    ({"resourceTypeGeneral": "Text", "citeproc": "article-journal"}, "other"),
    ({"resourceTypeGeneral": "PhysicalObject"}, "other"),
    ({}, None),
    (None, None),
]


@pytest.mark.parametrize(("types", "kind"), KINDS)
def test_types_are_told_by_a_table(types: Any, kind: str | None) -> None:
    """If it failed: a thesis would be an article, or a guess of DataCite's exports be taken for a fact."""
    assert one(types=types).papers[0].kind == kind


def test_the_other_fields_are_read() -> None:
    """If it failed: what a record cites, is about, or is called elsewhere would be lost."""
    cites = [
        ("References", "DOI", "10.1000/X"),
        ("Cites", "arXiv", "arXiv:2301.00001v2"),
        ("IsCitedBy", "DOI", "10.1000/y"),
        ("References", "URL", "https://doi.org/10.1000/z"),
        ("References", "DOI", "bad"),
    ]
    found = one(
        relatedIdentifiers=[
            {"relationType": relation, "relatedIdentifierType": kind, "relatedIdentifier": value}
            for relation, kind, value in cites
        ],
        identifiers=[{"identifier": "2301.00002", "identifierType": "arXiv"}],
        subjects=[
            {"subject": "Machine Learning (cs.LG)", "subjectScheme": "arXiv"},
            {"subject": "Physics", "subjectScheme": "mine"},
            {"subject": "Neurons", "subjectScheme": "MeSH", "classificationCode": "D009474"},
        ],
        descriptions=[
            {"description": "No", "descriptionType": "Other"},
            {"description": "<p>Yes</p>", "descriptionType": "Abstract"},
        ],
        container={"title": "J", "volume": 3, "issue": "1", "firstPage": "5", "lastPage": "9"},
        publisher={"name": "P"},
        citationCount=4,
        contributors=[{"name": "E", "contributorType": "Editor"}],
    )
    paper = found.papers[0]
    assert [each.value for each in paper.references] == ["10.1000/x", "2301.00001", "10.1000/z"]
    assert paper.identifiers == (Identifier("doi", "10.5438/a"), Identifier("arxiv", "2301.00002"))
    assert [category.notation for category in paper.categories] == ["cs.LG", "D009474"]
    assert paper.categories[1].label == "Neurons"
    assert (paper.keywords, paper.abstract) == (("Physics",), "Yes")
    assert paper.published == Published("J", "3", "1", "5-9", "P")
    assert paper.reported == (Reported("citations", Decimal(4), "4"),)
    assert found.names == ["Ada Lovelace"]
    assert [said[0] for said in found.said] == ["bad"]


def test_a_related_item_says_where_it_came_out() -> None:
    """If it failed: papers of newer records would have no journal."""
    item = {"relationType": "IsPublishedIn", "titles": [{"title": "J"}], "volume": "2", "firstPage": "1"}
    assert one(relatedItems=[{"relationType": "Cites"}, item]).papers[0].published == Published(
        "J", "2", pages="1"
    )
