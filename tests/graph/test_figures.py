"""Figures of a whole network: numbers worked out by hand, networkx, published ones, and networks at the edge."""

from __future__ import annotations

import json
from math import log
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import ParameterError, UnknownName
from collegium.graph.figures import FIGURES, figure_named, figures, study
from networks import complete_five, star, weighted


def _linked(links: str) -> networkx.Graph:
    return weighted((a, b, 1) for a, b in links.split())


TWO_TRIANGLES = "ab bc ac xy yz xz"
BOWTIE = "ab bc ac cd de ef df"  # two triangles and a link between them
HAND: dict[str, tuple[networkx.Graph, dict[str, float | None]]] = {
    "path of four": (
        _linked("ab bc cd"),
        {
            "nodes": 4,
            "edges": 3,
            "density": 0.5,
            "mean_degree": 1.5,
            "largest_degree": 2,
            "isolates": 0,
            "components": 1,
            "giant_share": 1,
            "diameter": 3,
            "average_path_length": 10 / 6,
            "triangles": 0,
            "transitivity": 0,
            "average_clustering": 0,
            "degree_assortativity": -0.5,  # ends (1,2), (2,2), (2,1): covariance -1/9, variance 2/9
            "rich_club": 1,  # the mean is 1.5: b and c have more than 1 link, and are linked
            "small_world": 0,
        },
    ),
    "star": (
        star(),
        {
            "density": 0.4,
            "mean_degree": 1.6,
            "largest_degree": 4,
            "diameter": 2,
            "average_path_length": (4 + 6 * 2) / 10,
            "transitivity": 0,
            "degree_assortativity": -1,
            "rich_club": None,
        },
    ),
    "complete": (
        complete_five(),
        {
            "density": 1,
            "diameter": 1,
            "average_path_length": 1,
            "triangles": 10,
            "transitivity": 1,
            "average_clustering": 1,
            "degree_assortativity": None,
            "rich_club": None,
            "small_world": log(5) / log(4),
        },
    ),
    "two triangles": (
        _linked(TWO_TRIANGLES),
        {
            "nodes": 6,
            "edges": 6,
            "density": 0.4,
            "components": 2,
            "giant_share": 0.5,
            "diameter": 1,
            "average_path_length": 1,
            "triangles": 2,
            "transitivity": 1,
            "average_clustering": 1,
            "degree_assortativity": None,
            "small_world": log(3) / log(2),
        },
    ),
    "two triangles and a link": (
        _linked(BOWTIE),
        {
            "diameter": 3,
            "average_path_length": (7 * 1 + 4 * 2 + 4 * 3) / 15,
            "triangles": 2,
            "transitivity": 6 / 10,
            "average_clustering": (4 + 2 / 3) / 6,
            "rich_club": 1,
            "small_world": (7 / 9) / (14 / 6 / 5) / (1.8 / (log(6) / log(14 / 6))),
        },
    ),
}


@pytest.mark.parametrize("network", HAND)
def test_small_networks_have_the_numbers_worked_out_by_hand(network: str) -> None:
    """If it failed: a figure would not be what its definition says."""
    graph, expected = HAND[network]
    found = figures(graph, expected)
    assert found.values == {
        name: None if value is None else pytest.approx(value) for name, value in expected.items()
    }
    assert all(row.finding.exact and row.finding.error is None for row in found)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_without_links_each_figure_is_a_number_or_says_why_not(nodes: int, name: str) -> None:
    """If it failed: an empty store would have a diameter, or an error."""
    (row,) = figures(networkx.empty_graph([f"n{at}" for at in range(nodes)]), [name])
    told = row.to_dict()
    has_value = {"nodes", "edges", "isolates", "components", "triangles"}
    has_value |= {"mean_degree", "largest_degree", "giant_share", "average_clustering"} if nodes else set()
    has_value |= {"density"} if nodes > 1 else set()
    assert (
        (told["value"] is not None)
        == (name in has_value)
        == (told["reason"] is None)
        == (told["exact"] is True)
    )
    assert "NaN" not in json.dumps(told)


def test_the_reasons_are_words_for_people() -> None:
    """If it failed: somebody would be told that there is no number, and not why."""
    empty, alone = figures(networkx.Graph()), figures(networkx.empty_graph(["a"]))
    assert empty["diameter"].reason == "the network has no nodes"
    assert alone["density"].reason == "one node alone makes no pair"
    assert alone["Average path length"].reason == "no two nodes are joined"
    assert alone["transitivity"].reason == "no node has two neighbours"
    assert (
        figures(complete_five())["degree_assortativity"].reason == "all nodes with links have the same degree"
    )
    assert (
        figures(complete_five())["rich_club"].reason
        == "fewer than two nodes have more than 4 links, the mean"
    )
    assert figures(_linked("ab"))["small_world"].reason == "the largest component has fewer than three nodes"
    assert (
        figures(star())["institution_assortativity"].reason == "the papers behind the network are not known"
    )


def test_the_distribution_and_the_club_are_told_by_degree() -> None:
    """If it failed: the numbers behind a figure could not be drawn."""
    found = figures(study(_linked(BOWTIE), degrees=(0, 1, 2, 3)))
    assert found["largest_degree"].facts["distribution"] == [[2, 4], [3, 2]]
    assert found["rich_club"].facts["coefficients"] == [
        [0, 6, pytest.approx(7 / 15)],
        [1, 6, pytest.approx(7 / 15)],
        [2, 2, 1.0],
        [3, 0, None],
    ]


