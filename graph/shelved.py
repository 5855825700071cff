"""The kinds of things that stand on the shelf of a version, each with the way to JSON and back."""

from __future__ import annotations

from array import array
from dataclasses import fields
from typing import Any, Final

from .communities import Communities, Community
from .distances import Links
from .measures.ranking import RankedRow, Ranking
from .shelf import Form

_COLUMNS: Final = tuple(field.name for field in fields(RankedRow))


def _pack_ranking(ranking: Ranking) -> Any:
    columns = {name: [getattr(row, name) for row in ranking] for name in _COLUMNS}
    return {"facts": dict(ranking.facts), "columns": columns}


def _unpack_ranking(found: Any) -> Ranking:
    columns = (found["columns"][name] for name in _COLUMNS)
    return Ranking(tuple(map(RankedRow, *columns)), found["facts"])


def _pack_communities(found: Communities) -> Any:
    return {
        "groups": [[group.number, group.name, group.leader, group.members] for group in found],
        "rest": [found.modularity, found.engine, found.seed, found.resolution],
    }


def _unpack_communities(found: Any) -> Communities:
    groups = (Community(number, name, leader, tuple(all_)) for number, name, leader, all_ in found["groups"])
    return Communities(tuple(groups), *found["rest"])


def _pack_links(links: Links) -> Any:
    return {"nodes": links.nodes, "starts": links.starts.tolist(), "ends": links.ends.tolist()}


def _unpack_links(found: Any) -> Links:
    return Links(tuple(found["nodes"]), array("i", found["starts"]), array("i", found["ends"]))


RANKING: Final = Form(_pack_ranking, _unpack_ranking)
COMMUNITIES: Final = Form(_pack_communities, _unpack_communities)
LINKS: Final = Form(_pack_links, _unpack_links)
