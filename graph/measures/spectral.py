"""Measures that solve an equation over the whole network: PageRank, eigenvector, Katz."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import MeasureError

from .row import COMPUTED, Measure, Outcome

if TYPE_CHECKING:
    import networkx

_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-12  # networkx's own 1e-6 is up to 8 % off at single nodes
_ROUNDS: Final = 1000
_KATZ_SHARE: Final = 0.9  # alpha as a share of 1/lambda_max; at 1 the sum no longer converges
_DENSE_UP_TO: Final = 300  # nodes; below, LAPACK on the full matrix is faster than ARPACK and never fails


def pagerank(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Where a walker is found who follows links, and jumps anywhere with probability 0.15."""
    import networkx

    if not graph:
        return Outcome({})
    # networkx stops at a summed error of n * tol: dividing makes it the error of the whole vector.
    each = _TOLERANCE / graph.number_of_nodes()
    try:
        values = networkx.pagerank(graph, alpha=_DAMPING, weight=weight, tol=each, max_iter=_ROUNDS)
    except networkx.PowerIterationFailedConvergence as error:
        raise MeasureError("pagerank", f"no convergence in {_ROUNDS} rounds") from error
    return Outcome(values)


def eigenvector(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Leading eigenvector of the largest component, of length 1; 0 in all other components.

    Of several largest components the one with most links is taken, then the one with the first IRI.
    Without any link every value is 0, but 1 for a node alone in its network.
    """
    import networkx

    if graph.number_of_edges() == 0:
        return Outcome(dict.fromkeys(graph, 1.0 if len(graph) == 1 else 0.0))
    parts = sorted(
        networkx.connected_components(graph),
        key=lambda part: (-len(part), -graph.subgraph(part).number_of_edges(), min(map(str, part))),
    )
    inside = [node for node in graph if node in parts[0]]
    _, vector = _leading(_matrix(graph.subgraph(inside), inside, weight), "eigenvector")
    found = {node: abs(float(x)) for node, x in zip(inside, vector, strict=True)}
    facts = {
        "component_nodes": len(inside),
        "components": len(parts),
        "components_of_that_size": sum(len(part) == len(inside) for part in parts),
    }
    return Outcome({node: found.get(node, 0.0) for node in graph}, facts)


def katz(graph: networkx.Graph, weight: str | None) -> Outcome:
    """Walks that end at a node, those of length l counted alpha^l, scaled to length 1; alpha in the facts."""
    import numpy

    if not graph:
        return Outcome({})
    nodes = list(graph)
    matrix = _matrix(graph, nodes, weight)
    alpha = 0.0
    if graph.number_of_edges():
        alpha = _KATZ_SHARE / _leading(matrix, "katz")[0]
    walks = numpy.ones(len(nodes))
    for _ in range(_ROUNDS):
        last, walks = walks, alpha * (matrix @ walks) + 1.0
        if numpy.abs(walks - last).max() <= 0.1 * _TOLERANCE * walks.max():
            break
    else:
        raise MeasureError("katz", f"no convergence in {_ROUNDS} rounds")
    walks = walks / numpy.linalg.norm(walks)
    values = {node: float(x) for node, x in zip(nodes, walks, strict=True)}
    return Outcome(values, {"alpha": alpha})


def _matrix(graph: networkx.Graph, nodes: list[str], weight: str | None) -> Any:
    import networkx

    return networkx.to_scipy_sparse_array(graph, nodelist=nodes, weight=weight, dtype=float, format="csr")


def _leading(matrix: Any, measure: str) -> tuple[float, Any]:
    """The largest eigenvalue of a symmetric matrix and its vector, of length 1."""
    import numpy

    if matrix.shape[0] <= _DENSE_UP_TO:
        values, vectors = numpy.linalg.eigh(matrix.toarray())
        return float(values[-1]), vectors[:, -1]
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    try:  # v0 is fixed because ARPACK starts at random otherwise and the last digits would differ
        values, vectors = eigsh(matrix, k=1, which="LA", v0=numpy.ones(matrix.shape[0]))
    except ArpackNoConvergence as error:
        raise MeasureError(measure, "the largest eigenvalue was not found") from error
    return float(values[0]), vectors[:, 0]


ROWS: Final = (
    Measure(
        name="eigenvector",
        title="Eigenvector",
        definition="Someone counts for as much as those they are linked to, added up.",
        unit="share of a vector of length 1",
        range="0 to 1; 0 outside the largest component",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1086/228631",
        basis=COMPUTED,
        engines={"scipy": eigenvector},
        settings={"component": "largest, then most links, then first IRI"},
    ),
    Measure(
        name="pagerank",
        title="PageRank",
        definition="How often a walker comes by who follows links at random and sometimes jumps anywhere.",
        unit="probability; all nodes add up to 1",
        range="above 0, at most 1",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1016/S0169-7552(98)00110-X",
        basis=COMPUTED,
        engines={"networkx": pagerank},
        settings={"damping": _DAMPING, "tolerance": _TOLERANCE},
    ),
    Measure(
        name="katz",
        title="Katz",
        definition="How many walks lead to someone, long ones counting less.",
        unit="share of a vector of length 1",
        range="above 0, at most 1",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1007/BF02289026",
        basis=COMPUTED,
        engines={"scipy": katz},
        settings={"alpha_times_lambda_max": _KATZ_SHARE, "beta": 1.0, "tolerance": _TOLERANCE},
    ),
)
