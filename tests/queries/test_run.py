"""Answers: every form in every format, rows as Python values, errors in one line, any thread."""

from __future__ import annotations

import io
import json
import sys
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest

from collegium.graph.errors import CollegiumError, LibraryMissing, ParameterError, QueryError, UnknownName
from collegium.graph.vocabulary import DEFAULT_BASE, PREFIXES
from collegium.queries.formats import GRAPH_FORMATS, TABLE_FORMATS, graph_format, table_format
from collegium.queries.run import answer
from collegium.queries.terms import IRI, BlankNode, to_python, to_term
from strangers import answer_stranger

ADA = ox.NamedNode(DEFAULT_BASE + "author/ada-author")
NAMES = "SELECT ?who ?name { ?who foaf:name ?name } ORDER BY ?who ?name"
CONSTRUCT = "CONSTRUCT { ?who foaf:name ?name } WHERE { ?who foaf:name ?name }"


def test_rows_are_python_values_and_unbound_is_none(small: ox.Store) -> None:
    """Fails when callers have to know the engine's terms."""
    text = "SELECT ?who ?name ?not { ?who foaf:name ?name OPTIONAL { ?who ck:nothing ?not } }"
    rows = answer(small, text, bindings={"who": ADA}).rows()
    assert rows == [{"who": str(ADA.value), "name": "Ada Author", "not": None}]
    assert isinstance(rows[0]["who"], IRI) and not isinstance(rows[0]["name"], IRI)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("7", 7),
        ("7.50", Decimal("7.5")),
        ("1.5e0", 1.5),
        ("true", True),
        ('"2023-11-20"^^xsd:date', date(2023, 11, 20)),
        ('"2026-11-23T00:00:00Z"^^xsd:dateTime', datetime(2026, 11, 23, tzinfo=UTC)),
        ('"2023"^^xsd:gYear', "2023"),
        ('"--05-18"^^xsd:gMonthDay', "--05-18"),
        ('"seven"^^xsd:integer', "seven"),
        ('"Wort"@de', "Wort"),
    ],
)
def test_literals_become_values_of_their_type(literal: str, value: object, small: ox.Store) -> None:
    """Fails when a number comes as text, or a partial date as a whole one."""
    [row] = answer(small, f"SELECT ?x {{ BIND({literal} AS ?x) }}").rows()
    assert row == {"x": value} and type(row["x"]) is type(value)


def test_python_values_bind_as_terms_and_come_back() -> None:
    """Fails when text is guessed to be an IRI, or a value changes on its way."""
    for value in (
        "http://example.org/",
        IRI("http://example.org/"),
        7,
        1.5,
        True,
        date(2020, 2, 29),
        Decimal("0.1"),
        datetime(2020, 1, 1, tzinfo=UTC),
    ):
        back = to_python(to_term("x", value))
        assert back == value and type(back) is type(value)
    assert to_term("x", ADA) is ADA
    assert to_python(ox.BlankNode("b")) == BlankNode("b")
    assert to_python(ox.Triple(ADA, ADA, ADA)) == f"{ADA} {ADA} {ADA}"
    for wrong in (object(), IRI("no iri"), None, Decimal("NaN"), "\ud800"):
        with pytest.raises(ParameterError, match="x: found"):
            to_term("x", wrong)


@pytest.mark.parametrize("name", TABLE_FORMATS)
def test_tables_are_written_in_each_format(name: str, small: ox.Store) -> None:
    """Fails when a format loses names, or ASK has no answer in it."""
    assert b"Ada Author" in answer(small, NAMES).serialize(name)
    assert answer(small, NAMES).serialize(TABLE_FORMATS[name].media_type) == answer(small, NAMES).serialize(
        name
    )
    assert b"true" in answer(small, "ASK { ?s ?p ?o }").serialize(name)
    with pytest.raises(UnknownName):
        answer(small, CONSTRUCT).serialize(name)


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_graphs_are_written_in_each_format_and_read_back(name: str, small: ox.Store) -> None:
    """Fails when a hostile name breaks a format, or a statement is lost."""
    written = answer(small, CONSTRUCT).serialize(name)
    read = {quad.triple for quad in ox.parse(written, format=GRAPH_FORMATS[name].engine)}
    assert read == {ox.Triple(*row) for row in answer(small, CONSTRUCT).terms()}  # type: ignore[arg-type]
    with pytest.raises(UnknownName):
        answer(small, NAMES).serialize(name)


