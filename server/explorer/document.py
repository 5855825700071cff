"""A network as one compact document of columns: what the explorer draws, lists, filters and exports.

Nodes stand in order of importance (papers, then number), links as rows of larger numbers behind each node. Texts that
repeat stand once, in `names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from collegium.graph.columns import NO_YEAR
from collegium.graph.communities import Groups, communities
from collegium.graph.community_topics import GroupTopics
from collegium.graph.compact import membership
from collegium.graph.evidence import Evidence
from collegium.graph.link_years import LinkYears, link_years
from collegium.graph.network import Network
from collegium.graph.projections import projection_named
from collegium.graph.rows import Rows
from collegium.graph.title_words import TitleWords
from collegium.graph.usual import NOTHING, usual

from ..collaboration import words_of
from ..editions import Edition, Wanted
from . import MOST
from .cutting import Kept, cut
from .placing import place

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOWN_SIZES: Final = ("papers", "links")
_SMALLEST, _LARGEST = 2.0, 14.0  # radii of dots
_NOBODY: Final = -1
_HUES: Final = 9  # colours of groups
_MOST_TITLES: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class _Members:
    """What papers name, by the numbers of the nodes that are shown."""

    papers: NDArray[np.int64]
    rows: Rows


def document(
    edition: Edition, wanted: Wanted, *, most: int = MOST, seed: int = 1, size: str = "papers"
) -> dict[str, Any]:
    """Return the document of a projection, at most `most` nodes of it, ready for JSON.

    Args:
        size: "papers", "links" or a measure, whose values then stand beside the nodes.

    Raises: as `Edition.compact` and `Edition.ranking`.
    Cost: counting, then O(rounds · n log n) for the places; kept with the edition.
    """
    whole = edition.compact(wanted)
    tie = tie_of(whole, wanted)
    kept = cut(whole, most, tie[1])
    net = kept.net
    row = projection_named(wanted.projection)
    order = np.lexsort((np.arange(len(net)), -net.papers))
    found = communities(net, seed=seed).groups
    groups = found.labels
    radii = _radii(net.papers)
    points, unit = place(net, groups, radii, seed)
    members = _members(edition, wanted, kept)
    nodes = _nodes(net, order, groups, points)
    names: dict[str, list[str]] = {}
    if members is not None:
        more, names = _of_papers(edition, net, order, members)
        nodes |= more
        names["community_topics"] = _topics(edition, wanted, net, found)
    return {
        **_facts(whole, kept, wanted, seed),
        "base": edition.base,
        "tie": list(tie),
        "kinds": list(row.kinds),
        "unit": unit,
        "nodes": nodes | _value(edition, wanted, kept, order, size),
        "links": _links(edition, net, order, members),
        "names": {"community": _leaders(net, groups), **names},
    }


def tie_of(net: Network, wanted: Wanted) -> tuple[str, str]:
    """Return what the weight of a link counts, one and many."""
    told = net.facts.get("tie")
    if wanted.drawn_weight != "full" or not (told or projection_named(wanted.projection).of_papers):
        return ("unit of weight", "units of weight")
    return (str(told[0]), str(told[1])) if isinstance(told, tuple | list) else ("joint paper", "joint papers")


def _facts(whole: Network, kept: Kept, wanted: Wanted, seed: int) -> dict[str, Any]:
    known = whole.facts
    names = ("version", "papers_seen", "papers_truncated", "papers_without_year", "coverage", "at_least")
    return {
        "parameters": {
            "projection": wanted.projection,
            "weight": wanted.drawn_weight,
            "where": known["where"],
        },
        "seed": seed,
        "nodes_in_network": len(whole),
        "links_in_network": whole.size,
        "least": kept.least,
        "why": kept.why,
        **{name: known[name] for name in names if name in known},
    }


def _radii(papers: NDArray[np.int64]) -> NDArray[np.float64]:
    radii: NDArray[np.float64] = np.sqrt(papers / max(papers.max(initial=1), 1))
    return _SMALLEST + (_LARGEST - _SMALLEST) * radii


def _members(edition: Edition, wanted: Wanted, kept: Kept) -> _Members | None:
    """Who of those shown is on which paper; None for a network that no papers make, or of two kinds."""
    row = projection_named(wanted.projection)
    if not row.of_papers or len(row.kinds) != 1:
        return None
    if row.of_citations:
        papers, rows = _themselves(kept.net, len(edition.mirror.columns))
        return _Members(papers, rows)
    papers, rows = membership(edition.mirror, row.kinds[0], wanted.where)
    anew = np.where(kept.inside, np.cumsum(kept.inside, dtype=np.int32) - 1, _NOBODY)[rows.ends]
    rows = Rows(rows.starts, anew.astype(np.int32))
    return _Members(papers, rows.where(anew != _NOBODY))


def _themselves(net: Network, papers: int) -> tuple[NDArray[np.int64], Rows]:
    """The nodes that are papers of the store, and of each the node that it is."""
    (group,) = net.nodes.groups
    nodes = np.flatnonzero(group.ids < papers).astype(np.int32)
    return group.ids[nodes].astype(np.int64), Rows(np.arange(len(nodes) + 1, dtype=np.int64), nodes)


def _nodes(net: Network, order: NDArray[Any], groups: NDArray[Any], points: NDArray[Any]) -> dict[str, Any]:
    nodes, kinds = [net.nodes[at] for at in order.tolist()], net_kinds(net)
    return {
        "id": [node.id for node in nodes],
        "name": [node.name for node in nodes],
        "kind": [kinds.index(node.kind) for node in nodes],
        "x": points[order, 0].tolist(),
        "y": points[order, 1].tolist(),
        "papers": net.papers[order].tolist(),
        "community": groups[order].tolist(),
    }


def _of_papers(
    edition: Edition, net: Network, order: NDArray[Any], members: _Members
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What the papers of a node say: its years, and what stands on most of them; and the texts behind numbers."""
    mirror, columns = edition.mirror, edition.mirror.columns
    first, last = _active(edition, members, len(net))
    nodes = {"from": _years(first[order]), "to": _years(last[order])}
    names: dict[str, list[str]] = {}
    chosen = np.zeros(len(columns), np.bool_)
    chosen[members.papers] = True
    for name, of_papers, things in (
        ("institution", columns.institutions, [one.name for one in mirror.institutions]),
        ("category", columns.categories, [one.label for one in mirror.categories]),
    ):
        on_most = usual(members.rows, of_papers.take(chosen), len(net), len(things))[order]
        used = np.unique(on_most[on_most != NOTHING])
        nodes[name] = np.where(on_most == NOTHING, NOTHING, np.searchsorted(used, on_most)).tolist()
        names[name] = [things[at] for at in used.tolist()]
    return nodes, names


