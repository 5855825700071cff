"""The guard: what reaches out, changes data or breaks the engine does not pass; ordinary queries do."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import QueryError, QueryRefused
from collegium.queries.guard import Limits, check, check_update
from collegium.queries.lexer import tokens
from collegium.queries.run import answer
from reaching_out import REACHING_OUT, Listener
from strangers import answer_stranger


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Return a listener on loopback. Prevents: a query is called harmless although it reached the network."""
    found = Listener()
    yield found
    found.close()


@pytest.mark.parametrize("text", REACHING_OUT)
def test_a_query_that_asks_other_machines_is_refused(text: str, small: ox.Store, listener: Listener) -> None:
    """Fails when a stranger can make this machine connect to another."""
    text = f"PREFIX x: <{listener.address}>\n" + text.replace("ADDRESS", listener.address)
    with pytest.raises(QueryRefused):
        answer_stranger(small, text)
    assert listener.connects == 0


def test_the_listener_sees_what_the_guard_holds_back(small: ox.Store, listener: Listener) -> None:
    """Fails when the engine no longer reaches out, or the listener is deaf: then the tests above prove nothing."""
    for text in ("SERVICE <ADDRESS> { ?a ?b ?c }", "SERVICEx:y{ ?a ?b ?c }"):
        text = f"PREFIX x: <{listener.address}>\nSELECT * {{ {text} }}".replace("ADDRESS", listener.address)
        with pytest.raises(QueryError):
            answer(small, text).rows()
    assert listener.connects >= 2


def test_from_names_graphs_of_the_store_and_fetches_nothing(small: ox.Store, listener: Listener) -> None:
    """Fails when FROM opens a connection."""
    for text in (
        f"SELECT * FROM <{listener.address}> {{ ?a ?b ?c }}",
        f"SELECT * FROM NAMED <{listener.address}> {{ GRAPH ?g {{ ?a ?b ?c }} }}",
    ):
        assert answer_stranger(small, text).rows() == []
    for iri in (listener.address, "file:///etc/passwd"):
        assert answer_stranger(small, "SELECT * { ?a ?b ?c }", default_graphs=[iri]).rows() == []
    assert listener.connects == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <FILE> { ?a ?b ?c }",
        "SELECT * from named <FILE> { GRAPH ?g { ?a ?b ?c } }",
        r"ASK \u0046ROM <FILE> { ?a ?b ?c }",
        "ASK FROM\n#comment\n<FILE> { ?a ?b ?c }",
    ],
)
def test_a_file_is_refused_whether_it_is_there_or_not(text: str) -> None:
    """Fails when FROM reads a file, or tells an existing file from a missing one."""
    told = set()
    for file in (
        "file:///etc/passwd",
        "file:///no/such/file",
        r"f\u0069le:///etc/passwd",
        "FILE:/etc/passwd",
    ):
        with pytest.raises(QueryRefused) as refused:
            check(text.replace("FILE", file))
        told.add(refused.value.message)
    assert len(told) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> { ?a ?b ?c }' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE <x:y> {""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> {",
        "SELECT * { ?s <http://example.org/SERVICE#SERVICE> ?o }",
        "PREFIX service: <http://example.org/> SELECT * { service:a service:service ?SERVICE . }",
        "PREFIX service: <http://example.org/> SELECT * { GRAPH service:a { ?s ?p ?o } }",
        "PREFIX sd: <http://example.org/> SELECT * { ?s a sd:Service ; ?p $service }",
        "SELECT * { ?s ?p 'x'@en-service, '<' FILTER(?s < ?p && ?p > 3 || ?s<?o) }",
        "SELECT * { ?s ?p ?o FILTER(?s<=?o&&?o>=?p) }",
        r"SELECT * { ?s ?p 'caf\u00e9' }",
        "SELECT (COUNT(*) AS ?n) { VALUES (?a ?b) { (1 <http://example.org/a#b>) (2 <http://example.org/c>) } }",
        "DESCRIBE <http://example.org/insert>",
        "SELECT * { ?s ?p ?o FILTER(?o IN (" + ", ".join(str(n) for n in range(300)) + ")) }",
        "SELECT * { VALUES ?s { "
        + " ".join(f"<http://example.org/{n}>" for n in range(1500))
        + " } ?s ?p ?o }",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 40) + " }",
    ],
)
def test_ordinary_queries_pass(text: str, small: ox.Store) -> None:
    """Fails when a word in a string, comment, IRI, prefix or variable, or a long list, is taken for an attack."""
    answer_stranger(small, text).serialize()


