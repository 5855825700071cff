"""Colours: nine hues by size, grey for the rest, ink for a hub; each group named by its leading member."""

from __future__ import annotations

from collegium.server.drawings.colourings import by_community, by_institution, by_place, find_communities
from pictures_to_draw import star, who


def test_a_hub_does_not_decide_the_communities() -> None:
    """If it failed: the 25 authors of one author page would be one community."""
    found = find_communities(star(), frozenset([who("hub")]), 1)
    assert who("hub") not in found
    pairs = [("ann", "bob"), ("cy", "dee"), ("eve", "fay")]
    assert all(found[who(a)] == found[who(b)] for a, b in pairs)
    assert len(set(found.values())) == 3


def test_groups_are_named_by_their_strongest_member() -> None:
    """If it failed: the legend would name someone unimportant."""
    names = {"a": "Ann", "b": "Bob", "c": "Cy", "d": "Dee"}
    coloured = by_community(list("abcd"), names, {"a": 1, "b": 5, "c": 1, "d": 9}, {"a": 1, "b": 1, "c": 2})
    rows = [(group.name, group.size, group.hue) for group in coloured.colouring.groups]
    assert rows == [("Bob and 1 more", 2, "0"), ("in no group", 1, "9"), ("Dee", 1, "centre")]
    assert coloured.group_of == (0, 0, 1, 2)


def test_beyond_nine_communities_the_rest_is_grey() -> None:
    """If it failed: two communities would share a hue."""
    nodes = [f"{number:02}" for number in range(24)]
    community = {node: int(node) // 2 for node in nodes}
    coloured = by_community(nodes, {n: n for n in nodes}, dict.fromkeys(nodes, 1.0), community)
    assert [group.hue for group in coloured.colouring.groups] == [*"012345678", "9"]
    assert coloured.colouring.groups[-1].size == 6


def test_institutions_are_ranked_by_size_and_the_unknown_is_said() -> None:
    """If it failed: an author without institution would get somebody's colour."""
    coloured = by_institution(list("abc"), {"a": "pku", "b": "pku"})
    assert [(g.name, g.size, g.hue) for g in coloured.colouring.groups] == [
        ("pku", 2, "0"),
        ("institution not known", 1, "9"),
    ]
    assert coloured.group_of == (0, 0, 1)
    many = by_institution([str(n) for n in range(12)], {str(n): f"place {n:02}" for n in range(12)})
    assert many.colouring.groups[-1].name == "other institutions" and many.group_of[-1] == 9


def test_a_path_has_ends_and_a_middle() -> None:
    """If it failed: a chain would be coloured by groups that mean nothing."""
    assert by_place(3).group_of == (0, 1, 0)
    assert [group.size for group in by_place(3).colouring.groups] == [2, 1]
    assert by_place(1).colouring.groups[0].size == 1
    assert by_place(0).group_of == ()
