"""Endpoints of collaboration: co-authors, paths, communities, the network itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import NotFound
from collegium.graph.items import Paper
from collegium.graph.paths import Step
from collegium.graph.snapshot import Mirror

from .api_entities import in_path
from .author_cards import coauthors
from .directory import directory_of
from .editions import Wanted
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .wanted import FILTERS, LINK_WEIGHT, PROJECTION, wanted_by, where

if TYPE_CHECKING:
    import networkx

_COAUTHOR_COLUMNS: Final = (
    "id",
    "iri",
    "name",
    "joint_papers",
    "fractional_weight",
    "first_year",
    "last_year",
    "papers",
)
_NETWORK_FACTS: Final = (
    "papers_seen",
    "papers_truncated",
    "papers_without_year",
    "papers_year_inferred",
    "papers_without_members",
    "papers_without_pairs",
    "papers_without_byline",
    "most_authors",
    "coverage",
    "at_least",
)
_NODES_MOST: Final = 100_000
# A path names its ends `from` and `to`, so its years cannot be called so.
PATH_FILTERS: Final = (
    Parameter("from_year", "year", "First year.", minimum=1, maximum=9999),
    Parameter("to_year", "year", "Last year.", minimum=1, maximum=9999),
    *(parameter for parameter in FILTERS if parameter.name not in ("from", "to")),
)


def _coauthors(call: Call) -> Table:
    directory = directory_of(call.edition)
    number = directory.number("author", call["id"])
    found = coauthors(directory, number)
    offset, limit = call["offset"], call["limit"]
    papers = [directory.mirror.papers[at] for at in directory.papers_of("author", number)]
    cut = sum(paper.truncated for paper in papers)
    facts = {
        "author": {"id": call["id"], "name": directory.mirror.authors[number].name},
        "version": call.edition.version,
        "papers_seen": len(papers),
        "papers_truncated": cut,
        "coverage": 1 - cut / len(papers) if papers else None,
        "at_least": cut > 0,
        "papers_without_pairs": sum(len(paper.authors) > directory.mirror.most_authors for paper in papers),
        "most_authors": directory.mirror.most_authors,
    }
    rows = [asdict(row) for row in found[offset : offset + limit]]
    return Table(_COAUTHOR_COLUMNS, rows, len(found), limit, offset, facts)


def path_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the filter values of a path request, under the names of other requests."""
    return values | {"from": values["from_year"], "to": values["to_year"]}


def _path(call: Call) -> Document:
    edition, values = call.edition, dict(call.values)
    wanted = Wanted("coauthors", None, where(path_values(values)))
    ends = edition.find("author", values["from"]), edition.find("author", values["to"])
    try:
        path = edition.path(*ends, wanted, values["by"])
    except NotFound as error:
        raise NotFound("author in this network", error.found, "the filters leave it out") from error
    mirror = edition.mirror
    return {
        "version": edition.version,
        "from": _author(mirror, path.start),
        "to": _author(mirror, path.end),
        "found": path.found,
        "text": path.text,
        "length": len(path.steps) if path.found else None,
        "distance": path.distance,
        "at_least": path.at_least,
        "parameters": {"by": path.by, "where": wanted.where.given},
        "nodes": [_author(mirror, iri) for iri in path.iris],
        "steps": [_step(mirror, step) for step in path.steps],
    }


def _author(mirror: Mirror, iri: str) -> dict[str, Any]:
    author = mirror.author(iri)
    return {"id": author.id, "iri": iri, "name": author.name}


def _step(mirror: Mirror, step: Step) -> dict[str, Any]:
    papers = [mirror.paper(iri) for iri in step.papers]
    return {
        "from": _author(mirror, step.start),
        "to": _author(mirror, step.end),
        "joint_papers": len(papers),
        "weight": step.weight,
        "from_year": step.from_year,
        "to_year": step.to_year,
        "papers": [_paper(paper) for paper in papers],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "iri": paper.iri,
        "title": paper.name,
        "year": paper.year,
        "year_inferred": paper.year_inferred,
    }


def network_facts(graph: networkx.Graph) -> dict[str, Any]:
    """Return what a network was made of."""
    known = graph.graph
    return {
        "version": known.get("version"),
        "parameters": {
            "projection": known.get("projection"),
            "weight": known.get("weight"),
            "where": known.get("where", {}),
        },
        "nodes_in_network": graph.number_of_nodes(),
        "edges_in_network": graph.number_of_edges(),
        **{name: known[name] for name in _NETWORK_FACTS if name in known},
    }


