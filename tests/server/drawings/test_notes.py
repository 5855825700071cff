"""Sentences beside a picture: cut lists, years, weights, and whom the communities leave out."""

from __future__ import annotations

from collegium.server.drawings.notes import coverage, left_out_of_communities
from collegium.server.drawings.picture import PaperShown

NETWORK = {"papers_seen": 9, "papers_truncated": 9, "papers_year_inferred": 2, "at_least": True}


def paper(at: int, year: int | None = 2024, *, inferred: bool = False, cut: bool | None = True) -> PaperShown:
    """Return a paper of a picture."""
    return PaperShown(f"http://localhost:8000/paper/{at}", str(at), "T", year, inferred, cut)


def test_a_network_speaks_of_all_its_papers() -> None:
    """If it failed: counts from cut lists would pass for exact, or be called lower bounds, which not all are."""
    assert coverage(NETWORK) == [
        "9 of 9 author lists are cut: links can be missing.",
        "The year of 2 papers is inferred.",
    ]


def test_a_part_speaks_of_the_papers_in_it() -> None:
    """If it failed: the picture of two papers would speak of the nine in the store."""
    shown = [paper(1), paper(2, 2026, inferred=True), paper(3, None, cut=False)]
    assert coverage(NETWORK, shown) == [
        "2 of 3 author lists are cut: links can be missing.",
        "1 paper has no year.",
        "The year of 1 paper is inferred.",
    ]


def test_papers_of_which_nothing_is_known_are_not_counted() -> None:
    """If it failed: a drawing made without the papers would call every list complete."""
    assert coverage(NETWORK, [paper(1, cut=None)]) == coverage(NETWORK)


def test_fractional_weights_are_said() -> None:
    """If it failed: thickness would be read as a number of papers."""
    facts = {"projection": "coauthors", "weight": "fractional"}
    assert coverage(facts)[0].startswith("Links are weighted fractionally: sum of 1/(k-1)")


def test_who_is_left_out_of_communities_is_named() -> None:
    """If it failed: the communities of the picture would seem to contradict those of the API."""
    assert left_out_of_communities([], "author") == []
    assert left_out_of_communities(["cs.CL"], "category") == [
        "Communities are found without cs.CL, which is linked to nearly all others."
    ]
    assert left_out_of_communities(["Ann", "Bob"], "author") == [
        "Communities are found without 2 authors who are linked to nearly everybody around them."
    ]


def test_an_inferred_year_says_so() -> None:
    """If it failed: a year that no source prints would pass for printed."""
    assert [paper(1, 2026, inferred=True).year_text, paper(1, None).year_text] == [
        "2026, inferred",
        "no year",
    ]