@pytest.mark.parametrize("verb", "INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD WITH".split())
def test_updates_are_refused_with_what_to_do(verb: str, small: ox.Store) -> None:
    """Fails when an update gets a riddle of a syntax error, or worse, runs."""
    for text in (f"{verb} x", f"# c\nBASE <http://a/>\nPREFIX p: <http://b/> {verb.lower()} x"):
        with pytest.raises(QueryRefused, match=f"{verb} changes data"):
            answer_stranger(small, text)


NESTING = {
    "braces": ("SELECT * ", "{", "?a ?b ?c", "}"),
    "parentheses": ("SELECT * { ?a ?b ?c FILTER", "(", "1", ")"),
    "negations": ("SELECT * { ?a ?b ?c FILTER(", "!", "?a", ""),
    "exists": ("SELECT * { ?a ?b ?c ", "FILTER EXISTS { ?a ?b ?c ", "", "}"),
    "optional": ("SELECT * { ?a ?b ?c ", "OPTIONAL { ?a ?b ?c ", "", "}"),
    "functions": ("SELECT * { ?a ?b ?c FILTER(", "STR(", "?a", ")"),
    "blank nodes": ("SELECT * { ?a ?b ", "[ ?b ", "1", "]"),
    "collections": ("SELECT * { ?a ?b ", "(", "1", ")"),
    "subqueries": ("SELECT * ", "{ SELECT * {", "?a ?b ?c", "}}"),
    "triple terms": ("SELECT * { ?a ?b ", "<<( ?a ?b ", "?c", ")>>"),
    "unclosed": ("SELECT * ", "{", "", ""),
    "half closed": ("SELECT * ", "{ ( ", "", "} )"),
}


@pytest.mark.parametrize("times", [100, 1_000, 10_000])
@pytest.mark.parametrize("form", NESTING)
def test_deep_nesting_never_reaches_the_engine(form: str, times: int, small: ox.Store) -> None:
    """Fails when a few kilobytes of brackets can kill the process."""
    head, opening, inside, closing = NESTING[form]
    with pytest.raises(QueryRefused):
        answer_stranger(small, head + opening * times + inside + closing * times)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { " + "?a ?b ?c . " * 200 + "}", "patterns"),
        ("SELECT * { ?a " + "; ".join(f"<a:{n}> ?v{n}" for n in range(200)) + "}", "patterns"),
        ("SELECT * { ?a <a:b> (" + " ?a" * 200 + ") }", "patterns"),
        ("SELECT * { ?a ?b ?c " + "OPTIONAL { ?a ?b ?c } " * 200 + "}", "patterns"),
        ("SELECT * { ?a " + "/".join(["<a:b>"] * 1000) + " ?c }", "steps"),
        ("SELECT * { ?a " + "|".join(["<a:b>"] * 1000) + " ?c }", "steps"),
        ("SELECT * { ?a ?b ?c FILTER(" + "||".join(["?a"] * 1000) + ") }", "operators"),
        ("SELECT * { VALUES ?a {" + " 1" * 20_000 + "} }", "tokens"),
        ("SELECT * { ?a ?b '" + "x" * 70_000 + "' }", "bytes"),
        ("SELECT * { ?a ?b '\ud800' }", "half a character"),
    ],
)
def test_costly_queries_are_refused_with_the_reason(text: str, reason: str) -> None:
    """Fails when planning alone can take seconds, or the refusal does not say what to make smaller."""
    with pytest.raises(QueryRefused, match=reason):
        check(text)


