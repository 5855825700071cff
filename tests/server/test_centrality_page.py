"""The leaderboard that somebody sees who asked for no measure."""

from __future__ import annotations

import html
import math
import re
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from flask.testing import FlaskClient

from collegium.graph.measures import MEASURES
from collegium.server import pages
from page_check import Page
from page_check import page as page_of


def test_a_network_too_large_for_betweenness_is_ranked_by_degree(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: the link in the menu would lead to an error in every large store."""
    assert b'value="betweenness" selected' in client.get("/centrality").data
    small = MappingProxyType({**MEASURES, "betweenness": replace(MEASURES["betweenness"], most_nodes=3)})
    monkeypatch.setattr(pages, "MEASURES", small)
    page = client.get("/centrality?limit=20")  # an address of its own: answers are kept
    assert page.status_code == 200 and b'value="degree" selected' in page.data


def test_the_network_as_a_whole_stands_below_the_board(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: nobody could see from how large a network a rank is, or the link to the data would be broken."""
    text = client.get("/centrality?measure=degree&shown_only=true&weight=fractional&limit=5").text
    assert ">Transitivity</th>" in text and "found 25 nodes with links, expected at least 50" in text
    link = html.unescape(re.search(r'href="(/api/network/figures[^"]*format=csv)"', text).group(1))  # type: ignore[union-attr]
    assert "shown_only=true" in link and "edges,Edges,41" in client.get(link).text
    monkeypatch.setattr(pages, "_MOST_WALKED", 3)
    large = client.get("/centrality?measure=degree&limit=6").text
    assert ">Density</th>" in large and ">Transitivity</th>" not in large


def test_a_sample_is_told_on_the_page(client: FlaskClient) -> None:
    """If it failed: figures from a few nodes would pass for exact ones. The link that is cited has the seed."""
    page = client.get("/centrality?measure=betweenness&sample=10&seed=4").data
    assert b"from 10 nodes, seed 4" in page and b"From a sample: standard error" in page and b"seed=4" in page
    assert b"From a sample" not in client.get("/centrality?measure=betweenness").data
    assert client.get("/centrality?measure=betweenness&sample=0").status_code == 400


def test_how_values_are_spread() -> None:
    """If it failed: a leader would stand alone on a picture, or an axis would have no place for 0."""
    import networkx
    import numpy as np

    from collegium.graph.measures.ranking import Ranking, ranked
    from collegium.graph.network import network_of
    from collegium.server.distribution import distribution

    def spread(values: list[float]) -> Any:
        nodes = network_of(networkx.empty_graph([f"n{at:03}" for at in range(len(values))])).nodes
        return distribution(Ranking(ranked(nodes, np.array(values)), {}), "Degree")

    wide = spread([0.0, 1, 1, 2, 3, 5, 8, 400, math.nan])
    assert wide.is_tail and wide.rows[0] == ("1", 7) and wide.rows[-1] == ("400", 1)
    assert wide.told == "8 values from 0 to 400, half of them at most 2.5. 1 is 0. Not defined for 1."
    assert spread([-2, -1, 3]).rows == (("-2", 1), ("-1", 1), ("0", 0), ("1", 0), ("2", 0), ("3", 1))
    parts = spread([0.0, 0.1, 0.55, 1.0])
    assert sum(count for _, count in parts.rows) == 4 and len(parts.rows) == 12 and parts.picture
    same = spread([2.0, 2.0])
    assert (same.told, same.picture) == ("All 2 have the value 2.", None)
    assert spread([math.nan]) is None and spread([]) is None


def test_all_measures_stand_on_one_page(client: FlaskClient) -> None:
    """If it failed: a measure would be found only by somebody who knows its name."""
    text = page_of(client, "/measures")
    found = Page(text)
    assert found.faults() == [] and set(MEASURES) <= set(found.ids)
