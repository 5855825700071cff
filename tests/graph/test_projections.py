"""Projections link who stands together, weigh as Newman does, and say what they were made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.errors import UnknownName
from collegium.graph.mirror import mirror
from collegium.graph.projections import PROJECTIONS, WEIGHTS, project, projection_named
from collegium.graph.selection import Filter
from collegium.graph.snapshot import Mirror
from networks import author, believed, paper, seed_papers, written


@pytest.fixture(scope="module")
def small() -> Mirror:
    """Return four papers: of three, of two, of one alone, and one of nobody. Prevents: unseen arithmetic."""
    return mirror(
        believed(
            written("a", ["ann", "bob", "cat"], issued="2020", categories=["cs.CL", "cs.LG"]),
            written("b", ["bob", "ann"], issued="2022", institutions=["mit", "pku"], categories=["cs.CL"]),
            written("c", ["dan"], institutions=["mit"]),
            written("d", issued="2021", categories=["cs.LG", "cs.CL", "math.CV"]),
        )
    )


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> Mirror:
    """Return the mirror of the true page as a person read it. Prevents: the reader's errors count here."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())
    return mirror(believed(*seed_papers(truth)))


def links(graph: networkx.Graph, attribute: str = "weight") -> dict[str, Any]:
    """Return links by the IDs of both ends."""
    name = graph.nodes(data="id")
    return {"-".join(sorted((name[a], name[b]))): x for a, b, x in graph.edges(data=attribute)}


def test_full_weight_counts_joint_papers(small: Mirror) -> None:
    """Wrong: a pair with two papers would weigh as much as one with one."""
    graph = project(small, "coauthors")
    assert links(graph) == {"ann-bob": 2, "ann-cat": 1, "bob-cat": 1}
    assert links(graph, "distance") == {"ann-bob": 0.5, "ann-cat": 1, "bob-cat": 1}
    assert links(graph, "papers")["ann-bob"] == (paper("a"), paper("b"))
    assert (links(graph, "from_year")["ann-bob"], links(graph, "to_year")["ann-bob"]) == (2020, 2022)


def test_fractional_weight_shares_a_paper_among_the_others(small: Mirror) -> None:
    """Wrong: a paper of a hundred would tie its authors as closely as a paper of two."""
    assert links(project(small, "coauthors", weight="fractional")) == {
        "ann-bob": 1.5,
        "ann-cat": 0.5,
        "bob-cat": 0.5,
    }


def test_three_thirds_make_one() -> None:
    """Wrong: a page would show 0.9999999999999998 papers."""
    trio = ["ann", "bob", "cat"]
    graph = project(mirror(believed(*(written(f"p{at}", trio) for at in range(6)))), "coauthors")
    assert graph.nodes[author("ann")]["fractional_papers"] == 2


def test_weight_none_makes_every_link_one(small: Mirror) -> None:
    """Wrong: an unweighted network would carry weights; yet min_weight still means joint papers."""
    assert set(links(project(small, "coauthors", weight="none")).values()) == {1}
    thinned = project(small, "coauthors", weight="none", where=Filter(min_weight=2))
    assert links(thinned) == {"ann-bob": 1}


def test_an_author_alone_is_a_node_without_links(small: Mirror) -> None:
    """Wrong: who writes alone would vanish from the network."""
    graph = project(small, "coauthors")
    assert graph.degree(author("dan")) == 0
    assert graph.nodes[author("dan")] == {
        "kind": "author",
        "name": "Dan",
        "id": "dan",
        "papers": 1,
        "fractional_papers": 1.0,
        "from_year": None,
        "to_year": None,
    }
    assert graph.nodes[author("ann")]["fractional_papers"] == pytest.approx(1 / 3 + 1 / 2)
    assert (graph.nodes[author("ann")]["from_year"], graph.nodes[author("ann")]["to_year"]) == (2020, 2022)


def test_institutions_are_linked_by_the_paper(small: Mirror) -> None:
    """Wrong: affiliations would be pushed down to authors."""
    graph = project(small, "coinstitutions")
    assert links(graph) == {"mit-pku": 1}
    assert {data["id"]: data["papers"] for _, data in graph.nodes(data=True)} == {"mit": 2, "pku": 1}
    assert graph.graph["papers_without_members"] == 2


