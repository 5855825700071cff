"""Networks of ours with two authors of one name, read again: two authors, under the same IDs."""

from __future__ import annotations

from io import BytesIO

import networkx
import pytest

from collegium.graph.names import author_id, own_identifier
from collegium.graph.records import Authorship, Identifier, Lines, Paper
from collegium.graph.store import Store
from collegium.server.editions import Wanted
from collegium.server.exports import export_named
from collegium.server.files import Output
from exported import edition_of
from network_files import read_as

NUMBERED = [Identifier("dblp-name", f"Wei Wang {number}") for number in ("0001", "0002")]
APART = "wei-wang~map-12345678"  # as the policies `evidence` and `strict` keep a name of one source apart


def homonyms() -> networkx.Graph:
    """A network of three authors called Wei Wang: two by homonym numbers, one by name as one source has it."""
    byline = (*(Authorship("Wei Wang", at, (known,)) for at, known in enumerate(NUMBERED, 1)),)
    edition = edition_of([Paper("P", (*byline, Authorship("Wei Wang", 3)), False, Lines(1, 1))])
    network = edition.network(Wanted())
    bare = next(node for node, id in network.nodes(data="id") if id == "wei-wang")
    network = networkx.relabel_nodes(network, {bare: bare.replace("wei-wang", APART)})
    network.nodes[bare.replace("wei-wang", APART)]["id"] = APART
    return network


def written(network: networkx.Graph, format: str) -> bytes:
    file = BytesIO()
    if format == "gml":  # which networkx writes of what `KnowledgeGraph.network` gives
        networkx.write_gml(network, file, stringizer=str)
    else:
        export_named(format).put(network, Output(file))
    return file.getvalue()


@pytest.mark.parametrize("format", ["graphml", "gexf", "vosviewer", "pajek", "gml", "csv", "nodes.csv"])
def test_authors_of_one_name_come_back_as_they_were(format: str) -> None:
    """If it failed: homonyms, and names that the policy keeps apart, would be one person behind our own export."""
    network = homonyms()
    back = read_as(
        {"csv": "edge_list", "nodes.csv": "node_list"}.get(format, format), written(network, format)
    )
    assert {author_id(node) for node in back.nodes} == {id for _, id in network.nodes(data="id")}
    assert (len(back.nodes), len(back.ties), back.lost) == (3, 0 if format == "nodes.csv" else 3, ())
    assert {node.name for node in back.nodes} == {"Wei Wang"}
    assert {known for node in back.nodes for known in node.identifiers} == {
        *NUMBERED,
        Identifier("collegium", APART),
    }
    assert not any("held as one author" in remark.expected for remark in back.remarks)


def test_an_address_of_elsewhere_is_no_id_of_ours() -> None:
    """If it failed: /author/jane of two houses would be one person of ours."""
    content = '<graphml><graph><node id="https://a.example/author/jane"/></graph></graphml>'
    assert [node.identifiers for node in read_as("graphml", content).nodes] == [()]


@pytest.mark.parametrize("part", ["a b", "..", "", "x/y", "é", "a" * 201, "<b>"])
def test_what_is_no_id_is_no_identifier(part: str) -> None:
    """If it failed: a file could make IRIs that no page opens."""
    assert own_identifier(f"http://localhost:8000/author/{part}", "author", "Ada") is None


def test_kinds_are_not_mixed() -> None:
    """If it failed: an institution's number would name a person."""
    base = Store.memory().base
    assert own_identifier(f"{base}author/ror-03cve4549", "author", "Ada") is None
    assert own_identifier(f"{base}institution/x-1", "author", "Ada") is None
