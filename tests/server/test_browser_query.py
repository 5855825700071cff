"""Running a query in a real browser: the answer in all its kinds, and what goes wrong on the way."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from browsers import MARKS, PHONE, Pages
from query_pages import NAME, answered, opened, run, stub

pytestmark = MARKS

BUSY = "status of 503"


def test_a_query_is_written_run_and_read(open_page: Pages, address: str) -> None:
    """If it failed: the main way: type, run with the keyboard, read the table."""
    page = opened(open_page, address)
    answered(page, NAME, "1 row")
    assert page.get_by_role("cell", name="Ning Ding").count() == 1
    assert page.get_by_role("columnheader").inner_text().split() == ["name", "text"]
    assert "store version 1" in page.locator("#answer-said").inner_text()
    page.get_by_label("SPARQL query").fill("ASK {}")
    page.get_by_role("button", name="Run").click()
    page.get_by_text("Yes", exact=True).wait_for()


def test_a_link_holds_the_query_and_runs_it(open_page: Pages, address: str) -> None:
    """If it failed: what is shared would not be what was asked."""
    page = opened(open_page, address, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("SPARQL query").fill(NAME)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url and parse_qs(urlsplit(link).query) == {"query": [NAME]}
    other = opened(open_page, address, link.removeprefix(address))
    other.get_by_role("cell", name="Ning Ding").wait_for()


def test_an_answer_can_be_sorted_paged_and_taken_along(open_page: Pages, address: str) -> None:
    """If it failed: the second page, the order of a column or a format would be missing."""
    page = opened(open_page, address)
    answered(page, "SELECT ?n ?t { ?s ck:firstLine ?n BIND(STR(?n) AS ?t) }", "0 rows")
    rows = " ".join(str(number) for number in range(250, 0, -1))
    answered(page, f"SELECT ?n {{ VALUES ?n {{ {rows} }} }}", "250 rows")
    cells = page.get_by_role("cell")
    assert cells.count() == 100 and cells.first.inner_text() == "250"
    page.get_by_role("button", name="n", exact=True).click()
    assert [cell.inner_text() for cell in cells.all()[:3]] == ["1", "2", "3"]
    assert page.get_by_role("columnheader").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    assert cells.count() == 50 and cells.last.inner_text() == "250"
    for name in ("JSON", "CSV", "TSV", "XML"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=name, exact=True).click()
        assert coming.value.suggested_filename == f"answer.{name.lower()}"
    answered(page, "CONSTRUCT WHERE { ?a foaf:name ?n }", "kB of Turtle")
    for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF/XML", "JSON-LD"):
        link = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert page.request.get(address + link).status == 200


def test_a_long_query_travels_in_the_body(open_page: Pages, address: str) -> None:
    """If it failed: the downloads of a long query would be links that servers refuse."""
    page = opened(open_page, address)
    answered(page, f"# {'x' * 9000}\n{NAME}", "1 row")
    with page.expect_request("**/sparql") as sent:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert sent.value.method == "POST" and "format=json" in (sent.value.post_data or "")


def test_hostile_values_are_text(open_page: Pages, hostile_address: str) -> None:
    """If it failed: a name in an answer could run script, or lead where it does not say."""
    page = opened(open_page, hostile_address)
    answered(
        page, "SELECT ?n ?code { ?p dcterms:title ?n ; schema:codeRepository ?code } ORDER BY ?n", "8 rows"
    )
    assert page.locator("#answer-body").locator("img, script, [onmouseover]").count() == 0
    assert page.get_by_text("<img src=x onerror=alert(1)>").count() == 1
    assert page.locator("#answer-body td a").count() == 0, "javascript: is no address to follow"
    own = "IRI(CONCAT('http://localhost:8000/', ?x))"
    answered(
        page,
        f"SELECT ?i {{ VALUES ?x {{ '/evil.example/' 'javascript:alert(1)' '../x' }} BIND({own} AS ?i) }}",
        "3 rows",
    )
    for link in page.locator("#answer-body td a").all():
        assert link.evaluate("link => link.origin") == hostile_address
    answered(page, "CONSTRUCT WHERE { ?a foaf:name ?n }", "kB of Turtle")
    answered(page, "SELECT ?p ?a { ?p dcterms:creator ?a }", "16 rows")
    page.get_by_role("link", name="Draw as a network").click()
    page.wait_for_selector("#picture canvas")


def test_values_say_what_they_are(open_page: Pages, address: str) -> None:
    """If it failed: a number, a text in a language and an address would look the same."""
    page = opened(open_page, address)
    mixed = "VALUES ?v { 'a'@en 'b' 3 true <https://example.org/x> foaf:name <author/ning-ding> }"
    answered(page, f"SELECT ?v {{ {mixed} }}", "7 rows")
    assert [cell.inner_text().split() for cell in page.get_by_role("cell").all()] == [
        ["a", "@en"],
        ["b"],
        ["3", "xsd:integer"],
        ["true", "xsd:boolean"],
        ["https://example.org/x"],
        ["foaf:name"],
        ["author/ning-ding"],
    ]
    outside = page.get_by_role("link", name="https://example.org/x")
    assert "noopener" in outside.get_attribute("rel")
    assert (
        page.get_by_role("link", name="author/ning-ding").get_attribute("href")
        == f"{address}/author/ning-ding"
    )


def test_a_graph_is_drawn(open_page: Pages, address: str) -> None:
    """If it failed: results that are graphs could be read only."""
    page = opened(open_page, address, "/query?example=author_network")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("link", name="Draw as a network").click()
    page.wait_for_selector("#picture canvas")
    assert "25 authors" in page.locator("#counts").inner_text()
    page.get_by_role("link", name="Back to the query").click()
    page.get_by_role("link", name="Draw as a network").wait_for()


def test_what_the_service_cannot_do_is_said(open_page: Pages, address: str) -> None:
    """If it failed: a time-out, a full service, a cut answer or a broken one would look like no answer."""
    page = opened(open_page, address, expected=BUSY)
    for slug, words in (("query-timeout", "Ask for less"), ("overloaded", "asked again in 7 seconds")):
        problem = {
            "type": f"/problems/{slug}",
            "title": "Not now",
            "status": 503,
            "detail": "it took too long",
        }
        stub(
            page,
            {
                "status": 503,
                "content_type": "application/problem+json",
                "headers": {"Retry-After": "7"},
                "body": json.dumps(problem),
            },
        )
        run(page, NAME)
        page.get_by_role("alert").filter(has_text=words).wait_for()
        assert page.get_by_role("button", name="Ask again").count() == 1
        page.unroute("**/sparql")
    page.get_by_role("button", name="Ask again").click()
    page.get_by_role("cell", name="Ning Ding").wait_for()
    rows = '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'
    kind = "application/sparql-results+json"
    stub(
        page,
        {"status": 200, "content_type": kind, "headers": {"X-Collegium-Truncated": "true"}, "body": rows},
    )
    answered(page, NAME, "1 row, cut by the service")
    stub(page, {"status": 200, "content_type": kind, "body": rows[:-9]})
    run(page, NAME)
    page.get_by_role("alert").filter(has_text="incomplete").wait_for()


def test_a_running_query_can_be_stopped(open_page: Pages, address: str) -> None:
    """If it failed: whoever asked too much would have to close the page."""
    page = opened(open_page, address)
    page.route("**/sparql", lambda route: None)  # never answers
    run(page, NAME)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("status").filter(has_text="Stopped after").wait_for()
    page.unroute("**/sparql")
    answered(page, NAME, "1 row")


@pytest.mark.parametrize("options", [{}, PHONE, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_an_answer_fits_the_page(open_page: Pages, address: str, options: dict[str, Any]) -> None:
    """If it failed: a long value or a wide table would make the page scroll sideways."""
    page = opened(open_page, address, **options)
    columns = " ".join(f"?c{number}" for number in range(20))
    values = " ".join(f"'{'x' * 600}'" for _ in range(20))
    answered(page, f"SELECT * {{ VALUES ({columns}) {{ ({values}) }} }}", "1 row")
    page.get_by_role("button", name="all 600 characters").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
