"""Typed parameters: what a caller writes is one typed term, or an error that says what was expected."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import NotFound, ParameterError, UnknownName
from collegium.graph.vocabulary import DEFAULT_BASE, PREFIXES
from collegium.queries.parameters import TYPES, Parameter

Resolve = Callable[[str, str], str]
XSD = PREFIXES["xsd"]


def _literal(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("kind", "given", "term"),
    [
        ("string", "plain", ox.Literal("plain")),
        ("string", '"} UNION {\\', ox.Literal('"} UNION {\\')),
        ("integer", "7", _literal("7", "integer")),
        ("integer", " +007 ", _literal("7", "integer")),
        ("integer", "-7", _literal("-7", "integer")),
        ("year", "2023", _literal("2023", "integer")),
        ("boolean", "TRUE", _literal("true", "boolean")),
        ("boolean", "0", _literal("false", "boolean")),
        ("measure", "Core number", ox.Literal("core_number")),
        ("author", "xingtai-lv", ox.NamedNode(DEFAULT_BASE + "author/xingtai-lv")),
        ("category", "cs.CL", ox.NamedNode(DEFAULT_BASE + "category/cs.CL")),
        ("paper", DEFAULT_BASE + "paper/x", ox.NamedNode(DEFAULT_BASE + "paper/x")),
    ],
)
def test_a_value_becomes_one_typed_term(kind: str, given: str, term: object, resolve: Resolve) -> None:
    """Fails when a number binds as text, or an ID as a literal: then the query finds nothing, without a word."""
    assert Parameter("p", kind, "d").read(given, resolve) == term


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("integer", "seven", "a whole number"),
        ("integer", "1e3", "a whole number"),
        ("integer", "7.0", "a whole number"),
        ("integer", "0", "a whole number from 1 to 10"),
        ("integer", "11", "a whole number from 1 to 10"),
        ("integer", "9" * 30, "a whole number"),
        ("integer", "٣", "a whole number"),
        ("year", "23", "four digits"),
        ("year", "0000", "four digits"),
        ("year", "20233", "four digits"),
        ("boolean", "maybe", "true or false"),
        ("string", "x" * 1001, "at most 1000"),
        ("string", "\ud800", "half a character"),
        ("author", "//not an iri", "an absolute IRI"),
    ],
)
def test_a_wrong_value_says_what_was_expected(kind: str, given: str, expected: str, resolve: Resolve) -> None:
    """Fails when a wrong value becomes an empty answer, or a traceback."""
    with pytest.raises(ParameterError, match=expected) as caught:
        Parameter("p", kind, "d", minimum=1, maximum=10).read(given, resolve)
    assert caught.value.parameter == "p"


def test_a_misspelt_measure_gets_the_nearest_one(resolve: Resolve) -> None:
    """Fails when a typing error gives a table of authors without values."""
    with pytest.raises(UnknownName, match="did you mean 'betweenness'"):
        Parameter("p", "measure", "d").read("betwenness", resolve)


def test_a_thing_that_is_not_there_is_told_by_the_finder(resolve: Resolve) -> None:
    """Fails when the finder's own error is swallowed or renamed."""
    with pytest.raises(NotFound):
        Parameter("p", "author", "d").read("No Body", resolve)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_is_kept_as_it_is(text: str) -> None:
    """Fails when a text parameter is trimmed, escaped or cut."""
    assert Parameter("p", "string", "d").read(text, lambda kind, name: name) == ox.Literal(text)


def test_every_type_is_read(resolve: Resolve) -> None:
    """Fails when a type can be declared in a head and not be given."""
    values = {"integer": "3", "year": "2000", "boolean": "true", "measure": "PageRank"}
    for kind in TYPES:
        assert Parameter("p", kind, "d").read(values.get(kind, "x"), resolve) is not None
