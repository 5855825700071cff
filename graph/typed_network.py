"""The whole mirror as one network: papers, authors, institutions and categories, each node with its kind.

Up to `MOST_FOR_NETWORKX` nodes a `networkx.Graph`; above that the same as compressed rows, 30 bytes a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .backend.graph import MOST_FOR_NETWORKX, CompactGraph
from .columns import NO_POSITION, NO_YEAR
from .items import Thing
from .network import Network
from .nodes import Group, Nodes
from .rows import Rows
from .snapshot import Mirror

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray

_RELATIONS: Final = ("author", "institution", "category")


def typed_network(snapshot: Mirror) -> networkx.Graph | CompactGraph:
    """Return the whole mirror as one network: a node per paper, author, institution and category.

    Nodes are IRIs with `kind`, `name`, `id` (papers also `year`, `truncated`); edges run from papers and have
    `relation` ("author", "institution", "category"), those to authors also `position` (None: not shown).
    """
    kinds = (snapshot.authors, snapshot.institutions, snapshot.categories, snapshot.papers)
    is_small = sum(map(len, kinds)) <= MOST_FOR_NETWORKX
    return typed_graph(snapshot) if is_small else TypedGraph(snapshot)


class TypedGraph(CompactGraph):
    """`typed_graph` as compressed rows."""

    def __init__(self, snapshot: Mirror) -> None:
        self._papers = snapshot.papers
        things: tuple[Sequence[Thing], ...] = (snapshot.authors, snapshot.institutions, snapshot.categories)
        self._ends = np.cumsum([len(of) for of in things])
        links, self._positions = _rows(snapshot)
        groups = (
            Group(kind, of, np.arange(len(of), dtype=np.int32))
            for kind, of in zip((*_RELATIONS, "paper"), (*things, snapshot.papers), strict=True)
        )
        nothing = np.zeros(len(links), np.int64)
        facts = {"version": snapshot.version}
        ones = np.broadcast_to(np.int64(1), len(links.ends))
        network = Network(Nodes(tuple(groups)), links, ones, nothing, nothing.astype(float), facts)
        super().__init__(network, sizes={})

    def node_facts(self, at: int) -> dict[str, Any]:
        """Return what a node carries."""
        node = self.network.nodes[at]
        facts: dict[str, Any] = {"kind": node.kind, "name": node.name, "id": node.id}
        if node.kind == "paper":
            columns, paper = self._papers.columns, at - int(self._ends[-1])
            year = int(columns.years[paper])
            facts["year"] = None if year == NO_YEAR else year
            facts["truncated"] = bool(columns.truncated[paper])
        return facts

    def link_facts(self, place: int) -> dict[str, Any]:
        """Return what the link at a place of `network.links.ends` carries."""
        links = self.network.links
        one = int(np.searchsorted(links.starts, place, "right")) - 1
        thing = min(one, int(links.ends[place]))
        relation = _RELATIONS[int(np.searchsorted(self._ends, thing, "right"))]
        if relation != "author":
            return {"relation": relation}
        position = int(self._positions[place])
        return {"relation": relation, "position": None if position == NO_POSITION else position}


def _rows(snapshot: Mirror) -> tuple[Rows, NDArray[np.int32]]:
    """Who is linked to whom, papers behind all else, and the positions of authors beside it."""
    columns = snapshot.columns
    parts = (columns.authors, columns.institutions, columns.categories)
    before = np.cumsum([0, *map(len, (snapshot.authors, snapshot.institutions, snapshot.categories))])
    papers = np.concatenate([part.number for part in parts])
    ends = np.concatenate([part.ends + at for part, at in zip(parts, before[:3].tolist(), strict=True)])
    hidden = np.full(len(ends) - len(columns.positions), NO_POSITION, np.int32)
    order = np.lexsort((ends, papers))
    positions = np.concatenate((columns.positions, hidden))[order]
    rows = Rows.of_sorted(len(columns), papers[order], ends[order].astype(np.int32))
    turned = rows.matrix(int(before[-1]), np.arange(len(ends))).T.tocsr()
    turned.sort_indices()
    starts = np.concatenate((turned.indptr, turned.indptr[-1] + rows.starts[1:])).astype(np.int64)
    both = np.concatenate((turned.indices + before[-1], rows.ends)).astype(np.int32)
    return Rows(starts, both), np.concatenate((positions[turned.data], positions))


def typed_graph(snapshot: Mirror) -> networkx.Graph:
    """Return the same as a `networkx.Graph`, whatever its size: about 500 bytes a link."""
    import networkx

    graph = networkx.Graph(version=snapshot.version)
    kinds: tuple[tuple[str, Sequence[Thing]], ...] = (
        ("author", snapshot.authors),
        ("institution", snapshot.institutions),
        ("category", snapshot.categories),
    )
    for kind, things in kinds:
        graph.add_nodes_from((t.iri, {"kind": kind, "name": t.name, "id": t.id}) for t in things)
    for paper in snapshot.papers:
        graph.add_node(
            paper.iri, kind="paper", name=paper.name, id=paper.id, year=paper.year, truncated=paper.truncated
        )
        for author, position in zip(paper.authors, paper.positions, strict=True):
            graph.add_edge(paper.iri, snapshot.authors[author].iri, relation="author", position=position)
        for at in paper.institutions:
            graph.add_edge(paper.iri, snapshot.institutions[at].iri, relation="institution")
        for at in paper.categories:
            graph.add_edge(paper.iri, snapshot.categories[at].iri, relation="category")
    return graph
