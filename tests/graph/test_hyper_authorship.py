"""Papers of very many authors: above the cap they make no pairs, anywhere, and are counted."""

from __future__ import annotations

import pytest

from collegium.graph import vocabulary as v
from collegium.graph.derived import pairs, rebuild
from collegium.graph.describe import info
from collegium.graph.measures import measure
from collegium.graph.mirror import mirror
from collegium.graph.projections import PROJECTIONS, project
from collegium.graph.quads import statements
from collegium.graph.selection import Filter
from networks import author, believed, written

CROWD = [f"a{at:03}" for at in range(101)]
# 101 authors on one paper, two of them on another one too.
STORE = believed(
    written("crowd", CROWD, institutions=["i", "j"], categories=["cs.DL", "cs.CL"]),
    written("pair", CROWD[:2]),
)


def test_a_paper_above_the_cap_keeps_its_authors_and_makes_no_links() -> None:
    """If it failed: one paper of 2,858 authors would make four million links, and its authors the most central."""
    graph = project(mirror(STORE), "coauthors")
    assert (len(graph), graph.number_of_edges()) == (101, 1)
    assert graph.edges[author("a000"), author("a001")]["papers"] == (f"{STORE.base}paper/pair",)
    assert graph.nodes[author("a000")]["papers"] == 2
    facts = graph.graph
    assert (facts["papers_without_pairs"], facts["most_authors"], facts["papers_seen"]) == (1, 100, 2)


@pytest.mark.parametrize(("most", "links"), [(100, 1), (101, 5_050), (1, 0)])
def test_the_cap_is_the_last_number_that_is_paired(most: int, links: int) -> None:
    """If it failed: a paper of exactly as many authors as the setting says would be left out."""
    assert project(mirror(STORE, most), "coauthors").number_of_edges() == links


def test_the_graph_of_pairs_has_the_links_of_the_projection() -> None:
    """If it failed: a query would count other co-authors than a page."""
    for most in (100, 101):
        found = [t for t in pairs(STORE.engine, STORE.base, most) if t.object == v.CK_COAUTHORSHIP]
        assert len(found) == project(mirror(STORE, most), "coauthors").number_of_edges()


def test_the_graph_of_pairs_says_what_it_leaves_out() -> None:
    """If it failed: whoever asks it could not know that co-authors are missing."""
    store = believed(written("crowd", CROWD))
    rebuild(store.engine, store.base)
    said = {
        p.value.rpartition("#")[2]: o.value
        for _, p, o in statements(store.engine, graph=v.derived_graph(store.base))
    }
    assert said == {"mostAuthors": "100", "papersWithoutPairs": "1"}


def test_the_cap_is_of_the_whole_list_whatever_is_shown_of_it() -> None:
    """If it failed: the network of two people would hold a link that the whole network does not."""
    some = frozenset(map(author, CROWD[:3]))
    graph = project(mirror(STORE), "coauthors", where=Filter(authors=some))
    assert (len(graph), graph.number_of_edges()) == (3, 1)


def test_other_networks_have_no_cap() -> None:
    """If it failed: institutions of a large experiment would lose their links."""
    others = [row for row in PROJECTIONS.values() if row.of_papers and not row.of_citations]
    for name in {row.name for row in others} - {"coauthors"}:
        graph = project(mirror(STORE), name)
        assert graph.number_of_edges() > 0
        assert (graph.graph["papers_without_pairs"], graph.graph["most_authors"]) == (0, None)


def test_figures_and_rankings_say_how_many() -> None:
    """If it failed: the links that are missing would be missing silently."""
    assert (info(STORE).papers_without_pairs, info(STORE).most_authors) == (1, 100)
    assert info(STORE, 101).papers_without_pairs == 0
    facts = measure(project(mirror(STORE), "coauthors"), "degree").facts
    assert (facts["papers_without_pairs"], facts["most_authors"]) == (1, 100)
