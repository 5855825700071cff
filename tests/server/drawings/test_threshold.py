"""The cap: raised only as far as needed, and never silent."""

from __future__ import annotations

import networkx
import pytest

from collegium.server.drawings.threshold import cut_ego, cut_network, joint_papers
from pictures_to_draw import star, who

AUTHORS = ("author", "authors")


def pairs(*strengths: int) -> networkx.Graph:
    """Return separate pairs a0-b0, a1-b1, … with these many joint papers."""
    graph = networkx.Graph()
    for number, strength in enumerate(strengths):
        graph.add_edge(f"a{number}", f"b{number}", weight=strength)
    return graph


def test_a_small_network_is_drawn_whole() -> None:
    """If it failed: authors would be missing without need."""
    cut = cut_network(pairs(1, 1), at_most=4, noun=AUTHORS)
    assert (len(cut.nodes), cut.least_joint_papers, cut.note) == (4, 1, None)


def test_the_bound_is_the_lowest_that_fits_and_is_said() -> None:
    """If it failed: more would be hidden than said, or said than hidden."""
    cut = cut_network(pairs(1, 2, 3, 4), at_most=5, noun=AUTHORS)
    assert cut.nodes == ("a2", "a3", "b2", "b3") and cut.least_joint_papers == 3
    assert cut.note == (
        "4 of 8 authors are hidden: shown are links of at least 3 joint papers, the lowest bound that leaves at most 5."
    )


def test_when_no_bound_fits_the_strongest_stay() -> None:
    """If it failed: a large network of single papers would be an empty picture."""
    cut = cut_network(pairs(1, 1, 1), at_most=3, noun=AUTHORS)
    assert cut.nodes == ("a0", "a1", "a2") and cut.least_joint_papers == 1
    assert cut.note is not None and cut.note.startswith("3 of 6 authors are hidden: no bound")


def test_unlinked_nodes_go_first() -> None:
    """If it failed: links would be hidden to make room for loners."""
    graph = pairs(1)
    graph.add_nodes_from(["x", "y"])
    cut = cut_network(graph, at_most=2, noun=AUTHORS)
    assert cut.nodes == ("a0", "b0") and cut.least_joint_papers == 1


def test_an_ego_picture_keeps_those_with_most_joint_papers() -> None:
    """If it failed: the closest co-author could be missing."""
    cut = cut_ego(star(), who("hub"), at_most=3, noun=AUTHORS)
    assert cut.nodes == (who("hub"), who("ann"), who("bob"))
    assert cut.note == "4 of 6 linked authors are hidden: shown are those with most joint papers."


@pytest.mark.parametrize(
    ("attributes", "count"), [({"papers": ("a", "b"), "weight": 0.5}, 2), ({"weight": 3}, 3), ({}, 1)]
)
def test_joint_papers_are_counted_not_weighed(attributes: dict[str, object], count: int) -> None:
    """If it failed: a fractional network would draw half papers."""
    assert joint_papers(attributes) == count
