"""Two lanes: heavy queries, slow readers and floods never hold up light questions."""

from __future__ import annotations

import asyncio
import time

import pytest

from collegium.graph.errors import (
    CollegiumError,
    Overloaded,
    QueryTimeout,
    TooManyQueries,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import PoolSize, whole
from processes_seen import Runs, needs_linux, until
from worker_room import ENDLESS, LARGE, LIGHT, Opens, ended

pytestmark = needs_linux


def test_clients_that_go_while_they_wait(run_served: Runs, room: Opens) -> None:
    """If it failed: a flood of impatient clients would close the service for all who come after."""

    async def gone() -> None:
        async with room(PoolSize(fast=1, slow=1)) as it:
            waiting = [it.later(ENDLESS, f"asker {n}") for n in range(12)]
            await until(lambda: it.pool.slow.running == 1 and it.pool.slow.waiting > 0)
            for task in waiting:
                await ended(task)
            assert await it.body(LIGHT)
            await until(lambda: it.pool.nest.idle == 1 and len(it.workers()) == 1)

    run_served(gone())


def test_light_questions_go_on_beside_endless_ones(run_served: Runs, room: Opens) -> None:
    """If it failed: two heavy queries would be enough to stop the service for everybody else."""

    async def went_on() -> None:
        async with room() as it:
            heavy = [it.later(ENDLESS, "heavy") for _ in range(2)]
            await until(lambda: it.pool.slow.running == 2)
            more = [it.later(ENDLESS.replace("?n", f"?n{c}"), "heavy") for c in "abc"]
            for number in range(40):
                assert await it.body(f"SELECT ?n {{ VALUES ?n {{ {number} }} }}", "light")
            for task in heavy + more:
                assert not task.done()
                await ended(task)

    run_served(went_on())


@pytest.mark.slow
def test_a_displaced_question_begins_anew_and_ends_by_its_own_limit(run_served: Runs, room: Opens) -> None:
    """If it failed: it would be told of an overload that was over long ago (as it was)."""

    async def displaced() -> None:
        async with room(PoolSize(slow=1), seconds=2.0) as it:
            first = it.later(ENDLESS, "a")
            await until(lambda: it.pool.slow.running == 1)
            second = it.later(ENDLESS, "b")
            await until(lambda: it.pool.slow.waiting == 1)
            for task in (first, second):
                with pytest.raises(QueryTimeout):
                    await task

    run_served(displaced())


def test_a_kind_that_is_heavy_for_one_is_not_for_another(run_served: Runs, room: Opens) -> None:
    """If it failed: a stranger's query like that of a page would make the page wait behind endless queries."""
    kind = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER({} < ?c) ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }}"

    async def apart() -> None:
        async with room(PoolSize(slow=1)) as it:
            hostile = it.later(kind.format(0), "hostile")
            await until(lambda: it.pool.slow.running == 1)
            again = it.later(kind.format(1), "hostile")
            await until(lambda: it.pool.slow.waiting == 1)
            assert it.pool.fast.running == 0
            assert await asyncio.wait_for(it.body(kind.format(1000), "page"), 30)
            for task in (again, hostile):
                await ended(task)

    run_served(apart())


def test_more_than_are_taken(run_served: Runs, room: Opens) -> None:
    """If it failed: a flood would be kept until memory ends, or one address could take all places."""

    async def flooded() -> None:
        size = PoolSize(fast=1, slow=1, waiting=8, per_asker=3)
        async with room(size) as it:
            first = it.later(ENDLESS, "a")
            await until(lambda: it.pool.slow.running == 1)
            mine = [it.later(ENDLESS, "a") for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(TooManyQueries, match="more than 3"):
                await it.body(LIGHT, "a")
            others = [it.later(LIGHT + " #", f"other {n}") for n in range(30)]
            found = await asyncio.gather(*others, return_exceptions=True)
            assert any(isinstance(one, Overloaded) for one in found)
            assert any(isinstance(one, bytes) for one in found)
            for task in (first, *mine):
                await ended(task)
            assert await it.body(LIGHT, "a")

    run_served(flooded())


def test_a_large_answer_leaves_the_fast_lane(run_served: Runs, room: Opens) -> None:
    """If it failed: two downloads would stop all light questions until they end (as they did)."""

    async def left() -> None:
        async with room() as it:
            reply = await it.reply(LARGE)
            assert it.pool.fast.running == 1
            async for _ in reply.chunks():
                if it.pool.slow.running == 1:
                    break
            assert it.pool.fast.running == 0
            await reply.close()

    run_served(left())


def test_slow_readers_hold_no_place_and_are_not_many(run_served: Runs, room: Opens) -> None:
    """If it failed: clients that read nothing would stop all questions, or keep a worker each for ever."""

    async def left() -> None:
        async with room(PoolSize(fast=1, slow=1)) as it:
            slow = []
            for _ in range(5):
                slow.append(await it.reply(LARGE, "slow"))
                await anext(slow[-1].chunks())
            await until(lambda: (it.pool.fast.running, it.pool.slow.running) == (0, 0))
            assert await it.body(LIGHT)
            await until(lambda: any(reply._run._ended_by_us for reply in slow))
            (ended_early,) = [reply for reply in slow if reply._run._ended_by_us]
            with pytest.raises(CollegiumError, match="too slowly"):
                await whole(ended_early)
            for reply in slow:
                await reply.close()

    run_served(left())


def test_an_answer_that_has_begun_is_not_broken_off_for_a_full_lane(run_served: Runs, room: Opens) -> None:
    """If it failed: a large answer would end in the middle whenever the slow lane is full."""

    async def whole_answer() -> None:
        async with room(PoolSize(slow=1)) as it:
            heavy = it.later(ENDLESS, "heavy")
            await until(lambda: it.pool.slow.running == 1)
            reply = await it.reply(f"{LARGE} LIMIT 300000", "large")
            assert (await whole(reply)).count(b"\r\n") == 300_001
            assert it.pool.fast.running == 0 and not heavy.done()
            await ended(heavy)

    run_served(whole_answer())


def test_a_reader_that_takes_nothing_is_left(
    run_served: Runs, room: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a client that stops reading would hold a worker for ever: its clock stands still."""
    monkeypatch.setattr(runs, "_STALLED_S", 0.5)

    async def stalled() -> None:
        async with room(seconds=0.5) as it:
            reply = await it.reply(LARGE)
            chunks = reply.chunks()
            await anext(chunks)
            await until(lambda: reply._run._ended_by_us is not None)
            with pytest.raises(QueryTimeout, match="1 s"):
                while True:
                    await anext(chunks)
            await reply.close()

    run_served(stalled())


def test_a_reader_below_the_least_rate_is_left(
    run_served: Runs, room: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: one frame a minute would hold a worker for days."""
    monkeypatch.setattr(runs, "_STALLED_S", -19.0)

    async def too_slow() -> None:
        async with room(seconds=20.0) as it:
            reply, start = await it.reply(LARGE), time.monotonic()
            with pytest.raises(QueryTimeout, match="1 s"):
                async for _ in reply.chunks():
                    await asyncio.sleep(0.05)
                    monkeypatch.setattr(runs, "_LEAST_RATE", 1 << 40)
                    assert time.monotonic() - start < 30
            await reply.close()

    run_served(too_slow())
