"""Layout: the same from any thread, communities as islands, ego pictures around their centre."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import dist, hypot

from collegium.server.drawings.layout import Links, components, find_hub, place_ego, place_network, place_path
from collegium.server.drawings.packing import Box

BOX = Box(10, 10)


def clique(*nodes: int) -> list[tuple[int, int, float]]:
    return [(a, b, 1.0) for a in nodes for b in nodes if a < b]


TWO_GROUPS = Links(12, (*clique(*range(6)), *clique(*range(6, 12)), (0, 6, 1.0)))
GROUPS = [1] * 6 + [2] * 6


def test_components_come_largest_first() -> None:
    """If it failed: the picture would begin with a loner."""
    assert components(Links(5, ((1, 2, 1.0), (2, 4, 1.0)))) == [[1, 2, 4], [0], [3]]


def test_a_hub_is_found_in_a_star_and_not_in_a_clique() -> None:
    """If it failed: a star would be one ball, or a dense group would lose its best member."""
    star = Links(7, tuple((0, leaf, 1.0) for leaf in range(1, 7)))
    assert find_hub(star, range(7)) == 0
    assert find_hub(Links(7, tuple(clique(*range(7)))), range(7)) is None
    assert find_hub(star.only([0, 1, 2]), range(3)) is None


def test_the_same_seed_gives_the_same_picture_in_every_thread() -> None:
    """If it failed: a page would look different each time; igraph's generator belongs to the thread."""
    here = place_network(TWO_GROUPS, GROUPS, [BOX] * 12, seed=5)
    with ThreadPoolExecutor(3) as threads:
        there = list(threads.map(lambda _: place_network(TWO_GROUPS, GROUPS, [BOX] * 12, seed=5), range(6)))
    assert all(points == here for points in there)


def test_communities_are_islands() -> None:
    """If it failed: colours would be mixed all over the picture."""
    points = place_network(TWO_GROUPS, GROUPS, [BOX] * 12, seed=1)
    inside = [dist(points[a], points[b]) for a, b, _ in clique(1, 2, 3, 4, 5)]
    across = [dist(points[a], points[b]) for a in range(1, 6) for b in range(7, 12)]
    assert max(inside) < min(across)


def test_a_star_is_laid_out_around_its_hub() -> None:
    """If it failed: the network of one author page would be a ball around the author."""
    links = Links(9, (*((0, leaf, 1.0) for leaf in range(1, 9)), *clique(1, 2, 3), *clique(4, 5, 6)))
    points = place_network(links, [0, 1, 1, 1, 2, 2, 2, 3, 4], [BOX] * 9, seed=1)
    middle = (sum(x for x, _ in points[1:]) / 8, sum(y for _, y in points[1:]) / 8)
    assert dist(points[0], middle) < min(dist(points[0], point) for point in points[1:])


def test_in_an_ego_picture_strong_links_are_near() -> None:
    """If it failed: the caption 'nearer: more joint papers' would be wrong."""
    strengths = [9.0, 4.0, 1.0, 1.0, 1.0]
    links = Links(6, tuple((0, leaf + 1, strength) for leaf, strength in enumerate(strengths)))
    points = place_ego(links, 0, [0, 1, 1, 2, 2, 3], [BOX] * 6)
    away = [hypot(x / 0.68, y / 0.5) for x, y in points]
    assert points[0] == (0, 0)
    assert away[1] < away[2] < min(away[3:])


def test_small_pictures_have_a_layout() -> None:
    """If it failed: an author who wrote alone would have no picture."""
    assert place_network(Links(0, ()), [], [], seed=1) == []
    assert place_network(Links(1, ()), [1], [BOX], seed=1) == [(0, 0)]
    assert place_ego(Links(1, ()), 0, [0], [BOX]) == [(0, 0)]
    one, other = place_ego(Links(2, ((0, 1, 1.0),)), 0, [0, 1], [BOX, BOX])
    assert one == (0, 0) and dist(one, other) > 20
    (a, _), (b, _) = place_network(Links(2, ((0, 1, 1.0),)), [1, 1], [BOX, BOX], seed=1)
    assert a < b
    assert [x for x, _ in place_path([BOX] * 3)] == [-90, 0, 90]
