"""The explorer in a real browser: what a click, a name, a bound and an address do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsers import MARKS, PHONE, Pages
from network_files import read_as
from saved_files import FORMS, read, saved

pytestmark = MARKS


def explored(open_page: Pages, address: str, tail: str = "", **options: Any) -> Any:
    """Return the explorer's page once it is drawn."""
    page = open_page(address, expected="GPU stall", **options)
    page.goto(f"{address}/network/explore{tail}")
    page.wait_for_function(
        "() => window.collegiumExplorer?.ready || document.querySelector('[data-state=failed]') !== null"
    )
    if page.locator("[data-state=failed]").count():
        pytest.skip("this chromium draws no WebGL: the fallback is tested elsewhere")
    return page


def test_a_name_is_found_and_told_of(open_page: Pages, address: str) -> None:
    """If it failed: nobody would find anybody in the picture."""
    page = explored(open_page, address)
    assert page.locator("#counts").inner_text() == "25 of 25 authors, 57 of 57 links shown."
    page.get_by_label("Find").fill("ning ding")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.get_by_role("heading", name="Ning Ding").count() == 1
    assert page.url.endswith("#id=ning-ding")
    panel.get_by_role("link", name="Ning Ding").first.click()
    page.wait_for_url(f"{address}/author/ning-ding")


def test_on_a_phone_the_picture_comes_first(open_page: Pages, address: str) -> None:
    """If it failed: whoever opens it would see a screen of fields, and scroll for the network."""
    page = explored(open_page, address, **PHONE)
    tops = [page.locator(name).bounding_box()["y"] for name in ("#figure", ".drawing-tools", ".drawing-side")]
    assert tops == sorted(tops) and tops[0] < page.viewport_size["height"] / 2


def test_what_says_nothing_of_a_network_is_not_asked(open_page: Pages, address: str) -> None:
    """If it failed: networks of papers or places would have ticks and links that are about authors."""
    tick, path = "Without links that only cut lists show", "Path between two authors"
    for projection, is_of_authors in (("coauthors", True), ("category-cooccurrence", False)):
        page = explored(open_page, address, f"?projection={projection}")
        assert page.get_by_role("link", name=path).count() == is_of_authors, projection
        if projection == "coauthors":
            assert page.get_by_label(tick).is_visible()


def test_a_line_tells_of_its_papers(open_page: Pages, address: str) -> None:
    """If it failed: a link would be a claim without proof."""
    page = explored(open_page, address)
    page.evaluate(
        """() => { const { model, act } = collegiumExplorer;
        const [a, b] = ["xingtai-lv", "ning-ding"].map(model.numberOf);
        act.selectLink(model.linksOf(a).find((link) => model.otherEnd(link, a) === b)); }"""
    )
    papers = page.locator("#panel .drawing-papers a")
    papers.first.wait_for()
    assert papers.count() == int(page.locator("#panel p").first.inner_text().split()[0])
    assert "/paper/" in papers.first.get_attribute("href")
    assert page.locator("#panel .explorer-facts dt").all_inner_texts() == ["Categories", "Institutions"]


def test_a_line_between_institutions_tells_of_its_papers_under_the_filters(
    open_page: Pages, address: str
) -> None:
    """If it failed: only co-authors would have proofs, or papers that the filter leaves out would be listed."""
    page = explored(open_page, address, "?projection=coinstitutions&from=2025")
    page.evaluate("collegiumExplorer.act.selectLink(0)")
    years = page.locator("#panel .drawing-papers .drawing-year")
    years.first.wait_for()
    assert years.count() == int(page.locator("#panel p").first.inner_text().split()[0])
    assert all(int(year) >= 2025 for year in years.all_inner_texts())


def test_the_address_brings_the_picture_back(open_page: Pages, address: str) -> None:
    """If it failed: a shared link would show something else."""
    page = explored(open_page, address)
    page.get_by_label("Joint papers ≥").first.fill("2")
    page.keyboard.press("Enter")
    page.locator("#only").select_option("linked")
    counts = page.locator("#counts").inner_text()
    assert counts != "25 of 25 authors, 57 of 57 links shown."
    page.get_by_label("Find").fill("Kaiyan Zhang")
    page.keyboard.press("Enter")
    page.get_by_label("Path to").fill("Ning Ding")
    page.keyboard.press("Enter")
    told = page.locator("#panel").inner_text()
    assert "between Kaiyan Zhang and Ning Ding" in told
    again = explored(open_page, address, page.url.partition("/network/explore")[2])
    assert again.locator("#counts").inner_text() == counts
    assert again.locator("#panel").inner_text() == told


