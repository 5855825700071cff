"""How co-authorship changed: figures of the papers and the network of each slice of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from .compact import compact
from .frames import frame
from .network import Network
from .selection import Filter
from .slice_figures import SliceFigures
from .slices import Slice, Slices, slices_of
from .snapshot import Mirror

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Series:
    """The slices in order, and what they were made of, ready for JSON."""

    slices: tuple[SliceFigures, ...]
    facts: Mapping[str, object]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, or chosen where nobody asked."""
        return cast(dict[str, Any], self.facts["parameters"])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the slices for JSON, in order."""
        return list(map(asdict, self.slices))

    def to_dataframe(self) -> Any:
        """Return the slices as a pandas DataFrame. Raises: LibraryMissing."""
        return frame(self.to_dicts(), [each.name for each in fields(SliceFigures)])


def series(
    mirror: Mirror, width: int | None, *, is_cumulative: bool = False, where: Filter | None = None
) -> Series:
    """Return the figures of the co-author network slice by slice; without a width in slices that fit.

    Raises: as `slices.slices_of`.
    Cost: that of `compact.compact` for each slice.
    Source: I. Ajiferuke, Q. Burrell, J. Tague 1988, 10.1007/BF02016906 (coefficient); K. Subramanyam 1983,
    10.1177/016555158300600105 (degree).
    """
    where = Filter() if where is None else where
    slices = slices_of(mirror, width, is_cumulative, where)
    known = np.zeros(len(mirror.authors), np.bool_)
    found = []
    for years, narrowed in zip(slices.all, slices.filters(where), strict=True):
        net = compact(mirror, "coauthors", where=narrowed)
        ids = net.nodes.groups[0].ids
        new = int((~known[ids]).sum())
        known[ids] = True
        found.append(_figures(years, net, new))
    return Series(tuple(found), _facts(mirror, slices, where, found))


def _figures(years: Slice, net: Network, new_authors: int) -> SliceFigures:
    facts: Any = net.facts
    joint: Any = collaboration([] if net.counted is None else net.counted.authors.sizes.tolist())
    count, links = len(net), net.size
    members = np.bincount(net.components) if count else np.zeros(0, np.int64)
    return SliceFigures(
        *years,
        papers=facts["papers_seen"],
        authors=count,
        links=links,
        density=2 * links / (count * (count - 1)) if count > 1 else None,
        components=len(members),
        giant_share=int(members.max()) / count if count else None,
        new_authors=new_authors,
        **joint,
        coverage=facts["coverage"],
        at_least=facts["at_least"],
    )


def collaboration(sizes: Sequence[int]) -> dict[str, float | None]:
    """Return index, degree and coefficient of collaboration of papers with so many authors; those of none are left out.

    Example:
        >>> collaboration([1, 1, 2, 2, 0])
        {'collaboration_index': 2.0, 'degree_of_collaboration': 0.5, 'collaboration_coefficient': 0.25}
    """
    signed = [size for size in sizes if size > 0]
    joint = [size for size in signed if size > 1]
    shares = sum((Fraction(of, size) for size, of in Counter(signed).items()), Fraction())
    return {
        "collaboration_index": sum(joint) / len(joint) if joint else None,
        "degree_of_collaboration": len(joint) / len(signed) if signed else None,
        "collaboration_coefficient": float(1 - shares / len(signed)) if signed else None,
    }


def _facts(mirror: Mirror, slices: Slices, where: Filter, found: Sequence[SliceFigures]) -> dict[str, object]:
    whole: Any = compact(mirror, "coauthors", where=slices.whole(where)).facts if slices.all else {}
    return {
        "version": mirror.version,
        "parameters": {"projection": "coauthors", "weight": "full", "where": where.given, **_asked(slices)},
        "exact": True,
        **{name: whole.get(name, 0) for name in ("papers_seen", "papers_truncated", "papers_year_inferred")},
        **{name: value for name, value in slices.facts.items() if name.startswith("papers")},
        "papers_without_pairs": whole.get("papers_without_pairs", 0),
        "most_authors": mirror.most_authors,
        "coverage": whole.get("coverage"),
        "at_least": any(row.at_least for row in found),
    }


def _asked(slices: Slices) -> dict[str, object]:
    return {name: slices.facts[name] for name in ("slices", "cumulative")}
