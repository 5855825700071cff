"""One author of the claims who is several people: splits that name papers, and to whom each of these belongs then.

What such a split says lies between an author and papers, as belief has both. What a source says of the author as a
whole goes to the person on all of its papers, where they are all one's, else to the author who keeps the address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

import pyoxigraph as ox
from pyoxigraph import NamedNode

from .. import vocabulary as v
from .claims import claims_graphs
from .decisions import Link, mention_of

PART: Final = "~"  # between an author's ID and what tells a part of them: no ID made of a name holds one
REST: Final = ""  # stands for the author who keeps the address

# Author of the claims -> paper, as belief has it -> the node of the person whose it is.
Whose: TypeAlias = Mapping[str, Mapping[str, str]]
# Author of the claims -> source -> the nodes of which people that source speaks, `REST` among them.
Present: TypeAlias = Mapping[str, Mapping[str, frozenset[str]]]


class Mention(NamedTuple):
    """An author on a paper, both as a source has them."""

    author: str
    paper: str
    source: str
    authorship: str


def node_for(author: str, mentions: Iterable[str], base: str) -> str:
    """Return the node of the person whose some papers of an author are; the same papers give the same node.

    Args:
        mentions: the authorships on these papers.
    """
    pairs = {mention_of(iri) for iri in mentions}
    told = sorted(f"{author[len(base) :]} {paper[len(base) :]}" for author, paper in pairs)
    home, slash, identifier = author.rpartition("/")
    digest = sha256("\n".join(told).encode()).hexdigest()[:8]
    return f"{home}{slash}{identifier.partition(PART)[0]}{PART}{digest}"


def whose(
    decided: Collection[Link], paper_of: Callable[[str], str], authors_of: Callable[[str], Iterable[str]]
) -> Whose:
    """Return whose each paper is by decisions that name papers; splits go first, and the later of two on one paper.

    Args:
        paper_of: gives the IRI that belief uses for a paper.
        authors_of: gives the authors of the claims who are one with an author.
    """
    by_hand: dict[str, dict[str, str]] = {}
    splits = (link for link in decided if not link.is_merge)
    for link in sorted(splits, key=lambda link: (link.made_at, link.new)):
        papers = {paper_of(paper) for _, paper in link.mentions}
        for author in {one for named, _ in link.mentions for one in authors_of(named)}:
            by_hand.setdefault(author, {}).update(dict.fromkeys(papers, link.new))
    found = {author: dict(papers) for author, papers in by_hand.items()}
    merges = (link for link in decided if link.is_merge)
    for link in sorted(merges, key=lambda link: (link.one, link.other)):
        # Who is somebody on papers that were given away is who has them now.
        given = by_hand.get(link.new, {})
        for author, paper in link.mentions:
            used = paper_of(paper)
            found.setdefault(author, {}).setdefault(used, given.get(used, link.new))
    return found


def present(engine: ox.Store, base: str, whose: Whose, paper_of: Callable[[str], str]) -> Present:
    """Return of which people each source speaks under the name of an author in parts. Cost: O(their papers)."""
    found: dict[str, dict[str, set[str]]] = {}
    for author, papers in whose.items():
        of_author = found.setdefault(author, {})
        for mention in mentions(engine, base, author):
            node = papers.get(paper_of(mention.paper), REST)
            of_author.setdefault(mention.source, set()).add(node)
    return {
        author: {source: frozenset(nodes) for source, nodes in those.items()}
        for author, those in found.items()
    }


def mentions(engine: ox.Store, base: str, author: str) -> Iterator[Mention]:
    """Yield where the sources name an author of the claims as one of a paper's."""
    graphs = {graph: graph.value for graph in claims_graphs(engine, base)}
    for quad in engine.quads_for_pattern(None, v.SOA_HAS_AUTHOR, NamedNode(author), None):
        graph, node = quad.graph_name, quad.subject
        if isinstance(graph, NamedNode) and graph in graphs and isinstance(node, NamedNode):
            yield Mention(author, mention_of(node.value)[1], graphs[graph], node.value)