def _communities(call: Call) -> Document:
    wanted = wanted_by(call.values)
    graph, found = call.edition.network(wanted), call.edition.communities(wanted, call["seed"])
    groups = [
        {
            "number": group.number,
            "name": group.name,
            "leader": _id(graph, group.leader),
            "size": group.size,
            "members": [
                {"id": _id(graph, iri), "iri": iri, "name": graph.nodes[iri]["name"]} for iri in group.members
            ],
        }
        for group in found
    ]
    return {
        **network_facts(graph),
        "method": "Leiden" if found.engine == "igraph" else "Louvain",
        "engine": found.engine,
        "seed": found.seed,
        "resolution": found.resolution,
        "modularity": found.modularity,
        "total": len(groups),
        "truncated": False,
        "results": groups,
    }


def _id(graph: networkx.Graph, iri: str) -> str:
    return str(graph.nodes[iri]["id"])


def _network(call: Call) -> Document:
    wanted = wanted_by(call.values)
    graph, number_of = call.edition.network(wanted), call.edition.communities(wanted).number_of
    ordered = sorted(graph, key=lambda iri: (-graph.nodes[iri]["papers"], graph.nodes[iri]["name"], iri))
    kept = set(ordered[: call["limit"]])
    nodes = [
        {"iri": iri, **graph.nodes[iri], "community": number_of[iri]} for iri in ordered[: call["limit"]]
    ]
    edges = [
        {
            "source": one,
            "target": other,
            "weight": link["weight"],
            "joint_papers": len(link["papers"]),
            "papers": list(link["papers"]),
            "from_year": link["from_year"],
            "to_year": link["to_year"],
        }
        for one, other, link in graph.edges(data=True)
        if one in kept and other in kept
    ]
    return {
        **network_facts(graph),
        "truncated": len(kept) < graph.number_of_nodes(),
        "nodes": nodes,
        "edges": edges,
    }


ENDPOINTS: Final = (
    Endpoint(
        path="/api/authors/<id>/coauthors",
        name="api_coauthors",
        tag="Collaboration",
        summary="Co-authors of an author",
        description=(
            "Most joint papers first; years are printed ones. `at_least`: an author list behind the answer is cut, so "
            "links may be missing; these counts can then only grow."
        ),
        in_path=(in_path("author"),),
        parameters=paging(),
        forms=TABLE_FORMS,
        answer=_coauthors,
        schema="Coauthor",
        is_list=True,
    ),
    Endpoint(
        path="/api/path",
        name="api_path",
        tag="Collaboration",
        summary="Shortest path between two authors",
        description=(
            "With the joint papers that prove each step. No path is an answer: `found` is false. `at_least`: an "
            "author list is cut, so links may be missing and a shorter path may exist."
        ),
        parameters=(
            Parameter("from", "string", "ID or name of an author.", required=True),
            Parameter("to", "string", "ID or name of an author.", required=True),
            Parameter(
                "by",
                "string",
                "Fewest `steps`, or least `distance` (sum of 1/joint papers).",
                "steps",
                choices=("steps", "distance"),
            ),
            *PATH_FILTERS,
        ),
        answer=_path,
        schema="Path",
    ),
    Endpoint(
        path="/api/communities",
        name="api_communities",
        tag="Collaboration",
        summary="Communities",
        description=(
            "Groups that write more inside than across, by seeded Leiden over all nodes; the largest first. Pictures "
            "leave out a node that is linked to nearly all, so theirs can differ."
        ),
        parameters=(
            PROJECTION,
            LINK_WEIGHT,
            Parameter(
                "seed",
                "integer",
                "Same seed, same answer.",
                1,
                minimum=0,
                maximum=2**32 - 1,
            ),
            *FILTERS,
        ),
        answer=_communities,
        schema="Communities",
    ),
    Endpoint(
        path="/api/network",
        name="api_network",
        tag="Collaboration",
        summary="The network: nodes and links",
        description=(
            "Nodes with most papers first; links carry the joint papers that prove them. `at_least`: an author list "
            "is cut, so links may be missing."
        ),
        parameters=(
            PROJECTION,
            LINK_WEIGHT,
            Parameter("limit", "integer", "Nodes to return.", 5000, minimum=1, maximum=_NODES_MOST),
            *FILTERS,
        ),
        answer=_network,
        schema="Network",
    ),
)
