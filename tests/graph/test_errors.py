"""The tree of errors, and their one line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from collegium.graph import errors
from collegium.graph.errors import (
    AmbiguousName,
    CollegiumError,
    LibraryMissing,
    LoadError,
    MeasureError,
    NotFound,
    ParameterError,
    QueryError,
    QueryRefused,
    StoreError,
    UnknownName,
    shorten,
)
from strategies import any_text

EVERY = [
    ParameterError("--top", "x", "a number"),
    UnknownName("measure", "betweeness", ["degree", "betweenness"]),
    NotFound("author", "nobody", "look at collegium info"),
    AmbiguousName("author", "Wei", ["wei-1", "wei-2"]),
    QueryError("expected }", 2, 7),
    QueryRefused("SERVICE reaches out"),
    LibraryMissing("to_dataframe", "pandas"),
    MeasureError("katz", "did not converge"),
    LoadError("a.txt", "found x, expected y", 3),
    StoreError("dir", "broken"),
]


def _tree() -> list[type[CollegiumError]]:
    return [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, CollegiumError)]


@pytest.mark.parametrize("error", EVERY, ids=lambda e: type(e).__name__)
def test_every_error_is_one_of_ours_and_one_line(error: CollegiumError) -> None:
    """If it failed: a caller could not catch it, or a terminal would show half a traceback."""
    assert isinstance(error, CollegiumError)
    assert error.message == str(error)
    assert error.message
    assert "\n" not in error.message


def test_the_tree_at_the_top_of_the_file_is_the_tree() -> None:
    """If it failed: a reader of the file would look for an error that is not there, or miss one."""
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted(drawn) == sorted(c.__name__ for c in _tree() if c is not CollegiumError)


def test_an_unknown_name_suggests_the_nearest() -> None:
    """If it failed: a slip of the pen would need the manual."""
    assert "did you mean 'betweenness'" in EVERY[1].message
    assert EVERY[1].message.startswith("measure: found 'betweeness', expected one of betweenness, degree")


def test_facts_are_attributes() -> None:
    """If it failed: HTTP and JSON would have to parse our sentences."""
    load, query, many = (
        LoadError("a.txt", "why", 3),
        QueryError("why", 2, 7),
        AmbiguousName("author", "Wei", ["a"]),
    )
    assert (load.path, load.reason, load.line, load.message) == ("a.txt", "why", 3, "a.txt:3: why")
    assert (query.line, query.column) == (2, 7)
    assert many.candidates == ("a",)
    assert LoadError("a.txt", "why").message == "a.txt: why"


@given(any_text)
def test_strangers_text_never_breaks_the_line(text: str) -> None:
    """If it failed: a name with a line break or an escape sequence could forge a message."""
    short = shorten(text * 10)
    assert short.isprintable()
    assert len(short) <= 80
    for error in (
        NotFound("author", text),
        ParameterError("p", text, "x"),
        UnknownName("measure", text, ["degree"]),
    ):
        assert error.message.isprintable()


def test_what_nobody_can_see_is_escaped_once() -> None:
    """If it failed: whoever copies what was found would not find it again."""
    assert NotFound("category", "\x00").message == "no category '\\x00' in the store"
    assert ParameterError("top", "C:\\a", "a number").message == "top: found 'C:\\a', expected a number"
