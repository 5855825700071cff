"""Measures that solve an equation over the whole network: PageRank, eigenvector, Katz, HITS."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.errors import MeasureError

from . import second
from .kernels import largest_component
from .row import COMPUTED, Measure, Outcome

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-12  # networkx's own 1e-6 is up to 8 % off at single nodes
_NEAR: Final = 1e-14  # of what conjugate gradients leave over
_ROUNDS: Final = 1000
_KATZ_SHARE: Final = 0.9  # alpha as a share of 1/lambda_max; at 1 the sum no longer converges
_TIE: Final = 1e-10  # eigenvalues that differ less are one
_DENSE_UP_TO: Final = 300  # nodes; below, LAPACK on the full matrix is faster than ARPACK and never fails


def pagerank(net: Network, sizes: NDArray[Any] | None, starts: NDArray[np.float64] | None = None) -> Outcome:
    """Where a walker is found who follows links, and jumps with probability 0.15: anywhere, or by the shares `starts`.

    From a node without links every step is a jump. Links go both ways, so that conjugate gradients come near in a third
    of the rounds; rounds of the walk itself go on from there until the summed change is below the tolerance.
    """
    import numpy as np

    if not len(net):
        return Outcome(np.zeros(0))
    given = np.ones(len(net.links.ends)) if sizes is None else sizes.astype(float)
    strengths = net.sums(given)
    alone = strengths == 0
    jump = np.full(len(net), 1 / len(net)) if starts is None else starts
    roots = np.sqrt(np.where(alone, 1.0, strengths))
    even = net.matrix(given * (_DAMPING / roots[net.links.number]) / roots[net.links.ends])
    values = roots * _solved(even, jump / roots)
    if not np.isfinite(values).all():  # weights so far apart that their products leave the range of a float
        values = jump.copy()
    values /= values.sum()
    for _ in range(_ROUNDS):
        jumps = (1 - _DAMPING) * values.sum() + _DAMPING * values[alone].sum()
        last, values = values, roots * (even @ (values / roots)) + jumps * jump
        if np.abs(values - last).sum() <= _TOLERANCE:
            return Outcome(values / values.sum())
    raise MeasureError("pagerank", f"no convergence in {_ROUNDS} rounds")


def _solved(even: Any, wanted: NDArray[Any]) -> NDArray[Any]:
    """Return x of x - even x = wanted, as near as rounding lets it come.

    Source: M. Hestenes, E. Stiefel 1952, 10.6028/jres.049.044.
    """
    import numpy as np

    found, left = wanted.copy(), even @ wanted
    way, size = left.copy(), _squared(left)
    enough = _squared(wanted) * _NEAR**2
    for _ in range(_ROUNDS):
        if not size > enough:
            break
        step = even @ way
        np.subtract(way, step, out=step)
        share = size / np.einsum("i,i", way, step)
        found += share * way
        step *= share
        left -= step
        last, size = size, _squared(left)
        way *= size / last
        way += left
    return found


def _squared(vector: NDArray[Any]) -> float:
    """The square of its length. Not by @: BLAS would wake its threads for this, and twice the CPU goes by."""
    import numpy as np

    return float(np.einsum("i,i", vector, vector))


def eigenvector(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Leading eigenvector of the largest component, of length 1; 0 in all other components.

    Of several largest components the one with most links is taken, then the one with the first IRI.
    Without any link every value is 0, but 1 for a node alone in its network.
    """
    import numpy as np

    if not net.size:
        return Outcome(np.full(len(net), 1.0 if len(net) == 1 else 0.0))
    inside, facts = largest_component(net)
    rows, kept = net.among(inside)
    _, vector = _leading(rows.matrix(len(rows), None if sizes is None else sizes[kept]), "eigenvector")
    found = np.zeros(len(net))
    found[inside] = np.abs(vector)
    return Outcome(found, facts)


