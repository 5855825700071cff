"""Slices of years over HTTP, on the command line, from Python, and as pictures."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from collegium.server.charts import Line, Panel, chart
from collegium.server.service import KnowledgeGraph
from collegium.server.sliced import label
from commands import on, one_line

_SVG = "{http://www.w3.org/2000/svg}"


def answer(client: FlaskClient, address: str) -> Any:
    """Return the JSON at an address that answers."""
    found = client.get(address)
    assert found.status_code == 200, found.json
    return found.json


def test_the_page_counted_by_hand(client: FlaskClient) -> None:
    """If it failed: the bundled page has 2, 8, 6 and 1 papers in 2023 to 2026, and 25 authors in all."""
    found = answer(client, "/api/network/series?slices=1y")
    rows = found["results"]
    assert [(row["from_year"], row["papers"]) for row in rows] == [(2023, 2), (2024, 8), (2025, 6), (2026, 1)]
    assert sum(row["new_authors"] for row in rows) == 25
    assert found["papers_seen"] == 17 and found["at_least"] is True and found["total"] == 4
    whole = answer(client, "/api/network/series?slices=2y&cumulative=true")["results"]
    assert [(row["from_year"], row["to_year"], row["papers"]) for row in whole] == [
        (2023, 2024, 10),
        (2023, 2026, 17),
    ]


def test_a_slice_of_a_ranking_is_the_ranking_of_its_years(client: FlaskClient) -> None:
    """If it failed: a series would show other numbers than the window that it names."""
    found = answer(client, "/api/centrality/betweenness?slices=2y&limit=25")
    assert [(of["from_year"], of["to_year"]) for of in found["slices"]] == [(2023, 2024), (2025, 2026)]
    for at, (first, last) in enumerate(((2023, 2024), (2025, 2026))):
        alone = answer(client, f"/api/centrality/betweenness?from={first}&to={last}&limit=25")
        known = {row["id"]: (row["value"], row["rank"]) for row in alone["results"]}
        assert found["slices"][at]["nodes"] == alone["nodes"]
        for row in found["results"]:
            of = row["slices"][at]
            assert (of["value"], of["rank"]) == known.get(row["id"], (None, None))
    cumulative = answer(client, "/api/centrality/betweenness?slices=2y&cumulative=true&limit=25")
    assert all(row["slices"][-1]["value"] == row["value"] for row in cumulative["results"])
    assert cumulative["parameters"]["slices"] == "2y" and cumulative["parameters"]["cumulative"] is True


def test_tables_have_a_column_for_each_slice(client: FlaskClient) -> None:
    """If it failed: a spreadsheet would hold text that looks like a list."""
    text = client.get("/api/centrality/degree?slices=2y&limit=3&format=csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0])[-4:] == ["value_2023_2024", "rank_2023_2024", "value_2025_2026", "rank_2025_2026"]
    assert (rows[0]["id"], rows[0]["value_2023_2024"], rows[0]["rank_2025_2026"]) == ("xingtai-lv", "17", "1")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("slices=0", "a number of years from 1 to 9999, like 3y"),
        ("slices=-1y", "a number of years"),
        ("slices=1000000000", "a number of years"),
        ("slices=nan", "a number of years"),
        ("slices=1y&slices=2y", "one value"),
        ("slices=1y&from=1", "expected at most 100"),
        ("slices=1y&from=2025&to=2023", "a year not after `to`, which is 2023"),
        ("slices=1y&min_weight=nan", "min_weight"),
        ("slices=1y&authors=", "leave it out to choose all"),
        ("slices=1y&authors=%20,", "values between the commas"),
        ("slices=1y&category=", "leave it out to choose all"),
        ("slices=1y&institution=%20", "leave it out to choose all"),
        ("cumulative=maybe", "true or false"),
    ],
)
@pytest.mark.parametrize("path", ["/api/network/series", "/api/centrality/degree"])
def test_bad_slices_and_empty_filters_are_told(client: FlaskClient, path: str, query: str, said: str) -> None:
    """If it failed: a wrong number would be answered, or everybody instead of nobody."""
    found = client.get(f"{path}?{query}")
    assert found.status_code == 400 and said in found.json["detail"]


def test_slices_need_years_and_pictures_need_slices(client: FlaskClient) -> None:
    """If it failed: a reported h-index would be shown as that of each year."""
    for address, said in (
        ("/api/centrality/h_index?slices=1y", "reported of authors, not of years"),
        ("/api/centrality/degree?projection=ties&slices=1y", "ties have no years"),
        ("/api/centrality/degree?format=svg", "slices to draw"),
        ("/api/centrality/degree?cumulative=true", "slices to add up"),
        ("/api/network/series?figures=nothing", "one of papers"),
    ):
        found = client.get(address)
        assert found.status_code == 400 and said in found.json["detail"]


@pytest.mark.parametrize(
    "address",
    ["/api/network/series?slices=1y&format=svg", "/api/centrality/strength?slices=1y&format=svg&limit=3"],
)
def test_a_picture_is_svg_that_says_what_it_shows(client: FlaskClient, address: str) -> None:
    """If it failed: a picture would carry script, or tell a screen reader nothing."""
    found = client.get(address)
    assert found.content_type == "image/svg+xml; charset=utf-8"
    assert "script-src" not in found.headers["Content-Security-Policy"]
    assert found.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    again = client.get(address)  # kept answers have the same policy
    assert again.headers["Content-Security-Policy"] == found.headers["Content-Security-Policy"]
    tree = ElementTree.fromstring(found.data)
    labelled = tree.attrib["aria-labelledby"].split()
    assert tree.attrib["role"] == "img" and [tree[0].attrib["id"], tree[1].attrib["id"]] == labelled
    assert tree[0].text and "slices of 1y" in (tree[1].text or "")
    assert not list(tree.iter(f"{_SVG}script")) and list(tree.iter(f"{_SVG}polyline"))


def test_the_page_shows_picture_table_and_data(client: FlaskClient) -> None:
    """If it failed: whoever cannot see the picture would have no figures."""
    page = client.get("/network/series?slices=2y").get_data(as_text=True)
    assert '<svg class="chart"' in page and "<style" not in page and "2023–2024" in page
    assert "/api/network/series?slices=2y&amp;format=svg" in page
    assert "17 of 17 author lists are cut" in page
    assert client.get("/network/series?slices=&category=&min_weight=").status_code == 200  # an empty form


@pytest.mark.parametrize("path", ["/network/series", "/centrality/series"])
def test_slices_fit_and_a_refusal_keeps_the_form(client: FlaskClient, path: str) -> None:
    """If it failed: the link to the page of an old literature would lead to an error with nothing to change."""
    page = client.get(f"{path}?from=1846").get_data(as_text=True)
    assert 'name="slices" value="5y"' in page and '<svg class="chart"' in page
    for query, said in (("slices=1y&from=1846", "wider ones: 1846 to"), ("slices=3m", "a number of years")):
        refused = client.get(f"{path}?{query}")
        text = refused.get_data(as_text=True)
        assert refused.status_code == 400 and said in text and 'role="alert"' in text
        assert (
            '<form class="filters"' in text and f'value="{query[7:9]}"' in text and "<svg class" not in text
        )


def test_the_page_of_a_measure_shows_picture_table_and_data(client: FlaskClient) -> None:
    """If it failed: the leaders of a slice could be read by programs only."""
    page = client.get("/centrality/series?measure=papers&slices=2y&limit=3").get_data(as_text=True)
    assert '<svg class="chart"' in page and "<style" not in page and 'title="Rank 1"' in page
    assert "/api/centrality/papers?slices=2y&amp;limit=3&amp;format=svg" in page
    assert 'href="/centrality/series?measure=papers"' in client.get("/centrality?measure=papers").get_data(
        as_text=True
    )
    assert client.get("/centrality/series?slices=1y&projection=ties").status_code == 400
    assert client.get("/centrality/series?measure=h_index").status_code == 400
    assert client.get("/centrality/series?measure=nothing").status_code in (400, 404)


def test_pages_of_nobody_and_of_hostile_names(empty: FlaskClient, hostile: FlaskClient) -> None:
    """If it failed: an empty store would have no page, or a name would be code in a picture."""
    for path in ("/network/series", "/centrality/series"):
        assert "No paper in the store has a year" in empty.get(path).get_data(as_text=True)
    assert ElementTree.fromstring(empty.get("/api/network/series?format=svg").data).tag == f"{_SVG}svg"
    found = hostile.get("/api/centrality/papers?slices=1y&format=svg")
    assert found.status_code == 200
    assert not list(ElementTree.fromstring(found.data).iter(f"{_SVG}script"))


def test_a_line_has_a_gap_where_there_is_no_value() -> None:
    """If it failed: who wrote nothing in a slice would be drawn as if their value went down slowly."""
    lines = (Line("<a&\x00b>", (1.0, None, 2.0, 4.0)),)
    tree = ElementTree.fromstring(chart("t", "d", list("wxyz"), [Panel("p", lines)], by_itself=True))
    points = [line.attrib["points"].split() for line in tree.iter(f"{_SVG}polyline")]
    assert [len(run) for run in points] == [2]
    assert [dot[0].text for dot in tree.iter(f"{_SVG}circle")] == [
        "<a&b>, w: 1",
        "<a&b>, y: 2",
        "<a&b>, z: 4",
    ]
    tops = [text.text for text in tree.iter(f"{_SVG}text")]
    assert {"0", "2.5", "5"} <= set(tops)  # the axis begins at 0 and ends at a round number


def test_a_tenth_line_is_not_taken_for_the_first() -> None:
    """If it failed: two lines of a picture of nine colours would look the same."""
    lines = tuple(Line(f"n{at}", (1.0, float(at))) for at in range(10))
    tree = ElementTree.fromstring(chart("t", "d", ["a", "b"], [Panel("p", lines)], by_itself=True))
    looks = [line.attrib["class"] for line in tree.iter(f"{_SVG}polyline")]
    assert len(set(looks)) == 10 and looks[9] == "chart-line hue-0 again"


@pytest.mark.parametrize("panels", [1, 2])
@pytest.mark.parametrize("of", [1, 5])
@pytest.mark.parametrize("count", [2, 7, 12, 37, 100])
def test_names_below_an_axis_do_not_touch(panels: int, of: int, count: int) -> None:
    """If it failed: two slices would read as one number."""
    labels = [label(1846 + of * at, 1845 + of * (at + 1)) for at in range(count)]
    panel = Panel("p", (Line("n", tuple(map(float, range(count)))),))
    tree = ElementTree.fromstring(chart("t", "d", labels, [panel] * panels, by_itself=True))
    group = next(tree.iter(f"{_SVG}g"))
    ends = []
    for text in group.iter(f"{_SVG}text"):
        if text.text in labels:
            x, wide = float(text.attrib["x"]), 6.5 * len(text.text)
            left = x - (wide if text.attrib["text-anchor"] == "end" else wide / 2)
            ends.append((left, left + wide))
    assert len(ends) >= 2 and all(one[1] + 4 < other[0] for one, other in pairwise(ends))


@pytest.mark.parametrize("values", [(), (0.0,), (None, None), (-2.0, 3.0), (1e-12, 2e-12), (1e15,)])
def test_any_values_can_be_drawn(values: tuple[float | None, ...]) -> None:
    """If it failed: a network without links, or one slice, would be an error."""
    drawn = chart(
        "t", "d", [str(at) for at in range(len(values))], [Panel("p", (Line("n", values),))], by_itself=True
    )
    assert "nan" not in drawn and "inf" not in drawn and ElementTree.fromstring(drawn).tag == f"{_SVG}svg"


def test_commands_and_python_give_the_numbers_of_the_api(
    tmp_path: Path, seed_page: Path, client: FlaskClient, service: KnowledgeGraph
) -> None:
    """If it failed: two faces would tell two stories."""
    run = on(tmp_path / "store")
    assert run("load", seed_page).exit_code == 0
    told = answer(client, "/api/network/series?slices=2y")["results"]
    made = run("series", "--slices", "2y", "--format", "json")
    assert [row["papers"] for row in json.loads(made.stdout)] == [row["papers"] for row in told] == [10, 7]
    assert "slices of 2y" in made.stderr
    assert [row["links"] for row in service.series("2y").to_dicts()] == [row["links"] for row in told]
    assert "2023–2024" in run("series", "--slices", "2").output
    ranked = run("centrality", "degree", "--slices", "2y", "--top", "2", "--format", "json")
    rows = answer(client, "/api/centrality/degree?slices=2y&limit=2")["results"]
    assert [row["slices"] for row in json.loads(ranked.stdout)] == [row["slices"] for row in rows]
    assert service.centrality_by_years("degree", "2y").rows(0, 2)[0]["slices"] == rows[0]["slices"]
    assert "2023–2026" in run("centrality", "degree", "--slices", "2y", "--cumulative").output
    one_line(run("centrality", "degree", "--cumulative"), "--slices 3y")
    one_line(run("series", "--slices", "2m"), "a number of years")
    one_line(run("series", "--from", "2025", "--to", "2023"), "not after to_year")