_PAIRS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(_PAIRS)
def test_networkx_gives_the_same(pairs: list[tuple[int, int]]) -> None:
    """If it failed: one of two programs would be wrong, and it may be ours."""
    graph = networkx.Graph()
    graph.add_nodes_from(f"{at:02}" for at in range(15))
    graph.add_edges_from((f"{a:02}", f"{b:02}") for a, b in pairs if a != b)
    found = figures(graph).values
    sizes = [len(part) for part in networkx.connected_components(graph)]
    assert found["density"] == pytest.approx(networkx.density(graph))
    assert (found["components"], found["isolates"]) == (len(sizes), networkx.number_of_isolates(graph))
    assert found["giant_share"] == max(sizes) / 15
    assert found["triangles"] == sum(networkx.triangles(graph).values()) / 3
    assert found["average_clustering"] == pytest.approx(networkx.average_clustering(graph), abs=1e-10)
    assert (found["transitivity"] or 0) == pytest.approx(networkx.transitivity(graph), abs=1e-10)
    if found["degree_assortativity"] is not None:
        expected = networkx.degree_assortativity_coefficient(graph)
        assert found["degree_assortativity"] == pytest.approx(expected, abs=1e-9)
    if graph.number_of_edges():
        club = networkx.rich_club_coefficient(graph, normalized=False)
        mean = 2 * graph.number_of_edges() // 15
        assert found["rich_club"] == (pytest.approx(club[mean]) if mean in club else None)
    if sizes.count(max(sizes)) == 1 and max(sizes) > 1:
        giant = graph.subgraph(max(networkx.connected_components(graph), key=len))
        assert found["diameter"] == networkx.diameter(giant)
        assert found["average_path_length"] == pytest.approx(
            networkx.average_shortest_path_length(giant), abs=1e-10
        )


@pytest.mark.slow
def test_the_networks_of_science_have_their_published_figures(shared_data: Path) -> None:
    """If it failed: numbers that SNAP and Newman print would come out different here."""
    truth = json.loads((shared_data / "truth" / "graphs.json").read_text())
    relativity = networkx.read_edgelist(shared_data / "graphs" / "ca-GrQc.txt")
    relativity.remove_edges_from(list(networkx.selfloop_edges(relativity)))
    science = networkx.read_gml(shared_data / "graphs" / "netscience_newman.gml", label="label")
    for graph, key in ((relativity, "snap/ca-GrQc.txt"), (science, "netscience/netscience.gml")):
        found, known = figures(graph), truth[key]
        assert (found["nodes"].value, found["components"].value) == (known["nodes"], known["components"])
        assert found["edges"].value == known["edges_undirected_simple_no_loops"]
        assert (found["isolates"].value, found["largest_degree"].value) == (
            known["isolated"],
            known["max_degree"],
        )
        assert found["triangles"].value == known["triangles"]
        assert found["transitivity"].value == pytest.approx(known["transitivity"], abs=5e-7)
        assert found["average_clustering"].value == pytest.approx(known["avg_clustering"], abs=5e-7)
        assert found["degree_assortativity"].value == pytest.approx(known["assortativity"], abs=5e-7)
        facts = found["giant_share"].facts
        assert facts["component_nodes"] == known["largest_component_nodes"]
        assert facts["component_edges"] == known["largest_component_edges"]
        assert (found["diameter"].value, found["diameter"].exact) == (17, True)
    giant = science.subgraph(max(networkx.connected_components(science), key=len))
    assert figures(science)["average_path_length"].value == pytest.approx(
        networkx.average_shortest_path_length(giant), abs=1e-10
    )


def test_names_are_taken_loosely_and_wrong_ones_are_told() -> None:
    """If it failed: a slip of the pen would leave a figure out in silence."""
    assert figure_named("Giant share").name == "giant_share"
    with pytest.raises(UnknownName, match="did you mean 'diameter'"):
        figures(star(), ["diametre"])
    with pytest.raises(UnknownName, match="figure"):
        figures(star(), ["density"])["diameter"]


@pytest.mark.parametrize(
    ("chosen", "word"),
    [({"seed": -1}, "seed"), ({"seed": True}, "seed"), ({"seed": 2**32}, "seed"), ({"degrees": [-1]}, "degrees"),
     ({"degrees": [True]}, "degrees"), ({"degrees": [1.5]}, "degrees")],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused(chosen: dict[str, object], word: str) -> None:
    """If it failed: an answer would repeat a seed that it was not made with."""
    with pytest.raises(ParameterError, match=word):
        study(star(), **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("graph", [networkx.DiGraph([("a", "b")]), networkx.Graph([("a", "a")])])
def test_a_network_that_we_do_not_measure_is_refused(graph: networkx.Graph) -> None:
    """If it failed: loops would be neighbours, and one-way links two-way ones."""
    with pytest.raises(ParameterError, match="graph"):
        figures(graph)


def test_every_row_is_complete() -> None:
    """If it failed: a number would be offered that nobody can look up."""
    for name, row in FIGURES.items():
        assert name == row.name == figure_named(row.title).name
        assert row.definition.endswith(".") and row.unit and row.exactness and row.cost
        assert row.source.startswith("10.") and "/" in row.source
    assert len(figures(star())) == len(FIGURES)
