"""Exports of statements and networks: what comes back is the same, and other programs read all that was in them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest
import rdflib

import collegium
from collegium.graph.errors import NotFound, ParameterError, UnknownName
from collegium.graph.records import Authorship, Identifier, Lines, Paper
from collegium.graph.selection import Filter
from collegium.server.editions import Edition, Wanted
from collegium.server.exports import EXPORTS, export_named, write
from exported import edition_of, exported
from networks import believed

LV = "http://localhost:8000/author/xingtai-lv"


@pytest.fixture(scope="module")
def seed() -> Edition:
    """Return the bundled page in memory. Prevents: each test loads it anew."""
    graph = collegium.open()
    graph.load(Path(__file__).resolve().parents[3] / "seeds")
    return graph.edition()


def test_nquads_are_sorted_and_hold_every_statement(seed: Edition) -> None:
    """If it failed: two stores could not be compared line by line."""
    lines = exported(seed, "nquads").splitlines()
    assert lines == sorted(lines) and len(lines) == len(seed.engine)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its JSON-LD parser uses what it deprecates
@pytest.mark.parametrize(
    ("name", "format", "words"),
    [("turtle", ox.RdfFormat.TURTLE, "turtle"), ("jsonld", ox.RdfFormat.JSON_LD, "json-ld")],
)
def test_statements_come_back_the_same(seed: Edition, name: str, format: ox.RdfFormat, words: str) -> None:
    """If it failed: a statement of belief would be lost on the way, or another program not read it."""
    content = exported(seed, name)
    back = {quad.triple for quad in ox.parse(content, format=format)}
    belief = {q.triple for q in seed.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert back == belief
    assert len(rdflib.Graph().parse(data=content, format=words)) == len(belief)


@pytest.mark.parametrize(
    ("name", "reader"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_networks_come_back_with_names_weights_and_what_was_left_out(
    seed: Edition, tmp_path: Path, name: str, reader: Any
) -> None:
    """If it failed: Gephi would show other links than we do, or not say that lists are cut."""
    write(export_named(name), seed, Wanted(), tmp_path / "file")
    graph, ours = reader(tmp_path / "file"), seed.network(Wanted())
    assert set(graph) == set(ours) and graph.nodes[LV]["label"] == "Xingtai Lv"
    assert {
        frozenset(e): (graph.edges[e]["joint_papers"], graph.edges[e]["weight"]) for e in graph.edges
    } == {frozenset(e): (len(ours.edges[e]["papers"]), ours.edges[e]["weight"]) for e in ours.edges}
    if name == "graphml":  # networkx reads no facts of the graph from GEXF
        assert graph.graph["papers_truncated"] == 17 and graph.graph["at_least"] is True
    assert b"papers_truncated" in (tmp_path / "file").read_bytes()


def test_pajek_tells_namesakes_apart_by_their_labels(tmp_path: Path) -> None:
    """If it failed: a program that knows vertices by their labels would make one person of several."""
    byline = [Authorship("Wei Li", at, (Identifier("s2-author", str(at)),)) for at in (1, 2)]
    edition = edition_of([Paper("P", (*byline, Authorship("Bo", 3)), False, Lines(1, 1))])
    (tmp_path / "file.net").write_bytes(exported(edition, "pajek"))
    graph = networkx.Graph(networkx.read_pajek(tmp_path / "file.net"))
    assert sorted(graph) == ["Bo", "Wei Li [s2-author-1]", "Wei Li [s2-author-2]"] and graph.size() == 3


def test_pajek_numbers_its_vertices(seed: Edition, tmp_path: Path) -> None:
    """If it failed: Pajek would read another network."""
    (tmp_path / "file.net").write_bytes(exported(seed, "pajek"))
    graph = networkx.Graph(networkx.read_pajek(tmp_path / "file.net"))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (25, 57) and "Xingtai Lv" in graph


def test_vosviewer_links_its_items(seed: Edition) -> None:
    """If it failed: VOSviewer would refuse the file or show other strengths."""
    content = json.loads(exported(seed, "vosviewer"))
    network = content["network"]
    label = {item["id"]: item["label"] for item in network["items"]}
    strength = {
        frozenset((label[x["source_id"]], label[x["target_id"]])): x["strength"] for x in network["links"]
    }
    assert len(label) == 25 and strength[frozenset(("Xingtai Lv", "Kaiyan Zhang"))] == 7
    assert len({tuple(item) for item in network["items"]}) == 1  # the first item names the columns of all
    assert {item["cluster"] for item in network["items"]} == {c["cluster"] for c in network["clusters"]}
    assert content["config"]["terminology"]["item"] == "Author"


def test_tables_have_a_row_a_node_and_a_row_a_link(seed: Edition) -> None:
    """If it failed: a spreadsheet would hold less than the network."""
    nodes = list(csv.DictReader(io.StringIO(exported(seed, "nodes.csv").decode())))
    edges = list(csv.DictReader(io.StringIO(exported(seed, "edges.csv").decode())))
    assert (len(nodes), len(edges)) == (25, 57)
    assert sum(int(row["joint_papers"]) for row in edges) == 84
    archive = zipfile.ZipFile(io.BytesIO(exported(seed, "csv.zip")))
    assert archive.read("nodes.csv") == exported(seed, "nodes.csv")
    assert archive.read("edges.csv") == exported(seed, "edges.csv") == exported(seed, "csv")
    assert exported(seed, "csv.zip") == exported(seed, "csv.zip")


def test_a_file_is_replaced_whole_or_not_at_all(seed: Edition, tmp_path: Path) -> None:
    """If it failed: a full disk or a mistyped name would leave half a file, or an error a traceback."""
    with pytest.raises(ParameterError, match="--output"):
        write(EXPORTS["turtle"], seed, Wanted(), tmp_path / "none" / "file.ttl")
    with pytest.raises(UnknownName, match="graphml"):
        export_named("grphml")
    kept = tmp_path / "lv.bib"
    kept.write_text("mine")
    with pytest.raises(NotFound):
        write(EXPORTS["bibtex"], seed, Wanted(where=Filter(authors=frozenset({"nobody"}))), kept)
    assert kept.read_text() == "mine" and list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize(
    ("name", "reader"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_a_name_that_xml_cannot_hold_spoils_no_network(tmp_path: Path, name: str, reader: Any) -> None:
    """If it failed: one odd character in a name would keep Gephi from the whole network."""
    thing = f"<{LV}> a foaf:Person ; foaf:name 'Xing\\u0001tai\\uFFFF <&\"' ."
    store = believed(
        thing, f"<http://localhost:8000/paper/p> a soa:Work ; dcterms:title 'x' ; dcterms:creator <{LV}> ."
    )
    (tmp_path / "file").write_bytes(exported(Edition(store), name))
    assert [facts["label"] for _, facts in reader(tmp_path / "file").nodes(data=True)] == [
        'Xing\ufffdtai\ufffd <&"'
    ]


@pytest.mark.parametrize("name", [name for name, row in EXPORTS.items() if row.made_of != "statements"])
def test_a_store_of_nothing_gives_a_file_of_nothing(name: str, tmp_path: Path) -> None:
    """If it failed: an export of an empty store would be a traceback, or no file of its form."""
    content = exported(collegium.open().edition(), name)
    (tmp_path / "file").write_bytes(content)
    if name in ("graphml", "gexf"):
        assert (
            len({"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[name](tmp_path / "file")) == 0
        )
    elif name in ("vosviewer", "csl-json"):
        assert json.loads(content) is not None
