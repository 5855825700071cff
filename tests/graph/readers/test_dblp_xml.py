"""The XML of dblp: known records of the samples, names with numbers, links, persons, and broken files."""

from __future__ import annotations

import gzip
import lzma
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import dblp_xml, identify
from collegium.graph.records import (
    Authorship,
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

_HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n'


def read(inside: str) -> list[Any]:
    content = f"{_HEAD}<dblp>{inside}</dblp>"
    return list(dblp_xml.read(BytesIO(content.encode("iso-8859-1")), "dblp.xml"))


def read_file(content: bytes) -> list[Record]:
    return list(dblp_xml.read(BytesIO(content), "dblp.xml"))


def article(inside: str, attributes: str = 'key="journals/a/B1"') -> list[Any]:
    return read(f"<article {attributes}><author>A B</author><title>T.</title>{inside}</article>")


def known(record: Any) -> list[str]:
    return [f"{i.scheme}:{i.value}" for i in record.identifiers]


def test_the_small_sample_is_read_whole(shared_data: Path) -> None:
    """If it failed: accents, keys, links or persons of dblp would be read wrong. By hand from the file."""
    records = read_file((shared_data / "dblp" / "fatcat_example_dblp.xml").read_bytes())
    papers = [record for record in records if isinstance(record, Paper)]
    assert papers[0] == Paper(
        title="PIM Meets Web 2.0.",
        authorships=(Authorship("Moira C. Norrie", 1), Authorship("Michael H. Böhlen", 2)),
        is_truncated=False,
        lines=Lines(7, 17),
        issued=PartialDate("2008", 2008),
        identifiers=(Identifier("dblp", "conf/er/Norrie08"),),
        kind="conference-paper",
        published=Published("ER", pages="15-25"),
    )
    assert [(paper.kind, len(paper.authorships)) for paper in papers] == [
        ("conference-paper", 2),
        ("proceedings", 0),
        ("article", 1),
        ("conference-paper", 1),
    ]
    assert known(papers[1]) == ["dblp:conf/er/2008", "isbn:9783540878766"]
    assert papers[1].published == Published("Lecture Notes in Computer Science", "5231", publisher="Springer")
    assert known(papers[2]) == ["dblp:journals/cacm/Gentry10", "doi:10.1145/1666420.1666444"]
    assert known(papers[3]) == ["dblp:conf/focs/Yao82a", "doi:10.1109/sfcs.1982.45"]
    problems = [(record.lines.first, record.found) for record in records if isinstance(record, Problem)]
    assert problems == [
        (7, "http://dx.doi.org/10.1007/978-3-540-87877-3 3"),
        (19, "no authors; 4 editors are not taken for authors"),
    ]
    assert records[-1] == Profile(
        "Oded Goldreich", Lines(60, 64), identifiers=(Identifier("dblp-author", "g/OdedGoldreich"),)
    )


@pytest.mark.parametrize(
    ("name", "records", "authors", "dois"),
    [("shenka123_dblp.xml", 131, 73, 131), ("alexandria3k_dblp.xml.gz", 91, 153, 91)],
)
def test_the_slices_hold_what_grep_counts(
    shared_data: Path, name: str, records: int, authors: int, dois: int
) -> None:
    """If it failed: records, authors or DOIs would be lost."""
    path = shared_data / "dblp" / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert (content.count(b" key="), content.count(b"<author")) == (records, authors)
    assert content.count(b"doi.org/10.") + content.count(b"doi.acm.org/10.") == dois
    found = read_file(content)
    papers = [record for record in found if isinstance(record, Paper)]
    schemes = Counter(i.scheme for paper in papers for i in paper.identifiers)
    assert len(papers) == records
    assert sum(len(paper.authorships) for paper in papers) == authors
    assert (schemes["dblp"], schemes["doi"]) == (records, dois)
    refused = [record for record in found if isinstance(record, Problem) and record.is_refused]
    assert len(refused) == (
        name.endswith(".gz")
    )  # its last line opens `<dblp>` a second time instead of closing it


def test_it_is_known_by_its_content(shared_data: Path) -> None:
    """If it failed: a slice would be refused, or another file would be taken for one."""
    for path in shared_data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            unpacked = {".xz": lzma.decompress, ".gz": gzip.decompress}.get(path.suffix, bytes)(content)[
                : 1 << 16
            ]
            is_dblp = path.parent.name == "dblp" and ".xml" in path.name
            assert dblp_xml.sniff(unpacked.decode("utf-8", "replace")) == is_dblp, path
            if is_dblp:
                assert identify(unpacked, path.name).name == "dblp_xml"


def test_homonyms_are_told_apart_by_their_number() -> None:
    """If it failed: the number would be part of the name, or four people would be one."""
    paper = article("<author orcid='0000-0002-1825-0097' pid='65/9612-1'>Jun Zhang 0001</author>")[0]
    assert paper.authorships[1] == Authorship(
        "Jun Zhang",
        2,
        (
            Identifier("dblp-author", "65/9612-1"),
            Identifier("dblp-name", "Jun Zhang 0001"),
            Identifier("orcid", "0000-0002-1825-0097"),
        ),
        as_given="Jun Zhang 0001",
    )


def test_odd_authors_are_said() -> None:
    """If it failed: a person would be lost, doubled or made up without a word, or positions would slip."""
    paper, *problems = article(
        "<author> </author><author orcid='1'>C D</author><author>C D</author><author>et al.</author>"
        "<author>C D 0002</author>"
    )
    assert [(a.name, a.position) for a in paper.authorships] == [
        ("A B", 1),
        ("C D", 3),
        ("C D", 4),
        ("C D", 6),
    ]
    assert paper.is_truncated
    assert [problem.found for problem in problems] == ["author 2 without a name", "1", "C D"]
    assert not any(problem.is_refused for problem in problems)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<ee>https://doi.org/10.1000/A%3CB</ee>", "doi:10.1000/a<b"),
        ("<ee>http://doi.acm.org/10.1145/1</ee>", "doi:10.1145/1"),
        ("<ee>http://arxiv.org/abs/1802.06903v2</ee>", "arxiv:1802.06903"),
        ("<journal>CoRR</journal><volume>abs/cs/0102001</volume>", "arxiv:cs/0102001"),
        ("<ee>https://aclanthology.org/P18-1001/</ee>", "acl:P18-1001"),
        ("<ee>http://www.aclweb.org/anthology/P/P18/P18-1001/</ee>", "acl:P18-1001"),
        ("<ee>https://www.wikidata.org/entity/Q1</ee>", "wikidata-paper:Q1"),
        ("<ee>https://example.org/Q1</ee>", None),
        ("<isbn>978-3-540-87876-6</isbn>", None),
    ],
)
def test_links_that_are_identifiers_are_kept_as_such(inside: str, expected: str | None) -> None:
    """If it failed: one paper would be two in the graph, or two would be one."""
    assert known(article(inside)[0]) == ["dblp:journals/a/B1", *([expected] if expected else [])]


