"""Strategies for records that no sane source makes: any text everywhere, also what is no text."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from collegium.graph.categories import resolve
from collegium.graph.identifiers import SCHEMES
from collegium.graph.record_words import PAPER_KINDS, REPORTED_MEASURES
from collegium.graph.records import (
    Authorship,
    Category,
    Identifier,
    Institution,
    Lines,
    Paper,
    PartialDate,
    Problem,
    Profile,
    Published,
    Record,
    Reported,
    Tie,
)

_T = TypeVar("_T")
_CHARACTERS = st.characters(exclude_categories=()) | st.sampled_from(
    [
        "\0",
        "\x1f",
        "\ud800",
        "\udfff",
        "\ufffe",
        '"',
        "\\",
        "<",
        ">",
        "{",
        "}",
        " ",
        "\n",
        "/",
        "#",
        "%",
        "\u202e",
    ]
)
texts = st.text(_CHARACTERS, max_size=12) | st.sampled_from(
    ["", "x" * 5000, "https://[", "http://a b", "../.."]
)
lines = st.builds(Lines, st.integers(1, 9), st.integers(1, 9), st.sampled_from(["line", "record"]))
dates = st.builds(
    PartialDate,
    texts,
    st.none() | st.integers(1, 9999),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
)


def _identifiers(of: str) -> st.SearchStrategy[tuple[Identifier, ...]]:
    schemes = [name for name, row in SCHEMES.items() if row.of == of]
    return _tuples(st.builds(Identifier, st.sampled_from(schemes), texts))


def _tuples(of: st.SearchStrategy[_T]) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(of, max_size=2).map(tuple)


categories = texts.map(resolve) | st.builds(
    Category, texts, texts, st.sampled_from(["mesh", "arxiv", "s2-fields"]), label=st.none() | texts
)
institutions = st.builds(
    Institution, texts, _identifiers("institution"), _tuples(texts), st.none() | texts, st.none() | lines
)
reported = st.builds(
    Reported,
    st.sampled_from(sorted(REPORTED_MEASURES)),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9),
    texts,
)
authorships = st.builds(
    Authorship,
    texts,
    st.none() | st.integers(1, 99),
    _identifiers("author"),
    _tuples(institutions),
    _tuples(texts),
    st.none() | texts,
    st.booleans(),
)
papers = st.builds(
    Paper,
    texts,
    _tuples(authorships),
    st.booleans(),
    lines,
    st.none() | dates,
    st.none() | categories,
    _tuples(texts),
    st.none() | texts,
    st.none() | st.booleans(),
    _tuples(texts),
    _tuples(reported),
    _identifiers("paper"),
    st.none() | st.sampled_from(sorted(PAPER_KINDS)),
    st.none() | st.builds(Published, texts, texts, texts, texts, texts),
    _tuples(categories),
    _tuples(texts),
    _identifiers("paper"),
    st.none() | texts,
    st.none() | st.integers(0, 99),
)
profiles = st.builds(
    Profile,
    texts,
    lines,
    st.none() | categories,
    _tuples(reported),
    _identifiers("author"),
    _tuples(texts),
    _tuples(institutions),
)
ties = st.builds(Tie, profiles, profiles, reported.map(lambda r: r.value), lines, st.none() | texts)
problems = st.builds(Problem, lines, texts, texts, st.booleans())


def records() -> st.SearchStrategy[Record]:
    """Return a strategy for one record of any kind."""
    whole = institutions.filter(lambda institution: institution.lines is not None)
    return st.one_of(papers, profiles, whole, ties, problems)
