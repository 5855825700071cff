"""Structural holes: constraint and effective size. Neither is defined for a node without links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import second
from .kernels import blocks, shares
from .row import COMPUTED, Measure, Outcome, by_networkx

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network


def constraint(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """How much of a node's effort goes into people who know each other."""
    import numpy as np

    given, linked = net.matrix(shares(net, sizes)), net.matrix()
    found = np.full(len(net), np.nan)
    for rows in blocks(net):
        direct = given[rows]
        each = direct + (direct @ given).multiply(linked[rows])
        found[rows] = each.multiply(each).sum(axis=1)
    return Outcome(np.where(net.degrees > 0, found, np.nan))


def effective_size(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Neighbours less what is redundant among them.

    Source: weighted as networkx: what a neighbour gives counts as a share of the most it gives to anybody.
    """
    import numpy as np

    degrees = net.degrees
    if sizes is None:
        closed = np.array(net.igraph.transitivity_local_undirected(mode="zero"), float)
        return Outcome(np.where(degrees > 0, degrees - closed * (degrees - 1), np.nan))
    most = np.zeros(len(net))
    np.maximum.at(most, net.links.number, sizes)
    given, linked = net.matrix(shares(net, sizes)), net.matrix()
    of_most = net.matrix(sizes / most[net.links.number]).T.tocsr()
    found = np.full(len(net), np.nan)
    for rows in blocks(net):
        found[rows] = degrees[rows] - (given[rows] @ of_most).multiply(linked[rows]).sum(axis=1)
    return Outcome(np.where(degrees > 0, found, np.nan))


ROWS: Final = (
    Measure(
        name="constraint",
        title="Constraint",
        definition="How much someone's links lead to people who are linked to each other; brokers are low.",
        unit="sum of squared shares",
        range="above 0, at most 1.125 without weights; not defined without links",
        weight="strength",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.1086/421787",
        basis=COMPUTED,
        engines={"scipy": constraint, "networkx": by_networkx("constraint", "weight")},
    ),
    Measure(
        name="effective_size",
        title="Effective size",
        definition="How many neighbours someone has, less those who are reached through another neighbour.",
        unit="neighbours",
        range="1 to n-1; not defined without links",
        weight="strength",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.4159/9780674029095",
        basis=COMPUTED,
        engines={"scipy": effective_size, "networkx": second.effective_size},
    ),
)
