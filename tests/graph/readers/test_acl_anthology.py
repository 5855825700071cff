"""The XML of the ACL Anthology: counts against the truth, known papers, and what stands in it that is no paper."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import acl_anthology, identify
from collegium.graph.records import Authorship, Identifier, Paper, PartialDate, Problem, Published, Record

_META = "<meta><booktitle>Proc</booktitle><month>May</month><year>2022</year></meta>"
_AUTHOR = "<author><first>Ada</first><last>Lovelace</last></author>"


def read(content: str) -> list[Record]:
    return list(acl_anthology.read(BytesIO(content.encode()), "a.xml"))


def read_paper(
    inside: str, meta: str = _META, collection: str = "2022.acl", volume: str = "long"
) -> list[Any]:
    """Return the paper and the problems of a volume with one paper."""
    start = f'<collection id="{collection}"><volume id="{volume}" type="proceedings">{meta}'
    return list(read(f'{start}<paper id="1">{inside}</paper></volume></collection>'))


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> dict[str, Any]:
    """Return the expected counts. Prevents: a count is checked against our own."""
    path = shared_data / "truth" / "acl_slice_2022acl_2023acl_2023emnlp.json"
    return dict(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="module")
def records(shared_data: Path) -> list[Record]:
    """Return what the three volumes say. Prevents: each test reads them anew."""
    return list(_read_all(shared_data / "acl"))


def _read_all(folder: Path) -> Iterator[Record]:
    for name in ("2022.acl", "2023.acl", "2023.emnlp"):
        with lzma.open(folder / f"{name}.xml.xz") as stream:
            yield from acl_anthology.read(stream, name)


def test_the_volumes_hold_what_was_counted(records: list[Record], truth: dict[str, Any]) -> None:
    """If it failed: papers, authors or pairs would be lost, or front matter would count as a paper."""
    papers = [record for record in records if isinstance(record, Paper)]
    authors = [author for paper in papers for author in paper.authorships]
    pairs: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        pairs.update(combinations(sorted({author.name for author in paper.authorships}), 2))
    known = Counter(i.scheme for author in authors for i in author.identifiers)
    assert {
        "papers": len(papers),
        "author_occurrences": len(authors),
        "distinct_author_strings": len({author.name for author in authors}),
        "coauthor_pairs_distinct_strings": len(pairs),
        "coauthor_pair_weight_sum": sum(pairs.values()),
        "papers_without_author": sum(not paper.authorships for paper in papers),
        "papers_single_author": sum(len(paper.authorships) == 1 for paper in papers),
        "author_id_attr_occurrences": known["acl-author"],
        "orcid_occurrences": known["orcid"] + 1,  # one has a wrong check digit
        "affiliation_occurrences": sum(len(author.affiliations) for author in authors),
        "with_abstract": sum(paper.abstract is not None for paper in papers),
        "with_doi": sum(any(i.scheme == "doi" for i in paper.identifiers) for paper in papers),
        "papers_per_year": dict(Counter(str(p.issued.year) for p in papers if p.issued)),
        "titles_lowercased_distinct": len({paper.title.lower() for paper in papers}),
    }.items() <= truth.items()
    assert [record.found for record in records if isinstance(record, Problem)] == ["0000-2946-5320-2856"]


def test_the_longest_list_and_the_most_frequent_name(records: list[Record], truth: dict[str, Any]) -> None:
    """If it failed: ids would be built wrong, or authors would move to other papers."""
    papers = [record for record in records if isinstance(record, Paper)]
    longest = max(papers, key=lambda paper: len(paper.authorships))
    assert [len(longest.authorships), longest.identifiers[0].value] == truth["max_authors"]
    assert [author.position for author in longest.authorships] == list(range(1, 45))
    names = Counter(author.name for paper in papers for author in paper.authorships)
    assert [names[name] for name, _ in truth["top20_by_papers"]] == [n for _, n in truth["top20_by_papers"]]


def test_a_known_paper_says_all_that_its_volume_says(shared_data: Path) -> None:
    """If it failed: the journal, its volume or the place of a paper would be lost, or taken from another."""
    with (shared_data / "acl" / "2024.nejlt.xml").open("rb") as stream:
        paper = next(acl_anthology.read(stream, "2024.nejlt.xml"))
    assert isinstance(paper, Paper)
    assert (paper.lines.first, paper.title) == (
        20,
        "Efficient Structured Prediction with Transformer Encoders",
    )
    assert paper.authorships == (Authorship("Ali Basirat", 1, affiliations=("University of Copenhagen",)),)
    assert paper.kind == "article"
    assert paper.issued == PartialDate("December 2024", 2024, 12)
    assert paper.identifiers == (
        Identifier("acl", "2024.nejlt-1.1"),
        Identifier("doi", "10.3384/nejlt.2000-1533.2024.4932"),
    )
    venue = "Northern European Journal of Language Technology, Volume 10"
    assert paper.published == Published(venue, "10", None, "1-13", "Linköping University Electronic Press")


def test_it_is_known_by_its_content(shared_data: Path) -> None:
    """If it failed: a collection would be refused, or another file would be taken for one."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = (lzma.decompress(content) if path.suffix == ".xz" else content)[: 1 << 16]
            is_collection = path.parent.name == "acl" and ".xml" in path.name
            assert acl_anthology.sniff(content.decode("utf-8", "replace")) == is_collection, path
            if is_collection:
                assert identify(content, path.name).name == "acl_anthology"


