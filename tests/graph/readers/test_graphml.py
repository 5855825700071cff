"""GraphML: what networkx and igraph write, what yEd draws, traps of the form."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.records import Identifier
from network_files import broken, read_as, survives

SMALL = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="name" attr.type="string"/>
  <key id="d1" for="edge" attr.name="weight" attr.type="double"/>
  <key id="d2" for="node" attr.name="orcid" attr.type="string"/>
  <key id="d3" for="node" attr.name="Country" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="n0"><data key="d0">Lovelace, A. &amp; B&#233;</data><data key="d2">0000-0002-1825-0097</data></node>
    <node id="n1"><data key="d0">Charles Babbage</data><data key="d3">UK</data></node>
    <edge id="e0" source="n0" target="n1"><data key="d1">2.50</data></edge>
  </graph>
</graphml>
"""


def test_a_small_file_is_read() -> None:
    """If it failed: names, exact weights, identifiers or lines would be lost."""
    found = read_as("graphml", SMALL)
    assert found.names == ["A. & Bé Lovelace", "Charles Babbage"]
    assert found.nodes[0].identifiers == (Identifier("orcid", "0000-0002-1825-0097"),)
    assert found.links == [("A. & Bé Lovelace", "Charles Babbage", "2.50")]
    assert (found.nodes[1].lines.first, found.ties[0].lines.first) == (9, 10)
    assert found.found == ["attribute Country (1 times, first 'UK')"]


def test_a_link_of_two_of_one_name_is_told_and_left_out() -> None:
    """If it failed: somebody would be linked with themselves, or a link be gone without a word."""
    graph = nx.Graph([("a", "b"), ("a", "c"), ("b", "c")])
    nx.set_node_attributes(graph, {"a": "Jun Zhang", "b": "Jun Zhang", "c": "Wei Li"}, "label")
    written = BytesIO()
    nx.write_graphml_xml(graph, written)
    found = read_as("graphml", written.getvalue())
    assert found.links == [("Jun Zhang", "Wei Li", "1"), ("Jun Zhang", "Wei Li", "1")]
    assert "a link of two nodes named 'Jun Zhang'" in found.found


def test_what_networkx_writes_is_read() -> None:
    """If it failed: the most used library's files would come out nameless or without weights."""
    graph = nx.Graph()
    graph.add_edge("Ada Lovelace", "Łukasz <b>", weight=3)
    graph.add_node("Alone")
    written = BytesIO()
    nx.write_graphml_xml(graph, written)
    found = read_as("graphml", written.getvalue())
    assert found.names == ["Ada Lovelace", "Łukasz <b>", "Alone"]
    assert found.links == [("Ada Lovelace", "Łukasz <b>", "3")]
    assert found.found == []


def test_what_igraph_writes_is_read(tmp_path: Path) -> None:
    """If it failed: nodes would be called n0, n1 …"""
    graph = igraph.Graph(n=3, edges=[(0, 1)])
    graph.vs["name"], graph.es["weight"] = ["Ada Lovelace", "Charles Babbage", "Alone"], [0.5]
    graph.write_graphml(str(tmp_path / "x.graphml"))
    found = read_as("graphml", (tmp_path / "x.graphml").read_bytes())
    assert found.names == ["Ada Lovelace", "Charles Babbage", "Alone"]
    assert found.links == [("Ada Lovelace", "Charles Babbage", "0.5")]


def test_labels_that_yed_draws_are_names() -> None:
    """If it failed: networks drawn by hand would come out with numbers for names."""
    found = read_as(
        "graphml",
        '<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d5" yfiles.type="nodegraphics"/><graph>'
        '<node id="n0"><data key="d5"><y:ShapeNode><y:NodeLabel x="1">Ada</y:NodeLabel></y:ShapeNode></data></node>'
        "</graph></graphml>",
    )
    assert found.names == ["Ada"]


def test_edges_may_stand_before_nodes() -> None:
    """If it failed: the order, which GraphML leaves open, would cost ties."""
    content = '<graphml><graph><edge source="A" target="B"/><node id="A"/><node id="B"/></graph></graphml>'
    assert read_as("graphml", content).links == [("A", "B", "1")]


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ('<node id="A"/><edge source="A" target="B"/>', "a link of 'A' and 'B'"),
        ('<node id="A"/><edge source="A"/>', "an edge from 'A' to None"),
        ('<node id="A"/><node id="A"/>', "a second node 'A'"),
        ('<node id="A"/><node/>', "a node without id and label"),
        ('<node id="A"/><hyperedge><endpoint node="A"/></hyperedge>', "a hyperedge"),
        ('<node id="A"/><node id="B"><data>', None),
        ('<node id="A"/><node id="B" <', None),
        ('<node id="A"/><node id="&undeclared;"/>', None),
    ],
)
def test_what_cannot_be_used_is_told(content: str, lost: str | None) -> None:
    """If it failed: a node or edge would vanish in silence."""
    found = read_as("graphml", f"<graphml><graph>{content}</graph></graphml>")
    assert found.names == ["A"]
    assert len(found.lost) >= 1
    assert lost is None or [p.found for p in found.lost] == [lost]


def test_bombs_and_files_beside_it_are_not_opened(tmp_path: Path) -> None:
    """If it failed: a network file could fill the memory, or read another file of the reader's machine."""
    (tmp_path / "secret").write_text("SECRET")
    bomb = '<!ENTITY a "ha">' + "".join(f'<!ENTITY b{i} "{"&a;" * 10}">' for i in range(9))
    for doctype in (f"<!DOCTYPE g [{bomb}]>", f'<!DOCTYPE g [<!ENTITY a SYSTEM "{tmp_path / "secret"}">]>'):
        nodes = '<node id="A"/><node id="x"><data key="name">&a;</data></node>'
        found = read_as("graphml", f"{doctype}<graphml><graph>{nodes}</graph></graphml>")
        assert "SECRET" not in str(found)
        assert found.names[0] == "A"


def test_it_is_known_by_its_root() -> None:
    """If it failed: other XML would be taken for GraphML, or GraphML with a comment above for nothing."""
    sniff = READERS["graphml"].sniff
    assert sniff(SMALL.decode()) and sniff("<!-- x --><g:graphml xmlns:g='a'>")
    assert not any(map(sniff, ("", "<gexf>", "<html>graphml</html>", "graphml", "<graph><graphml/></graph>")))
    with pytest.raises(UnreadableFile):
        read_as("graphml", b"<graphml><graph><no")


@settings(max_examples=150, deadline=None)
@given(broken(SMALL))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("graphml", content)
