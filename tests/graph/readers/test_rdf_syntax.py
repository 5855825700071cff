"""Syntaxes of RDF: each is known by its content, broken files say where, and nothing exhausts the reader."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from collegium.graph.errors import UnreadableFile
from collegium.graph.readers.rdf_syntax import statements, syntax_of
from collegium.graph.records import Problem
from network_files import broken

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="a:d">'
QUADS = [
    Quad(NamedNode("a:1"), NamedNode("a:dp"), Literal('Erdős <b>\n"x"')),
    Quad(NamedNode("a:2"), NamedNode("a:dp"), NamedNode("a:1")),
]
WRITTEN = ("TURTLE", "TRIG", "N_TRIPLES", "N_QUADS", "RDF_XML", "JSON_LD", "N3")


def read(content: bytes | str) -> tuple[list[Quad], list[Problem]]:
    raw = content.encode() if isinstance(content, str) else content
    found = list(statements(BytesIO(raw), "file"))
    return [q for q in found if isinstance(q, Quad)], [p for p in found if isinstance(p, Problem)]


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_each_syntax_is_known_and_read(name: str, mark: bytes) -> None:
    """If it failed: a dump in one of the syntaxes would be refused, or lose statements."""
    written = serialize(QUADS, format=getattr(RdfFormat, name)) or b""
    quads, problems = read(mark + written)
    assert (quads, problems) == (QUADS, [])


@pytest.mark.parametrize(
    ("head", "syntax"),
    [
        ("# a\n@PREFIX a: <b:c> .", "TRIG"),
        ("PREFIX a: <b:c>\n", "TRIG"),
        ("<a:b> a <c:d> ;\n", "TRIG"),
        ("<a:g> {\n<a:b> <c:d> <e:f> }", "TRIG"),
        ("<a:b> <c:d> <e:f> .\n<a:b> <c:d> <e:f> ;\n <c:d> <e:f> .\n", "TRIG"),
        ('<a:b> <c:d> "x"@en <a:g> .\n<a:b> <c:d> "cut', "N_QUADS"),
        ("@prefix : <a:> . { :a :b ?c } => { :d :e ?c } .", "N3"),
        ('[{"@id": "a:b"}]', "JSON_LD"),
        ('VERSION "1.2"\nPREFIX a: <b:c>\na:x a a:y .', "TRIG"),
        ("# made\n@version '1.2' . # so\n<a:b> a <c:d> ;\n <c:d> <e:f> .\n", "TRIG"),
        ('VERSION "1.2"\na:x a a:y .', "TRIG"),
        ('VERSION "1.2"\n<a:b> <c:d> <e:f> <a:g> .\n', "N_QUADS"),
        ("<> a <c:d> .", "TRIG"),
        ("<>\n  <c:d> <e:f> .", "TRIG"),
        ("<#me> foaf:name 'A' .", "TRIG"),
        (f"<?xml version='1.0'?>{RDF}", "RDF_XML"),
    ],
)
def test_syntaxes_are_told_by_content(head: str, syntax: str) -> None:
    """If it failed: the parser of another syntax would stumble over a good file."""
    assert syntax_of(head) == getattr(RdfFormat, syntax)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "# only",
        "<html><a>",
        "<a b='c'>",
        '{"a": 1}',
        "@article{a,",
        "@prefixed",
        "graph [",
        "<a@b.c> x",
        "a b c .",
    ],
)
def test_other_files_are_not_taken_for_rdf(head: str) -> None:
    """If it failed: a page, an entry or a table would be read as RDF."""
    assert syntax_of(head) is None


def test_a_broken_line_costs_that_line() -> None:
    """If it failed: one bad byte would cost a dump of a million lines."""
    quads, problems = read(
        b'<a:1> <a:p> "x" .\n<a:1> <a:p> "\xff" .\n<a:1> <a:p> oops .\n\n<a:2> <a:p> "y" .\n'
    )
    assert [quad.object.value for quad in quads] == ["x", "y"]  # type: ignore[union-attr]
    assert [(p.lines.first, p.is_refused) for p in problems] == [(2, True), (3, True)]


def test_turtle_goes_on_behind_the_next_full_stop() -> None:
    """If it failed: a misspelled prefix would cost all that follows."""
    quads, problems = read('@prefix a: <a:> .\na:1 a:p "x" ;\n b:q "y" .\na:2 a:p "z" .\n')
    assert [quad.object.value for quad in quads] == ["x", "z"]  # type: ignore[union-attr]
    assert [p.lines.first for p in problems] == [3]
    assert "b:" in problems[0].found


@pytest.mark.parametrize(
    "content",
    [
        '@prefix a: <a:> .\na:1 a:p "x" .\na:1 a:p "cut',
        f'{RDF}<rdf:Description rdf:about="a:1"><d:p>x</d:p></rdf:Description><rdf:Desc',
        f'{RDF}<rdf:Description rdf:about="a:1"><d:p>x</d:p>',
        '[{"@id": "a:1", "a:p": "x"}, {"@id": "a:2"',
        '<a:1> <a:p> "x" .\n<a:1> <a:p> "cut',
    ],
)
def test_a_file_that_breaks_off_says_so(content: str) -> None:
    """If it failed: half a download would pass as whole."""
    quads, problems = read(content)
    assert len(quads) == 1
    assert len(problems) == 1 and problems[0].is_refused


@pytest.mark.parametrize(
    "content",
    [
        '{"@context": "https://schema.org/", "@id": "a:b", "name": "x"}',
        '{"@id": "a:b", "http://a/b": {"@context": "https://schema.org/", "name": "x"}}',
        '{"@context": {"@import": "https://schema.org/"}, "@id": "a:b", "name": "x"}',
    ],
)
def test_contexts_of_other_addresses_are_refused(content: str) -> None:
    """If it failed: a file could make the reader call an address."""
    quads, problems = read(content)
    assert quads == []
    assert [p.found for p in problems] == ["a context that lies at another address"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<a:a> a " + "<<( <a:a> <a:b> " * 100_000 + "<a:c> " + ")>> " * 100_000 + ".\n", "triple terms"),
        ('{"@id":"a:b","http://x/y":' * 60_000 + "1" + "}" * 60_000, "brackets in each other"),
        (RDF + "<d:a>" * 100_000, "elements in each other"),
        (f"<!DOCTYPE r [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>{RDF}", "in the document type"),
        (f"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hosts'>]>{RDF}", "in the document type"),
        (f"<!DOCTYPE r [<!ENTITY a '{'a' * 300}'>]>{RDF}", "a long entity"),
        (f'{RDF}<d:a d:b="c"><d:p>{"x" * (17 << 20)}', "a text, tag or comment"),
    ],
)
def test_what_would_exhaust_the_parser_is_refused(content: str, found: str) -> None:
    """If it failed: one file could end the process, or take all memory."""
    with pytest.raises(UnreadableFile, match=found):
        read(content)


def test_long_lines_and_nested_terms_of_quads_cost_their_line() -> None:
    """If it failed: a line of gigabytes would fill the memory, or end the process."""
    nested = "<a:1> <a:p> " + "<<( <a:a> <a:b> " * 1000 + "<a:c> " + ")>> " * 1000 + ".\n"
    long = '<a:1> <a:p> "' + "x" * (33 << 20) + '" .\n'
    quads, problems = read(f'<a:1> <a:p> "x" .\n{nested}{long}<a:2> <a:p> "y" .\n')
    assert [quad.object.value for quad in quads] == ["x", "y"]  # type: ignore[union-attr]
    assert [p.lines.first for p in problems] == [2, 3]


def test_short_entities_of_rdf_xml_are_resolved() -> None:
    """If it failed: ontologies as Protégé writes them would be refused."""
    inside = '<rdf:Description rdf:about="&n;1"><d:p>x</d:p></rdf:Description></rdf:RDF>'
    quads, problems = read(f'<!DOCTYPE rdf:RDF [<!ENTITY n "a:n">]>{RDF}{inside}')
    assert (str(quads[0].subject), problems) == ("<a:n1>", [])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(WRITTEN).flatmap(lambda n: broken(serialize(QUADS, format=getattr(RdfFormat, n)) or b""))
)
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """If it failed: a strange file would stop a load of many."""
    try:
        read(content)
    except UnreadableFile as error:
        assert "expected" in str(error)


@pytest.mark.parametrize("end", ["", " <a:g>"])
def test_a_version_in_front_costs_nothing(end: str) -> None:
    """If it failed: a file of RDF 1.2 would be refused, or its first line told as broken."""
    quads, problems = read(f'VERSION "1.2"\n<a:b> <c:d> <e:f>{end} .\n<a:b> <c:d> "x"{end} .\n')
    assert (len(quads), problems) == (2, [])
    quads, problems = read("VERSION '1.2'\nPREFIX a: <b:>\n<> a a:C ; a:p <#me> .\n")
    assert (len(quads), problems) == (2, [])


@pytest.mark.parametrize(
    "head", ["version 1.2\n", "<html>\n<head>", "<> or not", "VERSION", 'Version "', "<p> a story"]
)
def test_what_only_looks_so_is_no_rdf(head: str) -> None:
    """If it failed: a page or a changelog would be read as RDF and refused line by line."""
    assert syntax_of(head) is None