@pytest.mark.parametrize(
    ("collection", "volume", "number", "expected"),
    [
        ("2022.acl", "long", "1", "2022.acl-long.1"),
        ("P18", "1", "1", "P18-1001"),
        ("W18", "5", "1", "W18-0501"),
        ("W18", "65", "12", "W18-6512"),
        ("D19", "1", "7", "D19-1007"),
        ("D19", "57", "7", "D19-5707"),
        ("D19", "5", "7", "D19-0507"),
        ("C69", "1", "7", "C69-0107"),
    ],
)
def test_ids_are_those_of_the_anthology(collection: str, volume: str, number: str, expected: str) -> None:
    """If it failed: papers would not be the same as in other sources."""
    content = (
        f'<collection id="{collection}"><volume id="{volume}">{_META}<paper id="{number}"><title>T</title>'
    )
    paper = read(f"{content}{_AUTHOR}</paper></volume></collection>")[0]
    assert isinstance(paper, Paper)
    assert paper.identifiers == (Identifier("acl", expected),)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "<fixed-case>A</fixed-case>dap<fixed-case>L</fixed-case>e<fixed-case>R</fixed-case>:\n  x",
            "AdapLeR: x",
        ),
        ("<tex-math>\\infty</tex-math>-former", "∞-former"),
        ("A <b>b <i>c</i></b> <url>https://a.b</url> &amp; &lt;s&gt;", "A b c https://a.b & <s>"),
    ],
)
def test_markup_in_titles_is_removed(title: str, expected: str) -> None:
    """If it failed: titles would show tags, or lose letters."""
    assert read_paper(f"<title>{title}</title>{_AUTHOR}")[0].title == expected


def test_authors_are_read_as_they_stand() -> None:
    """If it failed: a variant in another writing, or an editor, would be an author; positions would slip."""
    paper, *problems = read_paper(
        "<title>T</title><editor><first>E</first><last>D</last></editor><author/>"
        '<author id="yang-liu-ict"><first>洋</first><last>刘</last><affiliation>A and B</affiliation></author>'
        '<author orcid="0000-0002-1825-0097"><first/><last>Plato</last><variant script="hani"><last>柏</last></variant>'
        '</author><author orcid="1"><first/><last>Plato</last></author>'
        "<author><last>et al.</last></author>"
    )
    assert paper.authorships == (
        Authorship("刘洋", 2, (Identifier("acl-author", "yang-liu-ict"),), affiliations=("A and B",)),
        Authorship("Plato", 3, (Identifier("orcid", "0000-0002-1825-0097"),)),
        Authorship("Plato", 4),
    )
    assert paper.is_truncated
    assert [(problem.found, problem.is_refused) for problem in problems] == [
        ("author 1 without a name", False),
        ("1", False),
    ]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("May 22-27", (2022, 5, None)),
        ("22 May", (2022, 5, 22)),
        ("July-August", (2022, None, None)),
        ("June 30 - July 5", (2022, None, None)),
        ("juin", (2022, 6, None)),
        ("06", (2022, 6, None)),
        ("", (2022, None, None)),
        ("February 30", (2022, 2, None)),
    ],
)
def test_months_are_as_precise_as_printed(month: str, expected: tuple[int | None, ...]) -> None:
    """If it failed: a paper would get a day or month that nobody printed."""
    meta = f"<meta><booktitle>P</booktitle><month>{month}</month><year>2022</year></meta>"
    paper, *problems = read_paper(f"<title>T</title>{_AUTHOR}", meta)
    assert (paper.issued.year, paper.issued.month, paper.issued.day) == expected
    assert len(problems) == (month == "February 30")


