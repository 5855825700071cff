"""What a `KnowledgeGraph` says beyond its papers: of those not yet written, and of how firm a rank is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.suggestions import Suggestions

    from .editions import Edition


class Suggester(ABC):
    """A part of `KnowledgeGraph` in a file of its own: suggestions, their back-test, intervals of ranks."""

    @abstractmethod
    def edition(self) -> Edition:
        """Return the newest version with all that is derived from it."""

    def firmness(
        self,
        measure: str,
        *,
        top: int = 10,
        draws: int = 200,
        seed: int = 1,
        by: str = "papers",
        projection: str = "coauthors",
        weight: str | None = None,
        **where: Any,
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return between what the first ranks and values of `centrality` lie, and how that was made.

        `by`: "papers" draws papers anew, "lists" fills in the hidden authors of cut lists.
        """
        from .editions import Wanted
        from .firm import firm_rows

        wanted = Wanted(projection, weight, Filter(**where))
        return firm_rows(self.edition(), measure, wanted, count=top, draws=draws, seed=seed, by=by)

    def suggest(self, who: str, *, limit: int = 10, offset: int = 0, **where: Any) -> Suggestions:
        """Return with whom an author (ID, IRI or name) could write next, best first, each with the reason."""
        from .suggesting import suggested

        edition = self.edition()
        return suggested(edition, edition.find("author", who), Filter(**where), limit, offset)

    def backtest(
        self, until: int | None = None, *, seed: int = 1, sample: int | None = None, **where: Any
    ) -> dict[str, Any]:
        """Return how well suggestions made from the papers up to a year fit the years after."""
        from .suggesting import backtested

        return backtested(self.edition(), until, seed, sample, Filter(**where))
