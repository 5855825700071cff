"""Lists of links: SNAP's ca-GrQc by its published figures, Gephi's tables, and the traps of plain columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from network_files import broken, degrees, read_as, survives, truth_of

SMALL = b"# comment\r\n1\t2\r\n2\t1\r\n2\t3\r\n4\t4\r\n"


def test_ca_grqc_has_its_published_figures(shared_data: Path) -> None:
    """If it failed: a link that stands both ways would be two ties, or a loner would be lost."""
    found = read_as("edge_list", (shared_data / "graphs" / "ca-GrQc.txt").read_bytes())
    truth = truth_of(shared_data, "snap/ca-GrQc.txt")
    assert (len(found.nodes), len(found.ties)) == (5242, 14484)
    assert (truth["nodes"], truth["edges_undirected_simple_no_loops"]) == (5242, 14484)
    assert found.lost == ()
    loops = [p for p in found.remarks if "with itself" in p.found]
    assert len(loops) == truth["selfloops"] == 12
    assert [p.found for p in found.remarks if p not in loops] == [
        "5,242 nodes without a name, first '3466'",
        "14,484 links without a weight",
        "14,484 links that repeat another, first '10310, 3466'",
    ]
    counts = degrees(found.ties)
    assert sum(name not in counts for name in found.names) == truth["isolated"] == 1
    top = sorted(((name, degree) for name, degree in counts.items()), key=lambda row: (-row[1], row[0]))
    assert [list(row) for row in top[:10]] == truth["top10_degree"]


def test_columns_may_be_parted_in_several_ways() -> None:
    """If it failed: a table of another program would be read askew."""
    for content in ("1 2 3\n", "1\t2\t3", "1,2,3\n", "1;2;3\n", "% asym\n1  2   3\n"):
        assert read_as("edge_list", content).links == [("1", "2", "3")], content
    assert read_as("edge_list", '"Lovelace, A",Bob,2\n').links == [("A Lovelace", "Bob", "2")]


def test_a_first_line_may_name_the_columns() -> None:
    """If it failed: Gephi's table of edges would be read with its heading as two authors."""
    table = "Source,Target,Type,Id,Label,Weight\nAda,Charles,Undirected,0,,3.0\nAda,Mary,Undirected,1,,\n"
    found = read_as("edge_list", table)
    assert found.names == ["Ada", "Charles", "Mary"]
    assert found.links == [("Ada", "Charles", "3.0"), ("Ada", "Mary", "1")]
    assert found.found == ["1 links without a weight"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("7", "7"),
        ("7\t", "7\\t"),
        ("1\t3\tmany", "weight 'many' of a link"),
        ("1\t3\t-2", "weight '-2' of a link"),
        ("1\t3\t1e999999", "weight '1e999999' of a link"),
        ("1\t3\tnan", "weight 'nan' of a link"),
        ("x" * 2000 + "\t3", "x" * 79 + "…"),
    ],
)
def test_a_line_that_is_no_link_is_told(line: str, found: str) -> None:
    """If it failed: a link would vanish, or a number of a million digits would be kept."""
    read = read_as("edge_list", f"1\t2\t1\n{line}\n")
    assert next(p.found for p in read.lost if p.lines.first == 2) == found
    assert read.links == [("1", "2", "1")]


def test_a_pair_with_two_weights_is_told() -> None:
    """If it failed: one of two weights would be chosen in silence."""
    read = read_as("edge_list", "1 2 3\n2 1 4\n")
    assert read.links == [("1", "2", "3")]
    assert read.remarks[0].found == "a second link of '2' and '1', of weight 4"


def test_a_file_that_breaks_off_keeps_its_beginning() -> None:
    """If it failed: one strange byte would cost the whole file, or pass in silence."""
    read = read_as("edge_list", b"1 2 3\n1 \xff 2\n")
    assert read.links == [("1", "2", "3")]
    assert [(p.found, p.lines.first) for p in read.lost] == [("byte 0xff at column 3", 2)]
    with pytest.raises(UnreadableFile, match="MiB"):
        read_as("edge_list", b"1" * (2 << 20))


def test_it_is_known_by_numbers_or_named_columns() -> None:
    """If it failed: any table of two columns would be taken for a network."""
    sniff = READERS["edge_list"].sniff
    for yes in (
        SMALL.decode(),
        "1 2",
        "https://a.b/c\n# x\n3 4 0.5\n",
        "source\ttarget\nA\tB\n",
        "1 2\n3 4\n5",
    ):
        assert sniff(yes), yes
    for no in (
        "",
        "# only\n",
        "Ada Bob\n",
        "a,b\n",
        "1 2\nx y\n",
        "1\n2\n",
        "2020 12 x\n",
        "source,target\n",
        "{}",
    ):
        assert not sniff(no), no


@settings(max_examples=150, deadline=None)
@given(broken(SMALL))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("edge_list", content)
