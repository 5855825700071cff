"""Pajek's form: Newman's network by its published figures, each kind of section, two-mode files, traps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.readers.two_mode import papers_of
from collegium.graph.records import Identifier
from network_files import broken, degrees, read_as, survives, truth_of

SMALL = b'*Vertices 3\r\n1 "Lovelace, A" 0.1 0.2 ellipse\r\n2 Babbage\r\n3 "Alone"\r\n*Edges\r\n1 2 2.50\r\n'
PAPERS = """*Vertices 5 2
1 "Ada Lovelace"
2 "Charles Babbage"
3 "Notes on the Analytical Engine of Babbage"
4 "https://doi.org/10.1000/182"
5 "On a machine that nobody has ever built"
*Edges
2 3
1 3
4 1
"""


def test_newmans_network_has_its_published_figures(shared_data: Path) -> None:
    """If it failed: nodes or ties of a true file would be lost."""
    found = read_as("pajek", (shared_data / "graphs" / "netsience.net").read_bytes())
    truth = truth_of(shared_data, "netscience/netsience.net")
    assert (len(found.nodes), len(found.ties)) == (truth["nodes"], truth["edges_as_read"]) == (1589, 2742)
    assert found.lost == found.remarks == ()
    counts = degrees(found.ties)
    assert sum(name not in counts for name in found.names) == truth["isolated"] == 128
    printed = {node.name: node.names[0] for node in found.nodes}
    assert {printed[name]: counts[name] for name in counts if counts[name] >= 20} == {
        name: degree for name, degree in truth["top10_degree"] if degree >= 20
    }
    assert (found.nodes[0].name, found.nodes[0].lines.first) == ("M Kuperman", 20)


def test_a_small_file_is_read() -> None:
    """If it failed: labels without quotation marks, CRLF or exact weights would be lost."""
    found = read_as("pajek", SMALL)
    assert found.names == ["A Lovelace", "Babbage", "Alone"]
    assert found.links == [("A Lovelace", "Babbage", "2.50")]
    assert found.found == []


@pytest.mark.parametrize(
    ("section", "links"),
    [
        ("*Arcs\n1 2 3\n", [("A", "B", "3")]),
        ('*Edges\n1 2 3 l "x" c Blue\n', [("A", "B", "3")]),
        ("*Edges\n1 2 [1-3]\n", [("A", "B", "1")]),
        ("*Edgeslist\n1 2 3\n2 3\n", [("A", "B", "1"), ("A", "C", "1"), ("B", "C", "1")]),
        ("*arcslist\n3 1\n", [("C", "A", "1")]),
        ("*Matrix\n0 2 0\n2 0 0.5\n0 0.5 0\n", [("A", "B", "2"), ("B", "C", "0.5")]),
        ("*Partition x\n*Vertices 3\n1\n2\n3\n", []),
    ],
)
def test_each_kind_of_section_is_read(section: str, links: list[tuple[str, str, str]]) -> None:
    """If it failed: a file of another kind of links would come out without ties, or with wrong ones."""
    found = read_as("pajek", f"*Network x\n*Vertices 3\n1 A\n2 B\n3 C\n{section}")
    assert found.names == ["A", "B", "C"]
    assert found.links == links
    assert found.lost == ()


def test_relations_and_labels_are_kept() -> None:
    """If it failed: what a link means would be lost."""
    found = read_as("pajek", '*Vertices 3\n1 A\n2 B\n3 C\n*Edges :1 "writes with"\n1 2 1\n1 3 1 l "own"\n')
    assert [tie.label for tie in found.ties] == ["writes with", "own"]


def test_labels_may_be_missing() -> None:
    """If it failed: vertices that only links name would be lost, or a boast of vertices would fill the memory."""
    found = read_as("pajek", "*Vertices 999999999999\n*Edges\n1 2 1\n")
    assert found.links == [("1", "2", "1")]
    assert [p.found for p in found.remarks] == [
        "2 vertices that are named or linked",
        "2 nodes without a name, first '1'",
    ]


def test_authors_and_papers_become_papers() -> None:
    """If it failed: people would be tied to titles."""
    found = read_as("pajek", PAPERS)
    assert found.nodes == found.ties == ()
    titles = [(p.title, [(a.position, a.name) for a in p.authorships], p.lines.first) for p in found.papers]
    assert titles == [
        ("Notes on the Analytical Engine of Babbage", [(1, "Charles Babbage"), (2, "Ada Lovelace")], 4),
        ("", [(1, "Ada Lovelace")], 5),
        ("On a machine that nobody has ever built", [], 6),
    ]
    assert found.papers[1].identifiers == (Identifier("doi", "10.1000/182"),)
    assert [p.found for p in found.remarks] == [
        "no title",
        "a paper without authors: On a machine that nobody has ever built",
        "papers with authors in no order of their own",
    ]


def test_two_kinds_that_the_labels_do_not_tell_become_ties() -> None:
    """If it failed: something would be called a paper that nobody says is one."""
    found = read_as("pajek", '*Vertices 3 2\n1 "Ada Lovelace"\n2 "Charles Babbage"\n3 p1\n*Matrix\n1\n0\n')
    assert found.links == [("Ada Lovelace", "p1", "1")]
    assert found.remarks[0].found == "two kinds of vertices, and labels that do not show papers"


def test_which_kind_is_papers_is_told_by_most_labels() -> None:
    """If it failed: works that WoS2Pajek puts first would be taken for people."""
    people = ["Ada Lovelace", "BARABASI_A", "Ludwig van Beethoven"]
    assert papers_of(["BARABASI_A(1999)286:509", "WATTS_D(1998)393:440"], people) == 0
    assert papers_of(people, ["10.1103/RevModPhys.74.47", "arXiv:cond-mat/0106096"]) == 1
    assert papers_of(people, people) is None
    assert papers_of([], people) is None


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("*Vertices 2\n1 A\n2 B\n*Edges\n1 9\n", ["vertex 9"]),
        ("*Vertices 2\n1 A\n2 B\n*Edges\n1 b\n", ["1 b"]),
        ("*Vertices 2\n1 A\n2 B\n*Edges\n1 2 -1\n", ["weight '-1' of a link"]),
        ("*Vertices 2\n1 A\n1 B\n7 C\nx\n", ["1 B", "7 C", "x"]),
        ("*Vertices 2\n1 A\n2 B\n*Edgeslist\n1 x\n", ["1 x"]),
        ("*Vertices 1\n1 A\n*Vertices 1\n1 B\n", ["a second network"]),
        ("*Vertices 2\n1 A\n2 \0\n", ["a NUL byte"]),
        (PAPERS + "1 2\n", ["a link of 1 and 2"]),
        ("hello\n*Vertices 1\n1 A\n", ["hello"]),
    ],
)
def test_what_cannot_be_used_is_told(content: str, lost: list[str]) -> None:
    """If it failed: a vertex or link would vanish in silence."""
    found = read_as("pajek", content)
    assert [problem.found for problem in found.lost] == lost
    assert found.nodes or found.papers


def test_a_file_without_a_number_of_vertices_is_refused() -> None:
    """If it failed: nobody would know which numbers are vertices."""
    with pytest.raises(UnreadableFile, match="their number"):
        read_as("pajek", "*Vertices\n1 A\n")


def test_it_is_known_by_its_first_section() -> None:
    """If it failed: another format would be taken for Pajek's."""
    sniff = READERS["pajek"].sniff
    assert sniff(SMALL.decode()) and sniff("% x\n*network a\n*VERTICES 5 2\n")
    assert not any(map(sniff, ("", "*Vertices", "*Edges\n1 2", "* list of\n* things", "1 2", "% only")))


@settings(max_examples=200, deadline=None)
@given(broken(SMALL) | broken(PAPERS.encode()))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("pajek", content)