def _value(edition: Edition, wanted: Wanted, kept: Kept, order: NDArray[Any], size: str) -> dict[str, Any]:
    """The values of a measure beside the nodes, None where it is not defined; nothing for sizes that a page knows."""
    if size in KNOWN_SIZES:
        return {}
    ranking = edition.ranking(size, wanted)
    values = ranking.values
    return {"value": [values.get(kept.net.nodes[at].iri) for at in order.tolist()]}


def net_kinds(net: Network) -> list[str]:
    """Return the kinds of a network's nodes, in order."""
    return [group.kind for group in net.nodes.groups]


def _active(edition: Edition, members: _Members, count: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """First and last year of each node; years that we completed count, as they do in a filter."""
    columns = edition.mirror.columns
    years = columns.years[members.papers][members.rows.number].astype(np.int64)
    first, last = np.full(count, 10_000), np.full(count, NO_YEAR, np.int64)
    np.minimum.at(first, members.rows.ends, np.where(years == NO_YEAR, 10_000, years))
    np.maximum.at(last, members.rows.ends, years)
    return np.where(first == 10_000, NO_YEAR, first), last


def _links(edition: Edition, net: Network, order: NDArray[Any], members: _Members | None) -> dict[str, Any]:
    """Links by the nodes' places in the document: how many stand behind each node, and the other ends, as steps."""
    place_of = np.empty(len(net), np.int64)
    place_of[order] = np.arange(len(net))
    pairs, weights = net.pairs, net.per_pair(net.weights)
    known = _known_years(edition, net, members)
    ends = np.sort(place_of[pairs], axis=1).reshape(-1, 2)
    by = np.lexsort((ends[:, 1], ends[:, 0]))
    ends = ends[by]
    steps = np.diff(ends[:, 1], prepend=0)
    new = np.diff(ends[:, 0], prepend=-1) != 0
    steps[new] = ends[new, 1] - ends[new, 0]
    columns: dict[str, Any] = {
        "counts": np.bincount(ends[:, 0], minlength=len(net)).tolist(),
        "steps": steps.tolist(),
        "weight": weights[by].tolist(),
    }
    if known is None:
        return columns
    first, last = known.first[by], known.last[by]
    years = {"from": _years(first), "span": np.where(first == NO_YEAR, 0, last - first).tolist()}
    return columns | years | {"cut": np.flatnonzero(known.cut[by]).tolist()}


def _known_years(edition: Edition, net: Network, members: _Members | None) -> LinkYears | None:
    if members is None or projection_named(str(net.facts["projection"])).of_citations:
        return None
    capped = int(edition.mirror.most_authors) if net_kinds(net) == ["author"] else np.iinfo(np.int32).max
    return link_years(edition.mirror.columns, members.papers, members.rows, net.pairs, capped)


def _years(years: NDArray[Any]) -> list[int]:
    """Years as people know them; 0 for none."""
    return np.where(years == NO_YEAR, 0, years).tolist()  # type: ignore[no-any-return]


def _topics(edition: Edition, wanted: Wanted, net: Network, groups: Groups) -> list[str]:
    """What stands out in the papers of each community that may have a colour of its own; "" for others.

    The words of titles are looked at in stores of up to 20,000 papers: in larger ones the first picture would wait.
    """
    evidence = Evidence.of(edition.mirror, net, wanted.where)
    few = len(edition.mirror.papers) <= _MOST_TITLES
    topics = GroupTopics.of(groups, evidence, words_of(edition) if few else _no_words(edition))
    sizes = groups.sizes
    least = max(2, sizes[_HUES - 1] if len(sizes) >= _HUES else 2)
    return [topics.of_group(at).label if size >= least else "" for at, size in enumerate(sizes)]


def _no_words(edition: Edition) -> TitleWords:
    return TitleWords((), Rows(np.zeros(len(edition.mirror.papers) + 1, np.int64), np.zeros(0, np.int32)))


def _leaders(net: Network, groups: NDArray[Any]) -> list[str]:
    """The strongest member of each community, the first by name of equals."""
    by = np.lexsort((net.nodes.places_by_name, -net.sums(net.weights), groups))
    leaders = by[np.unique(groups[by], return_index=True)[1]] if len(by) else by
    return [net.nodes[at].name for at in leaders.tolist()]
