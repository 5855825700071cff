"""Boxes on a plane: push them apart until none overlap, and pack groups of them with the largest on top."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[float, float]
_Frame = tuple[float, float, float, float]  # left, top, right, bottom
_WIDE: Final = 1.7  # of a picture, for a height of 1
_SHARES: Final = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.7, 2.0)  # of that width, tried for rows
# Half a pixel of overlap is invisible; chasing it would keep two boxes trembling for all the rounds.
_LEAST_OVERLAP: Final = 0.5
_FAR: Final = 16.0  # pixels; pairs are looked for anew when a box has moved by half of it


@dataclass(frozen=True)
class Box:
    """The room that a node takes: half its width and half its height, in pixels at zoom 1."""

    half_width: float
    half_height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return 4 * self.half_width * self.half_height


def push_apart(
    points: Sequence[Point], boxes: Sequence[Box], *, fixed: Collection[int] = (), rounds: int = 300
) -> list[Point]:
    """Return the points moved as little as it takes that no two boxes overlap, or as near to that as `rounds` allow.

    Points in `fixed` stay. The order of `points` is kept; equal points part along x, in their order, so the same input
    always gives the same output.

    Cost: O(rounds · (n log n + pairs in reach)); a round without a move ends it.
    """
    import numpy as np

    moved = [list(point) for point in points]
    halves = np.array([(box.half_width, box.half_height) for box in boxes]).reshape(-1, 2)
    near, since = np.zeros((0, 2), np.int64), np.full((len(points), 2), np.inf)
    for _ in range(rounds):
        at = np.array(moved).reshape(-1, 2)
        if (np.abs(at - since) > _FAR / 2).any():
            near, since = _in_reach(at, halves), at
        changed = False
        for a, b in _overlapping(at, halves, near):
            changed |= _part(moved, boxes, a, b, fixed)
        if not changed:
            break
    return [(x, y) for x, y in moved]


def _in_reach(points: NDArray[Any], halves: NDArray[Any]) -> NDArray[Any]:
    """Each pair (a, b), a < b, ascending, that may overlap before one of the two has moved by half of `_FAR`."""
    import numpy as np
    from scipy.spatial import cKDTree

    if len(points) < 2:
        return np.zeros((0, 2), np.int64)
    # The tree knows points, not boxes: in reach of one another are those of the largest, others are left out after.
    near = cKDTree(points).query_pairs(2 * halves.max() + _FAR, p=np.inf, output_type="ndarray")
    one, other = near.T
    over = halves[one] + halves[other] + _FAR - np.abs(points[one] - points[other])
    near = near[(over > 0).all(axis=1)]
    found: NDArray[Any] = near[np.lexsort((near[:, 1], near[:, 0]))]
    return found


def _overlapping(points: NDArray[Any], halves: NDArray[Any], near: NDArray[Any]) -> list[list[int]]:
    """Return those of the pairs whose boxes lie on one another, in their order."""
    import numpy as np

    one, other = near.T
    over = halves[one] + halves[other] - np.abs(points[one] - points[other])
    found: list[list[int]] = near[(over > _LEAST_OVERLAP).all(axis=1)].tolist()
    return found


def _part(points: list[list[float]], boxes: Sequence[Box], a: int, b: int, fixed: Collection[int]) -> bool:
    """Move a and b apart along the axis on which they overlap least; return whether they did overlap."""
    right = points[b][0] - points[a][0]
    down = points[b][1] - points[a][1]
    over_x = boxes[a].half_width + boxes[b].half_width - abs(right)
    over_y = boxes[a].half_height + boxes[b].half_height - abs(down)
    if over_x <= _LEAST_OVERLAP or over_y <= _LEAST_OVERLAP:
        return False
    axis, over, gap = (0, over_x, right) if over_x <= over_y else (1, over_y, down)
    step = over if gap >= 0 else -over
    if a in fixed and b in fixed:
        return False
    share = 0.0 if a in fixed else 1.0 if b in fixed else 0.5
    points[a][axis] -= step * share
    points[b][axis] += step * (1 - share)
    return True


@dataclass(frozen=True)
class Island:
    """One component with its own coordinates: which nodes, and where each lies."""

    members: tuple[int, ...]
    points: tuple[Point, ...]


def pack(islands: Sequence[Island], boxes: Sequence[Box], *, gap: float = 40.0) -> dict[int, Point]:
    """Return node -> point: the largest island on top, the others below it in rows, none overlapping.

    The first island with most members is the largest; the rest follow by members, then in the order given. The whole is
    centred on (0, 0).
    """
    order = sorted(islands, key=lambda island: -len(island.members))
    frames = [_frame(island, boxes) for island in order]
    width = _shelf_width(frames, gap)
    tried = [_shelves(order, frames, width * share, gap) for share in _SHARES]
    placed: dict[int, Point] = {}
    top = 0.0
    for row in min(tried, key=lambda rows: _height_of(rows, gap)):
        used = max((left + frame[2] - frame[0] for _, frame, left in row), default=0.0)
        height = max((frame[3] - frame[1] for _, frame, _ in row), default=0.0)
        for island, frame, left in row:
            shift_x = left - used / 2 - frame[0]
            shift_y = top + (height - (frame[3] - frame[1])) / 2 - frame[1]
            for node, (x, y) in zip(island.members, island.points, strict=True):
                placed[node] = (x + shift_x, y + shift_y)
        top += height + gap
    return {node: (x, y - (top - gap) / 2) for node, (x, y) in placed.items()}


def _shelves(
    order: Sequence[Island], frames: Sequence[_Frame], width: float, gap: float
) -> list[list[tuple[Island, _Frame, float]]]:
    """Return rows of islands, each with its frame and how far from the left it stands."""
    rows: list[list[tuple[Island, _Frame, float]]] = [[]]
    left = 0.0
    for index, (island, frame) in enumerate(zip(order, frames, strict=True)):
        wide = frame[2] - frame[0]
        # The largest has its shelf alone: small islands beside it would read as parts of it.
        if rows[-1] and (left + wide > width or index == 1):
            rows.append([])
            left = 0.0
        rows[-1].append((island, frame, left))
        left += wide + gap
    return rows


def _height_of(rows: list[list[tuple[Island, _Frame, float]]], gap: float) -> float:
    """Return the height of the least picture that holds rows."""
    if not rows[0]:
        return 0.0
    wide = max(left + frame[2] - frame[0] for row in rows for _, frame, left in row)
    high = sum(max(frame[3] - frame[1] for _, frame, _ in row) + gap for row in rows)
    return max(wide / _WIDE, high)


def _frame(island: Island, boxes: Sequence[Box]) -> _Frame:
    """Return left, top, right, bottom of an island, its boxes included."""
    sides = [
        (
            x - boxes[node].half_width,
            y - boxes[node].half_height,
            x + boxes[node].half_width,
            y + boxes[node].half_height,
        )
        for node, (x, y) in zip(island.members, island.points, strict=True)
    ]
    return (
        min(side[0] for side in sides),
        min(side[1] for side in sides),
        max(side[2] for side in sides),
        max(side[3] for side in sides),
    )


def _shelf_width(frames: Sequence[_Frame], gap: float) -> float:
    """Return the width at which islands without gaps would give a picture its shape, no less than the widest."""
    widest = max((right - left for left, _, right, _ in frames), default=0.0)
    area = sum((right - left + gap) * (bottom - top + gap) for left, top, right, bottom in frames)
    return max(widest, sqrt(_WIDE * area))


def spread(points: Sequence[Point], area: float) -> list[Point]:
    """Return the points centred on (0, 0) and scaled, shape kept, so that the square around them has `area` pixels²."""
    if not points:
        return []
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    side = max(right - left, bottom - top)
    scale = sqrt(area) / side if side > 0 else 0.0
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    return [((x - centre_x) * scale, (y - centre_y) * scale) for x, y in points]


def line(boxes: Sequence[Box], *, gap: float = 70.0) -> list[Point]:
    """Return points on one horizontal line, in order, centred on (0, 0), with `gap` between neighbours' boxes."""
    places = [0.0] if boxes else []
    for before, after in pairwise(boxes):
        places.append(places[-1] + before.half_width + after.half_width + gap)
    middle = places[-1] / 2 if places else 0.0
    return [(float(ceil(x - middle)), 0.0) for x in places]
