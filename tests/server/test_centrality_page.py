"""The leaderboard that somebody sees who asked for no measure."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from flask.testing import FlaskClient

from collegium.graph.measures import MEASURES
from collegium.server import pages


def test_a_network_too_large_for_betweenness_is_ranked_by_degree(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the link in the menu would lead to an error in every large store."""
    assert b'value="betweenness" selected' in client.get("/centrality").data
    small = MappingProxyType({**MEASURES, "betweenness": replace(MEASURES["betweenness"], most_nodes=3)})
    monkeypatch.setattr(pages, "MEASURES", small)
    page = client.get("/centrality?limit=20")  # an address of its own: answers are kept
    assert page.status_code == 200 and b'value="degree" selected' in page.data


def test_a_sample_is_told_on_the_page(client: FlaskClient) -> None:
    """If it failed: figures from a few nodes would pass for exact ones. The link that is cited has the seed."""
    page = client.get("/centrality?measure=betweenness&sample=10&seed=4").data
    assert b"from 10 nodes, seed 4" in page and b"From a sample: standard error" in page and b"seed=4" in page
    assert b"From a sample" not in client.get("/centrality?measure=betweenness").data
    assert client.get("/centrality?measure=betweenness&sample=0").status_code == 400
