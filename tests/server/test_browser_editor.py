"""Writing a query in a real browser: completion, prefixes, the mark of an error, examples, the last queries."""

from __future__ import annotations

from browsers import MARKS, Pages
from query_pages import NAME, answered, opened, run, text_of

pytestmark = MARKS

REFUSED = "status of 400"


def test_a_prefix_brings_its_declaration(open_page: Pages, address: str) -> None:
    """If it failed: a query written here would not run elsewhere, or undo would take half of it back."""
    page = opened(open_page, address)
    page.get_by_label("SPARQL query").fill("# names\nSELECT * { ?a  }")
    page.keyboard.press("Control+End")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("foaf:")
    page.get_by_role("option", name="foaf:name").wait_for()
    written = "# names\nPREFIX foaf: <http://xmlns.com/foaf/0.1/>\nSELECT * { ?a foaf: }"
    assert text_of(page) == written
    page.keyboard.type("na")
    page.wait_for_timeout(150)  # the editor takes no choice within 75 ms of showing it
    page.keyboard.press("Enter")
    page.keyboard.type(" ?n . ?b foaf:")
    assert text_of(page).count("PREFIX") == 1
    for _ in range(9):
        page.keyboard.press("Control+z")
    assert "PREFIX" not in text_of(page)


def test_classes_come_after_a_and_properties_elsewhere(open_page: Pages, address: str) -> None:
    """If it failed: the editor would offer what cannot stand there, in no order."""
    page = opened(open_page, address)
    page.get_by_label("SPARQL query").fill("SELECT * { ?x a")
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    offered = page.get_by_role("option")
    offered.first.wait_for()
    assert offered.first.locator(".cm-completionLabel").inner_text() == "soa:Authorship", (
        "the most used class"
    )
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    assert text_of(page) == "PREFIX soa: <https://semopenalex.org/ontology/>\nSELECT * { ?x a soa:Authorship"
    page.keyboard.type(" ; posi")
    page.get_by_role("option", name="soa:position").wait_for()
    page.keyboard.press("Escape")
    page.get_by_label("SPARQL query").fill("SELECT * { ?author ?p ?o } ORDER BY ?au")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Space")
    page.get_by_role("option", name="?author").wait_for()


def test_no_declaration_is_written_into_texts_and_addresses(open_page: Pages, address: str) -> None:
    """If it failed: a colon in a comment, text or address would change the query."""
    page = opened(open_page, address)
    for text in ("# foaf", 'ASK { ?s ?p "foaf', "ASK { ?s ?p <foaf", "PREFIX foaf"):
        page.get_by_label("SPARQL query").fill(text)
        page.keyboard.press("Control+End")
        page.keyboard.type(":")
        assert text_of(page) == f"{text}:"


def test_the_place_of_an_error_is_marked(open_page: Pages, address: str) -> None:
    """If it failed: a reader would have to count lines and columns."""
    page = opened(open_page, address, expected=REFUSED)
    run(page, 'ASK {\n  ?a foaf:name "😀" nonsense\n}')
    page.get_by_role("alert").filter(has_text="not understood").wait_for()
    assert page.locator(".cm-problem").inner_text() == "nonsense"
    page.get_by_role("button", name="Go to line 2, column 28").click()
    page.keyboard.press("Backspace")
    assert text_of(page).splitlines()[1] == '  ?a foaf:name "😀" nonsens'
    assert page.locator(".cm-problem").count() == 0, "a change takes the mark away"
    answered(page, NAME, "1 row")
    assert page.get_by_role("alert").count() == 0


def test_examples_are_found_and_come_into_the_editor(open_page: Pages, address: str) -> None:
    """If it failed: the catalogue would stand beside the editor and not help to write."""
    page = opened(open_page, address)
    before = text_of(page)
    page.get_by_label("Find an example").fill("strongest pairs")
    page.locator("#examples li:visible").nth(0).wait_for()
    assert page.locator("#examples li:visible").count() < 4
    page.locator("#examples li:visible a[data-example]").first.click()
    page.wait_for_function(
        "before => location.search.includes('example=') && document.getElementById('query').value !== before",
        arg=before,
    )
    assert "ORDER BY" in text_of(page)
    page.keyboard.press("Control+z")
    assert text_of(page) == before, "what was there comes back"


def test_the_last_queries_are_remembered_here(open_page: Pages, address: str) -> None:
    """If it failed: a query of yesterday would have to be written again; or broken memory would break the page."""
    page = opened(open_page, address)
    answered(page, NAME, "1 row")
    answered(page, "ASK { ?a ?b ?c }", "ms")
    page.evaluate("location.assign('/query')")
    page.get_by_text("Your last queries").click()
    kept = page.locator("#recent li button")
    assert [each.inner_text() for each in kept.all()] == ["ASK { ?a ?b ?c }", NAME]
    kept.nth(1).click()
    assert text_of(page) == NAME
    page.evaluate("localStorage.setItem('collegium.queries', '{broken')")
    page.reload()
    answered(page, NAME, "1 row")


def test_the_keyboard_leaves_the_editor(open_page: Pages, address: str) -> None:
    """If it failed: who has no mouse would be caught in the editor."""
    page = opened(open_page, address)
    page.get_by_label("SPARQL query").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("x")
    assert "x" in text_of(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.activeElement.classList.contains('editor')")


def test_the_page_works_without_the_editor(open_page: Pages, address: str) -> None:
    """If it failed: where the editor does not load, nothing could be asked."""
    page = open_page(address, expected="ERR_FAILED")
    page.route("**/vendor/codemirror.js*", lambda route: route.abort())
    page.goto(f"{address}/query")
    page.get_by_label("SPARQL query").fill(NAME)
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="Ning Ding").wait_for()
