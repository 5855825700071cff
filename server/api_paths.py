"""Endpoints of paths and reasons: shortest paths, distances from somebody, why two authors are linked."""

from __future__ import annotations

from typing import Any, Final

from collegium.graph.items import Paper, Thing
from collegium.graph.paths import BY, CollaborationPath, Step
from collegium.graph.snapshot import Mirror

from .api_communities import facts_of, node_row
from .api_entities import in_path
from .collaboration import as_of, author_of, link_of, path_of, paths_of, reach_of, two_authors
from .editions import Edition, Wanted
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .naming import known_by_name
from .wanted import ENDS_FILTERS, FILTERS, LINK_WEIGHT, WAIT, YEARS, where

_AS_OF: Final = Parameter(
    "as_of", "year", "Only papers up to that year: the network as it was then.", minimum=1, maximum=9999
)
_REACHED_COLUMNS: Final = ("distance", "id", "iri", "name")
_MOST_SHARED: Final = 50  # common co-authors that are listed
_BOUND: Final = "steps along joint papers; with cut author lists (`at_least`) they can only become fewer"


def _path(call: Call) -> Document:
    edition, values = call.edition, dict(call.values)
    wanted = as_of(Wanted("coauthors", values["weight"], where(values, YEARS)), values["as_of"])
    ends = two_authors(edition, values["from"], values["to"])
    if not values["all"]:
        return _told(edition, path_of(edition, *ends, wanted, values["by"]), wanted, values)
    found = paths_of(edition, *ends, wanted, values["by"], values["limit"])
    return {
        **_told(edition, found.first, wanted, values),
        "total": found.total,
        "total_is_more": found.is_more,
        "limit": values["limit"],
        "truncated": found.truncated,
        "paths": [_way(edition.mirror, path) for path in found.paths],
    }


def _told(edition: Edition, path: CollaborationPath, wanted: Wanted, values: dict[str, Any]) -> Document:
    mirror = edition.mirror
    by_name = known_by_name(mirror, edition.engine, path.iris)
    asked = {name: values[name] for name in ("by", "weight", "all", "as_of")}
    return {
        "version": edition.version,
        "from": _author(mirror, path.start),
        "to": _author(mirror, path.end),
        "found": path.found,
        "text": path.text,
        "length": len(path.steps) if path.found else None,
        "distance": path.distance,
        "at_least": path.at_least,
        "known_by_name": [author.id for author in by_name],
        "papers_without_year": edition.compact(wanted).facts["papers_without_year"],
        "parameters": {**asked, "where": wanted.where.given},
        **_way(mirror, path),
    }


def _way(mirror: Mirror, path: CollaborationPath) -> dict[str, Any]:
    return {
        "nodes": [_author(mirror, iri) for iri in path.iris],
        "steps": [_step(mirror, step) for step in path.steps],
    }


def _author(mirror: Mirror, iri: str) -> dict[str, Any]:
    return _thing(mirror.author(iri))


def _thing(thing: Thing) -> dict[str, Any]:
    return {"id": thing.id, "iri": thing.iri, "name": thing.name}


