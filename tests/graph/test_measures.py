"""Measures: numbers worked out by hand on tiny networks, then networks at the edge."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from math import sqrt

import networkx
import pytest

from collegium.graph.errors import MeasureError
from collegium.graph.measures import MEASURES, measure
from networks import (
    complete_five,
    kite,
    path_of_three,
    star,
    weighted,
)

COMPUTED = [name for name, row in MEASURES.items() if row.basis == "computed" and not row.of_papers]
OF_A_PATH = 0.9 / sqrt(2)  # Katz: alpha, since the largest eigenvalue of a path of three is the root of 2
KATZ_MIDDLE = (1 + 2 * OF_A_PATH) / (1 - 2 * OF_A_PATH**2)
KATZ_END = 1 + OF_A_PATH * KATZ_MIDDLE
KATZ_LENGTH = sqrt(KATZ_MIDDLE**2 + 2 * KATZ_END**2)


@pytest.mark.parametrize(
    ("name", "end", "middle"),
    [
        ("degree", 1, 2),
        ("strength", 1, 2),
        ("betweenness", 0, 1),
        ("closeness", 2 / 3, 1),
        ("harmonic", 1.5, 2),
        ("eigenvector", 0.5, sqrt(0.5)),
        ("pagerank", 0.05 + 0.425 * 0.135 / 0.2775, 0.135 / 0.2775),
        ("katz", KATZ_END / KATZ_LENGTH, KATZ_MIDDLE / KATZ_LENGTH),
        ("core_number", 1, 1),
        ("clustering", 0, 0),
        ("constraint", 1, 0.5),
        ("effective_size", 1, 2),
        ("hits", 1 / (2 + sqrt(2)), sqrt(2) / (2 + sqrt(2))),
        ("triangles", 0, 0),
        ("eccentricity", 2, 1),
        ("neighbour_degree", 2, 1),
        ("component_size", 3, 3),
        ("articulation", 0, 1),
        ("bridges", 1, 2),
        ("k_edge_component", 1, 1),
    ],
)
def test_a_path_of_three(name: str, end: float, middle: float) -> None:
    """Wrong: the smallest network that has a middle is measured wrongly."""
    values = measure(path_of_three(), name).values
    assert values == {
        "a": pytest.approx(end, abs=1e-12),
        "b": pytest.approx(middle, abs=1e-12),
        "c": pytest.approx(end, abs=1e-12),
    }


@pytest.mark.parametrize(
    ("name", "leaf", "middle"),
    [
        ("degree", 1, 4),
        ("betweenness", 0, 1),
        ("closeness", 4 / 7, 1),
        ("harmonic", 1 + 3 / 2, 4),
        ("eigenvector", sqrt(1 / 8), sqrt(1 / 2)),
        ("pagerank", (1 - 0.88 / 1.85) / 4, 0.88 / 1.85),
        ("core_number", 1, 1),
        ("clustering", 0, 0),
        ("constraint", 1, 0.25),
        ("effective_size", 1, 4),
        ("hits", 1 / 6, 1 / 3),
        ("triangles", 0, 0),
        ("eccentricity", 2, 1),
        ("neighbour_degree", 4, 1),
        ("component_size", 5, 5),
        ("articulation", 0, 3),
        ("bridges", 1, 4),
        ("k_edge_component", 1, 1),
    ],
)
def test_a_star(name: str, leaf: float, middle: float) -> None:
    """Wrong: someone who holds four together is not seen to."""
    # PageRank: middle = 0.03 + 0.85 (1 - middle), hence 0.88 / 1.85
    values = measure(star(), name).values
    assert values.pop("m") == pytest.approx(middle, abs=1e-12)
    assert values == {one: pytest.approx(leaf, abs=1e-12) for one in "abcd"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("degree", 4),
        ("betweenness", 0),
        ("closeness", 1),
        ("harmonic", 4),
        ("eigenvector", 1 / sqrt(5)),
        ("pagerank", 0.2),
        ("katz", 1 / sqrt(5)),
        ("core_number", 4),
        ("clustering", 1),
        ("constraint", 4 * (0.25 + 3 * 0.25 * 0.25) ** 2),
        ("effective_size", 1),
        ("hits", 0.2),
        ("triangles", 6),
        ("eccentricity", 1),
        ("neighbour_degree", 4),
        ("component_size", 5),
        ("articulation", 0),
        ("bridges", 0),
        ("k_edge_component", 4),
    ],
)
def test_five_who_all_know_each_other(name: str, value: float) -> None:
    """Wrong: equals would be ranked."""
    found = measure(complete_five(), name)
    assert [row.value for row in found] == [pytest.approx(value, abs=1e-12)] * 5
    assert [row.rank for row in found] == [1] * 5
    assert [row.iri for row in found] == list("abcde")


def test_the_kite_has_another_first_for_each_question() -> None:
    """Wrong: measures are mixed up. Source: D. Krackhardt, 10.2307/2393394."""
    first = {name: [row.iri for row in measure(kite(), name) if row.rank == 1] for name in COMPUTED}
    assert first["degree"] == ["Diane"]
    assert first["closeness"] == ["Fernando", "Garth"]
    assert first["betweenness"] == ["Heather"]
    between = measure(kite(), "betweenness").values
    assert between["Heather"] == pytest.approx(14 / 36)
    assert between["Ike"] == pytest.approx(8 / 36)
    assert measure(kite(), "closeness").values["Diane"] == pytest.approx(9 / 15)
    assert measure(kite(), "core_number").values["Jane"] == 1


def test_weights_are_strength_for_some_and_distance_for_others() -> None:
    """Wrong: close collaborators would be far from each other."""
    graph = weighted([("a", "b", 1), ("b", "c", 4), ("a", "d", 4), ("d", "c", 4)])
    assert measure(graph, "strength", weight="full").values == {"a": 5, "b": 5, "c": 8, "d": 8}
    # a to b: 1 directly, 0.75 by d and c; so d and c lie between a and b when weights count
    assert measure(graph, "closeness", weight="full").values["a"] == pytest.approx(3 / (0.25 + 0.5 + 0.75))
    assert measure(graph, "betweenness", weight="full").values["d"] == pytest.approx(2 / 3)
    assert measure(graph, "betweenness").values["d"] == pytest.approx(1 / 6)
    assert measure(graph, "harmonic", weight="full").values["a"] == pytest.approx(4 + 2 + 4 / 3)


def test_constraint_and_effective_size_weigh_links() -> None:
    """Wrong: a broker with one strong tie would look as free as one with even ties."""
    graph = weighted([("m", "a", 3), ("m", "b", 1)])
    assert measure(graph, "constraint", weight="full").values["m"] == pytest.approx(0.75**2 + 0.25**2)
    assert measure(graph, "effective_size", weight="full").values["m"] == pytest.approx(2)


@pytest.mark.parametrize("name", COMPUTED)
def test_an_empty_network_has_no_rows(name: str) -> None:
    """Wrong: the leaderboard of an empty store fails."""
    found = measure(networkx.Graph(), name)
    assert found.rows == () and found.top(10) == () and found.facts["nodes"] == 0


ALONE = {
    "component_size": 1,
    "hits": 1,
    "pagerank": 1,
    "eigenvector": 1,
    "katz": 1,
    "constraint": None,
    "effective_size": None,
}


@pytest.mark.parametrize("name", COMPUTED)
def test_one_alone_has_a_value_or_none(name: str) -> None:
    """Wrong: nan or an exception for a store with one author."""
    graph = networkx.Graph()
    graph.add_node("a")
    row = measure(graph, name).rows[0]
    assert row.value == ALONE.get(name, 0)
    assert row.rank == (None if row.value is None else 1)


@pytest.mark.parametrize("name", COMPUTED)
def test_a_network_in_pieces_is_measured(name: str) -> None:
    """Wrong: one author without co-authors spoils the ranking of all."""
    graph = weighted([("a", "b", 1), ("b", "c", 2), ("x", "y", 1)])
    graph.add_node("z")
    for weight in ("none", "full"):
        found = measure(graph, name, weight=weight)
        assert len(found) == 6
        defined = [row for row in found if row.value is not None]
        assert all(math.isfinite(row.value or 0) for row in defined)
        assert found.rows[-1].iri == "z"


def test_the_eigenvector_lives_on_the_largest_component_only() -> None:
    """Wrong: values of separate groups would be compared though nothing relates them."""
    graph = weighted([("a", "b", 1), ("b", "c", 1), ("x", "y", 1)])
    found = measure(graph, "eigenvector")
    assert found.values["x"] == 0 and found.values["b"] == pytest.approx(sqrt(0.5))
    assert found.facts["component_nodes"] == 3 and found.facts["components_of_that_size"] == 1


def test_of_equal_components_the_denser_then_the_first_is_taken() -> None:
    """Wrong: the ranking would change with the order of loading."""
    one = [("p", "q", 1), ("q", "r", 1)]
    other = [("a", "b", 1), ("b", "c", 1)]
    for links in (one + other, other + one):
        found = measure(weighted(links), "eigenvector")
        assert (found.rows[0].iri, found.values["q"], found.facts["components_of_that_size"]) == ("b", 0, 2)
    denser = measure(weighted([*other, *one, ("p", "r", 1)]), "eigenvector")
    assert denser.values["a"] == 0 and denser.rows[0].iri == "p"


def test_without_links_nobody_has_an_eigenvector_value() -> None:
    """Wrong: one of three strangers would be first by the accident of an IRI, or two engines disagree on one alone."""
    graph, alone = networkx.empty_graph(["a", "b", "c"]), networkx.empty_graph(["a"])
    assert set(measure(graph, "eigenvector").values.values()) == {0}
    for engine in ("scipy", "networkx"):
        assert set(measure(graph, "eigenvector", engine=engine).values.values()) == {0}
        assert measure(alone, "eigenvector", engine=engine).values == networkx.eigenvector_centrality(alone)
    assert measure(graph, "katz").values == {one: pytest.approx(1 / sqrt(3)) for one in "abc"}


ORDERED = """
import networkx as nx
from collegium.graph.measures import MEASURES
from collegium.graph.network import network_of
graph = nx.connected_watts_strogatz_graph(60, 6, 0.3, seed=7)
for a, b, data in graph.edges(data=True):
    data.update(weight=1 + (a * b) % 5, distance=1 / (1 + (a * b) % 5))
