"""From a reading to a drawing: which network, sized and coloured by what, with the papers behind each link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from collegium.graph.errors import ParameterError
from collegium.graph.measures import measure_named
from collegium.graph.projections import projection_named
from collegium.graph.selection import Filter

from .drawings import Drawing, draw_ego, draw_network, draw_path

if TYPE_CHECKING:
    from .reading import Reading

COLOURS = ("community", "institution")
_DRAWN_BY_ITSELF = ("papers", "links")  # sizes that a drawing knows without a measure


def network_view(
    reading: Reading,
    *,
    projection: str = "coauthors",
    weight: str = "full",
    size: str = "papers",
    colour: str = "community",
    where: Filter = Filter(),
) -> Drawing:
    """Return the drawing of a projection; nodes sized by "papers", "links" or any measure."""
    row = projection_named(projection)
    title = f"{row.title} network"
    options = _options(reading, row.name, weight, size, colour, where)
    return draw_network(reading.network(row.name, weight, where), title=title, **options)


def ego_view(
    reading: Reading,
    author: str,
    *,
    weight: str = "full",
    size: str = "papers",
    colour: str = "community",
    where: Filter = Filter(),
) -> Drawing:
    """Return the drawing of an author (IRI) and their co-authors."""
    graph = reading.network("coauthors", weight, where)
    options = _options(reading, "coauthors", weight, size, colour, where)
    return draw_ego(graph, author, title=f"Co-authors of {reading.mirror.author(author).name}", **options)


def path_view(reading: Reading, start: str, end: str, *, where: Filter = Filter()) -> Drawing:
    """Return the drawing of a shortest path between two authors (ID, IRI or name).

    Raises:
        ParameterError: there is no path between them in this network.
    """
    path = reading.path(start, end, where)
    if not path.found:
        raise ParameterError("to", end, f"an author with a path to {path.start_name}; there is none here")
    graph = reading.network("coauthors", "full", where)
    title = f"From {path.start_name} to {path.end_name}"
    return draw_path(graph, path.iris, title=title, papers=papers_shown(reading))


def papers_shown(reading: Reading) -> Mapping[str, Mapping[str, Any]]:
    """Return paper IRI → title, year, id: what a drawing says of the papers behind a link."""

    def make() -> dict[str, dict[str, Any]]:
        return {p.iri: {"title": p.name, "year": p.year, "id": p.id} for p in reading.mirror.papers}

    return reading.cached("papers shown", make)


def usual_institutions(reading: Reading) -> Mapping[str, str]:
    """Return author IRI → the institution that stands on most of their papers (the first by name of equals).

    Institutions are of papers, not of people: this is a colour for a picture, never a statement on a person.
    """

    def make() -> dict[str, str]:
        mirror = reading.mirror
        seen: dict[int, Counter[str]] = {}
        for paper in mirror.papers:
            names = [mirror.institutions[i].name for i in paper.institutions]
            for author in paper.authors:
                seen.setdefault(author, Counter()).update(names)
        return {
            mirror.authors[author].iri: min(names, key=lambda name: (-names[name], name))
            for author, names in seen.items()
            if names
        }

    return reading.cached("usual institutions", make)


def _options(
    reading: Reading, projection: str, weight: str, size: str, colour: str, where: Filter
) -> dict[str, Any]:
    options: dict[str, Any] = {"papers": papers_shown(reading), "colour_by": colour, "size_by": size}
    if projection == "coauthors":
        options["institutions"] = usual_institutions(reading)
    if size not in _DRAWN_BY_ITSELF:
        ranking = reading.ranking(size, projection, None if weight == "full" else weight, where)
        options |= {
            "size_by": "values",
            "values": {row.iri: row.value for row in ranking.rows},
            "values_title": measure_named(size).title,
        }
    return options
