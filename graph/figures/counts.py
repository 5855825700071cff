"""How large a network is and in how many pieces: nodes, edges, density, degrees, components."""

from __future__ import annotations

from typing import Final

from .finding import NO_NODES, Finding, nothing
from .row import ALWAYS, Figure
from .study import Study

_NEWMAN: Final = "10.1073/pnas.98.2.404"


def nodes(study: Study) -> Finding:
    """How many nodes."""
    return Finding(len(study.net))


def edges(study: Study) -> Finding:
    """How many links."""
    return Finding(study.net.size)


def density(study: Study) -> Finding:
    """Links over pairs of nodes."""
    count = len(study.net)
    if count < 2:
        return nothing(NO_NODES if not count else "one node alone makes no pair")
    return Finding(2 * study.net.size / (count * (count - 1)))


def mean_degree(study: Study) -> Finding:
    """Twice the links over the nodes."""
    return Finding(2 * study.net.size / len(study.net)) if len(study.net) else nothing(NO_NODES)


def largest_degree(study: Study) -> Finding:
    """The largest degree, with how many nodes have each."""
    import numpy as np

    if not len(study.net):
        return nothing(NO_NODES)
    counts = np.bincount(study.net.degrees)
    found = [[at, int(counts[at])] for at in np.flatnonzero(counts).tolist()]
    return Finding(
        len(counts) - 1, facts={"distribution": found, "distribution_columns": ["degree", "nodes"]}
    )


def isolates(study: Study) -> Finding:
    """Nodes without links."""
    return Finding(int((study.net.degrees == 0).sum()))


def components(study: Study) -> Finding:
    """How many components, a node without links being one."""
    import numpy as np

    sizes = np.bincount(study.net.components) if len(study.net) else np.zeros(0, np.int64)
    largest = np.sort(sizes)[::-1][:5].tolist()
    return Finding(len(sizes), facts={"largest": largest})


def giant_share(study: Study) -> Finding:
    """Nodes of the largest component over all."""
    if not len(study.net):
        return nothing(NO_NODES)
    giant = study.giant
    return Finding(len(giant) / len(study.net), facts={**giant.facts, "component_edges": giant.size})


ROWS: Final = (
    Figure("nodes", "Nodes", "How many nodes there are.", "nodes", ALWAYS, "O(1)", _NEWMAN, nodes),
    Figure("edges", "Edges", "How many links there are.", "links", ALWAYS, "O(1)", _NEWMAN, edges),
    Figure(
        name="density",
        title="Density",
        definition="The share of pairs of nodes that are linked.",
        unit="share of pairs",
        exactness=ALWAYS,
        cost="O(1)",
        source="10.1017/CBO9780511815478",
        compute=density,
    ),
    Figure(
        name="mean_degree",
        title="Mean degree",
        definition="How many neighbours a node has on average.",
        unit="neighbours",
        exactness=ALWAYS,
        cost="O(1)",
        source=_NEWMAN,
        compute=mean_degree,
    ),
    Figure(
        name="largest_degree",
        title="Largest degree",
        definition="The most neighbours that any node has; `distribution` says how many nodes have each degree.",
        unit="neighbours",
        exactness=ALWAYS,
        cost="O(n)",
        source=_NEWMAN,
        compute=largest_degree,
    ),
    Figure(
        name="isolates",
        title="Isolates",
        definition="How many nodes have no links.",
        unit="nodes",
        exactness=ALWAYS,
        cost="O(n)",
        source=_NEWMAN,
        compute=isolates,
    ),
    Figure(
        name="components",
        title="Components",
        definition="Into how many pieces the network falls; a node without links is one.",
        unit="components",
        exactness=ALWAYS,
        cost="O(n + m)",
        source=_NEWMAN,
        compute=components,
    ),
    Figure(
        name="giant_share",
        title="Share of the largest component",
        definition="The share of nodes that are in the largest component.",
        unit="share of nodes",
        exactness=ALWAYS,
        cost="O(n + m)",
        source=_NEWMAN,
        compute=giant_share,
    ),
)