def _step(mirror: Mirror, step: Step) -> dict[str, Any]:
    papers = [mirror.paper(iri) for iri in step.papers]
    return {
        "from": _author(mirror, step.start),
        "to": _author(mirror, step.end),
        "joint_papers": len(papers),
        "weight": step.weight,
        "distance": step.distance,
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


def _distances(call: Call) -> Table:
    author = call.edition.mirror.author(author_of(call.edition, call["id"]))
    wanted = as_of(Wanted("coauthors", None, where(call.values)), call["as_of"])
    found = reach_of(call.edition, author.iri, wanted)
    offset, limit = call["offset"], call["limit"]
    rows = [
        {"distance": steps, "id": node.id, "iri": node.iri, "name": node.name}
        for steps, node in found.listed(call["at"], limit, offset)
    ]
    facts = {
        **facts_of(found.net, as_of=call["as_of"], at=call["at"]),
        "author": _thing(author),
        "distance": _BOUND,
        "distribution": [{"distance": steps, "authors": count} for steps, count in enumerate(found.counts)],
        "reached": found.reached,
        "unreachable": found.unreachable,
        "farthest": found.farthest,
        "mean": found.mean,
        "median": found.median,
    }
    return Table(_REACHED_COLUMNS, rows, found.total(call["at"]), limit, offset, facts)


def _link(call: Call) -> Document:
    edition, mirror = call.edition, call.edition.mirror
    one, other = two_authors(edition, call["id"], call["other"])
    wanted = as_of(Wanted("coauthors", None, where(call.values)), call["as_of"])
    found = link_of(edition, one, other, wanted)
    papers = [
        {
            **_paper(mirror.papers[row.paper]),
            "places": list(row.places),
            "authors": row.authors,
            "authors_truncated": mirror.papers[row.paper].truncated,
            "makes_link": row.is_linking,
        }
        for row in found.papers
    ]
    return {
        "version": edition.version,
        "from": _author(mirror, one),
        "to": _author(mirror, other),
        "parameters": {"where": wanted.where.given, "as_of": call["as_of"]},
        "linked": found.is_linked,
        **_around(edition, one, other, wanted),
        "joint_papers": len(papers),
        "weights": dict(found.weights),
        "years": [{"year": year, "papers": count} for year, count in found.years.items()],
        "papers_without_year": found.without_year,
        "papers_year_inferred": found.year_inferred,
        "papers_truncated": found.truncated,
        "papers_without_pairs": sum(not row.is_linking for row in found.papers),
        "most_authors": mirror.most_authors,
        "at_least": edition.compact(wanted).facts["at_least"],
        "categories": [_thing(mirror.categories[at]) | {"papers": n} for at, n in found.categories],
        "institutions": [_thing(mirror.institutions[at]) | {"papers": n} for at, n in found.institutions],
        "papers": papers,
    }


def _around(edition: Edition, one: str, other: str, wanted: Wanted) -> dict[str, Any]:
    """How far two authors are from each other, and whom both write with; None where filters leave one out."""
    from collegium.graph.pair_links import shared_neighbours

    net = edition.compact(wanted)
    ends = [net.nodes.number_of(iri) for iri in (one, other)]
    if ends[0] is None or ends[1] is None:
        return {"steps": None, "common_coauthors_total": 0, "common_coauthors": []}
    path, shared = path_of(edition, one, other, wanted), shared_neighbours(net, ends[0], ends[1])
    rows = [{**node_row(net.nodes[row.node]), "weights": list(row.weights)} for row in shared[:_MOST_SHARED]]
    return {
        "steps": len(path.steps) if path.found else None,
        "common_coauthors_total": len(shared),
        "common_coauthors": rows,
    }


ENDPOINTS: Final = (
    Endpoint(
        path="/api/authors/<id>/distances",
        name="api_distances",
        tag="Collaboration",
        summary="How far everybody is from an author",
        description=(
            "An Erdős number for anyone: how many authors are 1, 2, 3 … steps of joint papers away, how many no path "
            "leads to, and who they are, nearest first, then by name; with `at` only those so many steps away."
        ),
        in_path=(in_path("author"),),
        parameters=(
            Parameter("at", "integer", "Only authors so many steps away.", minimum=0, maximum=10**9),
            _AS_OF,
            WAIT,
            *paging(),
            *FILTERS,
        ),
        forms=TABLE_FORMS,
        answer=_distances,
        schema="Reached",
        is_list=True,
    ),
    Endpoint(
        path="/api/authors/<id>/links/<other>",
        name="api_link",
        tag="Collaboration",
        summary="Why two authors are linked",
        description=(
            "Their joint papers with years, places on the byline, categories and institutions, what the link weighs "
            "by each scheme, and what is cut; how many steps they are apart, and the co-authors of both (the first 50, "
            "by the weaker of the two links). Two who have no joint paper are an answer: `linked` is false."
        ),
        in_path=(
            in_path("author"),
            Parameter("other", "string", "ID of the other author.", required=True),
        ),
        parameters=(_AS_OF, WAIT, *FILTERS),
        answer=_link,
        schema="Link",
    ),
    Endpoint(
        path="/api/path",
        name="api_path",
        tag="Collaboration",
        summary="Shortest path between two authors",
        description=(
            "With the joint papers that prove each step. No path is an answer: `found` is false. `all` lists all "
            "shortest paths in `paths`, at most `limit`, with their exact `total`. `at_least`: an author list is cut, "
            "so links may be missing and a shorter path may exist."
        ),
        parameters=(
            Parameter("from", "string", "ID or name of an author.", required=True),
            Parameter("to", "string", "ID or name of another author.", required=True),
            Parameter(
                "by",
                "string",
                "Fewest `steps`, or least `distance` (sum of 1/weight).",
                "steps",
                choices=BY,
            ),
            LINK_WEIGHT,
            Parameter("all", "boolean", "All shortest paths, not one.", False),
            Parameter("limit", "integer", "Paths to list with `all`.", 100, minimum=1, maximum=1000),
            _AS_OF,
            WAIT,
            *ENDS_FILTERS,
        ),
        answer=_path,
        schema="Path",
    ),
)
