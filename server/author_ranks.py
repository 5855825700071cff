"""The places of an author by each measure, for a page: none of them waits for what takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from collegium.graph.errors import JobStopped, Overloaded
from collegium.graph.measures import MEASURES

from .editions import Edition, Wanted
from .hooks import keep_not
from .served import BeingComputed

# What is cheap enough for every author page of a large network, and how large a small one is (authors).
_LIGHT: Final = ("degree", "strength", "pagerank", "core_number", "clustering")
SMALL: Final = 1_000


@dataclass(frozen=True, slots=True)
class Rank:
    """An author's place by one measure."""

    name: str
    title: str
    definition: str
    rank: int | None
    value: float | int | None
    of: int
    at_least: bool


def ranks_of(found: Edition, author: str) -> tuple[Rank, ...] | None:
    """Return an author's places in the co-author network, in the order of `MEASURES`; None while they are made."""

    small = len(found.mirror.authors) <= SMALL
    places: list[Rank] = []
    is_whole = True
    for measure in MEASURES.values():
        if measure.basis != "computed" or not (small or measure.name in _LIGHT):
            continue
        try:
            ranking = found.ranking(measure.name, Wanted(), wait_s=0)
        except (BeingComputed, Overloaded, JobStopped) as not_yet:
            is_whole = False
            if not isinstance(not_yet, BeingComputed):
                break
            continue  # the others are begun with too
        row = ranking.rows.of(author)
        # A page of dashes tells nothing: where no list is complete there is no last author.
        if row is not None and not (measure.of_papers and row.value is None):
            bound, of = bool(ranking.facts.get("lower_bound")), len(ranking)
            rank = Rank(measure.name, measure.title, measure.definition, row.rank, row.value, of, bound)
            places.append(rank)
    if is_whole:
        return tuple(places)
    keep_not()
    return None
