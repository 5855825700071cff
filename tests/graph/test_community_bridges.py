"""Who bridges two communities is told by weights and by all shortest paths between them, and nothing else."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.communities import Communities, Groups
from collegium.graph.community_bridges import bridges
from collegium.graph.errors import NotFound, ParameterError, UnknownName
from collegium.graph.network import network_of
from networks import weighted


def parted(net: Any, *parts: str) -> Communities:
    """Return communities that nobody had to find: each part a word of one-letter nodes."""
    order = np.array([net.nodes.number_of(node) for part in parts for node in part], np.int32)
    starts = np.cumsum([0, *map(len, parts)])
    return Communities(Groups(net.nodes, order, starts), 0.0, "none", 1, 1.0)


def test_a_chain_is_bridged_by_its_middle() -> None:
    """If it failed: the broker between two groups would not come first."""
    net = network_of(weighted([("a", "b", 1), ("b", "x", 3), ("x", "y", 1), ("a", "q", 9)]))
    found = bridges(net, parted(net, "ab", "xy", "q"), 1, 2)
    assert (found.sizes, found.weight, found.joined) == ((2, 2), 3.0, 1.0)
    (link,) = found.links
    names = net.nodes
    assert (names[link.one].iri, names[link.other].iri, link.weight, link.betweenness) == ("b", "x", 3, 1.0)
    told = [(names[m.node].iri, m.community, m.links, m.weight, m.betweenness) for m in found.members]
    # b lies between a and x, a and y: 2 of the 4 pairs; x between a and y, b and y.
    assert told == [("b", 1, 1, 3.0, 0.5), ("x", 2, 1, 3.0, 0.5)]


def test_two_groups_apart_have_no_bridge() -> None:
    """If it failed: a division by nothing, or a path through a third group would count."""
    net = network_of(weighted([("a", "b", 1), ("x", "y", 1), ("b", "q", 1), ("q", "x", 1)]))
    found = bridges(net, parted(net, "ab", "xy", "q"), 1, 2)
    assert (found.links, found.members, found.weight, found.joined) == ((), (), 0.0, 0.0)


def test_links_and_members_are_ranked_by_what_is_asked() -> None:
    """If it failed: the heaviest link would be told as the one that most pairs need, or the other way round."""
    # c - y is heavy; b - x joins more pairs, since a and z hang on it.
    links = [
        ("a", "b", 1),
        ("b", "c", 1),
        ("b", "x", 1),
        ("c", "y", 5),
        ("x", "y", 1),
        ("x", "z", 1),
        ("z", "w", 1),
    ]
    net = network_of(weighted(links))
    found = bridges(net, parted(net, "abc", "wxyz"), 1, 2)
    names = net.nodes
    for by, first, who in (("weight", "cy", "c"), ("betweenness", "bx", "b")):
        ranked = found.ranked(by)
        link = ranked.links[0]
        assert names[link.one].iri + names[link.other].iri == first
        assert names[next(m.node for m in ranked.members if m.community == 1)].iri == who
        assert set(ranked.links) == set(found.links) and set(ranked.members) == set(found.members)
    with pytest.raises(UnknownName, match="by"):
        found.ranked("size")


def test_what_is_too_dear_is_left_out_and_said() -> None:
    """If it failed: two large groups would hold up everybody, or 0 would be taken for a value."""
    net = network_of(weighted([("a", "b", 1), ("b", "x", 3)]))
    found = bridges(net, parted(net, "ab", "x"), 1, 2, most_work=1)
    assert (found.joined, found.links[0].betweenness, found.members[0].betweenness) == (None, None, None)


def test_numbers_that_are_none_are_refused() -> None:
    """If it failed: a group would be compared with itself, or an index would run over."""
    net = network_of(weighted([("a", "x", 1)]))
    for number in (0, 3, -1):
        with pytest.raises(NotFound, match="numbers go from 1 to 2"):
            bridges(net, parted(net, "a", "x"), 1, number)
    with pytest.raises(ParameterError, match="another community"):
        bridges(net, parted(net, "a", "x"), 2, 2)


_LINKS = st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=20)


@settings(max_examples=80, deadline=None)
@given(_LINKS)
def test_networkx_counts_the_same_paths(links: set[tuple[str, str]]) -> None:
    """If it failed: "stands between" would be another thing here than in the literature."""
    graph = weighted([(a, b, 1) for a, b in links if a < b])
    graph.add_nodes_from("abcdefgh")
    net = network_of(graph)
    found = bridges(net, parted(net, "abc", "defg", "h"), 1, 2)
    inside = graph.subgraph("abcdefg")
    subset = networkx.betweenness_centrality_subset(inside, list("abc"), list("defg"))
    told = {net.nodes[m.node].iri: m.betweenness for m in found.members}
    for node, value in subset.items():
        assert told.get(node, 0.0) == pytest.approx(value * 2 / 12, abs=1e-12)
    pairs = [(a, b) for a, b in product("abc", "defg") if networkx.has_path(inside, a, b)]
    assert found.joined == pytest.approx(len(pairs) / 12)
    share: dict[frozenset[str], float] = {}
    for a, b in pairs:
        paths = list(networkx.all_shortest_paths(inside, a, b))
        for path in paths:
            for step in pairwise(path):
                share[frozenset(step)] = share.get(frozenset(step), 0) + 1 / len(paths) / 12
    for link in found.links:
        ends = frozenset((net.nodes[link.one].iri, net.nodes[link.other].iri))
        assert link.betweenness == pytest.approx(share[ends], abs=1e-12)
