"""Whether a network can be asked for at all: a place among the jobs is not for what is refused in the end."""

from __future__ import annotations

from collegium.graph.projections import check_weight, projection_named
from collegium.graph.selection import Filter

from .editions import Edition, Wanted


def check_askable(found: Edition, wanted: Wanted) -> None:
    """Return when all names are known, and the weight. Cost: O(papers).

    Raises: NotFound, AmbiguousName (of a filter, or in the middle), UnknownName, ParameterError (of the weight).
    """
    from collegium.graph.chosen import choose

    row, where = projection_named(wanted.projection), wanted.where
    choose(
        found.mirror, Filter(category=where.category, institution=where.institution, authors=where.authors)
    )
    check_weight(row, wanted.drawn_weight)
    if not row.of_citations:  # works that are only cited have no name to be found by
        for text in wanted.around:
            found.find(row.kinds[0], text)