def test_turtle_has_our_prefixes_and_is_the_format_of_graphs(small: ox.Store) -> None:
    """Fails when people get a screen of long IRIs."""
    assert b'foaf:name "Ada Author"' in answer(small, CONSTRUCT).serialize()
    assert json.loads(answer(small, NAMES).serialize())["head"]["vars"] == ["who", "name"]
    assert json.loads(answer(small, NAMES).serialize("application/json"))


def test_media_types_may_have_parameters() -> None:
    """Fails when `text/csv; charset=utf-8` is an unknown format."""
    assert table_format("Text/CSV; charset=utf-8").name == "csv"
    assert graph_format("turtle").name == "ttl"
    with pytest.raises(UnknownName, match="csv, json, tsv, xml"):
        table_format("pdf")


def test_output_is_written_as_it_is_made(small: ox.Store) -> None:
    """Fails when a large answer has to stand in memory first."""
    for text in (NAMES, CONSTRUCT):
        output = io.BytesIO()
        assert answer(small, text).serialize(output=output) == b""
        assert b"Ada Author" in output.getvalue()


def test_forms_tell_what_they_are(small: ox.Store) -> None:
    """Fails when a face has to guess whether an answer is a table, a graph or yes."""
    assert answer(small, "ASK { ?s ?p ?o }").boolean is True
    assert answer(small, "ASK { ck:a ck:b ck:c }").rows() == [{"boolean": False}]
    assert answer(small, NAMES).boolean is None
    described = answer(small, "DESCRIBE ?who", bindings={"who": ADA})
    assert (described.form, described.is_graph, described.variables) == ("DESCRIBE", True, ())
    assert {"subject", "predicate", "object"} == set(described.rows(1)[0])
    assert answer(small, NAMES).variables == ("who", "name")
    assert answer(small, "SELECTDISTINCT?who{?who foaf:name ?name}").form == "SELECT"


def test_an_answer_can_be_read_again_and_from_any_thread(small: ox.Store) -> None:
    """Fails when a second reading is empty, or a result of the engine wanders into another thread (it aborts)."""
    found = answer(small, NAMES)
    read: list[object] = []
    thread = threading.Thread(target=lambda: read.append(found.rows()))
    thread.start()
    thread.join()
    assert read == [found.rows()] == [list(found)] == [found.rows()]
    assert len(found.serialize("tsv").splitlines()) == len(found.rows()) + 1


def test_a_cut_answer_says_so(small: ox.Store) -> None:
    """Fails when people take a page for the whole."""
    whole = answer(small, NAMES).rows()
    assert not answer(small, NAMES).truncated
    first = answer(small, NAMES, at_most=2)
    assert (first.rows(), first.truncated) == (whole[:2], True)
    last = answer(small, NAMES, at_most=2, offset=len(whole) - 2)
    assert (last.rows(), last.truncated) == (whole[-2:], False)
    assert not answer(small, NAMES + " LIMIT 2", at_most=2).truncated
    assert not answer(small, "ASK {}", at_most=0).truncated
    assert answer(small, CONSTRUCT, at_most=1).truncated
    assert answer(small, NAMES).rows(3) == whole[:3]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("SELECT * {\n ?a ?b ?c", (2, 10), "found the end of the query, expected"),
        ("SELECT * { ?a nope:x ?b }", (1, 21), "PREFIX"),
        ("SELECT * { ?a ?b <rel> }", (1, 23), "not absolute"),
        ("SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }", (1, 40), "GROUP BY"),
        ("", (1, 1), "found the end"),
        ("SELECT (1 AS ?x { }", (1, 17), "found '{ }', expected \")\""),
        ("SELECT * { SERVICE ?z {} }", None, "while it ran"),
    ],
)
def test_errors_are_one_line_with_the_place(
    text: str, place: tuple[int, int] | None, reason: str, small: ox.Store
) -> None:
    """Fails when the engine's screenful of expected characters reaches a user, or the place is lost."""
    with pytest.raises(QueryError) as caught:
        answer(small, text).rows()
    assert ((caught.value.line, caught.value.column) if place else None) == place
    assert (
        reason in caught.value.message
        and "\n" not in caught.value.message
        and "0300" not in caught.value.message
    )


