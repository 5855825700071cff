"""PubMed's XML: counts of the sample, known articles, dates in words, wrong names, books, markup."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import pubmed_xml
from collegium.graph.records import Category, Identifier, Paper, PartialDate, Problem, Published, Record

AUTHOR = "<Author><LastName>King</LastName><ForeName>Martin Luther</ForeName><Suffix>Jr</Suffix></Author>"
BOOK = """<PubmedBookArticle><BookDocument><PMID>20301295</PMID><ArticleIdList>
<ArticleId IdType="bookaccession">NBK1116</ArticleId></ArticleIdList><Book><Publisher><PublisherName>UW</PublisherName>
</Publisher><BookTitle>GeneReviews</BookTitle><PubDate><Year>1993</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList></Book>{}
<AuthorList Type="authors"><Author><LastName>Writer</LastName><Initials>A</Initials></Author></AuthorList>
</BookDocument></PubmedBookArticle>"""


def read(inside: str) -> list[Record]:
    text = f"<!DOCTYPE PubmedArticleSet SYSTEM 'x.dtd'>\n<PubmedArticleSet>{inside}</PubmedArticleSet>"
    assert pubmed_xml.sniff(text)
    return list(pubmed_xml.read(BytesIO(text.encode()), "x"))


def article(
    article: str = "<ArticleTitle>T</ArticleTitle>", data: str = "", authors: str = AUTHOR, citation: str = ""
) -> list[Record]:
    return read(
        f"<PubmedArticle><MedlineCitation><PMID>12</PMID><Article>{article}<AuthorList>{authors}</AuthorList>"
        f"</Article>{citation}</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def paper(**parts: str) -> Paper:
    found = article(**parts)[0]
    assert isinstance(found, Paper)
    return found


def problems(records: list[Record]) -> list[tuple[str, bool]]:
    return [(record.found, record.is_refused) for record in records if isinstance(record, Problem)]


@pytest.fixture(scope="module")
def sample(shared_data: Path) -> list[Record]:
    """Return the records of the sample. Prevents: it is read again for each test."""
    content = lzma.decompress((shared_data / "pubmed" / "pubmedsample_2019.xml.xz").read_bytes())
    assert pubmed_xml.sniff(content[:65536].decode("utf-8", "replace"))
    return list(pubmed_xml.read(BytesIO(content), "x"))


def by_number(sample: list[Record], number: str) -> Paper:
    wanted = Identifier("pmid", number)
    return next(record for record in sample if isinstance(record, Paper) and record.identifiers[0] == wanted)


def test_counts_of_the_sample(sample: list[Record], shared_data: Path) -> None:
    """If it failed: articles, authors, groups or affiliations would be lost or made up."""
    truth = json.loads((shared_data / "truth" / "samples.json").read_text())["pubmed_sample_2019"]
    papers = [record for record in sample if isinstance(record, Paper)]
    authors = [author for paper in papers for author in paper.authorships]
    wrong = sum("printed wrongly" in found for found, _ in problems(sample))
    assert len(papers) == truth["records"]
    assert len(authors) + wrong == truth["author_occurrences"]
    assert (len(authors), wrong) == (1654, 4)
    assert len({author.name for author in authors}) + wrong == truth["distinct_author_strings"]
    assert sum(not paper.authorships for paper in papers) == truth["without_author"]
    assert max(len(paper.authorships) for paper in papers) == truth["max_authors"]
    assert sum(author.is_collective for author in authors) == truth["collective"]
    assert sum(len(author.affiliations) for author in authors) == truth["affil"]
    assert sum(paper.is_truncated for paper in papers) == truth["authorlist_incomplete"]
    assert Counter(author.name for author in authors)["J C Chen"] == 2
    assert sum(len(paper.references) for paper in papers) == 599
    assert not any(is_refused for _, is_refused in problems(sample))


def test_a_known_article(sample: list[Record]) -> None:
    """If it failed: the plainest fields would be read wrongly."""
    found = by_number(sample, "973217")
    assert found.title == "Hospital debt management and cost reimbursement."
    assert [author.name for author in found.authorships] == ["F R Blume"]
    assert found.issued == PartialDate("1976 Fall", 1976)
    assert found.published == Published("Topics in health care financing", "3", "1", "69-81")
    assert found.categories[0] == Category("Accounting", "D000066", "mesh", label="Accounting")
    assert (found.kind, found.language) == ("article", "en")


def test_deleted_numbers_are_remarked(sample: list[Record]) -> None:
    """If it failed: it would pass silently that PubMed took articles back."""
    assert problems(sample)[-1][0].startswith("7 deleted: 23203860, 23203861")


def test_identifiers_of_authors(sample: list[Record]) -> None:
    """If it failed: an ORCID written as address or without hyphens would be lost."""
    found = [i for r in sample if isinstance(r, Paper) for a in r.authorships for i in a.identifiers]
    assert {i.value for i in found} == {
        "0000-0001-7984-1889",
        "0000-0003-0572-4123",
        "0000-0002-4731-8118",
        "0000-0002-3652-5293",
    }


@pytest.mark.parametrize(
    ("printed", "year", "month", "day", "is_remarked"),
    [
        ("<Year>2016</Year><Month>07</Month><Day>3</Day>", 2016, 7, 3, False),
        ("<Year>2016</Year><Month>Jul</Month>", 2016, 7, None, False),
        ("<Year>1976</Year><Season>Fall</Season>", 1976, None, None, False),
        ("<Year>2016</Year><Month>Feb</Month><Day>30</Day>", 2016, 2, None, True),
        ("<Year>2016</Year><Month>Foo</Month>", 2016, None, None, True),
        ("<Year>16</Year>", None, None, None, True),
        ("<Year>0000</Year>", None, None, None, True),
        ("<MedlineDate>2001 Sep-Oct</MedlineDate>", 2001, None, None, False),
        ("<MedlineDate>2018 May - Jun</MedlineDate>", 2018, None, None, False),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, None, None, False),
        ("<MedlineDate>1944-1945</MedlineDate>", 1944, None, None, False),
        ("<MedlineDate>2008</MedlineDate>", 2008, None, None, False),
        ("<MedlineDate>1999 Spring</MedlineDate>", 1999, None, None, False),
        ("<MedlineDate>2000 Dec 23-30</MedlineDate>", 2000, 12, None, False),
        ("<MedlineDate>2000 Dec 23</MedlineDate>", 2000, 12, 23, False),
        ("<MedlineDate>Winter</MedlineDate>", None, None, None, True),
    ],
)
def test_dates(printed: str, year: int | None, month: int | None, day: int | None, is_remarked: bool) -> None:
    """If it failed: a date would be more precise than its source, or less."""
    issue = f"<Journal><JournalIssue><PubDate>{printed}</PubDate></JournalIssue></Journal>"
    found = article(article=f"{issue}<ArticleTitle>T</ArticleTitle>")
    assert isinstance(found[0], Paper)
    assert found[0].issued is not None
    assert (found[0].issued.year, found[0].issued.month, found[0].issued.day) == (year, month, day)
    assert len(problems(found)) == is_remarked


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("<ArticleTitle>A <i>B</i> H<sub>2</sub>O\n C</ArticleTitle>", "A B H2O C"),
        ("<ArticleTitle>p &lt; 0.05 &amp;amp; x</ArticleTitle>", "p < 0.05 &amp; x"),
        ("<ArticleTitle>&lt;i>E. coli&lt;/i> here</ArticleTitle>", "E. coli here"),
        (
            "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Zur Lage.</VernacularTitle>",
            "Zur Lage.",
        ),
        ("<ArticleTitle/><VernacularTitle>Zur Lage.</VernacularTitle>", "Zur Lage."),
        ("<ArticleTitle>[On it].</ArticleTitle><VernacularTitle>Zur Lage.</VernacularTitle>", "[On it]."),
        (
            '<ArticleTitle>x<m:math xmlns:m="urn:m"><m:mi>a</m:mi><m:mo>&lt;</m:mo></m:math> y</ArticleTitle>',
            "xa< y",
        ),
    ],
)
def test_titles(printed: str, title: str) -> None:
    """If it failed: markup would stand in titles, or text would be taken for it."""
    assert paper(article=printed).title == title


def test_names_groups_and_wrong_names() -> None:
    """If it failed: a misprinted name would be a further author, or a group a person."""
    found = article(
        authors=AUTHOR
        + '<Author ValidYN="N"><LastName>Kong</LastName></Author><Author/>'
        + '<Author><CollectiveName>A Group</CollectiveName><Identifier Source="ORCID">0000-0002-1825-0098</Identifier>'
        + "<AffiliationInfo><Affiliation>X</Affiliation></AffiliationInfo><AffiliationInfo><Affiliation>Y"
        + "</Affiliation></AffiliationInfo></Author>"
    )
    assert isinstance(found[0], Paper)
    assert [(a.name, a.position, a.is_collective, a.affiliations) for a in found[0].authorships] == [
        ("Martin Luther King Jr", 1, False, ()),
        ("A Group", 3, True, ("X", "Y")),
    ]
    assert [text for text, _ in problems(found)] == [
        "author Kong, marked as printed wrongly",
        "author 2: no name",
        "ORCID 0000-0002-1825-0098 of A Group",
    ]


def test_identifiers_references_and_other_numbers() -> None:
    """If it failed: the numbers of cited papers would be the paper's own, or a pii would be a remark."""
    found = paper(
        data='<ArticleIdList><ArticleId IdType="pubmed">12</ArticleId><ArticleId IdType="doi">10.1000/A</ArticleId>'
        '<ArticleId IdType="pii">S1</ArticleId><ArticleId IdType="pmc">PMC9</ArticleId></ArticleIdList>'
        '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="pubmed">7</ArticleId>'
        '<ArticleId IdType="doi">10.1000/b</ArticleId></ArticleIdList></Reference></ReferenceList>'
    )
    assert [(i.scheme, i.value) for i in found.identifiers] == [
        ("pmid", "12"),
        ("doi", "10.1000/a"),
        ("pmcid", "PMC9"),
    ]
    assert [(i.scheme, i.value) for i in found.references] == [("pmid", "7"), ("doi", "10.1000/b")]


