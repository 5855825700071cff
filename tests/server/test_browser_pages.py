"""The pages in a real browser, under our own policy, with everything outside out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsers import MARKS, PHONE, Pages

pytestmark = MARKS


def test_the_main_way(open_page: Pages, address: str) -> None:
    """If it failed: home, search, author, picture, a click on a node: the way that everybody goes."""
    page = open_page(address)
    page.goto(address)
    page.get_by_label("Find an author, paper, institution or category").fill("xingtai")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Xingtai Lv").first.click()
    assert page.url == f"{address}/author/xingtai-lv"
    page.get_by_role("link", name="Open the interactive picture", exact=True).click()
    page.wait_for_selector("#picture canvas")
    page.goto(f"{address}/network")
    page.wait_for_selector("#picture canvas")
    page.wait_for_function(
        "window.collegium !== undefined || document.querySelector('#rows button') !== null"
    )
    page.locator("#rows a").first.click()
    page.wait_for_url(f"{address}/author/*")


@pytest.mark.parametrize("options", [{}, PHONE, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_no_page_complains_or_overflows(open_page: Pages, address: str, options: dict[str, Any]) -> None:
    """If it failed: a page would scroll sideways, or show an error in the console."""
    page = open_page(address, **options)
    for path in (
        "/",
        "/author/xingtai-lv",
        "/institution/tsinghua",
        "/category/cs.CL",
        "/centrality",
        "/sources",
        "/about",
        "/quality",
        "/compare",
        "/compare?author=ning-ding&author=Xingtai+Lv&author=li-sheng",
        "/query",
        "/queries/author_coauthors",
        "/api/docs",
        "/ns",
        "/network",
        "/network/ego/ning-ding",
        "/network/path?from=ning-ding&to=li-sheng",
        "/network/series",
        "/centrality/series?measure=strength&slices=2y",
    ):
        assert page.goto(address + path).status == 200
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], path


def test_pages_work_without_script(browser: Any, address: str) -> None:
    """If it failed: the query page would need JavaScript to ask."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/query")
    page.get_by_label("SPARQL query").fill("SELECT ?name { <author/ning-ding> foaf:name ?name }")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="Ning Ding").wait_for()  # the answer is a stream
    context.close()


def test_the_theme_is_chosen_and_remembered(open_page: Pages, address: str) -> None:
    """If it failed: each page would flash back to the system's colours."""
    page = open_page(address, color_scheme="light")
    page.goto(address)
    page.get_by_role("button", name="Use dark colours").click()
    page.goto(f"{address}/about")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_keyboard_reaches_the_content_first(open_page: Pages, address: str) -> None:
    """If it failed: keyboard users would walk through the whole top of each page."""
    page = open_page(address)
    page.goto(f"{address}/author/xingtai-lv")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_api_page_tries_an_endpoint(open_page: Pages, address: str) -> None:
    """If it failed: the form would send empty parameters, or the variable of the address unfilled."""
    page = open_page(address)
    page.goto(f"{address}/api/docs#api_coauthors")
    section = page.locator("#api_coauthors")
    section.locator("summary").click()
    section.get_by_label("id").fill("ning-ding")
    section.get_by_role("button", name="Try it").click()
    page.wait_for_url(f"{address}/api/authors/ning-ding/coauthors*")
    assert "limit=" not in page.url


def test_hostile_names_do_nothing(open_page: Pages, hostile_address: str) -> None:
    """If it failed: a name would run, ask for an address, or break a page's width."""
    page = open_page(hostile_address)
    for path in (
        "/",
        "/authors",
        "/author/h0",
        "/author/h1",
        "/author/h7",
        "/paper/h1",
        "/source/h2",
        "/network",
    ):
        page.goto(hostile_address + path)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
    page.goto(f"{hostile_address}/network/ego/h1")
    page.wait_for_selector("#picture canvas")


def test_a_kept_picture_opens_without_the_service(open_page: Pages, address: str, tmp_path: Path) -> None:
    """If it failed: the saved file would be empty without our server."""
    import urllib.request

    file = tmp_path / "network.html"
    with urllib.request.urlopen(f"{address}/network?download=true") as answer:
        file.write_bytes(answer.read())
    page = open_page("file:")
    page.goto(file.as_uri())
    page.wait_for_selector("#picture canvas")


def test_a_search_suggests_while_somebody_types(open_page: Pages, address: str) -> None:
    """If it failed: a reader would have to spell a name to the end."""
    page = open_page(address)
    page.goto(address)
    field = page.get_by_label("Find an author, paper, institution or category")
    field.press_sequentially("ning di", delay=20)
    option = page.get_by_role("option", name="Ning Ding")
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    page.wait_for_url(f"{address}/author/ning-ding")
    page.get_by_label("Search authors").press_sequentially("reason", delay=20)
    page.get_by_role("option").first.click()
    page.wait_for_url(f"{address}/paper/*")


def test_suggestions_go_with_escape_and_a_form_still_searches(open_page: Pages, address: str) -> None:
    """If it failed: the list would stand in the way of what was typed."""
    page = open_page(address)
    page.goto(address)
    field = page.get_by_label("Find an author, paper, institution or category")
    field.press_sequentially("zhang", delay=20)
    page.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    field.press("Enter")
    page.wait_for_url(f"{address}/search?q=zhang")


def test_hostile_names_are_suggested_as_text(open_page: Pages, hostile_address: str) -> None:
    """If it failed: a name would run as script while somebody types."""
    page = open_page(hostile_address)
    page.goto(hostile_address)
    page.get_by_label("Find an author, paper, institution or category").press_sequentially("img", delay=20)
    page.get_by_role("option", name="<img src=x onerror=alert(1)>").first.wait_for()