def test_a_group_is_hidden_and_years_play(open_page: Pages, address: str) -> None:
    """If it failed: the legend and the slider would be ornaments."""
    page = explored(open_page, address)
    page.locator("#legend button").first.click()
    assert not page.locator("#counts").inner_text().startswith("25 of")
    page.locator("#legend button").first.click()
    page.get_by_label("to", exact=True).fill("2023")
    page.keyboard.press("Enter")
    before = page.locator("#counts").inner_text()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.getElementById('play').textContent === 'Play'", timeout=15_000)
    assert page.locator("#counts").inner_text() != before


def test_first_years_are_spans_of_about_as_many(open_page: Pages, address: str) -> None:
    """If it failed: nine late years would have colours, and all before them one grey."""
    page = explored(open_page, address)
    spans = """(years) => { const nodes = { id: years.map(String), from: years, to: years };
      const doc = { nodes, links: { counts: years.map(() => 0), steps: [], weight: [] }, names: {}, least: 1 };
      return collegiumExplorer.build(doc).grouping("year").groups.map(({ title, size }) => [title, size]); }"""
    found = page.evaluate(spans, [1846, *range(1960, 2020), *range(1990, 2020), 0])
    assert len(found) == 10 and found[-1] == ["year not known", 1]
    assert found[8][0].startswith("1846–") and found[0][0].endswith("–2019")
    assert all(8 <= size <= 14 for _, size in found[:9]) and sum(size for _, size in found) == 92
    assert page.evaluate(spans, [2001, 2003, 2003]) == [["2003", 2], ["2001", 1]]


def test_fields_and_buttons_stand_in_nobodys_way(open_page: Pages, address: str) -> None:
    """If it failed: an emptied year would say nothing of what is shown, or buttons would cover names."""
    page = explored(open_page, address)
    field = page.locator("#year-from")
    first = field.input_value()
    for text in ("2025", ""):
        field.fill(text)
        page.keyboard.press("Enter")
    assert field.input_value() == first
    buttons, picture = (page.locator(name).bounding_box() for name in (".drawing-zoom", "#picture"))
    assert buttons["y"] + buttons["height"] <= picture["y"] + 1


def test_where_no_path_is_shown_the_whole_network_is_asked(open_page: Pages, address: str) -> None:
    """If it failed: the advice would be words without a way."""
    page = explored(open_page, address, "#least=99&id=ning-ding&path=kaiyan-zhang")
    link = page.locator("#panel").get_by_role("link", name="path in the whole network")
    assert link.get_attribute("href") == "/network/path?from=ning-ding&to=kaiyan-zhang"


SHOWN = """() => { const { nodes, nodeOn, linkOn, from, to, size } = collegiumExplorer.model;
  const links = [...Array(size).keys()].filter((link) => linkOn[link]);
  const pair = (link) => [nodes.name[from[link]], nodes.name[to[link]]];
  return [nodes.name.filter((_, node) => nodeOn[node]), links.map(pair)]; }"""


@pytest.mark.parametrize("kind", ["narrowed", "hostile"])
def test_files_hold_what_is_shown(
    open_page: Pages, address: str, hostile_address: str, tmp_path: Path, kind: str
) -> None:
    """If it failed: another program would show more than the picture, or run a name as code."""
    page = explored(open_page, hostile_address if kind == "hostile" else address)
    if kind == "narrowed":
        page.locator("#least").fill("2")
        page.keyboard.press("Enter")
        page.locator("#only").select_option("component")
        back = read_as("vosviewer", saved(page, "VOSviewer JSON"))
        assert sorted(back.names) == sorted(page.evaluate(SHOWN)[0]) and not back.lost
    names, pairs = page.evaluate(SHOWN)
    links = {frozenset(pair) for pair in pairs}
    assert 0 < len(names) < 25
    for title in FORMS:
        found = read(title, saved(page, title))
        assert found.names == (sorted(names) if found.names else [])
        assert found.links == (links if found.links else set()) and (found.names or found.links)
    assert saved(page, "PNG, as you see it").startswith(b"\x89PNG")
    file = tmp_path / "network.html"
    file.write_bytes(saved(page, "One HTML file"))
    offline = open_page(file.as_uri(), expected="GPU stall", offline=True)
    offline.goto(file.as_uri())
    offline.wait_for_function("() => window.collegiumExplorer?.ready")
    assert offline.evaluate(SHOWN) == [names, pairs]
    status = offline.locator(".drawing-status").inner_text()  # says once what all of it is
    assert status.count("shown.") == (2 if kind == "narrowed" else 1), status
    offline.evaluate("collegiumExplorer.act.select(0)")
    assert offline.locator("#panel h2").count() == 1
    offline.evaluate("collegiumExplorer.act.selectLink(0)")
    assert offline.locator("#panel .drawing-papers li").count() > 0
    assert offline.evaluate("performance.getEntriesByType('resource').length") == 0
    assert offline.evaluate("collegiumExplorer.model.count") == len(names)


