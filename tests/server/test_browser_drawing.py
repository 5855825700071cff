"""Drawings in a real browser, under the strict policy and with the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from browsers import MARKS
from drawing_pages import READY, Watched, drawings, serving
from pictures_to_draw import HOSTILE, who
from saved_files import FORMS, read, saved

pytestmark = MARKS


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Prevents: a test passes because a page was opened as a file, without the policy of the service."""
    with serving() as place:
        yield place


@pytest.fixture
def watch(browser: Any, address: str) -> Iterator[Callable[..., Watched]]:
    """Prevents: a console error, a dialog or an outside request goes unseen because a test did not look."""
    opened: list[Watched] = []

    def watched(**options: Any) -> Watched:
        page = browser.new_context(**{"viewport": {"width": 1280, "height": 820}, **options}).new_page()
        found = Watched(page, address)
        page.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))

        def refuse(dialog: Any) -> None:
            found.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def guard(route: Any) -> None:
            if route.request.url.startswith((address, "file:", "data:", "blob:")):
                route.continue_()
            else:
                found.complaints.append(f"outside: {route.request.url}")
                route.abort()

        page.on("dialog", refuse)
        page.route("**/*", guard)
        opened.append(found)
        return found

    yield watched
    for found in opened:
        found.page.context.close()
    assert [complaint for found in opened for complaint in found.complaints] == []


@pytest.mark.parametrize("name", ["network", "ego", "path", "hostile"])
def test_a_drawing_draws_under_the_strict_policy(watch: Callable[..., Watched], name: str) -> None:
    """If it failed: the policy would stop the picture, or the picture would reach outside."""
    seen = watch()
    seen.open(name)
    assert seen.page.evaluate("document.querySelectorAll('#picture canvas').length") == 1
    painted = "c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size"
    assert seen.page.eval_on_selector("#picture canvas", painted) > 20


def test_an_empty_drawing_says_so(watch: Callable[..., Watched]) -> None:
    """If it failed: an empty store would be a script error."""
    seen = watch()
    seen.open("empty")
    assert "nothing to draw" in seen.page.inner_text("main")


def test_a_click_on_an_author_opens_the_page(watch: Callable[..., Watched]) -> None:
    """If it failed: the picture would lead nowhere."""
    seen = watch()
    seen.open("network")
    seen.page.mouse.click(*seen.point_at(who("ann")))
    seen.page.wait_for_url("**/author/ann")


def test_hovering_shows_the_papers(watch: Callable[..., Watched]) -> None:
    """If it failed: one would have to leave the picture to see what a link stands for."""
    seen = watch()
    seen.open("network")
    seen.page.mouse.move(*seen.point_at(who("ann")))
    seen.page.wait_for_selector("#tip:not([hidden])")
    tip = seen.page.inner_text("#tip")
    assert "Ann" in tip and "Title of p1 2024" in tip and "2 links here" in tip


def test_a_click_on_a_link_lists_its_papers(watch: Callable[..., Watched]) -> None:
    """If it failed: nothing would prove that two authors wrote together."""
    seen = watch()
    seen.open("network")
    (x1, y1), (x2, y2) = seen.point_at(who("cy")), seen.point_at(who("dee"))
    seen.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    seen.page.wait_for_selector("#panel h2")
    assert seen.page.inner_text("#panel .drawing-papers") == "Title of p3 2024"
    assert seen.page.get_attribute("#panel .drawing-papers a", "href") == "/paper/p3"


def test_of_two_links_that_nearly_touch_the_thick_one_is_taken(watch: Callable[..., Watched]) -> None:
    """If it failed: beside an author, where links meet, a click on the strongest would list another's papers."""
    seen = watch()
    seen.open("network")
    (x1, y1), (x2, y2) = seen.point_at(who("hub")), seen.point_at(who("ann"))
    frame = seen.page.locator("#picture").bounding_box()
    near = seen.page.evaluate(
        """([x, y]) => {
          const { picture, model } = window.collegiumDrawing;
          const edge = model.edges[picture.edgeAt({ x, y })];
          return edge ? [model.nodes[edge.from].label, model.nodes[edge.to].label, edge.joint] : null;
        }""",
        [x1 + 0.5 * (x2 - x1) - frame["x"], y1 + 0.5 * (y2 - y1) - frame["y"] + 2],
    )
    assert sorted(near[:2]) == ["Ann", "Hub"] and near[2] == 2
    assert seen.page.evaluate("window.collegiumDrawing.picture.edgeAt({ x: 1, y: 1 })") is None


