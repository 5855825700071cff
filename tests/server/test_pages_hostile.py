"""Pages over hostile names: all of it is text."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from collegium.queries.catalogue import CATALOGUE
from hostile_names import HOSTILE
from page_check import BROWSER, Page, page, shown, without_data


def hostile_paths() -> list[str]:
    """Return each page of each hostile thing, and the pages that list them."""
    kinds = ("author", "paper", "institution", "category", "source")
    paths = [f"/{kind}/h{number}" for kind in kinds for number in range(len(HOSTILE))]
    paths += [f"/network/ego/h{number}" for number in range(len(HOSTILE))]
    paths += [
        "/",
        "/authors",
        "/papers",
        "/institutions",
        "/categories",
        "/sources",
        "/centrality",
        "/centrality/series?measure=papers",
        "/network",
        "/network/series",
    ]
    paths += [
        "/network?colour=institution&size=degree",
        "/network/path?from=h0&to=h2",
        "/query",
        "/about",
        "/api/docs",
    ]
    paths += [
        "/sparql?query=SELECT+?n+{?a+foaf:name+?n}",
        "/sparql?query=CONSTRUCT+{?a+foaf:name+?n}+WHERE+{?a+foaf:name+?n}",
        "/query/view?query=SELECT+?p+?pName+?a+{?p+dcterms:creator+?a+;+dcterms:title+?pName}",
        "/query/view?query=CONSTRUCT+WHERE+{?a+foaf:name+?n+;+ck:primaryCategory+?c}",
    ]
    return paths + [f"/queries/{name}" for name in CATALOGUE]


def test_hostile_names_are_text(hostile: FlaskClient) -> None:
    """If it failed: an author's name could run script in every reader's browser."""
    for path in hostile_paths():
        text = page(hostile, path)
        assert Page(text).faults() == [], path
        for bad in ("<img src=x", "<script>alert", '" onmouseover="alert', 'href="javascript:'):
            assert bad not in without_data(text), (path, bad)
    assert "{{ 7 * 7 }}{% raw %}" in shown(page(hostile, "/authors"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_questions_are_text(client: FlaskClient, name: str) -> None:
    """If it failed: a link to our search could run script."""
    for path in (
        "/search",
        "/authors",
        "/query",
        "/sparql",
        "/query/view",
        "/network/path",
        "/author/",
        "/centrality",
        "/centrality/series",
        "/network/series",
    ):
        field = {
            "/query": "query",
            "/sparql": "query",
            "/query/view": "query",
            "/network/path": "from",
            "/centrality": "category",
            "/centrality/series": "measure",
            "/network/series": "slices",
        }.get(path, "q")
        query = {field: name} | ({"to": name} if path == "/network/path" else {})
        answer = client.get(path, query_string=query, headers=BROWSER)
        assert answer.status_code in (200, 400, 404, 414)
        assert Page(answer.text).refused == [], (path, name)


def test_data_blocks_stay_data(hostile: FlaskClient) -> None:
    """If it failed: "</script>" in a name would end the block, and what follows would run."""
    for number, name in enumerate(HOSTILE):
        for kind in ("author", "paper"):
            text = page(hostile, f"/{kind}/h{number}")
            block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
            assert block and "<" not in block.group(1)
            assert json.loads(block.group(1))["name"] == name


def test_the_whole_name_is_shown(hostile: FlaskClient) -> None:
    """If it failed: escaping would have eaten a part of the name."""
    for number, name in enumerate(HOSTILE):
        assert str(escape(name)) in page(hostile, f"/author/h{number}")


def test_code_links_to_the_web_only(hostile: FlaskClient) -> None:
    """If it failed: `javascript:` as a code address would be one click from running."""
    assert 'href="#"' in page(hostile, "/paper/h0")
