"""`ck:matches`: where it is read, what it becomes, and that the answer is that of a join."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import QueryError, QueryRefused
from collegium.graph.store import Store
from collegium.graph.text_index import open_index
from collegium.graph.text_search import ranked
from collegium.queries import magic
from collegium.queries.magic import AT_MOST, AT_MOST_TEXTS, expand
from strangers import answer_stranger
from text_stores import TITLES, named, text_store

IRI = "http://example.org/1"
FULL = "<https://w3id.org/collegium/ns#matches>"


def one(text: str) -> list[tuple[str, float]]:
    return [(IRI, 2.5)]


def never(text: str) -> list[tuple[str, float]]:
    raise AssertionError(f"searched for {text!r}")


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    """Return a store of known texts. Prevents: each test fills one."""
    return text_store(Store.memory()).engine


def rows(engine: ox.Store, query: str) -> list[tuple[object, ...]]:
    index = open_index(engine, None)
    found = answer_stranger(engine, query, search=lambda text: ranked(index, text, AT_MOST + 1))
    return sorted(tuple(row.values()) for row in found.rows())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        'SELECT * { ?s ?p "ck:matches" }',
        'SELECT * { ?s ?p """?x ck:matches "a" """ } # ?x ck:matches "a"',
        'SELECT * { ?s foaf:matches "a" }',
        'PREFIX ck: <http://example.org/> SELECT * { ?s ck:matches "a" }',
        f"SELECT * {{ ?s ?p {FULL} . ck:matches a ?t . ?s a ck:matches, ck:matches }}",
        "SELECT * { ?s ?p ?o FILTER(?p = ck:matches) FILTER(?p IN (ck:matches)) }",
        "SELECT * { VALUES ?p { ck:matches } ?s ?p ?o }",
        'CONSTRUCT { ?s ck:matches "a" } WHERE { ?s a ?t }',
        "SELECT * { ?s ?p (ck:matches) . ?s ?q [ a ck:matches ] }",
        "SELECT ?matches { ?matches ?p ?o }",
        "",
        "matches",
    ],
)
def test_what_is_no_statement_is_left_alone(query: str) -> None:
    """If it failed: a string, a comment or a template would be changed behind the asker's back."""
    assert expand(query, never) == query


