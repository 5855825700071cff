"""GEXF: what Gephi and networkx write, traps of the form."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
import pytest
from hypothesis import given, settings

from collegium.graph.readers import READERS
from collegium.graph.records import Identifier
from network_files import broken, read_as, survives

SMALL = b"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2024-01-01"><creator>Gephi 0.10</creator></meta>
  <graph defaultedgetype="undirected" mode="static">
    <attributes class="node"><attribute id="0" title="ORCID"/><attribute id="1" title="Papers"/></attributes>
    <attributes class="edge"><attribute id="0" title="first year" type="integer"/></attributes>
    <nodes count="3">
      <node id="a" label="Lovelace, Ada"><attvalues>
        <attvalue for="0" value="0000-0002-1825-0097"/><attvalue for="1" value="7"/></attvalues><viz:size value="3"/>
      </node>
      <node id="b" label="Charles Babbage"><attvalues><attvalue for="0" value="1234"/></attvalues></node>
      <node id="c" label="Alone" start="2001"/>
    </nodes>
    <edges>
      <edge id="0" source="a" target="b" weight="2.50"><attvalues><attvalue for="0" value="1843"/></attvalues></edge>
    </edges>
  </graph>
</gexf>
"""


def test_a_small_file_is_read() -> None:
    """If it failed: names, figures, identifiers or exact weights would be lost, or mixed up."""
    found = read_as("gexf", SMALL)
    assert found.names == ["Ada Lovelace", "Charles Babbage", "Alone"]
    assert found.nodes[0].identifiers == (Identifier("orcid", "0000-0002-1825-0097"),)
    assert [(r.measure, r.as_given) for r in found.nodes[0].reported] == [("papers", "7")]
    assert found.links == [("Ada Lovelace", "Charles Babbage", "2.50")]
    assert (found.nodes[1].lines.first, found.ties[0].lines.first) == (11, 15)
    assert found.found == [
        "ORCID '1234'",
        "attribute time of a node (1 times, first 'start 2001')",
        "attribute first year of links (1 times, first '1843')",
    ]


def test_what_networkx_writes_is_read() -> None:
    """If it failed: the most used library's files would come out nameless or without weights."""
    graph = nx.Graph()
    graph.add_edge("Ada Lovelace", "Łukasz <b>", weight=3)
    graph.add_node("Alone")
    written = BytesIO()
    nx.write_gexf(graph, written)
    found = read_as("gexf", written.getvalue())
    assert found.names == ["Ada Lovelace", "Łukasz <b>", "Alone"]
    assert found.links == [("Ada Lovelace", "Łukasz <b>", "3")]
    assert found.found == []


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ('<node id="A"/><edge source="A" target="B"/>', "a link of 'A' and 'B'"),
        ('<node id="A"/><edge source="A"/>', "an edge from 'A' to None"),
        ('<node id="A"/><node id="A"/>', "a second node 'A'"),
        ('<node id="A"/><node/>', "a node without id and label"),
        ('<node id="A"/><node id="B"><attvalues>', None),
    ],
)
def test_what_cannot_be_used_is_told(content: str, lost: str | None) -> None:
    """If it failed: a node or edge would vanish in silence."""
    found = read_as("gexf", f"<gexf><graph>{content}</graph></gexf>")
    assert found.names == ["A"]
    assert len(found.lost) >= 1
    assert lost is None or [p.found for p in found.lost] == [lost]


def test_it_is_known_by_its_root() -> None:
    """If it failed: other XML would be taken for GEXF."""
    sniff = READERS["gexf"].sniff
    assert sniff(SMALL.decode())
    assert not any(map(sniff, ("", "<graphml>", "<x>gexf</x>", "gexf")))


@settings(max_examples=150, deadline=None)
@given(broken(SMALL))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("gexf", content)
