"""How good a partition of a network is, and how much two partitions agree: figures over labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network


def modularity(net: Network, labels: NDArray[Any], resolution: float = 1.0) -> float | None:
    """Return the modularity of a partition over the links' weights; None when the network has no link.

    In [-0.5, 1] at resolution 1: the share of weight inside groups, less what strengths alone would put there.

    Cost: O(n + m).
    Source: M. E. J. Newman, M. Girvan, 10.1103/PhysRevE.69.026113; resolution: J. Reichardt, S. Bornholdt,
        10.1103/PhysRevE.74.016110.

    Example:
        >>> import networkx, numpy
        >>> from collegium.graph.network import network_of
        >>> round(modularity(network_of(networkx.path_graph("abcd")), numpy.array([0, 0, 1, 1])), 6)
        0.166667
    """
    import numpy as np

    twice = float(net.weights.sum())
    if not twice:
        return None
    inside = float(net.weights[_is_inside(net, labels)].sum())
    strengths = np.bincount(labels, net.sums(net.weights))
    return inside / twice - resolution * float(((strengths / twice) ** 2).sum())


def cpm_quality(net: Network, labels: NDArray[Any], resolution: float) -> float:
    """Return the constant Potts value of a partition: weight inside groups, less `resolution` for each pair inside.

    Cost: O(n + m).
    Source: V. A. Traag, P. Van Dooren, Y. Nesterov, 10.1103/PhysRevE.84.016114.
    """
    import numpy as np

    sizes = np.bincount(labels).astype(float)
    inside = float(net.weights[_is_inside(net, labels)].sum()) / 2
    return inside - resolution * float((sizes * (sizes - 1) / 2).sum())


def _is_inside(net: Network, labels: NDArray[Any]) -> NDArray[Any]:
    found: NDArray[Any] = labels[net.links.number] == labels[net.links.ends]
    return found


def normalised_information(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Return the normalised mutual information of two labellings, in [0, 1]; 1 when both are one group.

    Twice the mutual information over the sum of both entropies.

    Cost: O(n log n).
    Source: L. Danon et al., 10.1088/1742-5468/2005/09/P09008.

    Example:
        >>> import numpy
        >>> normalised_information(numpy.array([0, 0, 1, 1]), numpy.array([5, 5, 2, 2]))
        1.0
    """
    both, ones, others, count = _table(one, other)
    entropies = _entropy(ones, count) + _entropy(others, count)
    if not entropies:
        return 1.0
    shared = entropies - _entropy(both, count)
    return min(1.0, max(0.0, 2 * shared / entropies))


def adjusted_rand(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Return the Rand index of two labellings corrected for chance: 1 for equal ones, about 0 for unrelated ones.

    Cost: O(n log n).
    Source: L. Hubert, P. Arabie, 10.1007/BF01908075.

    Example:
        >>> import numpy
        >>> round(adjusted_rand(numpy.array([0, 0, 1, 1]), numpy.array([0, 1, 0, 1])), 9)
        -0.5
    """
    both, ones, others, count = _table(one, other)
    together, first, second = _pairs(both), _pairs(ones), _pairs(others)
    by_chance = first * second / max(count * (count - 1) / 2, 1)
    most = (first + second) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def _table(one: NDArray[Any], other: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], int]:
    """How many nodes bear each pair of labels that occurs, each label of one, and each of the other."""
    import numpy as np

    (one, ones), (other, others) = (
        np.unique(labels, return_inverse=True, return_counts=True)[1:] for labels in (one, other)
    )
    pairs = one.astype(np.int64) * (len(others) + 1) + other
    return np.unique(pairs, return_counts=True)[1], ones, others, len(one)


def _entropy(counts: NDArray[Any], count: int) -> float:
    import numpy as np

    shares = np.sort(counts) / count  # sorted: labels of another name give the same sum to the last digit
    return float(-(shares * np.log(shares)).sum()) + 0.0


def _pairs(counts: NDArray[Any]) -> float:
    counts = counts.astype(float)
    return float((counts * (counts - 1) / 2).sum())
