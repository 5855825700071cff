"""Counts at a node: degree, strength, degree of neighbours, papers, fractional papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import MeasureError
from collegium.graph.projections import PROJECTIONS

from .row import COMPUTED, Measure, Outcome, by_networkx

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network


def degree(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of neighbours."""
    return Outcome(net.degrees)


def strength(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Sum of the weights of a node's links; without weights the degree."""
    return Outcome(net.degrees if sizes is None else net.sums(sizes))


def neighbour_degree(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Mean degree of a node's neighbours, each counted by its share of the node's strength; 0 without links."""
    import numpy as np

    given = np.ones(len(net.links.ends)) if sizes is None else sizes.astype(float)
    sums = net.sums(net.degrees[net.links.ends] * given)
    return Outcome(np.divide(sums, net.sums(given), out=np.zeros(len(net)), where=net.degrees > 0))


def papers(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Papers counted of a node, as the projection counted them."""
    _check_papers(net, "papers")
    return Outcome(net.papers)


def fractional_papers(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Papers of a node, each divided by how many share it."""
    _check_papers(net, "fractional_papers")
    return Outcome(net.fractional_papers)


def _check_papers(net: Network, name: str) -> None:
    projection = PROJECTIONS.get(str(net.facts.get("projection")))
    if projection is not None and (not projection.of_papers or projection.of_citations):
        what = "of papers" if projection.of_citations else "without papers"
        raise MeasureError(name, f"found a network {what}, expected one whose nodes stand on papers")


ROWS: Final = (
    Measure(
        name="degree",
        title="Degree",
        definition="How many others someone has a link to.",
        unit="neighbours",
        range="0 to n-1",
        weight="none",
        default_weight="none",
        cost="O(n)",
        source="10.1016/0378-8733(78)90021-7",
        basis=COMPUTED,
        engines={"numpy": degree, "networkx": by_networkx("degree")},
        grows=True,
    ),
    Measure(
        name="strength",
        title="Strength",
        definition="The weights of all links of a node, added up.",
        unit="sum of link weights",
        range="0 and more",
        weight="strength",
        default_weight="full",
        cost="O(n + m)",
        source="10.1073/pnas.0400087101",
        basis=COMPUTED,
        engines={"numpy": strength, "networkx": by_networkx("degree", "weight")},
        grows=True,
    ),
    Measure(
        name="neighbour_degree",
        title="Neighbours' degree",
        definition="How many neighbours someone's neighbours have on average; 0 without links.",
        unit="neighbours; weighted: each neighbour counts by the weight of the link",
        range="0 to n-1",
        weight="strength",
        default_weight="none",
        cost="O(n + m)",
        source="10.1073/pnas.0400087101",
        basis=COMPUTED,
        engines={"numpy": neighbour_degree, "networkx": by_networkx("average_neighbor_degree", "weight")},
    ),
    Measure(
        name="papers",
        title="Papers",
        definition="How many of the papers counted here are someone's.",
        unit="papers",
        range="1 and more",
        weight="none",
        default_weight="none",
        cost="O(n)",
        source="10.1016/j.joi.2016.10.006",
        basis=COMPUTED,
        engines={"numpy": papers},
        grows=True,
    ),
    Measure(
        name="fractional_papers",
        title="Fractional papers",
        definition="Papers counted here, each shared evenly among the authors known on it.",
        unit="papers",
        range="above 0, at most the papers",
        weight="none",
        default_weight="none",
        cost="O(n)",
        source="10.1016/j.joi.2016.10.006",
        basis=COMPUTED,
        engines={"numpy": fractional_papers},
    ),
)
