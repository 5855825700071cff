"""A network of ours with the face of a NetworkX graph: to be looked at and computed on, not to be changed.

22 bytes a link where `networkx.Graph` takes 374. Nodes are IRIs, looked up when they are shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from collegium.graph.network import Network

from .views import Adjacency, Degrees, Links, NodesByName

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray


MOST_FOR_NETWORKX: Final = (
    20_000  # nodes; up to here a `networkx.Graph` is handed out, with the papers of each link
)


class CompactGraph:
    """An undirected graph without loops over a `Network`. Nothing of it can be changed; `to_networkx` gives a copy.

    Nodes carry `kind`, `name`, `id`, `papers` and `fractional_papers`, links what `sizes` says.
    """

    __networkx_backend__ = "collegium"

    def __init__(
        self,
        network: Network,
        *,
        labels: Sequence[Hashable] | None = None,
        sizes: Mapping[str, NDArray[Any]] | None = None,
    ) -> None:
        """
        Args:
            labels: of the nodes; None for their IRIs.
            sizes: what links carry, by name, beside `network.links.ends`; None for `weight` and `distance`.
        """
        self.network = network
        self.graph: dict[str, Any] = dict(network.facts)
        self._labels = labels
        self._sizes = sizes

    @cached_property
    def labels(self) -> Sequence[Hashable]:
        """The nodes, by number. Cost: O(n), once."""
        return self.network.nodes.iris if self._labels is None else self._labels

    @cached_property
    def sizes(self) -> Mapping[str, NDArray[Any]]:
        """What links carry, by name, beside `network.links.ends`."""
        if self._sizes is not None:
            return self._sizes
        return {"weight": self.network.weights, "distance": self.network.distances}

    @cached_property
    def numbers(self) -> Mapping[Hashable, int]:
        """Node -> its number. Cost: O(n), once."""
        return {label: at for at, label in enumerate(self.labels)}

    def node_facts(self, at: int) -> dict[str, Any]:
        """Return what a node carries."""
        if self._labels is not None:
            return {}
        node, net = self.network.nodes[at], self.network
        return {
            "kind": node.kind,
            "name": node.name,
            "id": node.id,
            "papers": int(net.papers[at]),
            "fractional_papers": float(net.fractional_papers[at]),
        }

    def link_facts(self, place: int) -> dict[str, Any]:
        """Return what the link at a place of `network.links.ends` carries."""
        return {name: size[place].item() for name, size in self.sizes.items()}

    def place(self, one: Hashable, other: Hashable) -> int | None:
        """Return where a link stands in `network.links.ends`; None without. Cost: O(log n)."""
        at, to = self.numbers.get(one), self.numbers.get(other)
        if at is None or to is None:
            return None
        row = self.network.links[at]
        found = int(np.searchsorted(row, to))
        is_there = found < len(row) and row[found] == to
        return int(self.network.links.starts[at]) + found if is_there else None

    @property
    def adj(self) -> Adjacency:
        """Node -> neighbour -> what their link carries."""
        return Adjacency(self)

    @property
    def nodes(self) -> NodesByName:
        """The nodes, and what they carry."""
        return NodesByName(self)

    @property
    def edges(self) -> Links:
        """The links, each once."""
        return Links(self)

    @property
    def degree(self) -> Degrees:
        """How many links each node has, or what they weigh."""
        return Degrees(self)

    @property
    def name(self) -> str:
        """The name of the graph."""
        return str(self.graph.get("name", ""))

    def neighbors(self, node: Hashable) -> Iterator[Hashable]:
        """Return the neighbours of a node. Raises: KeyError."""
        return iter(self.adj[node])

    def has_node(self, node: Hashable) -> bool:
        """Return whether a node is in the graph."""
        return node in self

    def has_edge(self, one: Hashable, other: Hashable) -> bool:
        """Return whether two nodes are linked."""
        return self.place(one, other) is not None

    def get_edge_data(self, one: Hashable, other: Hashable, default: Any = None) -> Any:
        """Return what the link of two nodes carries."""
        place = self.place(one, other)
        return default if place is None else self.link_facts(place)

    def number_of_nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self)

    order = number_of_nodes

    def number_of_edges(self) -> int:
        """Return how many links there are."""
        return self.network.size

    def size(self, weight: str | None = None) -> float:
        """Return how many links there are, or what they weigh."""
        if weight is None or weight not in self.sizes:
            return self.network.size
        total: float = self.sizes[weight].sum().item() / 2
        return total

    def is_directed(self) -> bool:
        """Return False."""
        return False

    def is_multigraph(self) -> bool:
        """Return False."""
        return False

    def to_networkx(self) -> networkx.Graph:
        """Return a `networkx.Graph` of your own. Cost: O(n + m) and about 400 bytes a link."""
        import networkx

        made = networkx.Graph(**self.graph)
        made.add_nodes_from(self.nodes.data())
        made.add_edges_from(self.edges.data())
        return made

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.network)

    def __contains__(self, node: object) -> bool:
        try:
            return node in self.numbers
        except TypeError:  # what cannot be hashed is no node
            return False

    def __getitem__(self, node: Hashable) -> Mapping[Hashable, dict[str, Any]]:
        return self.adj[node]

    def __repr__(self) -> str:
        return f"<CompactGraph with {len(self):,} nodes and {self.network.size:,} links>"
