"""Updates: all or nothing, in the dataset that the request names, and never from elsewhere."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import ParameterError, QueryError, QueryRefused
from collegium.graph.vocabulary import PREFIXES
from collegium.queries.updates import update, with_dataset

X = "http://example.org/"
P = f"PREFIX x: <{X}> "
G, H = f"{X}g", f"{X}h"


@pytest.fixture
def engine() -> ox.Store:
    """Return one statement in the default graph, one in g, one in h. Prevents: each test counts on its own data."""
    store = ox.Store()
    update(store, P + "INSERT DATA { x:d x:p 1 GRAPH x:g { x:g x:p 2 } GRAPH x:h { x:h x:p 3 } }")
    return store


def held(engine: ox.Store, graph: str = "") -> set[str]:
    """Return the statements of a graph as "subject predicate object", short."""
    place = ox.NamedNode(graph) if graph else ox.DefaultGraph()

    def short(term: object) -> str:
        return str(getattr(term, "value", term)).removeprefix(X)

    quads = engine.quads_for_pattern(None, None, None, place)
    return {f"{short(q.subject)} {short(q.predicate)} {short(q.object)}" for q in quads}


def test_using_names_the_graph_that_is_matched(engine: ox.Store) -> None:
    """If it failed: an update would change what its sender did not ask for."""
    update(engine, P + "INSERT { ?s x:q ?o } WHERE { ?s x:p ?o }", using=[G])
    assert held(engine) == {"d p 1", "g q 2"}
    assert (held(engine, G), held(engine, H)) == ({"g p 2"}, {"h p 3"})


def test_several_using_are_one_graph(engine: ox.Store) -> None:
    """If it failed: only the first or the last graph would count."""
    update(engine, P + "INSERT { ?s x:q ?o } WHERE { ?s x:p ?o }", using=[G, H])
    assert held(engine) == {"d p 1", "g q 2", "h q 3"}


def test_using_named_is_what_graph_reaches(engine: ox.Store) -> None:
    """If it failed: GRAPH ?g would reach graphs that the request leaves out."""
    update(engine, P + "INSERT { ?s x:q ?o } WHERE { GRAPH ?g { ?s x:p ?o } }", using_named=[H])
    assert held(engine) == {"d p 1", "h q 3"}
    update(engine, P + "INSERT { ?s x:r ?o } WHERE { ?s x:p ?o }", using_named=[H])
    assert held(engine) == {"d p 1", "h q 3"}, "without using, the default graph of that dataset is empty"


def test_using_and_using_named_together(engine: ox.Store) -> None:
    """If it failed: one of the two parameters would be lost."""
    text = P + "INSERT { ?s x:both ?t } WHERE { ?s x:p ?o GRAPH x:h { ?t x:p ?n } }"
    update(engine, text, using=[G], using_named=[H])
    assert held(engine) == {"d p 1", "g both h"}


def test_delete_where_matches_there_and_deletes_from_the_default_graph(engine: ox.Store) -> None:
    """If it failed: the short form would empty the default graph, or the graph that is only matched."""
    update(engine, P + "INSERT DATA { x:g x:p 2 }")
    update(engine, P + "DELETE WHERE { ?s x:p ?o }", using=[G])
    assert held(engine) == {"d p 1"}
    assert held(engine, G) == {"g p 2"}


def test_every_operation_has_the_dataset(engine: ox.Store) -> None:
    """If it failed: the second operation would be matched in the default graph."""
    text = (
        P
        + """
        INSERT DATA { x:new x:p 4 } ;
        DELETE { ?s x:p ?o } INSERT { ?s x:first ?o } WHERE { ?s x:p ?o } ;
        INSERT { ?s x:second ?o } WHERE { ?s x:p ?o } ; CREATE SILENT GRAPH x:made ; COPY x:g TO x:made
    """
    )
    update(engine, text, using=[G])
    assert held(engine) == {"d p 1", "new p 4", "g first 2", "g second 2"}
    assert held(engine, f"{X}made") == {"g p 2"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s x:q '} WHERE {' } WHERE { ?s x:p ?o }",
        'INSERT { ?s x:q """} " WHERE { """ } WHERE { ?s x:p ?o }',
        "INSERT { ?s x:q 1 # } WHERE {\n } WHERE { ?s x:p ?o }",
        "# WHERE {\nINSERT { ?s x:q 1 } # WHERE\n WHERE # {\n { ?s x:p ?o }",
        "INSERT { ?s <http://example.org/WHERE#USING> 1 } WHERE { ?s x:p ?o }",
        "INSERT{?s x:q 1}WHERE{?s x:p ?o}",
        "insert { ?s x:q 1 } where { ?s x:p ?o }",
        "DELETE { ?s x:where ?using } INSERT { ?s x:q 1 } WHERE { ?s x:p ?o BIND(1 AS ?using) }",
        "INSERT { ?s x:q 1 } WHERE { { SELECT ?s WHERE { ?s x:p ?o } } }",
        "INSERT { ?s x:q 1 } WHERE { ?s x:p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_words_and_braces_elsewhere_are_left_alone(engine: ox.Store, text: str) -> None:
    """If it failed: USING would be written into a text, a comment or an IRI."""
    update(engine, P + text, using=[G])
    assert {line.partition(" ")[0] for line in held(engine)} == {"d", "g"}
    assert held(engine, G) == {"g p 2"}


