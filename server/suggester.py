"""What a `KnowledgeGraph` says of papers that are not yet written; a part of it, in a file of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.suggestions import Suggestions

    from .editions import Edition


class Suggester(ABC):
    """Suggestions and their back-test, of the newest edition."""

    @abstractmethod
    def edition(self) -> Edition:
        """Return the newest version with all that is derived from it."""

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
