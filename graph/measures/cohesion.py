"""How tightly a node's surroundings hold together: core number, clustering, triangles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .kernels import core_numbers
from .row import COMPUTED, Measure, Outcome, by_networkx
from .triangles import triangle_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network


def core_number(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Largest k such that the node is in a part where everyone has k neighbours."""
    return Outcome(core_numbers(net))


def core_number_by_igraph(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """The same by igraph."""
    import numpy as np

    return Outcome(np.array(net.igraph.coreness(), np.int64))


def clustering(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Share of pairs of neighbours that are linked; 0 with fewer than two neighbours.

    Source: weighted, J.-P. Onnela et al., 10.1103/PhysRevE.71.065103; weights are divided by the largest.
    """
    import numpy as np

    given = None if sizes is None or not net.size else np.cbrt(sizes / sizes.max())
    pairs = net.degrees * (net.degrees - 1.0)
    return Outcome(np.divide(2.0 * triangle_sums(net, given), pairs, out=np.zeros(len(net)), where=pairs > 0))


def triangles(net: Network, sizes: NDArray[Any] | None) -> Outcome:
    """Number of pairs of neighbours that are linked."""
    import numpy as np

    if not net.size:
        return Outcome(np.zeros(len(net), np.int64))
    shares = np.array(net.igraph.transitivity_local_undirected(mode="zero"), float)
    return Outcome(np.rint(shares * (net.degrees * (net.degrees - 1) // 2)).astype(np.int64))


ROWS: Final = (
    Measure(
        name="core_number",
        title="Core number",
        definition="The largest k such that someone is in a group where each has k links inside the group.",
        unit="links",
        range="0 to n-1",
        weight="none",
        default_weight="none",
        cost="O(n + m)",
        source="10.1016/0378-8733(83)90028-X",
        basis=COMPUTED,
        engines={
            "numpy": core_number,
            "igraph": core_number_by_igraph,
            "networkx": by_networkx("core_number"),
        },
        grows=True,
    ),
    Measure(
        name="clustering",
        title="Clustering",
        definition="The share of pairs of someone's neighbours who are linked themselves; 0 below two.",
        unit="share of pairs of neighbours; weighted: each triangle counts the geometric mean of its weights",
        range="0 to 1",
        weight="strength",
        default_weight="none",
        cost="O(m^1.5) at most",
        source="10.1038/30918",
        basis=COMPUTED,
        engines={"scipy": clustering, "networkx": by_networkx("clustering", "weight")},
    ),
    Measure(
        name="triangles",
        title="Triangles",
        definition="How many pairs of someone's neighbours are linked themselves.",
        unit="triangles",
        range="0 to (n-1)(n-2)/2",
        weight="none",
        default_weight="none",
        cost="O(sum of degree²)",
        source="10.1137/S003614450342480",
        basis=COMPUTED,
        engines={"igraph": triangles, "networkx": by_networkx("triangles")},
        grows=True,
    ),
)
