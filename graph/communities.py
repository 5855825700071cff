"""Communities of a projection, found by seeded Leiden: groups that write more inside than across.

Used for colouring views. igraph does it; without igraph, networkx's Louvain, and `engine` says so.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import ParameterError

if TYPE_CHECKING:
    import networkx

_LARGEST_SEED = 2**32 - 1


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


@dataclass(frozen=True, slots=True)
class Communities:
    """All groups, the largest first (then by name and leader), and how they were found.

    `modularity` lies in [-0.5, 1]; None when the network has no link.
    """

    groups: tuple[Community, ...]
    modularity: float | None
    engine: str
    seed: int
    resolution: float

    @property
    def number_of(self) -> dict[str, int]:
        """IRI -> number of its community, one entry per node."""
        return {member: group.number for group in self.groups for member in group.members}

    def __iter__(self) -> Iterator[Community]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)


def communities(graph: networkx.Graph, *, seed: int = 1, resolution: float = 1.0) -> Communities:
    """Return the communities of a network, by modularity over the links' `weight`.

    The same network and seed give the same answer, in whatever order nodes and links were added. A node
    without links is a community of its own. Leiden takes chances: another seed may move border members.

    Args:
        seed: of the generator, 0 to 2**32 - 1.
        resolution: above 0; more gives smaller groups.

    Raises: ParameterError.
    Cost: near O(m) a round.
    Source: V. A. Traag et al., From Louvain to Leiden, 10.1038/s41598-019-41695-z.
    """
    check_seed(seed)
    if not (isinstance(resolution, int | float) and math.isfinite(resolution) and resolution > 0):
        raise ParameterError("resolution", resolution, "a finite number above 0")
    nodes = sorted(graph)
    links = sorted(
        (min(a, b), max(a, b), float(weight)) for a, b, weight in graph.edges(data="weight", default=1)
    )
    try:
        parts, engine = _leiden(nodes, links, seed, resolution), "igraph"
    except ImportError:
        parts, engine = _louvain(nodes, links, seed, resolution), "networkx"
    groups = _named(graph, parts)
    return Communities(groups, _modularity(graph, groups, resolution), engine, seed, resolution)


def check_seed(seed: object) -> None:
    """Return when a seed can be used. Raises: ParameterError."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= _LARGEST_SEED:
        raise ParameterError("seed", seed, f"a whole number from 0 to {_LARGEST_SEED}")


_Links = list[tuple[str, str, float]]


def _leiden(nodes: list[str], links: _Links, seed: int, resolution: float) -> list[list[str]]:
    import igraph

    at = {node: number for number, node in enumerate(nodes)}
    net = igraph.Graph(n=len(nodes), edges=[(at[a], at[b]) for a, b, _ in links])
    # The generator belongs to the thread: a seed set at import would not hold in a web server's threads.
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = net.community_leiden(
            objective_function="modularity",
            weights=[weight for _, _, weight in links] or None,
            resolution=resolution,
            n_iterations=-1,
        )
    finally:
        igraph.set_random_number_generator(random)
    return [[nodes[number] for number in part] for part in found]


def _louvain(nodes: list[str], links: _Links, seed: int, resolution: float) -> list[list[str]]:
    import networkx

    net = networkx.Graph()
    net.add_nodes_from(nodes)
    net.add_weighted_edges_from(links)
    found = networkx.community.louvain_communities(net, seed=seed, resolution=resolution)
    return [sorted(part) for part in found]


def _named(graph: networkx.Graph, parts: list[list[str]]) -> tuple[Community, ...]:
    strength = dict(graph.degree(weight="weight"))

    def name(node: str) -> str:
        return str(graph.nodes[node].get("name", node))

    ordered = [tuple(sorted(part, key=lambda node: (-strength[node], name(node), node))) for part in parts]
    ordered.sort(key=lambda members: (-len(members), name(members[0]), members[0]))
    return tuple(
        Community(number, name(members[0]), members[0], members)
        for number, members in enumerate(ordered, start=1)
    )


def _modularity(graph: networkx.Graph, groups: tuple[Community, ...], resolution: float) -> float | None:
    import networkx

    if graph.number_of_edges() == 0:
        return None
    parts = [set(group.members) for group in groups]
    return float(networkx.community.modularity(graph, parts, resolution=resolution))
