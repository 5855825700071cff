"""Measures from a sample of nodes: networkx with the same pivots, all nodes as the sample, the bounds."""

from __future__ import annotations

import math
from pathlib import Path

import networkx as nx
import pytest

from collegium.graph.errors import ParameterError
from collegium.graph.measures import MEASURES, Sample, measure, sample_of
from collegium.graph.measures.sample import hoeffding

SAMPLED = [name for name, row in MEASURES.items() if row.sampled]


def weighted(graph: nx.Graph) -> nx.Graph:
    """Return the graph with weights that are powers of two: sums of their inverses have no rounding."""
    found = nx.Graph(graph.edges)
    found.add_nodes_from(graph)
    for number, (_, _, link) in enumerate(found.edges(data=True)):
        link["weight"] = 2 ** (number % 3)
        link["distance"] = 1 / link["weight"]
    return found


GRAPHS = {
    "path": nx.path_graph(3),
    "star": nx.star_graph(5),
    "karate": nx.karate_club_graph(),
    "apart": nx.gnp_random_graph(60, 0.03, seed=3),
    "isolates": nx.empty_graph(4),
    "pair": nx.path_graph(2),
    "single": nx.empty_graph(1),
}


def test_the_middle_of_a_path_from_one_end_by_hand() -> None:
    """If it failed: a sample would be scaled wrongly. From a in a-b-c one path of one passes b: 1 / (k (n - 2)) = 1."""
    seed = next(seed for seed in range(20) if Sample(1, seed).pivots(3) == [0])
    ranking = measure(nx.path_graph("abc"), "betweenness", sample=Sample(1, seed))
    assert ranking.values == {"b": 1.0, "c": 0.0, "a": None}  # one pivot knows nothing of itself
    facts = ranking.facts
    assert (facts["exact"], facts["sample"], facts["seed"]) == (False, 1, seed)


@pytest.mark.parametrize("weight", ["none", "full"])
@pytest.mark.parametrize("name", [*GRAPHS])
def test_betweenness_is_that_of_networkx_from_the_same_pivots(name: str, weight: str) -> None:
    """If it failed: a sampled number could not be compared with anybody's."""
    graph = weighted(GRAPHS[name])
    for size in {1, 2, len(graph) - 1, len(graph)} & set(range(1, len(graph) + 1)):
        ours = measure(graph, "betweenness", weight=weight, sample=Sample(size, seed=7)).values
        theirs = nx.betweenness_centrality(
            graph, k=size, seed=7, weight=None if weight == "none" else "distance"
        )
        for node, value in theirs.items():
            mine = ours[str(node)]
            is_known = mine is not None and not math.isnan(value)
            assert is_known or (mine is None and (math.isnan(value) or len(graph) == 1)), (size, node)
            assert not is_known or mine == pytest.approx(value, abs=1e-10), (size, node)


def test_betweenness_is_that_of_networkx_on_a_real_network(shared_data: Path) -> None:
    """If it failed: what holds for forty nodes would not for five thousand."""
    graph = nx.read_edgelist(shared_data / "graphs" / "ca-GrQc.txt")
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    ours = measure(graph, "betweenness", sample=Sample(20, seed=3)).values
    theirs = nx.betweenness_centrality(graph, k=20, seed=3)
    assert max(abs((ours[node] or 0) - value) for node, value in theirs.items()) < 1e-10


@pytest.mark.parametrize("weight", ["none", "full"])
@pytest.mark.parametrize("name", [*GRAPHS])
@pytest.mark.parametrize("of", SAMPLED)
def test_a_sample_of_all_nodes_is_exact(of: str, name: str, weight: str) -> None:
    """If it failed: what a sample tends to would not be the measure."""
    graph = weighted(GRAPHS[name])
    whole = measure(graph, of, weight=weight)
    sampled = measure(graph, of, weight=weight, sample=Sample(len(graph)))
    for node, value in whole.values.items():
        assert sampled.values[node] == (
            pytest.approx(value, abs=1e-10) if len(graph) > 1 else sampled.values[node]
        )
    assert sampled.facts["exact"] is True


