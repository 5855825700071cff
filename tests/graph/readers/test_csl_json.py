"""CSL-JSON: real items against independent counts, and what reference managers write."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.csl_json import read, sniff
from collegium.graph.records import Authorship, Identifier, Lines, PartialDate, Published
from json_files import JUNK, Found, bytes_of, found_in, objects_with, real_heads, sniffed

ITEM: dict[str, Any] = {
    "id": "lovelace1843",
    "type": "article-journal",
    "title": "A title",
    "author": [{"family": "Lovelace", "given": "Ada"}],
    "issued": {"date-parts": [[1843, 9]]},
    "DOI": "10.1000/A",
}
KEYS: tuple[str, ...] = (
    *ITEM,
    "family",
    "given",
    "literal",
    "suffix",
    "dropping-particle",
    "raw",
    "PMID",
    "PMCID",
)
KEYS += (
    "ISBN",
    "URL",
    "number",
    "archive",
    "keyword",
    "categories",
    "container-title",
    "page",
    "language",
    "abstract",
)


def one(**changes: Any) -> Found:
    """Return what is found in an item that differs from `ITEM` so."""
    return found_in(read, [{**ITEM, **changes}])


@pytest.mark.parametrize("name", ["manubot_crossref_deep_review", "manubot_input_bibliography"])
def test_real_items_agree_with_independent_counts(shared_data: Path, name: str) -> None:
    """If it failed: authors would be lost, come twice or be spelled otherwise."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text("utf-8"))[f"csl_{name}.json"]
    found = found_in(read, bytes_of(shared_data / "csljson" / f"{name}.json"))
    pairs = {
        pair
        for paper in found.papers
        for pair in combinations(sorted({a.name for a in paper.authorships}), 2)
    }
    assert found.problems == []
    assert len(found.papers) == truth["records"]
    assert len(found.names) == truth["author_occurrences"]
    # The independent count knows no `literal` names: five of the bibliography are not in it.
    literal = 5 if name == "manubot_input_bibliography" else 0
    assert len(set(found.names)) == truth["distinct_author_strings"] + literal
    assert max(len(paper.authorships) for paper in found.papers) == truth["max_authors"]
    assert {author for author, _ in truth["top5"]} <= set(found.names)
    if name == "manubot_crossref_deep_review":
        assert len(pairs) == truth["coauthor_pairs"]


def test_real_items_are_read_field_by_field(shared_data: Path) -> None:
    """If it failed: an item would be read in part."""
    arxiv, bee, review = found_in(
        read, bytes_of(shared_data / "csljson" / "manubot_input_bibliography.json")
    ).papers
    assert arxiv.authorships[0] == Authorship("Trang T. Le", 1)
    assert arxiv.identifiers == (
        Identifier("doi", "10.1088/1402-4896/ab0811"),
        Identifier("arxiv", "1806.05726"),
    )
    assert (arxiv.kind, arxiv.issued) == ("report", PartialDate("2018-6-14", 2018, 6, 14))
    assert bee.identifiers == (
        Identifier("doi", "10.7717/peerj.338"),
        Identifier("pmid", "24765572"),
        Identifier("pmcid", "PMC3994616"),
    )
    assert bee.published == Published("PeerJ", "2", None, "e338", "PeerJ")
    assert review.issued == PartialDate("2018-4", 2018, 4)
    assert (review.kind, review.lines) == ("article", Lines(3, 3, "record"))


def test_a_real_item_from_crossref_keeps_what_crossref_adds(shared_data: Path) -> None:
    """If it failed: ORCIDs and references in items of DOI resolvers would be lost."""
    (paper,) = found_in(read, bytes_of(shared_data / "csljson" / "manubot_crossref_deep_review.json")).papers
    assert paper.authorships[0].identifiers == (Identifier("orcid", "0000-0002-5577-3516"),)
    assert len(paper.references) > 300
    assert [(each.measure, each.as_given) for each in paper.reported] == [("citations", "12")]


def test_real_files_of_others_are_not_taken(shared_data: Path) -> None:
    """If it failed: a file of another format would be read as CSL-JSON."""
    taken = {name for name, head in real_heads(shared_data) if sniff(head)}
    assert taken == {
        "csljson/manubot_crossref_deep_review.json",
        "csljson/manubot_input_bibliography.json",
    }


@pytest.mark.parametrize("content", [[ITEM], ITEM, {"items": [ITEM]}])
def test_every_container_is_read(content: object) -> None:
    """If it failed: one of the ways in which items are given out could not be read."""
    assert found_in(read, content).names == ["Ada Lovelace"]
    assert sniffed(json.dumps(content), "crossref", "csl_json", "datacite") == ["csl_json"]


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}, "Ludwig van Beethoven"),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Alexander von Humboldt"),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "Martin Luther King Jr."),
        ({"family": "Mao", "given": "Zedong", "static-ordering": True}, "Mao Zedong"),
        ({"literal": "The  Working Group"}, "The Working Group"),
        ({"family": "Plato"}, "Plato"),
    ],
)
def test_names_are_put_in_the_order_of_speech(entry: dict[str, Any], name: str) -> None:
    """If it failed: one person would have two names in two sources."""
    found = one(author=[entry])
    assert (found.papers[0].authorships, found.problems) == ((Authorship(name, 1),), [])


