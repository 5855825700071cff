"""Figures of a whole network out of an edition: each is computed once, whoever asks for it in whatever company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from collegium.graph.errors import UnknownName
from collegium.graph.figures import Figures, Study, check_choices, figure_named, figures, study
from collegium.graph.measures.cost import seconds
from collegium.graph.projections import WEIGHTS

from .editions import Edition, Wanted
from .work import work_of

# Figures that take no walks from every node.
UNWALKED: Final = (
    "nodes",
    "edges",
    "density",
    "mean_degree",
    "largest_degree",
    "isolates",
    "components",
    "giant_share",
)


def figures_of(
    edition: Edition,
    wanted: Wanted,
    names: Sequence[str] = (),
    *,
    seed: int = 1,
    degrees: Sequence[int] = (),
) -> Figures:
    """Return figures of a projection, all without names. Raises: UnknownName, ParameterError, NotFound.

    `seed` is of what is sampled; `degrees` are those at which the rich club is told.
    """
    if wanted.weight is not None and wanted.weight not in WEIGHTS:
        raise UnknownName("weight", str(wanted.weight), WEIGHTS)
    check_choices(seed, degrees)

    def make() -> Study:
        return study(edition.compact(wanted), mirror=edition.mirror, where=wanted.where)

    is_walked = not names or not {figure_named(name).name for name in names} <= set(UNWALKED)
    # Seed and degrees are no part of the key: a caller who tries all seeds does not fill the memory with networks.
    key = ("figures", wanted.projection, wanted.drawn_weight, wanted.where, is_walked)
    work = _walks(edition, wanted) if is_walked else 1
    return figures(edition.made(key, make, work).choosing(seed, tuple(degrees)), names)


def _walks(edition: Edition, wanted: Wanted) -> float:
    """Return what it costs to walk from every node, counting the co-author network being 1."""
    walked_s = seconds(edition.compact(wanted), "eccentricity", is_weighted=False) or 0.0
    return work_of(edition, walked_s)
