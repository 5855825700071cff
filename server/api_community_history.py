"""The endpoint of the history of communities: those of each slice of years, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .api_communities import MEMBERS, MEMBERS_MOST, WAY, facts_of, group_row, way_by
from .collaboration import history_of, slice_topics_of
from .endpoints import Call, Document, Endpoint, Parameter, paging
from .wanted import FILTERS, LINK_WEIGHT, PROJECTION, WAIT, wanted_by

if TYPE_CHECKING:
    from collegium.graph.community_history import Event, Slice

_EVENTS_MOST: Final = 10_000


def _history(call: Call) -> Document:
    from collegium.graph.community_history import EVENTS

    wanted, way = wanted_by(call.values), way_by(call.values)
    found = history_of(call.edition, wanted, call["slices"], way, call["threshold"], call["min_size"])
    net = call.edition.compact(wanted)
    asked = {name: call[name] for name in ("slices", "threshold", "min_size", "members")}
    offset, limit = call["offset"], call["limit"]
    events = [_event(event) for event in found.events[offset : offset + limit]]
    return {
        **facts_of(net, **way.facts, **asked),
        "succession": (
            "Two communities of neighbouring slices are linked when shared members / all members of both is at least "
            "`threshold`; those below `min_size` members have no events."
        ),
        "slices": [_slice(call, part, place) for place, part in enumerate(found.slices, start=1)],
        "counts": {name: sum(event.event == name for event in found.events) for name in EVENTS},
        "total": len(found.events),
        "limit": limit,
        "offset": offset,
        "truncated": offset + len(events) < len(found.events),
        "results": events,
    }


def _slice(call: Call, part: Slice, number: int) -> dict[str, Any]:
    found, net = part.found, part.net
    shown = [at for at, size in enumerate(found.groups.sizes) if size >= call["min_size"]][: call["groups"]]
    topics = slice_topics_of(call.edition, wanted_by(call.values), way_by(call.values), part)
    groups = [group_row(found, at, topics.of_group(at, 3), call["members"]) for at in shown]
    return {
        "slice": number,
        "from": part.window.from_year,
        "to": part.window.to_year,
        "papers_seen": net.facts["papers_seen"],
        "papers_truncated": net.facts["papers_truncated"],
        "nodes": len(net),
        "edges": net.size,
        "modularity": found.modularity,
        "communities_total": len(found),
        "communities": groups,
    }


def _event(event: Event) -> dict[str, Any]:
    links = zip(event.links, event.jaccard, strict=True)
    return {
        "event": event.event,
        "from_slice": event.slice + 1,
        "to_slice": event.slice + 2,
        "before": list(event.before),
        "after": list(event.after),
        "links": [{"before": a, "after": b, "jaccard": value} for (a, b), value in links],
    }


ENDPOINTS: Final = (
    Endpoint(
        path="/api/communities/history",
        name="api_communities_history",
        tag="Collaboration",
        summary="Communities over the years",
        description=(
            "Communities of each slice of years, and what becomes of them in the next: a community continues, splits, "
            "merges, ends or is born. The paging is that of the events."
        ),
        parameters=(
            PROJECTION,
            LINK_WEIGHT,
            *WAY,
            Parameter("slices", "string", "Length of a slice in years, like `3y`.", "3y", example="3y"),
            Parameter(
                "threshold", "number", "Least Jaccard index of members, above 0.", 0.3, minimum=0, maximum=1
            ),
            Parameter("min_size", "integer", "Least members of a community that has events.", 3, minimum=1),
            Parameter("groups", "integer", "Communities to list of each slice.", 50, minimum=0, maximum=1000),
            Parameter("members", "integer", MEMBERS, 5, minimum=0, maximum=MEMBERS_MOST),
            *paging(1000, _EVENTS_MOST),
            WAIT,
            *FILTERS,
        ),
        answer=_history,
        schema="CommunityHistory",
    ),
)
