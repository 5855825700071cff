"""Tests of `graph/readers/semantic_scholar.py`: lines of its data sets, each of which has its own keys."""

from __future__ import annotations

import json
from typing import Any

from collegium.graph.readers import semantic_scholar
from collegium.graph.records import (
    Authorship,
    Category,
    Lines,
    PartialDate,
    Published,
)
from records_read import ids
from semantic_scholar_values import OTHER, SHA, parted

OF_S2AG: dict[str, Any] = {
    "corpusid": 223588394,
    "externalids": {"ACL": "P19-1001", "PubMed": "2", "PubMedCentral": "5815332", "DOI": None, "MAG": "7"},
    "url": f"https://www.semanticscholar.org/paper/{SHA}",
    "title": "T",
    "authors": [{"authorId": "101039255", "name": "粟毅"}, {"authorId": None, "name": "吴亚梅"}],
    "venue": "",
    "year": 2006,
    "citationcount": 4,
    "s2fieldsofstudy": [{"category": "Art", "source": "external"}, {"category": "Art", "source": "model"}],
    "publicationtypes": None,
    "publicationdate": None,
    "journal": {"name": "J", "pages": "\n  74-80\n ", "volume": "29 1"},
}


def test_lines_of_the_academic_graph() -> None:
    """S2AG writes keys in small letters, and Semantic Scholar's own id only at the end of the address."""
    author = {
        "authorid": "1",
        "externalids": None,
        "name": "A",
        "aliases": None,
        "papercount": 1,
        "hindex": 2,
    }
    [found, profile], problems = parted(OF_S2AG, author)
    assert found.identifiers == ids(
        f"s2 {SHA}", "acl P19-1001", "pmid 2", "pmcid PMC5815332", "mag 7", "s2-corpus 223588394"
    )
    assert [(a.name, a.position) for a in found.authorships] == [("粟毅", 1), ("吴亚梅", 2)]
    assert found.issued == PartialDate("2006", 2006)
    assert found.published == Published("J", "29 1", None, "74-80")
    assert found.categories == (Category("Art", "Art", "s2-fields", label="Art"),)
    assert found.kind is None
    assert (profile.name, profile.lines, profile.identifiers) == ("A", Lines(2, 2), ids("s2-author 1"))
    assert problems == [("no id of 吴亚梅", False)]
    assert semantic_scholar.sniff(json.dumps(OF_S2AG))
    assert semantic_scholar.sniff(json.dumps(author))


def test_lines_of_the_abstracts() -> None:
    """They have no title; where the abstract was found says which paper it is of."""
    value = {"corpusid": 1, "openaccessinfo": {"externalids": {"DOI": "10.1000/x"}}, "abstract": "A"}
    [paper], problems = parted(value)
    assert (paper.title, paper.abstract, paper.identifiers) == ("", "A", ids("doi 10.1000/x", "s2-corpus 1"))
    assert problems == [("no title", False), ("no authors", False)]


def test_the_open_corpus() -> None:
    """Ids at the top, several for one author, and what a paper cites as bare ids."""
    value = {
        "id": SHA,
        "title": "T",
        "paperAbstract": "<b>A</b>",
        "authors": [{"name": "Ada Lovelace", "ids": ["1", "2"]}],
        "outCitations": [OTHER, "x"],
        "journalName": "J",
        "journalVolume": "3",
        "doi": "10.1000/x",
        "pmid": "",
    }
    [paper], problems = parted(value)
    assert paper.identifiers == ids(f"s2 {SHA}", "doi 10.1000/x")
    assert (paper.abstract, paper.references, paper.published) == (
        "A",
        ids(f"s2 {OTHER}"),
        Published("J", "3"),
    )
    assert paper.authorships[0].identifiers == ids("s2-author 1", "s2-author 2")
    assert problems == [("1 cited papers without an identifier", False)]
    assert semantic_scholar.sniff(json.dumps(value))


def test_s2orc_of_2020() -> None:
    """Names in parts, the abstract in paragraphs; its own id and what it cites are numbers in the corpus."""
    value = {
        "paper_id": "77490191",
        "title": "U",
        "authors": [{"first": "Ada", "middle": ["K."], "last": "Lovelace", "suffix": "Jr."}],
        "abstract": [{"text": "One."}, {"text": "Two."}],
        "arxiv_id": "2301.00001",
        "pmc_id": "7",
        "outbound_citations": ["1", "2"],
        "s2_url": "https://api.semanticscholar.org/CorpusID:77490191",
    }
    [paper], problems = parted(value)
    assert paper.identifiers == ids("arxiv 2301.00001", "pmcid PMC7", "s2-corpus 77490191")
    assert (paper.abstract, paper.references) == ("One. Two.", ids("s2-corpus 1", "s2-corpus 2"))
    assert paper.authorships == (Authorship("Ada K. Lovelace Jr.", 1),)
    assert problems == []
    assert semantic_scholar.sniff(json.dumps(value))


def test_a_text_with_marks() -> None:
    """S2ORC of today says where title and authors stand in the text, each mark twice."""
    whole = "\nOn  Engines\n1843\n\nAda Lovelace 1 \nC Babbage \nAbstract here."

    def at(*pieces: str) -> str:
        return json.dumps([{"end": whole.index(p) + len(p), "start": whole.index(p)} for p in pieces] * 2)

    marks = {
        "title": at("On  Engines"),
        "author": at("Ada Lovelace 1 ", "C Babbage "),
        "authorfirstname": at("Ada", "C"),
        "authorlastname": at("Lovelace", "Babbage"),
        "abstract": "no JSON",
    }
    value = {
        "corpusid": 1,
        "externalids": {"doi": "10.1000/x"},
        "content": {"text": whole, "annotations": marks},
    }
    [paper], problems = parted(value)
    assert paper.title == "On Engines"
    assert [a.name for a in paper.authorships] == ["Ada Lovelace", "C Babbage"]
    assert paper.identifiers == ids("doi 10.1000/x", "s2-corpus 1")
    assert problems == [("no JSON", False)]
    assert semantic_scholar.sniff(json.dumps(value))
