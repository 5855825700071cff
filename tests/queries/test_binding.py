"""Binding: a value stays one term, reaches every scope, and means the same on both engines."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collegium.graph.errors import ParameterError, QueryError
from collegium.graph.vocabulary import DEFAULT_BASE, PREFIXES
from collegium.queries.binding import bind, form_of, page, variables_of
from collegium.queries.catalogue import CATALOGUE
from sparql_engines import Engine

ADA = ox.NamedNode(DEFAULT_BASE + "author/ada-author")
HOSTILE = [
    '"',
    "'",
    "\\",
    "\n",
    "\r",
    "}",
    "{",
    "} UNION {",
    "'''",
    '"""',
    "\\u0022",
    "\\\\u0022",
    "<x>",
    "#",
    "?s",
    "é",
    "😀",
    "\x00",
]


def _count(value: int) -> tuple[str]:
    return (str(ox.Literal(value)),)


@given(
    st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)).map(
        "".join
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@example("} UNION { ?s ?p ?o } #")
@example("\\u0022 } UNION { ?s ?p ?o } #")
@example('\\" } UNION { ?s ?p ?o } #')
def test_any_text_stays_one_literal(engine: Engine, value: str) -> None:
    """Fails when a value can end its literal: then a stranger writes our queries."""
    rows = engine.rows("SELECT ?value (STR(?value) AS ?same) WHERE { }", {"value": ox.Literal(value)})
    assert rows == [(str(ox.Literal(value)), str(ox.Literal(value)))]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_of_a_named_query_find_what_they_say(
    value: str, engine: Engine, small: ox.Store
) -> None:
    """Fails when a search for a brace finds everything, or breaks."""
    query = CATALOGUE["papers_search"]
    rows = engine.rows(query.text, query.bind({"text": value}, lambda kind, text: text))
    titles = [
        q.object.value
        for q in small.quads_for_pattern(
            None, ox.NamedNode(PREFIXES["dcterms"] + "title"), None, ox.DefaultGraph()
        )
        if isinstance(q.object, ox.Literal)
    ]
    assert len(rows) == sum(value.lower() in title.lower() for title in titles)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?p dcterms:creator ?who }", [_count(3)]),
        ("SELECT (COUNT(*) AS ?n) { { SELECT ?p { ?p dcterms:creator ?who } } }", [_count(3)]),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?p dcterms:creator ?who } } }", [_count(3)]),
        (
            "SELECT ?n { { SELECT ?who (COUNT(*) AS ?n) { ?p dcterms:creator ?who } GROUP BY ?who } }",
            [_count(3)],
        ),
        (
            "SELECT (COUNT(*) AS ?n) { ?p a soa:Work MINUS { ?p dcterms:creator ?x . FILTER(?x = ?who) } }",
            [_count(4)],
        ),
        (
            "SELECT (COUNT(*) AS ?n) { ?p a soa:Work FILTER NOT EXISTS { ?p dcterms:creator ?who } }",
            [_count(4)],
        ),
        ("SELECT (COUNT(*) AS ?n) { { ?p dcterms:creator ?who } UNION { ?who foaf:name ?p } }", [_count(4)]),
        ("SELECT (COUNT(*) AS ?n) { ?who foaf:name ?x OPTIONAL { ?p dcterms:creator ?who } }", [_count(3)]),
        ("SELECT ?who { VALUES ?who { <http://example.org/a> } }", []),
        ("SELECT ?who { }", [(str(ADA),)]),
        ("SELECT (?who AS ?x) { } ORDER BY ?who", [(str(ADA),)]),
        ("SELECT $who { $who a foaf:Person }", [(str(ADA),)]),
        ("ASK { ?p dcterms:creator ?who FILTER(BOUND(?who)) }", [(str(ox.Literal(True)),)]),
    ],
)
def test_a_binding_reaches_every_scope(text: str, rows: list[tuple[str, ...]], engine: Engine) -> None:
    """Fails when a variable stays free in a subquery, a branch or a negation: a wrong number, without a word."""
    assert engine.rows(text, {"who": ADA}) == rows


def test_a_binding_reaches_templates_and_descriptions(engine: Engine, small: ox.Store) -> None:
    """Fails when graphs cannot be asked for one thing."""
    text = "CONSTRUCT { ?who foaf:name ?n } WHERE { ?who foaf:name ?n }"
    assert engine.rows(text, {"who": ADA}) == [(str(ADA), "<http://xmlns.com/foaf/0.1/name>", '"Ada Author"')]
    assert (
        bind("DESCRIBE ?who # it", {"who": ADA}) == f"DESCRIBE ?who # it\nWHERE {{ VALUES ?who {{ {ADA} }} }}"
    )


