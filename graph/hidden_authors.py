"""Authors behind "et al." as they may be: cut lists filled in by what complete lists are like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast, overload

import numpy as np

from .columns import NO_POSITION, Columns
from .errors import MeasureError
from .items import Entity
from .resampled import with_columns
from .rows import Rows
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .things import Entities

_TRIES: Final = 20  # to draw somebody who is not on the paper yet

MODEL: Final = (
    "a cut list of s known authors gets l - s more, l drawn from the lengths of complete lists longer than s (one "
    "more, where none is). Each of them is somebody new with the probability that an author on a complete list stands "
    "on no other paper; else an author of the network, drawn by their papers in a category of the paper, the category "
    "drawn evenly (by all their papers, for a paper without category), and not on the paper yet. Where no "
    "list of the filter is complete, those of the whole store are taken"
)


@dataclass(frozen=True, slots=True, eq=False)
class HiddenAuthors:
    """What is drawn from. `lengths` of complete lists, ascending; `new_share` in [0, 1].

    `pools` is sparse, a row a category and one more for papers without, a column an author: papers. `sums` adds up its
    values in order. `taken` holds who stands on the cut papers: paper times authors plus author, ascending.
    """

    mirror: Mirror
    cut: NDArray[np.int64]
    lengths: NDArray[np.int64]
    new_share: float
    pools: Any
    sums: NDArray[np.int64]
    taken: NDArray[np.int64]

    @staticmethod
    def of(mirror: Mirror, store: Mirror) -> HiddenAuthors:
        """Return the model of a mirror's papers; where none of their lists is complete, those of the store teach.

        Raises: MeasureError (no list is known to be complete).
        Cost: O(papers).
        """
        from scipy.sparse import csr_array, vstack

        columns, count = mirror.columns, len(mirror.authors)
        lengths, new_share = _complete(columns)
        if not len(lengths):
            lengths, new_share = _complete(store.columns)
        if columns.truncated.any() and not len(lengths):
            raise MeasureError(
                "firmness",
                "no author list is known to be complete, so that none tells how long the cut ones are",
            )
        papers = np.bincount(columns.authors.ends, minlength=count)
        by_author = columns.authors.matrix(count, np.ones(len(columns.authors.ends), np.int64))
        topics = columns.categories.matrix(
            len(mirror.categories), np.ones(len(columns.categories.ends), np.int64)
        )
        pools = vstack([topics.T @ by_author, csr_array(papers[np.newaxis, :])]).tocsr()
        pools.sort_indices()
        return HiddenAuthors(
            mirror=mirror,
            cut=np.flatnonzero(columns.truncated),
            lengths=lengths,
            new_share=new_share,
            pools=pools,
            sums=np.concatenate((np.zeros(1, np.int64), np.cumsum(pools.data))),
            taken=np.sort(
                (columns.authors.number * count + columns.authors.ends)[
                    columns.truncated[columns.authors.number]
                ]
            ),
        )

    def filled(self, chance: np.random.Generator) -> Mirror:
        """Return the mirror with its cut lists filled in; authors who are new come after all others."""
        papers = np.repeat(self.cut, self._hidden(chance))
        is_new = chance.random(len(papers)) < self.new_share
        authors = self._drawn(papers, ~is_new, chance)
        is_new = authors < 0
        known = len(self.mirror.authors)
        authors[is_new] = known + np.arange(is_new.sum())
        columns = self.mirror.columns
        number = np.concatenate((columns.authors.number, papers))
        order = np.argsort(number, kind="stable")
        ends = np.concatenate((columns.authors.ends, authors.astype(np.int32)))[order]
        positions = np.concatenate((columns.positions, np.full(len(papers), NO_POSITION, np.int32)))[order]
        rows = Rows.of_sorted(len(columns), number[order].astype(np.int32), ends)
        mirror = replace(self.mirror, authors=_more(self.mirror.authors, int(is_new.sum())))
        return with_columns(mirror, _replaced(columns, rows, positions))

    def _hidden(self, chance: np.random.Generator) -> NDArray[np.int64]:
        """How many authors each cut list hides."""
        shown = self.mirror.columns.authors.sizes[self.cut]
        first = np.searchsorted(self.lengths, shown, side="right")
        longer = len(self.lengths) - first
        at = first + np.floor(chance.random(len(shown)) * longer).astype(np.int64)
        lengths = np.append(self.lengths, 0)[np.minimum(at, len(self.lengths))]
        return np.where(longer > 0, lengths - shown, 1)

    def _drawn(
        self, papers: NDArray[np.int64], wanted: NDArray[np.bool_], chance: np.random.Generator
    ) -> NDArray[np.int64]:
        """An author of the network for each place that wants one, nobody twice on a paper; -1 for somebody new."""
        found = np.full(len(papers), -1, np.int64)
        count, taken, waiting = len(self.mirror.authors), self.taken, np.flatnonzero(wanted)
        for _ in range(_TRIES):
            if not len(waiting):
                break
            drawn = self._authors(papers[waiting], chance)
            keys = papers[waiting] * count + drawn
            is_first = np.zeros(len(keys), np.bool_)
            is_first[np.unique(keys, return_index=True)[1]] = True
            fits = is_first & ~_holds(taken, keys)
            found[waiting[fits]] = drawn[fits]
            taken, waiting = np.sort(np.concatenate((taken, keys[fits])), kind="stable"), waiting[~fits]
        return found

    def _authors(self, papers: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
        topics = self.mirror.columns.categories
        sizes = topics.sizes[papers]
        at = topics.starts[:-1][papers] + np.floor(chance.random(len(papers)) * sizes).astype(np.int64)
        none = len(self.mirror.categories)
        rows = np.where(sizes > 0, np.append(topics.ends, 0)[np.where(sizes > 0, at, 0)], none)
        first, last = self.sums[self.pools.indptr[rows]], self.sums[self.pools.indptr[rows + 1]]
        # In whole numbers, so that nobody is drawn who has no paper there.
        target = first + np.floor(chance.random(len(papers)) * (last - first)).astype(np.int64)
        found: NDArray[np.int64] = self.pools.indices[
            np.searchsorted(self.sums, target, side="right") - 1
        ].astype(np.int64)
        return found


def _complete(columns: Columns) -> tuple[NDArray[np.int64], float]:
    """The lengths of complete lists, ascending, and the share of authors on them who stand on no other paper."""
    sizes = columns.authors.sizes
    is_complete = ~columns.truncated & (sizes > 0)
    ends = columns.authors.take(is_complete).ends
    alone = np.bincount(columns.authors.ends)[ends] == 1 if len(ends) else np.zeros(1, np.bool_)
    return np.sort(sizes[is_complete]), float(alone.mean())


def _holds(in_order: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which keys stand in an ascending array; numpy's own `isin` takes ten times as long here."""
    if not len(in_order):
        return np.zeros(len(keys), np.bool_)
    found: NDArray[np.bool_] = in_order[np.searchsorted(in_order, keys).clip(max=len(in_order) - 1)] == keys
    return found


def _replaced(columns: Columns, authors: Rows, positions: NDArray[np.int32]) -> Columns:
    return replace(columns, authors=authors, positions=positions)


def _more(authors: Entities, count: int) -> Entities:
    """Authors and so many more, whom nobody has named."""
    return cast("Entities", _WithNew(authors, count))


@dataclass(frozen=True, slots=True)
class _WithNew(Sequence[Entity]):
    known: Sequence[Entity]
    new: int

    def __len__(self) -> int:
        return len(self.known) + self.new

    @overload
    def __getitem__(self, at: int) -> Entity: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entity]: ...
    def __getitem__(self, at: int | slice) -> Entity | Sequence[Entity]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if at < len(self.known):
            return self.known[at]
        return Entity(f"~{at:012}", f"~{at:012}", "somebody new")  # behind all IRIs, as their numbers are

    def __iter__(self) -> Iterator[Entity]:
        return map(self.__getitem__, range(len(self)))
