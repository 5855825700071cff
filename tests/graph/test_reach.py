"""How far everybody is from one person: known by hand, then as networkx has it."""

from __future__ import annotations

from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import ParameterError
from collegium.graph.network import network_of
from collegium.graph.reach import Reach, reach
from collegium.graph.shortest import steps_from
from networks import kite, star


def of(graph: networkx.Graph, start: str) -> Reach:
    """Return the reach of a node by its name."""
    net = network_of(graph)
    number = net.nodes.number_of(start)
    assert number is not None
    return reach(net, number)


def test_jane_is_four_steps_from_the_other_end_of_the_kite() -> None:
    """If it failed: an Erdős number would be another than that of a count by hand."""
    found = of(kite(), "Jane")
    # Ike; Heather; Fernando, Garth; Diane, Andre, Carol, Beverly, Ed.
    assert (found.counts, found.unreachable, found.reached, found.farthest) == ((1, 1, 1, 2, 5), 0, 9, 4)
    assert (found.mean, found.median) == ((1 + 2 + 6 + 20) / 9, 4)
    assert [(steps, node.name) for steps, node in found.listed(3, 10, 0)] == [(3, "Fernando"), (3, "Garth")]
    assert [(steps, node.name) for steps, node in found.listed(None, 2, 1)] == [
        (2, "Heather"),
        (3, "Fernando"),
    ]
    assert [node.name for _, node in found.listed(0, 9, 0)] == ["Jane"]
    assert found.listed(5, 9, 0) == found.listed(10**9, 9, 0) == found.listed(1, 9, 7) == []
    assert (found.total(), found.total(4), found.total(7)) == (9, 5, 0)


def test_who_is_alone_reaches_nobody() -> None:
    """If it failed: a division by nothing."""
    graph = star()
    graph.add_node("z")
    found = of(graph, "z")
    assert (found.counts, found.unreachable, found.mean, found.median) == ((1,), 5, None, None)
    assert (found.farthest, found.listed(None, 9, 0), found.total()) == (0, [], 0)
    assert of(graph, "m").unreachable == 1


@pytest.mark.parametrize("at", [-1, 1.5, True, "2"])
def test_steps_that_are_none_are_refused(at: object) -> None:
    """If it failed: those from the end of the list would be told as near."""
    with pytest.raises(ParameterError, match="at"):
        of(star(), "m").listed(at, 5, 0)  # type: ignore[arg-type]


_LINKS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30)


@settings(max_examples=100, deadline=None)
@given(_LINKS, st.integers(0, 12))
def test_networkx_counts_the_same_steps(links: list[tuple[int, int]], start: int) -> None:
    """If it failed: somebody would be nearer or farther than they are."""
    graph = networkx.empty_graph(13)
    graph.add_edges_from((a, b) for a, b in links if a != b)
    known = networkx.single_source_shortest_path_length(graph, start)
    found = steps_from(network_of(graph), start)
    assert found.tolist() == [known.get(node, -1) for node in range(13)]


@pytest.mark.slow
def test_networkx_agrees_on_the_network_of_relativity(shared_data: Path) -> None:
    """If it failed: steps would be right in the small only."""
    graph = networkx.read_edgelist(shared_data / "graphs" / "ca-GrQc.txt")
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    for start in list(graph)[::1000]:
        known = networkx.single_source_shortest_path_length(graph, start)
        found = of(graph, start)
        assert found.counts == tuple(np.bincount(list(known.values())).tolist())
        assert found.unreachable == len(graph) - len(known)