def test_what_cannot_be_bound_is_told() -> None:
    """Fails when a misspelt variable is ignored, or a short form is silently unbound."""
    with pytest.raises(ParameterError, match=r"expected a variable of the query \(o, p, s\)"):
        bind("SELECT * { ?s ?p ?o }", {"q": ADA})
    with pytest.raises(QueryError, match="write CONSTRUCT"):
        bind("CONSTRUCT WHERE { ?s ?p ?o }", {"s": ADA})
    assert bind("CONSTRUCT WHERE { ?s ?p ?o }", {}) == "CONSTRUCT WHERE { ?s ?p ?o }"


def test_bindings_leave_strings_comments_and_templates_alone() -> None:
    """Fails when text that only looks like a group gets data pasted in."""
    text = "CONSTRUCT { ?a ?b ?c } # { ?a\nWHERE { ?b ?c '{ ?a }' }"
    assert bind(text, {"a": ADA}) == text.replace("WHERE {", f"WHERE {{ VALUES ?a {{ {ADA} }}")


@pytest.mark.parametrize(
    "term",
    [
        ox.Literal("x", language="en"),
        ox.Literal("01", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")),
        ox.Literal("a", datatype=ox.NamedNode("http://example.org/t")),
        ox.Literal(1.5),
        ox.Literal(True),
    ],
)
def test_literals_of_every_kind_can_be_bound(term: ox.Literal) -> None:
    """Fails when the reading back of a value is stricter than the engine's own equality."""
    assert str(term) in bind("SELECT ?x { }", {"x": term})


def test_what_the_engines_own_substitution_does_not_do(small: ox.Store) -> None:
    """Fails when the engine's substitution has changed: then `binding` can be thought over."""
    held: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {ox.Variable("who"): ADA}
    creator = f"<{PREFIXES['dcterms']}creator>"
    with pytest.raises(RuntimeError, match="does not contains variable"):
        small.query(f"SELECT ?p {{ ?p {creator} ?who }}", substitutions=held)
    text = f"SELECT ?who ?n {{ {{ SELECT (COUNT(*) AS ?n) {{ ?p {creator} ?who }} }} }}"
    counted = small.query(text, substitutions=held)
    assert isinstance(counted, ox.QuerySolutions)
    assert [row["n"] for row in counted] == [ox.Literal(16)]  # of all authors, not of the one


@pytest.mark.parametrize(
    ("text", "limit", "offset", "rows"),
    [
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } }", 2, 1, [2, 3]),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } LIMIT 3", 10, 0, [1, 2, 3]),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } OFFSET 1 LIMIT 3 # c", 2, 2, [4]),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } OFFSET 3", None, 1, [5]),
        ("SELECT ?x { VALUES ?x { 1 2 3 4 5 } } LIMIT 1", 1, 5, []),
        ("SELECT ?x { } VALUES ?x { 1 2 3 }", None, 0, [1, 2, 3]),
        ("SELECT ?x { { SELECT ?x { VALUES ?x { 1 2 3 } } LIMIT 2 } } # LIMIT 1", 5, 0, [1, 2]),
        ("SELECT ?x { VALUES ?x { 1 2 } } LIMIT 0", 5, 0, []),
    ],
)
def test_pages_lie_inside_the_querys_own_limit(
    text: str, limit: int | None, offset: int, rows: list[int], engine: Engine
) -> None:
    """Fails when a page shows rows that the query itself leaves out."""
    assert engine.rows(text, at_most=limit, offset=offset) == [_count(n) for n in rows]


def test_negative_pages_are_refused_and_ask_has_none() -> None:
    """Fails when a wrong page becomes a syntax error about text nobody wrote."""
    with pytest.raises(ParameterError, match="limit"):
        page("SELECT * {}", -1)
    with pytest.raises(ParameterError, match="offset"):
        page("SELECT * {}", None, -1)
    assert page("ASK {}", 1, 1) == "ASK {}"
    assert page("SELECT * { } VALUES ?x { 1 }", 1) == "SELECT * { } \nLIMIT 1\nVALUES ?x { 1 }"


def test_forms_and_variables_are_read_from_the_text() -> None:
    """Fails when a comment, a prefix or a subquery is taken for the form."""
    assert (
        form_of("# SELECT\nPREFIX ask: <a:> CONSTRUCT { ?a ?b ?c } WHERE { { SELECT * {} } }") == "CONSTRUCT"
    )
    assert form_of("nonsense") == ""
    assert variables_of("SELECT ?a { $b <c:?d> '?e' } # ?f") == {"a", "b"}
