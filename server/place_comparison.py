"""Institutions side by side: what each has, year by year too, and what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from markupsafe import Markup

from .charts import Line
from .directory import Directory, Ref, printed_year
from .plots import MOST_COLUMNS, columns_plot

_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """One of those compared. `papers` are numbers, newest first; `years` counts them by printed year."""

    ref: Ref
    papers: tuple[int, ...]
    papers_cut: int
    without_year: int
    years: dict[int, int]
    authors: tuple[Ref, ...]
    categories: tuple[Ref, ...]
    partners: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SharedByPlaces:
    """Two of those compared: papers that name both, newest first, and authors who stand on papers of both.

    An author counts as strong as the smaller of the two numbers of papers; `papers` of an author is that number.
    """

    one: Ref
    other: Ref
    papers: tuple[Ref, ...]
    authors: tuple[Ref, ...]
    categories: tuple[Ref, ...]


def compared_place(directory: Directory, number: int) -> ComparedPlace:
    """Return what an institution has. Cost: O(its papers and their authors)."""
    papers = directory.papers_of("institution", number)
    held = [directory.mirror.papers[paper] for paper in papers]
    years = Counter(year for paper in held if (year := printed_year(paper)) is not None)
    others = ([place for place in paper.institutions if place != number] for paper in held)
    return ComparedPlace(
        ref=directory.ref("institution", number),
        papers=papers,
        papers_cut=sum(paper.truncated for paper in held),
        without_year=len(held) - years.total(),
        years=dict(sorted(years.items())),
        authors=directory.counted("author", (paper.authors for paper in held)),
        categories=directory.counted("category", (paper.categories for paper in held)),
        partners=directory.counted("institution", others)[:_MOST_NAMED],
    )


def shared_by_places(directory: Directory, found: Sequence[ComparedPlace]) -> list[SharedByPlaces]:
    """Return what each two of them share."""
    pairs = []
    for one, other in combinations(found, 2):
        theirs = set(other.papers)
        joint = tuple(directory.ref("paper", paper) for paper in one.papers if paper in theirs)
        pairs.append(
            SharedByPlaces(
                one.ref,
                other.ref,
                joint,
                _of_both(one.authors, other.authors),
                _of_both(one.categories, other.categories),
            )
        )
    return pairs


def _of_both(ones: Sequence[Ref], others: Sequence[Ref]) -> tuple[Ref, ...]:
    counts = {ref.iri: ref.papers for ref in others}
    both = [
        Ref(ref.kind, ref.id, ref.iri, ref.name, min(ref.papers, counts[ref.iri]))
        for ref in ones
        if ref.iri in counts
    ]
    return tuple(sorted(both, key=lambda ref: (-ref.papers, ref.name, ref.iri)))


def axis_of(found: Sequence[ComparedPlace]) -> list[int]:
    """Return the years of all of them with those between; only those there are, where it is too long."""
    years = sorted({year for row in found for year in row.years})
    if not years or years[-1] - years[0] >= MOST_COLUMNS:
        return years[-MOST_COLUMNS:]
    return list(range(years[0], years[-1] + 1))


def years_pictures(found: Sequence[ComparedPlace], years: Sequence[int]) -> list[Markup]:
    """Return papers by year, a picture each, over the same years."""
    labels = [str(year) for year in years]
    pictures = []
    for at, row in enumerate(found if years else ()):
        values = tuple(row.years.get(year, 0) for year in years)
        told = f"{sum(values):,} papers with a printed year"
        title = f"Papers of {row.ref.name} by year"
        line = Line(row.ref.name, values)
        pictures.append(columns_plot(f"plot-{at}", title, told, labels, [line], row.ref.name))
    return pictures
