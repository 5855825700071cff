"""The body of a graph: one document or a form of several, and what is no graph."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from collegium.server.writing import payload
from collegium.server.writing.payload import READ, Part, parts_of

FORM = "multipart/form-data; boundary=cut"


def form(*parts: tuple[str, str, bytes]) -> bytes:
    """Return a form of (disposition, content type, data)."""
    lines = b""
    for disposition, kind, data in parts:
        lines += f"--cut\r\nContent-Disposition: form-data; {disposition}\r\n".encode()
        lines += (f"Content-Type: {kind}\r\n" if kind else "").encode() + b"\r\n" + data + b"\r\n"
    return lines + b"--cut--\r\n"


@pytest.mark.parametrize("kind", READ)
def test_one_document_is_itself(kind: str) -> None:
    """If it failed: the common case would not work."""
    assert parts_of(kind, b"x") == [Part(kind, b"x")]
    assert parts_of(f"{kind}; charset=UTF-8", b"") == [Part(kind, b"")]


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/html",
        "application/json",
        "application/n-quads",
        "application/trig",
        "x",
        "text/turtle; charset=utf-16",
    ],
)
def test_a_body_that_is_no_graph_is_refused(kind: str) -> None:
    """If it failed: an empty graph would be stored in place of the one that was there."""
    with pytest.raises(UnsupportedMediaType, match="Content-Type: found"):
        parts_of(kind, b"x")


def test_a_form_has_its_files_in_order() -> None:
    """If it failed: of several documents one would be lost."""
    body = form(
        ('name="graph"; filename="a.ttl"', "text/turtle", b"<a> <b> 1 .\r\n--cu"),
        ('name="graph"; filename="b.rdf"', "application/rdf+xml; charset=utf-8", b"<x/>"),
    )
    assert parts_of(FORM, body) == [
        Part("text/turtle", b"<a> <b> 1 .\r\n--cu"),
        Part("application/rdf+xml", b"<x/>"),
    ]


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/plain"])
def test_a_file_without_a_type_goes_by_its_name(kind: str) -> None:
    """If it failed: `curl -F graph=@a.nt`, which sends no type that says anything, would be refused."""
    body = form(('name="g"; filename="a.b.nt"', kind, b""))
    assert parts_of(FORM, body) == [Part("application/n-triples", b"")]
    for name in ("a.nq", "a.exe", "a", ".", ""):
        with pytest.raises((UnsupportedMediaType, BadRequest)):
            parts_of(FORM, form((f'name="g"; filename="{name}"', kind, b"x")))


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("multipart/form-data", b"", "without a boundary"),
        ("multipart/form-data; boundary=\u20ac", b"", "boundary"),
        (FORM, b"", "form"),
        (FORM, b"no form at all", "form"),
        (FORM, form(), "form"),
        (FORM, form(('name="graph"', "text/turtle", b"x")), "field 'graph' without a file name"),
        (FORM, form(('name="graph"; filename="a.ttl"', "text/turtle", b"x"))[:-12], "form"),
    ],
)
def test_a_form_that_is_broken_is_refused(kind: str, body: bytes, words: str) -> None:
    """If it failed: the sender would see an error of ours, or half of the documents would be stored."""
    with pytest.raises(BadRequest) as found:
        parts_of(kind, body)
    assert words in str(found.value.description)


def test_a_part_in_another_character_set_is_refused() -> None:
    """If it failed: names would be stored with wrong letters."""
    body = form(('name="g"; filename="a.ttl"', "text/turtle; charset=latin-1", b"x"))
    with pytest.raises(UnsupportedMediaType, match="charset 'latin-1'"):
        parts_of(FORM, body)


def test_a_form_of_too_many_parts_is_refused() -> None:
    """If it failed: a small body could take much memory."""
    part = ('name="g"; filename="a.ttl"', "text/turtle", b"")
    with pytest.raises(RequestEntityTooLarge):
        parts_of(FORM, form(*[part] * 1_001))


def xml(entities: str, text: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>{text}</x>'.encode()


def test_entities_that_make_a_document_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a few hundred bytes would fill the memory of the writer."""
    kind = "application/rdf+xml"
    monkeypatch.setattr(payload, "_MOST_WRITTEN_OUT", 100)
    ten = "<!ENTITY ten \"0123456789\"><!ENTITY one '1'>"
    assert parts_of(kind, xml(ten, "&ten;" * 9 + "&one;" * 10 + "&amp;&other;"))
    with pytest.raises(BadRequest) as found:
        parts_of(kind, xml(ten, "&ten;" * 9 + "&one;" * 11))
    assert "make 101 bytes, at most 100" in str(found.value.description)
    with pytest.raises(BadRequest) as found:
        parts_of(kind, xml(ten + "<!ENTITY more '&ten;&ten;'>", "&more;"))
    assert "names another" in str(found.value.description)
    assert parts_of("text/turtle", xml(ten, "&ten;" * 11)), "text like any other there"


def test_many_entities_take_one_pass() -> None:
    """If it failed: half a megabyte would hold the web process for seconds, and 64 for a day."""
    body = xml(
        "".join(f"<!ENTITY e{n} 'x'>" for n in range(50_000)), "".join(f"&e{n};" for n in range(50_000))
    )
    assert parts_of("application/rdf+xml", body) == [Part("application/rdf+xml", body)]