def test_a_list_that_is_cut() -> None:
    """If it failed: "et al" would be a person, or a short list pass for a whole one."""
    found = paper(authors=AUTHOR + "<Author><LastName>et al</LastName></Author>")
    assert ([author.name for author in found.authorships], found.is_truncated) == (
        ["Martin Luther King Jr"],
        True,
    )


def test_an_error_saved_as_data_and_an_empty_set() -> None:
    """If it failed: a download that failed would pass for a file without articles."""
    answer = b"<eFetchResult><ERROR>Cannot retrieve history data</ERROR></eFetchResult>"
    assert pubmed_xml.sniff(answer.decode())
    found = list(pubmed_xml.read(BytesIO(answer), "x"))
    assert problems(found) == [("an error of PubMed: Cannot retrieve history data", True)]
    assert problems(read("")) == [("a set without articles", False)]


def test_parts_of_an_abstract() -> None:
    """If it failed: the parts of an abstract would be glued, or their labels lost."""
    parts = '<AbstractText Label="AIM">To <b>see</b>.</AbstractText><AbstractText Label="UNLABELLED">x</AbstractText>'
    assert paper(article=f"<Abstract>{parts}</Abstract>").abstract == "AIM: To see.\nx"
    other = "<OtherAbstract><AbstractText>y</AbstractText></OtherAbstract>"
    assert paper(citation=other).abstract == "y"


