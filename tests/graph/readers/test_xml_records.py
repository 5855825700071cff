"""XML to the elements of its records: safe, flat in memory, going on after what is broken."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.record_limits import LARGEST_XML_BYTES
from collegium.graph.readers.xml_records import Found, elements, text_of
from collegium.graph.readers.xml_stream import LONGEST_SECTION_BYTES, root
from collegium.graph.records import Lines, Problem


def said(content: bytes, *contexts: str) -> list[Any]:
    """Return of each paper its text, of each problem its line, negative where it is but a remark."""
    return [
        text_of(found.element)
        if isinstance(found, Found)
        else (found.lines.last if found.is_refused else -found.lines.last)
        for found in elements(BytesIO(content), "x.xml", ("paper",), contexts)
    ]


def test_records_come_with_their_lines_and_their_ancestors() -> None:
    """If it failed: a report would send people to the wrong line, or a paper would lose its volume."""
    content = b'<c id="1">\n<v n="2">\n<paper>\na</paper><paper/>\n</v></c>'
    found = []
    for item in elements(BytesIO(content), "x.xml", ("paper",)):
        assert isinstance(item, Found)
        found.append((item.lines, [dict(a.attrib) for a in item.element.iterancestors()]))
    around = [{"n": "2"}, {"id": "1"}]
    assert found == [(Lines(3, 4), around), (Lines(4, 4), around)]


def test_namespaces_do_not_hide_records() -> None:
    """If it failed: answers of OAI and Atom would hold nothing."""
    assert said(b'<x:c xmlns:x="urn:a"><x:paper>a</x:paper><paper xmlns="urn:b">b</paper></x:c>') == [
        "a",
        "b",
    ]


def test_named_characters_are_known_without_any_file_beside() -> None:
    """If it failed: dblp.xml could not be read without its DTD, or something would be fetched."""
    doctype = b'<!DOCTYPE c SYSTEM "http://192.0.2.1/dblp.dtd">'
    content = doctype + b'<c><paper k="&ouml;">M&uuml;ller &amp; &Scaron;</paper></c>'
    assert said(content) == ["Müller & Š"]


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "text"><!ENTITY x "&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!-- " > ] --><!ENTITY x "]>">',
        '<!ENTITY % p SYSTEM "file:///etc/passwd">%p;<!ENTITY x "y">',
    ],
)
def test_entities_of_the_file_are_not_read(subset: str) -> None:
    """If it failed: a file could fill the memory, or have its reader open other files."""
    content = f"<!DOCTYPE c [{subset}]>\n<c><paper>&x;</paper><paper>b</paper></c>"
    assert said(content.encode()) == [2, "b"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1252"]
)
def test_encodings_are_read_as_declared(encoding: str) -> None:
    """If it failed: names would be garbled."""
    name = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    content = f"<?xml version='1.0' encoding='{name}'?>\n<c><paper>Müller</paper>\r\n</c>"
    assert said(content.encode(encoding)) == ["Müller"]


def test_a_declaration_that_cannot_be_true_does_not_count() -> None:
    """If it failed: a file that was converted to UTF-8 and still says UTF-16 could not be read."""
    assert said("<?xml version='1.0' encoding='UTF-16'?><c><paper>ü</paper></c>".encode()) == ["ü"]


@pytest.mark.parametrize("name", ["base64", "klingon", "punycode", "undefined", "rot13"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    """If it failed: the text would be guessed, or there would be a traceback."""
    with pytest.raises(UnreadableFile, match=name):
        said(f"<?xml version='1.0' encoding='{name}'?><c><paper>a</paper></c>".encode())


@pytest.mark.parametrize(
    "broken",
    [
        b"<paper><b></paper>",
        b"<paper>a & b</paper>",
        b"<paper>a < b</paper>",
        b"<paper>&unknown;</paper>",
        b"<paper>\x00</paper>",
        b"<paper>\x0b</paper>",
        b"<paper>\xff</paper>",
        b"<paper>without end",
        b"<paper><paper>",
        b"<paper k=1>a</paper>",
        b'<paper k="1" k="2">a</paper>',
        b"<paper><!DOCTYPE a></paper>",
        b"<paper>" + b"<a>" * 100_000 + b"</paper>",
        b"<paper>" + b"a" * LARGEST_XML_BYTES + b"</paper>",
        b"<paper " + b"a" * LARGEST_XML_BYTES + b">a</paper>",
        b"<paper>" + b"<a/>" * 500_000 + b"</paper>",
    ],
)
def test_after_a_broken_record_the_next_ones_are_read(broken: bytes) -> None:
    """If it failed: one bad character would cost the rest of a file of millions, or pass unsaid."""
    content = b"<c><v>\n<paper>1</paper>\n" + broken + b"\n<paper>2</paper>\n<paper>3</paper></v></c>"
    found = said(content)
    assert found[0] == "1"
    assert set(found[1:-2]) <= {3, 4}
    assert found[1:-2]
    assert found[-2:] == ["2", "3"]


def test_much_that_is_no_record_does_not_cost_one() -> None:
    """If it failed: a long list behind the last record would take that record with it."""
    assert said(
        b"<c><paper>1</paper>" + b"<d>1</d>" * (LARGEST_XML_BYTES // 7) + b"<paper>2</paper></c>"
    ) == [
        "1",
        "2",
    ]


def test_what_breaks_between_records_is_a_remark() -> None:
    """If it failed: a stray end tag would count as a lost record, or would lose one."""
    assert said(b"<c><paper>1</paper></paper>\n<paper>2</paper></c>") == ["1", -1, "2"]


def test_a_record_in_a_comment_is_none_and_one_in_a_text_is_text() -> None:
    """If it failed: what somebody took out would be loaded, or a quoted tag would break its record."""
    content = b"<c><paper>1</paper><!-- <paper>no</paper>\n<paper>no</paper> --><paper><![CDATA[<paper >]]></paper></c>"
    assert said(content) == ["1", "<paper >"]


@pytest.mark.parametrize("opening", [b"<!--", b"<![CDATA[", b"<?x "])
def test_a_section_without_end_does_not_swallow_the_rest(opening: bytes) -> None:
    """If it failed: one stray sign would cost the rest of a file, held in memory until its end."""
    records = b"<paper>a</paper>\n" * (2 * LONGEST_SECTION_BYTES // 17)
    found = said(b"<c><paper>1</paper>" + opening + records + b"</c>")
    assert found[0] == "1"
    assert found[1] > LONGEST_SECTION_BYTES // 17
    assert len(found[2:]) > LONGEST_SECTION_BYTES // 18
    assert set(found[2:]) == {"a"}


def test_any_number_of_records_may_be_commented_out() -> None:
    """If it failed: comments that end would count as one without end."""
    comments = b"<!-- <paper>no</paper> -->\n" * (2 * LONGEST_SECTION_BYTES // 27)
    assert said(b"<c><paper>1</paper>" + comments + b"<paper>2</paper></c>") == ["1", "2"]


def test_records_below_a_lost_context_do_not_stand_in_another() -> None:
    """If it failed: papers would be counted to the volume before theirs."""
    content = b'<c><v n="1"><paper>1</paper></v><v n=2><paper>2</paper></v><v n="3"><paper>3</paper></v></c>'
    around = [
        (text_of(item.element), [local.get("n") for local in item.element.iterancestors()])
        for item in elements(BytesIO(content), "x.xml", ("paper",), ("v",))
        if isinstance(item, Found)
    ]
    assert around == [("1", ["1", None]), ("2", [None]), ("3", ["3", None])]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"<c>", b"<c><paper>", b"<!DOCTYPE c [", b"\xff\xfe", b"\x00"]
)
def test_a_file_with_nothing_to_read_is_refused(content: bytes) -> None:
    """If it failed: an empty or broken file would load as nothing, without a word."""
    with pytest.raises(UnreadableFile, match="expected"):
        said(content)


def test_a_cut_file_gives_what_was_read_and_says_where_it_ends() -> None:
    """If it failed: a download that broke off would look whole."""
    assert said(b"<c><paper>1</paper>\n<paper>2") == ["1", 2]
    assert said(b"<c><paper>1</paper>\n\n") == ["1", 3]


def test_two_documents_in_one_file_are_both_read() -> None:
    """If it failed: what somebody put together would lose its second part."""
    assert [x for x in said(b"<c><paper>1</paper></c>\n<d><paper>2</paper></d>") if isinstance(x, str)] == [
        "1",
        "2",
    ]


def test_lines_go_on_beyond_what_a_node_can_hold() -> None:
    """If it failed: all lines of a large file after 65,535 would be that number."""
    content = b"<c>" + b"\n" * 70_000 + b"<paper>1</paper>\n<paper>&</paper>\n</c>"
    items = list(elements(BytesIO(content), "x.xml", ("paper",)))
    assert [item.lines for item in items] == [Lines(70_001, 70_001), Lines(70_002, 70_002)]
    assert isinstance(items[1], Problem)


class Endless:
    """A stream of so many bytes, which are never all in memory; gives fewer than asked for."""

    def __init__(self, head: bytes, middle: bytes, times: int) -> None:
        self._parts: Iterator[bytes] = iter([head, *[middle] * times])

    def read(self, size: int) -> bytes:
        """Return the next part, whatever the size."""
        return next(self._parts, b"")


def test_a_line_without_end_is_refused_in_little_memory() -> None:
    """If it failed: a single line could fill the memory."""
    stream: Any = Endless(b"<c><paper>1</paper><paper>", b"a" * 100_000, 1_000)
    found = list(elements(stream, "x.xml", ("paper",)))
    assert isinstance(found[0], Found)
    assert [type(item) for item in found[1:]] == [Problem]


def test_the_root_is_found_behind_any_prologue() -> None:
    """If it failed: a format would not be recognised."""
    found = root(
        "\ufeff<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE b [<!ELEMENT a (b)>]>\n<x:b k='1'>text"
    )
    assert found is not None
    assert found == ("b", " k='1'", "text")
    assert root("<?xml version='1.0' encoding='utf-16'?><b/>".encode("utf-16").decode("utf-8", "replace"))
    assert root("@article{a, title={<b>}}") is None
    assert root("<!-- " * 20_000) is None


_TOKENS = [
    b"<paper>",
    b"</paper>",
    b"<v>",
    b"</v>",
    b"<c>",
    b"</c>",
    b"&",
    b";",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
]


@given(
    st.lists(st.sampled_from([*_TOKENS, b"\n", b"a", b"\xff", b"\x00", b"<", b"&uuml;", b"<paper/>", b'"']))
)
def test_no_order_of_tokens_raises_anything_else(tokens: list[bytes]) -> None:
    """If it failed: a broken file would end in a traceback."""
    for start in (b"", b"<c>"):
        try:
            said(start + b"".join(tokens), "v")
        except UnreadableFile as error:
            assert error.line is not None


_TEXTS = st.lists(
    st.sampled_from(
        ["a", "\n", " ", "&uuml;", "&amp;", "<b>", "<!-- <paper> -->", "<![CDATA[<paper>&]]>", "<?x <v> ?>"]
    )
).map(lambda parts: "".join(part + "</b>" * (part == "<b>") for part in parts))
_PIECES = st.recursive(
    st.one_of(
        _TEXTS.map("<paper>{}</paper>".format), _TEXTS.map("<d>{}</d>".format), _TEXTS, st.just("<paper/>")
    ),
    lambda inside: st.lists(inside, max_size=5).map(lambda parts: f"<v n='1'>{''.join(parts)}</v>"),
)


@given(st.lists(_PIECES).map("".join))
def test_what_is_well_formed_is_read_as_the_parser_reads_it_whole(inside: str) -> None:
    """If it failed: cutting a file into pieces would change what it says."""
    known = "<!DOCTYPE c [<!ENTITY uuml '&#252;'>]>"
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    whole = etree.fromstring(f"{known}<c>{inside}</c>", parser)
    assert said(f"<c>{inside}</c>".encode(), "v") == [text_of(paper) for paper in whole.iter("paper")]


@given(st.binary())
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    """If it failed: a file that is no XML would end in a traceback."""
    for start in (b"", b"<?xml version='1.0' encoding='gb18030'?><c><paper>", b"\xff\xfe", b"\xff\xfe\0\0"):
        try:
            said(start + content)
        except UnreadableFile as error:
            assert error.line is not None