def test_delete_where_with_braces_in_texts(engine: ox.Store) -> None:
    """If it failed: the template would end in the middle of a text."""
    update(engine, P + "INSERT DATA { x:d x:t '} }' GRAPH x:g { x:d x:t '} }' } }")
    update(engine, P + "DELETE WHERE # {\n { ?s x:t '} }' # }\n } ; INSERT DATA { x:d x:u 1 }", using=[G])
    assert held(engine) == {"d p 1", "d u 1"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p 1 } USING x:g WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } USING NAMED x:g WHERE { ?s ?p ?o }",
        "WITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { x:a x:b 1 } ; with x:g delete { ?s ?p ?o } where { ?s ?p ?o }",
        "INSERT{?s ?p 1}USING<http://example.org/g>WHERE{?s ?p ?o}",
    ],
)
def test_an_update_that_names_its_graphs_is_refused_beside_the_parameter(engine: ox.Store, text: str) -> None:
    """If it failed: one of two datasets would win, and nobody could say which (the protocol asks for 400)."""
    with pytest.raises(ParameterError, match="without USING and WITH"):
        update(engine, P + text, using=[H])
    update(engine, P + text)
    assert held(engine, H) == {"h p 3"}


@pytest.mark.parametrize(
    "text",
    [
        "DELETEWHERE{ ?s ?p ?o }",
        "INSERT{ ?s ?p 1 }USINGx:g WHERE{ ?s ?p ?o }",
        "WITHx:g DELETE{ ?s ?p ?o }WHERE{ ?s ?p ?o }",
        "INSERTDATA{ x:a x:b 1 }",
    ],
)
def test_glued_words_are_refused_beside_the_parameter(engine: ox.Store, text: str) -> None:
    """If it failed: what the engine reads as DELETE WHERE would run in the default graph, not in the one named."""
    with pytest.raises(QueryRefused, match="write a space after each word"):
        update(engine, P + text, using=[G])
    assert held(engine) == {"d p 1"}
    update(engine, P + text)


@pytest.mark.parametrize(
    "graph", ["", "g", "a b", "http://x/>", "http://x/> WHERE {} ; CLEAR ALL ; #", "_:b"]
)
def test_a_graph_that_is_no_iri_is_refused_by_its_name(engine: ox.Store, graph: str) -> None:
    """If it failed: a parameter could carry an update of its own."""
    with pytest.raises(ParameterError, match=r"^using-graph-uri: "):
        update(engine, "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", using=[graph])
    with pytest.raises(ParameterError, match=r"^using-named-graph-uri: "):
        update(engine, "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", using_named=[G, graph])
    assert len(engine) == 3


_pieces = st.lists(
    st.sampled_from(
        ["DELETE", "WHERE", "{", "}", "USING", "x:g", "<a>", "'{'", "# {\n", ";", "INSERT", " ", "?s"]
    )
    | st.text(max_size=4)
).map(" ".join)


@given(_pieces)
def test_without_a_dataset_any_text_is_untouched(text: str) -> None:
    """If it failed: an update would be rewritten for nothing."""
    assert with_dataset(text, [], []) == text


