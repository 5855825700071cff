"""What NetworkX computes round by round, by its own rounds: the answer depends on the tolerance and where it begins."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import networkx
import numpy as np
from numpy.typing import NDArray

from .asked import by_node, refuse, sizes_of
from .graph import CompactGraph

_Vector = NDArray[Any]


def pagerank(
    G: CompactGraph,
    alpha: float = 0.85,
    personalization: Any = None,
    max_iter: int = 100,
    tol: float = 1e-06,
    nstart: Any = None,
    weight: Any = "weight",
    dangling: Any = None,
) -> dict[Hashable, float]:
    """`networkx.pagerank`, but for `personalization`, `nstart` and `dangling`."""
    refuse("pagerank", G, personalization=personalization, nstart=nstart, dangling=dangling, weight=weight)
    net, sizes = G.network, sizes_of(G, weight)
    given = np.ones(len(net.links.ends)) if sizes is None else sizes.astype(float)
    strengths = net.sums(given)
    walk = net.matrix(
        given / strengths[net.links.ends]
    )  # the way back: the matrix of links is its own mirror
    alone, even = strengths == 0, 1 / len(net)

    def step(values: _Vector) -> _Vector:
        found: _Vector = alpha * (walk @ values + values[alone].sum() * even) + (1 - alpha) * even
        return found

    return _rounds(G, step, np.full(len(net), even), max_iter, len(net) * tol)


def eigenvector_centrality(
    G: CompactGraph,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[Hashable, float] | None = None,
    weight: Any = None,
) -> dict[Hashable, float]:
    """`networkx.eigenvector_centrality`."""
    refuse("eigenvector_centrality", G, weight=weight)
    matrix = G.network.matrix(_floats(G, weight))
    start = _start(G, nstart, 1.0)
    if not start.any():
        raise networkx.NetworkXError("initial vector cannot have all zero values")

    def step(values: _Vector) -> _Vector:
        found: _Vector = values + matrix @ values
        return found / (_length(found) or 1)

    return _rounds(G, step, start / start.sum(), max_iter, len(G) * tol)


def katz_centrality(
    G: CompactGraph,
    alpha: float = 0.1,
    beta: Any = 1.0,
    max_iter: int = 1000,
    tol: float = 1.0e-6,
    nstart: Mapping[Hashable, float] | None = None,
    normalized: bool = True,
    weight: Any = None,
) -> dict[Hashable, float]:
    """`networkx.katz_centrality`, with one number as `beta`."""
    refuse("katz_centrality", G, beta=beta, weight=weight)
    matrix, beta = G.network.matrix(_floats(G, weight)), float(beta)

    def step(values: _Vector) -> _Vector:
        found: _Vector = alpha * (matrix @ values) + beta
        return found

    def shown(values: _Vector) -> _Vector:
        return values / (_length(values) or 1) if normalized else values

    return _rounds(G, step, _start(G, nstart, 0.0), max_iter, len(G) * tol, shown)


def _rounds(
    graph: CompactGraph,
    step: Callable[[_Vector], _Vector],
    values: _Vector,
    most: int,
    enough: float,
    shown: Callable[[_Vector], _Vector] = lambda values: values,
) -> dict[Hashable, float]:
    """Go on until the summed change is below what is enough. Raises: PowerIterationFailedConvergence."""
    for _ in range(most):
        last, values = values, step(values)
        if np.abs(values - last).sum() < enough:
            return by_node(graph, shown(values))
    raise networkx.PowerIterationFailedConvergence(most)


def _floats(graph: CompactGraph, weight: str | None) -> _Vector:
    sizes = sizes_of(graph, weight)
    return np.ones(len(graph.network.links.ends)) if sizes is None else sizes.astype(float)


def _start(graph: CompactGraph, nstart: Mapping[Hashable, float] | None, rest: float) -> _Vector:
    """Where the rounds begin. Raises: NotImplementedError unless each node has its number."""
    if nstart is None:
        return np.full(len(graph), rest)
    try:
        return np.array([nstart[label] for label in graph.labels], float)
    except (KeyError, TypeError, ValueError):
        raise NotImplementedError("nstart that does not give each node a number") from None


def _length(values: _Vector) -> float:
    return float(np.sqrt((values * values).sum()))
