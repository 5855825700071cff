"""Processes of the pool that end: by a kill, by a stop, by a clock that fails."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import Any

import pytest

from collegium.graph.errors import (
    CollegiumError,
    QueryMemory,
    QueryTimeout,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import PoolSize
from pool_room import ENDLESS, LIGHT
from processes_seen import Runs, is_there, needs_linux, niceness, until

pytestmark = needs_linux


def test_a_question_whose_worker_was_killed_is_asked_again(run: Runs, room: Any) -> None:
    """If it failed: kill -9 of an idle worker would be a client's error, and one told as too much memory."""

    async def asked_again() -> None:
        async with room() as it:
            for _ in range(3):
                for worker in it.workers():
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                assert await it.body(LIGHT)

    run(asked_again())


def test_a_question_is_asked_again_once(run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: what takes the machine's memory would do so again and again."""

    async def asked_again() -> None:
        async with room(PoolSize(fast=1)) as it:
            real, killed = runs.pack_json, []

            def killing(kind: bytes, data: object) -> bytes:
                killed.extend(it.workers())
                os.kill(killed[-1], signal.SIGKILL)
                return real(kind, data)

            with monkeypatch.context() as patched:
                patched.setattr(runs, "pack_json", killing)
                with pytest.raises(QueryMemory):
                    await it.body(LIGHT)
            assert len(killed) == 2

    run_served(asked_again())


def test_a_heavy_question_whose_worker_was_killed_is_told(run_served: Runs, room: Any) -> None:
    """If it failed: what the kernel ended for its memory would be begun anew."""

    async def told() -> None:
        async with room() as it:
            asking = it.later(ENDLESS)
            await until(lambda: it.pool.slow.running == 1)
            it.pool.make_way()
            await until(lambda: any(niceness(pid) == {19} for pid in it.workers()))
            (worker,) = [pid for pid in it.workers() if niceness(pid) == {19}]
            os.kill(worker, signal.SIGKILL)
            with pytest.raises(QueryMemory):
                await asking

    run_served(told())


def test_a_heavy_question_that_is_alone_is_told_too(run_served: Runs, room: Any) -> None:
    """If it failed: a query that the kernel ended for its memory would be begun anew, and again."""

    async def told() -> None:
        async with room(PoolSize(fast=1)) as it:
            (worker,) = it.workers()
            asking = it.later(ENDLESS)
            await until(lambda: it.pool.slow.running == 1)
            assert niceness(worker) == {0}
            os.kill(worker, signal.SIGKILL)
            with pytest.raises(QueryMemory):
                await asking

    run_served(told())


def test_a_nursery_that_is_killed_is_not_noticed(run: Runs, room: Any) -> None:
    """If it failed: one kill -9 would end all answers, or all that are under way."""

    async def replaced() -> None:
        async with room() as it:
            for _ in range(2):
                light = it.later(LIGHT)
                await asyncio.sleep(0)
                os.kill(it.pool.nest.nurse.pid, signal.SIGKILL)
                assert await light and await it.body(LIGHT)

    run(replaced())


def test_a_stop_does_not_wait_for_questions(run_served: Runs, room: Any) -> None:
    """If it failed: a service could not be stopped while an endless query runs."""

    async def stopped() -> None:
        async with room() as it:
            asking, start = it.later(ENDLESS), time.monotonic()
            await until(lambda: it.pool.slow.running == 1)
            await it.pool.stop()
            with pytest.raises(CollegiumError):
                await asking
            assert time.monotonic() - start < 20

    run_served(stopped())


def test_a_worker_whose_clock_fails_is_ended_by_ours(
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a worker that is stopped, or whose timer is lost, would keep its question for ever."""
    monkeypatch.setattr(runs, "_GRACE_S", 0.1)

    async def ended_by_us() -> None:
        async with room(PoolSize(fast=1), seconds=0.5) as it:
            (worker,) = it.workers()
            os.kill(worker, signal.SIGSTOP)
            with pytest.raises(QueryTimeout):
                await it.body(LIGHT)
            await until(lambda: not is_there(worker))
            assert await it.body(LIGHT)

    run_served(ended_by_us())
