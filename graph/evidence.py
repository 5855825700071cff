"""Which papers stand behind the nodes and links of a network that was counted in columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .columns import NO_YEAR
from .compact import rows_chosen
from .network import Network
from .projections import projection_named
from .rows import Rows
from .selection import Filter
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Proof(NamedTuple):
    """The joint papers of a link (IRIs, sorted), and the first and last year that they print."""

    papers: tuple[str, ...]
    from_year: int | None
    to_year: int | None


@dataclass(frozen=True, eq=False)
class Evidence:
    """Papers behind a network.

    - `members`: for each paper of the mirror the numbers of the nodes it names
    - `is_linking`: which papers make links; one of more authors than `Mirror.most_authors` makes none
    """

    mirror: Mirror
    members: Rows
    is_linking: NDArray[np.bool_]

    @staticmethod
    def of(mirror: Mirror, net: Network, where: Filter) -> Evidence:
        """Return what stands behind a network that was counted under a filter; nothing behind one of ties.

        Raises: NotFound, AmbiguousName.
        Cost: O(what the papers hold).
        """
        row = projection_named(str(net.facts["projection"]))
        count = len(mirror.columns)
        papers, nodes, offset = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], 0
        linking = np.ones(count, np.bool_)
        for kind, things, ids in net.nodes.groups if row.of_papers else ():
            rows = rows_chosen(mirror, kind, where)
            if row.is_capped:
                linking &= rows.sizes <= mirror.most_authors
            number = np.full(len(things), -1, np.int32)
            number[ids] = np.arange(offset, offset + len(ids), dtype=np.int32)
            ends = number[rows.ends]
            papers.append(rows.number[ends >= 0])
            nodes.append(ends[ends >= 0])
            offset += len(ids)
        members = Rows.of_pairs(count, np.concatenate(papers).astype(np.int32), np.concatenate(nodes))
        return Evidence(mirror, members, linking)

    @cached_property
    def _papers(self) -> Rows:
        """The papers of each node, ascending."""
        order = np.argsort(self.members.ends, kind="stable")
        nodes = int(self.members.ends.max(initial=-1)) + 1
        return Rows.of_sorted(nodes, self.members.ends[order], self.members.number[order].astype(np.int32))

    def papers_of(self, node: int) -> NDArray[np.int32]:
        """Return the numbers of a node's papers, ascending."""
        return self._papers[node] if node < len(self._papers) else np.zeros(0, np.int32)

    def joint(self, one: int, other: int) -> NDArray[np.int32]:
        """Return the numbers of the papers that link two nodes, ascending."""
        both = np.intersect1d(self.papers_of(one), self.papers_of(other), assume_unique=True)
        return both[self.is_linking[both]]

    def proof(self, one: int, other: int) -> Proof:
        """Return the papers behind a link, and their years."""
        return self.told(self.joint(one, other))

    def told(self, papers: NDArray[np.int32]) -> Proof:
        """Return papers by their numbers, and their years; one completed by us does not count."""
        columns = self.mirror.columns
        years = columns.years[papers]
        printed = years[(years != NO_YEAR) & ~columns.year_inferred[papers]]
        first, last = (int(printed.min()), int(printed.max())) if len(printed) else (None, None)
        return Proof(tuple(self.mirror.papers.iris[at] for at in papers.tolist()), first, last)
