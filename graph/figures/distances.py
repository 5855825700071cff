"""How far apart nodes are in the largest component: diameter, average path length."""

from __future__ import annotations

from typing import Final

from .finding import NO_NODES, Finding, nothing
from .row import Figure
from .study import Giant, Study

# Nodes and links looked at: a second or two. Below, every node may be walked from, and all is exact.
_MOST_STEPS: Final = 100_000_000
_LEAST_WALKS: Final = 20
_LEAST_SAMPLE: Final = 50
_EXACT: Final = f"exact where n (n + m) of the largest component is at most {_MOST_STEPS:,}"
_NO_PAIR: Final = "no two nodes are joined"


def diameter(study: Study) -> Finding:
    """The longest of all shortest paths, by bounds that walks from few nodes set for all others.

    A walk from v says of any w: its farthest node is at most d(v, w) farther than that of v, and at least as far as v,
    and as the farthest of v less d(v, w). Walks go in turn from the node that may still be farthest out and from
    that which may be in the middle, until no node can beat the longest path seen.
    """
    if not len(study.net):
        return nothing(NO_NODES)
    giant = study.giant
    if len(giant) < 2:
        return nothing(_NO_PAIR)
    lower, upper, walks = _bounds(giant, max(_MOST_STEPS // giant.walk, _LEAST_WALKS))
    facts = {**giant.facts, "walks": walks}
    if lower == upper:
        return Finding(lower, facts=facts)
    return Finding(lower, exact=False, facts={**facts, "lower_bound": True, "at_most": upper})


def _bounds(giant: Giant, most_walks: int) -> tuple[int, int, int]:
    """Return a lower and an upper bound of the diameter, and how many walks they took."""
    import numpy as np

    low, high = np.zeros(len(giant), np.int64), np.full(len(giant), len(giant) - 1)
    at, walks, longest = int(np.argmax(giant.degrees)), 0, 0
    while walks < most_walks:
        steps = giant.steps_from(at)
        farthest = int(steps.max())
        longest = max(longest, farthest)
        low = np.maximum(low, np.maximum(steps, farthest - steps))
        high = np.minimum(high, farthest + steps)
        low[at] = high[at] = farthest
        walks += 1
        is_open = high > longest
        if not is_open.any():
            return longest, longest, walks
        nodes = np.flatnonzero(is_open)
        # of equal bounds the node with most links comes first: its walk says most of others
        wanted = -high[nodes] if walks % 2 else low[nodes]
        at = int(nodes[np.lexsort((-giant.degrees[nodes], wanted))[0]])
    return longest, int(high.max()), walks


def average_path_length(study: Study) -> Finding:
    """The mean of the shortest paths between all pairs of the largest component, or from a sample of its nodes."""
    import numpy as np

    if not len(study.net):
        return nothing(NO_NODES)
    giant = study.giant
    count = len(giant)
    if count < 2:
        return nothing(_NO_PAIR)
    if count * giant.walk <= _MOST_STEPS:
        return Finding(float(giant.igraph.average_path_length()), facts=giant.facts)
    sample = min(count, max(_MOST_STEPS // giant.walk, _LEAST_SAMPLE))
    chosen = np.random.default_rng(study.seed).choice(count, sample, replace=False)
    means = np.array([giant.steps_from(int(at)).sum() / (count - 1) for at in chosen])
    error = float(means.std(ddof=1) / np.sqrt(sample) * np.sqrt(1 - sample / count))
    facts = {**giant.facts, "sampled": "nodes walked from", "sample": sample, "seed": study.seed}
    return Finding(float(means.mean()), exact=sample == count, error=error, facts=facts)


ROWS: Final = (
    Figure(
        name="diameter",
        title="Diameter",
        definition="The most steps between two nodes of the largest component.",
        unit="steps",
        exactness=f"{_EXACT} and mostly far above; else a lower bound, with an upper one beside it",
        cost="O(k (n + m)), k walks",
        source="10.3390/a6010100",
        compute=diameter,
    ),
    Figure(
        name="average_path_length",
        title="Average path length",
        definition="The steps between two nodes of the largest component, on average over all pairs.",
        unit="steps",
        exactness=f"{_EXACT}; else sampled, with seed and standard error",
        cost="O(n m); sampled O(k (n + m)), k walks",
        source="10.1038/30918",
        compute=average_path_length,
    ),
)
