"""Endpoints of communities: the groups and what they are about, who bridges two of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.answer_facts import ANSWER_FACTS
from collegium.graph.communities import Communities, Stability, Way
from collegium.graph.community_engines import METHODS, title_of

from .collaboration import bridges_of, evidence_of, stability_of, topics_of
from .endpoints import Call, Document, Endpoint, Parameter, paging
from .wanted import ENDS_FILTERS, FILTERS, LINK_WEIGHT, PROJECTION, WAIT, YEARS, wanted_by

if TYPE_CHECKING:
    from collegium.graph.community_bridges import BridgeLink, BridgeMember
    from collegium.graph.community_topics import Topics
    from collegium.graph.evidence import Evidence
    from collegium.graph.network import Network
    from collegium.graph.nodes import Node, Nodes

MEMBERS_MOST: Final = 1_000_000
MEMBERS: Final = "Members to list of each community, by strength."
WAY: Final = (
    Parameter("method", "string", "How groups are found.", "leiden", choices=tuple(METHODS)),
    Parameter(
        "objective",
        "string",
        "What Leiden makes large: `modularity`, or `cpm` (constant Potts model). Default: modularity.",
        choices=METHODS["leiden"].objectives,
    ),
    Parameter(
        "resolution",
        "number",
        "More gives smaller groups. Default: 1; for `cpm` 0.05, the least mean weight of a pair inside a group.",
        minimum=0,
    ),
    Parameter("seed", "integer", "Same seed, same answer.", 1, minimum=0, maximum=2**32 - 1),
)


def way_by(values: Any) -> Way:
    """Return how a request wants groups to be found. Raises: ParameterError."""
    return Way(values["method"], values["objective"], values["resolution"], values["seed"])


def facts_of(net: Network, **parameters: Any) -> dict[str, Any]:
    """Return what a network was made of, with further parameters of the answer."""
    known = net.facts
    return {
        "version": known.get("version"),
        "parameters": {
            "projection": known.get("projection"),
            "weight": known.get("weight"),
            "where": known.get("where", {}),
            **parameters,
        },
        "nodes_in_network": len(net),
        "edges_in_network": net.size,
        **{name: known[name] for name in ANSWER_FACTS if name in known},
    }


def node_row(node: Node) -> dict[str, Any]:
    """Return a node as answers name it."""
    return {"id": node.id, "iri": node.iri, "name": node.name}


def _communities(call: Call) -> Document:
    from collegium.graph.community_topics import SCORE

    wanted, way = wanted_by(call.values), way_by(call.values)
    net, found = call.edition.compact(wanted), call.edition.communities(wanted, way=way)
    topics = topics_of(call.edition, wanted, way)
    offset, limit = call["offset"], call["limit"]
    places = range(offset, min(offset + limit, len(found)))
    return {
        **facts_of(net, **way.facts, members=call["members"]),
        "method": title_of(found.method, found.engine),
        "engine": found.engine,
        "objective": found.objective,
        "seed": found.seed,
        "resolution": found.resolution,
        "modularity": found.modularity,
        "quality": found.quality,
        "stability": told(stability_of(call.edition, wanted, way, call["stability"])),
        "topics_score": SCORE,
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "truncated": offset + len(places) < len(found),
        "results": [group_row(found, at, topics.of_group(at), call["members"]) for at in places],
    }


def told(stability: Stability | None) -> dict[str, Any] | None:
    """Return stability as answers tell it."""
    if stability is None:
        return None
    return {
        "seeds": list(stability.seeds),
        "normalised_mutual_information": stability.information,
        "adjusted_rand": stability.rand,
        "least_normalised_mutual_information": stability.least_information,
        "least_adjusted_rand": stability.least_rand,
    }


def group_row(found: Communities, at: int, topics: Topics, members: int) -> dict[str, Any]:
    """Return the community at a place, with its first members, as answers list it."""
    numbers = found.groups.numbers(at)
    nodes = [found.groups.nodes[number] for number in numbers[: max(members, 1)].tolist()]
    return {
        "number": at + 1,
        "name": nodes[0].name,
        "label": topics.label,
        "leader": nodes[0].id,
        "size": len(numbers),
        "papers": topics.papers,
        "categories": [asdict(topic) for topic in topics.categories],
        "institutions": [asdict(topic) for topic in topics.institutions],
        "words": [asdict(topic) for topic in topics.words],
        "members": [node_row(node) for node in nodes[:members]],
        "members_truncated": members < len(numbers),
    }


def _bridges(call: Call) -> Document:
    from collegium.graph.community_bridges import BETWEENNESS

    wanted = wanted_by(call.values, YEARS)
    way, edition, limit = way_by(call.values), call.edition, call["limit"]
    found = bridges_of(edition, wanted, way, call["from"], call["to"])
    found = found if call["by"] is None else found.ranked(call["by"])
    net, groups = edition.compact(wanted), edition.communities(wanted, way=way)
    topics, proofs, nodes = topics_of(edition, wanted, way), evidence_of(edition, wanted), net.nodes
    ends = {
        name: group_row(groups, call[name] - 1, topics.of_group(call[name] - 1), 0) for name in ("from", "to")
    }
    return {
        **facts_of(net, **way.facts, **{name: call[name] for name in ("from", "to", "by")}),
        **ends,
        "weight": found.weight,
        "pairs_joined": found.joined,
        "betweenness": BETWEENNESS
        if found.joined is not None
        else "left out: the two communities are too large",
        "links_total": len(found.links),
        "members_total": len(found.members),
        "limit": limit,
        "truncated": max(len(found.links), len(found.members)) > limit,
        "links": [_link(link, nodes, proofs) for link in found.links[:limit]],
        "members": [_member(row, nodes) for row in found.members[:limit]],
    }


def _link(link: BridgeLink, nodes: Nodes, proofs: Evidence) -> dict[str, Any]:
    return {
        "from": node_row(nodes[link.one]),
        "to": node_row(nodes[link.other]),
        "weight": link.weight,
        "joint_papers": len(proofs.joint(link.one, link.other)),
        "betweenness": link.betweenness,
    }


def _member(row: BridgeMember, nodes: Nodes) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("community", "links", "weight", "betweenness")}
    return {**node_row(nodes[row.node]), **told}


ENDPOINTS: Final = (
    Endpoint(
        path="/api/communities",
        name="api_communities",
        tag="Collaboration",
        summary="Communities",
        description=(
            "Groups that write more inside than across, found with a seed over all nodes; the largest first. Each has "
            "a name by its strongest member and a `label` by what stands out in its papers; `topics_score` says how. "
            "`stability` compares further seeds. Pictures leave out a node that is linked to nearly all, so theirs "
            "can differ."
        ),
        parameters=(
            PROJECTION,
            LINK_WEIGHT,
            *WAY,
            Parameter(
                "stability", "integer", "Compare with so many further seeds.", 0, minimum=0, maximum=20
            ),
            Parameter("members", "integer", MEMBERS, 1000, minimum=0, maximum=MEMBERS_MOST),
            *paging(1000, 100_000),
            WAIT,
            *FILTERS,
        ),
        answer=_communities,
        schema="Communities",
    ),
    Endpoint(
        path="/api/communities/bridges",
        name="api_communities_bridges",
        tag="Collaboration",
        summary="Who bridges two communities",
        description=(
            "Links between two communities by weight, and authors by betweenness, both restricted to the two. Numbers "
            "are those of `/api/communities` with the same parameters."
        ),
        parameters=(
            Parameter("from", "integer", "Number of a community.", required=True, minimum=1, example=1),
            Parameter("to", "integer", "Number of another community.", required=True, minimum=1, example=2),
            PROJECTION,
            LINK_WEIGHT,
            *WAY,
            Parameter(
                "by",
                "string",
                "Rank both lists by that. Default: links by weight, authors by betweenness.",
                choices=("weight", "betweenness"),
            ),
            Parameter("limit", "integer", "Links and authors to return.", 50, minimum=1, maximum=1000),
            WAIT,
            *ENDS_FILTERS,
        ),
        answer=_bridges,
        schema="CommunityBridges",
    ),
)
