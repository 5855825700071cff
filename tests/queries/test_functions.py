"""Our functions inside queries: known networks, every place an expression may stand, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from collegium.graph.errors import MeasureError, ParameterError, QueryError, UnknownName
from collegium.graph.own_terms import OWN_TERMS
from collegium.graph.vocabulary import PREFIXES
from collegium.queries.functions import FUNCTIONS, Asked, Calls, Column
from collegium.queries.run import Answer, answer
from collegium.server.network_facts import EditionFacts
from networks import BASE, author, believed, written
from sparql_engines import ENGINES, Engine, network_of

PATH = (written("p1", ["a", "b"]), written("p2", ["b", "c"]))
STAR = tuple(written(f"p{leaf}", ["m", leaf]) for leaf in "abcd")
TWO_PARTS = (*PATH, written("p3", ["d", "e"]), written("p4", ["f"]))


def data(*turtle: str) -> ox.Store:
    """Return the engine over hand-made papers."""
    return believed(*turtle).engine


@pytest.fixture(params=sorted(ENGINES))
def ask(request: pytest.FixtureRequest) -> Callable[..., list[tuple[str | None, ...]]]:
    """Return what asks an engine about papers. Prevents: a function works with what one engine alone allows."""

    def asked(papers: tuple[str, ...], text: str) -> list[tuple[str | None, ...]]:
        engine: Engine = ENGINES[request.param](data(*papers))
        return engine.rows(f"BASE <{BASE}> {text}")

    return asked


Ask = Callable[[tuple[str, ...], str], list[tuple[str | None, ...]]]


def whole(*numbers: int | None) -> list[tuple[str | None]]:
    """Return rows of one whole number each."""
    return [(None if number is None else str(ox.Literal(number)),) for number in numbers]


def run(papers: tuple[str, ...], text: str) -> Answer:
    """Return the answer of our engine."""
    store = data(*papers)
    return answer(store, text, base_iri=BASE, network=network_of(store))


@pytest.mark.parametrize(
    ("papers", "call", "value"),
    [
        (PATH, 'ck:centrality(<author/b>, "betweenness")', 1.0),
        (PATH, 'ck:centrality(<author/a>, "betweenness")', 0.0),
        (PATH, 'ck:centrality(<author/b>, "degree")', 2),
        (STAR, 'ck:centrality(<author/m>, "degree")', 4),
        (STAR, 'ck:centrality(<author/m>, "Betweenness")', 1.0),
        (STAR, 'ck:rank(<author/m>, "degree")', 1),
        (STAR, 'ck:rank(<author/a>, "degree")', 2),
        (STAR, 'ck:rank(<author/d>, "degree")', 2),
        (PATH, "ck:distance(<author/a>, <author/c>)", 2),
        (PATH, "ck:distance(<author/a>, <author/a>)", 0),
        (TWO_PARTS, "ck:distance(<author/a>, <author/e>)", None),
        (TWO_PARTS, "ck:distance(<author/f>, <author/f>)", 0),
        (TWO_PARTS, "ck:community(<author/a>)", 1),
        (TWO_PARTS, "ck:community(<author/f>)", 3),
        (TWO_PARTS, 'ck:centrality(<author/f>, "degree")', 0),
    ],
)
def test_known_networks(ask: Ask, papers: tuple[str, ...], call: str, value: float | None) -> None:
    """Fails when a function gives another number than a person works out by hand."""
    # rdflib drops rows without any value, hence ?one
    (row,) = ask(papers, f"SELECT ?v ?one {{ BIND({call} AS ?v) BIND(1 AS ?one) }}")
    assert row[0] == (None if value is None else str(ox.Literal(value)))


def test_a_weight_and_a_projection_stand_in_any_order(ask: Ask) -> None:
    """Fails when the words after the measure are dropped, or another network answers."""
    papers = (
        written("p1", ["a", "b", "c"], institutions=["x", "y"]),
        written("p2", ["a", "b"], institutions=["x"]),
    )
    calls = [
        'ck:centrality(<author/a>, "strength")',
        'ck:centrality(<author/a>, "strength", "fractional")',
        'ck:centrality(<institution/y>, "strength", "coinstitutions", "full")',
        'ck:centrality(<institution/y>, "strength", "full", "coinstitutions")',
        'ck:rank(<institution/y>, "degree", "coinstitutions")',
        'ck:community(<institution/y>, "coinstitutions")',
        'ck:centrality(<institution/y>, "strength")',
    ]
    shown = " ".join(f"({call} AS ?v{at})" for at, call in enumerate(calls))
    rows = ask(papers, f"SELECT {shown} {{}}")
    found = [None if term is None else float(term.split('"')[1]) for term in rows[0]]
    assert found == [3, 2, 1, 1, 1, 1, None]


@pytest.mark.parametrize(
    "call",
    [
        'ck:centrality(<author/nobody>, "degree")',
        'ck:centrality(<paper/p1>, "degree")',
        'ck:rank(<author/nobody>, "degree")',
        "ck:community(<author/nobody>)",
        "ck:distance(<author/nobody>, <author/a>)",
        "ck:distance(<author/nobody>, <author/nobody>)",
        "ck:centrality(?name, 'degree')",
        "ck:distance(?name, <author/a>)",
        "ck:distance(<author/a>, ?nothing)",
        "ck:centrality(?nothing, 'degree')",
        "ck:centrality(<author/a>, ?name)",
        "ck:centrality(<author/a>, ?nothing)",
        "ck:centrality(<author/a>, <author/a>)",
        "ck:centrality(<author/a>, 'degree', ?name)",
        "ck:community(<author/a>, STR(<none>))",
        "ck:centrality(<author/a>, 'h_index')",
    ],
)
def test_what_the_network_does_not_know_is_unbound(ask: Ask, call: str) -> None:
    """Fails when an unknown author is 0, or one row without a value ends the whole query."""
    known = "<author/a> foaf:name ?name OPTIONAL { ?name foaf:name ?nothing }"
    text = f"SELECT ?v ?name {{ {known} BIND({call} AS ?v) }}"
    assert [row[0] for row in ask(PATH, text)] == [None]


# Each beside its cells, row after row: numbers as they are, IRIs by the ID of the author.
PLACES: dict[str, list[int | str | None]] = {
    "SELECT ?a { ?a a foaf:Person FILTER(ck:distance(?a, <author/a>) = 1) }": ["b"],
    "SELECT ?a { ?a a foaf:Person FILTER(!BOUND(?x) && ck:community(?a) = 3) }": ["f"],
    "SELECT ?a { ?a a foaf:Person } ORDER BY DESC(ck:centrality(?a, 'betweenness')) ?a LIMIT 1": ["b"],
    "SELECT (MAX(ck:distance(?a, <author/a>)) AS ?v) { VALUES ?a { <author/b> <author/c> } }": [2],
    "SELECT (COUNT(?d) AS ?v) { ?a a foaf:Person BIND(ck:distance(?a, <author/a>) AS ?d) }": [3],
    "SELECT ?g (COUNT(*) AS ?v) { ?a a foaf:Person BIND(ck:community(?a) AS ?g) } GROUP BY ?g ORDER BY ?g": [
        *(1, 3),
        *(2, 2),
        *(3, 1),
    ],
    "SELECT ?p { ?p dcterms:creator ?a } GROUP BY ?p HAVING (SUM(ck:community(?a)) = 4) ORDER BY ?p": ["p3"],
    "SELECT (ck:distance(<author/a>, <author/b>) + 1 AS ?v) {}": [2],
    "SELECT (COALESCE(ck:distance(<author/a>, <author/d>), -1) AS ?v) {}": [-1],
    """
    SELECT ?v ?a {
      VALUES ?a { <author/a> <author/d> }
      OPTIONAL { ?a foaf:name ?n BIND(ck:distance(<author/c>, ?a) AS ?v) }
    } ORDER BY ?a
    """: [2, "a", None, "d"],
    "SELECT ?v { VALUES ?m { 'degree' } BIND(ck:centrality(<author/b>, ?m) AS ?v) }": [2],
    "SELECT ?v { BIND(<https://w3id.org/collegium/ns#distance>(<author/a>, <author/c>) AS ?v) }": [2],
    "PREFIX net: <https://w3id.org/collegium/ns#> SELECT (net:community(<author/a>) AS ?v) {}": [1],
}


@pytest.mark.parametrize("text", PLACES)
def test_a_function_stands_wherever_an_expression_may(ask: Ask, text: str) -> None:
    """Fails when functions answer in BIND and nowhere else."""
    assert [read(cell) for row in ask(TWO_PARTS, text) for cell in row] == PLACES[text]


def read(cell: str | None) -> int | str | None:
    """Return a cell as `PLACES` writes it."""
    if cell is None:
        return None
    return cell.rstrip(">").rpartition("/")[2] if cell.startswith("<") else int(cell.split('"')[1])


def test_asking_and_constructing(ask: Ask) -> None:
    """Fails when two of the four forms do not know the functions."""
    assert ask(PATH, "ASK { FILTER(ck:distance(<author/a>, <author/c>) = 2) }") == [(str(ox.Literal(True)),)]
    made = ask(PATH, "CONSTRUCT { ?a ck:rank ?r } { ?a foaf:name 'B' BIND(ck:rank(?a, 'degree') AS ?r) }")
    assert made == [(f"<{author('b')}>", f"<{PREFIXES['ck']}rank>", whole(1)[0][0])]


def test_the_name_of_a_function_may_be_written_with_escapes() -> None:
    """Fails when a query that is right is told that there is no such function."""
    text = "SELECT (<https://w3id.org/collegium/ns#dist\\u0061nce>(<author/a>, <author/b>) AS ?v) {}"
    assert run(PATH, text).rows() == [{"v": 1}]


def test_other_functions_are_no_functions_of_ours() -> None:
    """Fails when a misspelt function is taken for one without a value."""
    with pytest.raises(QueryError, match=r"ns#centralities> is not supported"):
        run(PATH, 'SELECT (ck:centralities(<author/a>, "degree") AS ?v) {}').rows()
    with pytest.raises(QueryError, match="is not supported"):
        answer(data(), "SELECT (ck:community(<http://x/>) AS ?v) {}").rows()


@dataclass(frozen=True, slots=True)
class Failing(EditionFacts):
    """A network on which every measure raises; `asked` counts."""

    error: BaseException
    asked: list[Asked]

    def values(self, asked: Asked) -> Column:
        """Raise the error."""
        self.asked.append(asked)
        raise self.error


@pytest.mark.parametrize(
    "error", [MeasureError("katz", "no"), MemoryError(), KeyboardInterrupt(), ValueError("a bug")]
)
@pytest.mark.parametrize(
    "text", ["SELECT (ck:centrality(?a, 'katz') AS ?v)", "ASK", "CONSTRUCT { ?a ?a ?v }"]
)
def test_an_error_in_a_function_is_no_missing_value(error: BaseException, text: str) -> None:
    """Fails when the engine's silence hides that memory ran out, or each of 20,000 rows tries again."""
    store = data(*TWO_PARTS)
    base = network_of(store)
    assert isinstance(base, EditionFacts)
    network = Failing(base.edition, error, [])
    where = "{ ?a a foaf:Person FILTER(BOUND(?a)) BIND(ck:centrality(?a, 'katz') AS ?v) FILTER(!BOUND(?v)) }"
    where = "{ ?a a foaf:Person }" if text.startswith("SELECT") else where
    found = answer(store, text + where, network=network)
    with pytest.raises(type(error)):
        found.serialize()
    assert len(network.asked) == 1
    with pytest.raises(type(error)):
        _ = found.boolean if found.form == "ASK" else list(found.terms())