def test_limits_are_what_is_still_let_through() -> None:
    """Fails when a limit is off by one."""
    check("SELECT * {{}}", Limits(depth=2))
    with pytest.raises(QueryRefused, match="deeper than 1"):
        check("SELECT * {{}}", Limits(depth=1))
    check("ASK {}", Limits(tokens=3, size_bytes=6))
    with pytest.raises(QueryRefused, match="more than 2 tokens"):
        check("ASK {}", Limits(tokens=2))


def test_a_comparison_that_could_hide_text_asks_for_a_space() -> None:
    """Fails when `<` after an operand can swallow brackets or a comment as if it began an IRI."""
    with pytest.raises(QueryRefused, match=r"on line 2 .* write a space after '<'"):
        check("SELECT * {\n?a ?b ?c FILTER(?a<(?b)&&?c>1) }")
    check("SELECT * {\n?a ?b ?c FILTER(?a< (?b)&&?c>1) }")


@settings(deadline=None)
@given(st.text(alphabet="SERVICE<>{}()?ax:#'\"\\ \n.1", max_size=60))
def test_what_passes_never_holds_a_service_for_the_engine(text: str) -> None:
    """Fails when the guard and the engine cut a text differently, so that SERVICE gets by."""
    query = f"PREFIX x: <http://127.0.0.1:9/>\nSELECT * {{ {text} SERVICEx:y {{ ?a ?b ?c }} }}"
    try:
        check(query)
    except QueryRefused:
        return
    try:
        found = list(ox.Store().query(query))  # type: ignore[arg-type]
    except SyntaxError:
        return
    except (RuntimeError, OSError) as error:  # the engine tried to connect
        raise AssertionError(f"reached out: {query!r}") from error
    assert found is not None


@pytest.mark.parametrize(
    "name",
    [
        "c:.SERVICE",
        "c:a.b.SERVICE",
        "c:x.1.SERVICE",
        ":.service",
        "_:a.SERVICE",
        "c:1.2.Service",
        "c:a.%41.SERVICE",
    ],
)
def test_service_behind_a_dot_of_a_name_is_seen(name: str) -> None:
    """If it failed: a stranger could make the service ask any address, as one could (c:.SERVICE)."""
    for behind in (
        "<http://127.0.0.1:9/>",
        " ?a",
        "#\n<http://127.0.0.1:9/>",
        " SILENT <http://127.0.0.1:9/>",
    ):
        text = (
            f"PREFIX c: <http://x/> PREFIX : <http://y/> SELECT * {{ ?s ?p {name}{behind} {{ ?a ?b ?c }} }}"
        )
        with pytest.raises(QueryRefused, match="SERVICE"):
            check(text)
        with pytest.raises(QueryRefused, match="SERVICE"):
            check(text, services=frozenset({"http://allowed/"}))
        with pytest.raises(QueryRefused, match="SERVICE"):
            check_update(f"INSERT {{ ?s <http://x/p> 1 }} WHERE {{ ?s ?p {name}{behind} {{ ?a ?b ?c }} }}")


def test_dots_of_names_do_not_hide_patterns() -> None:
    """If it failed: 200 patterns, which take 13 s to plan, would count as 100."""
    text = "PREFIX e: <http://e/> SELECT * {" + "".join(f"_:b ?p{n} e:." for n in range(101)) + "}"
    with pytest.raises(QueryRefused, match="patterns"):
        check(text)


LOCALS = st.lists(
    st.sampled_from(["a", "1", ".", ":", "-", "%41", "\\.", "_", "é", "SERVICE"]), max_size=8
).map("".join)


@settings(max_examples=400)
@given(LOCALS)
def test_names_end_where_the_engine_ends_them(local: str) -> None:
    """If it failed: what the engine reads behind a name would be part of it for the guard."""
    text = f"PREFIX c: <http://x/> SELECT * {{ ?s c:{local} ?o }}"
    try:
        ox.Store().query(text)
        is_one = True
    except SyntaxError:
        is_one = False
    named = [token.text for token in tokens(text)][7:-2]
    assert (named == [f"c:{local}"]) == is_one