@pytest.mark.parametrize(
    ("tag", "publtype", "expected"),
    [
        ("article", "informal", "preprint"),
        ("article", "informal withdrawn", "preprint"),
        ("article", "survey", "review"),
        ("incollection", "encyclopedia", "chapter"),
        ("phdthesis", "", "thesis"),
        ("data", "", "dataset"),
        ("data", "software", "software"),
        ("www", "", "other"),
    ],
)
def test_kinds_follow_the_element_and_its_publtype(tag: str, publtype: str, expected: str) -> None:
    """If it failed: preprints would count as articles."""
    content = f'<{tag} key="a/b/C" publtype="{publtype}"><author>A</author><title>T</title></{tag}>'
    assert read(content)[0].kind == expected


def test_markup_entities_and_fields_are_read() -> None:
    """If it failed: titles would show tags, or dates, schools and citations would be lost."""
    paper = read(
        '<phdthesis key="phd/A"><author>M&uuml;ller</author><title>H<sub>2</sub>O in <i>E.&nbsp;coli</i> &#8211;'
        "\n x &lt; y.</title><school>Univ. A</school><year>1999</year><month>July-August</month>"
        "<cite>...</cite><cite>conf/er/2008</cite></phdthesis>"
    )[0]
    assert paper.title == "H2O in E. coli – x < y."
    assert (paper.authorships[0].name, paper.institutions) == ("Müller", ("Univ. A",))
    assert paper.issued == PartialDate("July-August 1999", 1999)
    assert paper.references == (Identifier("dblp", "conf/er/2008"),)


