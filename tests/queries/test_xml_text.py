"""Texts with characters that XML cannot hold: every document of ours is read by a parser, and the rest is kept."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.queries.formats import GRAPH_FORMATS, TABLE_FORMATS
from collegium.queries.xml_text import WellFormed, holdable, well_formed

THING = ox.NamedNode("http://example.org/a")
ODD = (
    "".join(map(chr, [*range(0x20), 0x7F, 0x85, 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF]))
    + " <&>\"'"
)
any_text = st.text(st.characters(exclude_categories=("Cs",))) | st.text(
    st.sampled_from("\r\n\x01\ufffe\uffff\uffbeï¿¾")
)


def table(text: str) -> bytes:
    """Return the engine's XML of a table that holds a text."""
    engine = ox.Store()
    engine.add(ox.Quad(THING, THING, ox.Literal(text)))
    answer = engine.query("SELECT ?o { ?s ?p ?o }")
    return answer.serialize(format=ox.QueryResultsFormat.XML) or b""  # type: ignore[union-attr]


def graph(text: str) -> bytes:
    """Return the engine's XML of a graph that holds a text."""
    return ox.serialize([ox.Triple(THING, THING, ox.Literal(text))], format=ox.RdfFormat.RDF_XML) or b""


def read(document: bytes) -> str:
    """Return the text of the element that was written last, as a parser reads it."""
    *_, last = (element for element in ElementTree.fromstring(document).iter() if not len(element))
    return last.text or ""


@pytest.mark.parametrize("written", [table, graph])
def test_odd_characters_stay_no_longer_than_xml(written: object) -> None:
    """If it failed: one character in one title would keep a client from reading the whole answer."""
    assert callable(written)
    with pytest.raises(ElementTree.ParseError):
        read(written(ODD))
    assert read(well_formed(written(ODD))) == holdable(ODD)
    assert holdable(ODD).count("\ufffd") == 29 + 1 + 2 and holdable("a\tb\nc\r") == "a\tb\nc\r"


@given(any_text)
def test_any_text_is_read_as_it_was_but_for_these(text: str) -> None:
    """If it failed: a document would not be read, or another text be read than the one that stands in the store."""
    for written in (table, graph):
        assert read(well_formed(written(text))) == holdable(text)


@given(any_text, st.lists(st.integers(1, 5)))
def test_pieces_make_the_same_document(text: str, sizes: list[int]) -> None:
    """If it failed: a character on the edge of two pieces would be lost, or not be seen."""
    document, whole = table(text), io.BytesIO()
    file, place = WellFormed(whole), 0  # type: ignore[arg-type]
    assert file.writable()
    for size in sizes:
        assert file.write(document[place : place + size]) == len(document[place : place + size])
        place += size
    file.write(document[place:])
    assert whole.getvalue() == well_formed(document)


def test_the_engine_writes_into_it() -> None:
    """If it failed: the engine would refuse the file, or not take it for one of bytes."""
    whole = io.BytesIO()
    file = WellFormed(whole)
    ox.serialize([ox.Triple(THING, THING, ox.Literal(ODD))], file.file, format=ox.RdfFormat.RDF_XML)
    assert read(whole.getvalue()) == holdable(ODD)


def test_formats_say_whether_they_are_xml() -> None:
    """If it failed: JSON would lose characters that it can hold, or XML keep them."""
    found = {name for table in (TABLE_FORMATS, GRAPH_FORMATS) for name, row in table.items() if row.is_xml}
    assert found == {"xml", "rdfxml"}
