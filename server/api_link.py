"""The endpoint of what stands behind a link, in any network: a click on a line asks here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from collegium.graph.errors import ParameterError
from collegium.graph.items import Paper, Thing
from collegium.graph.link_works import link_works
from collegium.graph.network import Network

from .api_communities import facts_of, node_row
from .collaboration import evidence_of
from .editions import Edition
from .endpoints import Call, Document, Endpoint, Parameter, paging
from .explorer.document import tie_of
from .naming import node_named
from .wanted import DRAWN_WEIGHT, FILTERS, PROJECTION, WAIT, wanted_by


def _link(call: Call) -> Document:
    edition, mirror = call.edition, call.edition.mirror
    wanted = wanted_by(call.values)
    net = edition.compact(wanted)
    one, other = (node_named(net, call[name], edition.find) for name in ("one", "other"))
    if one == other:
        raise ParameterError("other", call["other"], "another node than the first")
    ends = [number for iri in (one, other) if (number := net.nodes.number_of(iri)) is not None]
    found = link_works(evidence_of(edition, wanted), *ends)
    first, last = call["offset"], call["offset"] + call["limit"]
    return {
        **facts_of(net),
        "one": node_row(net.nodes[ends[0]]),
        "other": node_row(net.nodes[ends[1]]),
        "weight": _weight(net, *ends),
        "tie": list(tie_of(net, wanted)),
        "years": [{"year": year, "papers": count} for year, count in found.years.items()],
        "categories": _counts(found.categories, mirror.categories),
        "institutions": _counts(found.institutions, mirror.institutions),
        "total": len(found.works),
        "limit": call["limit"],
        "offset": first,
        "truncated": last < len(found.works),
        "papers": [_work(edition, at) for at in found.works[first:last]],
    }


def _weight(net: Network, one: int, other: int) -> float | None:
    """Return what the link weighs; None where there is none."""
    near = net.links[one]
    at = int(near.searchsorted(other))
    if at == len(near) or near[at] != other:
        return None
    weight: float = net.weights[net.links.starts[one] + at].item()
    return weight


def _counts(found: Sequence[tuple[int, int]], things: Sequence[Thing]) -> list[dict[str, Any]]:
    return [
        {"id": things[at].id, "iri": things[at].iri, "name": things[at].name, "papers": count}
        for at, count in found
    ]


def _work(edition: Edition, at: int) -> dict[str, Any]:
    """A work of the store with its year; of one that is only cited nothing but its address is known."""
    work = edition.mirror.works[at]
    told = {"id": work.id, "iri": work.iri, "title": work.name}
    if isinstance(work, Paper):
        return {**told, "year": work.year, "year_inferred": work.year_inferred, "only_cited": False}
    return {**told, "year": None, "year_inferred": False, "only_cited": True}


_END: Final = "A node of the network: its IRI; of the first kind of nodes also ID or name."

ENDPOINTS: Final = (
    Endpoint(
        path="/api/network/link",
        name="api_network_link",
        tag="Collaboration",
        summary="What stands behind a link",
        description=(
            "The papers that make the link of two nodes of any network, under the same filters, by year: joint papers, "
            "or in networks of citations the works that make it. Their years, and how many of them name each category "
            "and institution. `weight` is null where nothing links the two."
        ),
        parameters=(
            Parameter("one", "string", _END, required=True, example="li-sheng"),
            Parameter("other", "string", _END, required=True, example="ning-ding"),
            PROJECTION,
            DRAWN_WEIGHT,
            *paging(200, 10_000),
            WAIT,
            *FILTERS,
        ),
        answer=_link,
        schema="NetworkLink",
    ),
)
