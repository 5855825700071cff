"""What a measure will cost, said before it is computed: one table of growth and constants.

The constants were measured once (`docs/reference/measures.md` says on what) and are right within a factor of three:
enough to tell a blink from a minute, and a minute from a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .sample import USUAL_SIZE

if TYPE_CHECKING:
    from collegium.graph.network import Network

_AT_LEAST_S: Final = 0.001  # to rank, and to say what it was made of


def _nodes(net: Network) -> float:
    return float(len(net))


def _links(net: Network) -> float:
    return float(len(net) + 2 * net.size)


def _walks(net: Network) -> float:
    return len(net) * _links(net)


def _wedges(net: Network) -> float:
    return float((net.degrees.astype(float) ** 2).sum()) + len(net)


@dataclass(frozen=True, slots=True)
class Growth:
    """How work grows with a network: `formula` in nodes n and links m, as `units` counts it."""

    formula: str
    units: Callable[[Network], float]


NODES: Final = Growth("n", _nodes)
LINKS: Final = Growth("n + 2m", _links)
WALKS: Final = Growth("n (n + 2m)", _walks)
WEDGES: Final = Growth("n + sum of degree²", _wedges)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds a unit of `growth`, on one core; `weighted_s` where the sizes of links are taken.

    `per_source`: the work is the same from each node, so that a sample of k nodes costs k/n of it.
    """

    growth: Growth
    plain_s: float
    weighted_s: float
    per_source: bool = False


_OF_PAPERS: Final = (
    "first_author_share",
    "last_author_share",
    "harmonic_papers",
    "single_author_papers",
    "mean_authors",
    "year_span",
    "active_years",
    "cross_institution_share",
    "collaborators_per_paper",
    "citations_in_store",
    "h_index_in_store",
    "g_index_in_store",
    "i10_index_in_store",
)
# Filled here, never changed. Measure -> cost; a measure without a row is computed where it can be stopped.
COSTS: Final[Mapping[str, Cost]] = MappingProxyType(
    {
        "degree": Cost(NODES, 4e-7, 4e-7),
        "strength": Cost(LINKS, 2e-8, 2e-8),
        "papers": Cost(NODES, 4e-7, 4e-7),
        "fractional_papers": Cost(NODES, 4e-7, 4e-7),
        "betweenness": Cost(WALKS, 7e-9, 2.2e-8, per_source=True),
        "closeness": Cost(WALKS, 2.5e-9, 1.6e-8, per_source=True),
        "harmonic": Cost(WALKS, 2.5e-9, 1.6e-8, per_source=True),
        "eigenvector": Cost(LINKS, 4e-7, 6e-7),
        "pagerank": Cost(LINKS, 8e-6, 8e-6),
        "katz": Cost(LINKS, 1e-6, 1e-6),
        "core_number": Cost(LINKS, 4e-8, 4e-8),
        "clustering": Cost(WEDGES, 8e-9, 4e-8),
        "constraint": Cost(WEDGES, 5e-8, 4e-8),
        "effective_size": Cost(WEDGES, 2e-8, 3e-8),
        "hits": Cost(LINKS, 3e-7, 4e-7),
        "neighbour_degree": Cost(LINKS, 3e-8, 4e-8),
        "triangles": Cost(WEDGES, 4e-9, 4e-9),
        "eccentricity": Cost(WALKS, 4.5e-9, 4.5e-9),
        "component_size": Cost(LINKS, 1e-8, 1e-8),
        "articulation": Cost(LINKS, 3e-7, 3e-7),
        "bridges": Cost(LINKS, 6e-8, 6e-8),
        "k_edge_component": Cost(WALKS, 7e-8, 7e-8),
        **dict.fromkeys(_OF_PAPERS, Cost(LINKS, 2e-7, 2e-7)),
    }
)


def seconds(net: Network, measure: str, *, is_weighted: bool, sample: int | None = None) -> float | None:
    """Return about how long a measure takes on a network, in seconds; None where nothing is known of it.

    Args:
        measure: the name of a row of `MEASURES`.
        is_weighted: whether it takes the sizes of links.
        sample: from so many nodes only, where the measure can be sampled.

    Cost: O(n).

    Example:
        >>> import networkx
        >>> from collegium.graph.network import network_of
        >>> seconds(network_of(networkx.path_graph(3)), "degree", is_weighted=False)
        0.001
    """
    row = COSTS.get(measure)
    if row is None:
        return None
    found = row.growth.units(net) * (row.weighted_s if is_weighted else row.plain_s)
    if sample is not None and row.per_source:
        found *= sample / max(len(net), 1)
    return round(found + _AT_LEAST_S, 3)


def refusal(
    net: Network, measure: str, expected_s: float | None, budget_s: float, *, is_weighted: bool
) -> str | None:
    """Return why a measure is not begun with, and what can be had instead; None where it would end in time.

    Example:
        >>> import networkx
        >>> from collegium.graph.network import network_of
        >>> net = network_of(networkx.path_graph(1000))
        >>> refusal(net, "betweenness", 7200.0, 300.0, is_weighted=False).partition("; ")[2]
        'ask for sample=500 (about 1 s), or filter'
    """
    if expected_s is None or expected_s <= budget_s:
        return None
    what = f"a network of {len(net):,} nodes and {net.size:,} links would take about {_told(expected_s)}"
    row = COSTS[measure]
    for size in (USUAL_SIZE, 100, 20) if row.per_source else ():
        within = seconds(net, measure, is_weighted=is_weighted, sample=size)
        if size < len(net) and within is not None and within <= budget_s / 2:
            return (
                f"{what}, {budget_s:g} s are given; ask for sample={size} (about {_told(within)}), or filter"
            )
    return f"{what}, {budget_s:g} s are given; filter by years, category or min_weight, or take degree"


def _told(s: float) -> str:
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if s >= 2 * size:
            return f"{s / size:,.0f} {unit}"
    return f"{max(s, 1):,.0f} s"
