"""Projections counted over whole columns: one sparse product, no paper looked at by itself.

`projections.project` gives the same network with the papers behind each link, for what people can hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .byline_links import Bylines, byline_links
from .bylines import SCHEMES
from .chosen import Chosen, choose
from .counted import Counted, places
from .errors import TooDear
from .items import index_of
from .network import Network, network_of
from .nodes import Group, Nodes
from .occasion_rows import Occasions, occasions
from .occasions import PAPERS
from .projections import Projection, check_weight, origin, project, projection_named, things_of
from .rows import Rows
from .selection import Filter, find
from .snapshot import Mirror
from .tallies import split
from .totals import Totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_PAIRS: Final = 30_000_000  # of what papers cite; each takes up to 120 bytes on the way


def _of_authors(mirror: Mirror, net: Network) -> Network:
    """Return a network with its nodes among the mirror's authors: it is kept by their numbers there."""
    ids = np.array([index_of("author", mirror.authors, iri) for iri in net.nodes.iris], np.int32)
    return replace(net, nodes=Nodes((Group("author", mirror.authors, ids),)))


def compact(mirror: Mirror, name: str, *, weight: str = "full", where: Filter | None = None) -> Network:
    """Return a projection of the mirror as compressed rows, with the facts that `project` tells.

    Fractional weights are sums of fractions, right to the last digit: three thirds make 1.

    Raises: as `projections.project`.
    Cost: O(papers + sum of k² over papers), in scipy.
    """
    row, where = projection_named(name), Filter() if where is None else where
    check_weight(row, weight)
    if not row.of_papers:
        return _of_authors(mirror, network_of(project(mirror, name, weight=weight, where=where)))
    chosen = choose(mirror, where)
    counted = Counted(mirror.columns, chosen.papers, where.shown_only)
    groups = [_Members.of(mirror, chosen, row.made_of, kind, where) for kind in row.kinds]
    if row.of_citations:
        _check_size(row, groups[0].all)
    sizes = [group.all.sizes for group in groups]
    capped = sizes[0] > mirror.most_authors if row.is_capped else np.zeros(len(sizes[0]), np.bool_)
    without_byline = None
    if weight in SCHEMES:
        known = counted.has_byline
        without_byline = int((~capped & ~known).sum())
        bylines = Bylines(groups[0].kept, places(groups[0].all)[groups[0].is_kept], sizes[0])
        counts = strengths = byline_links(weight, bylines, ~capped & known, groups[0].count)
    else:
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
        facts=origin(
            mirror,
            row,
            weight,
            where,
            _totals(mirror, row, chosen, groups, int(capped.sum()), without_byline),
        ),
        counted=counted,
    )


def membership(mirror: Mirror, kind: str, where: Filter) -> tuple[NDArray[np.int64], Rows]:
    """Return the papers of a filter, and of each the nodes that it names in a projection of that kind.

    Raises: NotFound, AmbiguousName.
    """
    chosen = choose(mirror, where)
    return np.flatnonzero(chosen.papers), _Members.of(mirror, chosen, PAPERS, kind, where).kept


def occasions_chosen(mirror: Mirror, made_of: str, kind: str, where: Filter) -> Occasions:
    """Return what names the members of a kind that a filter counts; of papers all, empty for those left out.

    Raises: NotFound, AmbiguousName.
    """
    return occasions(mirror, made_of, kind, choose(mirror, where).papers, where)


@dataclass(frozen=True, slots=True)
class _Members:
    """What the occasions of the papers chosen name of one kind: all, and what of it are nodes, as `nodes` numbers them.

    `is_kept` says beside `all.ends` what are nodes.
    """

    all: Rows
    is_kept: NDArray[np.bool_]
    kept: Rows
    nodes: Group

    @staticmethod
    def of(mirror: Mirror, chosen: Chosen, made_of: str, kind: str, where: Filter) -> _Members:
        things = things_of(mirror, kind)
        rows = occasions(mirror, made_of, kind, chosen.papers, where).members
        rows = kept = rows.take(chosen.papers) if made_of == PAPERS else rows
        is_kept = np.ones(len(rows.ends), np.bool_)
        if kind == "author" and where.authors:
            asked = np.zeros(len(things), np.bool_)
            asked[[find("author", things, author) for author in where.authors]] = True
            is_kept = asked[rows.ends]
            kept = rows.where(is_kept)
        stands = np.zeros(len(things), np.bool_)
        stands[kept.ends] = True
        anew = np.cumsum(stands, dtype=np.int32) - 1
        ids = np.flatnonzero(stands).astype(np.int32)
        return _Members(rows, is_kept, Rows(kept.starts, anew[kept.ends]), Group(kind, things, ids))

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


def _check_size(row: Projection, members: Rows) -> None:
    """A work cited ten thousand times links fifty million pairs. Raises: TooDear."""
    pairs = int((members.sizes * (members.sizes - 1) // 2).sum())
    if pairs > _MOST_PAIRS:
        raise TooDear(
            row.name,
            f"found {pairs:,} pairs to link, expected at most {_MOST_PAIRS:,}; filter by years, category or authors",
        )


def _exact(among: NDArray[np.int64], add: Callable[[NDArray[Any]], Any]) -> Any:
    """Return the sums of 1/among that `add` makes, as `tallies.added_shares` adds them."""
    high, low = split(1, 0, among)
    return add(high) + add(low)


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


def _totals(
    mirror: Mirror,
    row: Projection,
    chosen: Chosen,
    groups: list[_Members],
    capped: int,
    without_byline: int | None,
) -> Totals:
    columns, papers = mirror.columns, chosen.papers
    seen = int(papers.sum())
    if row.made_of == PAPERS:
        empty = int(np.logical_and.reduce([group.kept.sizes == 0 for group in groups]).sum())
    else:  # there, nodes are papers counted
        empty = seen - sum(group.count for group in groups)
    return Totals(
        seen,
        int((papers & columns.truncated).sum()),
        chosen.without_year,
        int((papers & columns.year_inferred).sum()),
        empty,
        capped,
        without_byline,
        int((columns.references.sizes[papers] == 0).sum()) if row.of_citations else None,
    )
