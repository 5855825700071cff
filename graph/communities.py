"""Communities of a network: groups that write more inside than across, found by a seeded method."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .community_engines import CPM, METHODS, MODULARITY
from .errors import ParameterError, UnknownName
from .frames import frame
from .made import Made
from .partition_scores import adjusted_rand, cpm_quality, modularity, normalised_information

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray

    from .network import Network
    from .nodes import Nodes

_LARGEST_SEED: Final = 2**32 - 1
_MOST_SEEDS: Final = 100
# What an objective takes when nobody says: of CPM, groups whose pairs share 0.05 papers on average.
_RESOLUTIONS: Final = {MODULARITY: 1.0, CPM: 0.05}


@dataclass(frozen=True, slots=True)
class Way:
    """How communities are looked for. What is not given is filled in: `objective` and `resolution` of Leiden.

    - `method`: "leiden" or "label-propagation", which has neither objective nor resolution
    - `objective`: "modularity" or "cpm" (constant Potts model)
    - `resolution`: above 0, more gives smaller groups; 1 by default, 0.05 for cpm (least mean weight of a pair inside)
    - `seed`: of the generator, 0 to 2**32 - 1

    Raises: UnknownName, ParameterError.
    """

    method: str = "leiden"
    objective: str | None = None
    resolution: float | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        check_seed(self.seed)
        if self.method not in METHODS:
            raise UnknownName("method", str(self.method), METHODS)
        objectives = METHODS[self.method].objectives
        if not objectives:
            for name in ("objective", "resolution"):
                if getattr(self, name) is not None:
                    raise ParameterError(name, getattr(self, name), f"nothing: {self.method} has none")
            return
        if self.objective is None:
            object.__setattr__(self, "objective", objectives[0])
        if self.objective not in objectives:
            raise UnknownName("objective", str(self.objective), objectives)
        if self.resolution is None:
            object.__setattr__(self, "resolution", _RESOLUTIONS[str(self.objective)])
        object.__setattr__(self, "resolution", _checked(self.resolution))

    @property
    def facts(self) -> dict[str, Any]:
        """What tells ways apart, ready for JSON."""
        return {name: getattr(self, name) for name in ("method", "objective", "resolution", "seed")}


def _checked(resolution: object) -> float:
    is_number = isinstance(resolution, int | float) and not isinstance(resolution, bool)
    if not is_number or not math.isfinite(resolution) or not resolution > 0:  # type: ignore[arg-type,operator]
        raise ParameterError("resolution", resolution, "a finite number above 0")
    return float(resolution)  # type: ignore[arg-type]


def check_seed(seed: object) -> None:
    """Return when a seed can be used. Raises: ParameterError."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= _LARGEST_SEED:
        raise ParameterError("seed", seed, f"a whole number from 0 to {_LARGEST_SEED}")


