"""How firm a rank is, from outside: HTTP, command line and Python say the same, with what it was made of."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.service import KnowledgeGraph
from commands import on, one_line
from networks import add, written

PAPERS = (
    *(written(f"p{at}", ["hub", f"x{at}"]) for at in range(8)),
    written("q", ["x0", "x1"]),
    written("r", ["x2"], cut=True),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a store of ten papers. Prevents: an answer that hangs on the bundled page."""
    store = Store.open(tmp_path / "store", create=True)
    with store.write() as writer:
        add(writer.engine, *PAPERS)
        writer.changed = True
    return tmp_path / "store"


def get(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json or {}
    return found


def test_rows_have_intervals_and_say_how(client: FlaskClient) -> None:
    """If it failed: a rank would be told without how much it hangs on single papers, or by unsaid means."""
    plain = get(client, "/api/centrality/degree?limit=3")
    assert "firmness" not in plain and "rank_low" not in plain["results"][0]
    firm = get(client, "/api/centrality/degree?limit=3&firmness=50&seed=7")
    for one, other in zip(plain["results"], firm["results"], strict=True):
        assert {name: other[name] for name in one} == one
        assert 1 <= other["rank_low"] <= other["rank_high"] <= 25
    told = firm["firmness"]
    assert (told["draws"], told["seed"], told["by"], told["level"]) == (50, 7, "papers", 0.95)
    assert told["at_least"] is True and told["coverage"] == 0.0 and told["papers_drawn"] == 17
    assert "with replacement" in told["method"] and "lower in draws" in told["note"]


def test_pages_have_the_intervals_of_their_rows(client: FlaskClient) -> None:
    """If it failed: the second page would carry the intervals of the first."""
    whole = get(client, "/api/centrality/strength?firmness=30")["results"]
    assert get(client, "/api/centrality/strength?firmness=30&limit=4&offset=5")["results"] == whole[5:9]
    assert get(client, "/api/centrality/strength?firmness=30&offset=99")["results"] == []
    rows = list(
        csv.DictReader(io.StringIO(client.get("/api/centrality/strength?firmness=30&format=csv").text))
    )
    assert [int(row["rank_high"]) for row in rows] == [row["rank_high"] for row in whole]


def test_the_same_seed_gives_the_same_bytes(client: FlaskClient) -> None:
    """If it failed: an interval that was told could not be made again."""
    texts = [client.get(f"/api/centrality/degree?firmness=20&seed={seed}").text for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


def test_another_process_finds_them_on_the_shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: each worker would draw anew."""
    made = KnowledgeGraph(Store.open(folder)).firmness("degree", top=3, draws=20)
    monkeypatch.setattr("collegium.graph.firmness.firmness", lambda *_, **__: pytest.fail("drawn anew"))
    assert KnowledgeGraph(Store.open(folder)).firmness("degree", top=3, draws=20) == made


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("degree?firmness=0", 400, "firmness"),
        ("degree?firmness=1000000000", 400, "firmness"),
        ("degree?firmness=NaN", 400, "firmness"),
        ("degree?firmness_by=papers", 400, "firmness=200"),
        ("degree?seed=3", 400, "firmness=200"),
        ("betweenness?firmness=5&sample=3", 400, "no firmness beside it"),
        ("degree?firmness=5&slices=3y", 400, "no slices beside it"),
        ("betweenness?sample=3&slices=3y", 400, "no slices beside it"),
        ("degree?version=1&digest=9c2b7d61a84e350f&slices=3y", 400, "no slices beside it"),
        ("degree?firmness=5&firmness_by=coins", 400, "papers, lists"),
        ("degree?firmness=5&firmness_by=lists", 422, "complete"),
        ("degree?firmness=5&firmness_by=lists&shown_only=true", 400, "shown_only"),
        ("papers?firmness=5&firmness_by=lists&projection=coinstitutions", 400, "coinstitutions"),
        ("degree?firmness=5&projection=ties", 400, "papers name"),
        ("h_index?firmness=5", 400, "computed"),
    ],
)
def test_what_cannot_be_drawn_is_said(client: FlaskClient, query: str, status: int, said: str) -> None:
    """If it failed: a wrong question would end as an accident, or as an interval."""
    answer = client.get(f"/api/centrality/{query}")
    assert answer.status_code == status, answer.text
    assert said in json.dumps(answer.json)


def test_what_would_take_too_long_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: one request would hold a processor for an hour."""
    monkeypatch.setattr("collegium.graph.firmness._MOST_S", 0.001)
    answer = client.get("/api/centrality/closeness?firmness=1999")
    assert answer.status_code == 422 and "draws at most" in (answer.json or {})["detail"]


def test_the_command_shows_ranks_with_their_ends(folder: Path) -> None:
    """If it failed: the terminal would show a rank as if it stood firm."""
    run = on(folder)
    shown = run("centrality", "degree", "--top", "1", "--firmness", "100")
    assert shown.exit_code == 0 and "1 (1–1)" in shown.output
    assert "95 % intervals of 100 draws, papers drawn anew, seed 1, coverage 90%" in shown.output
    by_lists = run("centrality", "degree", "--top", "1", "--firmness", "9", "--firmness-by", "lists")
    assert "cut lists filled in" in by_lists.output
    rows = json.loads(
        run("centrality", "degree", "--firmness", "9", "--firmness-seed", "3", "--format", "json").stdout
    )
    expected, _ = KnowledgeGraph(Store.open(folder)).firmness("degree", top=99, draws=9, seed=3)
    assert [{name: row[name] for name in expected[0]} for row in rows] == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--firmness-by", "lists"), "--firmness 200"),
        (("--firmness-seed", "3"), "--firmness 200"),
        (("--firmness", "0"), "0"),
        (("--firmness", "99999"), "from 1 to 2000"),
        (("--firmness", "9", "--projection", "ties"), "papers name"),
        (("--firmness", "9", "--sample", "3"), "--sample"),
        (("--firmness", "9", "--slices", "3y"), "--slices"),
        (("--keep", "spring", "--slices", "3y"), "--slices"),
        (("--from", "0"), "from"),
        (("--firmness", "9", "--firmness-seed", "99999999999"), "seed"),
    ],
)
def test_wrong_calls_end_in_one_line(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """If it failed: a wrong call would end in a traceback."""
    one_line(on(folder)("centrality", "degree", *arguments), said)