def test_an_answer_can_be_read_again_and_in_pages() -> None:
    """Fails when the second reading, or the look for a next row, does not know the functions."""
    store = data(*TWO_PARTS)
    text = "SELECT ?v { ?a a foaf:Person BIND(ck:community(?a) AS ?v) } ORDER BY ?v"
    found = answer(store, text, at_most=4, network=network_of(store))
    assert found.rows() == found.rows() == [{"v": v} for v in (1, 1, 1, 2)]
    assert found.truncated


def test_a_column_is_asked_for_once_a_query() -> None:
    """Fails when a call costs more than a look-up: 20,000 authors would rank the network 20,000 times."""
    store = data(*TWO_PARTS)
    asked: list[Asked] = []

    class Counting(EditionFacts):
        def values(self, wanted: Asked) -> Column:
            asked.append(wanted)
            return super().values(wanted)

    base = network_of(store)
    assert isinstance(base, EditionFacts)
    text = "SELECT (ck:centrality(?a, 'degree') AS ?d) (ck:centrality(?a, 'Degree', 'none') AS ?n) { ?a a foaf:Person }"
    assert len(answer(store, text, network=Counting(base.edition)).rows()) == 6
    assert asked == [Asked("degree"), Asked("degree", "none")]


def test_each_function_is_a_term_of_ours() -> None:
    """Fails when a function is missing at /ns, or one stands there that does not exist."""
    assert {name for name, (kind, _) in OWN_TERMS.items() if kind == "function"} == set(FUNCTIONS)
    assert {row.iri.value for row in FUNCTIONS.values()} == {PREFIXES["ck"] + name for name in FUNCTIONS}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_call_with_too_many_or_too_few_terms_has_no_value(name: str) -> None:
    """Fails when a call that `check_calls` could not see ends in a TypeError."""
    store = data(*PATH)
    calls, row = Calls(network_of(store)), FUNCTIONS[name]
    node = ox.NamedNode(author("a"))
    for count in (0, row.least - 1, row.most + 1):
        assert calls.functions[row.iri](*[node] * count) is None
    calls.check()


@pytest.mark.parametrize(
    ("name", "words", "error"),
    [
        ("centrality", ["beauty"], UnknownName),
        ("rank", ["degree", "heavy"], UnknownName),
        ("rank", ["degree", "full", "none"], ParameterError),
        ("rank", ["degree", "coauthors", "coinstitutions"], ParameterError),
        ("community", ["none"], ParameterError),
    ],
)
def test_words_that_say_nothing_are_named(name: str, words: list[str], error: type[Exception]) -> None:
    """Fails when a wrong word is ignored, and another network answers than the one that was meant."""
    with pytest.raises(error, match=words[-1]):
        FUNCTIONS[name].read(words)
