"""Projections counted over whole columns: one sparse product, no paper looked at by itself.

`projections.project` gives the same network with the papers behind each link, for what people can hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .columns import NO_POSITION, NO_YEAR, Columns
from .errors import UnknownName
from .network import Network, network_of
from .nodes import Group, Nodes
from .projections import WEIGHTS, Projection, project, projection_named, things_of
from .rows import Rows
from .selection import Filter, find, narrower
from .snapshot import Mirror
from .tallies import HIGH_BITS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def compact(mirror: Mirror, name: str, *, weight: str = "full", where: Filter | None = None) -> Network:
    """Return a projection of the mirror as compressed rows, with the facts that `project` tells.

    Fractional weights are sums of fractions, right to the last digit: three thirds make 1.

    Raises: as `projections.project`.
    Cost: O(papers + sum of k² over papers), in scipy.
    """
    row, where = projection_named(name), Filter() if where is None else where
    if weight not in WEIGHTS:
        raise UnknownName("weight", str(weight), WEIGHTS)
    if not row.of_papers:
        return network_of(project(mirror, name, weight=weight, where=where))
    chosen = chosen_papers(mirror, where)
    groups = [_Members.of(mirror, chosen, kind, where) for kind in row.kinds]
    sizes = [group.all.sizes for group in groups]
    capped = sizes[0] > mirror.most_authors if row.is_capped else np.zeros(len(sizes[0]), np.bool_)
    shared = np.maximum(sizes[0] - 1 if len(groups) == 1 else sizes[0] * sizes[1], 1)
    counts = _linked(groups, ~capped, None)
    strengths = counts if weight != "fractional" else _linked(groups, ~capped, shared)
    links, weights = _kept(counts, strengths, weight, where.min_weight)
    return Network(
        nodes=Nodes(tuple(group.nodes for group in groups)),
        links=links,
        weights=weights,
        papers=np.concatenate([group.papers for group in groups]),
        fractional_papers=np.concatenate([group.fractional_papers for group in groups]),
        facts={
            "projection": row.name,
            "weight": weight,
            "where": where.given,
            **_facts(mirror, row, chosen, groups, int(capped.sum())),
        },
    )


def membership(mirror: Mirror, kind: str, where: Filter) -> tuple[NDArray[np.int64], Rows]:
    """Return the papers of a filter, and of each the nodes that it names in a projection of that kind.

    Raises: NotFound, AmbiguousName.
    """
    chosen = chosen_papers(mirror, where)
    return np.flatnonzero(chosen.papers), _Members.of(mirror, chosen, kind, where).kept


@dataclass(frozen=True, slots=True)
class Chosen:
    """The papers of a filter: a mask over the mirror's, and those without a year that no window would take."""

    papers: NDArray[np.bool_]
    without_year: int


def chosen_papers(mirror: Mirror, where: Filter) -> Chosen:
    """Return which papers a filter takes. Raises: NotFound, AmbiguousName."""
    columns = mirror.columns
    passed = np.ones(len(columns), np.bool_)
    if where.category is not None:
        passed &= _holds(columns.categories, narrower(mirror, where.category), len(mirror.categories))
    if where.institution is not None:
        place = find("institution", mirror.institutions, where.institution)
        passed &= _holds(columns.institutions, [place], len(mirror.institutions))
    if where.authors:
        asked = [find("author", mirror.authors, author) for author in where.authors]
        passed &= _holds(authors_of(columns, where), asked, len(mirror.authors))
    if where.complete_only:
        passed &= ~columns.truncated
    without = columns.years == NO_YEAR
    without_year = int((passed & without).sum())
    if where.from_year is not None or where.to_year is not None:
        first, last = where.from_year or 1, where.to_year or np.iinfo(np.int16).max
        passed &= (columns.years >= first) & (columns.years <= last)
    return Chosen(passed, without_year)


def _holds(rows: Rows, wanted: Any, most: int) -> NDArray[np.bool_]:
    """Which rows hold one of the ids wanted."""
    is_wanted = np.zeros(most, np.bool_)
    is_wanted[list(wanted)] = True
    return np.bincount(rows.number[is_wanted[rows.ends]], minlength=len(rows)) > 0


def authors_of(columns: Columns, where: Filter) -> Rows:
    """Return the authors of each paper that a filter counts: all, or the shown ones."""
    return columns.authors.where(columns.positions != NO_POSITION) if where.shown_only else columns.authors


