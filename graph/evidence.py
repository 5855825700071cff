"""Which papers stand behind the nodes and links of a network that was counted in columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .columns import NO_YEAR
from .compact import occasions_chosen
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
    """What stands behind a network.

    - `members`: for each paper of the mirror the numbers of the nodes it names; where papers are the nodes, its own
    - `occasions`: for each of what makes links (papers, or else works cited, or citations) the nodes it names
    - `works`: for each occasion the id among `Mirror.works` of what stands for it
    - `is_linking`: which occasions make links; a paper of more authors than `Mirror.most_authors` makes none
    """

    mirror: Mirror
    members: Rows
    occasions: Rows
    works: NDArray[np.int64]
    is_linking: NDArray[np.bool_]

    @staticmethod
    def of(mirror: Mirror, net: Network, where: Filter) -> Evidence:
        """Return what stands behind a network that was counted under a filter; nothing behind one of ties.

        Raises: NotFound, AmbiguousName.
        Cost: O(what the papers hold).
        """
        row = projection_named(str(net.facts["projection"]))
        count = len(mirror.columns)
        works = np.arange(count)
        found, nodes, offset = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], 0
        linking = np.ones(count, np.bool_)
        for kind, things, ids in net.nodes.groups if row.of_papers else ():
            rows, works = occasions_chosen(mirror, row.made_of, kind, where)
            linking = np.ones(len(works), np.bool_)
            if row.is_capped:
                linking = rows.sizes <= mirror.most_authors
            number = np.full(len(things), -1, np.int32)
            number[ids] = np.arange(offset, offset + len(ids), dtype=np.int32)
            ends = number[rows.ends]
            found.append(rows.number[ends >= 0])
            nodes.append(ends[ends >= 0])
            offset += len(ids)
        named = Rows.of_pairs(len(works), np.concatenate(found).astype(np.int32), np.concatenate(nodes))
        return Evidence(mirror, _own(mirror, net) if row.of_citations else named, named, works, linking)

    @cached_property
    def _of_nodes(self) -> Rows:
        """The occasions of each node, ascending."""
        return self.occasions.turned(int(self.occasions.ends.max(initial=-1)) + 1)

    def _of(self, node: int) -> NDArray[np.int32]:
        return self._of_nodes[node] if node < len(self._of_nodes) else np.zeros(0, np.int32)

    def joint(self, one: int, other: int) -> NDArray[np.int64]:
        """Return the ids of the papers, or works cited, that link two nodes, ascending."""
        both = np.intersect1d(self._of(one), self._of(other), assume_unique=True)
        return np.unique(self.works[both[self.is_linking[both]]])

    def proof(self, one: int, other: int) -> Proof:
        """Return the papers behind a link, and their years."""
        return self.told(self.joint(one, other))

    def told(self, works: NDArray[np.int64]) -> Proof:
        """Return works by their ids, and their years; one completed by us does not count."""
        columns, named = self.mirror.columns, self.mirror.works
        papers = works[works < len(columns)]
        years = columns.years[papers]
        printed = years[(years != NO_YEAR) & ~columns.year_inferred[papers]]
        first, last = (int(printed.min()), int(printed.max())) if len(printed) else (None, None)
        return Proof(tuple(named[at].iri for at in works.tolist()), first, last)


def _own(mirror: Mirror, net: Network) -> Rows:
    """For each paper of the mirror the node that it is."""
    (group,) = net.nodes.groups
    is_paper = group.ids < len(mirror.columns)
    return Rows.of_sorted(len(mirror.columns), group.ids[is_paper], np.flatnonzero(is_paper).astype(np.int32))
