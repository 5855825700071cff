"""Second opinions that take more than one call of networkx; `row.by_networkx` makes the plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import MeasureError

from .kernels import largest_component
from .row import Outcome, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx
    import numpy as np
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_ROUNDS: Final = 100_000
_SMALL: Final = 500  # nodes whose whole spectrum is computed
_TOLERANCE: Final = 1e-15  # of the mean change of a value


def component_size(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of nodes of the component."""
    import networkx

    parts = networkx.connected_components(numbered(net))
    return _counted(net, {node: len(part) for part in parts for node in part})


def eccentricity(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Each component by itself: networkx refuses a network in pieces."""
    import networkx

    graph, found = numbered(net), dict[int, int]()
    for part in networkx.connected_components(graph):
        found |= networkx.eccentricity(graph.subgraph(part))
    return _counted(net, found)


def pagerank(
    net: Network,
    sizes: NDArray[Any] | None,
    starts: NDArray[np.float64] | None = None,
    *,
    damping: float,
) -> Outcome:
    """With the shares `starts` as what networkx calls personalization."""
    import networkx
    import numpy as np

    if not len(net):
        return Outcome(np.zeros(0))
    graph = numbered(net, sizes)
    rest = {} if starts is None else {"personalization": dict(enumerate(starts.tolist()))}
    size = None if sizes is None else "size"
    try:
        found = networkx.pagerank(graph, damping, max_iter=1000, tol=1e-15, weight=size, **rest)
    except networkx.PowerIterationFailedConvergence as error:
        raise MeasureError("pagerank", "no convergence") from error
    return Outcome(np.array([found[at] for at in range(len(net))]))


def articulation(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Blocks that meet in a node, less one."""
    import networkx

    found = dict.fromkeys(range(len(net)), 0)
    for at in _all(networkx.biconnected_components(numbered(net))):
        found[at] += 1
    return _counted(net, {at: max(count - 1, 0) for at, count in found.items()})


def bridges(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Ends of bridges."""
    import networkx

    found = dict.fromkeys(range(len(net)), 0)
    for at in _all(networkx.bridges(numbered(net)) if len(net) else ()):
        found[at] += 1
    return _counted(net, found)


def effective_size(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Node by node: networkx 3.6 over all nodes at once divides by the largest weight of the wrong node."""
    import networkx
    import numpy as np

    graph = numbered(net, sizes)
    found = networkx.effective_size(graph, nodes=list(graph), weight=None if sizes is None else "size")
    return Outcome(np.array([found[at] for at in range(len(net))], float))


def k_edge_component(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """The components for each k, as long as any holds two nodes."""
    import networkx
    from networkx.algorithms.connectivity import EdgeComponentAuxGraph

    found = dict.fromkeys(range(len(net)), 0)
    graph = numbered(net)
    for part in networkx.connected_components(graph):
        k, tree = 1, EdgeComponentAuxGraph.construct(graph.subgraph(part)) if len(part) > 1 else None
        while tree is not None and (inside := [c for c in tree.k_edge_components(k) if len(c) > 1]):
            found.update(dict.fromkeys(_all(inside), k))
            k += 1
    return _counted(net, found)


def eigenvector(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """The power method within the largest component. Raises: MeasureError, where it comes too slowly."""
    import networkx
    import numpy as np

    if not net.size:
        return Outcome(np.full(len(net), 1.0 if len(net) == 1 else 0.0))
    inside, facts = largest_component(net)
    part = numbered(net, sizes).subgraph(np.flatnonzero(inside).tolist())
    try:
        values = networkx.eigenvector_centrality(
            part, max_iter=_ROUNDS, tol=_TOLERANCE, weight=None if sizes is None else "size"
        )
    except networkx.PowerIterationFailedConvergence as error:
        raise MeasureError("eigenvector", "no convergence") from error
    found = np.zeros(len(net))
    found[list(values)] = list(values.values())
    return Outcome(found, facts)


def katz(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """The equation solved as a whole. Cost: O(n³)."""
    import networkx
    import numpy as np
    from scipy.sparse.linalg import eigsh

    if len(net) < 2 or not net.size:
        return Outcome(np.full(len(net), len(net) ** -0.5 if len(net) else 0.0))
    weight = None if sizes is None else "size"
    graph = numbered(net, sizes)
    matrix = networkx.to_scipy_sparse_array(graph, weight=weight, dtype=float)
    if len(net) <= _SMALL:
        largest = np.linalg.eigvalsh(matrix.toarray())[-1]
    else:
        largest = eigsh(matrix, 1, which="LA", v0=np.ones(len(net)), return_eigenvectors=False)[0]
    values = networkx.katz_centrality_numpy(graph, alpha=0.9 / float(largest), weight=weight)
    return Outcome(np.array([values[at] for at in range(len(net))]))


def hits(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Each component by itself; those with the largest eigenvalue have values."""
    import networkx
    import numpy as np

    graph = numbered(net, np.ones(len(net.links.ends)) if sizes is None else sizes)
    found = np.zeros(len(net))
    parts = [_hubs(graph.subgraph(part)) for part in networkx.connected_components(graph)]
    most = max((eigenvalue for eigenvalue, _ in parts), default=0.0)
    for eigenvalue, values in parts:
        if eigenvalue >= most * (1 - 1e-10):
            each = np.array(list(values.values()))
            found[list(values)] = each / (each @ each)
    return Outcome(found / found.sum() if len(net) else found)


def _hubs(part: networkx.Graph) -> tuple[float, dict[int, float]]:
    """The largest eigenvalue of a component and the hub values of its nodes.

    A loop at each node moves every eigenvalue by the same and leaves the vectors, so that no round swings.
    """
    import networkx

    if len(part) == 1:
        return 0.0, dict.fromkeys(part, 1.0)
    moved = max(size for _, _, size in part.edges(data="size"))
    looped = networkx.Graph()
    looped.add_weighted_edges_from(part.edges(data="size"))
    looped.add_weighted_edges_from((node, node, moved) for node in part)
    values, _ = networkx.hits(looped, max_iter=_ROUNDS, tol=0, nstart=dict.fromkeys(looped, 1.0))
    flow = 2 * sum(size * values[a] * values[b] for a, b, size in part.edges(data="size"))
    return flow / sum(value * value for value in values.values()), values


def _all(groups: Iterable[Iterable[int]]) -> Iterable[int]:
    return (at for group in groups for at in group)


def _counted(net: Network, found: dict[int, int]) -> Outcome:
    import numpy as np

    return Outcome(np.array([found[at] for at in range(len(net))], np.int64))