DRAWN = "() => collegiumDrawing.shown().nodes.map((node) => node.label)"


@pytest.mark.parametrize("kind", ["narrowed", "hostile"])
def test_a_drawing_is_saved_as_it_is_seen(
    open_page: Pages, address: str, hostile_address: str, tmp_path: Path, kind: str
) -> None:
    """If it failed: a file would hold those whom the reader left out, or run a name as code."""
    at = hostile_address if kind == "hostile" else address
    page = open_page(at)
    page.goto(f"{at}/network")
    page.wait_for_function("() => window.collegiumDrawing?.ready")
    if kind == "narrowed":
        page.locator("#least").fill("2")
        page.locator("#legend button").first.click()
    names, said = page.evaluate(DRAWN), page.locator("#counts").inner_text()
    file = tmp_path / "network.html"
    file.write_bytes(saved(page, "One HTML file"))
    offline = open_page(file.as_uri(), offline=True)
    offline.goto(file.as_uri())
    offline.wait_for_function("() => window.collegiumDrawing?.ready")
    assert sorted(offline.evaluate(DRAWN)) == sorted(names) and 0 < len(names) < 25
    assert offline.locator("#rows > li").count() == len(names)
    assert offline.locator("#counts").inner_text() == said
    offline.locator("#rows button").last.click()
    assert offline.locator("#panel h2").inner_text() in names


def test_authors_are_compared_in_the_picture(open_page: Pages, address: str) -> None:
    """If it failed: whom two share would have to be found by eye, or a shared link would lose them."""
    page = explored(open_page, address)
    for name in ("Ning Ding", "Kaiyan Zhang"):
        page.locator("#compare").fill(name)
        page.keyboard.press("Enter")
    assert page.locator("#compared tr").count() == 3
    told = page.locator("#compared").inner_text()
    assert "Ning Ding and Kaiyan Zhang: 2 joint papers, 2 shared neighbours" in told
    assert page.get_by_role("link", name="The whole comparison").get_attribute("href") == (
        "/compare?author=ning-ding&author=kaiyan-zhang"
    )
    again = explored(open_page, address, page.url.partition("/network/explore")[2])
    assert again.locator("#compared").inner_text() == told
    assert again.locator("#legend li").all_inner_texts()[2].split("\n") == ["shared by two or more", "2"]
    again.get_by_role("button", name="End the comparison").click()
    assert not again.locator("#compared").is_visible() and "compare" not in again.url


@pytest.mark.parametrize("options", [{}, PHONE, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_hostile_names_do_nothing(open_page: Pages, hostile_address: str, options: dict[str, Any]) -> None:
    """If it failed: an author's name would run as script, or the page would scroll sideways."""
    page = explored(open_page, hostile_address, **options)
    for node in range(8):
        page.evaluate("(node) => collegiumExplorer.act.select(node, { fly: true })", node)
        page.evaluate("(node) => collegiumExplorer.act.point(node)", node)
    for colour in ("institution", "category", "year"):
        page.locator("#colour").select_option(colour)
    page.evaluate("collegiumExplorer.act.selectLink(0)")
    page.locator("#panel .drawing-papers a").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert "<img src=x" in page.evaluate("collegiumExplorer.model.nodes.name.join()")


def test_without_webgl_it_says_what_to_do(open_page: Pages, address: str) -> None:
    """If it failed: an old machine would show an empty frame for ever."""
    page = open_page(address, expected="GPU stall")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{address}/network/explore")
    page.wait_for_selector("[data-state=failed]")
    assert "WebGL" in page.locator("#counts").inner_text()
    assert page.get_by_role("link", name="The strongest links").count() == 1


def test_it_waits_for_a_measure_that_is_being_computed(open_page: Pages, address: str) -> None:
    """If it failed: a picture sized by a dear measure would be an error until somebody loads it anew."""
    page = open_page(address, expected="GPU stall")
    asked = []

    def first_not_yet(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=202, json={"state": "running"}) if len(asked) == 1 else route.fallback()

    page.route("**/api/network/columns*", first_not_yet)
    page.goto(f"{address}/network/explore?size=betweenness")
    page.wait_for_function(
        "() => window.collegiumExplorer?.ready || document.querySelector('[data-state=failed]') !== null",
        timeout=20_000,
    )
    assert len(asked) == 2


def test_a_filter_that_leaves_nobody_is_said(open_page: Pages, address: str) -> None:
    """If it failed: nothing to draw would look like a failure."""
    page = open_page(address, expected="GPU stall")
    page.goto(f"{address}/network/explore?from=1901&to=1902")
    page.wait_for_selector("[data-state=failed]")
    assert "nothing to draw" in page.locator("#counts").inner_text()
