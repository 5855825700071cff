"""What a measure is: one row of `MEASURES`, and what its engines give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from collegium.graph.errors import MeasureError

from .sample import Sample

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    from collegium.graph.network import Network

Value = int | float | None

COMPUTED: Final = "computed"
REPORTED: Final = "reported"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value per node (nan: not defined there), and what else must be said of the run."""

    values: NDArray[Any]
    facts: Mapping[str, object] = field(default_factory=dict)


# Takes the network and the sizes of its links, beside `links.ends` (None: every link counts 1).
Engine = Callable[["Network", "NDArray[Any] | None"], Outcome]


class Sampled(Protocol):
    """The same from a sample of nodes; its facts say how far off it may be."""

    def __call__(self, net: Network, sizes: NDArray[Any] | None, sample: Sample) -> Outcome:
        """Return a value per node."""


class Personal(Protocol):
    """The same with chosen nodes in the middle."""

    def __call__(
        self, net: Network, sizes: NDArray[Any] | None, starts: NDArray[np.float64] | None = None
    ) -> Outcome:
        """Return a value per node; `starts` are shares of the nodes, 1 together."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number per node.

    - `unit`, `range`: of the value, n nodes
    - `weight`: what of a link it takes when weighted, "strength" (`weight`), "distance", or "none"
    - `default_weight`: "none", or "full" for a measure that means nothing without weights
    - `cost`: in nodes n and links m
    - `source`: DOI of the definition
    - `basis`: "computed" from the network, or "reported" by a source
    - `engines`: name -> function, the first is the default; empty for reported measures
    - `grows`: whether a value can only grow when hidden authors become known (then a cut list makes it a
      lower bound)
    - `most_nodes`: of the largest network that it is computed on exactly; None for any
    - `sampled`: the same from a sample of nodes, by igraph; None where there is no such thing
    - `around`: the same around chosen nodes, by engine; empty where there is no such thing
    - `settings`: parameters fixed by us, part of every answer
    - `of_papers`: made of the papers of authors, and so not defined on a network without them
    """

    name: str
    title: str
    definition: str
    unit: str
    range: str
    weight: str
    default_weight: str
    cost: str
    source: str
    basis: str
    engines: Mapping[str, Engine]
    grows: bool = False
    most_nodes: int | None = None
    sampled: Sampled | None = None
    around: Mapping[str, Personal] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    of_papers: bool = False

    def is_weighted(self, weight: str | None) -> bool:
        """Return whether the sizes of links count, where that weight is asked for (None: the measure's own)."""
        if self.weight == "none" or weight == "none":
            return False
        return weight is not None or self.default_weight != "none"


def by_networkx(name: str, attribute: str | None = None, **settings: object) -> Engine:
    """Return networkx's own function as an engine: the second opinion.

    Args:
        attribute: the argument that names what of a link is taken; None for a function that takes nothing.
    """

    def values(net: Network, sizes: NDArray[Any] | None) -> Outcome:
        import networkx
        import numpy as np

        if not len(net):
            return Outcome(np.zeros(0))
        graph = numbered(net, sizes)
        taken = {} if attribute is None else {attribute: None if sizes is None else "size"}
        try:
            found = dict(getattr(networkx, name)(graph, **taken, **settings))
        except networkx.PowerIterationFailedConvergence as error:
            raise MeasureError(name, "no convergence") from error
        return Outcome(np.array([found.get(at, np.nan) for at in range(len(net))]))

    return values


def numbered(net: Network, sizes: NDArray[Any] | None = None) -> networkx.Graph:
    """Return a network for networkx, with numbers for nodes and the sizes as `size`.

    A set of texts has another order in each process, and the last digit of a sum follows the order.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(len(net)))
    if sizes is None:
        graph.add_edges_from(net.pairs.tolist())
    else:
        pairs, each = net.pairs.tolist(), net.per_pair(sizes).tolist()
        graph.add_weighted_edges_from(
            ((a, b, size) for (a, b), size in zip(pairs, each, strict=False)), "size"
        )
    return graph
