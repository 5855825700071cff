"""What `KnowledgeGraph` tells by slices of years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collegium.graph.selection import Filter

if TYPE_CHECKING:
    from collegium.graph.series import Series

    from .editions import Edition
    from .sliced import SlicedRanking


class ByYears:
    """Measures and figures slice by slice: `slices` is "3y" or 3, None what fits; `cumulative`: all before it too."""

    def edition(self) -> Edition:
        """Return the newest version; see `KnowledgeGraph`."""
        raise NotImplementedError

    def series(self, slices: str | int | None = None, *, cumulative: bool = False, **where: Any) -> Series:
        """Return papers, authors, links and collaboration figures of the co-author network, slice by slice."""
        from .sliced import series_in

        return series_in(self.edition(), _width(slices), cumulative, Filter(**where))

    def centrality_by_years(
        self,
        measure: str,
        slices: str | int | None = None,
        *,
        cumulative: bool = False,
        projection: str = "coauthors",
        weight: str | None = None,
        **where: Any,
    ) -> SlicedRanking:
        """Return the nodes of a projection ranked by a measure over all slices together, and in each."""
        from .editions import Wanted
        from .sliced import sliced_ranking

        wanted = Wanted(projection, weight, Filter(**where))
        return sliced_ranking(self.edition(), measure, wanted, _width(slices), cumulative)


def _width(slices: str | int | None) -> int | None:
    from collegium.graph.slices import width_of

    return None if slices is None else width_of(slices)
