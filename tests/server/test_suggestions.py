"""Suggestions from outside: HTTP, command line and Python say the same, with what they were made of."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.graph.selection import Filter
from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.config import Settings
from collegium.server.openapi import SCHEMAS
from collegium.server.service import KnowledgeGraph
from collegium.server.suggesting import backtested, suggested
from commands import on, one_line
from networks import add, believed, written

PAPERS = (
    written("1", ["a", "b"], issued="2019", categories=["x"]),
    written("2", ["b", "c"], issued="2020", categories=["x"]),
    written("3", ["d", "e"], issued="2020"),
    written("4", ["a", "b", "c"], issued="2021"),
    written("5", ["c", "f"], issued="2021", cut=True),
)


@pytest.fixture
def kg() -> KnowledgeGraph:
    """Return five papers in memory. Prevents: an answer that hangs on the bundled page."""
    return KnowledgeGraph(believed(*PAPERS))


@pytest.fixture
def small(kg: KnowledgeGraph, settings: Settings) -> FlaskClient:
    """Return a client of them. Prevents: as above."""
    return create_app(settings, kg).test_client()


def test_http_and_python_say_the_same(kg: KnowledgeGraph, small: FlaskClient) -> None:
    """If it failed: two faces of one store would suggest different people."""
    told = small.get("/api/suggestions/a").json or {}
    assert told["results"] == kg.suggest("a").to_dicts()
    assert [row["id"] for row in told["results"]] == ["f"]
    assert told["results"][0]["common_coauthors"][0]["id"] == "c"
    assert told["author"]["id"] == "a" and told["at_least"] is True and told["coverage"] == 0.8
    assert told["parameters"]["damping"] == 0.85 and "percentiles" in told["method"]


def test_each_answer_carries_the_back_test(kg: KnowledgeGraph, small: FlaskClient) -> None:
    """If it failed: suggestions would look equally good whether they ever came true or not."""
    told = (small.get("/api/suggestions/a").json or {})["backtest"]
    whole = small.get("/api/suggestions/backtest").json or {}
    assert told["precision"] == whole["precision"] == kg.backtest()["precision"]
    assert told["parameters"]["until"] == 2020
    assert set(SCHEMAS["BackTest"]["required"]) <= set(whole)
    later = small.get("/api/suggestions/backtest?until=2019")
    assert later.status_code == 422 and "2019" in (later.json or {})["detail"]


def test_a_dear_back_test_is_not_made_in_passing(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: who asks for an author would wait for the whole back-test, or not be told that there is one."""
    monkeypatch.setattr("collegium.server.suggesting._CHEAP", 0)
    edition = kg.edition()
    author = edition.find("author", "a")
    where = kg.suggest("a").facts["backtest"]
    assert "--backtest" in where["reason"] and "precision" not in where
    made = backtested(edition)
    assert suggested(edition, author, Filter()).facts["backtest"]["precision"] == made["precision"]


def test_another_process_finds_the_back_test_on_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: each worker would make it anew."""
    store = Store.open(tmp_path / "store", create=True)
    with store.write() as writer:
        add(writer.engine, *PAPERS)
        writer.changed = True
    made = KnowledgeGraph(Store.open(tmp_path / "store")).backtest()
    monkeypatch.setattr("collegium.graph.backtest.backtest", lambda *_, **__: pytest.fail("made anew"))
    assert KnowledgeGraph(Store.open(tmp_path / "store")).backtest() == made


def test_pages_and_tables(client: FlaskClient) -> None:
    """If it failed: a page of the list, or a spreadsheet of it, would be another list."""
    whole = (client.get("/api/suggestions/li-sheng?limit=1000").json or {})["results"]
    part = client.get("/api/suggestions/li-sheng?limit=2&offset=3").json or {}
    assert part["results"] == whole[3:5] and part["total"] == len(whole) and part["truncated"] is True
    rows = list(csv.DictReader(io.StringIO(client.get("/api/suggestions/li-sheng?format=csv").text)))
    assert [row["id"] for row in rows] == [row["id"] for row in whole[:10]]
    assert rows[0]["common_coauthors"] == "; ".join(near["id"] for near in whole[0]["common_coauthors"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/suggestions/nobody", 404),
        ("/api/suggestions/li-sheng?limit=0", 400),
        ("/api/suggestions/li-sheng?limit=1000000000", 400),
        ("/api/suggestions/li-sheng?min_weight=2", 400),
        ("/api/suggestions/li-sheng?from=2025&to=2024", 400),
        ("/api/suggestions/li-sheng?to=1990", 404),
        ("/api/suggestions/li-sheng?category=none", 404),
        ("/api/suggestions/backtest?until=NaN", 400),
        ("/api/suggestions/backtest?until=1800", 422),
        ("/api/suggestions/backtest?sample=0", 400),
        ("/api/suggestions/backtest?seed=-1", 400),
    ],
)
def test_what_cannot_be_answered_is_said(client: FlaskClient, path: str, status: int) -> None:
    """If it failed: a wrong question would end as an accident, or as an answer."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.content_type.startswith("application/problem+json")
    assert (answer.json or {})["detail"]


def test_hostile_names_are_only_names(hostile_app: Flask) -> None:
    """If it failed: a name would end the text that it stands in."""
    hostile = hostile_app.test_client()
    for row in (hostile.get("/api/authors?limit=50").json or {})["results"]:
        answer = hostile.get(f"/api/suggestions/{row['id']}")
        assert answer.status_code == 200 and json.loads(answer.text)["author"]["name"] == row["name"]


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Return `collegium` on five papers. Prevents: a command that works on the bundled page only."""
    store = Store.open(tmp_path / "store", create=True)
    with store.write() as writer:
        add(writer.engine, *PAPERS)
        writer.changed = True
    return on(tmp_path / "store")


def test_the_command_prints_reasons(run: Any) -> None:
    """If it failed: the terminal would show names and no reason."""
    shown = run("suggest", "A")
    assert shown.exit_code == 0
    assert "1 common co-author (C)" in shown.output and "precision@10" in shown.output
    assert "author lists of theirs are cut" in shown.output
    rows = json.loads(run("suggest", "a", "--format", "json").stdout)
    assert rows[0]["id"] == "f"
    rows = list(csv.DictReader(io.StringIO(run("suggest", "a", "--format", "csv").stdout)))
    assert rows[0]["common_coauthors"] == "c"


def test_the_command_prints_the_back_test(run: Any) -> None:
    """If it failed: nobody could see whether suggestions come true."""
    rows = json.loads(run("suggest", "--backtest", "--until", "2020", "--format", "json").stdout)
    assert [row["score"] for row in rows][:1] == ["combined"]
    assert {row["precision_at_10"] for row in rows} == {0.1}
    assert "trained on 3 papers until 2020" in run("suggest", "--backtest").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "an author, or --backtest"),
        (("a", "--backtest"), "no author beside --backtest"),
        (("a", "--until", "2020"), "--backtest beside it"),
        (("a", "--sample", "5"), "--backtest beside it"),
        (("zed",), "no author 'zed'"),
        (("a", "--min-weight", "2"), "min_weight"),
        (("--backtest", "--until", "2030"), "take a year from 2019 to 2020"),
        (("--backtest", "--seed", "99999999999"), "seed"),
    ],
)
def test_wrong_calls_end_in_one_line(run: Any, arguments: tuple[str, ...], said: str) -> None:
    """If it failed: a wrong call would end in a traceback."""
    one_line(run("suggest", *arguments), said)
