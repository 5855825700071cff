"""Every kind of page and state, looked through by axe-core: what people who cannot see or point would stumble over."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from browsers import MARKS, PHONE, Pages

pytestmark = MARKS

# Pages and states: a page, nothing found, no such thing, a bad parameter.
PATHS = (
    "/",
    "/author/xingtai-lv",
    "/paper/sparse-low-rank-adaptation-of-pre-trained-7f98a204",
    "/institution/tsinghua",
    "/category/cs.CL",
    "/authors",
    "/sources",
    "/search?q=model",
    "/search?q=nothinghere",
    "/centrality?measure=degree",
    "/centrality/series?measure=degree",
    "/measures",
    "/network",
    "/network/explore",
    "/network/ego/ning-ding",
    "/network/series",
    "/compare?author=xingtai-lv&author=ning-ding",
    "/compare?institution=tsinghua&institution=pku",
    "/query",
    "/queries/author_papers",
    "/quality",
    "/identity",
    "/api/docs",
    "/author/nobody",
    "/centrality?from=never",
)
# What bears colours of its own. Contrast takes axe most of its time, so it is not asked of pages made of the same.
COLOURED = {"/", "/author/xingtai-lv", "/centrality?measure=degree", "/network", "/query", "/author/nobody"}
_FAULTS = """only => axe.run(document, {
  resultTypes: ['violations'], ...(only.length ? {runOnly: only} : {rules: {'color-contrast': {enabled: false}}})
}).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 200)}`)))"""
# What light and a wide window can change of what a phone in the dark has shown.
_OF_LOOKS = ["color-contrast", "scrollable-region-focusable", "link-in-text-block"]


def test_axe_finds_nothing(open_page: Pages, address: str) -> None:
    """If it failed: a page would have a fault that axe-core knows, on a phone in the dark or on a desk in the light."""
    pytest.importorskip("axe_playwright_python", reason="axe is not installed: make .venv/.dev")
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text()
    # A colour on its way from one look to the other has the contrast of neither.
    options = {"color_scheme": "dark", "reduced_motion": "reduce", **PHONE}
    plain = open_page(address, expected="Failed to load resource", **options)
    drawn = open_page(address, expected="GPU stall", **options)
    faults: list[str] = []

    def look(page: Any, path: str, only: list[str]) -> None:
        found: Any = page.evaluate(_FAULTS, only)
        faults.extend(f"{path}: {fault}" for fault in found)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{path}: wider than the window")

    for path in PATHS:
        page = drawn if path == "/network/explore" else plain
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        page.goto(f"{address}{path}", wait_until="load")
        page.evaluate(axe)
        look(page, path, [])
        if path not in COLOURED:
            continue
        look(page, path, _OF_LOOKS)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        look(page, f"{path}, wide and light", _OF_LOOKS)
    assert faults == []
