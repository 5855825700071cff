"""What belief says of authors beside their papers: figures that sources report, and ties of network files."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from . import vocabulary as v
from .belief import Belief, many
from .items import Reported, Tie
from .things import whole


def reported(belief: Belief, authors: Mapping[bytes, int]) -> list[Reported]:
    """Return the figures that sources report of authors; those that are no finite number are left out."""
    holds = [(author, held) for author, held in belief.links(v.BIDO_HOLDS) if author in authors]
    if not holds:
        return []
    data, measures = many(belief.links(v.BIDO_WITH_DATA)), many(belief.links(v.BIDO_HAS_MEASURE))
    values, sources = many(belief.values(v.BIDO_NUMERIC_VALUE)), many(belief.links(v.BIDO_ACCORDING_TO))
    dates = many(belief.values(v.PROV_GENERATED_AT))
    found = {
        Reported(
            authors[author],
            measure.decode(),
            source.decode(),
            min(dates.get(held, {b""})).decode(),
            _number(value),
        )
        for author, held in holds
        for source in sources.get(held, ())
        for datum in data.get(held, ())
        for measure in measures.get(datum, ())
        for value in values.get(datum, ())
    }
    return sorted(row for row in found if math.isfinite(row.value))


def ties(belief: Belief, authors: Mapping[bytes, int]) -> list[Tie]:
    """Return the links of network files, those of one pair as one; a tie of somebody with themselves is none."""
    weights, found = (
        many(belief.values(v.CK_WEIGHT_AS_GIVEN)),
        defaultdict[tuple[int, ...], list[float]](list),
    )
    for tie, members in many(belief.links(v.CK_MEMBER)).items():
        ends = tuple(sorted(authors[member] for member in members if member in authors))
        weight = _sum(map(_number, weights.get(tie, ())))
        if tie in weights and len(ends) == 2 and math.isfinite(weight):  # an update may write anything
            found[ends].append(weight)
    sums = ((ends, _sum(sizes)) for ends, sizes in found.items())
    return sorted(Tie(one, other, whole(size)) for (one, other), size in sums if math.isfinite(size))


def nodes(belief: Belief, authors: Mapping[bytes, int]) -> list[int]:
    """Return the authors whom network files have as nodes, ascending."""
    return sorted({authors[author] for author in belief.instances(v.CK_NODE) if author in authors})


def _sum(sizes: Iterable[float]) -> float:
    """The sum of numbers; inf where it is larger than a float can be."""
    try:
        return math.fsum(sizes)
    except OverflowError:
        return math.inf


def _number(lexical: bytes) -> float:
    """The number that a text says; nan when it says none."""
    try:
        return float(lexical.decode())
    except ValueError:
        return math.nan
