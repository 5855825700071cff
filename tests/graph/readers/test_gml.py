"""GML: Newman's network by its published figures, and the traps of the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.records import Lines
from network_files import broken, degrees, read_as, survives, truth_of

SMALL = b"""Creator "x"
# a comment
graph [ directed 0
  node [ id 1 label "Lovelace, A" ]
  node [ id 2 label "Erd&#337;s, P" graphics [ x 1.5 y 2 ] ]
  node [ id 3 label "Alone, N" ]
  edge [ source 1 target 2 value 2.50 ]
]
"""


def test_newmans_network_has_its_published_figures(shared_data: Path) -> None:
    """If it failed: nodes or ties of a true file would be lost, or weights changed."""
    found = read_as("gml", (shared_data / "graphs" / "netscience_newman.gml").read_bytes())
    truth = truth_of(shared_data, "netscience/netscience.gml")
    assert (len(found.nodes), len(found.ties)) == (truth["nodes"], truth["edges_as_read"]) == (1589, 2742)
    assert found.lost == found.remarks == ()
    counts = degrees(found.ties)
    assert sum(name not in counts for name in found.names) == truth["isolated"] == 128
    printed = {node.name: node.names[0] for node in found.nodes}
    assert {printed[name]: counts[name] for name in counts if counts[name] >= 20} == {
        name: degree for name, degree in truth["top10_degree"] if degree >= 20
    }
    first = found.ties[0]
    assert (first.one.name, first.other.name, str(first.weight)) == ("M KUPERMAN", "G ABRAMSON", "2.5")
    assert first.one.names == ("KUPERMAN, M",)
    assert found.nodes[0].lines == Lines(6, 9)
    # Newman's strength is the number of a person's papers with several authors (PRE 64, 016132).
    strength = sum(tie.weight for tie in found.ties if "A BARABASI" in (tie.one.name, tie.other.name))
    assert round(strength) == 30


def test_a_small_file_is_read() -> None:
    """If it failed: entities, comments, brackets on one line or exact weights would be lost."""
    found = read_as("gml", SMALL)
    assert found.names == ["A Lovelace", "P Erdős", "N Alone"]
    assert found.links == [("A Lovelace", "P Erdős", "2.50")]
    assert found.found == []


def test_text_may_go_over_lines() -> None:
    """If it failed: a label with a line break would break the file."""
    found = read_as("gml", 'graph [\nnode [ id 1 label "Ada\n  Lovelace" ]\n]')
    assert found.names == ["Ada Lovelace"]
    assert found.nodes[0].lines == Lines(2, 3)


@pytest.mark.parametrize(
    ("content", "nodes", "lost"),
    [
        ('graph [ node [ id 1 label "A" ] edge [ source 1 target 9 ] ]', ["A"], ["a link of '1' and '9'"]),
        ('graph [ node [ id 1 label "A" ] node [ id 1 label "B" ] ]', ["A"], ["a second node '1'"]),
        ("graph [ node [ x 1 ] ]", [], ["a node without id and label"]),
        ('graph [ node [ id 1 label "A" ] node [ id 2 lab', ["A"], ["the end of the file"]),
        ('graph [ node [ id 1 label "A" ] ] ]', ["A"], ["']'"]),
        ('graph [ node [ id 1 label "A" ] node [ id 2 label "B', ["A"], ["a text without an end"]),
        ('graph [ node [ id 1 label "A" ]\n \0 ]', ["A"], ["a NUL byte"]),
        ('graph [ node [ id 1 label "A" ] 5 7 ]', ["A"], ["'5'"]),
        ('graph [ node [ id 1 label "A" ] node [ id id ] ]', ["A"], ["'id'"]),
    ],
)
def test_what_cannot_be_used_is_told(content: str, nodes: list[str], lost: list[str]) -> None:
    """If it failed: a node or link would vanish, or a broken end would take the beginning along."""
    found = read_as("gml", content)
    assert found.names == nodes
    assert [problem.found for problem in found.lost] == lost


@pytest.mark.parametrize(
    "content",
    [
        "",
        "graph",
        "graph [" + " a [" * 100_000,
        'graph [ node [ id "' + "x\n" * 600_000,
        "x" * (2 << 20),
        "graph [ (",
    ],
)
def test_what_is_no_network_is_refused(content: str) -> None:
    """If it failed: deep nesting or a text without end would fill the memory or end in a traceback."""
    if content:
        with pytest.raises(UnreadableFile, match="expected"):
            read_as("gml", content)
    else:
        assert read_as("gml", content).nodes == ()


def test_a_weight_that_is_no_number_costs_its_link_only() -> None:
    """If it failed: everything behind a link without a weight would be lost."""
    nodes = "".join(f'node [ id {n} label "Person {n}" ] ' for n in (1, 2, 3))
    text = f"graph [ {nodes} edge [ source 1 target 2 value nan ] edge [ source 1 target 3 value 3 ] ]"
    found = read_as("gml", text)
    assert len(found.nodes) == 3
    assert [tie.weight for tie in found.ties] == [3] and len(found.lost) == 1


def test_it_is_known_by_its_first_words() -> None:
    """If it failed: another format would be taken for GML."""
    sniff = READERS["gml"].sniff
    assert sniff(SMALL.decode()) and sniff("graph [") and sniff("Version 1 graph\n[\n")
    assert not any(
        map(sniff, ("graph {", "@article{a,", "graph", "digraph [", "a b c", '{"graph": [', "", "["))
    )


@settings(max_examples=150, deadline=None)
@given(broken(SMALL))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("gml", content)
