"""Where each node of a picture lies: pure, seeded, the same in every thread.

Three ways: `place_network` (force-directed, communities drawn together, components packed), `place_ego` (around a
centre, nearer with more joint papers) and `place_path` (in a line). All take integers and numbers, no graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, pi, sin, sqrt

from collegium.graph.chance import igraph_seeded

from .packing import Box, Island, Point, line, pack, push_apart, spread

# Attraction within and between communities (VIEWS.md: of those tried, the pair that gives clear islands).
_INSIDE, _BETWEEN = 3.0, 0.35
# A node linked to this share of its component tells nothing about the order of the others, and pulls all into one ball.
_HUB_SHARE = 0.8
_HUB_LEAST = 6  # members; in smaller components a hub does no harm
# pixels² of picture for each pixel² of box: below 2 the pushing apart destroys the shape.
_ROOM_EGO, _ROOM_NETWORK = 3.2, 5.0


@dataclass(frozen=True)
class Links:
    """A network by numbers: nodes 0 … count-1, and (a, b, joint papers) for each link."""

    count: int
    links: tuple[tuple[int, int, float], ...]

    def neighbours(self) -> list[dict[int, float]]:
        """Return, for each node, neighbour -> joint papers."""
        near: list[dict[int, float]] = [{} for _ in range(self.count)]
        for a, b, strength in self.links:
            near[a][b] = near[b][a] = strength
        return near

    def only(self, members: Sequence[int]) -> Links:
        """Return the network among `members`, renumbered in their order."""
        new = {node: index for index, node in enumerate(members)}
        return Links(
            len(members), tuple((new[a], new[b], s) for a, b, s in self.links if a in new and b in new)
        )

    def parts(self, groups: Sequence[Sequence[int]]) -> list[Links]:
        """Return the network among each of several groups that no link joins, renumbered in their order."""
        place = {node: (at, index) for at, members in enumerate(groups) for index, node in enumerate(members)}
        links: list[list[tuple[int, int, float]]] = [[] for _ in groups]
        for a, b, strength in self.links:
            (at, first), (_, second) = place[a], place[b]
            links[at].append((first, second, strength))
        return [Links(len(members), tuple(inside)) for members, inside in zip(groups, links, strict=True)]


def components(network: Links) -> list[list[int]]:
    """Return the components, each ascending; the largest first, ties by their first node."""
    near = network.neighbours()
    seen: set[int] = set()
    found = []
    for start in range(network.count):
        if start in seen:
            continue
        seen.add(start)
        members, front = [start], [start]
        while front:
            front = sorted({other for node in front for other in near[node]} - seen)
            seen.update(front)
            members += front
        found.append(sorted(members))
    return sorted(found, key=lambda members: (-len(members), members[0]))


def find_hub(network: Links, members: Sequence[int]) -> int | None:
    """Return the node linked to at least 80 % of its component of 6 or more; None when none or several are.

    Several such nodes mean a dense group, not a star.
    """
    if len(members) < _HUB_LEAST:
        return None
    near = network.neighbours()
    hubs = [node for node in members if len(near[node]) >= _HUB_SHARE * (len(members) - 1)]
    return hubs[0] if len(hubs) == 1 else None


def place_network(
    network: Links, communities: Sequence[int], boxes: Sequence[Box], *, seed: int
) -> list[Point]:
    """Return a point for each node, in pixels: one island per component, packed, the largest on top.

    A component that is a star around one node is laid out as an ego picture of that node.

    Cost: O(iterations · n²) in the size of the largest component up to 1,000 nodes, O(iterations · n log n) above.
    """
    islands = []
    found = components(network)
    for members, part in zip(found, network.parts(found), strict=True):
        groups = [communities[node] for node in members]
        rooms = [boxes[node] for node in members]
        hub = find_hub(part, range(len(members)))
        points = (
            _place_component(part, groups, rooms, seed)
            if hub is None
            else place_ego(part, hub, groups, rooms)
        )
        islands.append(Island(tuple(members), tuple(points)))
    placed = pack(islands, boxes)
    return [_rounded(placed[node]) for node in range(network.count)]


def _place_component(network: Links, groups: Sequence[int], boxes: Sequence[Box], seed: int) -> list[Point]:
    """Return points by weighted Fruchterman-Reingold, spread to fit the boxes and pushed apart."""
    if network.count <= 2:
        return line(boxes, gap=40.0)
    import igraph

    graph = igraph.Graph(n=network.count, edges=[(a, b) for a, b, _ in network.links])
    degree = graph.degree()
    pull = [
        (_INSIDE if groups[a] == groups[b] else _BETWEEN) * sqrt(strength) / sqrt(min(degree[a], degree[b]))
        for a, b, strength in network.links
    ]
    with igraph_seeded(seed):
        laid = graph.layout_fruchterman_reingold(
            weights=pull, niter=_rounds(network.count), grid=network.count > 1000
        )
    points = [(float(x), float(y)) for x, y in laid.coords]
    return push_apart(spread(points, _ROOM_NETWORK * sum(box.area for box in boxes)), boxes)


def _rounds(count: int) -> int:
    """Of the layout: 800 up to 500 nodes, then as many as take the same time, 200 at least."""
    return max(200, min(800, 400_000 // max(count, 1)))


def place_ego(network: Links, centre: int, communities: Sequence[int], boxes: Sequence[Box]) -> list[Point]:
    """Return points around `centre`, which lies at (0, 0): nearer with more joint papers, side by side when linked.

    The others are arranged without the centre: its links reach everyone and would say nothing. Radii are fixed by the
    strength of the link to the centre, angles by stress majorisation over the paths that do not pass the centre.

    Cost: O(rounds · n²).
    Source: stress majorisation, doi:10.1007/978-3-540-31843-9_25; with radii held, doi:10.1007/978-3-642-18469-7_11.
    """
    others = [node for node in range(network.count) if node != centre]
    if not others:
        return [(0.0, 0.0)]
    to_centre = network.neighbours()[centre]
    strongest = max(to_centre.values(), default=1.0)
    radii = [1.0 - 0.62 * sqrt(to_centre.get(node, 0.0) / strongest) for node in others]
    if len(set(radii)) == 1:
        radii = [1.0] * len(others)
    groups = [communities[node] for node in others]
    points = _turn(network.only(others), radii, groups)
    area = _ROOM_EGO * sum(box.area for box in boxes)
    around = [(x * sqrt(area) * 0.68, y * sqrt(area) * 0.5) for x, y in points]
    placed: list[Point] = [(0.0, 0.0)] * network.count
    for node, point in zip(others, around, strict=True):
        placed[node] = point
    return [_rounded(point) for point in push_apart(placed, boxes, fixed={centre})]


def _turn(network: Links, radii: Sequence[float], groups: Sequence[int]) -> list[Point]:
    """Return points at the given radii, turned so that distances in the picture come close to those in the network."""
    import numpy as np

    count = network.count
    start = sorted(range(count), key=lambda node: (groups[node], node))
    angle = [0.0] * count
    for place, node in enumerate(start):
        angle[node] = 2 * pi * place / count
    at = np.array([[r * cos(a), r * sin(a)] for r, a in zip(radii, angle, strict=True)])
    target = np.array(_distances(network, groups))
    with np.errstate(divide="ignore"):
        importance = np.where(target > 0, 1 / target**2, 0.0)
    for _ in range(150 if count <= 120 else 40):
        for node in range(count):
            if count == 1 or not importance[node].any():
                continue
            away = at[node] - at
            length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
            wish = at + away * (target[node] / length)[:, None]
            new = (importance[node][:, None] * wish).sum(axis=0) / importance[node].sum()
            size = hypot(new[0], new[1])
            if size > 1e-6:
                at[node] = new * (radii[node] / size)
    return [(float(x), float(y)) for x, y in at]


def _distances(network: Links, groups: Sequence[int]) -> list[list[float]]:
    """Return wished distances, in radii of the picture: 0.45 a step in a community, at most 2 (opposite sides)."""
    near = network.neighbours()
    rows = []
    for source in range(network.count):
        row = [inf] * network.count
        row[source] = 0.0
        front = [source]
        while front:
            later = set()
            for node in front:
                for other in near[node]:
                    step = row[node] + (0.45 if groups[node] == groups[other] else 0.9)
                    if step < row[other]:
                        row[other] = step
                        later.add(other)
            front = sorted(later)
        rows.append([min(length, 2.0) for length in row])
    return rows


def place_path(boxes: Sequence[Box]) -> list[Point]:
    """Return points in a line, in the order of the path."""
    return line(boxes)


def _rounded(point: Point) -> Point:
    """Return the point to a tenth of a pixel: what is finer cannot be seen and differs between machines."""
    return (round(point[0], 1) + 0.0, round(point[1], 1) + 0.0)
