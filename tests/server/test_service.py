"""The object behind command line, HTTP and Python: the examples of the README, and that it is always of now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import networkx
import pytest
from pyoxigraph import NamedNode
from rdflib import Dataset, Literal, URIRef

import collegium
from collegium.graph.backend.graph import CompactGraph
from collegium.graph.errors import (
    AmbiguousName,
    CollegiumError,
    NotFound,
    ParameterError,
    QueryRefused,
    UnknownName,
)
from collegium.graph.store import Store
from collegium.server.service import KnowledgeGraph, open_graph
from pages import TODAY, dump, entry, page, put

FOAF_NAME = URIRef("http://xmlns.com/foaf/0.1/name")


@pytest.fixture(scope="module")
def kg(seed_page: Path) -> KnowledgeGraph:
    """Return a graph of the bundled page, for reading. Prevents: each test loads the page anew."""
    graph = collegium.open()
    graph.load(seed_page, source_date=TODAY)
    return graph


def test_the_examples_of_the_readme_work(tmp_path: Path, root: Path) -> None:
    """If it failed: the first thing a newcomer types would not work."""
    kg = collegium.open(tmp_path / "collegium-store")
    report = kg.load(root / "seeds")
    assert report.exit_code == 0
    rows = kg.query("SELECT ?title WHERE { ?paper <http://purl.org/dc/terms/title> ?title }").rows()
    assert len(rows) == 18, "17 papers and the source"
    graph = kg.network("coauthors", weight="fractional")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (25, 57)
    assert [row.name for row in kg.centrality("betweenness").top(3)] == [
        "Xingtai Lv",
        "Ning Ding",
        "Kaiyan Zhang",
    ]
    saved = kg.draw_ego("Xingtai Lv").save(tmp_path / "ego.html")
    assert "Xingtai Lv" in Path(saved).read_text("utf-8")
    assert collegium.open(tmp_path / "collegium-store").info().papers == 17


def test_opening_without_a_path_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a look at the library would leave files behind."""
    monkeypatch.chdir(tmp_path)
    graph = collegium.open()
    assert graph.info().papers == graph.version == 0
    assert graph.sources() == []
    assert list(tmp_path.iterdir()) == []


def test_a_base_is_that_of_all_iris(seed_page: Path) -> None:
    """If it failed: a graph could not be published under an address of its own."""
    graph = open_graph(base="https://graph.example.org/")
    graph.load(seed_page)
    assert graph.find("author", "Xingtai Lv") == "https://graph.example.org/author/xingtai-lv"
    ours = "https://graph.example.org/"
    assert not any("localhost:8000" in line for line in dump(graph.store))
    assert graph.store.base == ours
    with pytest.raises(ParameterError):
        open_graph(base="graph.example.org")


def test_values_are_bound_as_terms(kg: KnowledgeGraph) -> None:
    """If it failed: a value with a quote in it would be SPARQL."""
    text = "SELECT ?author ?name { ?author a foaf:Person ; foaf:name ?name }"
    (row,) = kg.query(text, name="Xingtai Lv").rows()
    assert row == {"author": "http://localhost:8000/author/xingtai-lv", "name": "Xingtai Lv"}
    assert kg.query(text, name='} UNION { ?s ?p "').rows() == []
    assert kg.query(text, author=row["author"]).rows() == [row], "an IRI out of an answer is an IRI"
    assert kg.query(text, author=NamedNode(str(row["author"]))).rows() == [row]
    assert list(kg.query(text, name="Xingtai Lv")) == [row]


def test_an_answer_that_is_cut_says_so(kg: KnowledgeGraph) -> None:
    """If it failed: the first rows would pass for all."""
    answer = kg.query("SELECT ?a { ?a a foaf:Person }", at_most=5)
    assert (len(answer.rows()), answer.truncated) == (5, True)
    assert not kg.query("SELECT ?a { ?a a foaf:Person }", at_most=25).truncated


