"""The mirror: an immutable network snapshot of papers, authors, institutions and categories, in columns.

Every id is a place among all things of a kind sorted by IRI. `mirror.py` fills it; nothing changes it afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .items import Category, Entity, Paper, index_of

if TYPE_CHECKING:
    from .columns import Columns
    from .packed import Texts
    from .things import Entities, Figures, Papers, Ties, Works

# A paper with more authors than this makes no pairs of co-authors: k authors make k(k-1)/2 of them, each for a fraction
# of a paper. 100 is where studies of hyper-authorship begin. Source: B. Cronin 2001, 10.1002/asi.1097.
MOST_AUTHORS: Final = 100


@dataclass(frozen=True, slots=True)
class Mirror:
    """The network of one store version. Equal mirrors hold the same belief; version, base and cap do not count.

    `most_authors` is the cap above which a paper makes no pairs of co-authors; `cited` are the IRIs of what papers cite
    that is no paper here, sorted.
    """

    papers: Papers
    authors: Entities
    institutions: Entities
    categories: tuple[Category, ...]
    reported: Figures
    ties: Ties
    cited: Texts
    base: str = field(compare=False)
    version: int = field(compare=False)
    most_authors: int = field(compare=False, default=MOST_AUTHORS)

    @property
    def works(self) -> Works:
        """The papers, and behind them what they cite that is no paper here."""
        from .things import Works  # numpy: not for those who only want the names of networks

        return Works(self.papers, self.cited)

    @property
    def columns(self) -> Columns:
        """What the papers hold as arrays."""
        return self.papers.columns

    def author(self, iri: str) -> Entity:
        """Return the author of an IRI. Raises: NotFound. Cost: O(log n)."""
        return self.authors[index_of("author", self.authors, iri)]

    def paper(self, iri: str) -> Paper:
        """Return the paper of an IRI. Raises: NotFound. Cost: O(log n)."""
        return self.papers[index_of("paper", self.papers, iri)]
