"""Assortativity by institution and category: by hand, and counted plainly over the author page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import networkx
import pytest

from collegium.graph.compact import compact
from collegium.graph.figures import Figures, figures, study
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.selection import Filter, members_by, select
from collegium.graph.snapshot import Mirror
from networks import believed, seed_papers, written

# a: X, CL. b: X twice and Y once, CL. c: Y twice and X once; CL and LG once each, so CL, the first. d: Y, LG. e: none.
PAPERS = (
    written("p1", ["a", "b"], institutions=["x"], categories=["cs.CL"], issued="2020"),
    written("p2", ["c", "d"], institutions=["y"], categories=["cs.LG"], issued="2021"),
    written("p3", ["b", "c"], institutions=["x", "y"], categories=["cs.CL"], issued="2021"),
    written("p4", ["a", "e"], issued="2021"),
)


def _figures(found: Mirror, projection: str = "coauthors", where: Filter | None = None) -> Figures:
    net = compact(found, projection, where=where)
    return figures(study(net, mirror=found, where=where))


def test_links_within_and_across_are_counted_by_hand() -> None:
    """If it failed: an institution would look more, or less, turned to itself than it is."""
    found = _figures(mirror(believed(*PAPERS)))
    places = found["institution_assortativity"]
    # links a-b (X X), c-d (Y Y), b-c (X Y): 2/3 the same, 1/2 by chance
    assert places.value == pytest.approx((2 / 3 - 1 / 2) / (1 - 1 / 2))
    assert (places.facts["nodes_without"], places.facts["links_without"], places.facts["links_counted"]) == (
        1,
        1,
        3,
    )
    # a-b (CL CL), c-d (CL LG), b-c (CL CL): 2/3 the same, (25 + 1) / 36 by chance
    assert found["category_assortativity"].value == pytest.approx((24 - 26) / (36 - 26))


def test_what_a_filter_leaves_out_does_not_count() -> None:
    """If it failed: papers of other years would decide where an author is."""
    found = _figures(mirror(believed(*PAPERS)), where=Filter(from_year=2021))
    # c: Y twice; b: X and Y once each, so X; of the links c-d and b-c one is within Y
    assert found["institution_assortativity"].value == pytest.approx((1 / 2 - 10 / 16) / (1 - 10 / 16))


def test_where_there_is_nothing_to_mix_the_reason_is_given() -> None:
    """If it failed: None would leave people to guess, or 0 be taken for "by chance"."""
    one = mirror(believed(written("p", ["a", "b"], institutions=["x"])))
    assert (
        _figures(one)["institution_assortativity"].reason == "all links join authors of the same institution"
    )
    assert _figures(one)["category_assortativity"].reason == "no link has a known category at both ends"
    assert _figures(one, "author-category")["category_assortativity"].reason == "the network has no links"
    many = mirror(believed(*PAPERS))
    for projection in ("coinstitutions", "author-category"):
        assert _figures(many, projection)["institution_assortativity"].reason == "the nodes are not authors"


@pytest.mark.parametrize("shown_only", [False, True])
@pytest.mark.parametrize("kind", ["institution", "category"])
def test_counting_paper_by_paper_and_networkx_give_the_same(
    shared_data: Path, kind: str, shown_only: bool
) -> None:
    """If it failed: the columns would tell of other papers than the records."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())
    found, where = mirror(believed(*seed_papers(truth))), Filter(shown_only=shown_only)
    counts: dict[int, Counter[int]] = {}
    for paper in select(found, where).papers:
        for author in members_by(paper, where):
            counts.setdefault(author, Counter()).update(
                paper.institutions if kind == "institution" else paper.categories
            )
    graph = project(found, "coauthors", where=where)
    for author, known in counts.items():
        if known:
            most = min(known, key=lambda thing: (-known[thing], thing))
            graph.nodes[found.authors[author].iri]["most"] = most
    having = graph.subgraph([node for node, data in graph.nodes(data=True) if "most" in data])
    expected = networkx.attribute_assortativity_coefficient(having, "most")
    ours = _figures(found, where=where)[f"{kind}_assortativity"]
    assert ours.value == pytest.approx(expected, abs=1e-10)
    assert ours.facts["nodes_without"] == len(graph) - len(having)


def test_a_network_of_iris_finds_its_authors(shared_data: Path) -> None:
    """If it failed: a network that somebody drew by hand, or ties of files, would have no institutions."""
    found = mirror(believed(*PAPERS))
    graph = networkx.Graph()
    graph.add_nodes_from((author.iri for author in found.authors), kind="author")
    graph.add_node("http://localhost/author/unknown", kind="author")
    graph.add_edges_from(project(found, "coauthors").edges)
    ours = figures(study(graph, mirror=found))["institution_assortativity"]
    assert ours.value == pytest.approx(1 / 3) and ours.facts["nodes_without"] == 2
