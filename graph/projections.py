"""Networks drawn out of the mirror, a row of `PROJECTIONS` each.

All but ties are made alike: a paper names members of one or two kinds and links them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .bylines import SCHEMES
from .counting import Counted, count, link_facts, node_facts, strength_of
from .errors import ParameterError, UnknownName
from .items import Thing
from .occasions import CITATIONS, CITED, PAPER, PAPERS, TIES
from .selection import Filter, Selection, select
from .snapshot import Mirror
from .tie_network import tie_network
from .totals import Totals

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
    `is_capped` says whether a paper with more authors than `Mirror.most_authors` makes no links in it, `made_of` what
    names nodes and so links them (`occasions.py`), `counts` what a link counts, one and many (None: joint papers).
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
    made_of: str = PAPERS
    counts: tuple[str, str] | None = None

    @property
    def of_papers(self) -> bool:
        """Whether papers make it, or else network files."""
        return self.made_of != TIES

    @property
    def of_citations(self) -> bool:
        """Whether what papers cite makes it."""
        return PAPER in self.kinds


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
                name="citation",
                title="Citations",
                kinds=(PAPER,),
                node="A paper counted that cites another one counted, or is cited by one.",
                edge="Two papers, one of which cites the other; direction is left out.",
                weights=_weights(
                    "citations: 1, or 2 where each cites the other", "as full: a citation has two ends"
                ),
                source="10.1126/science.149.3683.510",
                cut_by_lists=False,
                counts=("citation", "citations"),
                made_of=CITATIONS,
            ),
            Projection(
                name="bibliographic-coupling",
                title="Bibliographic coupling",
                kinds=(PAPER,),
                node="A paper counted of which it is known what it cites.",
                edge="Two papers that cite the same work, in the store or not.",
                weights=_weights(
                    "works that both cite",
                    "sum of 1/(k-1) over works that both cite, k the papers counted that cite it",
                ),
                source="10.1002/asi.5090140103",
                cut_by_lists=False,
                counts=("shared reference", "shared references"),
                made_of=CITED,
            ),
            Projection(
                name="cocitation",
                title="Co-citation",
                kinds=(PAPER,),
                node="A work, in the store or not, that a paper counted cites.",
                edge="Two works that one paper counted cites.",
                weights=_weights(
                    "papers that cite both",
                    "sum of 1/(k-1) over papers that cite both, k the works that the paper cites",
                ),
                source="10.1002/asi.4630240406",
                cut_by_lists=False,
                counts=("citing paper", "citing papers"),
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
                made_of=TIES,
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

    Nodes are IRIs in order of kind and id, with `kind`, `name`, `id`, `papers` (count), `fractional_papers` (each
    paper shared evenly among its members of that kind), `from_year`, `to_year` (of printed years; None without). A
    year window also takes papers by an inferred year, and `papers_year_inferred` says how many papers counted have
    one.
    Edges carry `weight` (strength), `distance` (1/weight), `papers` (IRIs, sorted), `from_year`, `to_year`.
    `graph.graph` says what it was made of: projection, weight, where, version, the counts of `Totals` as `papers_…`,
    most_authors (a paper of more gives nodes and no link), coverage, at_least (links may be missing because an author
    list is cut, or nothing is known of what a paper cites), ties (links of network files, a projection of their own).

    By a weight of `bylines.SCHEMES` a paper whose list is cut, or whose authors do not all have a position, from 1 and
    without a gap, gives nodes and no link. In networks of citations `papers` are the works or citations that stand
    behind a node or link: see the row.

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
    most = mirror.most_authors if row.is_capped else None
    counted = count(mirror, row.made_of, row.kinds, selection, where, weight=weight, most=most)
    nodes, links = counted.nodes, counted.links
    graph = networkx.Graph(**origin(mirror, row, weight, where, _totals(row, selection, counted)))
    things = {kind: things_of(mirror, kind) for kind in row.kinds}
    iris = {node: things[node[0]][node[1]].iri for node in nodes}
    for node in sorted(nodes):
        graph.add_node(iris[node], **node_facts(things[node[0]][node[1]], node[0], nodes[node]))
    for (one, other), tally in sorted(links.items()):
        strength = strength_of(tally, weight)
        if (len(tally.papers) if weight == "none" else strength) >= where.min_weight:
            graph.add_edge(iris[one], iris[other], **link_facts(tally, strength))
    return graph


def things_of(mirror: Mirror, kind: str) -> Sequence[Thing]:
    """Return the things of a kind, by id."""
    if kind == PAPER:
        return mirror.works
    if kind == "author":
        return mirror.authors
    return mirror.institutions if kind == "institution" else mirror.categories


def origin(mirror: Mirror, row: Projection, weight: str, where: Filter, totals: Totals) -> dict[str, object]:
    """Return what a network says it was made of."""
    return {
        "projection": row.name,
        "weight": weight,
        "where": where.given,
        "version": mirror.version,
        **totals.facts(cut_by_lists=row.cut_by_lists),
        "most_authors": mirror.most_authors if row.is_capped else None,
        "ties": len(mirror.ties) if row.name == "coauthors" else 0,
        **({} if row.counts is None else {"tie": row.counts}),
    }


def _totals(row: Projection, selection: Selection, counted: Counted) -> Totals:
    papers = selection.papers
    return Totals(
        len(papers),
        selection.truncated,
        selection.without_year,
        selection.year_inferred,
        counted.empty,
        counted.capped,
        counted.without_byline,
        sum(not paper.references for paper in papers) if row.of_citations else None,
    )
