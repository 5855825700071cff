"""Drawings of networks: what they show and say, and that the graph is only read."""

from __future__ import annotations

import copy
import re
from typing import Any

import networkx
import pytest

from collegium.graph.errors import NotFound, ParameterError
from collegium.server.drawings import draw_ego, draw_network, draw_path
from drawing_pages import rows_of
from pictures_to_draw import network, papers_of, star, who


def state(graph: networkx.Graph) -> tuple[Any, ...]:
    """Return everything a graph holds, copied."""
    return copy.deepcopy((list(graph.nodes(data=True)), list(graph.edges(data=True)), graph.graph))


def test_drawing_does_not_change_the_graph() -> None:
    """If it failed: after one picture every weighted measure would be wrong, as with pyvis's from_nx."""
    graph = star()
    before = state(graph)
    draw_network(graph, title="All", papers=papers_of(graph)).html()
    draw_ego(graph, who("hub"), title="Ego").html()
    draw_path(graph, [who("ann"), who("hub"), who("cy")], title="Path").html()
    assert state(graph) == before


def test_a_network_shows_every_node_and_link_with_its_papers() -> None:
    """If it failed: the picture and the numbers beside it would differ."""
    picture = draw_network(star(), title="All", papers=papers_of(star())).picture
    assert picture.counts == "7 authors, 9 links."
    numbers = {node.id: number for number, node in enumerate(picture.nodes)}
    link = next(link for link in picture.links if {link.a, link.b} == {numbers["hub"], numbers["ann"]})
    assert link.joint_papers == 2
    assert [picture.papers[number].id for number in link.papers] == ["p1", "p2"]
    assert picture.nodes[picture.centre or 0].id == "hub"


def test_what_makes_counts_uncertain_is_said() -> None:
    """If it failed: counts from cut author lists would pass for exact ones."""
    graph = star()
    graph.graph.update(papers_without_year=1, papers_year_inferred=2)
    assert draw_network(graph, title="All").picture.notes == (
        "Communities are found without Hub, who is linked to nearly everybody.",
        "3 of 4 author lists are cut: links can be missing.",
        "1 paper has no year.",
        "The year of 2 papers is inferred.",
    )


def test_what_is_hidden_is_said() -> None:
    """If it failed: a capped picture would pass for the whole network."""
    drawing = draw_network(star(), title="All", at_most_nodes=3)
    assert [node.id for node in drawing.picture.nodes] == ["ann", "hub"]
    assert drawing.picture.notes[0].startswith(
        "5 of 7 authors are hidden: shown are links of at least 2 joint"
    )
    assert drawing.picture.notes[0] in drawing.html()


def test_the_order_of_nodes_does_not_matter() -> None:
    """If it failed: the same store could give two pictures."""
    graph = star()
    turned = networkx.Graph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert draw_network(turned, title="All") == draw_network(graph, title="All")


def test_nodes_are_sized_by_a_measure() -> None:
    """If it failed: "size by betweenness" would show papers."""
    values = {who("hub"): 0.8, who("ann"): 0.2, who("bob"): None}
    drawing = draw_network(star(), title="All", values=values, values_title="Betweenness", size_by="values")
    radii = {node.id: node.radii[drawing.size_by] for node in drawing.picture.nodes}
    assert radii["hub"] == 22 and radii["ann"] == 14 and radii["bob"] == radii["cy"] == 6


def test_nodes_are_coloured_by_institution() -> None:
    """If it failed: the choice of colour would have no effect."""
    drawing = draw_network(star(), title="All", institutions={who("ann"): "pku"}, colour_by="institution")
    groups = drawing.picture.colourings[drawing.colour_by].groups
    assert [(group.name, group.size) for group in groups] == [("pku", 1), ("institution not known", 6)]


@pytest.mark.parametrize(
    "options", [{"size_by": "values"}, {"colour_by": "institution"}, {"at_most_nodes": 1}]
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, Any]) -> None:
    """If it failed: a wrong parameter would silently draw something else."""
    with pytest.raises(ParameterError):
        draw_network(star(), title="All", **options)


def test_an_ego_picture_holds_the_neighbours_only() -> None:
    """If it failed: strangers would stand around the author."""
    drawing = draw_ego(star(), who("ann"), title="Ann")
    assert [node.id for node in drawing.picture.nodes] == ["ann", "bob", "hub"]
    centre = drawing.picture.nodes[drawing.picture.centre or 0]
    assert (centre.id, centre.x, centre.y) == ("ann", 0, 0)


