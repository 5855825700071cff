"""Which of a large network the explorer takes: the bound on joint papers is raised until it fits, and that is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from collegium.graph.network import Network
from collegium.graph.nodes import Group, Nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What is shown of a network: `inside` is a mask over its nodes, `least` the least weight of a link."""

    net: Network
    inside: NDArray[np.bool_]
    least: float
    why: str


def cut(net: Network, most: int, tie: str = "joint papers") -> Kept:
    """Return all of a network up to `most` nodes; above, what links of enough weight leave of it.

    When no bound leaves between 2 and `most` nodes, the strongest stay (weights summed, then by number).

    Cost: O(n log n + m).
    """
    if len(net) <= most:
        return Kept(net, np.ones(len(net), np.bool_), 0, "")
    best = np.zeros(len(net))
    np.maximum.at(best, net.links.number, net.weights)
    least = float(np.floor(np.sort(best)[::-1][most]) + 1)  # a bound of 1 hides the unlinked only
    inside = best >= least
    why = f"links of at least {least:g} {tie}, the lowest bound that leaves at most {most:,}"
    if least == 1:
        why = f"those with links; with the others they are more than {most:,}"
    if inside.sum() < 2:
        least = max(least - 1, 0)
        strength = net.sums(net.weights)
        inside = np.zeros(len(net), np.bool_)
        inside[np.lexsort((np.arange(len(net)), -strength))[:most]] = True
        why = f"those with most {tie}, for no bound on these leaves between 2 and {most:,}"
    return Kept(_among(net, inside, least), inside, least, why)


def _among(net: Network, inside: NDArray[np.bool_], least: float) -> Network:
    rows, kept = net.among(inside)
    weights = net.weights[kept]
    enough = weights >= least
    return replace(
        net,
        nodes=_nodes(net.nodes, inside),
        links=rows.where(enough),
        weights=weights[enough],
        papers=net.papers[inside],
        fractional_papers=net.fractional_papers[inside],
        lengths=None if net.lengths is None else net.lengths[kept][enough],
    )


def _nodes(nodes: Nodes, inside: NDArray[Any]) -> Nodes:
    groups, start = [], 0
    for kind, things, ids in nodes.groups:
        groups.append(Group(kind, things, ids[inside[start : start + len(ids)]]))
        start += len(ids)
    return Nodes(tuple(groups))
