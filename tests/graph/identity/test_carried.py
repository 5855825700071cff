"""Decisions by hand hold for the file that takes the place of the one they were made on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibliographies import entry_of
from collegium.graph.deciding import listed, merge, split, states, undo_decision
from collegium.graph.load import load
from collegium.graph.mirror import mirror
from collegium.graph.parting import split_papers
from collegium.graph.sources import find_source
from collegium.graph.store import Store
from pages import NOON, dump, follows, put

GRIDS, LOOMS, CARDS = "Grids of all kinds", "Looms of all kinds", "Cards of all kinds"
OTHERS = entry_of(CARDS, "Jun Zhang and Ann Lee")


@pytest.fixture
def two(tmp_path: Path) -> Store:
    """Return a store of two files that have one name. Prevents: each test loads anew."""
    store = Store.memory()
    bib = entry_of(GRIDS, "Jun Zhang and Bob Ray") + entry_of(LOOMS, "Jun Zhang and Cy Young")
    load(store, [put(tmp_path, "a.bib", OTHERS), put(tmp_path, "b.bib", bib)], now=lambda: NOON)
    return store


def newer(store: Store, tmp_path: Path, looms: str = LOOMS) -> None:
    """Load the second file as it is once somebody has looked up a DOI."""
    bib = entry_of(GRIDS, "Jun Zhang and Bob Ray", doi="10.1000/7") + entry_of(
        looms, "Jun Zhang and Cy Young"
    )
    load(store.refreshed(), [put(tmp_path, "b.bib", bib)], replacing="always", now=lambda: NOON)


def coauthors(store: Store) -> dict[str, set[str]]:
    """Return author ID -> names of co-authors, of those called Jun Zhang."""
    found = mirror(store.refreshed())
    papers = [{found.authors[at] for at in paper.authors} for paper in found.papers]
    return {
        author.id: {other.name for paper in papers if author in paper for other in paper} - {"Jun Zhang"}
        for author in found.authors
        if author.name == "Jun Zhang"
    }


def test_papers_that_were_given_to_somebody_stay_theirs_with_a_doi(two: Store, tmp_path: Path) -> None:
    """If it failed: adding a DOI to a bibliography would give papers back to a namesake, without a word."""
    author, source = two.refreshed().iri("author", "jun-zhang"), find_source(two.refreshed(), "b.bib").iri
    made = split_papers(two.refreshed(), author, (), (source,), "two people", now=lambda: NOON)
    before = coauthors(two)
    assert sorted(map(sorted, before.values())) == [["Ann Lee"], ["Bob Ray", "Cy Young"]]
    newer(two, tmp_path)
    assert coauthors(two) == before
    (kept,) = listed(two.refreshed())
    assert len(kept.papers) == 2 and kept.id == made.id and "doi-10.1000~7" in " ".join(kept.papers)
    assert follows(two)
    undo_decision(two.refreshed(), kept.id, now=lambda: NOON)
    fresh = Store.memory()
    load(fresh, [tmp_path / "a.bib", tmp_path / "b.bib"], now=lambda: NOON)
    assert coauthors(two) == coauthors(fresh)


@pytest.mark.parametrize("decide", [merge, split])
def test_what_was_decided_on_a_paper_holds_under_its_new_address(
    two: Store, tmp_path: Path, decide: object
) -> None:
    """If it failed: two papers that somebody joined, or told apart, would be as if nobody had."""
    papers = {paper.name: paper.iri for paper in mirror(two.refreshed()).papers}
    (merge if decide is merge else split)(
        two.refreshed(), papers[GRIDS], papers[CARDS], "I know", now=lambda: NOON
    )
    newer(two, tmp_path)
    (kept,) = listed(two.refreshed())
    assert {one.rpartition("/")[2] for one in (kept.one, kept.other)} >= {"doi-10.1000~7"}
    assert states(two.refreshed(), [kept]) == ["holds"] and follows(two)
    assert len(mirror(two.refreshed()).papers) == (2 if decide is merge else 3)


def test_a_paper_of_another_title_is_not_meant(two: Store, tmp_path: Path) -> None:
    """If it failed: a decision would move to a paper that nobody decided on."""
    papers = {paper.name: paper.iri for paper in mirror(two.refreshed()).papers}
    merge(two.refreshed(), papers[LOOMS], papers[CARDS], "I know", now=lambda: NOON)
    newer(two, tmp_path, looms="Looms of no kind")
    (kept,) = listed(two.refreshed())
    assert papers[LOOMS] in (kept.one, kept.other) and follows(two)
    assert "Looms of no kind" in "".join(dump(two))
