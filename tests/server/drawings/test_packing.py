"""Boxes: none overlap after pushing, islands are packed with the largest on top."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collegium.server.drawings.packing import Box, Island, line, pack, push_apart, spread

BOX = Box(10, 10)
places = st.floats(-500, 500, allow_nan=False)


def overlap(points: list[tuple[float, float]], boxes: list[Box]) -> bool:
    """Return whether two boxes overlap by more than a pixel in both directions."""
    return any(
        abs(points[a][0] - points[b][0]) < boxes[a].half_width + boxes[b].half_width - 1
        and abs(points[a][1] - points[b][1]) < boxes[a].half_height + boxes[b].half_height - 1
        for a in range(len(points))
        for b in range(a)
    )


# No deadline: on a machine that others use as well, a slow example is not a wrong one.
@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(places, places), max_size=12))
@example([(0.0, 0.0)] * 12)
def test_no_two_boxes_overlap_after_pushing(points: list[tuple[float, float]]) -> None:
    """If it failed: dots or names would lie on each other."""
    boxes = [Box(10 + number % 3 * 8, 8) for number in range(len(points))]
    moved = push_apart(points, boxes)
    assert not overlap(moved, boxes)
    assert moved == push_apart(points, boxes)


def test_what_does_not_overlap_stays() -> None:
    """If it failed: a good layout would be spoiled."""
    points = [(0.0, 0.0), (100.0, 0.0)]
    assert push_apart(points, [BOX, BOX]) == points


def test_fixed_points_stay() -> None:
    """If it failed: the centre of an ego picture would leave the middle."""
    moved = push_apart([(0.0, 0.0), (1.0, 0.0)], [BOX, BOX], fixed={0})
    assert moved[0] == (0, 0) and moved[1][0] == pytest.approx(20)


def test_two_fixed_points_may_overlap() -> None:
    """If it failed: pushing would never end, or move what must not move."""
    points = [(0.0, 0.0), (1.0, 0.0)]
    assert push_apart(points, [BOX, BOX], fixed={0, 1}) == points


def test_the_largest_island_lies_on_top_and_none_overlap() -> None:
    """If it failed: small islands would read as parts of the large one."""
    small = [Island((number,), ((0.0, 0.0),)) for number in range(3, 9)]
    large = Island((0, 1, 2), ((0.0, 0.0), (30.0, 0.0), (0.0, 30.0)))
    placed = pack([*small, large], [BOX] * 9)
    points = [placed[number] for number in range(9)]
    assert not overlap(points, [BOX] * 9)
    assert max(y for _, y in points[:3]) < min(y for _, y in points[3:])


def test_packing_nothing_gives_nothing() -> None:
    """If it failed: an empty store would be an error."""
    assert pack([], []) == {}


def test_spread_keeps_the_shape() -> None:
    """If it failed: a square would become a bar."""
    assert spread([(0, 0), (2, 1)], 400) == [(-10, -5), (10, 5)]
    assert spread([(3, 3), (3, 3)], 400) == [(0, 0), (0, 0)]
    assert spread([], 1) == []


def test_a_line_keeps_the_gap_between_boxes() -> None:
    """If it failed: long names on a path would overlap."""
    assert line([Box(10, 5), Box(20, 5)], gap=10) == [(-20, 0), (20, 0)]
    assert line([]) == []
