"""The history of communities: slices cover the years once, and each event is what its definition says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.graph.communities import Communities, Groups
from collegium.graph.community_history import EVENTS, Slice, Window, history, succession, windows
from collegium.graph.errors import NotFound, ParameterError
from collegium.graph.mirror import mirror
from collegium.graph.network import network_of
from collegium.graph.nodes import Group, Nodes
from collegium.graph.selection import Filter
from networks import author, believed, weighted, written

_PEOPLE = "abcdefghijkl"
_THINGS = network_of(weighted([(a, b, 1) for a in _PEOPLE for b in _PEOPLE if a < b])).nodes.groups[0].things


def part(*groups: str) -> Slice:
    """Return a slice whose communities nobody had to find, each a word of one-letter people."""
    people = sorted("".join(groups))
    ids = np.array([_PEOPLE.index(person) for person in people], np.int32)
    nodes = Nodes((Group("author", _THINGS, ids),))
    net: Any = network_of(weighted([(a, b, 1) for a in people for b in people if a < b]))
    net = type(net)(nodes, net.links, net.weights, net.papers, net.fractional_papers)
    order = np.array([people.index(person) for group in groups for person in group], np.int32)
    starts = np.cumsum([0, *map(len, groups)])
    return Slice(Window(1, 1), Filter(), net, Communities(Groups(nodes, order, starts), None, "none", 1, 1.0))


def told(*slices: Slice, threshold: float = 0.3, least: int = 1) -> list[tuple[Any, ...]]:
    """Return the events as plain rows."""
    return [(e.slice, e.event, e.before, e.after) for e in succession(slices, threshold, least)]


def test_a_group_goes_on_while_enough_of_it_stays() -> None:
    """If it failed: a group would end when one person leaves, or go on when all have left."""
    # abcd and abce share 3 of 5: 0.6. fgh and fij share 1 of 5: 0.2.
    slices = part("abcd", "fgh"), part("abce", "fij")
    assert told(*slices) == [
        (0, "continues", (1,), (1,)),
        (0, "ends", (2,), ()),
        (0, "is born", (), (2,)),
    ]
    (first, *_) = succession(slices, 0.6, 1)
    assert (first.links, first.jaccard) == (((1, 1),), (0.6,))
    assert [row[1] for row in told(*slices, threshold=0.61)] == ["ends", "ends", "is born", "is born"]


def test_groups_split_and_merge() -> None:
    """If it failed: half of a group would be told as the end of the whole."""
    one, two = part("abcdef"), part("abc", "def")
    assert told(one, two) == [(0, "splits", (1,), (1, 2))]
    assert told(two, one) == [(0, "merges", (1, 2), (1,))]
    assert told(one, two, one) == [(0, "splits", (1,), (1, 2)), (1, "merges", (1, 2), (1,))]
    (event,) = succession([one, two], 0.3, 1)
    assert event.jaccard == (0.5, 0.5)


def test_small_groups_have_no_events() -> None:
    """If it failed: each person who wrote alone would be born and end with each slice."""
    assert told(part("abc", "d"), part("e"), least=3) == [(0, "ends", (1,), ())]
    assert told(part("abc")) == []
    assert told() == []


_GROUPS = st.lists(st.integers(0, 3), min_size=12, max_size=12)


def _sliced(labels: list[int]) -> Slice:
    words = ["".join(p for p, label in zip(_PEOPLE, labels, strict=True) if label == n) for n in range(4)]
    return part(*sorted(filter(None, words), key=len, reverse=True))


@settings(max_examples=80, deadline=None)
@given(_GROUPS, _GROUPS, st.sampled_from([0.1, 0.25, 0.5, 1.0]))
def test_every_group_has_a_fate_and_every_link_reaches_the_threshold(
    one: list[int], other: list[int], threshold: float
) -> None:
    """If it failed: a group would vanish from the history without a word."""
    slices = _sliced(one), _sliced(other)
    events = list(succession(slices, threshold, 1))
    assert {e.event for e in events} <= set(EVENTS)
    before = {n for e in events for n in e.before}
    after = {n for e in events for n in e.after}
    assert before == set(range(1, len(slices[0].found) + 1))
    assert after == set(range(1, len(slices[1].found) + 1))
    for event in events:
        for (a, b), value in zip(event.links, event.jaccard, strict=True):
            members = [set(s.found.groups[n - 1].members) for s, n in zip(slices, (a, b), strict=True)]
            shared = len(members[0] & members[1]) / len(members[0] | members[1])
            assert value == pytest.approx(shared) and value >= threshold


PAPERS = (
    written("p", ["ann", "bob", "cat"], issued="2001"),
    written("q", ["ann", "bob", "cat"], issued="2003"),
    written("r", ["dan", "eve", "fay"], issued="2006", categories=["cs.CL"]),
    written("s", ["zoe", "yan"]),
)


def test_slices_cover_the_years_of_the_papers() -> None:
    """If it failed: a year would count twice, or not at all."""
    found = mirror(believed(*PAPERS))
    assert windows(found, "coauthors", "3y", Filter()) == [(2001, 2003), (2004, 2006)]
    assert windows(found, "coauthors", "4", Filter()) == [(2001, 2004), (2005, 2006)]
    assert windows(found, "coauthors", "50Y", Filter()) == [(2001, 2006)]
    assert windows(found, "coauthors", "3y", Filter(from_year=2002)) == [(2002, 2004), (2005, 2006)]
    assert windows(found, "coauthors", "3y", Filter(category="cs.CL")) == [(2006, 2006)]
    assert windows(mirror(believed()), "coauthors", "3y", Filter()) == []


def test_a_history_follows_a_group_through_the_years() -> None:
    """If it failed: slices, communities and events would each be right and not fit."""
    found = history(mirror(believed(*PAPERS)), slices="1y")
    assert [(s.window.from_year, len(s.net)) for s in found.slices] == [
        *((2001, 3), (2002, 0), (2003, 3)),
        *((2004, 0), (2005, 0), (2006, 3)),
    ]
    assert [(e.slice, e.event) for e in found.events] == [
        *((0, "ends"), (1, "is born")),
        *((2, "ends"), (4, "is born")),
    ]
    longer = history(mirror(believed(*PAPERS)), slices="2y")
    assert [e.event for e in longer.events] == ["continues", "ends", "is born"]
    assert set(longer.slices[0].found.groups[0].members) == {author("ann"), author("bob"), author("cat")}
    assert history(mirror(believed())).slices == ()


@pytest.mark.parametrize(
    "asked",
    [
        *({"slices": text} for text in ("", "0y", "y", "-3y", "3 years", "99999y", "3.5y", "nan")),
        *({"threshold": value} for value in (0, -0.1, 1.1, float("nan"), "0.3", True)),
        *({"least_size": value} for value in (0, -1, 2.5, True)),
        {"projection": "ties"},
        {"slices": "1y", "where": Filter(from_year=1, to_year=9999)},
    ],
)
def test_what_cannot_be_sliced_is_refused(asked: Any) -> None:
    """If it failed: a division by nothing, or ten thousand networks for one question."""
    with pytest.raises(ParameterError):
        history(mirror(believed(*PAPERS)), **asked)
    with pytest.raises(NotFound):
        history(mirror(believed(*PAPERS)), where=Filter(category="no"))
