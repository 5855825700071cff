"""The ways to part a network into communities: each gives the label of every node, and which engine found it.

igraph does it; without igraph, networkx, where it knows the way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from .chance import igraph_seeded
from .errors import LibraryMissing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .network import Network

MODULARITY: Final = "modularity"
CPM: Final = "cpm"


@dataclass(frozen=True, slots=True)
class Engine:
    """A row of `METHODS`: what it is called for people, its objectives (none: it has nothing to set), its source."""

    title: str
    objectives: tuple[str, ...]
    source: str
    find: Callable[[Network, str | None, float | None, int], tuple[NDArray[Any], str]]


def _leiden(net: Network, objective: str | None, resolution: float | None, seed: int) -> _Found:
    try:
        with igraph_seeded(seed):
            found = net.igraph.community_leiden(
                objective_function="CPM" if objective == CPM else "modularity",
                weights=_weights(net),
                resolution=resolution,
                n_iterations=-1,
            )
    except ImportError:
        if objective == CPM:
            raise LibraryMissing("the objective cpm", "python-igraph") from None
        return _by_networkx(net, "louvain_communities", seed=seed, resolution=resolution)
    return _labels(found.membership), "igraph"


def _propagated(net: Network, objective: str | None, resolution: float | None, seed: int) -> _Found:
    try:
        with igraph_seeded(seed):
            found = net.igraph.community_label_propagation(weights=_weights(net))
    except ImportError:
        return _by_networkx(net, "asyn_lpa_communities", seed=seed)
    return _labels(found.membership), "igraph"


_Found = tuple["NDArray[Any]", str]

METHODS: Final[Mapping[str, Engine]] = MappingProxyType(
    {
        "leiden": Engine("Leiden", (MODULARITY, CPM), "10.1038/s41598-019-41695-z", _leiden),
        "label-propagation": Engine("Label propagation", (), "10.1103/PhysRevE.76.036106", _propagated),
    }
)


def title_of(method: str, engine: str) -> str:
    """Return what was used, for people: networkx has Louvain where igraph has Leiden."""
    return "Louvain" if (method, engine) == ("leiden", "networkx") else METHODS[method].title


def _weights(net: Network) -> list[float] | None:
    return net.listed(net.weights) or None


def _labels(membership: list[int]) -> NDArray[Any]:
    import numpy as np

    return np.array(membership, np.int32)


def _by_networkx(net: Network, function: str, **settings: Any) -> _Found:
    import networkx
    import numpy as np

    graph = networkx.Graph()
    graph.add_nodes_from(range(len(net)))
    weights = net.per_pair(net.weights).astype(float).tolist()
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in zip(net.pairs.tolist(), weights, strict=True))
    labels = np.zeros(len(net), np.int32)
    found = getattr(networkx.community, function)(graph, weight="weight", **settings)
    for label, part in enumerate(found):
        labels[list(part)] = label
    return labels, "networkx"
