"""Networks of other things than authors: read as what the file says, or refused; silence is remarked."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from collegium.graph.errors import UnreadableFile
from collegium.graph.intake import until_good
from collegium.graph.readers import READERS
from collegium.graph.records import Identifier, Institution, Problem, Record
from network_files import read_as

NODES = (("1", "Tsinghua University"), ("2", "ETH Zürich"), ("3", "Ada Lovelace"))


def graphml(*kinds: str, key: str = "kind", more: str = "") -> bytes:
    """Three nodes, of kinds where any are given, each linked with the next."""
    nodes = "".join(
        f'<node id="{id}"><data key="n">{name}</data><data key="k">{kind}</data>{more}</node>'
        for (id, name), kind in zip(NODES, kinds or ("", "", ""), strict=True)
    )
    head = f'<key id="n" for="node" attr.name="name"/><key id="k" for="node" attr.name="{key}"/>'
    edges = '<edge source="1" target="2"/><edge source="2" target="3"/>'
    return f"<graphml>{head}<graph>{nodes}{edges}</graph></graphml>".encode()


def records(format: str, content: bytes) -> list[Record]:
    return list(READERS[format].read(BytesIO(content), "file"))


def institutions(format: str, content: bytes) -> list[Institution]:
    return [record for record in records(format, content) if isinstance(record, Institution)]


def test_nodes_are_what_the_file_says() -> None:
    """If it failed: universities would be people who write papers with each other."""
    content = graphml("Organization", "institution", "Person", key="Node Type")
    found = read_as("graphml", content)
    assert [place.name for place in institutions("graphml", content)] == ["Tsinghua University", "ETH Zürich"]
    assert (found.names, found.ties, found.lost, found.is_assumed) == (["Ada Lovelace"], (), (), False)
    assert "2 links of nodes that are no authors" in found.found


def test_what_no_record_is_for_is_left_out_and_told() -> None:
    """If it failed: keywords would be people, or vanish in silence."""
    found = read_as("graphml", graphml("keyword", "keywords", "author"))
    assert (found.names, found.lost) == (["Ada Lovelace"], ())
    assert "2 nodes that are of the kind keyword, first 'Tsinghua University'" in found.found


@pytest.mark.parametrize("kind", ["keyword", "Journal", "Countries", "paper"])
def test_a_network_of_nothing_that_we_hold_is_refused_in_one_line(kind: str) -> None:
    """If it failed: a map of journals would load as people, with exit code 0."""
    with pytest.raises(
        UnreadableFile, match=r"3 nodes that are of the kind .*expected authors or institutions"
    ):
        until_good("file", iter(records("graphml", graphml(kind, kind, kind))))


def test_links_that_come_before_their_nodes_are_no_losses() -> None:
    """If it failed: a link of two universities would be told as one whose node is missing."""
    nodes = b'<node id="1" label="A" kind="x"><attvalues><attvalue for="0" value="institution"/></attvalues></node>'
    head = b'<gexf><graph><attributes class="node"><attribute id="0" title="kind"/></attributes><edges>'
    content = head + b'<edge source="1" target="1"/></edges><nodes>' + nodes + b"</nodes></graph></gexf>"
    found = read_as("gexf", content)
    assert found.lost == () and found.found[-1] == "1 links of nodes that are no authors"


@pytest.mark.parametrize(
    ("format", "content", "is_assumed"),
    [
        ("graphml", graphml(), True),
        ("graphml", graphml("1", "2", "professor"), True),
        ("graphml", graphml(more='<data key="orcid">0000-0002-1825-0097</data>'), False),
        ("graphml", graphml("author", "author", "author"), False),
        ("edge_list", b"1\t2\n2\t3\n", True),
        ("pajek", b'*Vertices 2\n1 "A B"\n2 "C D"\n*Edges\n1 2\n', True),
    ],
)
def test_what_a_file_does_not_say_is_remarked_once(format: str, content: bytes, is_assumed: bool) -> None:
    """If it failed: nobody would learn that a network of words was taken for one of people."""
    found = read_as(format, content)
    assert found.is_assumed is is_assumed and found.lost == () and found.nodes


def test_a_map_of_organisations_is_read_as_institutions() -> None:
    """If it failed: the map of organisations, which VOSviewer makes too, could not be loaded."""
    items = [
        {
            "id": 1,
            "label": "eth zurich",
            "country": "CH",
            "ror": "https://ror.org/05a28rw58",
            "weights": {"Documents": 3},
        },
        {"id": 2, "label": "mit"},
    ]
    links = [{"source_id": 1, "target_id": 2, "strength": 3}]
    content = json.dumps(
        {"config": {"terminology": {"item": "Organization"}}, "network": {"items": items, "links": links}}
    ).encode()
    found = institutions("vosviewer", content)
    assert [(place.name, place.country, place.identifiers) for place in found] == [
        ("eth zurich", "CH", (Identifier("ror", "05a28rw58"),)),
        ("mit", None, ()),
    ]
    told = [record.found for record in records("vosviewer", content) if isinstance(record, Problem)]
    assert told == ["attribute Documents (1 times, first '3')", "1 links of nodes that are no authors"]


@pytest.mark.parametrize("word", ["Keyword", "Author or category", "Countries", "Source"])
def test_a_map_of_other_things_is_refused(word: str) -> None:
    """If it failed: words and journals would become people who write with each other."""
    content = json.dumps(
        {"config": {"terminology": {"item": word}}, "network": {"items": [{"id": 1, "label": "A"}]}}
    )
    with pytest.raises(UnreadableFile, match=f"'{word}', expected a map of authors or institutions"):
        read_as("vosviewer", content)


@pytest.mark.parametrize(
    "address",
    ["1", "https://elsewhere.example/people/1", "https://www.semanticscholar.org/author/1741101"],
)
def test_labels_of_elsewhere_are_turned(address: str) -> None:
    """If it failed: "Lovelace, Ada" of another program would be another author than Ada Lovelace."""
    network = {"items": [{"id": address, "url": address, "label": "Lovelace, Ada"}], "links": []}
    (node,) = read_as("vosviewer", json.dumps({"network": network})).nodes
    assert (node.name, node.names) == ("Ada Lovelace", ("Lovelace, Ada",))
