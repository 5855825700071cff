"""Maps of VOSviewer: a true one by its counted figures, maps of other things, traps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers import READERS
from collegium.graph.records import Lines
from network_files import broken, degrees, read_as, survives, truth_of

ITEMS: list[dict[str, Any]] = [
    {"id": 1, "label": "Lovelace, Ada", "x": 0.1, "cluster": 2, "weights": {"Documents": 3, "Citations": 40}},
    {"id": 2, "label": "Charles Babbage", "organization": "Trinity College", "url": "https://a.b"},
    {"id": 3, "label": "Alone"},
]
LINKS: list[dict[str, Any]] = [{"source_id": 1, "target_id": 2, "strength": 2.5}]


def small(**network: Any) -> bytes:
    return json.dumps({"network": {"items": ITEMS, "links": LINKS} | network}).encode()


def test_a_true_map_has_its_counted_figures(shared_data: Path) -> None:
    """If it failed: items, links, strengths or reported figures would be lost."""
    file = "Dimensions_scientometrics_researcher_co-authorship_network.json"
    found = read_as("vosviewer", (shared_data / "graphs" / file).read_bytes())
    truth = truth_of(shared_data, f"vosviewer/{file}")
    assert (len(found.nodes), len(found.ties)) == (truth["items"], truth["links"]) == (115, 353)
    assert sum(tie.weight for tie in found.ties) == truth["sum_strength"] == 1446
    assert found.lost == ()
    assert [list(row) for row in degrees(found.ties).items() if row[1] == 26] == [["Loet Leydesdorff", 26]]
    first = found.nodes[0]
    assert (first.name, first.lines, first.identifiers) == ("Lutz Bornmann", Lines(23, 41), ())
    assert {r.measure: r.as_given for r in first.reported} == {"papers": "190", "citations": "4213"}
    assert [institution.name for institution in first.institutions] == ["Max Planck Society"]
    assert {p.found.partition(" (")[0] for p in found.remarks} == {
        f"attribute {name}"
        for name in ("address", "Norm. citations", "Avg. pub. year", "Avg. citations", "Avg. norm. citations")
    }


@pytest.mark.parametrize("indent", [None, 1])
def test_a_small_map_is_read(indent: int | None) -> None:
    """If it failed: what an item says would depend on how its JSON is broken into lines."""
    clusters = [{"cluster": 1, "label": "Left"}]
    content = json.dumps(json.loads(small(clusters=clusters)), indent=indent) + "\n"
    found = read_as("vosviewer", content)
    assert found.names == ["Ada Lovelace", "Charles Babbage", "Alone"]
    assert found.links == [("Ada Lovelace", "Charles Babbage", "2.5")]
    assert found.found == ["attribute url (1 times, first 'https://a.b')"]


def test_links_may_stand_before_items() -> None:
    """If it failed: the order of keys, which JSON leaves open, would cost all ties."""
    content = json.dumps({"network": {"links": LINKS, "items": ITEMS}})
    assert read_as("vosviewer", content).links == [("Ada Lovelace", "Charles Babbage", "2.5")]


@pytest.mark.parametrize(
    ("network", "found"),
    [
        ({"links": [{"source_id": 1}]}, "a link of '1' and ''"),
        ({"links": [{"source_id": 1, "target_id": 9}]}, "a link of '1' and '9'"),
        ({"links": [{"source_id": 1, "target_id": 2, "strength": 0}]}, "weight '0' of a link"),
        ({"items": [*ITEMS, {}]}, "a node without id and label"),
        ({"items": [*ITEMS, [1]]}, "[1]"),
        ({"items": [*ITEMS, None, "x"]}, 'null, "x"'),
        ({"items": [*ITEMS, {"label": "x" * (2 << 20)}]}, None),
    ],
)
def test_what_cannot_be_used_is_told(network: dict[str, Any], found: str | None) -> None:
    """If it failed: an item or link would vanish in silence."""
    read = read_as("vosviewer", small(**network))
    assert len(read.nodes) == 3
    assert len(read.lost) == 1
    assert found is None or found in read.lost[0].found


def test_maps_of_other_things_are_refused() -> None:
    """If it failed: words and journals would become people who write with each other."""
    called = {"config": {"terminology": {"item": "Journal"}}, "network": {"items": ITEMS}}
    with pytest.raises(UnreadableFile, match="'Journal', expected a map of authors"):
        read_as("vosviewer", json.dumps(called))
    terms = small(items=[{"id": 1, "label": "gene", "weights": {"Links": 1, "Occurrences": 5}}])
    with pytest.raises(UnreadableFile, match="a map of terms"):
        read_as("vosviewer", terms)
    with pytest.raises(UnreadableFile, match="save them as JSON"):
        read_as("vosviewer", "id\tlabel\tx\ty\tcluster\tweight<Links>\n1\tA\t0\t0\t1\t2\n")


def test_a_map_that_breaks_off_keeps_its_beginning() -> None:
    """If it failed: a download that was cut would pass as whole, or cost what had come."""
    read = read_as("vosviewer", small()[:-30])
    assert read.names == ["Ada Lovelace", "Charles Babbage", "Alone"]
    assert [p.found for p in read.lost] == ["the end of the file"]


def test_it_is_known_by_its_network() -> None:
    """If it failed: other JSON would be taken for a map."""
    sniff = READERS["vosviewer"].sniff
    assert sniff(small().decode()) and sniff("id,label,x,y\n") and sniff('{"network": {}}')
    assert not any(
        map(sniff, ("", "{}", '{"network": 5}', '{"items": []}', "id,label\n", "[]", '{"links": []}'))
    )


@settings(max_examples=200, deadline=None)
@given(broken(small()))
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    survives("vosviewer", content)
