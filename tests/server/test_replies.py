"""Results as answers: cells of CSV and TSV, values of JSON, addresses that lead on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collegium.server.endpoints import Table
from collegium.server.negotiation import TSV, Choice
from collegium.server.replies import plain, table_reply


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (["a", "b"], "a; b"),
        ({"id": "x"}, "x"),
        ({"n": 1}, '{"n": 1}'),
        (1.5, "1.5"),
        ("a\tb\n", "a b"),
    ],
)
def test_a_cell_of_tsv_is_one_field_of_one_line(app: Flask, value: object, text: str) -> None:
    """If it failed: a tab or a line end in a title would shift all that follows."""
    table = Table(("a", "b"), [{"a": value, "b": "end"}], 1, 1, 0)
    with app.test_request_context("/api/x"):
        lines = table_reply(table, Choice(TSV, TSV.media_type)).get_data(as_text=True).splitlines()
    assert (
        lines[1].replace('""', '"').strip('"').startswith(text)
        and lines[1].endswith("\tend")
        and len(lines) == 2
    )


def test_values_that_json_lacks_become_what_it_has() -> None:
    """If it failed: a date or a decimal of a query would end in an error."""
    assert plain({"a": (date(2024, 5, 1), Decimal("2"), Decimal("2.5"), {3})}) == {
        "a": ["2024-05-01", 2, 2.5, [3]]
    }


def test_old_and_derived_addresses_lead_on(client: FlaskClient) -> None:
    """If it failed: IRIs of the store would open nothing."""
    assert client.get("/scheme/arxiv").headers["Location"] == "/categories"
    assert client.get("/favicon.ico").headers["Location"] == "/static/favicon.svg"
