"""The kinds of things that stand on the shelf of a version, each with the way to JSON and back."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

from .communities import Communities, Groups
from .distances import Links
from .measures.ranking import RankedRows, Ranking
from .projections import things_of
from .shelf import Form
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .nodes import Nodes


def ranking_form(mirror: Mirror) -> Form[Ranking]:
    """Return how rankings of a mirror's things are kept: by number, for the names stand in the mirror."""

    def unpack(found: Any) -> Ranking:
        order, values, ranks = (_array(found[name]) for name in ("order", "values", "ranks"))
        sources = {int(at): (source, when) for at, (source, when) in found["sources"].items()}
        # Of a version before that believed the same; see `shelf.carry_over`.
        facts = found["facts"]
        facts |= {"version": mirror.version} if "version" in facts else {}
        return Ranking(RankedRows(_nodes(mirror, found["groups"]), order, values, ranks, sources), facts)

    return Form(_pack_ranking, unpack)


def _pack_ranking(ranking: Ranking) -> Any:
    rows = ranking.rows
    return {
        "facts": dict(ranking.facts),
        "groups": _packed(rows.nodes),
        "order": _text(rows.order),
        "values": _text(rows.values),
        "ranks": _text(rows.ranks),
        "sources": {str(at): said for at, said in rows.sources.items()},
    }


def _text(column: NDArray[Any]) -> list[str]:
    return [column.dtype.str, b64encode(column.tobytes()).decode()]


def _array(found: list[str]) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(b64decode(found[1]), np.dtype(found[0]))


def communities_form(mirror: Mirror) -> Form[Communities]:
    """Return how communities of a mirror's things are kept: by number, for the names stand in the mirror."""

    def unpack(found: Any) -> Communities:
        return Communities(
            Groups(_nodes(mirror, found["groups"]), _array(found["order"]), _array(found["starts"])),
            **found["rest"],
        )

    return Form(_pack_communities, unpack)


def _pack_communities(found: Communities) -> Any:
    rest = ("modularity", "engine", "seed", "resolution", "method", "objective", "quality")
    return {
        "groups": _packed(found.groups.nodes),
        "order": _text(found.groups.order),
        "starts": _text(found.groups.starts),
        "rest": {name: getattr(found, name) for name in rest},
    }


def _packed(nodes: Nodes) -> Any:
    return [[group.kind, _text(group.ids)] for group in nodes.groups]


def _nodes(mirror: Mirror, found: Any) -> Nodes:
    from .nodes import Group, Nodes

    return Nodes(tuple(Group(kind, things_of(mirror, kind), _array(ids)) for kind, ids in found))


def _pack_links(links: Links) -> Any:
    return {"nodes": links.nodes, "starts": links.starts.tolist(), "ends": links.ends.tolist()}


def _unpack_links(found: Any) -> Links:
    return Links(tuple(found["nodes"]), array("i", found["starts"]), array("i", found["ends"]))


LINKS: Final = Form(_pack_links, _unpack_links)
DOCUMENT: Final[Form[dict[str, Any]]] = Form(dict, dict)  # ready for JSON as it is
