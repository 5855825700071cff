"""What is told of a slice of years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class SliceFigures:
    """One slice. None where a figure is not defined: a density of less than two authors, a share of no papers.

    - `papers`, `authors`, `links`, `components`: of the co-author network; `new_authors` stand in no slice before
    - `density`: links of all that could be, in [0, 1]; `giant_share`: share of authors in the largest component
    - `collaboration_index`: authors per paper of two or more
    - `degree_of_collaboration`: share of papers with authors that have two or more, in [0, 1]
    - `collaboration_coefficient`: 1 - (sum of 1/authors over papers with authors) / (their number), in [0, 1)
    - `coverage`: share of papers with a complete author list; `at_least`: a list is cut, so hidden authors are not
      counted
    """

    from_year: int
    to_year: int
    papers: int
    authors: int
    links: int
    density: float | None
    components: int
    giant_share: float | None
    new_authors: int
    collaboration_index: float | None
    degree_of_collaboration: float | None
    collaboration_coefficient: float | None
    coverage: float | None
    at_least: bool


class Figure(NamedTuple):
    """What a figure is called and means, for people; `source` is a DOI, empty where it is only counted."""

    title: str
    definition: str
    source: str


FIGURES: Final[Mapping[str, Figure]] = {
    "papers": Figure("Papers", "Papers of the slice.", ""),
    "authors": Figure("Authors", "Authors of these papers, as far as they are known.", ""),
    "new_authors": Figure("New authors", "Authors who stand on no paper of an earlier slice.", ""),
    "links": Figure("Links", "Pairs of authors with a joint paper.", ""),
    "density": Figure("Density", "Links, of all pairs of authors.", "10.1017/CBO9780511815478"),
    "components": Figure(
        "Components", "Groups of authors with no link to others.", "10.1017/CBO9780511815478"
    ),
    "giant_share": Figure(
        "Giant share", "Share of authors in the largest component.", "10.1073/pnas.98.2.404"
    ),
    "collaboration_index": Figure(
        "Collaboration index",
        "Mean number of authors of papers with two or more.",
        "",
    ),
    "degree_of_collaboration": Figure(
        "Degree of collaboration",
        "Share of papers with two or more authors.",
        "10.1177/016555158300600105",
    ),
    "collaboration_coefficient": Figure(
        "Collaboration coefficient",
        "1 less the mean of 1/authors over papers.",
        "10.1007/BF02016906",
    ),
    "coverage": Figure("Coverage", "Share of papers with a complete author list.", ""),
}
