"""Files without end: memory stays flat, what came before is kept, and one line says what was too large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from collegium.graph.readers import READERS, acl_names, json_records, pajek, rdf, rdf_guards, rdf_statements
from collegium.graph.readers import record_limits as limits
from collegium.graph.readers.waiting_links import Link, WaitingLinks
from collegium.graph.records import Lines, Paper, Problem, Profile, Record, Tie
from reader_memory import measured

WORK = "@prefix s: <http://schema.org/> .\n"


def read(format: str, content: str) -> list[Record]:
    return list(READERS[format].read(BytesIO(content.encode()), "file"))


def refused(records: list[Record]) -> list[tuple[int, str]]:
    return [(r.lines.first, r.found) for r in records if isinstance(r, Problem) and r.is_refused]


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak is read from Linux's /proc")
@pytest.mark.parametrize(
    ("case", "most_mib", "kept"),
    [
        ("acl_anthology.f.contexts", 16, 0),
        ("bibtex.b.line", 32, 1),
        ("crossref.f.scalars", 16, 2),
        ("dblp_xml.c.record", 48, 1),
        ("gml.b.text", 8, 0),
        ("nbib.b.line", 8, 1),
        ("openalex.b.string", 48, 2),
        ("paper_table.b.line", 56, 1),
        ("rdf.b.ntriples", 32, 0),
        ("rdf.d.turtle-brackets", 32, 1),
        ("rdf.f.turtle-prefixes", 40, 0),
        ("vosviewer.c.record", 16, 1),
    ],
)
def test_a_file_without_end_is_refused_in_little_memory(case: str, most_mib: int, kept: int) -> None:
    """If it failed: one file that does not end would take the memory of the machine, and say nothing."""
    found = measured(
        case, 8 if case == "acl_anthology.f.contexts" else 64
    )  # many small ones, which take long
    assert found.grown_mib < most_mib
    assert found.records >= kept
    assert "expected" in found.last or case == "acl_anthology.f.contexts"


def test_a_paper_of_too_many_authors_is_refused_alone() -> None:
    """If it failed: a made list of authors would stand in the graph, or take its neighbours with it."""
    names = ",".join(f'{{"family":"A{n}"}}' for n in range(limits.MOST_AUTHORS + 1))
    most = ",".join(f'{{"family":"A{n}"}}' for n in range(limits.MOST_AUTHORS))
    items = [
        f'{{"id":"{n}","type":"book","title":"T{n}","author":[{a}]}}' for n, a in enumerate((names, most))
    ]
    records = read("csl_json", f"[{','.join(items)}]")
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["T1"]
    assert refused(records) == [(1, "50,001 authors of one record")]
    bibtex = (
        "@book{a, title={T}, author={" + " and ".join(["A"] * 50_001) + "}}\n@book{b, title={U}, author={B}}"
    )
    records = read("bibtex", bibtex)
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["U"]
    assert refused(records) == [(1, "50,001 authors of one record")]
    lines = "PMID- 1\nTI  - T\n" + "FAU - A, B\n" * 50_001 + "\nPMID- 2\nTI  - U\nFAU - C, D\n"
    records = read("nbib", lines)
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["U"]
    assert refused(records) == [(1, "50,001 authors of one record")]


def test_a_collaboration_of_thousands_is_read_whole() -> None:
    """If it failed: the papers of the large experiments would be refused."""
    names = " and ".join(f"Name{n}, A." for n in range(12_000))
    (paper,) = read("bibtex", f"@article{{a, title={{T}}, author={{{names}}}}}")
    assert isinstance(paper, Paper) and len(paper.authorships) == 12_000


def test_json_of_too_many_values_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: 32 MiB of brackets would become a gigabyte of lists."""
    monkeypatch.setattr(json_records, "MOST_JSON_BRACKETS", 100)
    for form in ("{}\n{}\n", "[{},{}]"):
        records = read(
            "semantic_scholar",
            form.replace("{}", "%s")
            % (
                '{"corpusid":1,"title":"T","x":[' + ",".join(["[]"] * 100) + "]}",
                '{"corpusid":2,"title":"U"}',
            ),
        )
        assert [paper.title for paper in records if isinstance(paper, Paper)] == ["U"]
        assert refused(records) == [(1, "too many values for one record")]


def test_what_stands_between_json_records_is_refused_as_one() -> None:
    """If it failed: a gigabyte of numbers between two papers would become as many problems, all in memory."""
    between = ",1" * 50_000
    one, other = ('{"id":"a","type":"book","title":"%s"}'.replace("%s", title) for title in "TU")
    records = read(
        "csl_json",
        f"[{one}{between},{other}]",
    )
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["T", "U"]
    assert [found[:40] for _, found in refused(records)] == ["over 64 KiB between two records of a lis"]


