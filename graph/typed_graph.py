"""The whole mirror as one network of papers, authors, institutions and categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .items import Thing
from .snapshot import Mirror

if TYPE_CHECKING:
    import networkx


def typed_graph(snapshot: Mirror) -> networkx.Graph:
    """Return the whole mirror as one network: a node per paper, author, institution and category.

    Nodes are IRIs with `kind`, `name`, `id` (papers also `year`, `truncated`); edges run from papers and have
    `relation` ("author", "institution", "category"), those to authors also `position` (None: not shown).
    """
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
