"""The power law of degrees: against igraph's fit, against a plain search, on drawn numbers, and where there is none."""

from __future__ import annotations

from pathlib import Path

import igraph
import networkx
import numpy as np
import pytest

from collegium.graph.figures import figures, power_law
from collegium.graph.figures.power_law import fitted


def _attached() -> networkx.Graph:
    return networkx.relabel_nodes(networkx.barabasi_albert_graph(400, 2, seed=5), str)


def test_numbers_drawn_from_a_law_give_its_exponent_back() -> None:
    """If it failed: the estimate would be biased. The error is one standard deviation."""
    fit = fitted(np.random.default_rng(1).zipf(2.5, 20_000))
    assert fit is not None and fit.x_min <= 3
    assert abs(fit.exponent - 2.5) < 3 * fit.error and fit.error == pytest.approx(
        1.5 / np.sqrt(fit.tail), rel=0.3
    )


def test_no_exponent_is_likelier_and_no_start_is_nearer() -> None:
    """If it failed: the fit would stop short of the best. Here all is tried, with sums instead of zeta."""
    values = np.array([1] * 60 + [2] * 25 + [3] * 9 + [4] * 6 + [7] * 3 + [12])
    fit = fitted(values)
    assert fit is not None
    far = np.arange(1, 40_000)
    found = []
    for start in (1, 2, 3, 4, 7):
        tail, terms = values[values >= start], far[far >= start]
        likely, exponent = max(
            (-len(tail) * np.log((terms**-s).sum()) - s * np.log(tail).sum(), s)
            for s in np.arange(1.5, 6, 0.01)
        )
        told = np.cumsum(terms[:12] ** -exponent) / (terms**-exponent).sum()
        seen = np.array([(tail <= at).mean() for at in terms[:12]])
        found.append((float(np.abs(told - seen).max()), start, exponent, likely))
    distance, start, exponent, _ = min(found)
    assert (fit.x_min, fit.exponent) == (start, pytest.approx(exponent, abs=0.006))
    assert fit.distance == pytest.approx(distance, abs=2e-3)


@pytest.mark.slow
def test_igraph_fits_the_same_law(shared_data: Path) -> None:
    """If it failed: Clauset's own method, as written by another, would say something else."""
    relativity = networkx.read_edgelist(shared_data / "graphs" / "ca-GrQc.txt")
    relativity.remove_edges_from(list(networkx.selfloop_edges(relativity)))
    science = networkx.read_gml(shared_data / "graphs" / "netscience_newman.gml", label="label")
    for graph, exponent, x_min in ((relativity, 2.113444, 3), (science, 3.606719, 7)):
        theirs = igraph.power_law_fit([degree for _, degree in graph.degree() if degree])
        ours = figures(graph, ["degree_exponent"])["degree_exponent"]
        assert ours.value == pytest.approx(theirs.alpha, abs=1e-5) == pytest.approx(exponent, abs=1e-5)
        assert ours.facts["x_min"] == theirs.xmin == x_min
        assert ours.facts["kolmogorov_smirnov"] == pytest.approx(theirs.D, abs=1e-5)
        assert ours.error and 0 < ours.error < 0.2


def test_too_few_nodes_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a law would be told of a handful of people."""
    few = figures(networkx.relabel_nodes(networkx.star_graph(20), str))["degree_exponent"]
    assert few.reason == "found 21 nodes with links, expected at least 50"
    tail = figures(_attached())["degree_exponent"].facts["tail_nodes"]
    monkeypatch.setattr(power_law, "_LEAST", int(str(tail)) + 1)
    found = figures(_attached())["degree_exponent"]
    assert found.value is None and f"tells of {tail} nodes, expected at least" in (found.reason or "")


def test_equal_degrees_have_no_tail() -> None:
    """If it failed: a ring would be told to follow a law."""
    ring = figures(networkx.relabel_nodes(networkx.cycle_graph(60), str))["degree_exponent"]
    assert ring.reason == "the degrees have no tail that a power law could tell of"