def test_a_person_of_too_many_names_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a list of names without end would fill the memory."""
    monkeypatch.setattr(acl_names, "MOST_NAMES", 2)
    names = "  - {first: A., last: B}\n" * 3
    text = f"- canonical: {{first: Ada, last: B}}\n  variants:\n{names}- canonical: {{first: Bob, last: C}}\n"
    records = read("acl_names", text)
    assert [one.name for one in records if isinstance(one, Profile)] == ["Bob C"]
    assert refused(records) == [(1, "3 names of Ada B")]


def test_links_that_wait_come_back_from_disk_as_they_were() -> None:
    """If it failed: a network with its links first would lose some, or mix them up."""
    links = [Link(f"a{n}", "b" * 900, None if n % 2 else "2.50", Lines(n, n), None) for n in range(1, 9_000)]
    waiting = WaitingLinks()
    for link in links:
        waiting.add(link)
    assert list(waiting.taken()) == links
    assert list(waiting.taken()) == []


def test_links_before_their_nodes_are_ties() -> None:
    """If it failed: a file that lists its links first would have none."""
    nodes = '<node id="1" label="Ada"/><node id="2" label="Bob"/>'
    records = read("gexf", f'<gexf><graph><edge source="1" target="2" weight="2"/>{nodes}</graph></gexf>')
    (tie,) = [record for record in records if isinstance(record, Tie)]
    assert (tie.one.name, tie.other.name, str(tie.weight)) == ("Ada", "Bob", "2")


def test_nodes_of_absurd_size_are_refused_alone() -> None:
    """If it failed: names and ids of megabytes would stay in memory until the end of the file."""
    long = "x" * (limits.LONGEST_NAME + 1)
    gml = f'graph [\nnode [ id "{long}" label "Ada" ]\nnode [ id 2 label "Bob" ]\nedge [ source "{long}" target 2 ]\n]'
    records = read("gml", gml)
    assert [one.name for one in records if isinstance(one, Profile)] == ["Bob"]
    assert [line for line, _ in refused(records)] == [2, 4]
    values = " ".join(f"k{n} {n}" for n in range(1_001))
    records = read("gml", f'graph [\nnode [ id 1 label "Ada" {values} ]\nnode [ id 2 label "Bob" ]\n]')
    assert [one.name for one in records if isinstance(one, Profile)] == ["Bob"]
    assert refused(records) == [(2, "a node of more than that")]
    records = list(pajek.read(BytesIO(f'*Vertices 2\n1 "{long}"\n2 "Bob"\n'.encode()), "file"))
    assert [one.name for one in records if isinstance(one, Profile)] == ["Bob"]


def test_brackets_in_texts_of_turtle_do_not_count() -> None:
    """If it failed: a file with many smileys in its abstracts would be refused."""
    texts = "".join(
        f's:name "([{{ {n}" , \'((\' , """[[ "q" \n""" , <http://a.org/((>, [ s:name "x" ] ; # (((\n'
        for n in range(300)
    )
    records = read("rdf", f'{WORK}<http://a.org/w> a s:ScholarlyArticle ; {texts} s:author "Ada" .\n')
    assert [len(paper.authorships) for paper in records if isinstance(paper, Paper)] == [1]
    assert not refused(records)


def test_deep_turtle_is_refused_and_what_came_before_is_kept() -> None:
    """If it failed: brackets in brackets would fill the memory, or cost the papers above them."""
    good = '<http://a.org/w> a s:ScholarlyArticle ; s:name "T" .\n'
    records = read("rdf", f"{WORK}{good}<http://a.org/v> s:name {'[ s:name ' * 100_000}")
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["T"]
    assert (3, "over 500 brackets in each other") in refused(records)


def test_a_thing_of_too_many_statements_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: one node with millions of statements would be sorted in memory."""
    monkeypatch.setattr(rdf_statements, "MOST_STATEMENTS_OF_ONE", 100)
    many = ", ".join(f'"Ada {n}"' for n in range(100))
    text = f'{WORK}<http://a.org/w> a s:ScholarlyArticle ; s:name "T" ; s:author {many} .\n'
    records = read("rdf", f'{text}<http://a.org/v> a s:ScholarlyArticle ; s:name "U" ; s:author "Bob" .\n')
    assert [paper.title for paper in records if isinstance(paper, Paper)] == ["U"]
    assert [found for _, found in refused(records)] == ["over 100,000 statements about <http://a.org/w>"]


@pytest.mark.parametrize(("form", "is_read"), [("[%s]", True), ('{"@graph":[%s]}', False)])
def test_json_ld_is_bounded_by_one_object(form: str, is_read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an object that the parser must hold whole would fill the memory, or a long list be refused."""
    monkeypatch.setattr(rdf_guards, "LARGEST_JSON_LD_BYTES", 1 << 20)
    thing = '{"@id":"http://a.org/w{n}","@type":"http://schema.org/Book","http://schema.org/name":"T"}'
    things = [thing.replace("{n}", str(n)) for n in range(20_000)]
    text = form % ",".join(things)
    read_: Callable[[IO[bytes], str], Iterator[Record]] = rdf.read
    if is_read:
        found = list(read_(BytesIO(text.encode()), "file"))
        assert sum(isinstance(record, Paper) for record in found) == 20_000
    else:
        with pytest.raises(Exception, match="one object of more than is held"):
            list(read_(BytesIO(text.encode()), "file"))