def test_an_author_without_co_authors_has_a_picture() -> None:
    """If it failed: the page of a single author would be an error."""
    graph = network({"p": ["ann"]})
    drawing = draw_ego(graph, who("ann"), title="Ann")
    assert drawing.picture.counts == "1 author, 0 links."
    assert "ann" in drawing.html().lower()


def test_a_centre_outside_the_network_is_not_found() -> None:
    """If it failed: a filtered-out author would be a KeyError."""
    with pytest.raises(NotFound):
        draw_ego(star(), who("nobody"), title="Nobody")
    with pytest.raises(ParameterError):
        draw_ego(star(), who("ann"), title="Ann", at_most_nodes=0)


def test_a_path_keeps_its_order_and_lists_its_steps() -> None:
    """If it failed: the papers that prove a path would stand at the wrong step."""
    graph = star()
    drawing = draw_path(graph, [who("dee"), who("hub"), who("ann")], title="Path", papers=papers_of(graph))
    assert [node.id for node in drawing.picture.nodes] == ["dee", "hub", "ann"]
    assert [node.x for node in drawing.picture.nodes] == sorted(node.x for node in drawing.picture.nodes)
    page = drawing.page()
    steps = page[page.index('id="steps-title"') :]
    assert steps.index("Title of p3") < steps.index("Title of p1") < steps.index("Title of p2")


def test_a_path_over_a_missing_link_is_refused() -> None:
    """If it failed: a chain would be drawn that no paper proves."""
    with pytest.raises(ParameterError, match="share a paper"):
        draw_path(star(), [who("ann"), who("cy")], title="Path")


def test_a_path_can_be_coloured_by_institution() -> None:
    """If it failed: a path could not show where it leaves a house."""
    drawing = draw_path(star(), [who("ann"), who("hub")], title="Path", institutions={who("ann"): "pku"})
    assert [colouring.name for colouring in drawing.picture.colourings] == ["place", "institution"]


def test_an_empty_network_says_so() -> None:
    """If it failed: a filter that lets nothing through would be an error."""
    page = draw_network(networkx.Graph(), title="Nothing").page()
    assert "There is nothing to draw" in page


def test_a_network_of_two_kinds_is_drawn() -> None:
    """If it failed: authors and their categories could not be shown together."""
    graph = star()
    graph.add_node("c", kind="category", id="cs.CL", name="cs.CL", papers=1)
    graph.add_edge("c", who("hub"), weight=1, papers=())
    assert draw_network(graph, title="Both").picture.counts == "8 nodes, 10 links."


def test_fractional_links_are_as_thick_as_their_weight() -> None:
    """If it failed: `weight=fractional` would change nothing that is seen."""
    graph = star()
    graph.graph["weight"] = "fractional"
    for a, b in graph.edges:
        graph.edges[a, b]["weight"] = 0.5
    graph.edges[who("hub"), who("ann")]["weight"] = 2.0
    drawing = draw_network(graph, title="All", papers=papers_of(graph))
    assert drawing.picture.thickness == (("0.5", 1.3), ("1.25", 2.29), ("2", 3.0))
    assert "Weight of a link, fractional" in drawing.page()
    assert "Weight of a link" not in draw_network(star(), title="All").page()


def test_links_that_count_something_else_than_papers_say_what() -> None:
    """If it failed: a picture of statements would speak of joint papers that nobody wrote."""
    graph = networkx.Graph(tie=("statement", "statements"))
    for name in ("a", "b", "c"):
        graph.add_node(f"https://example.org/{name}", kind="thing", name=name.upper())
    graph.add_edge("https://example.org/a", "https://example.org/b", weight=2, what="foaf:knows")
    graph.add_edge("https://example.org/b", "https://example.org/c", weight=1, what="foaf:knows")
    drawing = draw_network(graph, title="Answer", size_by="links")
    picture = drawing.picture
    assert [size.name for size in picture.sizes] == ["links"] and picture.most_joint_papers == 2
    assert [(link.joint_papers, link.what) for link in picture.links] == [
        (2, "foaf:knows"),
        (1, "foaf:knows"),
    ]
    page = drawing.page(home="/")
    assert "Statements ≥" in page and "oint paper" not in page
    (block,) = re.findall(r'id="nodes">(.*?)</script>', page)
    hrefs = [row["href"] for row in rows_of(block)]
    assert "https://example.org/a" in hrefs, "what is no thing of ours keeps its own address"
    cut = draw_network(graph, title="Answer", size_by="links", at_most_nodes=2).picture
    assert cut.notes[0].startswith("1 of 3 things is hidden: shown are links of at least 2 statements")