def test_code_is_what_the_anthology_links() -> None:
    """If it failed: a paper would have code that nobody named, or lose the link."""
    code = '<pwccode url="https://github.com/a/b" additional="false">a/b</pwccode><pwccode url="" additional="true"/>'
    paper = read_paper(f"<title>T</title>{_AUTHOR}{code}")[0]
    assert (paper.has_code, paper.code_links) == (True, ("https://github.com/a/b",))
    assert read_paper(f"<title>T</title>{_AUTHOR}")[0].has_code is None


def test_what_is_missing_is_said() -> None:
    """If it failed: a paper without title, authors or year would pass for a whole one."""
    paper, *problems = read_paper("", meta="")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.authorships, paper.issued, paper.published) == ("", (), None, None)
    assert [p.found for p in problems] == ["no year", "no title", "no authors"]
    assert not any(p.is_refused for p in problems)
    refused = read("<collection id=''><volume><paper/></volume></collection>")
    assert [isinstance(p, Problem) and p.is_refused for p in refused] == [True]


def test_two_papers_that_ran_into_one_are_said() -> None:
    """If it failed: the authors of two papers would be coauthors, without a word."""
    paper, *problems = read_paper(f"<title>T</title>{_AUTHOR}<title>U</title><author><last>B</last></author>")
    assert (paper.title, len(paper.authorships)) == ("T", 2)
    assert [(problem.found, problem.is_refused) for problem in problems] == [("2 elements <title>", False)]


def test_front_matter_talks_and_events_are_no_papers() -> None:
    """If it failed: editors would be authors of each other's volumes, or an event's name would be a book."""
    content = (
        f'<collection id="2022.acl"><volume id="a" type="proceedings">{_META}<frontmatter><url>2022.acl-a.0</url>'
        f'</frontmatter><paper id="1"><title>T</title>{_AUTHOR}</paper></volume><event id="acl-2022"><meta><title>ACL'
        "</title></meta><talk><title>K</title><speaker><last>S</last></speaker></talk></event>"
        f'<volume id="b"><paper id="1"><title>U</title>{_AUTHOR}</paper></volume></collection>'
    )
    one, other, remark = read(content)
    assert isinstance(one, Paper)
    assert isinstance(other, Paper)
    assert isinstance(remark, Problem)
    assert (one.title, one.published, one.kind) == ("T", Published("Proc"), "conference-paper")
    assert (other.title, other.published, other.kind, remark.found) == ("U", None, None, "no year")


@pytest.mark.parametrize("cut", range(0, 1_000, 61))
def test_a_cut_file_gives_the_papers_before_the_cut(shared_data: Path, cut: int) -> None:
    """If it failed: a broken download would give nothing, a half paper, or a traceback."""
    content = (shared_data / "acl" / "2024.nejlt.xml").read_bytes()
    whole = [r for r in acl_anthology.read(BytesIO(content), "a.xml") if isinstance(r, Paper)]
    end = len(content) - 2 - cut * 7
    found = list(acl_anthology.read(BytesIO(content[:end]), "a.xml"))
    papers = [record for record in found if isinstance(record, Paper)]
    assert papers == whole[: len(papers)]
    assert isinstance(found[-1], Problem)
    assert found[-1].is_refused


@given(st.binary())
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    """If it failed: a broken file would end in a traceback."""
    for start in (b"", b'<collection id="2022.acl"><volume id="1"><paper id="1"><title>T</title><author>'):
        try:
            list(acl_anthology.read(BytesIO(start + content), "a.xml"))
        except UnreadableFile as error:
            assert error.line is not None
