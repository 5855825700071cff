"""Path measures from a sample of nodes: betweenness, closeness, harmonic, each with what is known of its error.

Pivots are walked from in batches. What the batches say apart is how far chance carries each value; and each value is a
mean of numbers between known ends, which bounds the error of all of them at once, whatever the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from .row import Outcome
from .sample import CONFIDENCE, Sample, hoeffding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_BATCHES: Final = 10
_AT_ONCE: Final = 4_000_000  # distances held at the same time: 32 MB


def betweenness(net: Network, sizes: NDArray[Any] | None, sample: Sample) -> Outcome:
    """Share of shortest paths between two others that pass through a node, from pivots to all.

    A pivot is no path's inside when it is its beginning: of k pivots it has seen k - 1. One pivot alone knows nothing
    of itself: its value is not defined.

    Source: Brandes and Pich 2007, 10.1142/S0218127407018403; scaled as networkx does (`k`), which divides a pivot by
    (k-1)(n-2) and any other by k(n-2).
    """
    import numpy as np

    pivots, weights = sample.pivots(len(net)), net.listed(sizes)
    parts = [
        # igraph counts a pair of ends once where the network has no directions: half of what comes from a pivot.
        2 * np.array(net.igraph.betweenness(directed=False, weights=weights, sources=batch), float)
        for batch in _batches(pivots)
    ]
    seen = np.full(len(net), float(sample.size))
    seen[pivots] -= 1
    others = max(len(net) - 2, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (
            np.where(seen > 0, sum(parts) / (seen * others), np.nan) if len(net) > 2 else np.zeros(len(net))
        )
    shares = [part / (len(batch) * others) for part, batch in zip(parts, _batches(pivots), strict=True)]
    return Outcome(values, _facts(sample, values, shares, _bound(net, sample)))


def harmonic(net: Network, sizes: NDArray[Any] | None, sample: Sample) -> Outcome:
    """Sum of 1/distance to all others: that to the pivots, times the others over the pivots among them.

    Source: Eppstein and Wang 2004, 10.7155/jgaa.00081, with 1/distance in the place of distance.
    """
    import numpy as np

    pivots = sample.pivots(len(net))
    others = len(net) - 1
    parts, shares = [], []
    for batch, near in _distances(net, sizes, pivots):
        with np.errstate(divide="ignore"):
            close = np.where(near > 0, 1 / near, 0.0)
        parts.append(close.sum(axis=0))
        shares.append(others * parts[-1] / len(batch))
    seen = np.full(len(net), float(sample.size))
    seen[pivots] -= 1
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(seen > 0, others * sum(parts) / seen, np.nan)
    nearest = 1.0 if sizes is None or not len(sizes) else 1 / float(sizes.min())
    bound = others * nearest * _bound(net, sample)
    return Outcome(values, _facts(sample, values, shares, bound))


def closeness(net: Network, sizes: NDArray[Any] | None, sample: Sample) -> Outcome:
    """1 / mean distance to the pivots that are reached, times the share of all that are reached.

    Who is reached is known: the component. Not defined in a component without another pivot.

    Source: Eppstein and Wang 2004, 10.7155/jgaa.00081; reconciled with networkx as the exact one.
    """
    import numpy as np

    pivots = sample.pivots(len(net))
    reached = np.bincount(net.components)[net.components]
    share = (reached - 1) / max(len(net) - 1, 1)
    sums, counts = np.zeros(len(net)), np.zeros(len(net))
    shares = []
    for _, near in _distances(net, sizes, pivots):
        is_near = np.isfinite(near) & (near > 0)
        there = np.where(is_near, near, 0.0).sum(axis=0), is_near.sum(axis=0)
        shares.append(_inverse(*there) * share)
        sums, counts = sums + there[0], counts + there[1]
    values = np.where(reached > 1, _inverse(sums, counts) * share, 0.0)
    unknown = int(np.isnan(values).sum())
    facts = _facts(sample, values, shares, None) | {"nodes_without_pivot": unknown}
    return Outcome(values, facts)


def _bound(net: Network, sample: Sample) -> float:
    """Return the bound of a mean: of a pivot it is one over the others among them."""
    seen = sample.size if sample.size >= len(net) else max(sample.size - 1, 1)
    return hoeffding(len(net), seen, len(net))


def _inverse(sums: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
    """Return 1 / mean; nan where nothing was counted."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[Any] = counts / sums
    return found


def _batches(pivots: list[int]) -> list[list[int]]:
    """Return the pivots in at most ten parts of about one size, in their order."""
    many = min(_BATCHES, len(pivots))
    return [pivots[len(pivots) * at // many : len(pivots) * (at + 1) // many] for at in range(many)]


def _distances(
    net: Network, sizes: NDArray[Any] | None, pivots: list[int]
) -> Iterator[tuple[list[int], NDArray[np.float64]]]:
    """Yield pivots and a row of distances for each; so many at once that they fit in memory."""
    import numpy as np

    weights = net.listed(sizes)
    most = max(1, _AT_ONCE // max(len(net), 1))
    for batch in _batches(pivots):
        for first in range(0, len(batch), most):
            part = batch[first : first + most]
            yield part, np.array(net.igraph.distances(source=part, weights=weights), float)


def _facts(
    sample: Sample, values: NDArray[Any], shares: list[NDArray[Any]], bound: float | None
) -> dict[str, object]:
    """Return what a sampled answer says of itself.

    `standard_error`: of the node with the largest value, over the batches. `bound`: no value is further off, with the
    confidence that stands beside it.
    """
    import numpy as np

    error: dict[str, object] = {
        "standard_error": None,
        "standard_error_of": "the largest value, over batches of pivots",
    }
    if bound is not None:
        error |= {"bound": bound, "confidence": CONFIDENCE, "bound_by": "Hoeffding, for all nodes at once"}
    known = np.flatnonzero(~np.isnan(values))
    if len(shares) > 1 and len(known):
        top = known[np.argmax(values[known])]
        of_top = np.array([share[top] for share in shares])
        of_top = of_top[~np.isnan(of_top)]
        if len(of_top) > 1:
            error["standard_error"] = float(of_top.std(ddof=1) / np.sqrt(len(of_top)))
    return {"exact": sample.size >= len(values), "sample": sample.size, "seed": sample.seed, "error": error}
