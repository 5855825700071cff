"""From an edition to a drawing: which network, sized and coloured by what, with the papers behind each link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from collegium.graph.errors import NotFound
from collegium.graph.items import index_of
from collegium.graph.measures import measure_named
from collegium.graph.projections import project, projection_named
from collegium.graph.snapshot import Mirror

from .collaboration import path_of
from .drawings import Drawing, draw_ego, draw_network, draw_path
from .naming import known_by_name

if TYPE_CHECKING:
    import networkx

    from .editions import Edition, Wanted

COLOURS = ("community", "institution")
# The weight that a measure used -> what its title adds.
_WEIGHED = {
    "none": "",
    "full": " (weighted by joint papers)",
    "fractional": " (weighted fractionally)",
    "harmonic": " (weighted by harmonic credit)",
    "first-last": " (weighted by first and last places)",
}
OF_CIRCLE = 0.05  # what an author's circle costs to draw, counting the whole network being 1
_DRAWN_BY_ITSELF = ("papers", "links")  # sizes that a drawing knows without a measure


def network_view(
    edition: Edition, wanted: Wanted, *, size: str = "papers", colour: str = "community"
) -> Drawing:
    """Return the drawing of a projection; nodes sized by "papers", "links" or any measure."""
    title = f"{projection_named(wanted.projection).title} network"
    return draw_network(edition.network(wanted), title=title, **_options(edition, wanted, size, colour))


def ego_view(
    edition: Edition, author: str, wanted: Wanted, *, size: str = "papers", colour: str = "community"
) -> Drawing:
    """Return the drawing of an author (IRI) and their co-authors."""
    title = f"Co-authors of {edition.mirror.author(author).name}"
    circle = _circle(edition, author, wanted)
    return draw_ego(circle, author, title=title, **_options(edition, wanted, size, colour, circle))


def _circle(edition: Edition, author: str, wanted: Wanted) -> networkx.Graph:
    """Return the network of an author and all co-authors: the whole may be too large to be a graph."""
    net = edition.compact(wanted)
    number = net.nodes.number_of(author)
    if number is None:
        raise NotFound("node", author, "it is not in this network; a filter may have left it out")
    iris = {author, *(net.nodes[at].iri for at in net.links[number].tolist())}
    where = replace(wanted.where, authors=frozenset(iris))
    circle = project(edition.mirror, wanted.projection, weight=wanted.drawn_weight, where=where)
    circle.graph.update({name: value for name, value in net.facts.items() if name in circle.graph})
    return circle


def path_view(edition: Edition, start: str, end: str, wanted: Wanted) -> Drawing:
    """Return the drawing of a shortest path between two authors (ID, IRI or name).

    Raises:
        NotFound: there is no path between them in this network.
    """
    path = path_of(edition, edition.find("author", start), edition.find("author", end), wanted)
    if not path.found:
        raise NotFound("path", f"{path.start_name} – {path.end_name}", "no papers link them in this network")
    title = f"From {path.start_name} to {path.end_name}"
    # Those on the path alone: the whole network may be too large to be drawn as a graph.
    where = replace(wanted.where, authors=frozenset(path.iris))
    chain = project(edition.mirror, wanted.projection, weight=wanted.drawn_weight, where=where)
    chain.graph["at_least"] = path.at_least
    by_name = known_by_name(edition.mirror, edition.engine, path.iris)
    chain.graph["known_by_name"] = [author.name for author in by_name]
    return draw_path(chain, path.iris, title=title, papers=papers_shown(edition))


@dataclass(frozen=True, slots=True)
class PapersShown(Mapping[str, Mapping[str, Any]]):
    """Paper IRI → title, id, year and how sure they are, each looked up when it is asked for."""

    mirror: Mirror

    def __getitem__(self, iri: str) -> Mapping[str, Any]:
        try:
            paper = self.mirror.paper(iri)
        except NotFound:
            raise KeyError(iri) from None
        return {
            "title": paper.name,
            "year": paper.year,
            "id": paper.id,
            "truncated": paper.truncated,
            "year_inferred": paper.year_inferred,
        }

    def __iter__(self) -> Iterator[str]:
        return (paper.iri for paper in self.mirror.papers)

    def __len__(self) -> int:
        return len(self.mirror.papers)


def papers_shown(edition: Edition) -> Mapping[str, Mapping[str, Any]]:
    """Return what a drawing says of papers behind a link."""
    return PapersShown(edition.mirror)


def _institutions(edition: Edition, circle: networkx.Graph | None) -> Mapping[str, str]:
    """Author IRI → the institution that stands on most of their papers: of all, or of those in a small network."""
    from collegium.graph.usual import usual_institutions

    mirror = edition.mirror
    if circle is None:
        return edition.made("usual institutions", lambda: usual_institutions(mirror), 20)
    return usual_institutions(mirror, [index_of("author", mirror.authors, iri) for iri in circle])


def _options(
    edition: Edition, wanted: Wanted, size: str, colour: str, circle: networkx.Graph | None = None
) -> dict[str, Any]:
    options: dict[str, Any] = {"papers": papers_shown(edition), "colour_by": colour, "size_by": size}
    row = projection_named(wanted.projection)
    if row.name == "coauthors":
        options["institutions"] = _institutions(edition, circle)
    if size == "papers" and (not row.of_papers or row.of_citations):
        options["size_by"] = "links"
    if size not in _DRAWN_BY_ITSELF:
        ranking = edition.ranking(size, wanted)
        used: Any = ranking.facts["parameters"]
        title = measure_named(size).title + _WEIGHED[used["weight"]]
        options |= {"size_by": "values", "values": ranking.values, "values_title": title}
    return options
