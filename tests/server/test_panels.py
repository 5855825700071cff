"""Panels of pages: pictures, words and tables of named queries, on data made to trip them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from collegium.graph.store import Store
from collegium.server.app import create_app
from collegium.server.author_panels import author_panels
from collegium.server.charts import Line
from collegium.server.config import Settings
from collegium.server.directory import Ref, directory_of
from collegium.server.editions import Edition
from collegium.server.panels import most_told, years_between
from collegium.server.place_comparison import compared_place, shared_by_places
from collegium.server.place_panels import citation_panels, place_panels, worked_at
from collegium.server.plots import columns_plot, points_plot, spans_plot
from collegium.server.service import KnowledgeGraph
from page_check import Page, page, shown

SMALL = Path(__file__).parents[1] / "queries" / "data" / "small.trig"


@pytest.fixture(scope="module")
def small() -> KnowledgeGraph:
    """Return the hand-made data. Prevents: pages that are right only where a source says little."""
    store = Store.memory()
    with store.write() as writer:
        writer.engine.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
        writer.changed = True
    return KnowledgeGraph(store)


@pytest.fixture(scope="module")
def found(small: KnowledgeGraph) -> Edition:
    """Return its newest version. Prevents: one asked before the load."""
    return small.edition()


@pytest.fixture
def other_client(small: KnowledgeGraph, settings: Settings) -> FlaskClient:
    """Return a client of that data. Prevents: whose an institution is, and citations, are never on a page."""
    return create_app(settings, small).test_client()


def test_the_panels_of_an_author(found: Edition) -> None:
    """If it failed: years, places or institutions would be told otherwise than their queries have them."""
    panels = {panel.name: panel for panel in author_panels(found, "bo-b", "Bo B")}
    assert panels["by-year"].rows == (("none", 1, 1), ("2022", 1, 2), ("2023", 2, 4), ("2024", 1, 2))
    assert panels["by-year"].told == (
        "4 papers from 2022 to 2024, most in 2023: 2. Most co-authors in 2023: 4. Papers without a printed year: 1."
    )
    assert panels["roles"].told.startswith("First on 3, in the middle on 1, place not known on 1.")
    institutions = panels["institutions-by-year"].rows
    assert [(row[0].name if isinstance(row[0], Ref) else "", *row[1:]) for row in institutions] == [
        ("uni a", "2023–2024", 2, 0),
        ("uni b", "2022–2023", 2, 0),
        ('uni "c"', "2022", 1, 0),
    ]
    ada = {panel.name: panel for panel in author_panels(found, "ada-author", "Ada Author")}
    assert ada["institutions-by-year"].rows[0][2:] == (2, 1) and "stated" in ada["institutions-by-year"].told
    assert all(ElementTree.fromstring(picture) for each in panels.values() for picture in each.pictures)


def test_the_panels_of_places_and_papers(found: Edition) -> None:
    """If it failed: people of another institution, or a paper that only shares an address, would be named."""
    people, partners = place_panels(found, "institution", "uni-a", "uni a", 2)[1:3]
    named = [(row[0].name if isinstance(row[0], Ref) else "", *row[1:]) for row in people.rows]
    assert named[:2] == [("Ada Author", 2, 1, "2023–2024"), ("BO B", 2, 0, "2023–2024")]
    assert [row[1:] for row in partners.rows] == [(1, "2023")]
    too_large = [panel.is_too_large for panel in place_panels(found, "institution", "uni-a", "", 30_000)]
    assert too_large == [True, True, False, False]
    (cites,) = citation_panels(found, "p3")
    assert (cites.told, len(cites.rows)) == ("2 of 4 are in the store.", 2)
    known = {iri.rpartition("/")[2]: places for iri, places in worked_at(found, "p3").items()}
    assert known["bo-b"] == ["uni a, room 3"] and isinstance(known["ada-author"][0], Ref)


LARGE = [
    ("category", "cs.CL", ["people", "neighbours"]),
    ("institution", "uni-a", ["partners", "categories"]),
]


@pytest.mark.parametrize(("kind", "identifier", "counted"), LARGE)
def test_places_of_very_many_papers_are_counted_alike(
    found: Edition, kind: str, identifier: str, counted: list[str]
) -> None:
    """If it failed: the panels of a large category would tell other numbers than its queries."""
    few, many = (
        {panel.name: panel for panel in place_panels(found, kind, identifier, "", papers)}
        for papers in (20, 30_000)
    )
    for name in counted:
        rows = ([tuple(map(str, row)) for row in held[name].rows] for held in (few, many))
        assert sorted(next(rows)) == sorted(next(rows))
        assert many[name].rows


def test_pages_show_panels_with_their_data(other_client: FlaskClient) -> None:
    """If it failed: a panel would stand without its table, or its query would answer something else."""
    for path in (
        "/author/bo-b",
        "/institution/uni-a",
        "/category/cs.CL",
        "/paper/p3",
        "/author/ida-alone",
    ):
        text = page(other_client, path)
        assert Page(text).faults() == []
        data = [link for link in Page(text).links if "/queries/" in link]
        assert data or path == "/author/ida-alone", path
        for link in data:
            assert other_client.get(link.replace("&amp;", "&")).status_code == 200
    assert "Stated" in shown(page(other_client, "/institution/uni-a"))
    assert "uni a, room 3" in shown(page(other_client, "/paper/p3"))


def test_the_panels_of_a_source(client: FlaskClient, service: KnowledgeGraph) -> None:
    """If it failed: a source would not say when its papers are of, or one undated paper would take all years away."""
    (source,) = service.sources()
    years, people = place_panels(service.edition(), "source", source.id, source.title, 17)
    assert years.rows[0][:2] == ("none", 1) and sum(int(str(row[1])) for row in years.rows) == 17
    assert people.rows[0][1:] == (17, "2023–2025")
    assert "Authors on its papers" in shown(page(client, f"/source/{source.id}"))


def test_institutions_side_by_side(found: Edition, other_client: FlaskClient, client: FlaskClient) -> None:
    """If it failed: two institutions would be given each other's papers, or no picture of their own."""
    directory = directory_of(found)
    a, b, c = (compared_place(directory, directory.number("institution", f"uni-{x}")) for x in "abc")
    assert (a.years, b.years, c.without_year) == ({2023: 1, 2024: 1}, {2022: 1, 2023: 1}, 0)
    shares = [(len(pair.papers), len(pair.authors)) for pair in shared_by_places(directory, [a, b, c])]
    assert shares == [(1, 4), (0, 2), (1, 3)]
    text = page(other_client, "/compare?institution=uni-a&institution=uni+b")
    assert Page(text).faults() == [] and "1 shared paper" in shown(text) and text.count("<svg class") == 2
    assert "No institution in the store is called “x”." in page(client, "/compare?institution=x", 404)
    assert "authors or institutions, not both" in page(client, "/compare?institution=x&author=y", 400)
    assert Page(page(client, "/compare?institution=")).faults() == []