_strings = st.text(st.characters(exclude_categories=("Cs",)), max_size=9).map(lambda s: str(ox.Literal(s)))


@given(st.lists(_strings, min_size=1, max_size=4))
def test_any_texts_in_an_update_stay_what_they_are(texts: list[str]) -> None:
    """If it failed: somebody's title could move the place where USING is written."""
    data = " ".join(f"?s <{X}p> {text} ." for text in texts)
    changed = with_dataset(f"DELETE {{ {data} }} INSERT {{ {data} }} WHERE {{ {data} }}", [G], [])
    assert changed == f"DELETE {{ {data} }} INSERT {{ {data} }} USING <{G}> WHERE {{ {data} }}"
    assert with_dataset(f"DELETE WHERE {{ {data} }}", [G], []) == (
        f"DELETE {{ {data} }} USING <{G}> WHERE {{ {data} }}"
    )


def test_many_short_deletions_take_one_pass() -> None:
    """If it failed: the time would grow with the square of their number, and the writer be busy for minutes."""
    one = f"DELETE WHERE {{ ?s <{X}p> 1 }} ;\n"
    changed = with_dataset(one * 2_000, [G], [])
    assert changed == f"DELETE {{ ?s <{X}p> 1 }} USING <{G}> WHERE {{ ?s <{X}p> 1 }} ;\n" * 2_000


@pytest.mark.parametrize(
    "second",
    ["DROP GRAPH x:none", "CREATE GRAPH x:g", "CLEAR GRAPH x:none"],
)
def test_several_operations_are_one_transaction(engine: ox.Store, second: str) -> None:
    """If it failed: the first half of an update would stand and the second not."""
    with pytest.raises(QueryError, match="failed while it ran"):
        update(engine, P + f"INSERT DATA {{ x:a x:b 1 }} ; DELETE WHERE {{ ?s x:p ?o }} ; {second}")
    assert held(engine) == {"d p 1"}
    update(engine, P + f"INSERT DATA {{ x:a x:b 1 }} ; {second.replace(' GRAPH', ' SILENT GRAPH')}")
    assert held(engine) == {"d p 1", "a b 1"}


def test_an_update_that_does_not_parse_says_where(engine: ox.Store) -> None:
    """If it failed: the sender would have to guess."""
    with pytest.raises(QueryError) as found:
        update(engine, "INSERT DATA { <http://a/x> <http://a/y> 1 }\nWHERE { }")
    assert found.value.line == 2
    for broken in ("DELETE WHERE", "DELETE WHERE { ?s ?p 1", "DELETE WHERE ?s"):
        with pytest.raises(QueryError):
            update(engine, broken, using=[G])
    assert len(engine) == 3


def test_our_prefixes_need_no_declaration(engine: ox.Store) -> None:
    """If it failed: an update would need a preamble that queries do not."""
    update(engine, "INSERT DATA { <http://a/x> a foaf:Person ; dcterms:title 'x' }")
    assert f"http://a/x {PREFIXES['rdf']}type {PREFIXES['foaf']}Person" in held(engine)
    update(engine, "INSERT { ?s dcterms:title 'y' } WHERE { ?s a foaf:Person }", using=[G])
    assert len(held(engine)) == 3


def test_relative_iris_follow_the_base(engine: ox.Store) -> None:
    """If it failed: an update could only speak of things in full."""
    update(engine, "INSERT DATA { <a> <b> 1 }", base_iri=X)
    assert "a b 1" in held(engine)


@pytest.mark.parametrize("declared", ["PREFIX y: <http://example.org/>", "BASE <http://example.org/>"])
def test_the_engine_takes_declarations_at_the_beginning_only(engine: ox.Store, declared: str) -> None:
    """If it failed: the engine has learnt it, and docs/reference/sparql-conformance.md tells of what is no more."""
    with pytest.raises(QueryError):
        update(engine, P + f"INSERT DATA {{ x:a x:b 1 }} ; {declared} INSERT DATA {{ x:a x:b 2 }}")
    update(engine, P + f"{declared} INSERT DATA {{ x:a x:b 1 }} ; INSERT DATA {{ x:a x:b 2 }}")
    assert held(engine) == {"d p 1", "a b 1", "a b 2"}
