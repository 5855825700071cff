"""The query page in a browser, for the tests that write on it and for those that read its answers."""

from __future__ import annotations

from typing import Any

from browsers import Pages

NAME = "SELECT ?name { <author/ning-ding> foaf:name ?name }"


def opened(pages: Pages, address: str, path: str = "/query", **options: Any) -> Any:
    """Return the query page, its editor ready."""
    page = pages(address, **options)
    page.goto(address + path)
    page.get_by_label("SPARQL query").wait_for()
    return page


def text_of(page: Any) -> str:
    """Return what stands in the editor, as the form would send it."""
    return str(page.locator("#query").input_value())


def run(page: Any, query: str) -> None:
    """Write a query and run it."""
    page.get_by_label("SPARQL query").fill(query)
    page.keyboard.press("Control+Enter")


def answered(page: Any, query: str, said: str) -> None:
    """Run a query and wait for what is said of its answer."""
    run(page, query)
    page.get_by_role("status").filter(has_text=said).wait_for()


def stub(page: Any, answer: dict[str, Any]) -> None:
    """Let `/sparql` answer with that."""
    page.route("**/sparql", lambda route: route.fulfill(**answer))
