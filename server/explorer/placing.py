"""Where each of thousands of nodes lies: pure, seeded, the same in every thread.

Communities are drawn together (VIEWS.md: 3.0 inside, 0.35 between), components are laid out by themselves and packed,
the largest in the middle, and nodes that overlap are pushed apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from collegium.graph.chance import igraph_seeded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.network import Network

_INSIDE, _BETWEEN = 3.0, 0.35
_ROUNDS: Final = 500  # up to 2,000 nodes; beyond, as many as the same time allows
_LEAST_ROUNDS: Final = 50
_APART_ROUNDS: Final = 40
_ROOM: Final = 24.0  # square units of picture for each square unit of dot
_UNITS: Final = 20_000
_ALONE: Final = 40.0  # radii across the picture of a single dot
_WIDE: Final = 1.6  # of a picture, for a height of 1
# Tried, in widths of a picture without gaps.
_WIDTHS: Final = tuple(np.geomspace(0.6, 2.0, 17))
_GAP: Final = 3.0  # between islands, in radii of a middling dot


def place(
    net: Network, groups: NDArray[np.int64], radii: NDArray[np.float64], seed: int
) -> tuple[NDArray[Any], float]:
    """Return a point for each node in a picture 20,000 units wide or high, and the units for 1 of the radii.

    Args:
        groups: the community of each node.
        radii: of the dots.

    Cost: O(rounds · n log n).
    """
    points = np.zeros((len(net), 2))
    if not len(net):
        return points, 1.0
    islands = np.argsort(-np.bincount(net.components), kind="stable")
    order = np.argsort(net.components, kind="stable")
    ends = np.cumsum(np.bincount(net.components))
    spread = _forced(net, groups, seed)
    members = [order[(ends[at - 1] if at else 0) : ends[at]] for at in islands]
    for inside in members:
        points[inside] = _island(spread[inside], radii[inside])
    _pack(points, members, radii)
    return _rounded(points, radii)


def _forced(net: Network, groups: NDArray[np.int64], seed: int) -> NDArray[Any]:
    """Points by weighted Fruchterman-Reingold. Source: 10.1002/spe.4380211102."""
    pairs = net.pairs
    if not len(pairs):
        return np.zeros((len(net), 2))
    near = groups[pairs[:, 0]] == groups[pairs[:, 1]]
    degrees = np.minimum(net.degrees[pairs[:, 0]], net.degrees[pairs[:, 1]])
    pull = np.where(near, _INSIDE, _BETWEEN) * np.sqrt(net.per_pair(net.weights)) / np.sqrt(degrees)
    rounds = max(_LEAST_ROUNDS, min(_ROUNDS, _ROUNDS * 2000 // max(len(net), 1)))
    with igraph_seeded(seed):
        laid = net.igraph.layout_fruchterman_reingold(
            weights=pull.tolist(), niter=rounds, grid=len(net) > 500
        )
    return np.array(laid.coords)


def _island(points: NDArray[Any], radii: NDArray[Any]) -> NDArray[Any]:
    """One component around (0, 0), as large as its dots need, none of them on another."""
    count = len(points)
    if count <= 3:  # a point, a line, a triangle: nothing to lay out
        angles = np.arange(count) * 2 * np.pi / max(count, 1)
        away = 0 if count == 1 else radii.sum() / count * 2.2
        return np.column_stack((np.cos(angles), np.sin(angles))) * away
    points = _lying(points - points.mean(axis=0))
    extent = np.hypot(*points.T)
    size = np.sqrt((extent**2).mean()) or 1.0
    wanted = np.sqrt(_ROOM * (radii**2).sum() / 2)
    return _apart(points * (wanted / size), radii)


def _lying(points: NDArray[Any]) -> NDArray[Any]:
    """Points around (0, 0), turned so that they are as wide as can be: screens are."""
    across = points.T @ points
    angle = np.arctan2(2 * across[0, 1], across[0, 0] - across[1, 1]) / 2
    turned: NDArray[Any] = points @ np.array(
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    )
    return turned


def _apart(points: NDArray[Any], radii: NDArray[Any]) -> NDArray[Any]:
    """Push dots apart that lie on one another, each pair by half of what it lacks, round by round."""
    from scipy.spatial import cKDTree

    points = points + np.column_stack((np.arange(len(points)), np.arange(len(points))[::-1])) * 1e-9
    reach = 2.1 * radii.max()
    for _ in range(_APART_ROUNDS):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        one, other = pairs.T
        away = points[other] - points[one]
        length = np.maximum(np.hypot(*away.T), 1e-9)
        lack = 1.15 * (radii[one] + radii[other]) - length
        close = lack > 0
        if not close.any():
            break
        step = away[close] * (lack[close] / length[close] / 2)[:, None]
        np.add.at(points, other[close], step)
        np.subtract.at(points, one[close], step)
    return points


def _pack(points: NDArray[Any], members: list[NDArray[Any]], radii: NDArray[Any]) -> None:
    """Set islands in rows beside the largest and under it, as wide as gives the whole its shape. Changes the points."""
    gap = _GAP * float(np.median(radii))
    bounds = [_bounds(points, inside, radii) for inside in members]
    sizes = [(float(wide), float(high)) for wide, high in (end - start for start, end in bounds)]
    area = sum((wide + gap) * (high + gap) for wide, high in sizes)
    shelves = [_shelves(sizes, width * np.sqrt(area * _WIDE), gap) for width in _WIDTHS]
    corners = min(shelves, key=lambda found: _height(found, sizes))
    for inside, (start, end), (left, top) in zip(members, bounds, corners, strict=True):
        points[inside] += np.array([left, top - (end - start)[1]]) - start


def _shelves(sizes: list[tuple[float, float]], width: float, gap: float) -> list[tuple[float, float]]:
    """Return the left upper corner of each island: rows grow downwards, from the top beside the first."""
    wide, high = sizes[0]
    width = max(width, wide)
    corners = [(0.0, 0.0)]
    left, end = wide + 2 * gap, -high
    x, y, tall = left, 0.0, 0.0
    for wide, high in sizes[1:]:
        if x > left and x + wide > width:
            x, y, tall = left, y - tall - gap, 0.0
        if left and (x + wide > width or y - high < end):  # no room beside the first any more
            left = 0.0
            x, y, tall = left, min(end, y - tall) - 2 * gap, 0.0
        corners.append((x, y))
        x, tall = x + wide + gap, max(tall, high)
    return corners


def _height(corners: list[tuple[float, float]], sizes: list[tuple[float, float]]) -> float:
    """Return the height of the least picture that holds islands whose left upper corners are given."""
    right = max(x + wide for (x, _), (wide, _) in zip(corners, sizes, strict=True))
    bottom = min(y - high for (_, y), (_, high) in zip(corners, sizes, strict=True))
    return max(right / _WIDE, -bottom)


def _bounds(
    points: NDArray[Any], inside: NDArray[Any], radii: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    room = radii[inside][:, None]
    return (points[inside] - room).min(axis=0), (points[inside] + room).max(axis=0)


def _rounded(points: NDArray[Any], radii: NDArray[Any]) -> tuple[NDArray[Any], float]:
    """To whole units: what is finer cannot be seen, and makes the document longer."""
    low = points.min(axis=0)
    unit = _UNITS / (float((points.max(axis=0) - low).max()) or _ALONE * float(radii.max()))
    return np.round((points - low) * unit).astype(np.int32), unit
