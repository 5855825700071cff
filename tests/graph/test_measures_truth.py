"""Measures on real networks: the author page, and networks whose figures others have published."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx
import pytest
import scipy.sparse.linalg

from collegium.graph.errors import MeasureError
from collegium.graph.load import load
from collegium.graph.measures import measure
from collegium.graph.measures import spectral as spectral_family
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from collegium.graph.store import Store
from networks import (
    believed,
    seed_papers,
    weighted,
)


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> Mirror:
    """Return the mirror of the true page as a person read it. Prevents: the reader's errors count here."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())
    return mirror(believed(*seed_papers(truth)))


@pytest.mark.parametrize(("shown_only", "part"), [(False, "plus_owner"), (True, "only")])
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("degree", "degree"),
        ("strength", "strength"),
        ("betweenness", "betweenness_unweighted"),
        ("closeness", "closeness_wf"),
        ("pagerank", "pagerank_unweighted_0.85"),
    ],
)
def test_the_seed_has_the_numbers_that_were_checked_by_hand(
    seed: Mirror, shared_data: Path, name: str, key: str, shown_only: bool, part: str
) -> None:
    """Wrong: the first leaderboard a newcomer sees is not that of the page."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())[f"graph_shown_{part}"][key]
    graph = project(seed, "coauthors", where=Filter(shown_only=shown_only))
    found = {row.id: row.value for row in measure(graph, name)}
    expected = {who.lower().replace(" ", "-"): value for who, value in truth.items()}
    assert {who: found[who] for who in expected} == pytest.approx(expected, abs=5e-9)


ORACLE: dict[str, Callable[[networkx.Graph], dict[str, float]]] = {
    "pagerank": lambda g: networkx.pagerank(g, tol=1e-15, max_iter=2000, weight=None),
    "katz": lambda g: networkx.katz_centrality_numpy(
        g, alpha=0.9 / max(networkx.adjacency_spectrum(g, weight=None).real), weight=None
    ),
    "betweenness": networkx.betweenness_centrality,
    "core_number": networkx.core_number,
    "clustering": networkx.clustering,
}


@pytest.mark.parametrize("name", ORACLE)
def test_networkx_agrees_on_the_karate_club(name: str) -> None:
    """Wrong: our settings would change the definition."""
    club = networkx.relabel_nodes(networkx.karate_club_graph(), str)
    assert measure(club, name).values == pytest.approx(ORACLE[name](club), abs=1e-10)


def test_large_and_small_networks_share_one_eigenvector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong: the full matrix and the sparse solver would give two answers."""
    club = networkx.relabel_nodes(networkx.karate_club_graph(), str)
    dense = {name: measure(club, name).values for name in ("eigenvector", "katz")}
    monkeypatch.setattr(spectral_family, "_DENSE_UP_TO", 0)
    for name, values in dense.items():
        assert measure(club, name).values == pytest.approx(values, abs=1e-10)
    assert dense["eigenvector"] == pytest.approx(
        networkx.eigenvector_centrality(club, tol=1e-14, max_iter=5000, weight=None), abs=1e-10
    )


def test_an_eigenvalue_that_is_not_found_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong: an exception of ARPACK would reach the caller."""

    def fails(*_: object, **__: object) -> None:
        raise scipy.sparse.linalg.ArpackNoConvergence("no convergence", [], [])

    monkeypatch.setattr(spectral_family, "_DENSE_UP_TO", 0)
    monkeypatch.setattr(scipy.sparse.linalg, "eigsh", fails)
    with pytest.raises(MeasureError, match="eigenvalue"):
        measure(networkx.path_graph("abc"), "katz")


@pytest.mark.slow
def test_newmans_network_of_scientists_has_its_published_figures(shared_data: Path) -> None:
    """Wrong: numbers that the literature prints come out different here."""
    source = networkx.read_gml(shared_data / "graphs" / "netscience_newman.gml", label="label")
    graph = weighted((a, b, data["value"]) for a, b, data in source.edges(data=True))
    graph.add_nodes_from(source)
    assert (len(graph), graph.number_of_edges()) == (1589, 2742)
    between = measure(graph, "betweenness")
    assert between.rows[0].iri.startswith("NEWMAN")
    assert [row.value for row in between.top(2)] == pytest.approx([0.02245938, 0.01951686], abs=5e-9)
    assert [row.value for row in measure(graph, "strength").top(3)] == pytest.approx([30, 23, 18], abs=1e-4)
    values = measure(graph, "clustering").values.values()
    assert sum(value or 0 for value in values) / 1589 == pytest.approx(0.637791, abs=5e-7)
    assert sum(row.value is None for row in measure(graph, "constraint")) == 128


@pytest.mark.slow
def test_the_network_of_relativity_has_its_published_clustering(shared_data: Path) -> None:
    """Wrong: numbers that SNAP prints come out different here."""
    graph = networkx.read_edgelist(shared_data / "graphs" / "ca-GrQc.txt")
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    assert (len(graph), graph.number_of_edges()) == (5242, 14484)
    values = measure(graph, "clustering").values.values()
    assert sum(value or 0 for value in values) / 5242 == pytest.approx(0.5296, abs=5e-5)
    assert measure(graph, "eigenvector").facts["component_nodes"] == 4158
    assert sum(value or 0 for value in measure(graph, "pagerank").values.values()) == pytest.approx(1)
    assert measure(graph, "katz").rows[0].rank == 1


def test_the_page_itself_gives_the_same_network_when_loaded(shared_data: Path) -> None:
    """Wrong: reader, statements and mirror each do well and their seams do not."""
    store = Store.memory()
    load(store, [shared_data / "seed" / "xingtai-lv.txt"], source_date=date(2026, 11, 23))
    found = mirror(store.refreshed())
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())["graph_shown_plus_owner"]
    graph = project(found, "coauthors")
    assert (len(found.papers), len(graph), graph.number_of_edges()) == (17, 25, 57)
    assert (graph.size(weight="weight"), networkx.number_connected_components(graph)) == (84, 1)
    between = {row.name: row.value for row in measure(graph, "betweenness")}
    assert {who: between[who] for who in truth["betweenness_unweighted"]} == pytest.approx(
        truth["betweenness_unweighted"], abs=5e-9
    )
    shown = project(found, "coauthors", where=Filter(shown_only=True))
    assert shown.number_of_edges() == 41
    assert sorted(map(len, networkx.connected_components(shown))) == [4, 21]
    (owner,) = measure(graph, "h_index", mirror=found)
    assert (owner.name, owner.value, (owner.when or "")[:10]) == ("Xingtai Lv", 35, "2026-11-23")
    assert [row.value for row in measure(graph, "citations", mirror=found)] == [1150]