@dataclass(frozen=True, slots=True)
class _Members:
    """What the papers chosen name of one kind: all of it, and what of it are nodes, under the numbers of `nodes`."""

    all: Rows
    kept: Rows
    nodes: Group

    @staticmethod
    def of(mirror: Mirror, chosen: Chosen, kind: str, where: Filter) -> _Members:
        columns, things = mirror.columns, things_of(mirror, kind)
        rows = {
            "author": authors_of(columns, where),
            "institution": columns.institutions,
            "category": columns.categories,
        }[kind]
        rows = kept = rows.take(chosen.papers)
        if kind == "author" and where.authors:
            asked = np.zeros(len(things), np.bool_)
            asked[[find("author", things, author) for author in where.authors]] = True
            kept = rows.where(asked[rows.ends])
        stands = np.zeros(len(things), np.bool_)
        stands[kept.ends] = True
        anew = np.cumsum(stands, dtype=np.int32) - 1
        ids = np.flatnonzero(stands).astype(np.int32)
        return _Members(rows, Rows(kept.starts, anew[kept.ends]), Group(kind, things, ids))

    @property
    def count(self) -> int:
        return len(self.nodes.ids)

    @property
    def papers(self) -> NDArray[np.int64]:
        return np.bincount(self.kept.ends, minlength=self.count)

    @property
    def fractional_papers(self) -> Any:
        among = np.repeat(np.maximum(self.all.sizes, 1), self.kept.sizes)
        return _exact(among, lambda shares: np.bincount(self.kept.ends, shares, minlength=self.count))


def _exact(among: NDArray[np.int64], add: Callable[[NDArray[Any]], Any]) -> Any:
    """Return the sums of 1/among that `add` makes, as `tallies.added_shares` adds them."""
    high = np.floor(HIGH_BITS / among) / HIGH_BITS
    return add(high) + add((1 - high * among) / among)


def _linked(groups: list[_Members], paired: NDArray[np.bool_], among: NDArray[np.int64] | None) -> Any:
    """Return who is linked to whom, both ways: the joint papers counted, or each shared among so many."""
    one, other = groups[0], groups[-1]
    left = one.kept.take(paired).matrix(one.count, _ones(one.kept, paired))
    right = other.kept.take(paired).matrix(other.count, _ones(other.kept, paired))

    def product(shares: NDArray[Any] | None) -> Any:
        if shares is None:
            return left.T @ right
        from scipy.sparse import diags_array

        return left.T @ (diags_array(shares) @ right)

    made = product(None) if among is None else _exact(among[paired], product)
    if len(groups) == 2:
        from scipy.sparse import block_array

        made = block_array([[None, made], [made.T, None]])
    made = made.tocsr()
    made.sort_indices()
    return made


def _ones(rows: Rows, paired: NDArray[np.bool_]) -> NDArray[np.int32]:
    return np.ones(int(rows.sizes[paired].sum()), np.int32)


def _kept(counts: Any, strengths: Any, weight: str, least: float) -> tuple[Rows, NDArray[Any]]:
    """The links of at least a weight (joint papers where every link weighs 1), none of a node with itself."""
    links = Rows(counts.indptr.astype(np.int64), counts.indices.astype(np.int32))
    size = counts.data if weight == "none" else strengths.data
    kept = (links.number != links.ends) & (size >= least)
    weights = np.ones(int(kept.sum()), np.int64) if weight == "none" else strengths.data[kept]
    return links.where(kept), weights


def _facts(
    mirror: Mirror, row: Projection, chosen: Chosen, groups: list[_Members], capped: int
) -> dict[str, object]:
    columns, papers = mirror.columns, chosen.papers
    seen, truncated = int(papers.sum()), int((papers & columns.truncated).sum())
    empty = np.logical_and.reduce([group.kept.sizes == 0 for group in groups])
    return {
        "version": mirror.version,
        "papers_seen": seen,
        "papers_truncated": truncated,
        "papers_without_year": chosen.without_year,
        "papers_year_inferred": int((papers & columns.year_inferred).sum()),
        "papers_without_members": int(empty.sum()),
        "papers_without_pairs": capped,
        "most_authors": mirror.most_authors if row.is_capped else None,
        "coverage": (seen - truncated) / seen if seen else None,
        "at_least": row.cut_by_lists and truncated > 0,
        "ties": len(mirror.ties) if row.name == "coauthors" else 0,
    }