@pytest.mark.parametrize(
    ("chapter", "title", "kind", "venue"),
    [
        ("<ArticleTitle>Alzheimer</ArticleTitle>", "Alzheimer", "chapter", "GeneReviews"),
        ("", "GeneReviews", "book", None),
    ],
)
def test_books(chapter: str, title: str, kind: str, venue: str | None) -> None:
    """If it failed: editors would be authors, or a chapter its book."""
    (found,) = read(BOOK.format(chapter))
    assert isinstance(found, Paper)
    assert (found.title, found.kind, [a.name for a in found.authorships]) == (title, kind, ["A Writer"])
    assert found.published == Published(venue, publisher="UW")
    assert found.identifiers == (Identifier("pmid", "20301295"),)
    assert found.issued == PartialDate("1993", 1993)


@pytest.mark.parametrize(
    "record",
    [
        "<PubmedArticle/>",
        "<PubmedBookArticle/>",
        "<PubmedArticle><MedlineCitation><Article/></MedlineCitation></PubmedArticle>",
        "<PubmedBookArticle><BookDocument/></PubmedBookArticle>",
    ],
)
def test_what_is_no_record_is_refused(record: str) -> None:
    """If it failed: an empty record would pass silently, or be a paper."""
    assert [is_refused for _, is_refused in problems(read(record))] == [True]


def test_a_broken_record_is_refused_and_reading_goes_on() -> None:
    """If it failed: one broken article would cost the file."""
    found = read(BOOK.format("") + BOOK.format("<ArticleTitle>") + BOOK.format(""))
    assert sum(isinstance(record, Paper) for record in found) == 2
    assert any(is_refused for _, is_refused in problems(found))


TAGS = "PubmedArticle MedlineCitation Article AuthorList Author PubDate Year PMID DeleteCitation".split()


@given(
    st.lists(st.sampled_from([*(f"<{t}>" for t in TAGS), *(f"</{t}>" for t in TAGS), "x", "&", "&amp;", "<"]))
)
def test_any_tags_end_in_records_or_one_error(parts: list[str]) -> None:
    """If it failed: a file could end a load with a traceback."""
    with suppress(UnreadableFile):
        read("".join(parts))
