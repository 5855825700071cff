"""A network under study: what several figures need of it is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from collegium.graph.measures.kernels import largest_component
from collegium.graph.selection import Filter

from .finding import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network
    from collegium.graph.rows import Rows
    from collegium.graph.snapshot import Mirror

_OF_DEGREES: Final = ("rich_club",)


@dataclass(frozen=True, eq=False)
class Giant:
    """The largest component by itself: its links, how many each node has, what is said of it."""

    links: Rows
    degrees: NDArray[Any]
    facts: Mapping[str, object]

    def __len__(self) -> int:
        return len(self.degrees)

    @property
    def size(self) -> int:
        """How many links."""
        return len(self.links.ends) // 2

    @property
    def walk(self) -> int:
        """What one walk to all nodes looks at: nodes and links."""
        return len(self) + self.size

    @cached_property
    def igraph(self) -> Any:
        """The component for igraph. Cost: O(n + m), once."""
        import igraph
        import numpy as np

        once = self.links.number < self.links.ends
        ends = np.column_stack((self.links.number[once], self.links.ends[once]))
        return igraph.Graph(n=len(self), edges=ends)

    @cached_property
    def _matrix(self) -> Any:
        import numpy as np
        from scipy.sparse import csr_array

        # scipy's walks take 32 bits, and would copy anything else each time
        starts = self.links.starts.astype(np.int32)
        return csr_array(
            (np.ones(len(self.links.ends)), self.links.ends, starts), shape=(len(self), len(self))
        )

    def steps_from(self, node: int) -> NDArray[Any]:
        """Return the steps from a node to each. Cost: O(n + m)."""
        import numpy as np
        from scipy.sparse.csgraph import breadth_first_order

        order, before = breadth_first_order(self._matrix, node, directed=True, return_predecessors=True)
        place = np.empty(len(self), np.int64)
        place[order] = np.arange(len(self))
        # nodes come in the order of those that they were reached from, so that a step is a run of them
        reached_from = place[before[order[1:]]]
        steps, start, end, count = np.zeros(len(self), np.int64), 0, 1, 0
        while start < end:
            steps[order[start:end]] = count
            start, end, count = end, 1 + int(np.searchsorted(reached_from, end)), count + 1
        return steps


@dataclass(frozen=True, eq=False)
class Study:
    """A network, the mirror and the filter that it was drawn with, and what the caller chose.

    `found` and `made` are shared by all studies of one network (`choosing`), so that no choice makes again what does
    not depend on it, nor holds it twice. Whoever computes fills them; two at a time fill in the same.
    """

    net: Network
    mirror: Mirror | None = None
    where: Filter = Filter()
    seed: int = 1
    degrees: tuple[int, ...] = ()
    found: dict[tuple[object, ...], Finding] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    def choosing(self, seed: int, degrees: tuple[int, ...]) -> Study:
        """Return a study of the same network with other choices."""
        return replace(self, seed=seed, degrees=degrees)

    @property
    def giant(self) -> Giant:
        """The largest component; of several the one with most links, then the first IRI."""
        found: Giant = self._once("giant", self._giant)
        return found

    @property
    def clustering(self) -> NDArray[Any]:
        """The clustering of each node, 0 with fewer than two neighbours."""
        from collegium.graph.measures.cohesion import clustering

        found: NDArray[Any] = self._once("clustering", lambda: clustering(self.net, None).values)
        return found

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def _giant(self) -> Giant:
        inside, facts = largest_component(self.net)
        rows, _ = self.net.among(inside)
        return Giant(rows, rows.sizes, facts)


def found_in(study: Study, name: str, compute: Callable[[Study], Finding]) -> Finding:
    """Return what a figure finds, made once: for a seed where `facts` tell one, else for all.

    What the caller chose degrees for is made each time: there are as many choices as there are callers.
    """
    if study.degrees and name in _OF_DEGREES:
        return compute(study)
    for key in ((name,), (name, study.seed)):
        if key in study.found:
            return study.found[key]
    finding = compute(study)
    study.found[(name, study.seed) if "seed" in finding.facts else (name,)] = finding
    return finding
