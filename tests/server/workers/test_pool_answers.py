"""Answers that are too many, too long, or read too slowly."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import Any

import pytest

from collegium.graph.errors import (
    AnswerTooLarge,
    CollegiumError,
    Overloaded,
    QueryStopped,
    QueryTimeout,
    TooManyQueries,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import PoolSize, whole
from collegium.server.workers.sink import PART_BYTES
from pool_room import ENDLESS, LARGE, LIGHT, ended
from processes_seen import Runs, needs_linux, until

pytestmark = needs_linux


def test_more_than_are_taken(run_served: Runs, room: Any) -> None:
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


def test_rows_beyond_the_most_are_cut_and_told(run_served: Runs, room: Any) -> None:
    """If it failed: the first rows of many would look like all of them."""

    async def cut() -> None:
        async with room(answer_rows=10) as it:
            reply = await it.reply("SELECT ?s { ?s ?p ?o }")
            assert reply.head["truncated"] and (await whole(reply)).count(b"\r\n") == 11
            reply = await it.reply("SELECT ?s { ?s ?p ?o } LIMIT 10")
            assert not reply.head["truncated"] and (await whole(reply)).count(b"\r\n") == 11

    run_served(cut())


def test_bytes_beyond_the_most_end_the_answer(run_served: Runs, room: Any) -> None:
    """If it failed: one query could fill the line and the disk of who asks, or half an answer look whole."""

    async def broken_off() -> None:
        async with room(answer_bytes=100_000) as it:
            before = it.workers()
            with pytest.raises(AnswerTooLarge):
                await it.reply(LARGE)
        async with room(answer_bytes=1 << 20) as it:
            before = it.workers()
            reply = await it.reply(LARGE)
            with pytest.raises(AnswerTooLarge):
                await whole(reply)
            assert it.workers() == before, "it was no fault of the worker"

    run_served(broken_off())


def test_an_answer_whose_worker_is_killed_breaks_off(run: Runs, room: Any) -> None:
    """If it failed: the part of an answer would look like the whole."""

    async def broken_off() -> None:
        async with room(PoolSize(fast=1)) as it:
            reply = await it.reply(LARGE)
            (worker,) = it.workers()
            os.kill(worker, signal.SIGKILL)
            with pytest.raises(CollegiumError):
                await whole(reply)
            assert await it.body(LIGHT)

    run(broken_off())


def test_one_large_text_comes_in_small_parts(run_served: Runs, room: Any) -> None:
    """If it failed: the web process would have to hold 100 MB at once, for each who asks for them."""
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(20))

    async def parted() -> None:
        async with room(memory_bytes=1 << 30) as it:
            reply = await it.reply(f"SELECT ?a20 {{ BIND('0123456789' AS ?a0) {doubled} }}")
            sizes = [len(chunk) async for chunk in reply.chunks()]
            await reply.close()
            assert sum(sizes) > 10 << 20 and max(sizes) <= PART_BYTES

    run_served(parted())


def test_a_large_answer_leaves_the_fast_lane(run_served: Runs, room: Any) -> None:
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


def test_slow_readers_leave_the_fast_lane_too(
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: two clients that read nothing would stop all light questions."""
    monkeypatch.setattr(runs, "_SLOW_S", 0.1)

    async def left() -> None:
        async with room(PoolSize(fast=1, slow=1)) as it:
            slow = []
            for _ in range(4):  # as many as may wait: twice the places
                slow.append(await it.reply(LARGE, "slow"))
                await until(lambda: it.pool.slow.running + it.pool.fast.running == 0)
            assert await it.body(LIGHT)
            another = await it.reply(LARGE, "slow")
            await until(lambda: slow[0]._run._ended_by_us is not None)
            with pytest.raises(QueryStopped, match="too slowly"):
                await whole(slow[0])
            assert await it.body(LIGHT) and await anext(another.chunks())
            for reply in (*slow, another):
                await reply.close()

    run_served(left())


def test_a_reader_that_takes_nothing_is_left(
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
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
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
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
