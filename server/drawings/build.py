"""From a networkx graph to a `Picture`: nodes numbered, sized, coloured, papers collected; the graph is only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collegium.graph.projections import LINK_WEIGHTS

from .colourings import Coloured, by_community, by_institution, find_communities
from .layout import Links
from .notes import coverage
from .packing import Box, Point
from .picture import PAPERS_TIE, LinkShown, NodeShown, PaperShown, Picture, SizeBy, clean, radius, short_label
from .threshold import joint_papers

# Below this many nodes the layout leaves room for every label; above, the browser hides labels that would collide.
_ALL_LABELS = 60
_LETTER_WIDTH, _LABEL_HEIGHT = 7.4, 20.0


@dataclass(frozen=True)
class Extras:
    """What a drawing may know beside the graph; all keyed by IRI.

    - `papers`: paper -> its title, year, id, and whether its year is inferred (`year_inferred`) and its author
      list cut (`truncated`), for tooltips, panel and links
    - `institutions`: node -> the label of its institution, for colouring
    - `values`, `values_title`: node -> a measure, for sizes; nodes without a value get the smallest dot
    """

    papers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    institutions: Mapping[str, str] | None = None
    values: Mapping[str, float | None] | None = None
    values_title: str = "Measure"


class Build:
    """One drawing in the making: the part of the graph that is drawn, numbered in the order of `nodes`."""

    def __init__(self, graph: Any, nodes: Sequence[str], least: int, extras: Extras) -> None:
        self.graph, self.nodes, self.least, self.extras = graph, tuple(nodes), least, extras
        self.index = {node: number for number, node in enumerate(self.nodes)}
        edges = []
        for a, b, attributes in graph.edges(data=True):
            if a not in self.index or b not in self.index:
                continue
            first, second = sorted((self.index[a], self.index[b]))
            if first != second and joint_papers(attributes) >= least:
                edges.append((first, second, attributes))
        self.edges = sorted(edges, key=lambda edge: edge[:2])
        self.tie: tuple[str, str] = graph.graph.get("tie", PAPERS_TIE)
        weight = str(graph.graph.get("weight", "full"))
        self.weighing = weight if weight in LINK_WEIGHTS[1:] else ""
        self.network = Links(len(self.nodes), tuple((a, b, self._strength(e)) for a, b, e in self.edges))
        self.names = {node: str(graph.nodes[node].get("name") or node) for node in self.nodes}
        self.sizes, self.values = self._sizes()
        tops = [max(column, default=0.0) for column in zip(*self.values, strict=True)] if self.values else []
        self.radii = [tuple(radius(v, top) for v, top in zip(row, tops, strict=True)) for row in self.values]
        self.boxes = [self._box(node, max(radii)) for node, radii in zip(self.nodes, self.radii, strict=True)]

    def _sizes(self) -> tuple[tuple[SizeBy, ...], list[tuple[float, ...]]]:
        near = self.network.neighbours()
        sizes = [SizeBy("links", "Links shown")]
        rows: list[tuple[float, ...]] = [(float(len(near[number])),) for number in range(len(self.nodes))]
        if self.tie == PAPERS_TIE:
            sizes.insert(0, SizeBy("papers", "Papers"))
            rows = [
                (float(self.graph.nodes[node].get("papers", 0)), *row)
                for node, row in zip(self.nodes, rows, strict=True)
            ]
        if self.extras.values is None:
            return tuple(sizes), rows
        known = self.extras.values
        sizes.append(SizeBy("values", clean(self.extras.values_title)))
        return tuple(sizes), [
            (*row, float(known.get(node) or 0.0)) for row, node in zip(rows, self.nodes, strict=True)
        ]

    def _strength(self, attributes: Mapping[str, Any]) -> float:
        """What a line's width shows, and what pulls in layout and communities."""
        return float(attributes["weight"] if self.weighing else joint_papers(attributes))

    def _box(self, node: str, dot: float) -> Box:
        if len(self.nodes) > _ALL_LABELS:
            return Box(dot + 4, dot + 4)
        label = _LETTER_WIDTH * len(short_label(self.names[node])) / 2
        return Box(max(dot, label) + 6, dot + _LABEL_HEIGHT / 2 + 5)

    def coloured(self, hubs: frozenset[str], seed: int) -> tuple[list[Coloured], list[int]]:
        """Return the colourings, and each node's community for the layout (0: none)."""
        shown = self.graph.__class__()
        shown.add_nodes_from((node, {"name": self.names[node]}) for node in self.nodes)
        shown.add_weighted_edges_from((self.nodes[a], self.nodes[b], s) for a, b, s in self.network.links)
        community = find_communities(shown, hubs, seed)
        strength = {node: row[0] for node, row in zip(self.nodes, self.values, strict=True)}
        coloured = [by_community(self.nodes, self.names, strength, community)]
        if self.extras.institutions is not None:
            coloured.append(by_institution(self.nodes, self.extras.institutions))
        return coloured, [community.get(node, 0) for node in self.nodes]

    def picture(
        self,
        form: str,
        points: Sequence[Point],
        coloured: Sequence[Coloured],
        *,
        centre: int | None,
        selected: int | None,
        notes: Sequence[str],
    ) -> Picture:
        """Return the finished picture."""
        papers: dict[str, int] = {}
        for _, _, attributes in self.edges:
            for paper in attributes.get("papers") or ():
                papers.setdefault(paper, len(papers))
        nodes = [self._node(number, points[number], coloured) for number in range(len(self.nodes))]
        known = tuple(_paper(paper, self.extras.papers.get(paper, {})) for paper in papers)
        facts = self.graph.graph
        return Picture(
            form=form,
            nodes=tuple(nodes),
            links=tuple(self._link(a, b, attributes, papers) for a, b, attributes in self.edges),
            papers=known,
            colourings=tuple(each.colouring for each in coloured),
            sizes=self.sizes,
            centre=centre,
            selected=selected,
            least_joint_papers=self.least,
            weighing=self.weighing,
            notes=(*notes, *coverage(facts, None if form == "network" else known)),
            tie=self.tie,
        )

    def _node(self, number: int, point: Point, coloured: Sequence[Coloured]) -> NodeShown:
        iri = self.nodes[number]
        attributes = self.graph.nodes[iri]
        return NodeShown(
            iri=iri,
            kind=str(attributes.get("kind", "author")),
            id=str(attributes.get("id", iri)),
            name=clean(self.names[iri]),
            x=point[0],
            y=point[1],
            values=self.values[number],
            radii=self.radii[number],
            groups=tuple(each.group_of[number] for each in coloured),
        )

    def _link(self, a: int, b: int, attributes: Mapping[str, Any], papers: Mapping[str, int]) -> LinkShown:
        numbers = tuple(papers[paper] for paper in attributes.get("papers") or ())
        years = attributes.get("from_year"), attributes.get("to_year")
        what = clean(str(attributes.get("what", "")))
        return LinkShown(a, b, joint_papers(attributes), numbers, *years, self._strength(attributes), what)


def _paper(iri: str, known: Mapping[str, Any]) -> PaperShown:
    title = clean(str(known.get("title") or iri))
    year = known.get("year")
    id_ = known.get("id")
    return PaperShown(
        iri,
        None if id_ is None else str(id_),
        title,
        None if year is None else int(year),
        bool(known.get("year_inferred")),
        known.get("truncated"),
    )
