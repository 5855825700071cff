"""NetworkX computes on our rows what it computes itself, and is told where it does not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pytest
from networkx.utils import backends

from collegium.graph.backend import FUNCTIONS, functions, get_info
from collegium.graph.backend.graph import CompactGraph
from collegium.graph.compact import compact
from collegium.graph.mirror import mirror
from collegium.graph.network import network_of
from collegium.graph.typed_network import TypedGraph, typed_graph
from networks import author, believed, kite, weighted, written


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell NetworkX of us as its own search for entry points would. Prevents: tests that need an installation anew."""
    found = EntryPoint("collegium", "collegium.graph.backend.functions", "networkx.backends")
    monkeypatch.setitem(backends.backends, "collegium", found)
    monkeypatch.setitem(backends.backend_info, "collegium", get_info())
    monkeypatch.delitem(backends._loaded_backends, "collegium", raising=False)
    dispatchable = backends._dispatchable
    monkeypatch.setattr(dispatchable, "__call__", dispatchable._call_if_any_backends_installed)


def in_pieces() -> networkx.Graph:
    """A triangle with a tail, a pair, two alone."""
    graph = weighted([("a", "b", 3), ("b", "c", 1), ("a", "c", 2), ("c", "d", 5), ("x", "y", 1)])
    graph.add_nodes_from(["o", "p"])
    return graph


def club() -> networkx.Graph:
    return networkx.relabel_nodes(networkx.karate_club_graph(), str)


GRAPHS = {
    "kite": kite,
    "pieces": in_pieces,
    "club": club,
    "one": lambda: networkx.empty_graph(["a"]),
    "none linked": lambda: networkx.empty_graph(list("abc")),
}
CALLS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in FUNCTIONS if name not in ("shortest_path_length", "katz_centrality")),
    ("pagerank", {"alpha": 0.5, "tol": 1e-12, "max_iter": 500, "weight": None}),
    ("betweenness_centrality", {"normalized": False}),
    ("betweenness_centrality", {"weight": "weight"}),
    ("closeness_centrality", {"wf_improved": False}),
    ("closeness_centrality", {"distance": "weight"}),
    ("harmonic_centrality", {"distance": "weight"}),
    ("clustering", {"weight": "weight"}),
    ("constraint", {"weight": "weight"}),
    ("eigenvector_centrality", {"weight": "weight", "max_iter": 3000}),
    ("katz_centrality", {"alpha": 0.01, "beta": 2.0, "normalized": False, "weight": "weight"}),
    ("katz_centrality", {"alpha": 0.05}),
    ("clustering", {"weight": "no such size"}),
]


def plain(found: Any) -> Any:
    """Return what a function gives, ready to be compared."""
    return [sorted(part) for part in found] if isinstance(found, Iterator) else found


