"""GEXF: the years of nodes and links, as the schema of GEXF 1.3 has them."""

from __future__ import annotations

from lxml import etree

from collegium.server.editions import Edition, Wanted
from exported import exported
from networks import author, believed, written

NS = {"g": "http://gexf.net/1.3"}
DATED = believed(
    written("one", ["ada", "bob"], issued="1843-05-02"),
    written("two", ["ada", "bob", "cyd"], issued="1850"),
    written("three", ["dee", "ada"]),
)


def _graph(edition: Edition) -> etree._Element:
    return etree.fromstring(exported(edition, "gexf", Wanted()))


def test_nodes_and_links_are_there_from_the_first_to_the_last_year() -> None:
    """If it failed: Gephi's timeline would show an author before the first paper, or not with the last."""
    root = _graph(Edition(DATED))
    (graph,) = root.xpath("g:graph", namespaces=NS)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert (graph.get("start"), graph.get("end")) == ("1843-01-01", "1850-12-31")
    spans = {n.get("label"): (n.get("start"), n.get("end")) for n in root.xpath("//g:node", namespaces=NS)}
    assert spans == {
        "Ada": ("1843-01-01", "1850-12-31"),
        "Bob": ("1843-01-01", "1850-12-31"),
        "Cyd": ("1850-01-01", "1850-12-31"),
        "Dee": (None, None),
    }
    links = {
        (e.get("source"), e.get("target")): (e.get("start"), e.get("weight"))
        for e in root.xpath("//g:edge", namespaces=NS)
    }
    assert links[author("ada"), author("bob")] == ("1843-01-01", "2")
    assert links[author("ada"), author("dee")] == (None, "1")


def test_without_any_year_there_is_no_time() -> None:
    """If it failed: Gephi would open a timeline without a beginning."""
    root = _graph(Edition(believed(written("three", ["dee", "ada"]))))
    (graph,) = root.xpath("g:graph", namespaces=NS)
    assert (graph.get("mode"), graph.get("start")) == ("static", None)


def test_parts_stand_in_the_order_of_the_schema() -> None:
    """If it failed: a program that checks the schema would refuse the file."""
    root = _graph(Edition(DATED))
    assert [etree.QName(e).localname for e in root] == ["meta", "graph"]
    assert root.get("version") == "1.3"
    assert [etree.QName(e).localname for e in root[1]] == ["attributes", "attributes", "nodes", "edges"]
    named = {a.get("id") for a in root.xpath("//g:attribute", namespaces=NS)}
    assert {v.get("for") for v in root.xpath("//g:attvalue", namespaces=NS)} <= named