def test_the_data_cannot_be_changed_by_a_query(kg: KnowledgeGraph) -> None:
    """If it failed: a question could destroy the graph, or reach out."""
    before = dump(kg.store)
    for text in (
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
    ):
        with pytest.raises(CollegiumError):
            kg.query(text).rows()
    with pytest.raises(QueryRefused):
        kg.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert dump(kg.store) == before


def test_named_queries_take_names_ids_and_iris(kg: KnowledgeGraph) -> None:
    """If it failed: a user would have to know the IRI."""
    by_name = kg.named("author_coauthors", {"author": "xingtai LV"}).rows()
    assert by_name == kg.named("author_coauthors", {"author": "xingtai-lv"}).rows()
    assert (
        by_name == kg.named("author_coauthors", {"author": "http://localhost:8000/author/xingtai-lv"}).rows()
    )
    assert len(by_name) == 24
    with pytest.raises(UnknownName, match="author_coauthors"):
        kg.named("author_coauthor")


@pytest.mark.filterwarnings(
    "ignore:Dataset.default_context:DeprecationWarning"
)  # oxrdflib asks rdflib in the old way
def test_the_dataset_is_an_rdflib_dataset_of_the_same_statements(kg: KnowledgeGraph) -> None:
    """If it failed: the world of rdflib would be closed to our users."""
    dataset = kg.dataset
    assert isinstance(dataset, Dataset)
    assert len(set(dataset.quads())) == len(dump(kg.store))
    assert (None, FOAF_NAME, Literal("Xingtai Lv")) in dataset
    rows = dataset.query(
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT ?n { ?a a foaf:Person ; foaf:name ?n } ORDER BY ?n"
    )
    names = [str(row[0]) for row in rows]  # type: ignore[index]
    assert len(names) == 25
    assert names == [
        r["n"] for r in kg.query("SELECT ?n { ?a a foaf:Person ; foaf:name ?n } ORDER BY ?n").rows()
    ]


def test_the_network_is_a_networkx_graph_of_ones_own(kg: KnowledgeGraph) -> None:
    """If it failed: a user's change would change what everybody sees."""
    graph = kg.network()
    assert isinstance(graph, networkx.Graph)
    node = graph.nodes[kg.find("author", "Xingtai Lv")]
    assert (node["name"], node["id"], node["kind"], node["papers"]) == (
        "Xingtai Lv",
        "xingtai-lv",
        "author",
        17,
    )
    assert all(data["distance"] == pytest.approx(1 / data["weight"]) for _, _, data in graph.edges(data=True))
    graph.clear()
    assert kg.network().number_of_nodes() == 25


def test_filters_are_those_of_the_other_faces(kg: KnowledgeGraph) -> None:
    """If it failed: Python would count other papers than HTTP."""
    assert kg.network(complete_only=True).number_of_nodes() == 0
    shown = kg.network(shown_only=True)
    assert shown.number_of_edges() == 41
    assert kg.network(from_year=2024, to_year=2024).number_of_edges() < 57
    with pytest.raises(TypeError):
        kg.network(form_year=2024)


def test_a_ranking_says_what_it_was_made_of(kg: KnowledgeGraph) -> None:
    """If it failed: a number could not be traced."""
    ranking = kg.centrality("betweenness")
    assert [(row.name, round(row.value or 0, 3)) for row in ranking.top(3)] == [
        ("Xingtai Lv", 0.75),
        ("Ning Ding", 0.058),
        ("Kaiyan Zhang", 0.055),
    ]
    assert ranking.facts["version"] == kg.version
    assert ranking.facts["at_least"] is True
    with pytest.raises(UnknownName, match="betweenness"):
        kg.centrality("betweeness")


def test_paths_and_communities_are_found(kg: KnowledgeGraph) -> None:
    """If it failed: two of the main questions would have no answer in Python."""
    path = kg.path("Li Sheng", "hengli-li")
    assert tuple(path.names) == ("Li Sheng", "Xingtai Lv", "Hengli Li")
    groups = kg.communities()
    assert sum(group.size for group in groups) == 25