def test_authors_and_categories_form_two_sides(small: Mirror) -> None:
    """Wrong: two authors, or two categories, would be linked."""
    graph = project(small, "author-category")
    assert links(graph) == {
        "ann-cs.CL": 2,
        "ann-cs.LG": 1,
        "bob-cs.CL": 2,
        "bob-cs.LG": 1,
        "cat-cs.CL": 1,
        "cat-cs.LG": 1,
    }
    kinds = graph.nodes(data="kind")
    assert all({kinds[a], kinds[b]} == {"author", "category"} for a, b in graph.edges)
    assert links(project(small, "author-category", weight="fractional"))["ann-cs.CL"] == pytest.approx(
        1 / 6 + 1 / 2
    )


def test_categories_of_one_paper_occur_together(small: Mirror) -> None:
    """Wrong: only the primary category would count."""
    assert links(project(small, "category-cooccurrence")) == {
        "cs.CL-cs.LG": 2,
        "cs.CL-math.CV": 1,
        "cs.LG-math.CV": 1,
    }


def test_what_papers_cite_links_them_in_three_ways() -> None:
    """Wrong: direct citation, coupling and co-citation would be counted one for another, or lose works elsewhere."""
    away = "https://doi.org/10.1000/x"
    found = mirror(
        believed(
            written("a", issued="2020", cites=["b", "c", away]),
            written("b", issued="2021", cites=["a", "c", away]),
            written("c", issued="2022", cites=["c"]),
            written("d", issued="2023", cites=[away]),
        )
    )
    direct = project(found, "citation")
    assert links(direct) == {"a-b": 2, "a-c": 1, "b-c": 1}
    assert links(direct, "papers")["a-b"] == (paper("a"), paper("b"))
    assert direct.nodes[paper("a")]["papers"] == 3 and direct.graph["papers_without_members"] == 1
    coupled = project(found, "bibliographic-coupling", weight="fractional")
    assert links(coupled) == {"a-b": 1.5, "a-d": 0.5, "b-d": 0.5}
    assert links(coupled, "papers")["a-b"] == (paper("c"), away)
    together = project(found, "cocitation", where=Filter(to_year=2020))
    assert links(together) == {f"b-{away}": 1, "b-c": 1, f"c-{away}": 1}
    assert together.nodes[away] == {
        "kind": "paper",
        "name": "DOI 10.1000/x",
        "id": away,
        "papers": 1,
        "fractional_papers": pytest.approx(1 / 3),
        "from_year": 2020,
        "to_year": 2020,
    }
    # What c cites is not known: it names only itself.
    assert [graph.graph["papers_without_references"] for graph in (direct, together)] == [1, 0]
    assert [graph.graph["at_least"] for graph in (direct, together)] == [True, False]


def test_thin_links_go_and_their_nodes_stay(small: Mirror) -> None:
    """Wrong: min_weight would lose people."""
    graph = project(small, "coauthors", where=Filter(min_weight=2))
    assert links(graph) == {"ann-bob": 2}
    assert len(graph) == 4


def test_an_author_set_keeps_only_its_nodes_and_whole_lists(small: Mirror) -> None:
    """Wrong: the weight of a link would depend on whom one looks at."""
    where = Filter(authors=frozenset({"ann", "bob"}))
    graph = project(small, "coauthors", weight="fractional", where=where)
    assert links(graph) == {"ann-bob": 1.5}
    assert set(graph) == {author("ann"), author("bob")}
    categories = project(small, "category-cooccurrence", where=where)
    assert links(categories) == {"cs.CL-cs.LG": 1}


def test_the_graph_says_what_it_was_made_of() -> None:
    """Wrong: a lower bound would pass for a count."""
    store = believed(
        written("a", ["ann", "bob"], cut=True, issued="2020"),
        written("b", ["ann"], inferred="2021-01-01"),
        written("c", ["bob"]),
    )
    graph = project(mirror(store), "coauthors", where=Filter(from_year=2019))
    assert graph.graph == {
        "projection": "coauthors",
        "weight": "full",
        "where": {"from_year": 2019},
        "version": store.version,
        "papers_seen": 2,
        "papers_truncated": 1,
        "papers_without_year": 1,
        "papers_year_inferred": 1,
        "papers_without_members": 0,
        "papers_without_pairs": 0,
        "most_authors": 100,
        "coverage": 0.5,
        "at_least": True,
        "ties": 0,
    }
    assert project(mirror(store), "coauthors", where=Filter(complete_only=True)).graph["at_least"] is False
    assert project(mirror(store), "category-cooccurrence").graph["at_least"] is False


