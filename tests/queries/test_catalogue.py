"""The named queries: complete heads, and equal rows on two engines, on data made to trip them."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from collegium.graph.errors import ParameterError, QueryError, UnknownName
from collegium.graph.store import Store
from collegium.graph.vocabulary import DEFAULT_BASE
from collegium.queries.catalogue import CATALOGUE, read
from collegium.queries.guard import check
from collegium.queries.parameters import ENTITY_TYPES
from collegium.queries.run import answer
from sparql_engines import Engine, Oxigraph, Rdflib

Resolve = Callable[[str, str], str]

# Parameters for the hand-made data, where the examples' own (made for the bundled page) name nothing.
SMALL_THINGS = {
    "author": "ada-author",
    "other": "bo-b",
    "paper": "p3",
    "institution": "uni-a",
    "category": "cs",
    "source": "s1",
    "text": "o",
}

# What the bundled page says nothing of: citations, whose an institution is, two institutions on one paper.
_NOT_ON_THE_PAGE = {
    *("source_problems", "author_suggestions", "categories_ambiguous", "papers_disputed_places"),
    *("paper_affiliations", "paper_cites", "paper_cited_by", "institutions_joint_papers"),
}


def _iri(path: str) -> str:
    return f"<{DEFAULT_BASE}{path}>"


def _ids(rows: list[tuple[str | None, ...]], column: int = 0) -> list[str]:
    return [str(row[column]).rstrip(">").rpartition("/")[2] for row in rows]


def _number(value: int) -> str:
    return str(ox.Literal(value))


@pytest.fixture(scope="module")
def bundled(seed_page: object) -> ox.Store:
    """Return the bundled page as it is loaded. Prevents: examples that name nothing in the store of a newcomer."""
    from collegium.graph.load import load

    store = Store.memory()
    load(store, [str(seed_page)])
    return store.refreshed().engine


def test_the_catalogue_holds_at_least_fifteen_queries_in_order_of_name() -> None:
    """Fails when queries are lost on the way into the package, or are listed in an order that changes."""
    assert len(CATALOGUE) >= 15
    assert list(CATALOGUE) == sorted(CATALOGUE)


def test_a_wrong_name_gets_the_nearest_one() -> None:
    """Fails when a typing error gives no hint."""
    with pytest.raises(UnknownName, match="did you mean 'author_papers'"):
        CATALOGUE.named("author_paper")


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_query_says_what_it_is(name: str) -> None:
    """Fails when people would have to guess what a query answers, or its order is left to chance."""
    query = CATALOGUE[name]
    assert name.count("_") >= 1
    assert query.title and not query.title.endswith(".")
    assert query.description.endswith(".")
    assert all(parameter.description for parameter in query.parameters)
    assert query.form == "CONSTRUCT" or "ORDER BY" in query.text
    assert "LIMIT" not in query.text
    assert query.body.startswith(query.form)
    check(query.text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_example_has_an_answer_on_the_bundled_page(
    name: str, bundled: ox.Store, resolve: Resolve
) -> None:
    """Fails when the first thing a newcomer tries is empty for no reason, or the engines disagree about it."""
    query = CATALOGUE[name]
    bindings = query.bind(query.example, resolve)
    rows = Oxigraph(bundled).rows(query.text, bindings)
    assert rows == Rdflib(bundled).rows(query.text, bindings)
    assert rows or name in _NOT_ON_THE_PAGE


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_query_has_equal_rows_on_both_engines(name: str, small: ox.Store, resolve: Resolve) -> None:
    """Fails when a query means different things on two engines: then it is not standard SPARQL."""
    query = CATALOGUE[name]
    required = {p.name: SMALL_THINGS[p.name] for p in query.parameters if p.required}
    optional = {"from": "2023", "to": "2024", "least": "1", "source": "s1", "measure": "degree", "most": "1"}
    everything = required | {p.name: optional[p.name] for p in query.parameters if not p.required}
    for given in (required, everything):
        bindings = query.bind(given, resolve)
        rows = Oxigraph(small).rows(query.text, bindings)
        assert rows == Rdflib(small).rows(query.text, bindings)
        assert len(set(rows)) == len(rows)
        assert not any("p99" in str(row) or "999" in str(row) for row in rows), (
            "claims or derived data in belief"
        )


@pytest.mark.parametrize("name", [n for n, q in CATALOGUE.items() if q.form == "SELECT"])
def test_the_order_of_each_query_is_total(name: str, small: ox.Store, resolve: Resolve) -> None:
    """Fails when pages of an answer could overlap: then `offset` shows a row twice and another never."""
    query = CATALOGUE[name]
    required = {p.name: SMALL_THINGS[p.name] for p in query.parameters if p.required}
    bindings = query.bind(required, resolve)
    whole = Oxigraph(small).rows(query.text, bindings)
    pages = [Oxigraph(small).rows(query.text, bindings, at_most=1, offset=n) for n in range(len(whole) + 1)]
    assert [row for page in pages for row in page] == whole
    turned = ox.Store()
    turned.extend(sorted(small, key=str, reverse=True))
    assert Oxigraph(turned).rows(query.text, bindings) == whole


def test_papers_of_an_author_are_in_the_order_of_their_dates(engine: Engine, resolve: Resolve) -> None:
    """Fails when the year filter lets papers without a printed year through, or a hidden author is lost."""
    query = CATALOGUE["author_papers"]
    rows = engine.rows(query.text, query.bind({"author": "ada-author"}, resolve))
    assert _ids(rows) == ["p3", "p1", "p2"]
    assert [row[3] for row in rows] == [_number(1), None, _number(1)]
    late = engine.rows(query.text, query.bind({"author": "ada-author", "from": "2024"}, resolve))
    assert _ids(late) == ["p3"]


def test_coauthors_are_counted_once_a_paper(engine: Engine, resolve: Resolve) -> None:
    """Fails when two spellings, two dates or two authorships of one author multiply the joint papers."""
    query = CATALOGUE["author_coauthors"]
    rows = engine.rows(query.text, query.bind({"author": "ada-author"}, resolve))
    assert _ids(rows) == ["bo-b", "script", "cy-c"] or _ids(rows) == ["bo-b", "cy-c", "script"]
    assert rows[0][2:] == (_number(3), _number(2023), _number(2024))


def test_hidden_papers_leave_out_those_that_show_the_author_elsewhere(
    engine: Engine, resolve: Resolve
) -> None:
    """Fails when a paper that one source cuts and another shows is called hidden."""
    query = CATALOGUE["author_hidden_papers"]
    assert _ids(engine.rows(query.text, query.bind({"author": "ada-author"}, resolve))) == ["p1"]


def test_authors_of_a_paper_stand_in_order_and_the_hidden_last(engine: Engine, resolve: Resolve) -> None:
    """Fails when unbound positions sort first, as SPARQL does unless told otherwise."""
    query = CATALOGUE["paper_authors"]
    rows = engine.rows(query.text, query.bind({"paper": "p1"}, resolve))
    assert _ids(rows, 1)[-1] == "ada-author"
    assert rows[-1][4] == "<https://w3id.org/collegium/ns#ProfileOwner>"


def test_papers_by_year_take_the_earliest_printed_year(engine: Engine) -> None:
    """Fails when a paper with two dates counts in two years, or an inferred year counts."""
    rows = engine.rows(CATALOGUE["papers_by_year"].text)
    assert rows == [(_number(2022), _number(1)), (_number(2023), _number(2)), (_number(2024), _number(2))]


def test_the_strongest_pair_is_counted_over_the_papers(engine: Engine, resolve: Resolve) -> None:
    """Fails when the derived graph, a convenience that may be stale or off, is asked."""
    query = CATALOGUE["pairs_strongest"]
    rows = engine.rows(query.text, query.bind({"least": "3"}, resolve))
    assert {(a, b) for a, b in zip(_ids(rows), _ids(rows, 2), strict=True)} == {
        ("ada-author", "bo-b"),
        ("bo-b", "script"),
    }


def test_provenance_names_the_lines_of_each_source(engine: Engine, resolve: Resolve) -> None:
    """Fails when the graphs of provenance are not searched, or all sources are joined with all records."""
    query = CATALOGUE["paper_provenance"]
    rows = engine.rows(query.text, query.bind({"paper": "p3"}, resolve))
    assert [row[3:] for row in rows] == [(_number(26), _number(31)), (_number(1), _number(4))]


def test_places_in_cut_lists_are_not_called_the_last(engine: Engine, resolve: Resolve) -> None:
    """Fails when the end of what a source prints is taken for the end of the list, or years and places part."""
    query = CATALOGUE["author_roles"]
    rows = {
        who: engine.rows(query.text, query.bind({"author": who}, resolve))
        for who in ("bo-b", "script", "ida-alone")
    }
    one, none = _number(1), _number(0)
    assert rows["bo-b"] == [
        (None, none, none, none, none, one),  # second of two on a cut list
        (_number(2022), none, one, none, none, none),
        (_number(2023), none, _number(2), none, none, none),
        (_number(2024), none, none, one, none, none),
    ]
    assert rows["script"] == [
        (_number(2022), none, none, one, none, none),
        (_number(2023), none, none, none, none, one),
        (_number(2024), none, none, none, one, none),
    ]
    assert rows["ida-alone"][0] == (None, one, none, none, none, none)


def test_citations_reach_papers_by_their_other_addresses(engine: Engine, resolve: Resolve) -> None:
    """Fails when an address that two papers bear is taken for one of them, or what nobody holds is lost."""
    cites, cited = CATALOGUE["paper_cites"], CATALOGUE["paper_cited_by"]
    rows = engine.rows(cites.text, cites.bind({"paper": "p3"}, resolve))
    assert _ids(rows) == ["p1", "p4", "both", "nobody"]
    for paper, by in (("p1", ["p3"]), ("p4", ["p3"]), ("p5", []), ("p3", [])):
        assert _ids(engine.rows(cited.text, cited.bind({"paper": paper}, resolve))) == by


def test_ambiguous_codes_list_what_they_could_mean(engine: Engine) -> None:
    """Fails when a meaning without a notation in the store is dropped."""
    rows = engine.rows(CATALOGUE["categories_ambiguous"].text)
    assert [row[2] for row in rows] == [_iri("category/cs.CV"), _iri("category/math.CV")]


def test_a_category_holds_the_papers_of_narrower_ones(engine: Engine, resolve: Resolve) -> None:
    """Fails when an archive looks empty because sources name only its parts."""
    query = CATALOGUE["category_papers"]
    rows = engine.rows(query.text, query.bind({"category": "cs"}, resolve))
    assert sorted(set(_ids(rows))) == ["p1", "p3", "p4", "p5"]


def test_the_seed_author_has_the_known_figures(bundled: ox.Store, resolve: Resolve) -> None:
    """Fails when the catalogue and the hand-checked truth of the bundled page part ways."""
    given = {"author": "xingtai-lv"}
    counts = {}
    for name in ("author_papers", "author_coauthors", "author_hidden_papers"):
        counts[name] = len(
            answer(bundled, CATALOGUE[name].text, bindings=CATALOGUE[name].bind(given, resolve)).rows()
        )
    assert counts == {"author_papers": 17, "author_coauthors": 24, "author_hidden_papers": 11}
    assert len(answer(bundled, CATALOGUE["papers_truncated"].text).rows()) == 17


HEAD = '# ---\n# title = "T"\n# description = "D."\n'
PARAMETER = '# [parameters.x]\n# type = "string"\n# description = "d"\n'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("SELECT * {}", 1, "expected a head"),
        (HEAD + "SELECT * {}", 1, "expected a head"),
        (HEAD + "SELECT\n# ---\n", 4, "expected '# ' before"),
        (HEAD + "# nonsense\n# ---\nSELECT * {}", 4, "not TOML"),
        ('# ---\n# title = "T"\n# ---\nASK {}', 1, "description is missing"),
        (HEAD + '# colour = "red"\n# ---\nASK {}', 4, "colour"),
        (HEAD + "# title2 = 3\n# ---\nASK {}", 4, "title2"),
        ('# ---\n# title = 3\n# description = "D."\n# ---\nASK {}', 2, "type str"),
        (HEAD + PARAMETER.replace("string", "text") + "# ---\nASK {}", 4, "found 'text'"),
        (HEAD + PARAMETER + "# required = true\n# ---\nASK {?x a ?x}", 1, "example.x is missing"),
        (HEAD + PARAMETER + '# required = true\n# default = "a"\n# ---\nASK {?x a ?x}', 4, "no default"),
        (HEAD + "# parameters.x = 3\n# ---\nASK {}", 4, "expected a table"),
        (HEAD + '# [example]\n# y = "1"\n# ---\nASK {}', 5, "example.y"),
    ],
)
def test_a_wrong_head_is_named_by_file_and_line(text: str, line: int, reason: str) -> None:
    """Fails when a writer of a query has to search for what is wrong with it."""
    with pytest.raises(QueryError, match=r"new_query\.rq") as caught:
        read("new_query.rq", text)
    assert caught.value.line == line
    assert reason in caught.value.message


def test_a_parameter_that_the_query_does_not_name_is_an_error() -> None:
    """Fails when a parameter could be given and change nothing."""
    with pytest.raises(QueryError, match="parameter x is no variable"):
        read("q.rq", HEAD + PARAMETER + "# ---\nASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="expected SELECT"):
        read("q.rq", HEAD + "# ---\n")


def test_parameters_are_checked_against_those_of_the_query(resolve: Resolve) -> None:
    """Fails when a misspelt parameter is ignored, or a missing one matches everything."""
    query = CATALOGUE["author_papers"]
    with pytest.raises(ParameterError, match=r"a parameter of author_papers: author, from, to"):
        query.bind({"auhtor": "x"}, resolve)
    with pytest.raises(ParameterError, match="author: found 'nothing', expected an author"):
        query.bind({"author": ""}, resolve)
    with pytest.raises(ParameterError, match="no parameter at all"):
        CATALOGUE["papers_by_year"].bind({"x": "1"}, resolve)
    assert query.bind({"author": "ada-author", "from": "", "to": None}, resolve).keys() == {"author"}
    assert CATALOGUE["pairs_strongest"].bind({}, resolve) == {"least": ox.Literal(2)}


def test_each_kind_of_thing_is_a_type_of_parameter() -> None:
    """Fails when a kind of the store cannot be asked about by name."""
    assert {"author", "paper", "institution", "category", "source"} == set(ENTITY_TYPES)
