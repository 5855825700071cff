"""Places in a lane: each in turn, no more than there are, none lost by those who go."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.graph.errors import Overloaded, TooManyQueries
from collegium.server.workers.lanes import Askers, Heavy, Lane

PATIENCE_S = 60.0


async def entered(lane: Lane, asker: str, order: list[str]) -> None:
    """Enter, and note it."""
    await lane.enter(asker)
    order.append(asker)


async def settled() -> None:
    """Return when all that can go on has."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_one_askers_questions_do_not_hold_up_anothers() -> None:
    """If it failed: who sends a hundred queries would make all others wait for them."""

    async def in_turn() -> list[str]:
        lane, order = Lane(1, 10, PATIENCE_S), []
        await lane.enter("first")
        waiting = [asyncio.ensure_future(entered(lane, asker, order)) for asker in "aaaabbc"]
        await settled()
        assert lane.is_full and lane.waiting == 7
        for _ in range(7):
            lane.leave()
            await settled()
        await asyncio.gather(*waiting)
        lane.leave()
        assert (lane.running, lane.waiting, lane.is_full) == (0, 0, False)
        return order

    assert "".join(asyncio.run(in_turn())) == "abcabaa"


def test_the_queue_is_bounded() -> None:
    """If it failed: a flood of queries would be kept until memory ends."""

    async def full() -> None:
        lane = Lane(1, 2, PATIENCE_S)
        await lane.enter("a")
        waiting = [asyncio.ensure_future(lane.enter("a")) for _ in range(2)]
        await settled()
        with pytest.raises(Overloaded):
            await lane.enter("b")
        for one in waiting:
            lane.leave()
            await one
        assert (lane.running, lane.waiting) == (1, 0)

    asyncio.run(full())


def test_patience_ends() -> None:
    """If it failed: a query would wait until its client gives up, and never know why."""

    async def tired() -> None:
        lane = Lane(1, 2, 0.01)
        await lane.enter("a")
        with pytest.raises(Overloaded):
            await lane.enter("b")
        assert (lane.running, lane.waiting) == (1, 0)
        lane.leave()
        await lane.enter("c")
        assert lane.running == 1

    asyncio.run(tired())


def test_a_place_beyond_the_last_is_paid_back() -> None:
    """If it failed: questions that went over would make the lane wider for ever."""

    async def added() -> None:
        lane = Lane(1, 2, PATIENCE_S)
        await lane.enter("a")
        lane.add()
        waiting = asyncio.ensure_future(lane.enter("b"))
        await settled()
        lane.leave()
        await settled()
        assert not waiting.done() and lane.running == 1
        lane.leave()
        await waiting

    asyncio.run(added())


@given(
    st.lists(
        st.tuples(st.sampled_from(["enter", "leave", "go", "go at once"]), st.integers(0, 9)), max_size=40
    )
)
def test_no_place_is_lost_whoever_goes_when(steps: list[tuple[str, int]]) -> None:
    """If it failed: clients that go while they wait would close the lane, or open it to too many."""

    async def walked() -> None:
        lane = Lane(2, 4, PATIENCE_S)
        tasks: list[asyncio.Task[None]] = []
        inside = 0

        async def tallied() -> None:
            nonlocal inside
            inside = (
                sum(task.done() and not task.cancelled() and not task.exception() for task in tasks) - left
            )
            assert inside == lane.running <= lane.places

        left = 0
        for what, number in steps:
            if what == "enter":
                tasks.append(asyncio.ensure_future(lane.enter(str(number % 3))))
            elif what == "leave" and inside:
                left += 1
                lane.leave()
            elif tasks:  # "at once": a place may have come for who goes, and nobody has noticed yet
                tasks[number % len(tasks)].cancel()
            if what != "go at once":
                await settled()
                await tallied()
        await settled()
        await tallied()
        waiting = sum(not task.done() for task in tasks)
        assert lane.waiting == waiting and not (waiting and lane.running < lane.places)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert lane.waiting == 0 and lane.running == inside

    asyncio.run(walked())


def test_a_place_that_comes_just_as_one_goes_is_the_next_ones() -> None:
    """If it failed: each such client would cost the lane a place, for good."""

    async def passed_on() -> None:
        lane = Lane(1, 4, PATIENCE_S)
        await lane.enter("a")
        going, staying = (asyncio.ensure_future(lane.enter(asker)) for asker in "bc")
        await settled()
        lane.leave()
        going.cancel()
        await asyncio.wait_for(staying, 5)
        assert going.cancelled() and (lane.running, lane.waiting) == (1, 0)

    asyncio.run(passed_on())


def test_so_many_from_one_address() -> None:
    """If it failed: one client could take all places, or one that has left would count for ever."""
    askers = Askers(2)
    askers.enter("a")
    askers.enter("a")
    askers.enter("b")
    with pytest.raises(TooManyQueries, match="more than 2"):
        askers.enter("a")
    for asker in "aab":
        askers.leave(asker)
    assert not askers._counts
    askers.enter("a")


def test_heavy_kinds_are_remembered_and_forgotten() -> None:
    """If it failed: the memory of heavy questions would grow with each that is asked."""
    heavy = Heavy(most=2)
    for kind in (1, 2, 1, 3):
        heavy.add(kind)
    assert [kind in heavy for kind in (1, 2, 3)] == [True, False, True]
    heavy.discard(1)
    heavy.discard(7)
    assert 1 not in heavy
