"""Figures of a whole network out of an edition: each is computed once, whoever asks for it in whatever company."""

from __future__ import annotations

from collections.abc import Sequence

from collegium.graph.errors import UnknownName
from collegium.graph.figures import Figures, Study, check_choices, figures, study
from collegium.graph.projections import WEIGHTS

from .editions import Edition, Wanted


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

    # Seed and degrees are no part of the key: a caller who tries all seeds does not fill the memory with networks.
    key = ("study", wanted.projection, wanted.drawn_weight, wanted.where)
    return figures(edition.memory.get(key, make).choosing(seed, tuple(degrees)), names)
