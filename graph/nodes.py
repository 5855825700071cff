"""Who the nodes of a network are: their IRIs, IDs and names, looked up one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import numpy as np

from .packed import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .items import Thing


class Node(NamedTuple):
    """One node, for people."""

    iri: str
    id: str
    name: str
    kind: str


@runtime_checkable
class Named(Protocol):
    """Things of one kind that know their order by name, then IRI."""

    @property
    def places_by_name(self) -> NDArray[np.int64]: ...


class Group(NamedTuple):
    """Nodes of one kind: which (int32, ascending) of the things stand in the network."""

    kind: str
    things: Sequence[Thing]
    ids: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Nodes:
    """The nodes of a network, numbered from 0 through its groups."""

    groups: tuple[Group, ...]

    def __len__(self) -> int:
        return sum(len(group.ids) for group in self.groups)

    def __getitem__(self, at: int) -> Node:
        for kind, things, ids in self.groups:
            if 0 <= at < len(ids):
                thing = things[int(ids[at])]
                return Node(thing.iri, thing.id, thing.name, kind)
            at -= len(ids)
        raise IndexError("no such node")

    @property
    def iris(self) -> list[str]:
        """All IRIs, in order. Cost: O(n)."""
        found: list[str] = []
        for _, things, ids in self.groups:
            column = getattr(things, "iris", None)
            if isinstance(column, Texts):
                iris = column.listed()
                found += [iris[at] for at in ids.tolist()]
            else:
                found += [things[at].iri for at in ids.tolist()]
        return found

    @cached_property
    def places_by_name(self) -> NDArray[np.int64]:
        """The place of each node among all sorted by name, then IRI. Cost: O(n log n), most of it once a mirror."""
        if len(self.groups) == 1 and isinstance(self.groups[0].things, Named):
            order = np.argsort(self.groups[0].things.places_by_name[self.groups[0].ids])
        else:
            keys = [(thing.name, thing.iri) for thing in self._all()]
            order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        return places

    def number_of(self, iri: str) -> int | None:
        """Return the number of an IRI; None when it is no node. Cost: O(n) at first, then a look-up."""
        return self._numbers.get(iri)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {iri: at for at, iri in enumerate(self.iris)}

    def _all(self) -> Iterator[Thing]:
        for _, things, ids in self.groups:
            yield from (things[at] for at in ids.tolist())
