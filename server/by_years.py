"""What `KnowledgeGraph` tells by slices of years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.series import Series

    from .editions import Edition
    from .sliced import SlicedRanking


class ByYears:
    """Measures and figures slice by slice: `slices` is "3y" or 3, and with `cumulative` each holds all before it."""

    def edition(self) -> Edition:
        """Return the newest version; see `KnowledgeGraph`."""
        raise NotImplementedError

    def series(self, slices: str | int = "1y", *, cumulative: bool = False, **where: Any) -> Series:
        """Return papers, authors, links and collaboration figures of the co-author network, slice by slice."""
        from collegium.graph.slices import width_of

        from .sliced import series_in

        return series_in(self.edition(), width_of(slices), cumulative, Filter(**where))

    def centrality_by_years(
        self,
        measure: str,
        slices: str | int = "1y",
        *,
        cumulative: bool = False,
        projection: str = "coauthors",
        weight: str | None = None,
        **where: Any,
    ) -> SlicedRanking:
        """Return the nodes of a projection ranked by a measure over all slices together, and in each."""
        from collegium.graph.slices import width_of

        from .editions import Wanted
        from .sliced import sliced_ranking

        wanted = Wanted(projection, weight, Filter(**where))
        return sliced_ranking(self.edition(), measure, wanted, width_of(slices), cumulative)
