"""What a measure will cost: a row for each, growth, and what is said of what would not end."""

from __future__ import annotations

import networkx as nx
import pytest

from collegium.graph.measures import MEASURES
from collegium.graph.measures.cost import COSTS, refusal, seconds
from collegium.graph.measures.row import COMPUTED
from collegium.graph.network import Network, network_of


def net(nodes: int) -> Network:
    """Return a path."""
    return network_of(nx.path_graph(nodes))


def test_each_computed_measure_has_a_cost() -> None:
    """If it failed: a new measure would be computed in a process of its own, even where it costs nothing."""
    assert set(COSTS) == {name for name, row in MEASURES.items() if row.basis == COMPUTED}
    assert {name for name, row in COSTS.items() if row.per_source} == {
        name for name, row in MEASURES.items() if row.sampled
    }


def test_walks_grow_with_the_square() -> None:
    """If it failed: a month would be taken for a minute. Of a path, ten times the nodes are 100 times the cost."""
    small, large = (seconds(net(nodes), "betweenness", is_weighted=False) or 0 for nodes in (3_000, 30_000))
    assert large / small == pytest.approx(100, rel=0.05)
    sampled = seconds(net(30_000), "betweenness", is_weighted=False, sample=300) or 0
    assert large / sampled == pytest.approx(100, rel=0.05)


def test_an_unknown_measure_has_an_unknown_cost() -> None:
    """If it failed: it would be taken for free, and freeze the service."""
    assert seconds(net(3), "no_such_measure", is_weighted=False) is None


def test_what_ends_in_time_is_not_refused() -> None:
    """If it failed: an answer would be withheld."""
    assert refusal(net(100), "betweenness", 299.0, 300.0, is_weighted=False) is None
    assert refusal(net(100), "betweenness", None, 300.0, is_weighted=False) is None


def test_a_refusal_says_how_long_and_what_instead() -> None:
    """If it failed: whoever asks would not know what to ask."""
    told = refusal(net(30_000), "betweenness", 7_300.0, 60.0, is_weighted=False) or ""
    assert "30,000 nodes and 29,999 links would take about 2 hours, 60 s are given" in told
    assert "sample=500" in told
    told = refusal(net(30_000), "pagerank", 7_300.0, 60.0, is_weighted=False) or ""
    assert "sample" not in told and "degree" in told


def test_nothing_costs_nothing() -> None:
    """If it failed: an empty network would divide by its nodes."""
    for name in COSTS:
        assert seconds(network_of(nx.Graph()), name, is_weighted=True, sample=None) == 0.001
