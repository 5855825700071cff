"""Weights by the byline and windows, the same over HTTP, on the command line, in SPARQL, on pages, from Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from commands import on, one_line
from networks import author, believed, written

# ann: 1/2 + 1/3 on the first, 1 on the second; first-last: 1/4 + 1/2, 1; the third is cut
PAPERS = (
    written("a", ["ann", "bob", "cat"], issued="2020"),
    written("b", ["bob", "ann"], issued="2021"),
    written("c", ["cat", "dan"], issued="2021", cut=True),
)
STRENGTH = {"harmonic": 1 / 2 + 1 / 3 + 1, "first-last": 1 / 4 + 1 / 2 + 1}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """Return three papers as a service. Prevents: the bundled page, whose lists are all cut, has no such weights."""
    return KnowledgeGraph(believed(*PAPERS))


@pytest.fixture(scope="module")
def web(graph: KnowledgeGraph, settings: Settings) -> FlaskClient:
    """Return a client of these papers. Prevents: see `graph`."""
    return create_app(settings, graph).test_client()


def first(rows: list[dict[str, Any]]) -> float:
    """Return the value of ann."""
    return next(float(row["value"]) for row in rows if row["id"] == "ann")


@pytest.mark.parametrize(("weight", "value"), STRENGTH.items())
def test_every_face_gives_the_weight(
    web: FlaskClient, graph: KnowledgeGraph, weight: str, value: float
) -> None:
    """If it failed: one weight would have two values in one service."""
    told: Any = web.get(f"/api/centrality/strength?weight={weight}").json
    assert first(told["results"]) == value
    assert (told["papers_without_byline"], told["at_least"], told["parameters"]["weight"]) == (
        1,
        True,
        weight,
    )
    assert graph.centrality("strength", weight=weight).values[author("ann")] == value
    query = f'SELECT ?v {{ BIND(ck:centrality(<{author("ann")}>, "strength", "{weight}") AS ?v) }}'
    answer: Any = web.get("/sparql", query_string={"query": query}).json
    assert float(answer["results"]["bindings"][0]["v"]["value"]) == value
    network: Any = web.get(f"/api/network?weight={weight}").json
    assert sum(edge["weight"] for edge in network["edges"]) == 2  # a paper counts 1 in all
    assert network["papers_without_byline"] == 1
    assert web.get(f"/api/communities?weight={weight}").status_code == 200
    page = web.get(f"/centrality?measure=strength&weight={weight}").get_data(as_text=True)
    assert "1 paper without a complete byline in known order makes no links" in page
    assert f'value="{weight}" selected' in page
    assert web.get(f"/network?weight={weight}&size=strength").status_code == 200


@pytest.mark.parametrize("measure", ["degree", "core_number", "papers", "first_author_share"])
def test_what_takes_no_weights_is_the_same_by_any(web: FlaskClient, measure: str) -> None:
    """If it failed: a degree would say that it knows no weights, and yet lack the links of papers without a byline."""
    plain, weighed = (web.get(f"/api/centrality/{measure}?weight={of}").json for of in ("none", "harmonic"))
    assert plain == weighed


def test_the_command_line_takes_the_weight(tmp_path: Path, seed_page: Path) -> None:
    """If it failed: the weights could be asked for over HTTP only."""
    run = on(tmp_path / "store")
    assert run("load", seed_page).exit_code == 0
    shown = run("centrality", "strength", "--weight", "harmonic", "--format", "json")
    assert {row["value"] for row in json.loads(shown.stdout)} == {0}
    assert "17 papers without a complete byline in known order make no links" in shown.stderr
    assert run("export", "gexf", "--weight", "first-last", "-o", tmp_path / "n.gexf").exit_code == 0
    for options in (("--weight", "harmonc"), ("--weight", "harmonic", "--projection", "coinstitutions")):
        one_line(run("centrality", "strength", *options), "weight", "fractional")


@pytest.mark.parametrize(
    ("query", "nodes", "edges"),
    [
        ("authors=ann,bob", 2, 1),
        ("authors=ann&authors=cat", 2, 1),
        ("min_weight=2", 4, 1),
        ("min_weight=1000000000", 4, 0),
        ("complete_only=true", 3, 3),
        ("from=2021", 4, 2),
        ("from=2021&to=2021&complete_only=true&min_weight=1&authors=ann,bob", 2, 1),
        ("from=1&to=9999", 4, 4),
    ],
)
def test_windows_choose_what_they_say(web: FlaskClient, query: str, nodes: int, edges: int) -> None:
    """If it failed: a window would count other papers than it names."""
    told: Any = web.get(f"/api/centrality/degree?{query}").json
    assert (told["nodes"], told["edges"]) == (nodes, edges)


def test_all_measures_of_one_question_see_the_same_links(web: FlaskClient) -> None:
    """If it failed: degree would count other links than strength says that the question has."""
    question = "weight=harmonic&min_weight=0.9"
    by_measure = [web.get(f"/api/centrality/{name}?{question}").json for name in ("strength", "degree")]
    edges = [told["edges"] for told in by_measure if told is not None]
    assert edges == [1, 1]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("weight=harmonic&projection=coinstitutions", 400),
        ("weight=Harmonic", 400),
        ("min_weight=-1", 400),
        ("min_weight=NaN", 400),
        ("min_weight=1_0", 400),
        ("min_weight=1e999", 400),
        ("from=2021&to=2020", 400),
        ("from=-5", 400),
        ("limit=1000000000", 400),
        ("limit=-1", 400),
        ("authors=", 400),
        ("authors=,,", 400),
        ("category=", 400),
        ("authors=nobody", 404),
        ("institution=nowhere", 404),
        ("projection=ties&from=2020", 400),
    ],
)
def test_what_cannot_be_meant_is_told(web: FlaskClient, query: str, status: int) -> None:
    """If it failed: a window that contradicts itself would be answered with a number."""
    for path in ("/api/centrality/degree", "/api/communities", "/api/network"):
        answer = web.get(f"{path}?{query}")
        assert answer.status_code == status and answer.json["detail"]
