"""Endpoints of collaboration: co-authors, and the network itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.answer_facts import ANSWER_FACTS

from .api_entities import in_path
from .author_cards import coauthors
from .directory import directory_of
from .endpoints import TABLE_FORMS, Call, Document, Endpoint, Parameter, Table, paging
from .wanted import FILTERS, LINK_WEIGHT, PROJECTION, WAIT, wanted_by

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
_NODES_MOST: Final = 100_000


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
        **{name: known[name] for name in ANSWER_FACTS if name in known},
    }


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
            WAIT,
            *FILTERS,
        ),
        answer=_network,
        schema="Network",
    ),
)
