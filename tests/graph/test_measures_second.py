"""Two engines give one number: each measure by ours and by networkx, on networks of every shape; pieces by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from collegium.graph.errors import MeasureError, ParameterError
from collegium.graph.measures import MEASURES, measure, measure_named
from collegium.graph.network import Network, network_of
from networks import complete_five, kite, path_of_three, star, weighted

TWO = [name for name, row in MEASURES.items() if "networkx" in row.engines]
NEW = ("hits", "triangles", "articulation", "bridges", "component_size", "neighbour_degree")
SLOW = ("eigenvector", "katz")  # networkx takes seconds


def _two_triangles() -> networkx.Graph:
    return weighted(
        [("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", 1)]
    )


def _in_pieces() -> networkx.Graph:
    graph = weighted(
        [("a", "b", 1), ("b", "c", 2), ("c", "a", 3), ("c", "d", 1), ("x", "y", 5), ("p", "q", 5)]
    )
    graph.add_nodes_from(["i", "j"])
    return graph


def _karate() -> networkx.Graph:
    # Lengths of 1, 1/2 and 1/4 add up to the last digit: networkx compares the lengths of paths without tolerance.
    links = networkx.karate_club_graph().edges
    return weighted((f"{a:02}", f"{b:02}", 2 ** ((a + b) % 3)) for a, b in links)


def _alone() -> networkx.Graph:
    graph = networkx.Graph(weight="full")
    graph.add_node("a")
    return graph


NETWORKS: dict[str, Callable[[], networkx.Graph]] = {
    "path": path_of_three,
    "star": star,
    "complete": complete_five,
    "kite": kite,
    "two triangles": _two_triangles,
    "pieces": _in_pieces,
    "isolates": lambda: networkx.empty_graph(["a", "b", "c"]),
    "alone": _alone,
    "empty": networkx.Graph,
    "karate": _karate,
}


def _agree(net: Network, name: str) -> None:
    row = MEASURES[name]
    carried = str(net.facts.get("weight", "full"))
    for weight in ("none",) if row.weight == "none" else ("none", carried):
        ours, theirs = (
            [
                one.value
                for one in sorted(measure(net, name, weight=weight, engine=engine), key=lambda one: one.iri)
            ]
            for engine in (next(iter(row.engines)), "networkx")
        )
        assert [value is None for value in ours] == [value is None for value in theirs], (name, weight)
        assert [value or 0 for value in ours] == pytest.approx([value or 0 for value in theirs], abs=1e-10)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("name", TWO)
def test_networkx_gives_the_same(name: str, network: str) -> None:
    """If it failed: one of two programs that compute a measure would be wrong, and it may be ours."""
    _agree(network_of(NETWORKS[network]()), name)


@pytest.mark.parametrize("network", ["path", "pieces", "karate", "isolates"])
def test_pagerank_around_nodes_is_that_of_networkx(network: str) -> None:
    """If it failed: whoever is near somebody would be told by a network of our own making."""
    net = network_of(NETWORKS[network]())
    for around in (net.nodes.iris[:1], [net.nodes.iris[0], net.nodes.iris[-1]]):
        for weight in ("none", "full"):
            ours, theirs = (
                measure(net, "pagerank", weight=weight, engine=engine, around=around)
                for engine in (None, "networkx")
            )
            assert ours.values == pytest.approx(theirs.values, abs=1e-10)
            parameters: Any = ours.facts["parameters"]
            assert parameters["around"] == around
    with pytest.raises(ParameterError, match="pagerank as the measure, not degree"):
        measure(net, "degree", around=around)
    with pytest.raises(ParameterError, match="nodes of this network"):
        measure(net, "pagerank", around=["nobody"])


def _netscience(folder: Path) -> Network:
    source = networkx.read_gml(folder / "graphs" / "netscience_newman.gml", label="label")
    graph = weighted((a, b, link["value"]) for a, b, link in source.edges(data=True))
    graph.add_nodes_from(source)
    return network_of(graph)


def _relativity(folder: Path) -> Network:
    graph = networkx.read_edgelist(folder / "graphs" / "ca-GrQc.txt")
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    return network_of(graph)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NEW, *SLOW, "eccentricity", "k_edge_component"])
def test_networkx_gives_the_same_for_scientists(name: str, shared_data: Path) -> None:
    """If it failed: what holds on toys would not hold on a network that people measure."""
    _agree(_netscience(shared_data), name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NEW, *SLOW])
def test_networkx_gives_the_same_for_relativity(name: str, shared_data: Path) -> None:
    """If it failed: the same, for five thousand authors. Eccentricity takes networkx three minutes: see below."""
    _agree(_relativity(shared_data), name)


@pytest.mark.slow
def test_relativity_has_its_published_triangles_and_its_eccentricities(shared_data: Path) -> None:
    """If it failed: 48,260 triangles and a diameter of 17 are published."""
    net = _relativity(shared_data)
    assert sum(int(row.value or 0) for row in measure(net, "triangles")) == 3 * 48_260
    found = measure(net, "eccentricity")
    assert found.rows[0].value == 17
    sample = [row.iri for row in found.rows[::200]]
    steps = dijkstra(
        net.matrix(),
        unweighted=True,
        directed=False,
        indices=[net.nodes.number_of(iri) or 0 for iri in sample],
    )
    farthest = np.where(np.isfinite(steps), steps, 0).max(axis=1)
    assert [found.values[iri] for iri in sample] == farthest.tolist()


def test_hits_lives_where_the_eigenvalue_is_largest() -> None:
    """If it failed: HITS and eigenvector would be one; the first takes the densest component, the other the largest."""
    graph = weighted([(a, b, 1) for a, b in ["ab", "bc", "cd", "de", "xy", "yz", "xz"]])
    found = measure(graph, "hits")
    assert found.values == {**dict.fromkeys("abcde", 0), **dict.fromkeys("xyz", pytest.approx(1 / 3))}
    assert (found.facts["eigenvalue"], found.facts["components"]) == (pytest.approx(2), 1)
    assert measure(graph, "eigenvector").values["x"] == 0
    equal = measure(_two_triangles(), "hits")
    assert equal.values == dict.fromkeys("abcxyz", pytest.approx(1 / 6)) and equal.facts["components"] == 2


def test_pieces_of_two_triangles_that_share_a_node_and_a_tail() -> None:
    """If it failed: someone who holds two groups together would not be seen to."""
    graph = weighted((a, b, 1) for a, b in ["ab", "bc", "ac", "cd", "de", "ce", "ef"])
    assert measure(graph, "articulation").values == dict(zip("abcdef", [0, 0, 1, 0, 1, 0], strict=True))
    assert measure(graph, "bridges").values == dict(zip("abcdef", [0, 0, 0, 0, 1, 1], strict=True))
    assert measure(graph, "k_edge_component").values == dict(zip("abcdef", [2, 2, 2, 2, 2, 1], strict=True))
    assert measure(graph, "triangles").values == dict(zip("abcdef", [1, 1, 2, 1, 1, 0], strict=True))
    assert measure(graph, "eccentricity").values == dict(zip("abcdef", [3, 3, 2, 2, 2, 3], strict=True))


def test_two_may_be_joined_by_more_paths_than_their_neighbours() -> None:
    """If it failed: k paths would be asked of a part alone, while paths may lead through others."""
    links = [(hub, f"m{at}", 1) for hub in ("p", "q") for at in range(3)]
    found = measure(weighted(links), "k_edge_component").values
    assert found == {"p": 3, "q": 3, "m0": 2, "m1": 2, "m2": 2}


def test_neighbours_count_by_the_weight_of_their_link() -> None:
    """If it failed: a broker's strong ties and weak ones would count alike."""
    graph = weighted([("m", "a", 3), ("m", "b", 1), ("b", "c", 1)])
    assert measure(graph, "neighbour_degree").values["m"] == 1.5
    assert measure(graph, "neighbour_degree", weight="full").values["m"] == (3 * 1 + 1 * 2) / 4


def test_the_usual_names_lead_to_the_measures() -> None:
    """If it failed: a user of networkx would be told that there is no such measure."""
    said = (
        "articulation points",
        "average neighbor degree",
        "hubs",
        "Authorities",
        "k-component",
        "Eccentricity",
    )
    rows = ("articulation", "neighbour_degree", "hits", "hits", "k_edge_component", "eccentricity")
    assert tuple(measure_named(text).name for text in said) == rows
    with pytest.raises(ParameterError, match="did you mean 'bridges'"):
        measure(kite(), "bridge")


def test_flows_of_a_large_network_are_refused() -> None:
    """If it failed: one page over a large store would hold the service up for hours."""
    with pytest.raises(MeasureError, match=r"6,001 nodes, expected at most 6,000"):
        measure(networkx.empty_graph(6_001), "k_edge_component")


def test_a_second_engine_that_does_not_converge_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an exception of networkx would reach the caller."""
    monkeypatch.setattr("collegium.graph.measures.second._ROUNDS", 1)
    with pytest.raises(MeasureError, match="no convergence"):
        measure(kite(), "eigenvector", engine="networkx")
