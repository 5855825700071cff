"""The SPARQL 1.1 Protocol as data: what a request asks for, without any server."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from collegium.graph.errors import CollegiumError, ParameterError, QueryError
from collegium.server.protocol import FORM, QUERY, UPDATE, Asked, Ordered, Request, fields, read


def asked(
    method: str = "POST", address: str = "", body: bytes = b"", kind: str = "", **headers: str
) -> Asked | Ordered | None:
    """Return what a request asks for; at most 100 bytes of a query and 1,000 of an update are read."""
    given = {"content-type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return read(Request(method, "/sparql", address, given, body), 100, 1000)


def test_a_query_comes_in_three_ways() -> None:
    """If it failed: one kind of client could not ask."""
    wanted = Asked("ASK {}", ("a:a", "a:b"), ("a:c",), "csv")
    graphs = "default-graph-uri=a:a&default-graph-uri=a:b&named-graph-uri=a:c&format=csv"
    assert asked("GET", f"query=ASK+%7B%7D&{graphs}") == wanted
    assert asked("HEAD", f"query=ASK+%7B%7D&{graphs}") == wanted
    assert asked("POST", graphs, b"ASK {}", QUERY) == wanted
    assert asked("POST", "", f"query=ASK+%7B%7D&{graphs}".encode(), FORM) == wanted
    assert asked("POST", graphs, b"query=ASK+%7B%7D", f"{FORM}; charset=UTF-8") == wanted


def test_a_query_without_graphs_leaves_the_dataset_to_the_store() -> None:
    """If it failed: no graph would be taken for the empty list of graphs."""
    assert asked("GET", "query=ASK%7B%7D") == Asked("ASK{}", None, None, None)


def test_an_update_comes_in_two_ways() -> None:
    """If it failed: one kind of client could not write."""
    wanted = Ordered("CLEAR ALL", ("a:a",), ("a:b",))
    graphs = "using-graph-uri=a:a&using-named-graph-uri=a:b"
    assert asked("POST", graphs, b"CLEAR ALL", UPDATE) == wanted
    assert asked("POST", "", f"update=CLEAR+ALL&{graphs}".encode(), FORM) == wanted


def test_nothing_asked_is_the_question_what_this_is() -> None:
    """If it failed: tools that read the service description would see an error."""
    assert asked("GET") is None and asked("HEAD") is None


@pytest.mark.parametrize(
    ("request_parts", "error"),
    [
        (("GET", "query=ASK%7B%7D&query=ASK%7B%7D"), ParameterError),
        (("GET", "default-graph-uri=a:b"), ParameterError),
        (("GET", "query="), QueryError),
        (("GET", "query=%20%0A"), QueryError),
        (("GET", "query=%ff"), BadRequest),
        (("GET", "update=CLEAR+ALL"), BadRequest),
        (("GET", "a=b&" * 10_001), BadRequest),
        (("POST", "query=ASK%7B%7D", b"ASK {}", QUERY), ParameterError),
        (("POST", "update=CLEAR+ALL", b"ASK {}", QUERY), ParameterError),
        (("POST", "query=ASK%7B%7D", b"CLEAR ALL", UPDATE), ParameterError),
        (("POST", "", b"query=ASK%7B%7D&update=CLEAR+ALL", FORM), ParameterError),
        (("POST", "update=CLEAR+ALL", b"update=CLEAR+ALL", FORM), ParameterError),
        (("POST", "", b"", FORM), ParameterError),
        (("POST", "", b"\xff", QUERY), BadRequest),
        (("POST", "", "ASK {}".encode("utf-16"), QUERY), BadRequest),
        (("POST", "", b"ASK {}", f"{QUERY}; charset=utf-16"), UnsupportedMediaType),
        (("POST", "", b"ASK {}", "text/plain"), UnsupportedMediaType),
        (("POST", "", b"ASK {}", ""), UnsupportedMediaType),
        (("POST", "", b"#" * 101, QUERY), RequestEntityTooLarge),
        (("POST", "", b"query=" + b"%20" * 40, FORM), RequestEntityTooLarge),
        (("POST", "", b"update=" + b"%20" * 400, FORM), RequestEntityTooLarge),
        (("PUT", "", b"ASK {}", QUERY), MethodNotAllowed),
        (("DELETE", "query=ASK%7B%7D"), MethodNotAllowed),
    ],
)
def test_what_is_not_of_the_protocol_is_named(
    request_parts: tuple[str, ...], error: type[CollegiumError | HTTPException]
) -> None:
    """If it failed: two queries would be answered by one answer, or a wrong request taken for a right one."""
    with pytest.raises(error):
        asked(*request_parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip", "\xff"])
def test_a_packed_body_is_not_read(encoding: str) -> None:
    """If it failed: a kilobyte could unpack to a gigabyte, or packed bytes be taken for a query."""
    with pytest.raises(UnsupportedMediaType, match="Content-Encoding"):
        asked("POST", "", b"ASK {}", QUERY, content_encoding=encoding)
    assert asked("POST", "", b"ASK {}", QUERY, content_encoding="identity") is not None


def test_an_update_may_be_longer_than_a_query() -> None:
    """If it failed: graphs could be written in pieces only."""
    assert asked("POST", "", b"#" * 500, UPDATE) == Ordered("#" * 500)
    assert isinstance(asked("POST", "", b"update=" + b"%20" * 300 + b"a", FORM), Ordered)


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=20)), max_size=8))
def test_fields_are_read_as_they_were_written(pairs: list[tuple[str, str]]) -> None:
    """If it failed: a query would arrive as another one."""
    text = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
    assert list(fields(text).pairs) == pairs


PIECES = st.sampled_from("a query = == % %% %4 %41 %3D %0A %c3%a9 %C3 %zz & && + é =3D %= =% _ ; %00".split())


@given(st.lists(st.one_of(PIECES, st.sampled_from([" ", "\n", "\r", "\0"])), max_size=12).map("".join))
def test_fields_are_what_the_standard_library_reads(text: str) -> None:
    """If it failed: some query would arrive otherwise than at other services."""
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(BadRequest, match="not UTF-8"):
            fields(text)
    else:
        assert list(fields(text).pairs) == expected


def test_the_address_is_what_was_asked() -> None:
    """If it failed: problem documents would name another address."""
    request = Request("GET", "/sparql", "a=%2525", {"accept": "text/csv"}, root="/under")
    assert (request.address, request.accept) == ("/under/sparql?a=%2525", "text/csv")
    assert Request("GET", "/sparql", "", {}).address == "/sparql"
