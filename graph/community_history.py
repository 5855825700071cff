"""The history of communities: those of each slice of years, and which of them go on in the next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .communities import Communities, Way, communities
from .compact import compact
from .errors import ParameterError
from .projections import projection_named
from .selection import Filter
from .slices import Slice as Window
from .slices import slices_of, width_of
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network

THRESHOLD: Final = 0.3  # of the paper below
LEAST_SIZE: Final = 3
EVENTS: Final = ("continues", "splits", "merges", "ends", "is born")


@dataclass(frozen=True, slots=True)
class Slice:
    """The communities of the papers of some years; `net` is the network they were found in, `where` its filter."""

    window: Window
    where: Filter
    net: Network
    found: Communities


@dataclass(frozen=True, slots=True)
class Event:
    """What becomes of communities from one slice (its place, from 0) to the next: numbers before and after.

    `jaccard` holds the likeness of each pair before × after that is linked, in the order of `links`.
    """

    slice: int
    event: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    links: tuple[tuple[int, int], ...] = ()
    jaccard: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Communities of slices in order, and the events between neighbours, by slice, kind and numbers."""

    slices: tuple[Slice, ...]
    events: tuple[Event, ...]
    threshold: float
    least_size: int


def history(
    mirror: Mirror,
    projection: str = "coauthors",
    *,
    slices: str = "3y",
    weight: str = "full",
    where: Filter | None = None,
    way: Way | None = None,
    threshold: float = THRESHOLD,
    least_size: int = LEAST_SIZE,
) -> History:
    """Return the communities of each slice of years and their succession.

    Slices begin at the first year of the papers counted, or of the filter, and do not overlap. Two communities of
    neighbouring slices are linked when the Jaccard index of their members (shared / all of both) is at least the
    threshold. One that is linked to one that is linked to it alone continues; to several: it splits; several linked to
    one: they merge. One without a link after it ends, one without a link before it is born. Communities of fewer than
    `least_size` members have no events; the first slice bears and the last ends nobody.

    Raises: ParameterError; UnknownName, NotFound, AmbiguousName.
    Cost: that of `compact` and `communities` for each slice.
    Source: D. Greene, D. Doyle, P. Cunningham, Tracking the evolution of communities, 10.1109/ASONAM.2010.17.
    """
    where, way = where or Filter(), way or Way()
    _check(threshold, least_size)
    found = []
    for window in windows(mirror, projection, slices, where):
        part = replace(where, from_year=window.from_year, to_year=window.to_year)
        net = compact(mirror, projection, weight=weight, where=part)
        found.append(Slice(window, part, net, communities(net, **way.facts)))
    events = succession(found, threshold, least_size)
    return History(tuple(found), tuple(events), float(threshold), least_size)


def _check(threshold: float, least_size: int) -> None:
    is_number = isinstance(threshold, int | float) and not isinstance(threshold, bool)
    if not is_number or not math.isfinite(threshold) or not 0 < threshold <= 1:
        raise ParameterError("threshold", threshold, "a number above 0, at most 1")
    if isinstance(least_size, bool) or not isinstance(least_size, int) or least_size < 1:
        raise ParameterError("min_size", least_size, "a whole number from 1")


def windows(mirror: Mirror, projection: str, slices: str, where: Filter) -> list[Window]:
    """Return the slices of the years of a filter's papers; none without a year.

    Raises: ParameterError for a text that is no number of years, for more than 100 slices, for a network without years;
    NotFound, AmbiguousName.
    """
    row = projection_named(projection)
    if not row.of_papers:
        raise ParameterError("projection", row.name, "one that papers make: ties have no years")
    return list(slices_of(mirror, width_of(slices), where=where).all)


def succession(slices: Sequence[Slice], threshold: float, least_size: int) -> Iterator[Event]:
    """Yield the events between neighbouring slices."""
    for at, (one, other) in enumerate(pairwise(slices)):
        before, after = _large(one, least_size), _large(other, least_size)
        pairs = {
            (a, b): value
            for a, b, value in _likeness(one, other)
            if value >= threshold and a < before and b < after
        }
        yield from _between(at, before, after, pairs)


def _large(part: Slice, least_size: int) -> int:
    """How many groups have at least so many members; the largest come first."""
    return sum(size >= least_size for size in part.found.groups.sizes)


def _likeness(one: Slice, other: Slice) -> Iterator[tuple[int, int, float]]:
    """Yield for places of groups that share members the Jaccard index, ordered by places."""
    (ids, labels), (other_ids, other_labels) = (_labelled(part) for part in (one, other))
    _, here, there = np.intersect1d(ids, other_ids, assume_unique=True, return_indices=True)
    pairs, shared = np.unique(
        np.column_stack((labels[here], other_labels[there])), axis=0, return_counts=True
    )
    sizes, other_sizes = one.found.groups.sizes, other.found.groups.sizes
    for (a, b), both in zip(pairs.tolist(), shared.tolist(), strict=True):
        yield a, b, both / (sizes[a] + other_sizes[b] - both)


def _labelled(part: Slice) -> tuple[NDArray[Any], NDArray[Any]]:
    """Who is in a slice, as numbers that hold across slices, and their groups."""
    ids = [group.ids.astype(np.int64) + (kind << 32) for kind, group in enumerate(part.net.nodes.groups)]
    return np.concatenate(ids), part.found.groups.labels


def _between(at: int, before: int, after: int, pairs: dict[tuple[int, int], float]) -> Iterator[Event]:
    heirs = {a: sorted(y for x, y in pairs if x == a) for a in {x for x, _ in pairs}}
    parents = {b: sorted(x for x, y in pairs if y == b) for b in {y for _, y in pairs}}

    def event(name: str, ones: Sequence[int], others: Sequence[int]) -> Event:
        links = [(a, b) for a in ones for b in others if (a, b) in pairs]
        numbers = [tuple(place + 1 for place in places) for places in (ones, others)]
        told = tuple((a + 1, b + 1) for a, b in links)
        return Event(at, name, numbers[0], numbers[1], told, tuple(pairs[link] for link in links))

    for a, next_ones in sorted(heirs.items()):
        if len(next_ones) == 1 and len(parents[next_ones[0]]) == 1:
            yield event("continues", [a], next_ones)
    for a, next_ones in sorted(heirs.items()):
        if len(next_ones) > 1:
            yield event("splits", [a], next_ones)
    for b, earlier in sorted(parents.items()):
        if len(earlier) > 1:
            yield event("merges", earlier, [b])
    yield from (event("ends", [a], []) for a in range(before) if a not in heirs)
    yield from (event("is born", [], [b]) for b in range(after) if b not in parents)
