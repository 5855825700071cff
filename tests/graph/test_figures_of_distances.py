"""Diameter and path length where a network is too large to walk from every node: bounds, samples, what is shared."""

from __future__ import annotations

import networkx
import pytest

from collegium.graph.figures import distances, figures, study
from networks import weighted


def _bowtie() -> networkx.Graph:
    """Two triangles and a link between them."""
    return weighted((a, b, 1) for a, b in "ab bc ac cd de ef df".split())


def test_a_diameter_that_was_not_found_is_a_bound_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the longest path seen would be given for the longest there is."""
    monkeypatch.setattr(distances, "_MOST_STEPS", 1)
    monkeypatch.setattr(distances, "_LEAST_WALKS", 1)
    ring = figures(networkx.relabel_nodes(networkx.circular_ladder_graph(20), str), ["diameter"])["diameter"]
    assert (ring.exact, ring.facts["lower_bound"], ring.facts["walks"]) == (False, True, 1)
    assert ring.value is not None and ring.value <= 11 <= int(str(ring.facts["at_most"]))
    monkeypatch.setattr(distances, "_LEAST_WALKS", 40)
    assert figures(networkx.relabel_nodes(networkx.circular_ladder_graph(20), str))["diameter"].value == 11


def test_a_sampled_path_length_has_its_error_and_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: an estimate would be taken for the number, or nobody could repeat it."""
    graph = networkx.relabel_nodes(networkx.barabasi_albert_graph(400, 2, seed=3), str)
    exact = figures(graph, ["average_path_length", "small_world"])
    monkeypatch.setattr(distances, "_MOST_STEPS", 1)
    first, again, other = (figures(study(graph, seed=seed)) for seed in (1, 1, 2))
    found = first["average_path_length"]
    assert (found.exact, found.facts["sample"], found.facts["seed"]) == (False, 50, 1)
    assert found.value == again["average_path_length"].value != other["average_path_length"].value
    off = abs((found.value or 0) - (exact["average_path_length"].value or 0))
    assert found.error and off < 4 * found.error
    sigma = first["small_world"]
    assert not sigma.exact and sigma.error and sigma.facts["seed"] == 1
    assert abs((sigma.value or 0) - (exact["small_world"].value or 0)) < 4 * sigma.error


def test_a_sample_of_all_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: the bounded way would count something else than the full one."""
    exact = figures(_bowtie())["average_path_length"].value
    monkeypatch.setattr(distances, "_MOST_STEPS", 1)
    found = figures(_bowtie())["average_path_length"]
    assert found.value == pytest.approx(exact) and found.exact and found.error == 0


def test_other_choices_share_what_does_not_depend_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: whoever asks with a thousand seeds would fill the memory with a thousand networks."""
    one = study(networkx.relabel_nodes(networkx.barabasi_albert_graph(100, 2, seed=3), str))
    monkeypatch.setattr(distances, "_MOST_STEPS", 1)
    first = figures(one)
    other = one.choosing(2, (3,))
    second = figures(other)
    assert other.giant is one.giant and second["diameter"] is first["diameter"]
    assert second["average_path_length"] is not first["average_path_length"]
    assert second["small_world"].facts["seed"] == second.facts["parameters"]["seed"] == 2  # type: ignore[index]
    assert [row[0] for row in second["rich_club"].facts["coefficients"]] == [3]  # type: ignore[attr-defined]
    assert figures(one)["rich_club"] is first["rich_club"]
    held = len(one.found)
    figures(one.choosing(2, (4,)))
    assert len(one.found) == held
