"""What things cost as `Edition.made` has it: counting the co-author network of the store is 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collegium.graph.measures import Measure, Sample, measure_named, sample_of
from collegium.graph.measures.cost import seconds

from .editions import Edition, Wanted

if TYPE_CHECKING:
    from collegium.graph.network import Network

_PER_AUTHORSHIP_S: Final = 4e-7  # to count it
_OF_COUNTING: Final = 0.25  # that holds Python's lock
_FLOOR_S: Final = 0.001  # that every estimate of a ranking holds


def work_of(edition: Edition, cost_s: float) -> float:
    """Return what so many seconds are."""
    return cost_s / (_PER_AUTHORSHIP_S * max(len(edition.mirror.columns.authors.ends), 1))


def expected_s(net: Network, row: Measure, weight: str | None, sample: Sample | None) -> float | None:
    """Return about how many seconds a ranking takes, of the sample that it takes; None where nothing is known.

    Raises: ParameterError, MeasureError: as `sample_of`.
    """
    drawn = sample_of(row, len(net), sample)
    return seconds(net, row.name, is_weighted=row.is_weighted(weight), sample=drawn.size if drawn else None)


def ranking_work(edition: Edition, measure: str, wanted: Wanted) -> float:
    """Return what it costs to count a network and to rank it."""
    row, net = measure_named(measure), edition.compact(wanted)
    expected_s = seconds(net, row.name, is_weighted=row.is_weighted(wanted.weight)) or 0.0
    return _OF_COUNTING + work_of(edition, max(expected_s - _FLOOR_S, 0.0))