def outcome(run: Callable[[], Any]) -> Any:
    """Return what a call gives, or the name of its error."""
    try:
        return plain(run())
    except networkx.NetworkXException as error:
        return type(error).__name__


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NetworkX's own, where nothing is linked
@pytest.mark.parametrize("which", GRAPHS)
@pytest.mark.parametrize(("name", "given"), CALLS, ids=str)
def test_networkx_gives_the_same(name: str, given: dict[str, Any], which: str) -> None:
    """If it failed: a number would depend on whether we are installed."""
    graph = GRAPHS[which]()
    function = getattr(networkx, name)
    theirs = outcome(lambda: function.orig_func(graph, **given))
    expected = theirs if isinstance(theirs, str | list) else pytest.approx(theirs, abs=1e-10, nan_ok=True)
    if name == "degree_assortativity_coefficient" and not graph.size():
        with pytest.raises(NotImplementedError):
            function(graph, backend="collegium")
        return
    assert outcome(lambda: function(graph, backend="collegium", **given)) == expected
    if given.get("weight", "weight") == "weight" and given.get("distance", "weight") == "weight":
        assert outcome(lambda: function(CompactGraph(network_of(graph)), **given)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("file", ["netscience_newman.gml", "ca-GrQc.txt"])
def test_networkx_gives_the_same_on_real_networks(file: str, shared_data: Path) -> None:
    """If it failed: what holds on small graphs would not hold where it is needed."""
    path = shared_data / "graphs" / file
    read = networkx.read_gml(path, label="label") if path.suffix == ".gml" else networkx.read_edgelist(path)
    graph = networkx.Graph(read.edges)
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    ours = CompactGraph(network_of(graph))
    slow = ("betweenness_centrality", "closeness_centrality", "harmonic_centrality", "shortest_path_length")
    for name in FUNCTIONS:
        if name not in slow and name != "katz_centrality":
            function, given = getattr(networkx, name), {"max_iter": 5000} if "eigen" in name else {}
            expected = outcome(lambda f=function, g=given: f.orig_func(graph, **g))
            if isinstance(expected, list):
                assert outcome(lambda f=function: f(ours)) == expected, name
            else:
                found = function(ours, **given)
                assert found == pytest.approx(expected, abs=1e-10, nan_ok=True), name
    start = next(iter(graph))
    assert networkx.shortest_path_length(ours, start) == networkx.shortest_path_length.orig_func(graph, start)


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("pagerank", {"personalization": {"a": 1}}),
    ("pagerank", {"nstart": {"a": 1}}),
    ("pagerank", {"dangling": {"a": 1}}),
    ("betweenness_centrality", {"k": 2, "seed": 1}),
    ("betweenness_centrality", {"endpoints": True}),
    ("betweenness_centrality", {"weight": "distance"}),
    ("betweenness_centrality", {"weight": lambda u, v, data: 1}),
    ("closeness_centrality", {"u": "a"}),
    ("harmonic_centrality", {"nbunch": ["a"]}),
    ("harmonic_centrality", {"sources": ["a"]}),
    ("clustering", {"nodes": ["a"]}),
    ("triangles", {"nodes": "a"}),
    ("constraint", {"nodes": ["a"]}),
    ("effective_size", {"nodes": ["a"]}),
    ("effective_size", {"weight": "weight"}),
    ("katz_centrality", {"alpha": 0.01, "beta": dict.fromkeys("abcdxyop", 1.0)}),
    ("degree_assortativity_coefficient", {"weight": "weight"}),
    ("degree_assortativity_coefficient", {"nodes": ["a", "b", "c", "d"]}),
    ("shortest_path_length", {"source": "a", "weight": "weight"}),
    ("shortest_path_length", {}),
]


