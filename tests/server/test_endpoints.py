"""Parameters of a request: typed, ranged, known by name."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from collegium.graph.errors import ParameterError
from collegium.server.endpoints import Parameter, Table, paging, read_parameters

KNOWN = (
    Parameter("q", "string", "Words."),
    Parameter("year", "year", "A year.", minimum=1, maximum=9999),
    Parameter("share", "number", "A share.", 0.5, minimum=0, maximum=1),
    Parameter("only", "boolean", "Only these.", False),
    Parameter("kind", "string", "A kind.", "a", choices=("a", "b")),
    Parameter("who", "string", "People.", (), many=True),
    *paging(),
)


def read(query: str) -> dict[str, Any]:
    """Return the values of a query string."""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return read_parameters(KNOWN, MultiDict([(name, value) for name, _, value in pairs]))


def test_nothing_given_gives_defaults() -> None:
    """If it failed: leaving a parameter out would mean something else than its documented default."""
    defaults = {
        "q": None,
        "year": None,
        "share": 0.5,
        "only": False,
        "kind": "a",
        "who": (),
        "limit": 50,
        "offset": 0,
    }
    assert read("") == defaults
    assert read("q=&year=&share= &only=&kind=&who=&limit=&offset=") == defaults


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("q= a b ", "q", "a b"),
        ("year=2024", "year", 2024),
        ("share=1e-1", "share", 0.1),
        ("only=TRUE", "only", True),
        ("only=off", "only", False),
        ("kind=b", "kind", "b"),
        ("who=a, b&who=c,", "who", ("a", "b", "c")),
        ("limit=1000", "limit", 1000),
        ("q=a&q=", "q", "a"),
    ],
)
def test_values_are_typed(query: str, name: str, value: object) -> None:
    """If it failed: "false" would be true, or "2" a text."""
    assert read(query)[name] == value


@pytest.mark.parametrize(
    ("query", "parameter", "expected"),
    [
        ("year=0", "year", "at least 1"),
        ("year=10000", "year", "at most 9999"),
        ("year=x", "year", "a year, like 2024"),
        ("year=٢٠٢٤", "year", "a year"),
        ("limit=1.5", "limit", "a whole number"),
        ("limit=-", "limit", "a whole number"),
        ("limit=" + "9" * 30, "limit", "a whole number"),
        ("limit=0", "limit", "at least 1"),
        ("limit=1001", "limit", "at most 1000"),
        ("offset=-1", "offset", "at least 0"),
        ("share=x", "share", "a number"),
        ("share=nan", "share", "a number"),
        ("share=inf", "share", "a number"),
        ("only=maybe", "only", "true or false"),
        ("kind=c", "kind", "one of a, b"),
        ("q=" + "x" * 2001, "q", "at most 2000 characters"),
        ("q=a&q=b", "q", "one value"),
        ("nope=1", "nope", "a parameter named kind, limit, offset, only, q, share, who, year"),
    ],
)
def test_a_wrong_value_says_what_is_right(query: str, parameter: str, expected: str) -> None:
    """If it failed: a broken value would become a default, and the answer would look like the one asked for."""
    with pytest.raises(ParameterError) as caught:
        read(query)
    assert caught.value.parameter == parameter
    assert expected in caught.value.expected


def test_what_is_needed_is_asked_for() -> None:
    """If it failed: an answer would be given to half a question."""
    with pytest.raises(ParameterError, match="found 'nothing', expected ID of an author"):
        read_parameters((Parameter("to", "string", "ID of an author.", required=True),), MultiDict())


@pytest.mark.parametrize(
    ("total", "rows", "offset", "more", "truncated"),
    [
        (10, 5, 0, False, True),
        (10, 5, 5, False, False),
        (None, 5, 0, True, True),
        (None, 5, 0, False, False),
        (0, 0, 9, False, False),
    ],
)
def test_a_table_knows_whether_rows_follow(
    total: int | None, rows: int, offset: int, more: bool, truncated: bool
) -> None:
    """If it failed: a cut answer would look whole."""
    table = Table(("a",), [{"a": 1}] * rows, total, 5, offset, {}, more)
    assert table.truncated is truncated
