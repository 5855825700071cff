"""Exports: statements that come back the same, and networks that other programs read with all that was in them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest

import collegium
from collegium.graph.errors import ParameterError, UnknownName
from collegium.server.exports import EXPORTS, export_named, write
from collegium.server.service import KnowledgeGraph
from networks import believed

LV = "http://localhost:8000/author/xingtai-lv"


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    """Return the bundled page in memory. Prevents: each test loads it anew."""
    graph = collegium.open()
    graph.load(Path(__file__).resolve().parents[2] / "seeds")
    return graph


def exported(kg: KnowledgeGraph, name: str) -> bytes:
    row: Any = export_named(name)
    return bytes(row.make(kg.network() if row.is_network else kg.store))


def test_nquads_are_sorted_and_hold_every_statement(kg: KnowledgeGraph) -> None:
    """If it failed: two stores could not be compared line by line."""
    lines = exported(kg, "nquads").decode().splitlines()
    assert lines == sorted(lines) and len(lines) == len(kg.store.engine)


@pytest.mark.parametrize(
    ("name", "format"), [("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)]
)
def test_statements_come_back_the_same(kg: KnowledgeGraph, name: str, format: ox.RdfFormat) -> None:
    """If it failed: a statement of belief would be lost on the way."""
    back = {quad.triple for quad in ox.parse(exported(kg, name), format=format)}
    belief = {q.triple for q in kg.store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert back == belief


@pytest.mark.parametrize(
    ("name", "reader"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_networks_come_back_with_names_weights_and_what_was_left_out(
    kg: KnowledgeGraph, tmp_path: Path, name: str, reader: Any
) -> None:
    """If it failed: Gephi would show other links than we do, or not say that lists are cut."""
    write(export_named(name), kg.store, kg.network(), tmp_path / "file")
    graph, ours = reader(tmp_path / "file"), kg.network()
    assert set(graph) == set(ours) and graph.nodes[LV]["label"] == "Xingtai Lv"
    assert {frozenset(e): graph.edges[e]["joint_papers"] for e in graph.edges} == {
        frozenset(e): len(ours.edges[e]["papers"]) for e in ours.edges
    }
    if name == "graphml":  # networkx writes no facts of the graph into GEXF
        assert graph.graph["papers_truncated"] == 17 and graph.graph["at_least"] is True


def test_pajek_numbers_its_vertices(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """If it failed: Pajek would read another network."""
    write(export_named("pajek"), kg.store, kg.network(), tmp_path / "file.net")
    graph = networkx.Graph(networkx.read_pajek(tmp_path / "file.net"))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (25, 57) and "Xingtai Lv" in graph


def test_vosviewer_links_its_items(kg: KnowledgeGraph) -> None:
    """If it failed: VOSviewer would refuse the file or show other strengths."""
    network = json.loads(exported(kg, "vosviewer"))["network"]
    label = {item["id"]: item["label"] for item in network["items"]}
    strength = {
        frozenset((label[x["source_id"]], label[x["target_id"]])): x["strength"] for x in network["links"]
    }
    assert len(label) == 25 and strength[frozenset(("Xingtai Lv", "Kaiyan Zhang"))] == 7


def test_tables_have_a_row_a_node_and_a_row_a_link(kg: KnowledgeGraph) -> None:
    """If it failed: a spreadsheet would hold less than the network."""
    nodes = list(csv.DictReader(io.StringIO(exported(kg, "nodes.csv").decode())))
    edges = list(csv.DictReader(io.StringIO(exported(kg, "edges.csv").decode())))
    assert (len(nodes), len(edges)) == (25, 57)
    assert sum(int(row["joint_papers"]) for row in edges) == 84


def test_a_file_is_replaced_whole_or_not_at_all(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """If it failed: a full disk would leave half a file, or an error a traceback."""
    with pytest.raises(ParameterError, match="--output"):
        write(EXPORTS["turtle"], kg.store, None, tmp_path / "none" / "file.ttl")
    with pytest.raises(UnknownName, match="graphml"):
        export_named("grphml")


@pytest.mark.parametrize(
    ("name", "reader"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_a_name_that_xml_cannot_hold_spoils_no_network(tmp_path: Path, name: str, reader: Any) -> None:
    """If it failed: one odd character in a name would keep Gephi from the whole network."""
    thing = f"<{LV}> a foaf:Person ; foaf:name 'Xing\\u0001tai\\uFFFF' ."
    store = believed(
        thing, f"<http://localhost:8000/paper/p> a soa:Work ; dcterms:title 'x' ; dcterms:creator <{LV}> ."
    )
    odd = KnowledgeGraph(store)
    write(export_named(name), odd.store, odd.network(), tmp_path / "file")
    assert [facts["label"] for _, facts in reader(tmp_path / "file").nodes(data=True)] == [
        "Xing\ufffdtai\ufffd"
    ]
