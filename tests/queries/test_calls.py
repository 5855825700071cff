"""Wrong calls are told before the query runs; right ones, and what only looks like one, pass."""

from __future__ import annotations

import pytest

from collegium.graph.errors import ParameterError, UnknownName
from collegium.queries.calls import check_calls
from collegium.queries.functions import FUNCTIONS


def in_query(expression: str) -> str:
    return f"SELECT ?x {{ ?a a foaf:Person BIND({expression} AS ?x) }}"


@pytest.mark.parametrize(
    ("expression", "error", "words"),
    [
        ('ck:centrality(?a, "betwenness")', UnknownName, "did you mean 'betweenness'"),
        ("ck:centrality(?a, '''beauty''')", UnknownName, "'beauty'"),
        ("ck:rank(?a, '', ?w)", UnknownName, "measure"),
        ("ck:rank(?a, 'degree', 'heavy')", UnknownName, "weight or projection"),
        ("ck:rank(?a, ?m, 'full', 'none')", ParameterError, "at most one weight"),
        ("ck:community(?a, 'none')", ParameterError, "full, fractional"),
        ("ck:centrality()", ParameterError, "0 arguments"),
        ("ck:centrality(?a)", ParameterError, r"ck:centrality\(\?node, measure \[, weight\]"),
        ("ck:distance(?a)", ParameterError, "1 argument'"),
        ("ck:distance(?a, ?b, ?c)", ParameterError, "3 arguments"),
        ("ck:community(?a, 'full', 'coauthors', ?x)", ParameterError, "4 arguments"),
        ('ck:community("Ada")', ParameterError, "the IRI of the node"),
        ('ck:distance(?a, "Ada"@en)', ParameterError, "the IRI of the author"),
        ("ck:community(7)", ParameterError, "the IRI of the node"),
        ("1 + ck:distance(?a, IF(?x, ?b, ?c), ?d)", ParameterError, "3 arguments"),
        ("COALESCE(ck:rank(?a, 'degree'), ck:rank(?a, 'bad'))", UnknownName, "'bad'"),
        ("<https://w3id.org/collegium/ns#rank>(?a, 'bad')", UnknownName, "'bad'"),
        ("ck:rank # (?a, 'degree')\n(?a, 'bad')", UnknownName, "'bad'"),
    ],
)
def test_a_wrong_call_is_told(expression: str, error: type[ParameterError], words: str) -> None:
    """Fails when a typing error looks like authors without a value."""
    with pytest.raises(error, match=words):
        check_calls(in_query(expression))


@pytest.mark.parametrize(
    "expression",
    [
        "ck:centrality(?a, 'Core number')",
        "ck:centrality(?a, ?m, ?w, ?p)",
        "ck:centrality(IRI(CONCAT('http://x/', ?id)), CONCAT('de', 'gree'))",
        "ck:centrality(?a, 'degr\\u0065e')",
        "ck:distance(IF(?x, ?a, ?b), <http://x/>)",
        "'ck:rank(?a)'",
        "ex:rank(?a)",
        "CONCAT('rank', STR(?a))",
        "ck:community(?a, 'fractional', 'coinstitutions')",
    ],
)
def test_a_right_call_passes(expression: str) -> None:
    """Fails when a query that has an answer is refused."""
    check_calls(in_query(expression))


def test_a_prefix_is_read_as_the_query_declares_it() -> None:
    """Fails when a function of somebody else under our prefix is checked, or ours under another is not."""
    check_calls("PREFIX ck: <http://example.org/> " + in_query("ck:rank(?a, 'bad')"))
    with pytest.raises(UnknownName):
        check_calls("PREFIX my: <https://w3id.org/collegium/ns#> " + in_query("my:rank(?a, 'bad')"))
    with pytest.raises(UnknownName):
        check_calls("prefix : <https://w3id.org/collegium/ns#> " + in_query(":rank(?a, 'bad')"))


def test_terms_of_the_same_name_are_no_calls() -> None:
    """Fails when our own data cannot be asked for."""
    check_calls("SELECT * { ?s ck:rank ?r ; ck:distance (1 2) }")
    check_calls("SELECT * { ?s ?p ck:rank } # ck:rank(")


@pytest.mark.parametrize("row", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_each_example_passes(row: object) -> None:
    """Fails when the reference shows a call that is refused."""
    check_calls(in_query(FUNCTIONS[row.name].example))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["SELECT (ck:rank(?a", "ck:rank(", "ck:rank", "rank(", "", "ck:rank((((", "ck:rank(,)"]
)
def test_a_text_that_is_no_query_is_left_to_the_engine(text: str) -> None:
    """Fails when a half-written query ends in an error of ours that nobody understands."""
    try:
        check_calls(text)
    except ParameterError as error:
        assert "ck:rank" in error.message