def test_persons_are_profiles() -> None:
    """If it failed: two names of one person would stay two people, or a list of homonyms would be one."""
    profile, bin_, moved, nobody = read(
        '<www key="homepages/12/34-1"><author>Jun Zhang 0001</author><author>J. Zhang 0007</author>'
        "<author>Zhang Jun</author><title>Home Page</title><url>https://orcid.org/0000-0002-1825-0097</url>"
        '<url>http://a.b/me</url><note type="affiliation">Univ. A</note><note type="affiliation" label="former">'
        'Univ. B</note><note type="award">X</note></www><www key="homepages/12/34" publtype="disambiguation">'
        '<author>Jun Zhang</author></www><www key="homepages/1/2"><crossref>homepages/3/4</crossref></www>'
        '<person key="homepages/5/6"/>'
    )
    assert profile == Profile(
        "Jun Zhang",
        Lines(3, 3),
        identifiers=(
            Identifier("dblp-author", "12/34-1"),
            Identifier("dblp-name", "Jun Zhang 0001"),
            Identifier("dblp-name", "J. Zhang 0007"),
            Identifier("orcid", "0000-0002-1825-0097"),
        ),
        names=("J. Zhang", "Zhang Jun"),
        institutions=(Institution("Univ. A"),),
    )
    assert [problem.found for problem in (bin_, moved, nobody)] == [
        "a record of persons named Jun Zhang who are not told apart",
        "a record that moved to homepages/3/4",
        "a record without a name",
    ]
    assert all(problem.is_refused for problem in (bin_, moved, nobody))


def test_the_records_of_one_person_are_read_too() -> None:
    """If it failed: what dblp.org gives for a person would not be known."""
    content = (
        b'<?xml version="1.0"?>\n<dblpperson name="A B" pid="1/2">\n<person key="homepages/1/2"><author pid="1/2">'
        b'A B</author></person>\n<r><article key="journals/a/B1"><author pid="1/2">A B</author><title>T.</title>'
        b"</article>\n"
        b'</r>\n<coauthors n="1"><co c="0"><na f="c/D" pid="3/4">C D</na></co></coauthors>\n</dblpperson>'
    )
    assert identify(content, "x").name == "dblp_xml"
    assert [type(record) for record in read_file(content)] == [Profile, Paper]


def test_what_is_missing_or_broken_is_said() -> None:
    """If it failed: a record would be lost, or half a record would pass for a whole one."""
    assert [p.found for p in article("<year>soon</year>")[1:]] == ["soon"]
    assert [p.found for p in read('<article key="journals/a/B1"/>')[1:]] == ["no title", "no authors"]
    refused = read('<article><author>A</author></article><book key="journals/a/B1"><title>T</title><</book>')
    assert [problem.found for problem in refused] == [
        "a record <article> without title and without a key",
        "StartTag: invalid element name",
    ]
    assert all(problem.is_refused for problem in refused)
    assert [p.found for p in article("", 'key="x"')[1:]] == ["x"]


@given(st.binary())
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    """If it failed: a broken file would end in a traceback."""
    for start in (b"", b'<dblp><article key="journals/a/B1"><title>T</title><author>'):
        try:
            read_file(start + content)
        except UnreadableFile as error:
            assert error.line is not None