@pytest.mark.parametrize("of", ["betweenness", "harmonic"])
def test_no_value_is_further_off_than_the_bound_says(of: str) -> None:
    """If it failed: the bound would be a number without meaning. It may fail for 1 seed of 20; here for none of 20."""
    graph = nx.gnp_random_graph(150, 0.04, seed=5)
    exact = measure(graph, of).values
    for seed in range(20):
        sampled = measure(graph, of, sample=Sample(50, seed))
        bound = sampled.facts["error"]["bound"]  # type: ignore[index]
        assert max(abs((sampled.values[node] or 0) - (value or 0)) for node, value in exact.items()) <= bound


def test_the_standard_error_is_of_the_size_of_the_error() -> None:
    """If it failed: it would say nothing. Over 40 seeds the error of the top value is about its standard error."""
    graph = nx.barabasi_albert_graph(300, 2, seed=1)
    exact = measure(graph, "betweenness").values
    ratios = []
    for seed in range(40):
        sampled = measure(graph, "betweenness", sample=Sample(60, seed))
        top = sampled.rows[0]
        error: dict[str, float] = sampled.facts["error"]  # type: ignore[assignment]
        ratios.append(abs((top.value or 0) - (exact[top.iri] or 0)) / error["standard_error"])
    assert 0.3 < sorted(ratios)[20] < 2


def test_who_cannot_be_known_has_no_closeness() -> None:
    """If it failed: a component without a pivot would look far from itself."""
    graph = nx.disjoint_union(nx.complete_graph(5), nx.path_graph(2))
    seed = next(seed for seed in range(50) if set(Sample(2, seed).pivots(7)) <= set(range(5)))
    sampled = measure(graph, "closeness", sample=Sample(2, seed))
    assert sampled.values["5"] is None and sampled.values["6"] is None
    assert sampled.values["0"] == pytest.approx(4 / 6)
    assert sampled.facts["nodes_without_pivot"] == 2


def test_large_networks_are_sampled_without_being_asked() -> None:
    """If it failed: a network of a million nodes would be refused, or computed for a month."""
    row = MEASURES["betweenness"]
    assert sample_of(row, 20_000, None) is None
    assert sample_of(row, 20_001, None) == Sample(500, 1)
    assert sample_of(MEASURES["degree"], 10**9, None) is None


@pytest.mark.parametrize(
    ("size", "seed"), [(0, 1), (-1, 1), (True, 1), (1.5, 1), (10**10, 1), (1, -1), (1, 10**10), (1, None)]
)
def test_a_sample_that_is_none_is_refused(size: int, seed: int) -> None:
    """If it failed: a sample of nothing would be divided by."""
    with pytest.raises(ParameterError, match="a whole number from"):
        Sample(size, seed)


def test_what_cannot_be_sampled_is_refused() -> None:
    """If it failed: the answer would be exact, or of other nodes, and say a sample."""
    graph = nx.path_graph(3)
    with pytest.raises(ParameterError, match="at most the 3 nodes"):
        measure(graph, "betweenness", sample=Sample(4))
    for name in ("degree", "h_index"):
        with pytest.raises(ParameterError, match="a measure that can be sampled"):
            measure(graph, name, sample=Sample(2))
    with pytest.raises(ParameterError, match="igraph"):
        measure(graph, "betweenness", sample=Sample(2), engine="networkx")


def test_the_bound_by_hand() -> None:
    """If it failed: it would not be Hoeffding's. One mean of 500: sqrt(ln(2 / 0.05) / 1000) = 0.0607."""
    assert hoeffding(10**6, 500, 1) == pytest.approx(0.06074, abs=1e-5)
    assert hoeffding(10**6, 500, 10**6) == pytest.approx(math.sqrt(math.log(4e7) / 1000))