def test_a_finger_sees_first_and_opens_then(watch: Callable[..., Watched]) -> None:
    """If it failed: on a phone the papers could not be seen, or the page not be opened."""
    seen = watch(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    seen.open("network")
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 390
    seen.page.touchscreen.tap(*seen.point_at(who("ann")))
    seen.page.wait_for_selector("#panel h2")
    assert seen.page.inner_text("#panel h2") == "Ann"
    seen.page.wait_for_timeout(400)  # two taps at once would be a double tap
    seen.page.touchscreen.tap(*seen.point_at(who("ann")))
    seen.page.wait_for_url("**/author/ann")


def test_the_keyboard_reaches_everything(watch: Callable[..., Watched]) -> None:
    """If it failed: readers without a mouse would have no picture at all."""
    seen = watch()
    seen.open("network")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.closest('li').dataset.node") is not None
    seen.page.keyboard.press("Enter")
    assert seen.page.inner_text("#panel h2") == "Hub"
    seen.page.focus("#picture")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/author/hub")


def test_filters_say_what_they_leave_out(watch: Callable[..., Watched]) -> None:
    """If it failed: a filtered picture would pass for the whole."""
    seen = watch()
    seen.open("network")
    seen.page.fill("#least", "2")
    assert seen.page.inner_text("#counts") == (
        "2 of 7 authors, 1 of 9 links shown; left out by choice: links of fewer than 2 joint papers."
    )
    assert seen.page.locator("#rows > li:visible").count() == 2
    seen.page.fill("#least", "1")
    seen.page.click("#legend li:first-child button")
    assert "left out by choice: 1 group." in seen.page.inner_text("#counts")
    seen.page.click("#legend li:first-child button")
    assert seen.page.inner_text("#counts") == "7 authors, 9 links."
    assert "links can be missing" in seen.page.inner_text("#notes")


def test_find_flies_to_an_author(watch: Callable[..., Watched]) -> None:
    """If it failed: one author among hundreds could not be found."""
    seen = watch(reduced_motion="reduce")
    seen.open("network")
    seen.page.fill("#find", "dee")
    seen.page.press("#find", "Enter")
    assert seen.page.inner_text("#panel h2") == "Dee"
    x, y = seen.point_at(who("dee"))
    frame = seen.page.locator("#picture").bounding_box()
    assert abs(x - frame["x"] - frame["width"] / 2) < 3 and abs(y - frame["y"] - frame["height"] / 2) < 3
    seen.page.fill("#find", "nobody")
    seen.page.press("#find", "Enter")
    assert seen.page.inner_text("#counts") == "No author of that name is drawn."


def test_colour_size_and_theme_change_the_picture(watch: Callable[..., Watched]) -> None:
    """If it failed: a choice would have no effect."""
    seen = watch()
    seen.open("network")
    looks = "document.querySelector('#picture canvas').toDataURL()"
    before = seen.page.evaluate(looks)
    seen.page.select_option("#colour", label="Institution")
    assert seen.page.inner_text("#legend li:first-child .name") == "pku"
    seen.page.select_option("#size", label="Measure")
    seen.page.click("#theme")
    seen.page.wait_for_function(f"before => {looks} !== before", arg=before)
    assert seen.page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    seen.page.reload()
    seen.page.wait_for_function(READY)
    assert seen.page.get_attribute("#theme", "aria-pressed") == "true"


@pytest.mark.parametrize("name", ["network", "hostile"])
def test_the_picture_can_be_taken_along(watch: Callable[..., Watched], name: str) -> None:
    """If it failed: people would make screenshots, or other programs would show more than the picture."""
    seen = watch()
    seen.open(name)
    if name == "network":
        seen.page.fill("#least", "2")
    names, pairs = seen.page.evaluate(
        """() => { const { nodes, links } = collegiumDrawing.shown();
          const pair = ({ source, target }) => [nodes[source].label, nodes[target].label];
          return [nodes.map((node) => node.label), links.map(pair)]; }"""
    )
    assert len(names) == (2 if name == "network" else len(HOSTILE))
    for title in FORMS:
        found = read(title, saved(seen.page, title))
        assert found.names == (sorted(names) if found.names else [])
        assert found.links == ({frozenset(pair) for pair in pairs} if found.links else set())
    assert saved(seen.page, "PNG, as you see it").startswith(b"\x89PNG")


def test_hostile_names_are_shown_as_text(watch: Callable[..., Watched]) -> None:
    """If it failed: the name of an author would run as script in the reader's browser."""
    seen = watch()
    seen.open("hostile")
    for row in seen.page.locator("#rows > li button").all():
        row.click()
        assert seen.page.locator("#panel h2").inner_text()
    seen.page.select_option("#colour", label="Institution")
    for number in range(len(HOSTILE)):
        seen.page.mouse.move(*seen.point_at(who(f"h{number}")))
    rows = seen.page.locator("#rows .name").all_inner_texts()
    assert "<img src=x onerror=alert(1)>" in rows and "{{7*7}}{% raw %}" in rows
    assert seen.page.locator("main img, main script, main svg[onload]").count() == 0
    assert seen.page.inner_text("h1") == HOSTILE[1]


def test_the_file_works_offline(watch: Callable[..., Watched], tmp_path: Path) -> None:
    """If it failed: a saved picture would need our service, or a CDN."""
    for name in ("network", "hostile"):
        file = drawings()[name].save(tmp_path / f"{name}.html")
        seen = watch(offline=True)
        seen.open(file.as_uri())
        assert seen.page.evaluate("performance.getEntriesByType('resource').length") == 0
        seen.page.mouse.click(*seen.point_at(who("ann" if name == "network" else "h1")))
        assert seen.page.locator("#panel h2").count() == 1


def test_without_script_there_is_still_the_list(watch: Callable[..., Watched]) -> None:
    """If it failed: readers and robots without script would see nothing."""
    seen = watch(java_script_enabled=False)
    seen.page.goto(f"{seen.address}/d/network")
    assert seen.page.locator("#rows a").count() == 7
    assert "7 authors, 9 links." in seen.page.inner_text("main")
    assert not any(seen.page.locator(name).is_visible() for name in (".drawing-tools", ".drawing-zoom"))


@pytest.mark.parametrize("name", ["network", "ego", "path", "chain", "hostile"])
@pytest.mark.parametrize("width", [1280, 700, 390])
def test_no_name_runs_over_the_edge(watch: Callable[..., Watched], width: int, name: str) -> None:
    """If it failed: names at the rim would be cut, and read as others."""
    seen = watch(viewport={"width": width, "height": 820})
    seen.open(name)
    over = seen.page.evaluate(
        """() => { const { network } = collegiumDrawing, wide = network.body.container.clientWidth;
        const ends = [0, wide].map((x) => network.DOMtoCanvas({ x, y: 0 }).x);
        return network.body.data.nodes.getIds().map((id) => network.body.nodes[id])
          .map(({ shape }) => shape.boundingBox).filter((box) => box.left < ends[0] || box.right > ends[1]).length; }"""
    )
    assert over == 0


@pytest.mark.parametrize("name", ["path", "chain"])
@pytest.mark.parametrize("width", [1280, 700, 390])
def test_everyone_on_a_path_is_named(watch: Callable[..., Watched], width: int, name: str) -> None:
    """If it failed: the picture would not say whom it joins, or one name would lie on another."""
    seen = watch(viewport={"width": width, "height": 820})
    seen.open(name)
    seen.page.wait_for_timeout(200)
    boxes = seen.page.evaluate(
        """() => { const { network } = collegiumDrawing; return network.body.data.nodes.getIds().map((id) => {
          const { fontOptions, size } = network.body.nodes[id].labelModule;
          const [left, right, top] = [size.left, size.left + size.width, size.top + fontOptions.vadjust];
          return fontOptions.size > 0 && [left, right, top, top + size.height]; }); }"""
    )
    assert all(boxes)
    for (left, right, top, bottom), other in combinations(boxes, 2):
        assert right <= other[0] or left >= other[1] or bottom <= other[2] or top >= other[3]
