"""One look at a short query sees what following its tokens sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import QueryRefused
from collegium.queries.binding import form_of, page
from collegium.queries.glance import glance
from collegium.queries.lexer import tokens

# Pieces of queries, and what could be taken for something else than it is.
PIECES = st.sampled_from(
    """SELECT ?a < > <http://x/y> ( ) { } "a'b" 'q' \"""x"y\""" #c \\n a.b a-b x:y x:y.z : . -1 1.5e3 @en ^^ || != <= <<
    <<( >> )>> {| |} TRUE xFALSE VALUES \\u0041 é LIMIT 5 [ ] _ $b \\ " ' BASE PREFIX foaf: NOW""".replace(
        "\\n", "\n"
    ).split()
)
TEXTS = st.lists(st.one_of(PIECES, st.sampled_from([" ", "\n", "#c\n"])), max_size=25).map("".join)


@given(TEXTS)
def test_a_look_sees_what_the_tokens_are(text: str) -> None:
    """If it failed: the guard would let a query through for what it is not."""
    seen = glance(text)
    if seen is None:
        return
    found = list(tokens(text))  # not refused: it has one reading
    assert (seen.tokens, seen.marks) == (len(found), sum(token.kind == "mark" for token in found))
    assert list(seen.words) == [token.keyword for token in found if token.kind == "word"]
    assert seen.prefixes == {token.text.partition(":")[0] for token in found if token.kind == "name"}


@given(TEXTS)
def test_what_has_two_readings_is_not_looked_at(text: str) -> None:
    """If it failed: `<` could hide a SERVICE from the guard."""
    try:
        list(tokens(text))
    except QueryRefused:
        assert glance(text) is None


@pytest.mark.parametrize(
    ("text", "first", "limit"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 10", "SELECT", 10),
        ("select * { ?s ?p ?o } limit 10 # LIMIT 3", "SELECT", 10),
        ("PREFIX select: <http://x/> BASE <http://y/> ASK { ?s select:a ?o }", "ASK", None),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 5 } }", "SELECT", None),
        ("SELECT * { ?s ?p ?o } LIMIT 10 OFFSET 5", "SELECT", None),
        ("{ SELECT * { ?s ?p ?o } LIMIT 7", "", 7),
        ("SELECT * { ?s ?p 'LIMIT 5' }", "SELECT", None),
        ("", "", None),
        ("# SELECT", "", None),
    ],
)
def test_form_and_limit_are_seen(text: str, first: str, limit: int | None) -> None:
    """If it failed: an answer would have the wrong form, or more rows than it may have."""
    seen = glance(text)
    assert seen is not None and (seen.first, seen.limit) == (first, limit)


def test_an_own_limit_below_the_page_is_left_alone() -> None:
    """If it failed: light queries would be written anew for nothing, or heavy ones not be cut."""
    text = "SELECT * { ?s ?p ?o } LIMIT 10"
    assert page(text, 10) == text and form_of(text) == "SELECT"
    assert page(text, 9).split()[-2:] == ["LIMIT", "9"]
    assert page(text, 10, 4).split()[-4:] == ["LIMIT", "6", "OFFSET", "4"]