def test_an_empty_mirror_gives_an_empty_network() -> None:
    """Wrong: a new store's network page fails."""
    for name in PROJECTIONS:
        graph = project(mirror(believed()), name)
        assert len(graph) == 0 and graph.graph["coverage"] is None and graph.graph["at_least"] is False


def test_names_are_known_by_any_spelling_and_nothing_else() -> None:
    """Wrong: a typing error would be answered with some other network."""
    assert projection_named("Co-Institutions").name == "coinstitutions"
    assert projection_named("author_category").name == "author-category"
    with pytest.raises(UnknownName, match="did you mean 'coauthors'"):
        projection_named("coauthor")
    with pytest.raises(UnknownName, match="fractional"):
        project(mirror(believed()), "coauthors", weight="heavy")


def test_every_row_says_what_its_weights_mean() -> None:
    """Wrong: a projection could be offered with a weight nobody explained."""
    for name, row in PROJECTIONS.items():
        known = set(WEIGHTS) if name == "coauthors" else {"full", "fractional", "none"}
        assert name == row.name and set(row.weights) == known
        assert row.source.startswith("10.") and row.node.endswith(".") and row.edge.endswith(".")


@pytest.mark.parametrize(("shown_only", "part"), [(False, "plus_owner"), (True, "only")])
def test_the_seed_makes_the_network_that_was_counted_by_hand(
    seed: Mirror, shared_data: Path, shown_only: bool, part: str
) -> None:
    """Wrong: the first network a newcomer sees is not that of the page."""
    truth = json.loads((shared_data / "seed" / "seed_truth.json").read_text())[f"graph_shown_{part}"]
    graph = project(seed, "coauthors", where=Filter(shown_only=shown_only))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (truth["authors"], truth["edges"])
    assert graph.size(weight="weight") == truth["edge_weight_sum"]
    sizes = sorted((len(part) for part in networkx.connected_components(graph)), reverse=True)
    assert sizes == truth["components"]
    papers = {_key(name): count for name, count in truth["papers_per_author"].items()}
    assert {data["id"]: data["papers"] for _, data in graph.nodes(data=True)}.items() >= papers.items()
    heavy = {tuple(sorted(map(_key, p.split(" -- ")))): w for p, w in truth["edges_weight_ge2"].items()}
    ids = graph.nodes(data="id")
    found = {tuple(sorted((ids[a], ids[b]))): w for a, b, w in graph.edges(data="weight") if w >= 2}
    assert found == heavy
    assert (graph.graph["papers_seen"], graph.graph["coverage"], graph.graph["at_least"]) == (17, 0.0, True)


def test_the_seed_has_three_institutions_linked_by_papers(seed: Mirror) -> None:
    """Wrong: tags such as "pku, tsinghua" would not link."""
    graph = project(seed, "coinstitutions")
    assert {data["id"]: data["papers"] for _, data in graph.nodes(data=True)}["tsinghua"] == 12
    assert graph.graph["papers_without_members"] == 5


def _key(name: str) -> str:
    return name.lower().replace(" ", "-")


_BYLINES = st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=5), max_size=6)


@settings(max_examples=50, deadline=None)
@given(_BYLINES)
def test_fractional_strength_is_the_number_of_papers_with_others(bylines: list[list[str]]) -> None:
    """Wrong: 1/(k-1) would be counted with another k (Newman 2001: the sum over neighbours is 1 a paper)."""
    store = believed(*(written(f"p{at}", names) for at, names in enumerate(bylines)))
    graph = project(mirror(store), "coauthors", weight="fractional")
    full = project(mirror(store), "coauthors")
    for node, strength in graph.degree(weight="weight"):
        own = [names for names in bylines if graph.nodes[node]["id"] in names]
        assert strength == pytest.approx(sum(len(names) > 1 for names in own))
        assert graph.nodes[node]["papers"] == len(own)
    assert sum(share for _, share in graph.nodes(data="fractional_papers")) == pytest.approx(
        sum(bool(names) for names in bylines)
    )
    for one, other, data in full.edges(data=True):
        assert data["weight"] == len(data["papers"]) >= 1
        assert graph.edges[one, other]["papers"] == data["papers"]
