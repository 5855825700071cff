"""Counting over columns gives the network that counting paper by paper gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.compact import compact
from collegium.graph.errors import CollegiumError, ParameterError, UnknownName
from collegium.graph.mirror import mirror
from collegium.graph.network import Network, network_of
from collegium.graph.projections import PROJECTIONS, WEIGHTS, project
from collegium.graph.selection import Filter
from networks import author, believed, written

AUTHORS, PLACES, TOPICS = "abcdefg", ("pku", "thu"), ("cs.CL", "cs.LG", "math.CO")
WORKS = ("p0", "p1", "p2", "p3", "http://a.b/1", "http://a.b/2")
PAPERS = st.lists(
    st.fixed_dictionaries(
        {
            "shown": st.lists(st.sampled_from(AUTHORS), unique=True, max_size=5),
            "hidden": st.lists(st.sampled_from(AUTHORS), unique=True, max_size=2),
            "issued": st.sampled_from([None, "2021", "2022-03", "2023-01-01"]),
            "inferred": st.sampled_from([None, "2022"]),
            "institutions": st.lists(st.sampled_from(PLACES), unique=True),
            "categories": st.lists(st.sampled_from(TOPICS), unique=True),
            "cites": st.lists(st.sampled_from(WORKS), unique=True, max_size=4),
            "cut": st.booleans(),
        }
    ),
    max_size=7,
)
FILTERS = st.sampled_from(
    [
        Filter(),
        Filter(from_year=2022),
        Filter(to_year=2022),
        Filter(category="cs.CL"),
        Filter(institution="pku"),
        Filter(authors=frozenset({"a", "b"})),
        Filter(complete_only=True),
        Filter(shown_only=True),
        Filter(min_weight=2),
        Filter(min_weight=0.5, shown_only=True, from_year=2021),
    ]
)


def made(papers: list[dict[str, Any]]) -> Any:
    """Return the mirror of some papers; one with more than four authors makes no pairs."""
    texts = []
    for number, paper in enumerate(papers):
        hidden = [name for name in paper["hidden"] if name not in paper["shown"]]
        texts.append(written(f"p{number}", **{**paper, "hidden": hidden}))
    return replace(mirror(believed(*texts)), most_authors=4)


def asked(make: Any, *of: Any, **options: Any) -> Any:
    """Return what a call gives, or the text of its error."""
    try:
        return make(*of, **options)
    except CollegiumError as error:
        return str(error)


@given(PAPERS, st.sampled_from([name for name, row in PROJECTIONS.items() if row.of_papers]), FILTERS)
def test_columns_and_papers_are_counted_alike(papers: list[dict[str, Any]], name: str, where: Filter) -> None:
    """If it failed: a measure would be of another network than the picture beside it."""
    found = made(papers)
    for weight in WEIGHTS:
        graph = asked(project, found, name, weight=weight, where=where)
        net = asked(compact, found, name, weight=weight, where=where)
        if isinstance(graph, str):
            assert net == graph
            continue
        assert net.nodes.iris == list(graph)
        assert net.facts == graph.graph
        assert links(net) == {
            frozenset((one, other)): size for one, other, size in graph.edges(data="weight")
        }
        assert net.papers.tolist() == [of for _, of in graph.nodes(data="papers")]
        assert net.fractional_papers.tolist() == [of for _, of in graph.nodes(data="fractional_papers")]


def links(net: Network) -> dict[frozenset[str], float]:
    """Return the weight of each pair of IRIs."""
    iris, weights = net.nodes.iris, net.per_pair(net.weights).tolist()
    return {
        frozenset((iris[one], iris[other])): size
        for (one, other), size in zip(net.pairs.tolist(), weights, strict=True)
    }


def test_shares_make_whole_numbers() -> None:
    """If it failed: six sixths would be 0.9999999999999999, and somebody with one paper's worth would rank behind."""
    seven = list("abcdefg")
    net = compact(
        mirror(believed(*(written(f"p{n}", seven) for n in range(6)))), "coauthors", weight="fractional"
    )
    assert set(net.weights.tolist()) == {1.0}


def test_a_word_that_is_none_is_refused() -> None:
    """If it failed: a typing error would be answered with some network."""
    found = mirror(believed(written("p", ["a", "b"])))
    with pytest.raises(UnknownName, match="coauthors"):
        compact(found, "coauthor")
    with pytest.raises(UnknownName, match="fractional"):
        compact(found, "coauthors", weight="fraktional")


def test_who_a_node_is_is_looked_up() -> None:
    """If it failed: a rank would stand beside another's name."""
    net = compact(mirror(believed(written("p", ["b", "a"], categories=["cs.CL"]))), "author-category")
    assert [(node.id, node.kind) for node in (net.nodes[at] for at in range(len(net.nodes)))] == [
        ("a", "author"),
        ("b", "author"),
        ("cs.CL", "category"),
    ]
    assert net.nodes.number_of(author("b")) == 1
    assert net.nodes.number_of("nobody") is None
    with pytest.raises(IndexError):
        net.nodes[3]


@given(st.integers(0, 12), st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_a_graph_of_networkx_keeps_its_links(nodes: int, edges: int, seed: int) -> None:
    """If it failed: a measure would be of another graph than the one given."""
    graph = networkx.gnm_random_graph(nodes, edges, seed=seed)
    for number, (one, other) in enumerate(graph.edges, start=1):
        graph.edges[one, other].update(weight=number, distance=number / 7)
    net = network_of(graph)
    assert (len(net), net.size) == (len(graph), graph.number_of_edges())
    wanted = networkx.to_numpy_array(graph, weight="weight") if nodes else np.zeros((0, 0))
    assert (net.matrix(net.weights.astype(float)).toarray() == wanted).all()
    distances = networkx.to_numpy_array(graph, weight="distance") if nodes else np.zeros((0, 0))
    assert (net.matrix(net.distances).toarray() == distances).all()
    assert net.components.max(initial=-1) + 1 == networkx.number_connected_components(graph)


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        (networkx.DiGraph([(1, 2)]), "DiGraph"),
        (networkx.MultiGraph([(1, 2), (1, 2)]), "MultiGraph"),
        (networkx.Graph([(1, 1)]), "linked to itself"),
        (networkx.Graph([(1, 2, {"weight": 0})]), "weight 0 at 1 - 2"),
        (networkx.Graph([(1, 2, {"distance": float("inf")})]), "distance inf at 1 - 2"),
    ],
)
def test_a_graph_that_is_none_of_ours_is_refused(graph: networkx.Graph, found: str) -> None:
    """If it failed: loops count double, and lengths below zero loop for ever."""
    with pytest.raises(ParameterError, match=found):
        network_of(graph)