@dataclass(frozen=True, slots=True)
class Community:
    """A group: `number` from 1, members (IRIs) by strength, `name` and `leader` of the strongest one."""

    number: int
    name: str
    leader: str
    members: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many members."""
        return len(self.members)


@dataclass(frozen=True, eq=False)
class Groups(Made[Community]):
    """The groups of a network, each made when it is looked at.

    `order` holds the numbers of nodes, group after group, by strength, then name; `starts` where each group begins.
    """

    nodes: Nodes
    order: NDArray[Any]
    starts: NDArray[Any]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def _made(self, at: int) -> Community:
        nodes = [self.nodes[number] for number in self.numbers(at).tolist()]
        return Community(at + 1, nodes[0].name, nodes[0].iri, tuple(node.iri for node in nodes))

    def numbers(self, at: int) -> NDArray[Any]:
        """Return the numbers of the nodes of the group at a place (from 0), by strength."""
        found: NDArray[Any] = self.order[self.starts[at] : self.starts[at + 1]]
        return found

    @property
    def sizes(self) -> list[int]:
        """How many members each group has."""
        return [int(end - start) for start, end in zip(self.starts, self.starts[1:], strict=False)]

    @property
    def labels(self) -> NDArray[Any]:
        """The place (from 0) of its group, for each node."""
        import numpy as np

        found = np.empty(len(self.order), np.int32)
        found[self.order] = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        return found


@dataclass(frozen=True, slots=True)
class Communities:
    """All groups, the largest first (then by name and leader), and how they were found.

    `modularity` lies in [-0.5, 1], at the resolution asked for with that objective, else at 1; None when the network
    has no link. `quality` is the constant Potts value that cpm makes large, None with others.
    """

    groups: Groups
    modularity: float | None
    engine: str
    seed: int
    resolution: float | None
    method: str = "leiden"
    objective: str | None = MODULARITY
    quality: float | None = None

    @property
    def number_of(self) -> dict[str, int]:
        """IRI -> number of its community, one entry per node. Cost: O(n)."""
        iris, labels = self.groups.nodes.iris, self.groups.labels.tolist()
        return {iri: label + 1 for iri, label in zip(iris, labels, strict=True)}

    def to_dataframe(self) -> Any:
        """Return a row a node, group after group, by strength, as a pandas DataFrame. Raises: LibraryMissing."""
        rows = [
            {"community": at + 1, "iri": node.iri, "id": node.id, "name": node.name, "kind": node.kind}
            for at in range(len(self.groups))
            for node in (self.groups.nodes[number] for number in self.groups.numbers(at).tolist())
        ]
        return frame(rows, ("community", "iri", "id", "name", "kind"))

    @property
    def way(self) -> Way:
        """How they were looked for."""
        return Way(self.method, self.objective, self.resolution, self.seed)

    def __iter__(self) -> Iterator[Community]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)


@dataclass(frozen=True, slots=True)
class Stability:
    """How much the groups of other seeds agree with those of the first: 1 when always the same.

    Means over `seeds` of the normalised mutual information and the adjusted Rand index, and the least of each.
    """

    seeds: tuple[int, ...]
    information: float
    rand: float
    least_information: float
    least_rand: float


def communities(
    graph: Network | networkx.Graph,
    *,
    seed: int = 1,
    resolution: float | None = None,
    method: str = "leiden",
    objective: str | None = None,
) -> Communities:
    """Return the communities of a network over the links' `weight`.

    The same network and seed give the same answer, in whatever order nodes and links were added. A node
    without links is a community of its own. All methods take chances: another seed may move border members.

    Args: see `Way`.
    Raises: ParameterError, UnknownName; LibraryMissing for cpm without igraph.
    Cost: near O(m) a round.
    Source: V. A. Traag et al., From Louvain to Leiden, 10.1038/s41598-019-41695-z; U. N. Raghavan et al., label
        propagation, 10.1103/PhysRevE.76.036106.
    """
    way = Way(method, objective, resolution, seed)
    net = _as_network(graph)
    labels, engine = METHODS[way.method].find(net, way.objective, way.resolution, way.seed)
    groups = _grouped(net, labels)
    is_cpm = way.objective == CPM
    at = way.resolution if way.objective == MODULARITY else None
    return Communities(
        groups=groups,
        modularity=modularity(net, groups.labels, 1.0 if at is None else at),
        engine=engine,
        quality=cpm_quality(net, groups.labels, way.resolution or 0.0) if is_cpm else None,
        seed=way.seed,
        resolution=way.resolution,
        method=way.method,
        objective=way.objective,
    )


def stability(net: Network, found: Communities, more: int) -> Stability | None:
    """Return how firm communities are: `more` further seeds (the next ones) compared with them; None for `more` 0.

    Args:
        net: the network that `found` was found in.
        more: 0 to 100.
    Raises: ParameterError.
    Cost: `more` times that of `communities`.
    """
    if isinstance(more, bool) or not isinstance(more, int) or not 0 <= more <= _MOST_SEEDS:
        raise ParameterError("stability", more, f"a number of further seeds, 0 to {_MOST_SEEDS}")
    if not more or not len(net):
        return None
    labels, find = found.groups.labels, METHODS[found.method].find
    seeds = tuple((found.seed + step) % (_LARGEST_SEED + 1) for step in range(1, more + 1))
    others = [find(net, found.objective, found.resolution, seed)[0] for seed in seeds]
    information = [normalised_information(labels, other) for other in others]
    rand = [adjusted_rand(labels, other) for other in others]
    means = math.fsum(information) / more, math.fsum(rand) / more
    return Stability(seeds, *means, min(information), min(rand))


def _as_network(graph: Network | networkx.Graph) -> Network:
    """A networkx graph with its nodes sorted, so that the order in which they were added does not count."""
    import networkx

    from .network import Network, network_of

    if isinstance(graph, Network):
        return graph
    if graph.is_directed() or graph.is_multigraph():
        return network_of(graph)  # which says why it cannot be
    ordered = networkx.Graph()
    ordered.add_nodes_from((node, graph.nodes[node]) for node in sorted(graph))
    ordered.add_edges_from(graph.edges(data=True))
    return network_of(ordered)


def _grouped(net: Network, labels: NDArray[Any]) -> Groups:
    import numpy as np

    places = net.nodes.places_by_name
    strengths = np.round(
        net.sums(net.weights), 9
    )  # sums of fractions differ in the last digit with their order
    order = np.lexsort((places, -strengths, labels))
    firsts = order[np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 1))]
    sizes = np.bincount(labels, minlength=len(firsts))
    by_size = np.lexsort((places[firsts], -sizes))
    anew = np.empty(len(by_size), np.int32)
    anew[by_size] = np.arange(len(by_size))
    order = np.lexsort((places, -strengths, anew[labels])).astype(np.int32)
    return Groups(net.nodes, order, np.concatenate(([0], np.cumsum(sizes[by_size]))).astype(np.int64))