graph = nx.relabel_nodes(graph, {n: f"http://localhost/author/{n}" for n in graph})
net = network_of(graph)
for name, row in MEASURES.items():
    if row.of_papers:
        continue
    for engine in row.engines.values():
        weighted = {"none": [], "strength": [net.weights], "distance": [net.distances]}[row.weight]
        for sizes in [None, *weighted]:
            print(name, sizes is None, [float(value).hex() for value in engine(net, sizes).values])
"""


def test_two_processes_find_the_same_number_to_the_last_digit() -> None:
    """If it failed: a query and the API, which ask in processes of their own, would not agree."""
    found = {
        tuple(
            sorted(
                subprocess.run(
                    [sys.executable, "-c", ORDERED],
                    env={**os.environ, "PYTHONHASHSEED": seed},
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout.splitlines()
            )
        )
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1 and len(next(iter(found))) > 10


def test_what_would_not_end_is_sampled() -> None:
    """If it failed: one page over a large store would hold the service up for hours, or a number pass for exact."""
    large = networkx.empty_graph(20_001)
    for name in ("betweenness", "closeness", "harmonic"):
        facts = measure(large, name).facts
        assert (facts["exact"], facts["sample"], facts["seed"], facts["nodes"]) == (False, 500, 1, 20_001)
    with pytest.raises(MeasureError, match=r"20,001 nodes, expected at most 20,000"):
        measure(large, "eccentricity")
    assert len(measure(large, "degree")) == 20_001
