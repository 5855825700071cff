"""Figures of a network over HTTP, on the command line and in Python: one answer, and bad input told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.figures import FIGURES
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.service import KnowledgeGraph
from commands import on, one_line


def _told(client: FlaskClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/network/figures", query_string=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_the_answer_says_what_it_was_made_of(client: FlaskClient) -> None:
    """If it failed: a number could not be cited."""
    told = _told(client)
    assert [row["name"] for row in told["results"]] == list(FIGURES)
    assert (told["nodes"], told["edges"], told["at_least"], told["papers_seen"]) == (25, 57, True, 17)
    assert told["parameters"] == {
        "projection": "coauthors",
        "weight": "full",
        "where": {},
        "seed": 1,
        "degrees": [],
    }
    values = {row["name"]: row["value"] for row in told["results"]}
    assert (values["nodes"], values["edges"], values["density"], values["diameter"]) == (25, 57, 0.19, 2)
    for row in told["results"]:
        assert (row["value"] is None) == (row["reason"] is not None) == (row["exact"] is None)
        assert row["definition"] and row["source"].startswith("10.")


def test_http_python_and_the_command_line_give_one_answer(
    client: FlaskClient, service: KnowledgeGraph, tmp_path: Path, seed_page: Path
) -> None:
    """If it failed: one network would have two densities."""
    asked = {"from": 2024, "category": "cs"}
    told = _told(client, **asked)
    found = service.figures(from_year=2024, category="cs")
    assert [row["value"] for row in told["results"]] == [row.finding.value for row in found]
    run = on(tmp_path / "store")
    assert run("load", seed_page).exit_code == 0
    printed = json.loads(run("figures", "--from", "2024", "--category", "cs", "--format", "json").stdout)
    assert printed["results"] == told["results"] and printed["parameters"] == told["parameters"]


def test_filters_and_projection_choose_the_network(client: FlaskClient) -> None:
    """If it failed: figures of all papers would stand under a filter."""
    shown = _told(client, shown_only="true")
    assert (shown["nodes"], shown["edges"]) == (25, 41)
    places = _told(client, projection="coinstitutions", names="institution_assortativity")
    assert [row["reason"] for row in places["results"]] == ["the nodes are not authors"]
    heavy = _told(client, min_weight=2, names="edges,isolates")
    assert heavy["results"][0]["value"] < 57 and heavy["results"][1]["value"] > 0


def test_names_and_degrees_are_chosen(client: FlaskClient) -> None:
    """If it failed: one would wait for all figures to have one."""
    told = _told(client, names="Rich club,nodes", degrees="3,6")
    assert [row["name"] for row in told["results"]] == ["nodes", "rich_club"]
    assert [row[0] for row in told["results"][1]["facts"]["coefficients"]] == [3, 6]
    assert told["parameters"]["degrees"] == [3, 6]


def test_a_table_is_a_table(client: FlaskClient, tmp_path: Path, seed_page: Path) -> None:
    """If it failed: a spreadsheet would have no figures."""
    answer = client.get("/api/network/figures?format=csv")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert list(rows) == list(FIGURES)
    assert (rows["diameter"]["value"], rows["diameter"]["exact"], rows["degree_exponent"]["value"]) == (
        "2",
        "true",
        "",
    )
    assert json.loads(rows["giant_share"]["facts"])["component_nodes"] == 25
    run = on(tmp_path / "store")
    run("load", seed_page)
    printed = list(csv.DictReader(io.StringIO(run("figures", "diameter", "--format", "csv").stdout)))
    assert [(row["value"], json.loads(row["facts"])["walks"]) for row in printed] == [("2", 2)]
    shown = run("figures").output
    assert "Average path length" in shown and "found 25 nodes with links, expected at least 50" in shown
    assert "25 nodes, 57 links" in shown and "17 of 17 author lists are cut" in shown
    assert set(FIGURES) <= set(run("figures", "--list").output.split())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"names": "diametre"}, "did you mean 'diameter'"),
        ({"projection": "coauthor"}, "one of"),
        ({"weight": "heavy"}, "one of"),
        ({"seed": "-1"}, "at least 0"),
        ({"seed": "99999999999"}, "at most"),
        ({"degrees": "two"}, "a whole number"),
        ({"degrees": "-3"}, "at least 0"),
        ({"min_weight": "nan"}, "a number"),
        ({"from": "2025", "to": "2020"}, "a year not after"),
        ({"projection": "ties", "from": "2020"}, "ties have no papers"),
        ({"limit": "3"}, "a parameter named"),
    ],
)
def test_bad_requests_are_told(client: FlaskClient, asked: dict[str, str], words: str) -> None:
    """If it failed: a slip would be answered with a number of something else."""
    answer = client.get("/api/network/figures", query_string=asked)
    assert answer.status_code == 400 and words in (answer.json or {})["detail"]


def test_nobody_is_not_found(client: FlaskClient) -> None:
    """If it failed: the network of nobody would be an empty one."""
    answer = client.get("/api/network/figures", query_string={"institution": "Nowhere"})
    assert answer.status_code == 404 and "Nowhere" in (answer.json or {})["detail"]


@pytest.mark.parametrize("projection", ["coauthors", "coinstitutions", "ties"])
def test_an_empty_store_has_reasons(tmp_path: Path, projection: str) -> None:
    """If it failed: the first thing that a newcomer asks would be an error."""
    client = create_app(Settings(store=tmp_path / "store"), KnowledgeGraph(Store.memory())).test_client()
    values = {
        row["name"]: (row["value"], row["reason"]) for row in _told(client, projection=projection)["results"]
    }
    assert values["nodes"] == (0, None) and values["diameter"] == (None, "the network has no nodes")


def test_bad_calls_of_the_command_are_one_line(tmp_path: Path, seed_page: Path) -> None:
    """If it failed: a traceback, or a number of another network."""
    run = on(tmp_path / "store")
    one_line(run("figures"), "there is no store here")
    run("load", seed_page)
    one_line(run("figures", "diametre"), "did you mean 'diameter'")
    one_line(run("figures", "--weight", "heavy"), "weight", "full")
    one_line(run("figures", "--projection", "coauthor"), "did you mean 'coauthors'")
    one_line(run("figures", "--seed", "-1"), "--seed")
    one_line(run("figures", "--from", "2025", "--to", "2020"), "2025")
