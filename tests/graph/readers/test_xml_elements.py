"""Start tags written again as they were read, also those that lxml itself would not write."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.xml_elements import start_tag
from collegium.graph.readers.xml_records import Found, elements, text_of

HOSTILE = [
    '<c xmlns="]ttp://x" n="1">',
    '<c xmlns="http://x\\y" n="1">',
    '<c xmlns:p="{u}" p:n="1">',
    '<p:c q:n="1">',
    "<c: n:='1'>",
    "<:c :n='1'>",
    "<a:b:c x:y:n='1'>",
    "<c xmlns:p='' p:n='1'>",
    "<c xmlns:p='u' xmlns:q='u' p:n='1' q:m='2'>",
    "<c xml:lang='de' n='a&#10;&#9;&quot;&lt;&amp;\"'>",
    "<c xmlns='u' xmlns:xml='v'>",
]


def parsed(tag: bytes) -> Any:
    """Return the element that a start tag opens; None where the parser gives none."""
    parser = etree.XMLPullParser(events=("start",))
    try:
        parser.feed(tag + b"    ")  # fewer than four bytes are waited for
    except etree.XMLSyntaxError:
        return None
    return next((element for _, element in parser.read_events()), None)


def facts(element: Any) -> tuple[Any, ...]:
    """Return all that a start tag says."""
    return element.tag, dict(element.items()), element.nsmap


@pytest.mark.parametrize("tag", HOSTILE)
def test_a_start_tag_says_the_same_again(tag: str) -> None:
    """If it failed: after a broken record its ancestors would be others, or the reader would end in a traceback."""
    element = parsed(tag.encode())
    assert facts(parsed(start_tag(element))) == facts(element)


@pytest.mark.parametrize("tag", HOSTILE)
def test_records_below_a_strange_tag_are_read_behind_a_broken_one(tag: str) -> None:
    """If it failed: one bad address of a namespace would cost the file."""
    content = f"<r>{tag}<paper>1</paper><paper>&</paper><paper>2</paper>".encode()
    items = elements(BytesIO(content), "x.xml", ("paper",), ("c",))
    assert [text_of(item.element) for item in items if isinstance(item, Found)] == ["1", "2"]


_WORDS = st.lists(st.sampled_from([*" :=\"'{}]\\/&;<é", "xmlns", "xml", "p", "u", "http://x", "\x01"])).map(
    "".join
)


@given(_WORDS)
def test_no_start_tag_raises_anything(inside: str) -> None:
    """If it failed: a broken file would end in a traceback."""
    element = parsed(f"<c{inside}>".encode())
    if element is not None:
        assert facts(parsed(start_tag(element))) == facts(element)
    try:
        for _ in elements(
            BytesIO(f"<c{inside}><paper>1</paper><v{inside}><paper>&".encode()), "x", ("paper",), ("v",)
        ):
            pass
    except UnreadableFile as error:
        assert error.line is not None
