"""How often neighbours of a node are linked themselves: triangles, transitivity, average clustering."""

from __future__ import annotations

from typing import Final

from .finding import NO_NODES, Finding, nothing
from .row import ALWAYS, Figure
from .study import Study

_COST: Final = "O(sum of degree²)"


def triangles(study: Study) -> Finding:
    """How many sets of three nodes that are all linked."""
    return Finding(_closed(study) // 3)


def _closed(study: Study) -> int:
    """Pairs of neighbours that are linked, over all nodes."""
    import numpy as np

    degrees = study.net.degrees
    return int(np.rint(study.clustering * (degrees * (degrees - 1) // 2)).sum())


def transitivity(study: Study) -> Finding:
    """Three times the triangles over the pairs of links that meet."""
    degrees = study.net.degrees
    meeting = int((degrees * (degrees - 1)).sum()) // 2
    if not meeting:
        return nothing("no node has two neighbours" if len(study.net) else NO_NODES)
    return Finding(_closed(study) / meeting)


def average_clustering(study: Study) -> Finding:
    """The mean clustering of all nodes, one with fewer than two neighbours counting 0."""
    if not len(study.net):
        return nothing(NO_NODES)
    values = study.clustering
    has_two = study.net.degrees > 1
    among = float(values[has_two].mean()) if has_two.any() else None
    return Finding(
        float(values.mean()),
        facts={"nodes_with_two_neighbours": int(has_two.sum()), "mean_among_these": among},
    )


ROWS: Final = (
    Figure(
        name="triangles",
        title="Triangles",
        definition="How many sets of three are all linked.",
        unit="triangles",
        exactness=ALWAYS,
        cost=_COST,
        source="10.1137/S003614450342480",
        compute=triangles,
    ),
    Figure(
        name="transitivity",
        title="Transitivity",
        definition="Of pairs of links that meet in a node, the share whose other ends are linked.",
        unit="share of pairs of links",
        exactness=ALWAYS,
        cost=_COST,
        source="10.1073/pnas.98.2.404",
        compute=transitivity,
    ),
    Figure(
        name="average_clustering",
        title="Average clustering",
        definition="The clustering of a node on average; a node with fewer than two neighbours counts 0.",
        unit="share of pairs of neighbours",
        exactness=ALWAYS,
        cost=_COST,
        source="10.1038/30918",
        compute=average_clustering,
    ),
)
