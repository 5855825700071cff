"""What our SPARQL functions ask of the network, answered by the edition that the API asks: so their numbers are one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from collegium.graph.distances import Distances
from collegium.graph.measures import Ranking
from collegium.queries.functions import Asked, Column

from .editions import Edition, Wanted


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The network of one edition; nothing of it is made before it is asked for."""

    edition: Edition

    def values(self, asked: Asked) -> Column:
        """Return IRI -> value, as `/api/centrality/MEASURE` has it. Raises: MeasureError."""
        return self._column("values", asked, lambda: self._ranking(asked).values)

    def ranks(self, asked: Asked) -> Column:
        """Return IRI -> rank, as `/api/centrality/MEASURE` has it. Raises: MeasureError."""
        return self._column("ranks", asked, lambda: {row.iri: row.rank for row in self._ranking(asked)})

    def communities(self, asked: Asked) -> Column:
        """Return IRI -> number, as `/api/communities` has it."""
        wanted = Wanted(asked.projection, asked.weight or "full")
        return self._column("numbers", asked, lambda: self.edition.communities(wanted).number_of)

    def steps(self, one: str, other: str) -> int | None:
        """Return the length of `/api/path` between two authors; None without a path, or for unknown ones."""

        def make() -> Distances:
            return Distances(self.edition.links(Wanted()))

        return self.edition.made("distances", make, 5).steps(one, other)

    def _ranking(self, asked: Asked) -> Ranking:
        return self.edition.ranking(asked.measure, Wanted(asked.projection, asked.weight))

    def _column(self, kind: str, asked: Asked, make: Callable[[], Column]) -> Column:
        return self.edition.made((kind, asked), make)