V = f"VALUES ?x {{ <{IRI}> }}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT * { ?x ck:matches "a" }', f"SELECT * {{ {V} }}"),
        ('SELECT * {?x ck:matches "a".}', f"SELECT * {{ {V} }}"),
        (f"SELECT * {{ ?x {FULL} '''a''' . }}", f"SELECT * {{ {V} }}"),
        ('PREFIX m: <https://w3id.org/collegium/ns#> ASK { ?x m:matches "a" }',
         f"PREFIX m: <https://w3id.org/collegium/ns#> ASK {{ {V} }}"),
        ('PREFIX : <https://w3id.org/collegium/n\\u0073#> ASK { ?x :matches "a" }',
         f"PREFIX : <https://w3id.org/collegium/n\\u0073#> ASK {{ {V} }}"),
        ('SELECT * { ?x a ck:A ; ck:matches "a" ; ck:b ?t . ?t a ?u }',
         f"SELECT * {{ {V} ?x a ck:A ; ; ck:b ?t . ?t a ?u }}"),
        ('SELECT * { ?x ck:matches "a" ; a ck:A }', f"SELECT * {{ {V} ?x a ck:A }}"),
        ('SELECT * { ?x ck:matches "a" ; ; ck:matches "b" ; a ck:A ; ck:matches "c" ; . }',
         f"SELECT * {{ {V} {V} {V} ?x a ck:A ; ; . }}"),
        ('SELECT * { ?x ck:matches "a", "b" }', f"SELECT * {{ {V} {V} }}"),
        ('SELECT * { ?x ck:matches ("a" ?s) }', f"SELECT * {{ VALUES (?x ?s) {{ (<{IRI}> 2.500000) }} }}"),
        ('SELECT * { _:b a ?t . ?x ck:matches "a" . _:b ck:c ?x }',
         f"SELECT * {{ {V} _:b a ?t . _:b ck:c ?x }}"),
        ('SELECT * { _:b a ?t FILTER(?t != 1) ?x ck:matches "a" . _:b ck:c ?x }',
         f"SELECT * {{ {V} _:b a ?t FILTER(?t != 1) _:b ck:c ?x }}"),
        ('SELECT * { ?y a ?t FILTER EXISTS { ?y a ?u } ?x ck:matches "a" }',
         f"SELECT * {{ {V} ?y a ?t FILTER EXISTS {{ ?y a ?u }} }}"),
        ('SELECT * { ?y a ?t OPTIONAL { ?y ck:c ?x } ?x ck:matches "a" . ?y ck:d 5. ?x ck:e ?f }',
         f"SELECT * {{ ?y a ?t OPTIONAL {{ ?y ck:c ?x }} {V} ?y ck:d 5. ?x ck:e ?f }}"),
        ('SELECT * { BIND(1 AS ?k) ?x ck:matches "a" }', f"SELECT * {{ BIND(1 AS ?k) {V} }}"),
        ('SELECT * { ?x ck:b true . OPTIONAL { ?x ck:matches "a" } }',
         f"SELECT * {{ ?x ck:b true . OPTIONAL {{ {V} }} }}"),
    ],
)  # fmt: skip
def test_what_it_becomes(query: str, expected: str) -> None:
    """If it failed: a group would mean something else than a join at that place."""
    assert " ".join(expand(query, one).split()) == expected
    ox.Store().query(expand(query, one), prefixes={"ck": "https://w3id.org/collegium/ns#"})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f'SELECT * {{ <{IRI}> ck:matches "a" }}', "needs a variable before it"),
        ('SELECT * { [] ck:matches "a" }', "needs a variable before it"),
        ('SELECT * { _:b ck:matches "a" }', "needs a variable before it"),
        ('SELECT * { ?y ck:b [ a ?t ; ck:matches "a" ] }', "has no name"),
        ("SELECT * { ?x ck:matches ?y }", r"stands \?y"),
        ("SELECT * { ?x ck:matches ck:a }", "stands ck:a"),
        ("SELECT * { ?x ck:matches 5. }", "stands 5"),
        ('SELECT * { ?x ck:matches "a"@en }', 'stands "a" @en'),
        ('SELECT * { ?x ck:matches ("a" ?s ?t) }', "stands"),
        ("SELECT * { ?x ck:matches (?s) }", "stands"),
        ('SELECT * { ?x ck:matches "a" , }', "stands nothing"),
        ("SELECT * { ?x ck:matches", "stands nothing"),
        ('SELECT * { ?x ck:matches ("a" ?x) }', "the thing and its score"),
        ('SELECT * { ?x ck:matches "\\q" }', "no string of SPARQL"),
        ('SELECT * { ?x ^ck:matches "a" }', "property path"),
        ('SELECT * { ?x ck:matches/ck:b "a" }', "property path"),
        ('SELECT * { ?x (ck:b|ck:matches) "a" }', "property path"),
        ('SELECT * { ?x !ck:matches "a" }', "property path"),
        ('CONSTRUCT WHERE { ?x ck:matches "a" }', "CONSTRUCT WHERE"),
    ],
)
def test_what_cannot_be_answered_is_said(query: str, said: str) -> None:
    """If it failed: the asker would get nothing, and take it for an answer."""
    with pytest.raises(QueryError, match=said):
        expand(query, one)


def test_lines_keep_their_numbers() -> None:
    """If it failed: an error would name the wrong line."""
    query = 'SELECT *\n{ ?x\n a ?t ;\n ck:matches\n "a" # c\n ;\n ck:b ?c .\n}'
    assert expand(query, one).count("\n") == query.count("\n")
    with pytest.raises(QueryError) as caught:
        answer_stranger(ox.Store(), 'SELECT * {\n ?x ck:matches "a" .\n ?x ?p }', search=one)
    assert caught.value.line == 3
    assert "example.org" not in caught.value.message


def test_many_things_are_refused_without_a_score_and_the_best_taken_with_one() -> None:
    """If it failed: a count over a common word would be wrong without a word."""
    many = [(f"{IRI}/{number}", 1.0) for number in range(AT_MOST + 1)]
    with pytest.raises(QueryRefused, match="10,000"):
        expand('SELECT * { ?x ck:matches "a" }', lambda text: many)
    assert expand('SELECT * { ?x ck:matches ("a" ?s) }', lambda text: many).count("<http") == AT_MOST
    assert expand('SELECT * { ?x ck:matches "a" }', lambda text: many[:-1]).count("<http") == AT_MOST