def test_things_are_found_by_name_id_and_iri(seed_page: Path, tmp_path: Path) -> None:
    """If it failed: a question about a person would need their address, or be answered for another one."""
    graph = collegium.open()
    graph.load(put(tmp_path, "a.txt", page(entry(authors="Jean-Paul Li, Jean Paul Li, Ada Lovelace et al."))))
    for text in ("ada-lovelace", "Ada Lovelace", "ADA LOVELACE", "http://localhost:8000/author/ada-lovelace"):
        assert graph.find("author", text) == "http://localhost:8000/author/ada-lovelace"
    with pytest.raises(NotFound, match="no author 'Grace Hopper'"):
        graph.find("author", "Grace Hopper")
    for name in ("Jean-Paul Li", "Jean Paul Li"):
        try:
            assert graph.find("author", name)
        except AmbiguousName as error:
            assert len(error.candidates) == 2


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_graph_is_always_of_now(tmp_path: Path, on_disk: bool) -> None:
    """If it failed: numbers would be of a version that is gone."""
    graph = collegium.open(tmp_path / "store" if on_disk else None)
    first, second = (
        put(tmp_path, "a.txt", page(entry())),
        put(tmp_path, "b.txt", page(entry(title="B", authors="Ada Lovelace, Mary Somerville"))),
    )
    graph.load(first)
    assert (graph.version, graph.network().number_of_nodes()) == (1, 2)
    graph.load(second)
    assert (graph.version, graph.network().number_of_nodes(), graph.info().papers) == (2, 3, 2)
    assert len(graph.centrality("degree").rows) == 3
    assert graph.unload("b.txt") == 3
    assert (graph.network().number_of_nodes(), graph.info().papers) == (2, 1)
    assert graph.check().conforms


def test_another_process_s_commit_is_seen(tmp_path: Path) -> None:
    """If it failed: a service would have to be restarted after each load."""
    reader, writer = collegium.open(tmp_path / "store"), collegium.open(tmp_path / "store")
    assert reader.info().papers == 0
    writer.load(put(tmp_path, "a.txt", page(entry())))
    assert reader.info().papers == 1
    assert reader.network().number_of_nodes() == 2


def test_the_clock_is_given(tmp_path: Path) -> None:
    """If it failed: tests and figures would hang on the day they are made."""
    graph = KnowledgeGraph(Store.memory(), clock=lambda: datetime(2030, 1, 1, tzinfo=UTC))
    graph.load(put(tmp_path, "a.txt", page(entry())))
    assert graph.sources()[0].generated_at == "2030-01-01T00:00:00Z"


@pytest.mark.parametrize("draw", [lambda g: g.draw_network(), lambda g: g.draw_path("Li Sheng", "Hengli Li")])
def test_drawings_show_themselves_in_a_notebook(kg: KnowledgeGraph, draw: object) -> None:
    """If it failed: a notebook would print an address in memory."""
    html = draw(kg)._repr_html_()  # type: ignore[operator]
    assert "Xingtai Lv" in html


def test_the_typed_network_holds_things_of_all_kinds(kg: KnowledgeGraph) -> None:
    """If it failed: the network of papers, people, places and categories could not be had from Python."""
    graph = kg.typed_network()
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in ("paper", "author", "institution")} == {
        "paper": 17,
        "author": 25,
        "institution": 3,
    }
    assert sum(relation == "author" for *_, relation in graph.edges(data="relation")) == 62


def test_a_large_network_is_handed_out_as_rows(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a hundred thousand authors would take gigabytes as Python objects."""
    small, typed = kg.network(), kg.typed_network()
    for name in ("backend.graph", "typed_network"):
        monkeypatch.setattr(f"collegium.graph.{name}.MOST_FOR_NETWORKX", len(small) - 1)
    large, all_of_it = kg.network(), kg.typed_network()
    assert isinstance(large, CompactGraph) and isinstance(all_of_it, CompactGraph)
    assert list(large) == list(small) and large.number_of_edges() == small.number_of_edges()
    assert dict(all_of_it.degree) == dict(typed.degree)