def test_nobody_is_called_et_al() -> None:
    """If it failed: “et al.” would be the author of many papers."""
    found = one(author=[{"literal": "Ada Lovelace et al."}, {"literal": "et al."}])
    assert found.papers[0].is_truncated
    assert found.papers[0].authorships == (Authorship("Ada Lovelace", 1, as_given="Ada Lovelace et al."),)


@pytest.mark.parametrize(
    ("issued", "expected", "remarks"),
    [
        ({"date-parts": [["2014", "4"]]}, PartialDate("2014-4", 2014, 4), 0),
        ({"date-parts": [[2014], [2015]]}, PartialDate("2014", 2014), 0),
        ({"date-parts": [2014, 4]}, PartialDate("2014-4", 2014, 4), 0),
        ({"raw": "2014-04-03"}, PartialDate("2014-04-03", 2014, 4, 3), 0),
        ({"literal": "Spring 2014"}, PartialDate("Spring 2014", None), 1),
        ("2014", PartialDate("2014", 2014), 0),
        (2014, PartialDate("2014", 2014), 0),
        ({"date-parts": [[2014, 0]]}, PartialDate("2014-0", 2014), 1),
        ([2014], None, 1),
        ({"season": "spring"}, None, 1),
        ({}, None, 0),
        (None, None, 0),
    ],
)
def test_dates_are_as_precise_as_they_stand(issued: Any, expected: PartialDate | None, remarks: int) -> None:
    """If it failed: a day would be made up, or a broken date be lost without a word."""
    found = one(issued=issued)
    assert (found.papers[0].issued, len(found.problems)) == (expected, remarks)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DOI": "https://doi.org/10.1000/B"}, ["10.1000/b"]),
        ({"DOI": None, "URL": "https://doi.org/10.1000/c"}, ["10.1000/c"]),
        ({"DOI": None, "id": "https://doi.org/10.1000/d"}, ["10.1000/d"]),
        ({"URL": "https://doi.org/10.1000/other"}, ["10.1000/a"]),
        ({"URL": "https://arxiv.org/abs/2301.00001v2"}, ["10.1000/a", "2301.00001"]),
        ({"archive": "arXiv", "number": "2301.00001"}, ["10.1000/a", "2301.00001"]),
        ({"number": "arXiv:2301.00001"}, ["10.1000/a", "2301.00001"]),
        ({"number": "2301.00001"}, ["10.1000/a"]),
        ({"PMID": 24765572}, ["10.1000/a", "24765572"]),
        (
            {"type": "book", "ISBN": "9781579478889, 9783031745348"},
            ["10.1000/a", "9781579478889", "9783031745348"],
        ),
        ({"type": "chapter", "ISBN": "9781579478889"}, ["10.1000/a"]),
        ({"id": "12345"}, ["10.1000/a"]),
    ],
)
def test_identifiers_are_read(changes: dict[str, Any], expected: list[str]) -> None:
    """If it failed: a paper would be known by a key of somebody's library, or not by its DOI."""
    found = one(**changes)
    assert [each.value for each in found.papers[0].identifiers] == expected
    assert found.problems == []


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("paper-conference", "conference-paper"),
        ("journal-article", "article"),
        ("song", "other"),
        (None, None),
    ],
)
def test_types_are_told_by_a_table(type_: str | None, kind: str | None) -> None:
    """If it failed: what a paper is would depend on who wrote the item."""
    assert one(type=type_).papers[0].kind == kind


def test_keywords_are_taken_apart() -> None:
    """If it failed: all keywords would be one."""
    assert one(keyword="a, b ,, a").papers[0].keywords == ("a", "b")
    assert one(keyword="a, b; c", categories=["d"]).papers[0].keywords == ("a, b", "c", "d")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": ""}, "no title"),
        ({"author": None, "editor": [{"family": "E"}]}, "no authors; 1 editors are not taken for authors"),
        ({"author": [None]}, "None"),
        ({"PMID": "x"}, "x"),
        ({"language": "in English"}, "in English"),
    ],
)
def test_what_is_left_out_is_remarked(changes: dict[str, Any], found: str) -> None:
    """If it failed: a part would be lost and nobody told."""
    result = one(**changes)
    assert len(result.papers) == 1
    assert found in [said[0] for said in result.said]


@pytest.mark.parametrize("item", [{"id": "a", "type": "book"}, {"error": "not found"}, {}])
def test_what_has_neither_title_nor_identifier_is_refused(item: dict[str, Any]) -> None:
    """If it failed: a paper without any name would be in the graph."""
    found = found_in(read, [item])
    assert (found.papers, [problem.is_refused for problem in found.problems]) == ([], [True])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_anything_may_stand_anywhere(key: str, junk: Any) -> None:
    """If it failed: one strange value would stop a whole file."""
    for change in ({key: junk}, {"author": [{key: junk}]}, {"issued": {key: junk}}):
        one(**change)


@given(st.lists(objects_with(*KEYS), min_size=1, max_size=3))
def test_any_objects_are_read_or_refused(items: list[dict[str, Any]]) -> None:
    """If it failed: an item would be lost without a word, or break the load."""
    found = found_in(read, items)
    first = {record.lines.first for record in (*found.papers, *found.problems)}
    assert first == set(range(1, len(items) + 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    """If it failed: a strange file would end in a traceback."""
    try:
        list(read(BytesIO(data), "x"))
    except UnreadableFile as error:
        assert "expected" in str(error)
