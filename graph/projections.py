"""Networks drawn out of the mirror, a row of `PROJECTIONS` each.

All but ties are made alike: a paper names members of one or two kinds and links them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .bylines import SCHEMES
from .errors import ParameterError, UnknownName
from .items import Paper, Thing
from .pairing import Node, has_byline, pairs, pairs_by_byline
from .selection import Filter, Selection, members_by, select
from .snapshot import Mirror
from .tallies import Tally, one_of
from .tie_network import tie_network

if TYPE_CHECKING:
    import networkx

WEIGHTS: Final = ("full", "fractional", *SCHEMES, "none")
LINK_WEIGHTS: Final = WEIGHTS[:-1]  # those that tell links apart
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


def _weights(full: str, fractional: str, **more: str) -> Mapping[str, str]:
    return MappingProxyType({"full": full, "fractional": fractional, **more, "none": "every link weighs 1"})


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
                    "joint papers",
                    "sum of 1/(k-1) over joint papers, k the authors known on the paper",
                    **{scheme.name: scheme.meaning for scheme in SCHEMES.values()},
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


def check_weight(row: Projection, weight: str) -> None:
    """Return when a projection knows a weight. Raises: UnknownName, ParameterError (papers of it have no byline)."""
    if weight not in WEIGHTS:
        raise UnknownName("weight", str(weight), WEIGHTS)
    if weight not in row.weights:
        known = ", ".join(row.weights)
        raise ParameterError("weight", weight, f"{known}; {row.name} links no authors by their bylines")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, str(text).casefold()))


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

    By a weight of `bylines.SCHEMES` a paper whose list is cut, or whose authors do not all have a position, from 1 and
    without a gap, gives nodes and no link; `papers_without_byline` counts these.

    A paper with one member gives a node and no link. `k` counts what the filter counts: shown authors only, if asked.

    Raises: UnknownName (projection or weight), NotFound and AmbiguousName (filter), ParameterError (see
    `tie_network`; a weight by bylines on a network of something else).
    Cost: O(papers + sum of k² over papers).
    Source: M. E. J. Newman, Scientific collaboration networks II, 10.1103/PhysRevE.64.016132.
    """
    import networkx

    row, where = projection_named(name), Filter() if where is None else where
    check_weight(row, weight)
    if not row.of_papers:
        return tie_network(mirror, row.name, weight, where)
    selection = select(mirror, where)
    counted = _count(row, selection, where, mirror.most_authors, weight)
    nodes, links = counted.nodes, counted.links
    graph = networkx.Graph(
        projection=row.name, weight=weight, where=where.given, **_facts(mirror, row, selection, counted)
    )
    iris = {node: things_of(mirror, node[0])[node[1]].iri for node in nodes}
    for node in sorted(nodes):
        graph.add_node(iris[node], **_node_facts(things_of(mirror, node[0])[node[1]], node[0], nodes[node]))
    for (one, other), tally in sorted(links.items()):
        strength = _strength(tally, weight)
        if (len(tally.papers) if weight == "none" else strength) >= where.min_weight:
            graph.add_edge(iris[one], iris[other], **_link_facts(tally, strength))
    return graph


@dataclass(slots=True)
class _Counted:
    """Tallies of nodes and links, and how many papers named no node, or could not be paired; filled paper by paper.

    `without_byline` is None where the weight asks for no byline.
    """

    nodes: dict[Node, Tally]
    links: dict[tuple[Node, Node], Tally]
    empty: int = 0
    capped: int = 0
    without_byline: int | None = None


def _count(row: Projection, selection: Selection, where: Filter, most: int, weight: str) -> _Counted:
    found = _Counted({}, {}, without_byline=0 if weight in SCHEMES else None)
    for paper in selection.papers:
        groups = [[(kind, at) for at in sorted(_members(paper, kind, where))] for kind in row.kinds]
        kept = [[node for node in group if _is_kept(node, selection)] for group in groups]
        found.empty += not any(kept)
        for group, all_of_kind in zip(kept, groups, strict=True):
            for node in group:
                found.nodes.setdefault(node, Tally()).add(paper, one_of(len(all_of_kind)))
        if row.is_capped and len(groups[0]) > most:
            found.capped += 1
        elif found.without_byline is None:
            for pair, among in pairs(kept, groups):
                found.links.setdefault(pair, Tally()).add(paper, one_of(among))
        elif not has_byline(paper, where):
            found.without_byline += 1
        else:
            for pair, share in pairs_by_byline(kept[0], members_by(paper, where), weight):
                found.links.setdefault(pair, Tally()).add(paper, share)
    return found


def _members(paper: Paper, kind: str, where: Filter) -> tuple[int, ...]:
    if kind == "author":
        return members_by(paper, where)
    return paper.institutions if kind == "institution" else paper.categories


def _is_kept(node: Node, selection: Selection) -> bool:
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


def _facts(mirror: Mirror, row: Projection, selection: Selection, counted: _Counted) -> dict[str, object]:
    without_byline = counted.without_byline
    return {
        "version": mirror.version,
        "papers_seen": len(selection.papers),
        "papers_truncated": selection.truncated,
        "papers_without_year": selection.without_year,
        "papers_year_inferred": selection.year_inferred,
        "papers_without_members": counted.empty,
        "papers_without_pairs": counted.capped,
        **({} if without_byline is None else {"papers_without_byline": without_byline}),
        "most_authors": mirror.most_authors if row.is_capped else None,
        "coverage": selection.coverage,
        "at_least": (row.cut_by_lists and selection.truncated > 0) or bool(without_byline),
        "ties": len(mirror.ties) if row.name == "coauthors" else 0,
    }
