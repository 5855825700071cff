"""Networks that are loaded as networks: a projection of their own, never added to what papers say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from collegium.graph.errors import MeasureError, NotFound, ParameterError
from collegium.graph.items import Tie
from collegium.graph.mirror import mirror
from collegium.graph.projections import project
from collegium.graph.quads import BELIEF
from collegium.graph.selection import Filter
from collegium.graph.things import Ties
from collegium.graph.vocabulary import CK_WEIGHT_AS_GIVEN
from collegium.server.service import KnowledgeGraph, open_graph


def loaded(folder: Path, **files: str) -> KnowledgeGraph:
    """Return a store in memory that holds these files."""
    kg = open_graph()
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, "utf-8")
        kg.load(path)
    return kg


EDGES = "ann,bob,2\nbob,cat,0.5\ncat,ann,1\n"
PAPERS = "title,authors\nOn ties,ann; bob\n"


def test_ties_are_the_links_of_the_file(tmp_path: Path) -> None:
    """If it failed: a network that somebody loads would not be there to measure or see."""
    graph = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES).network("ties")
    names = graph.nodes(data="name")
    found = {frozenset((names[a], names[b])): weight for a, b, weight in graph.edges(data="weight")}
    assert found == {
        frozenset(("ann", "bob")): 2,
        frozenset(("bob", "cat")): 0.5,
        frozenset(("ann", "cat")): 1,
    }
    assert {data["distance"] for _, _, data in graph.edges(data=True)} == {0.5, 2, 1}
    assert graph.graph["ties"] == 3 and graph.graph["papers_seen"] == 0 and graph.graph["coverage"] is None


@pytest.mark.parametrize(
    "measure", ["papers", "fractional_papers", "mean_authors", "collaborators_per_paper"]
)
def test_what_papers_alone_tell_is_refused(tmp_path: Path, measure: str) -> None:
    """If it failed: somebody who is only known from a network would be told to have written 0 papers."""
    kg = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES)
    with pytest.raises(MeasureError, match="without papers"):
        kg.centrality(measure, projection="ties")


def test_papers_and_ties_are_two_networks(tmp_path: Path) -> None:
    """If it failed: a network made from the papers that are loaded too would count every link twice."""
    kg = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES, p_csv=PAPERS)
    papers, ties = kg.network("coauthors"), kg.network("ties")
    assert [weight for _, _, weight in papers.edges(data="weight")] == [1]
    assert papers.graph["ties"] == 3 and ties.number_of_edges() == 3


def test_two_files_add_up_and_one_can_go(tmp_path: Path) -> None:
    """If it failed: the second of two networks would replace the first, or stay when it is taken out."""
    kg = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES, f_csv="source,target,weight\nbob,ann,3\n")
    assert sorted(weight for _, _, weight in kg.network("ties").edges(data="weight")) == [0.5, 1, 5]
    kg.unload("f.csv")
    assert sorted(weight for _, _, weight in kg.network("ties").edges(data="weight")) == [0.5, 1, 2]


def test_a_copy_of_a_network_is_told(tmp_path: Path) -> None:
    """If it failed: a network that was saved twice would weigh double, and nobody would be told."""
    kg = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES)
    turned = "cat,ann,1.0\n" + "bob,ann,2\n" + "cat,bob,.5\n"  # the same, in another order and spelling
    (tmp_path / "copy.csv").write_text("source,target,weight\n" + turned, "utf-8")
    (first,) = kg.sources()
    for options in ({"dry_run": True}, {}):
        (file,) = kg.load(tmp_path / "copy.csv", **options).files
        assert file.hint.startswith(f"the same 3 links as in {first.id}: the weights of both are added up")
        assert f"collegium unload {file.source}" in file.hint
    for name, rows in (
        ("less", "ann,bob,2\nbob,cat,0.5\n"),
        ("other", EDGES.replace("0.5", "0.6")),
        ("p", ""),
    ):
        (tmp_path / f"{name}.csv").write_text(f"source,target,weight\n{rows}" if rows else PAPERS, "utf-8")
        assert kg.load(tmp_path / f"{name}.csv").files[0].hint == "", name


def test_the_newer_version_of_a_network_is_no_copy(tmp_path: Path) -> None:
    """If it failed: a file in the place of its former version would be told to be a copy of it."""
    head = "source,target,weight\n"
    kg = loaded(tmp_path, e_csv=head + EDGES)
    (tmp_path / "e.csv").write_text(f"# saved again\n{head}{EDGES}", "utf-8")
    (file,) = kg.load(tmp_path / "e.csv").files
    assert file.replaced and file.hint == ""


def test_only_authors_and_weights_choose_among_ties(tmp_path: Path) -> None:
    """If it failed: a filter by year would leave all ties in, and the number be taken for that of the year."""
    found = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES).edition().mirror
    two = [a.iri for a in found.authors if a.name in ("ann", "bob")]
    graph = project(found, "ties", where=Filter(authors=frozenset(two)))
    assert sorted(graph) == sorted(two) and graph.number_of_edges() == 1
    assert project(found, "ties", where=Filter(min_weight=1)).number_of_edges() == 2
    with pytest.raises(ParameterError, match="from_year"):
        project(found, "ties", where=Filter(from_year=2020))
    with pytest.raises(NotFound):
        project(found, "ties", where=Filter(authors=frozenset({"nobody"})))


def test_nodes_without_a_link_are_nodes_and_come_back(tmp_path: Path) -> None:
    """If it failed: density, components and every mean of a published network would be those of another one."""
    graph = networkx.Graph([("ann", "bob"), ("cid", "cid")])
    graph.add_nodes_from(["dora", "eve"])
    networkx.write_gml(graph, tmp_path / "net.gml")
    kg = open_graph()
    kg.load(tmp_path / "net.gml")
    names = {known["name"] for _, known in kg.network("ties").nodes(data=True)}
    assert names == {"ann", "bob", "cid", "dora", "eve"} and kg.network("ties").number_of_edges() == 1
    assert networkx.number_connected_components(kg.network("ties")) == 4


def test_a_tie_without_weight_is_no_link(tmp_path: Path) -> None:
    """If it failed: the distance of a tie that an update left without weight would be a division by nothing."""
    found = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES).edition().mirror
    graph = project(replace(found, ties=Ties.of((Tie(0, 1, 0), Tie(1, 2, 1)))), "ties")
    assert (len(graph), graph.number_of_edges()) == (3, 1) and graph.graph["ties_without_weight"] == 1


@pytest.mark.parametrize("weight", ["heavy", "NaN", "INF", ""])
def test_a_weight_that_an_update_made_no_number_is_left_out(tmp_path: Path, weight: str) -> None:
    """If it failed: one such statement would be enough to answer no question about any network."""
    store = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES).store
    told = store.engine.quads_for_pattern(None, CK_WEIGHT_AS_GIVEN, None, BELIEF)
    (two,) = [quad for quad in told if isinstance(quad.object, Literal) and quad.object.value == "2"]
    store.engine.remove(two)
    store.engine.add(Quad(two.subject, two.predicate, Literal(weight), BELIEF))
    graph = project(mirror(store), "ties")
    assert sorted(size for _, _, size in graph.edges(data="weight")) == [0.5, 1]


def test_weights_that_add_up_to_more_than_a_number_can_be_are_left_out(tmp_path: Path) -> None:
    """If it failed: two statements of an update would be enough to answer no question about any network."""
    kg = loaded(tmp_path, e_csv="source,target,weight\n" + EDGES, f_csv="source,target,weight\nbob,ann,2\n")
    for quad in list(kg.store.engine.quads_for_pattern(None, CK_WEIGHT_AS_GIVEN, None, BELIEF)):
        if isinstance(quad.object, Literal) and quad.object.value == "2":
            kg.store.engine.remove(quad)
            kg.store.engine.add(Quad(quad.subject, quad.predicate, Literal("1e308"), BELIEF))
    graph = project(mirror(kg.store), "ties")
    assert sorted(size for _, _, size in graph.edges(data="weight")) == [0.5, 1]


def test_the_largest_weights_of_files_are_measured(tmp_path: Path) -> None:
    """If it failed: a whole weight that no 64-bit number holds would end every measure in a traceback."""
    kg = loaded(tmp_path, e_csv="source,target,weight\nann,bob,9e30\nbob,cat,9e30\ncat,ann,1\n")
    ranked = kg.centrality("strength", projection="ties")
    assert [(row.name, row.value) for row in ranked.top(3)] == [("bob", 1.8e31), ("ann", 9e30), ("cat", 9e30)]


@pytest.mark.parametrize("weight", ["1e308", "1e-31", "inf", "-1", "many"])
def test_a_weight_that_is_refused_says_what_was_expected(tmp_path: Path, weight: str) -> None:
    """If it failed: a number above 0 would be refused with “expected a number above 0”."""
    kg = open_graph()
    (tmp_path / "e.csv").write_text(f"source,target,weight\nann,bob,2\nann,cat,{weight}\n", "utf-8")
    (problem,) = kg.load(tmp_path / "e.csv").files[0].problems
    assert (problem.lines.first, problem.found) == (3, f"weight '{weight}' of a link")
    assert problem.expected == "a number above 0, of at most 30 digits before its point and behind it"


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 9),
    min_size=1,
)


@given(PAIRS)
def test_any_network_comes_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: dict[tuple[str, str], int]
) -> None:
    """If it failed: some network would be measured as another than it is."""
    folder = tmp_path_factory.mktemp("network")
    rows = "".join(f"author {one},author {other},{weight}\n" for (one, other), weight in pairs.items())
    graph = loaded(folder, e_csv=f"source,target,weight\n{rows}").network("ties")
    names = {iri: name[-1] for iri, name in graph.nodes(data="name")}
    found = {tuple(sorted((names[a], names[b]))): weight for a, b, weight in graph.edges(data="weight")}
    assert found == pairs
