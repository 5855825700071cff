"""The statements of a group, and where the triples begin among which they stand."""

from __future__ import annotations

import pytest

from collegium.queries.lexer import tokens
from collegium.queries.statements import statements_in


def said(group: str) -> list[tuple[str, str]]:
    """Return each statement of a group with the text from the head of its triples up to it."""
    text = f"SELECT * {{{group}}}"
    found = statements_in(list(tokens(text)), len("SELECT * {"))
    return [(text[s.tokens[0].start : s.end], text[s.head : s.tokens[0].start].strip()) for s in found]


@pytest.mark.parametrize(
    ("group", "statements"),
    [
        ("?a ?b ?c", [("?a ?b ?c", "")]),
        ("?a ?b ?c . ?d ?e 'f' ; ?g ?h .", [("?a ?b ?c .", ""), ("?d ?e 'f' ; ?g ?h .", "?a ?b ?c .")]),
        ("[ ?a ?b . ] ?c ( ?d ) .", [("[ ?a ?b . ] ?c ( ?d ) .", "")]),
        ("?a ?b 5. ?c ?d ?e", [("?a ?b 5.", ""), ("?c ?d ?e", "?a ?b 5.")]),
        ("?a a true FILTER(?b < 1) ?c ?d ?e", [("?a a true", ""), ("?c ?d ?e", "?a a true FILTER(?b < 1)")]),
        ("?a ?b ?c FILTER regex(?c, 'x') ?d ?e ?f", [("?a ?b ?c", ""),
                                                   ("?d ?e ?f", "?a ?b ?c FILTER regex(?c, 'x')")]),
        ("FILTER NOT EXISTS { ?a ?b ?c } ?d ?e ?f", [("?d ?e ?f", "FILTER NOT EXISTS { ?a ?b ?c }")]),
        ("?a ?b ?c BIND(1 AS ?x) ?d ?e ?f", [("?a ?b ?c", ""), ("?d ?e ?f", "")]),
        ("?a ?b ?c VALUES (?x ?y) { (1 2) } ?d ?e ?f", [("?a ?b ?c", ""), ("?d ?e ?f", "")]),
        ("GRAPH ?g { ?a ?b ?c } . ?d ?e ?f", [("?d ?e ?f", ".")]),
        ("{ ?a ?b ?c } UNION { ?d ?e ?f } ?g ?h ?i", [("?g ?h ?i", "")]),
        ("OPTIONAL { ?a ?b ?c } MINUS { ?d ?e ?f }", []),
        ("OPTIONAL", []),
        ("", []),
    ],
)  # fmt: skip
def test_statements_of_a_group(group: str, statements: list[tuple[str, str]]) -> None:
    """If it failed: what is put at their head would be joined with other triples than it is asked of."""
    assert said(group) == statements


def test_parts_of_a_statement() -> None:
    """If it failed: a predicate would be taken for an object."""
    text = "{ [ ?a ?b ; ?c ?d ] a ?t ; ; ?p 1 , 2 ; }"
    (found,) = statements_in(list(tokens(text)), 1)
    assert [token.text for token in found.subject] == ["[", "]"]
    assert [[token.text for token in part] for part in found.parts] == [
        ["a", "?t"],
        [],
        ["?p", "1", ",", "2"],
        [],
    ]