def test_names_turn_no_line_around_them(other_client: FlaskClient) -> None:
    """If it failed: a name from right to left would put the numbers behind it on its other side."""
    for path in (
        "/author/bo-b",
        "/paper/p3",
        "/authors",
        "/centrality?measure=degree",
        "/compare?author=bo-b",
    ):
        text = page(other_client, path)
        assert "<bdi>Ada Author</bdi>" in text, path
    assert "<h1><bdi>Complete list</bdi></h1>" in page(other_client, "/paper/p3")


def test_an_empty_store_is_told_as_such(settings: Settings) -> None:
    """If it failed: somebody who has loaded nothing would look for the filter that left nothing."""
    empty = create_app(settings, KnowledgeGraph(Store.memory())).test_client()
    for path in ("/centrality", "/centrality/series", "/network/series", "/authors", "/sources"):
        text = shown(page(empty, path))
        assert "collegium load PATH brings papers in" in text and "Without filters" not in text, path
    assert "Search in everything" in page(empty, "/authors?q=x")


def test_plots_bear_what_strangers_write() -> None:
    """If it failed: a name would be code, two years would be a picture of a million, or one value divide by nought."""
    bad = '</title><script>alert(1)</script>"\x00'
    pictures = (
        columns_plot("a", bad, bad, [bad], [Line(bad, (None,)), Line("z", (3.0,))], bad),
        columns_plot("b", "t", "d", [], [], "x"),
        spans_plot("c", bad, bad, [2020], [(bad, {2020: 1})]),
        points_plot("d", bad, bad, [(1.0, 1.0), (0.0, 3.0), (1e-9, 12.0)], bad),
    )
    for picture in pictures:
        assert ElementTree.fromstring(picture).findall(".//script") == []
    assert years_between([{"year": 1}, {"year": 2024}, {"year": None}]) == [1, 2024]
    assert years_between([{"year": 1869}, {"year": 2011}]) == list(
        range(1869, 2012)
    )  # each decade has its place
    assert most_told({1999: 1}, "papers") == "1 paper in 1999."