def test_errors_name_the_place_in_the_text_that_was_given(small: ox.Store) -> None:
    """Fails when bound values shift the columns of an error."""
    text = "SELECT * { ?who ?p ?o } nonsense"
    with pytest.raises(QueryError) as plain:
        answer(small, text)
    with pytest.raises(QueryError) as bound:
        answer(small, text, bindings={"who": ADA}, at_most=5)
    assert plain.value.message == bound.value.message
    with pytest.raises(QueryError, match="bound again"):
        answer(small, "SELECT ?who { BIND(1 AS ?who) }", bindings={"who": ADA})


def test_graphs_can_be_chosen_from_outside(small: ox.Store) -> None:
    """Fails when the parameters of the protocol are ignored, or a wrong IRI becomes a traceback."""
    claims = [DEFAULT_BASE + "source/s2"]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert answer(small, count, default_graphs=claims).rows() == [{"n": 2}]
    count = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert answer(small, count, named_graphs=claims).rows() == [{"n": 1}]
    with pytest.raises(ParameterError, match="absolute IRIs"):
        answer_stranger(small, count, named_graphs=["no iri"])
    relative = "SELECT ?n { <author/ada-author> foaf:name ?n }"
    assert answer_stranger(small, relative, base_iri=DEFAULT_BASE).rows() == [{"n": "Ada Author"}]


def test_prefixes_are_declared_and_can_be_overridden(small: ox.Store) -> None:
    """Fails when people must write the prefixes that we print, or cannot use their own."""
    for prefix in PREFIXES:
        answer_stranger(small, f"ASK {{ ?s {prefix}:x ?o }}")
    assert answer(small, "PREFIX foaf: <a:> ASK { ?s foaf:name ?o }").boolean is False


def test_every_failure_is_an_error_of_ours(small: ox.Store) -> None:
    """Fails when something of the engine's own comes through."""
    for text in ("SELECT", "SELECT * { ?s ?p '\ud800' }", "\x00", "ASK { } LIMIT 99999999999999999999"):
        with pytest.raises(CollegiumError):
            answer_stranger(small, text)
        with pytest.raises(CollegiumError):
            answer(small, text, at_most=1)


def test_rows_become_a_dataframe(small: ox.Store) -> None:
    """Fails when a column is lost on the way to pandas, or an empty answer has none."""
    pytest.importorskip("pandas", reason="pandas is not installed (pip install pandas)")
    frame = answer(small, "SELECT ?name ?none { ?a foaf:name ?name } ORDER BY ?name LIMIT 2").to_dataframe()
    assert list(frame.columns) == ["name", "none"] and len(frame) == 2
    assert list(answer(small, "SELECT ?x { ?x foaf:nothing ?y }").to_dataframe().columns) == ["x"]


def test_a_dataframe_without_pandas_is_one_line(small: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a missing library is a traceback."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(LibraryMissing, match=r"^to_dataframe needs pandas, which .* pip install pandas$"):
        answer(small, "ASK { }").to_dataframe()
