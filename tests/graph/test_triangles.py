"""Triangles and cores counted over rows are those that NetworkX counts one by one."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.measures import triangles as triangles_file
from collegium.graph.measures.brokerage import constraint, effective_size
from collegium.graph.measures.cohesion import clustering
from collegium.graph.measures.kernels import core_numbers
from collegium.graph.measures.triangles import detours, triangle_sums, triangles
from collegium.graph.network import network_of
from networks import complete_five, kite, star, weighted

_NODES = "abcdefgh"
_LINKS = st.dictionaries(
    st.tuples(st.sampled_from(_NODES), st.sampled_from(_NODES)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 9),
)


def test_a_complete_five_has_ten_triangles() -> None:
    """If it failed: a triangle would be found twice, or not at all."""
    net = network_of(complete_five())
    (found,) = triangles(net)
    assert len(found.a) == 10
    assert len({frozenset(three) for three in zip(found.a, found.b, found.c, strict=True)}) == 10
    assert triangle_sums(net).tolist() == [6] * 5
    assert triangle_sums(net, np.full(20, 2.0)).tolist() == [48] * 5
    assert triangle_sums(network_of(star())).tolist() == [0] * 5
    assert list(triangles(network_of(networkx.empty_graph("ab")))) == []


def test_each_detour_leads_from_one_end_to_the_other() -> None:
    """If it failed: constraint would add up what somebody else gives."""
    net = network_of(kite())
    number, ends = net.links.number, net.links.ends
    seen = set()
    for link, one, other in detours(net):
        assert (number[one] == number[link]).all() and (number[other] == ends[link]).all()
        assert (ends[one] == ends[other]).all()
        seen |= set(zip(link.tolist(), ends[one].tolist(), strict=True))
    expected = {
        (place, q)
        for place, (i, j) in enumerate(zip(number, ends, strict=True))
        for q in set(net.links[i].tolist()) & set(net.links[j].tolist())
    }
    assert seen == expected
    assert (number[net.backwards] == ends).all() and (ends[net.backwards] == number).all()


@pytest.mark.parametrize("at_once", [1, 3, 2_000_000])
@settings(max_examples=60, deadline=None)
@given(links=_LINKS)
def test_networkx_counts_the_same(at_once: int, links: dict[tuple[str, str], int]) -> None:
    """If it failed: a number would depend on how much is looked at together."""
    graph = weighted((a, b, weight) for (a, b), weight in links.items())
    graph.add_nodes_from(_NODES)
    net, nodes = network_of(graph), list(graph)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(triangles_file, "_AT_ONCE", at_once)
        assert dict(zip(nodes, triangle_sums(net), strict=True)) == networkx.triangles(graph)
        assert dict(zip(nodes, core_numbers(net), strict=True)) == networkx.core_number(graph)
        for weight, sizes in ((None, None), ("weight", net.weights)):
            pairs = (
                (clustering, networkx.clustering(graph, weight=weight)),
                (constraint, networkx.constraint(graph, nodes, weight=weight)),
                (effective_size, networkx.effective_size(graph, nodes, weight=weight)),
            )
            for ours, theirs in pairs:
                found = dict(zip(nodes, ours(net, sizes).values.tolist(), strict=True))
                assert found == pytest.approx(theirs, abs=1e-10, nan_ok=True), ours.__name__