def katz(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Walks that end at a node, those of length l counted alpha^l, scaled to length 1; alpha in the facts."""
    import numpy as np

    if not len(net):
        return Outcome(np.zeros(0))
    matrix = net.matrix(None if sizes is None else sizes.astype(float))
    alpha = _KATZ_SHARE / _leading(matrix, "katz")[0] if net.size else 0.0
    walks = _solved(alpha * matrix, np.ones(len(net)))
    for _ in range(_ROUNDS):
        last, walks = walks, alpha * (matrix @ walks) + 1.0
        if np.abs(walks - last).max() <= 0.1 * _TOLERANCE * walks.max():
            return Outcome(walks / np.linalg.norm(walks), {"alpha": alpha})
    raise MeasureError("katz", f"no convergence in {_ROUNDS} rounds")


def hits(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Hub values, which are authority values here: without direction the two are one. They add up to 1.

    Of equal start values the part that lies along the largest eigenvalue of the whole network: only the component
    with that eigenvalue, the one with the densest middle, has values above 0; several that share it have each theirs.
    Where every link leads between two sides Kleinberg's rounds swing for ever; taken is what lies between.
    """
    import numpy as np

    found = np.zeros(len(net))
    matrix = net.matrix(None if sizes is None else sizes.astype(float))
    leading: list[tuple[float, Any, Any]] = []
    for nodes in _candidates(net, matrix):
        eigenvalue, vector = (
            _leading(matrix[nodes][:, nodes], "hits") if len(nodes) > 1 else (0.0, np.ones(1))
        )
        leading.append((eigenvalue, nodes, np.abs(vector)))
    most = max((row[0] for row in leading), default=0.0)
    chosen = [row for row in leading if row[0] >= most * (1 - _TIE)]
    for _, nodes, vector in chosen:
        found[nodes] = vector * vector.sum()
    facts = {
        "eigenvalue": most,
        "components": len(chosen),
        "component_nodes": sum(len(n) for _, n, _ in chosen),
    }
    return Outcome(found / found.sum() if len(net) else found, facts)


def _candidates(net: Network, matrix: Any) -> list[Any]:
    """The components whose largest eigenvalue may be the largest of all, as numbers of their nodes.

    The eigenvalue is at most the largest strength, at least the mean one, and at least the length of any row.
    """
    import numpy as np

    if not len(net):
        return []
    count = int(net.components.max()) + 1
    strengths = np.asarray(matrix.sum(axis=1)).ravel()
    most, least = np.zeros(count), np.zeros(count)
    np.maximum.at(most, net.components, strengths)
    np.maximum.at(least, net.components, np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()))
    mean = np.bincount(net.components, strengths) / np.bincount(net.components)
    kept = most >= np.maximum(least, mean).max() * (1 - _TIE)
    order = np.argsort(net.components, kind="stable")
    ends = np.cumsum(np.bincount(net.components))
    return [
        order[end - size : end]
        for end, size in zip(ends[kept], np.bincount(net.components)[kept], strict=True)
    ]


def _leading(matrix: Any, measure: str) -> tuple[float, Any]:
    """The largest eigenvalue of a symmetric matrix and its vector, of length 1."""
    import numpy as np

    if matrix.shape[0] <= _DENSE_UP_TO:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[-1]), vectors[:, -1]
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    try:  # v0 is fixed because ARPACK starts at random otherwise and the last digits would differ
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(matrix.shape[0]))
    except ArpackNoConvergence as error:
        raise MeasureError(measure, "the largest eigenvalue was not found") from error
    return float(values[0]), vectors[:, 0]


ROWS: Final = (
    Measure(
        name="eigenvector",
        title="Eigenvector",
        definition="Someone counts for as much as those they are linked to, added up.",
        unit="share of a vector of length 1",
        range="0 to 1; 0 outside the largest component, and for several without any link; 1 for a node alone",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1086/228631",
        basis=COMPUTED,
        engines={"scipy": eigenvector, "networkx": second.eigenvector},
        settings={"component": "largest, then most links, then first IRI"},
    ),
    Measure(
        name="pagerank",
        title="PageRank",
        definition="How often a walker comes by who follows links at random and sometimes jumps anywhere, or back to "
        "chosen nodes.",
        unit="probability; all nodes add up to 1",
        range="above 0, at most 1",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1016/S0169-7552(98)00110-X",
        basis=COMPUTED,
        engines={
            "scipy": pagerank,
            "networkx": partial(second.pagerank, damping=_DAMPING),
        },
        around={"scipy": pagerank, "networkx": partial(second.pagerank, damping=_DAMPING)},
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
        engines={"scipy": katz, "networkx": second.katz},
        settings={"alpha_times_lambda_max": _KATZ_SHARE, "beta": 1.0, "tolerance": _TOLERANCE},
    ),
    Measure(
        name="hits",
        title="HITS",
        definition=(
            "How much someone is linked to those who are linked to the same others; hub and authority are one here."
        ),
        unit="share; all nodes add up to 1",
        range="0 to 1; 0 outside the component with the largest eigenvalue",
        weight="strength",
        default_weight="none",
        cost="O(k (n + m)), k rounds",
        source="10.1145/324133.324140",
        basis=COMPUTED,
        engines={"scipy": hits, "networkx": second.hits},
        settings={"component": "largest eigenvalue"},
    ),
)
