"""Which form an answer takes."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import ParameterError
from collegium.server.negotiation import GRAPHS, HTML, RESULTS, choose, parse_accept, prefers_html

ENTITY = (HTML, *GRAPHS[:4])
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv, application/json;q=0.5", "text/csv"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.7", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; q=1.0; header=present", "text/csv"),
        ("garbage, text/csv", "text/csv"),
        ("text/csv;q=nonsense, application/json;q=0.1", "application/json"),
        ("application/sparql-results+json;charset=utf-8", "application/sparql-results+json"),
    ],
)
def test_results_take_the_form_liked_best(accept: str | None, media_type: str) -> None:
    """If it failed: a client would get a form that it said it likes less, or cannot read."""
    assert choose(RESULTS, accept).media_type == media_type


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json, text/turtle;q=0.9", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples, */*;q=0.1", "nt"),
        ("*/*", "html"),
    ],
)
def test_a_thing_is_a_page_or_data(accept: str, name: str) -> None:
    """If it failed: a browser would be sent Turtle, or a program a page."""
    assert choose(ENTITY, accept).form.name == name


@pytest.mark.parametrize("accept", ["image/png", "garbage", "text/csv;q=0", "*/*;q=0", "text/;q=1"])
def test_nothing_that_fits_is_said(accept: str) -> None:
    """If it failed: a client would be sent what it refuses."""
    with pytest.raises(NotAcceptable, match="expected one of"):
        choose(RESULTS, accept)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("ttl", "ttl"),
        ("turtle", "ttl"),
        ("JSON-LD", "jsonld"),
        ("rdf/xml", "rdf"),
        ("rdfxml", "rdf"),
        ("text/turtle", "ttl"),
    ],
)
def test_format_wins_over_accept(asked: str, name: str) -> None:
    """If it failed: a link with `?format=` would not work in a browser."""
    assert choose(ENTITY, BROWSER, asked).form.name == name


def test_a_plus_in_an_address_may_have_become_a_space() -> None:
    """If it failed: `?format=application/rdf+xml`, not encoded, would be refused."""
    assert choose(ENTITY, None, "application/rdf xml").form.name == "rdf"


def test_an_unknown_format_lists_those_there_are() -> None:
    """If it failed: the reader would have to guess."""
    with pytest.raises(ParameterError, match="html, ttl, nt, jsonld, rdf"):
        choose(ENTITY, None, "pdf")


def test_text_has_its_charset() -> None:
    """If it failed: names outside ASCII would be garbled in CSV."""
    assert choose(RESULTS, "text/csv").content_type == "text/csv; charset=utf-8"
    assert choose(RESULTS, None).content_type == "application/sparql-results+json"


def test_a_long_header_is_cut_not_chewed() -> None:
    """If it failed: a header of a megabyte would cost seconds."""
    assert len(parse_accept("text/csv," * 100_000)) == 1


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (BROWSER, True),
        ("text/html", True),
        (None, False),
        ("*/*", False),
        ("application/json", False),
        ("text/html;q=0", False),
        ("application/json, text/html;q=0.5", False),
        ("text/turtle;q=1, text/html;q=0.9", False),
    ],
)
def test_who_is_a_browser(accept: str | None, html: bool) -> None:
    """If it failed: curl would be shown pages, or people JSON."""
    assert prefers_html(accept) is html
