"""From the page to the answer: the main job, through the faces a user has, against the hand-checked content."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner

import collegium
from collegium.server.cli import main
from collegium.server.service import KnowledgeGraph
from pages import TODAY


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> dict[str, Any]:
    """Return the hand-checked content of the true page. Prevents: each test opens the file anew."""
    content: dict[str, Any] = json.loads((shared_data / "seed" / "seed_truth.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def kg(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return a store on disk of the true page. Prevents: tests that pass on the bundled page only."""
    graph = collegium.open(tmp_path_factory.mktemp("true") / "store")
    graph.load(shared_data / "seed" / "xingtai-lv.txt", source_date=TODAY)
    return graph


def table(kg: KnowledgeGraph, text: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as text, by way of CSV, as a user's program would."""
    import csv
    import io

    answer = kg.query(text).serialize("csv").decode()
    return [tuple(row) for row in csv.reader(io.StringIO(answer))][1:]


def test_each_paper_of_the_page_is_found_by_sparql(kg: KnowledgeGraph, truth: dict[str, Any]) -> None:
    """If it failed: the graph would not say what the page says."""
    rows = table(
        kg,
        "SELECT ?title ?as_given ?date ?partial ?code ?notation ?cut ?first { ?p a soa:Work ; dcterms:title ?title ; "
        "ck:dateAsGiven ?as_given ; ck:hasCode ?code ; ck:authorListTruncated ?cut ; "
        "fabio:hasPrimarySubjectTerm/skos:notation ?notation . OPTIONAL { ?p dcterms:issued ?date } "
        "OPTIONAL { ?p ck:issuedPartial ?partial } GRAPH ?g { ?r ck:describes ?p ; ck:firstLine ?first } }",
    )
    expected = {
        (
            p["title"],
            p["date_text"],
            p["date"] or "",
            p["date_partial"] or "",
            str(p["has_code"]).lower(),
            p["category_arxiv"],
            "true",
            str(p["line"]),
        )
        for p in truth["papers"]
    }
    assert set(rows) == expected
    assert len(rows) == 17


def test_authors_stand_in_the_order_of_the_page(kg: KnowledgeGraph, truth: dict[str, Any]) -> None:
    """If it failed: first authors would be others."""
    rows = table(
        kg,
        "SELECT ?title ?position ?name { ?p dcterms:title ?title ; soa:hasAuthorship ?a . "
        "?a soa:hasAuthor/foaf:name ?name OPTIONAL { ?a soa:position ?position } }",
    )
    expected = Counter(
        (p["title"], str(at), name) for p in truth["papers"] for at, name in enumerate(p["shown_authors"], 1)
    )
    expected.update((p["title"], "", "Xingtai Lv") for p in truth["papers"] if not p["owner_shown"])
    assert Counter(rows) == expected


def test_institutions_and_links_belong_to_their_papers(kg: KnowledgeGraph, truth: dict[str, Any]) -> None:
    """If it failed: an institution would be given to papers, or people, that have none."""
    places = table(
        kg, "SELECT ?title ?i { ?p dcterms:title ?title ; schema:sourceOrganization/skos:prefLabel ?i }"
    )
    assert set(places) == {(p["title"], tag) for p in truth["papers"] for tag in p["institution_tags"]}
    links = table(kg, "SELECT ?title ?l { ?p dcterms:title ?title ; schema:codeRepository ?l }")
    assert set(links) == {(p["title"], link) for p in truth["papers"] for link in p["code_urls_in_abstract"]}


def test_reported_figures_are_claims_of_the_page(kg: KnowledgeGraph, truth: dict[str, Any]) -> None:
    """If it failed: 35 would be “repaired”, or be nobody's word."""
    rows = table(
        kg,
        "SELECT ?measure ?value ?text ?source ?when { "
        "?a foaf:name 'Xingtai Lv' ; bido:holdsBibliometricDataInTime ?m . "
        "?m bido:accordingTo/ck:fileName ?source ; prov:generatedAtTime ?when ; bido:withBibliometricData ?d . "
        "?d bido:hasMeasure ?measure ; bido:hasNumericValue ?value ; ck:valueAsGiven ?text }",
    )
    profile = truth["profile"]
    found = {row[0].rpartition("/")[2].rpartition("#")[2]: row[1:] for row in rows}
    rest = ("xingtai-lv.txt", "2026-11-23T00:00:00Z")
    assert found == {
        "h-index": ("35", "35", *rest),
        "paperCount": ("17", "17", *rest),
        "citationCount": (str(profile["citations"]), profile["citations_text"], *rest),
        "noveltyPercent": ("44", "44", *rest),
        "aiScore": ("60", "60", *rest),
    }


@pytest.mark.parametrize(
    ("shown_only", "key"), [(True, "graph_shown_only"), (False, "graph_shown_plus_owner")]
)
def test_the_network_is_the_one_worked_out_apart(
    kg: KnowledgeGraph, truth: dict[str, Any], shown_only: bool, key: str
) -> None:
    """If it failed: every number on the graph would be of another graph."""
    graph, true = kg.network(shown_only=shown_only), truth[key]
    names = networkx.get_node_attributes(graph, "name")
    sizes = sorted(map(len, networkx.connected_components(graph)), reverse=True)
    assert (len(graph), graph.number_of_edges(), sizes) == (
        true["authors"],
        true["edges"],
        true["components"],
    )
    assert {names[n]: d for n, d in graph.degree()} == true["degree"]
    assert {names[n]: d for n, d in graph.degree(weight="weight")} == true["strength"]
    assert {names[n]: data["papers"] for n, data in graph.nodes(data=True)} == true["papers_per_author"]


def test_the_command_line_gives_the_same_numbers(kg: KnowledgeGraph) -> None:
    """If it failed: two faces would tell two stories."""
    environment = {"COLLEGIUM_STORE": str(kg.store.path)}
    result = CliRunner(env=environment).invoke(main, ["centrality", "betweenness", "--format", "json"])
    rows = json.loads(result.stdout)
    ranking = kg.centrality("betweenness")
    assert [(r["name"], r["rank"]) for r in rows] == [(r.name, r.rank) for r in ranking.rows]
    assert [r["value"] for r in rows] == pytest.approx([r.value for r in ranking.rows])
    assert [round(r["value"], 3) for r in rows[:3]] == [0.75, 0.058, 0.055]


def test_three_pages_of_one_site_live_together(shared_data: Path, tmp_path: Path) -> None:
    """If it failed: the second page of a user would break the first."""
    kg = collegium.open(tmp_path / "store")
    report = kg.load(shared_data / "seed", source_date=TODAY)
    assert len(report.files) == 3
    assert [Path(p).name for p in report.skipped] == ["seed_truth.json"]
    assert report.exit_code == 1, "two of the pages announce more papers than they hold"
    assert (kg.info().papers, kg.info().sources) == (21, 3)
    assert kg.check().conforms
    kg.unload("scholarfeed_115062.txt")
    kg.unload("scholarfeed_382730.txt")
    alone = collegium.open()
    alone.load(shared_data / "seed" / "xingtai-lv.txt", source_date=TODAY)
    assert set(kg.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize("nt").splitlines()) == set(
        alone.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize("nt").splitlines()
    )


def test_the_bundled_page_makes_the_network_of_the_true_one(kg: KnowledgeGraph, seed_page: Path) -> None:
    """If it failed: the first graph a newcomer sees would not be that of the page."""
    seed = collegium.open()
    seed.load(seed_page, source_date=TODAY)
    assert networkx.utils.graphs_equal(_bare(seed.network()), _bare(kg.network()))


def _bare(graph: networkx.Graph) -> networkx.Graph:
    bare = networkx.Graph()
    bare.add_nodes_from(graph)
    bare.add_weighted_edges_from((a, b, data["weight"]) for a, b, data in graph.edges(data=True))
    return bare
