"""Clients that go, and questions that are heavy: neither holds up the others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collegium.graph.errors import (
    CollegiumError,
    QueryTimeout,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import PoolSize
from pool_room import ENDLESS, LARGE, LIGHT, ended
from processes_seen import Runs, needs_linux, niceness, until

pytestmark = needs_linux


def test_a_client_that_goes_stops_its_query(run: Runs, room: Any) -> None:
    """If it failed: closing the page would leave the query running, and its place taken, to the limit."""

    async def stopped() -> None:
        async with room() as it:
            asking, before = it.later(ENDLESS), set(it.workers())
            await until(lambda: it.pool.fast.running == 1 and asking.done() is False)
            await asyncio.sleep(0.1)
            await ended(asking)
            await until(lambda: len(before - set(it.workers())) == 1)
            assert await it.body(LIGHT)

    run(stopped())


def test_a_client_that_goes_in_the_middle_of_an_answer(run: Runs, room: Any) -> None:
    """If it failed: a browser that is closed would leave a worker that waits for it."""

    async def stopped() -> None:
        async with room() as it:
            reply = await it.reply(LARGE)
            chunks, before = reply.chunks(), set(it.workers())
            assert len(await anext(chunks)) > 1000
            await reply.close()
            await reply.close()
            with pytest.raises(CollegiumError, match="was closed"):
                await anext(chunks)
            await until(lambda: len(before - set(it.workers())) == 1)
            assert await it.body(LIGHT)

    run(stopped())


def test_clients_that_go_while_they_wait(run_served: Runs, room: Any) -> None:
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


def test_light_questions_go_on_beside_endless_ones(run_served: Runs, room: Any) -> None:
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
def test_a_displaced_question_begins_anew_and_ends_by_its_own_limit(run_served: Runs, room: Any) -> None:
    """If it failed: it would be told of an overload that was over long ago (as it was)."""

    async def displaced() -> None:
        async with room(PoolSize(slow=1), seconds=4.0) as it:
            first = it.later(ENDLESS, "a")
            await until(lambda: it.pool.slow.running == 1)
            second = it.later(ENDLESS, "b")
            await until(lambda: it.pool.slow.waiting == 1)
            for task in (first, second):
                with pytest.raises(QueryTimeout):
                    await task

    run_served(displaced())


def test_a_kind_that_is_heavy_for_one_is_not_for_another(run_served: Runs, room: Any) -> None:
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


HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?c), STR(?a)) < STR(?f)) }"


def test_a_heavy_question_that_is_alone_keeps_its_worker(
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: each heavy query would begin in a new process that has read nothing yet, a fifth slower."""
    monkeypatch.setattr(runs, "FAST_S", 0.01)
    monkeypatch.setattr(runs, "_NEARLY_S", 0.001)

    async def kept() -> None:
        async with room(PoolSize(fast=1)) as it:
            (worker,) = it.workers()
            for _ in range(3):
                assert await it.body(HEAVY)
                await until(lambda: it.pool.nest.idle == 1)
                assert worker in it.workers() and niceness(worker) == {0}
            assert it.pool.heavy, "else it was not heavy, and the test shows nothing"
            monkeypatch.setattr(runs, "_KEPT_SHARE", 0.0)
            assert await it.body(HEAVY)
            await until(lambda: worker not in it.workers())

    run_served(kept())


def test_a_heavy_question_goes_behind_once_somebody_comes(run_served: Runs, room: Any) -> None:
    """If it failed: an endless query would share the processor evenly with all light ones."""

    async def went_behind() -> None:
        async with room(PoolSize(fast=1)) as it:
            (worker,) = it.workers()
            heavy = it.later(ENDLESS, "heavy")
            await until(lambda: it.pool.slow.running == 1)
            assert niceness(worker) == {0}
            assert await it.body(LIGHT, "light")
            await until(lambda: niceness(worker) == {19})
            await ended(heavy)

    run_served(went_behind())