@pytest.mark.parametrize(
    ("name", "given"), REFUSED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(REFUSED)]
)
def test_what_is_not_honoured_is_refused(
    name: str, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: an argument would be dropped and the number be that of another question."""
    graph = in_pieces()
    ours, function = CompactGraph(network_of(graph)), getattr(networkx, name)
    with pytest.raises(NotImplementedError):
        plain(function(ours, **given))
    monkeypatch.setattr(networkx.config, "fallback_to_nx", True)
    expected, found = function(graph, **given), function(ours, **given)
    if isinstance(expected, Iterator):
        assert dict(found) == dict(expected)
    else:
        assert found == pytest.approx(expected, abs=1e-10, nan_ok=True)


@pytest.mark.parametrize(
    "graph",
    [
        networkx.DiGraph([("a", "b")]),
        networkx.MultiGraph([("a", "b")]),
        networkx.Graph([("a", "a"), ("a", "b")]),
    ],
    ids=["directed", "several", "loop"],
)
def test_graphs_of_another_kind_are_refused(graph: networkx.Graph) -> None:
    """If it failed: a direction or a loop would be dropped."""
    with pytest.raises((NotImplementedError, networkx.NetworkXNotImplemented)):
        networkx.core_number(graph, backend="collegium")
    with pytest.raises(NotImplementedError):
        functions.convert_from_nx(graph)


@pytest.mark.parametrize("size", [0, -1, float("nan"), float("inf"), "many", None])
def test_sizes_that_are_no_numbers_above_0_are_refused(size: Any) -> None:
    """If it failed: a weight of 0 or nan would give a wrong number."""
    graph = networkx.Graph()
    graph.add_edge("a", "b", weight=size)
    with pytest.raises(NotImplementedError):
        networkx.pagerank(graph, backend="collegium")


def test_all_arguments_are_those_of_networkx() -> None:
    """If it failed: a call by position would mean another thing, or a new argument would be dropped."""
    for name in FUNCTIONS:
        theirs = inspect.signature(getattr(networkx, name).orig_func).parameters
        ours = inspect.signature(getattr(functions, name)).parameters
        assert [(p.name, p.default) for p in ours.values()] == [
            (p.name, p.default) for p in theirs.values()
        ], name


def test_an_empty_graph_is_left_to_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: some functions would raise what NetworkX does not."""
    ours = CompactGraph(network_of(networkx.Graph()))
    with pytest.raises(NotImplementedError):
        networkx.pagerank(ours)
    monkeypatch.setattr(networkx.config, "fallback_to_nx", True)
    assert networkx.pagerank(ours) == {}
    with pytest.raises(networkx.NetworkXPointlessConcept):
        networkx.eigenvector_centrality(ours)


def test_paths_are_found_and_missed_as_networkx_does() -> None:
    """If it failed: no path would be a length."""
    ours = CompactGraph(network_of(in_pieces()))
    assert networkx.shortest_path_length(ours, "a", "d") == 2
    assert networkx.shortest_path_length(ours, target="d") == {"d": 0, "c": 1, "a": 2, "b": 2}
    with pytest.raises(networkx.NetworkXNoPath):
        networkx.shortest_path_length(ours, "a", "x")
    with pytest.raises(networkx.NodeNotFound):
        networkx.shortest_path_length(ours, "a", "nobody")


def test_small_graphs_are_not_worth_it() -> None:
    """If it failed: converting would cost more than it saves."""
    assert functions.should_run("pagerank", (networkx.path_graph(200),), {}) is True
    assert "200" in str(functions.should_run("pagerank", (), {"G": networkx.path_graph(3)}))
    assert functions.can_run("pagerank", (networkx.path_graph(3),), {}) is True
    assert "alone" in str(functions.can_run("pagerank", (networkx.path_graph(3),), {"nstart": {0: 1}}))


def test_a_graph_of_ours_looks_like_its_own_copy() -> None:
    """If it failed: what is seen of a large network would not be what is there."""
    store = believed(written("p", ["ann", "bob", "cat"]), written("q", ["ann", "bob"]), written("r", ["dan"]))
    ours = CompactGraph(compact(mirror(store), "coauthors"))
    copy = ours.to_networkx()
    ann, bob, dan = author("ann"), author("bob"), author("dan")
    assert list(ours) == list(copy) and len(ours) == ours.order() == 4 and ann in ours and [] not in ours
    assert ours.number_of_edges() == ours.size() == len(ours.edges) == copy.size() == 3
    assert ours.size("weight") == copy.size("weight") == 4
    assert dict(ours.degree) == dict(copy.degree) and ours.degree[ann] == 2 and len(ours.degree) == 4
    assert dict(ours.degree("weight")) == dict(copy.degree(weight="weight"))
    assert list(ours.edges) == list(copy.edges) and (ann, bob) in ours.edges and (ann, dan) not in ours.edges
    assert list(ours.edges(data="weight")) == list(copy.edges(data="weight"))
    assert ours.edges[ann, bob] == ours[ann][bob] == {"weight": 2, "distance": 0.5}
    assert {node: dict(near) for node, near in ours.adj.items()} == {n: dict(a) for n, a in copy.adj.items()}
    assert list(ours.neighbors(ann)) == list(copy.neighbors(ann)) and len(ours[dan]) == 0
    assert dict(ours.nodes.data()) == dict(copy.nodes.data()) and ours.nodes[ann]["name"] == "Ann"
    assert list(ours.nodes(data="papers")) == list(copy.nodes(data="papers")) and list(ours.nodes()) == list(
        ours
    )
    assert ours.has_edge(bob, ann) and not ours.has_edge(ann, "nobody") and ours.has_node(dan)
    assert ours.get_edge_data(ann, dan, "none") == "none"
    assert not ours.is_directed() and not ours.is_multigraph() and "4 nodes" in repr(ours) and ours.name == ""
    for missing in (lambda: ours.edges[ann, dan], lambda: ours[ann][dan], lambda: ours.adj["nobody"]):
        with pytest.raises(KeyError):
            missing()


def test_the_typed_network_is_the_same_as_rows() -> None:
    """If it failed: above some size the whole mirror would have other nodes or links."""
    text = written(
        "p", ["zoe", "ann"], hidden=["bob"], institutions=["mit"], categories=["cs.CL"], issued="2024"
    )
    found = mirror(
        believed(text, written("q", ["bob"], categories=["cs.CL", "math.CV"], cut=True), written("r"))
    )
    small, large = typed_graph(found), TypedGraph(found)
    assert dict(large.nodes.data()) == dict(small.nodes.data()) and list(large) == list(small)
    assert {frozenset(pair): facts for *pair, facts in large.edges.data()} == {
        frozenset(pair): facts for *pair, facts in small.edges.data()
    }
    assert large.number_of_edges() == small.number_of_edges() and large.graph == small.graph
    assert np.array_equal(large.network.degrees, [degree for _, degree in small.degree])
    assert networkx.number_connected_components(large) == networkx.number_connected_components(small)