def test_texts_are_counted_and_each_is_searched_once() -> None:
    """If it failed: one query could search a thousand times."""
    asked: list[str] = []

    def search(text: str) -> list[tuple[str, float]]:
        asked.append(text)
        return one(text)

    expand("SELECT * { " + '?x ck:matches "a" . ' * AT_MOST_TEXTS + "}", search)
    assert asked == ["a"]
    with pytest.raises(QueryRefused):
        expand("SELECT * { " + '?x ck:matches "a" . ' * (AT_MOST_TEXTS + 1) + "}", search)


@pytest.mark.parametrize("iri", ["http://example.org/> } UNION { ?s ?p ?o", "no iri", "http://a b/"])
def test_nothing_but_an_iri_enters(iri: str) -> None:
    """If it failed: an index that somebody else wrote could write into queries."""
    with pytest.raises(ValueError):
        expand('SELECT * { ?x ck:matches "a" }', lambda text: [(iri, 1.0)])


@given(st.text())
def test_the_text_arrives_as_it_was_written(text: str) -> None:
    """If it failed: a quote or a backslash would be searched for as something else."""
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        return
    asked: list[str] = []
    expand(f"SELECT * {{ ?x ck:matches {ox.Literal(text)} }}", lambda said: asked.append(said) or [])
    assert asked == [text]


def test_the_answer_is_a_join(engine: ox.Store) -> None:
    """If it failed: SPARQL and search would not agree."""
    both = [(TITLES[0],), (TITLES[1],)]
    assert rows(engine, 'SELECT ?t { ?p a soa:Work ; ck:matches "graph neural" ; dcterms:title ?t }') == both
    assert rows(engine, 'SELECT ?t { ?p dcterms:title ?t ; ck:matches "graph", "survey" }') == both[1:]
    scored = 'SELECT ?t { ?p ck:matches ("graph neural" ?s) ; dcterms:title ?t } ORDER BY DESC(?s) LIMIT 1'
    assert rows(engine, scored) == both[:1]
    assert rows(engine, 'SELECT (COUNT(*) AS ?n) { ?p ck:matches "nothing of the kind" }') == [(0,)]


def test_it_means_the_same_in_every_scope(engine: ox.Store) -> None:
    """If it failed: it would hold at the top of a query only."""
    works = "?p a soa:Work"
    counts = {
        f'{works} FILTER EXISTS {{ ?p ck:matches "graph" }}': 2,
        f'{works} FILTER NOT EXISTS {{ ?p ck:matches "graph" }}': 2,
        f'{works} FILTER(EXISTS {{ ?p ck:matches "survey" }} || false)': 1,
        f'{works} MINUS {{ ?p ck:matches "graph" }}': 2,
        '{ ?p ck:matches "survey" } UNION { ?p ck:matches "muller" }': 3,
        f'{works} OPTIONAL {{ ?p ck:matches "survey" ; dcterms:title ?t }} FILTER(!BOUND(?t))': 3,
        f'{works} {{ SELECT ?p {{ ?p ck:matches "graph" }} LIMIT 1 }}': 1,
        'OPTIONAL { ?p a ck:Nothing } ?p ck:matches "graph"': 2,
    }
    for pattern, count in counts.items():
        assert rows(engine, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == [(count,)], pattern
    asked = answer_stranger(engine, 'ASK { ?p ck:matches "graph" }', search=one)
    assert asked.boolean is True
    described = 'CONSTRUCT { ?p ck:found true } WHERE { ?p ck:matches "graph neural" }'
    assert {row[0] for row in rows(engine, described)} == {named("paper", 0).value, named("paper", 1).value}


def test_without_an_index_it_is_a_property_of_nothing(engine: ox.Store) -> None:
    """If it failed: a store without an index could not be asked."""
    assert answer_stranger(engine, 'SELECT * { ?p ck:matches "graph" }').rows() == []


def test_a_query_without_the_word_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: every query would pay for what few ask."""
    monkeypatch.setattr(magic, "tokens", never)
    assert expand("SELECT * { ?s ?p ?o }", never) == "SELECT * { ?s ?p ?o }"
