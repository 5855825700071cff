"""What a `CompactGraph` shows of itself: nodes, neighbours, links and degrees, each made when it is looked at."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network

Facts = dict[str, Any]


class Shown(Protocol):
    """A graph, as its views see it: `graph.CompactGraph`."""

    network: Network

    @property
    def labels(self) -> Sequence[Hashable]: ...
    @property
    def numbers(self) -> Mapping[Hashable, int]: ...
    @property
    def sizes(self) -> Mapping[str, NDArray[Any]]: ...
    def node_facts(self, at: int) -> Facts: ...
    def link_facts(self, place: int) -> Facts: ...
    def place(self, one: Hashable, other: Hashable) -> int | None: ...


@dataclass(frozen=True, slots=True)
class NodesByName(Mapping[Hashable, Facts]):
    """Node -> what it carries; called, the nodes with or without it."""

    of: Shown

    def __getitem__(self, node: Hashable) -> Facts:
        return self.of.node_facts(self.of.numbers[node])

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.of.labels)

    def __len__(self) -> int:
        return len(self.of.labels)

    def __contains__(self, node: object) -> bool:
        return node in self.of.numbers

    def __call__(self, data: bool | str = False, default: Any = None) -> Iterator[Any]:
        return self.data(data, default) if data else iter(self)

    def data(self, data: bool | str = True, default: Any = None) -> Iterator[tuple[Hashable, Any]]:
        """Yield each node and what it carries, or one fact of it."""
        for at, node in enumerate(self.of.labels):
            facts = self.of.node_facts(at)
            yield node, facts if data is True else facts.get(str(data), default)


@dataclass(frozen=True, slots=True)
class Neighbours(Mapping[Hashable, Facts]):
    """Neighbour -> what the link to it carries."""

    of: Shown
    at: int

    def __getitem__(self, node: Hashable) -> Facts:
        place = self.of.place(self.of.labels[self.at], node)
        if place is None:
            raise KeyError(node)
        return self.of.link_facts(place)

    def __iter__(self) -> Iterator[Hashable]:
        labels = self.of.labels
        return (labels[near] for near in self.of.network.links[self.at].tolist())

    def __len__(self) -> int:
        return len(self.of.network.links[self.at])


@dataclass(frozen=True, slots=True)
class Adjacency(Mapping[Hashable, Neighbours]):
    """Node -> its neighbours."""

    of: Shown

    def __getitem__(self, node: Hashable) -> Neighbours:
        return Neighbours(self.of, self.of.numbers[node])

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.of.labels)

    def __len__(self) -> int:
        return len(self.of.labels)


@dataclass(frozen=True, slots=True)
class Links:
    """The links, each once, the end that comes first in the order of nodes first."""

    of: Shown

    def __iter__(self) -> Iterator[tuple[Hashable, Hashable]]:
        labels = self.of.labels
        for one, other in self.of.network.pairs.tolist():
            yield labels[one], labels[other]

    def __len__(self) -> int:
        return self.of.network.size

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and len(pair) == 2 and self.of.place(*pair) is not None

    def __getitem__(self, pair: tuple[Hashable, Hashable]) -> Facts:
        place = self.of.place(*pair)
        if place is None:
            raise KeyError(pair)
        return self.of.link_facts(place)

    def __call__(self, data: bool | str = False, default: Any = None) -> Iterator[tuple[Any, ...]]:
        return self.data(data, default) if data else iter(self)

    def data(self, data: bool | str = True, default: Any = None) -> Iterator[tuple[Hashable, Hashable, Any]]:
        """Yield each link with what it carries, or one fact of it."""
        net = self.of.network
        for place, (one, other) in zip(net.places.tolist(), self, strict=True):
            facts = self.of.link_facts(place)
            yield one, other, facts if data is True else facts.get(str(data), default)


@dataclass(frozen=True, slots=True)
class Degrees:
    """How many links each node has."""

    of: Shown

    def __getitem__(self, node: Hashable) -> int:
        return int(self.of.network.degrees[self.of.numbers[node]])

    def __iter__(self) -> Iterator[tuple[Hashable, float]]:
        return self(None)

    def __len__(self) -> int:
        return len(self.of.labels)

    def __call__(self, weight: str | None = None) -> Iterator[tuple[Hashable, float]]:
        """Return each node with how many links it has, or what they weigh."""
        net, sizes = self.of.network, self.of.sizes.get(weight) if weight else None
        found = net.degrees if sizes is None else net.sums(sizes)
        return zip(self.of.labels, found.tolist(), strict=True)
