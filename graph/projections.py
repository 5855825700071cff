"""Networks drawn out of the mirror, a row of `PROJECTIONS` each.

All but ties are made alike: a paper names members of one or two kinds and links them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .errors import UnknownName
from .items import Paper, Thing
from .selection import Filter, Selection, members_by, select
from .snapshot import Mirror
from .tallies import Tally
from .tie_network import tie_network

if TYPE_CHECKING:
    import networkx

WEIGHTS: Final = ("full", "fractional", "none")
_NEWMAN: Final = "10.1103/PhysRevE.64.016132"
_FRACTIONAL: Final = "10.1016/j.joi.2016.10.006"


@dataclass(frozen=True, slots=True)
class Projection:
    """One way of drawing a network: `kinds` are the kinds of its nodes (one, or two that link across).

    `cut_by_lists` says whether a cut author list can hide nodes or links of it. `source` is the DOI of the counting.
    `is_capped` says whether a paper with more authors than `Mirror.most_authors` makes no links in it, `of_papers`
    whether papers make it, or else network files.
    """

    name: str
    title: str
    kinds: tuple[str, ...]
    node: str
    edge: str
    weights: Mapping[str, str]
    source: str
    cut_by_lists: bool
    is_capped: bool = False
    of_papers: bool = True


def _weights(full: str, fractional: str) -> Mapping[str, str]:
    return MappingProxyType({"full": full, "fractional": fractional, "none": "every link weighs 1"})


PROJECTIONS: Final[Mapping[str, Projection]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Projection(
                name="coauthors",
                title="Co-authors",
                kinds=("author",),
                node="An author of at least one paper counted.",
                edge="Two authors on one paper; one of more authors than `COLLEGIUM_MOST_AUTHORS` links none.",
                weights=_weights(
                    "joint papers", "sum of 1/(k-1) over joint papers, k the authors known on the paper"
                ),
                source=_NEWMAN,
                cut_by_lists=True,
                is_capped=True,
            ),
            Projection(
                name="coinstitutions",
                title="Co-institutions",
                kinds=("institution",),
                node="An institution of at least one paper counted.",
                edge="Two institutions that stand on one paper.",
                weights=_weights(
                    "joint papers", "sum of 1/(k-1) over joint papers, k the institutions on the paper"
                ),
                source=_NEWMAN,
                cut_by_lists=True,
            ),
            Projection(
                name="author-category",
                title="Authors and categories",
                kinds=("author", "category"),
                node="An author or a category of at least one paper counted.",
                edge="An author and a category that stand on one paper.",
                weights=_weights("papers", "sum of 1/(a c) over papers with a known authors, c categories"),
                source=_FRACTIONAL,
                cut_by_lists=True,
            ),
            Projection(
                name="category-cooccurrence",
                title="Category co-occurrence",
                kinds=("category",),
                node="A category of at least one paper counted.",
                edge="Two categories that stand on one paper (dcterms:subject).",
                weights=_weights("papers with both", "sum of 1/(k-1) over papers, k the paper's categories"),
                source=_NEWMAN,
                cut_by_lists=False,
            ),
            Projection(
                name="ties",
                title="Ties",
                kinds=("author",),
                node="An author whom a network file links to another.",
                edge="Two authors whom a network file links (GraphML, Pajek, a list of links …), papers or not.",
                weights=_weights("the weights that the files give, added up", "as full: no paper is shared"),
                source=_NEWMAN,
                cut_by_lists=False,
                of_papers=False,
            ),
        )
    }
)


def projection_named(text: str) -> Projection:
    """Return the projection of a name, whatever its case and hyphens. Raises: UnknownName.

    Example:
        >>> projection_named("Co-Authors").name
        'coauthors'
    """
    wanted = _letters(text)
    for row in PROJECTIONS.values():
        if wanted in (_letters(row.name), _letters(row.title)):
            return row
    raise UnknownName("projection", text, PROJECTIONS)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


_Node = tuple[str, int]  # kind and id


def project(
    mirror: Mirror, name: str, *, weight: str = "full", where: Filter | None = None
) -> networkx.Graph:
    """Return a projection of the mirror as an undirected network without loops.

    Nodes are IRIs in order of kind and IRI, with `kind`, `name`, `id`, `papers` (count), `fractional_papers` (each
    paper shared evenly among its members of that kind), `from_year`, `to_year` (of printed years; None without). A
    year window also takes papers by an inferred year, and `papers_year_inferred` says how many papers counted have
    one.
    Edges carry `weight` (strength), `distance` (1/weight), `papers` (IRIs, sorted), `from_year`, `to_year`.
    `graph.graph` says what it was made of: projection, weight, where, version, papers_seen, papers_truncated,
    papers_without_year, papers_year_inferred, papers_without_members (papers that name no node), most_authors and
    papers_without_pairs (how many have more authors than that and so give nodes and no link), coverage
    (share of papers with a complete author list, None without papers), at_least (links may be missing
    because an author list is cut), ties (links of network files, which are a projection of their own).

    A paper with one member gives a node and no link. `k` counts what the filter counts: shown authors only, if asked.

    Raises: UnknownName (projection or weight), NotFound and AmbiguousName (filter), ParameterError (see `tie_network`).
    Cost: O(papers + sum of k² over papers).
    Source: M. E. J. Newman, Scientific collaboration networks II, 10.1103/PhysRevE.64.016132.
    """
    import networkx

    row, where = projection_named(name), Filter() if where is None else where
    if weight not in WEIGHTS:
        raise UnknownName("weight", str(weight), WEIGHTS)
    if not row.of_papers:
        return tie_network(mirror, row.name, weight, where)
    selection = select(mirror, where)
    nodes, links, empty, capped = _count(row, selection, where, mirror.most_authors)
    graph = networkx.Graph(
        projection=row.name, weight=weight, where=where.given, **_facts(mirror, row, selection, empty, capped)
    )
    iris = {node: things_of(mirror, node[0])[node[1]].iri for node in nodes}
    for node in sorted(nodes):
        graph.add_node(iris[node], **_node_facts(things_of(mirror, node[0])[node[1]], node[0], nodes[node]))
    for (one, other), tally in sorted(links.items()):
        strength = _strength(tally, weight)
        if (len(tally.papers) if weight == "none" else strength) >= where.min_weight:
            graph.add_edge(iris[one], iris[other], **_link_facts(tally, strength))
    return graph


def _count(
    row: Projection, selection: Selection, where: Filter, most: int
) -> tuple[dict[_Node, Tally], dict[tuple[_Node, _Node], Tally], int, int]:
    """Tallies of nodes and links, and how many papers named no node, or more members than are paired."""
    nodes: dict[_Node, Tally] = {}
    links: dict[tuple[_Node, _Node], Tally] = {}
    empty = capped = 0
    for paper in selection.papers:
        groups = [[(kind, at) for at in sorted(_members(paper, kind, where))] for kind in row.kinds]
        kept = [[node for node in group if _is_kept(node, selection)] for group in groups]
        empty += not any(kept)
        for group, all_of_kind in zip(kept, groups, strict=True):
            for node in group:
                nodes.setdefault(node, Tally()).add(paper, len(all_of_kind))
        if row.is_capped and len(groups[0]) > most:
            capped += 1
            continue
        for pair, among in _pairs(kept, groups):
            links.setdefault(pair, Tally()).add(paper, among)
    return nodes, links, empty, capped


def _pairs(
    kept: Sequence[Sequence[_Node]], groups: Sequence[Sequence[_Node]]
) -> Iterator[tuple[tuple[_Node, _Node], int]]:
    """Pairs that a paper links, each with how many links share the paper at one node (or in all, across)."""
    if len(groups) == 1:
        among = len(groups[0]) - 1
        yield from ((pair, among) for pair in combinations(kept[0], 2))
    else:
        among = len(groups[0]) * len(groups[1])
        yield from ((pair, among) for pair in product(kept[0], kept[1]))


def _members(paper: Paper, kind: str, where: Filter) -> tuple[int, ...]:
    if kind == "author":
        return members_by(paper, where)
    return paper.institutions if kind == "institution" else paper.categories


def _is_kept(node: _Node, selection: Selection) -> bool:
    return node[0] != "author" or selection.authors is None or node[1] in selection.authors


def things_of(mirror: Mirror, kind: str) -> Sequence[Thing]:
    """Return the things of a kind, by id."""
    if kind == "author":
        return mirror.authors
    return mirror.institutions if kind == "institution" else mirror.categories


def _strength(tally: Tally, weight: str) -> float:
    if weight == "none":
        return 1
    return len(tally.papers) if weight == "full" else tally.share


def _node_facts(thing: Thing, kind: str, tally: Tally) -> dict[str, object]:
    return {
        "kind": kind,
        "name": thing.name,
        "id": thing.id,
        "papers": len(tally.papers),
        "fractional_papers": tally.share,
        "from_year": tally.from_year,
        "to_year": tally.to_year,
    }


def _link_facts(tally: Tally, strength: float) -> dict[str, object]:
    return {
        "weight": strength,
        "distance": 1 / strength,
        "papers": tuple(tally.papers),
        "from_year": tally.from_year,
        "to_year": tally.to_year,
    }


def _facts(
    mirror: Mirror, row: Projection, selection: Selection, empty: int, capped: int
) -> dict[str, object]:
    return {
        "version": mirror.version,
        "papers_seen": len(selection.papers),
        "papers_truncated": selection.truncated,
        "papers_without_year": selection.without_year,
        "papers_year_inferred": selection.year_inferred,
        "papers_without_members": empty,
        "papers_without_pairs": capped,
        "most_authors": mirror.most_authors if row.is_capped else None,
        "coverage": selection.coverage,
        "at_least": row.cut_by_lists and selection.truncated > 0,
        "ties": len(mirror.ties) if row.name == "coauthors" else 0,
    }
