"""The query page without a browser: what it shows, and that it runs nothing by itself."""

from __future__ import annotations

from flask.testing import FlaskClient

from page_check import Page, page


def test_an_answer_on_the_query_page(client: FlaskClient) -> None:
    """If it failed: the page would not work without script."""
    text = page(client, "/sparql?query=SELECT+?a+{?a+a+foaf:Person}+ORDER+BY+?a+LIMIT+1")
    assert '<a href="/author/bingxiang-he"><bdi>author/bingxiang-he</bdi></a>' in text
    assert 'data-start="answered"' in text, "what is answered already is not run again by the script"
    assert "not understood" in page(client, "/sparql?query=SELEKT")


def test_the_query_page_itself_runs_nothing(client: FlaskClient) -> None:
    """If it failed: a link would make the web process run a stranger's query, twice with script."""
    text = page(client, "/query?query=SELECT+?a+{?a+a+foaf:Person}")
    assert 'data-start="run"' in text and "?a a foaf:Person" in text and "Nothing asked yet" in text
    for path in ("/query", "/query?query=", "/query?example=papers_by_year"):
        assert 'data-start=""' in page(client, path)


def test_an_unsafe_address_is_text_not_a_link(client: FlaskClient) -> None:
    """If it failed: a query could make a link that runs script when clicked."""
    text = page(client, "/sparql?query=SELECT+?a+{BIND(IRI('javascript:alert(1)')+AS+?a)}")
    assert Page(text).faults() == []
