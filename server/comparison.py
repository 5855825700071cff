"""Authors side by side: what each has, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from .author_cards import Coauthor, coauthors
from .directory import Directory, Ref, printed_year

_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """One of those compared. `papers_cut` counts papers whose author list is not known to be complete."""

    ref: Ref
    papers: tuple[int, ...]
    papers_cut: int
    first_year: int | None
    last_year: int | None
    coauthors: tuple[Coauthor, ...]
    categories: tuple[Ref, ...]
    institutions: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two of those compared: their joint papers, newest first, and the co-authors of both, the strongest first."""

    one: Ref
    other: Ref
    papers: tuple[Ref, ...]
    shared: tuple[Ref, ...]


def compared(directory: Directory, number: int) -> Compared:
    """Return what an author has. Cost: O(papers of the author and their authors)."""
    mirror, papers = directory.mirror, directory.papers_of("author", number)
    held = [mirror.papers[paper] for paper in papers]
    years = [year for paper in held if (year := printed_year(paper)) is not None]
    return Compared(
        ref=directory.ref("author", number),
        papers=papers,
        papers_cut=sum(paper.truncated for paper in held),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        coauthors=coauthors(directory, number),
        categories=directory.counted("category", (paper.categories for paper in held))[:_MOST_NAMED],
        institutions=directory.counted("institution", (paper.institutions for paper in held))[:_MOST_NAMED],
    )


def together(directory: Directory, found: Sequence[Compared]) -> list[Together]:
    """Return what each two of them share.

    A co-author of both counts as strong as the weaker of the two links; of equals the first by name.
    """
    pairs = []
    for one, other in combinations(found, 2):
        joint = [paper for paper in one.papers if paper in set(other.papers)]
        theirs = {coauthor.id: coauthor for coauthor in other.coauthors}
        both = [
            (-min(coauthor.joint_papers, theirs[coauthor.id].joint_papers), coauthor.name, coauthor.iri)
            for coauthor in one.coauthors
            if coauthor.id in theirs
        ]
        shared = tuple(_ref(directory, iri) for _, _, iri in sorted(both))
        pairs.append(
            Together(one.ref, other.ref, tuple(directory.ref("paper", paper) for paper in joint), shared)
        )
    return pairs


def _ref(directory: Directory, iri: str) -> Ref:
    (found,) = (ref for ref in directory.called(iri) if ref.kind == "author")
    return found
