"""The pool as the service uses it: questions in, answers out, and nothing a stranger sends can stop it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import Any

import pytest

from collegium.graph.errors import (
    QueryError,
    QueryMemory,
    QueryRefused,
    QueryTimeout,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import PoolSize, whole
from pool_room import BOMBS, ENDLESS, LIGHT
from processes_seen import Runs, is_there, needs_linux, niceness, until

pytestmark = needs_linux


def test_answers_one_by_one_and_at_once(run: Runs, room: Any) -> None:
    """If it failed: an answer would be somebody else's."""

    async def asked() -> None:
        async with room() as it:
            reply = await it.reply(LIGHT)
            assert reply.head["form"] == "SELECT" and await whole(reply) == b"n\r\n1\r\n2\r\n3\r\n"
            await reply.close()
            texts = [f"SELECT ?n {{ VALUES ?n {{ {n} }} }}" for n in range(40)]
            bodies = await asyncio.gather(*map(it.body, texts))
            assert bodies == [b"n\r\n%d\r\n" % n for n in range(40)]

    run(asked())


@pytest.mark.parametrize(
    ("text", "error"),
    [("SELECT", QueryError), ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", QueryRefused)],
)
def test_a_wrong_question_costs_no_worker(
    run_served: Runs, room: Any, text: str, error: type[Exception]
) -> None:
    """If it failed: typing errors would be a way to keep the service busy with making processes."""

    async def asked() -> None:
        async with room() as it:
            before = it.workers()
            for _ in range(3):
                with pytest.raises(error):
                    await it.body(text)
            assert it.workers() == before

    run_served(asked())


def test_an_endless_query_is_gone_at_its_limit(run_served: Runs, room: Any) -> None:
    """If it failed: each such query would take a processor for ever."""

    async def stopped() -> None:
        async with room(seconds=3.0) as it:  # of which a busy machine gives it a quarter of a second
            asking, start = it.later(ENDLESS), time.monotonic()
            await until(lambda: it.pool.slow.running == 1)
            it.pool.make_way()
            await until(lambda: any(niceness(pid) == {19} for pid in it.workers()))
            (worker,) = [pid for pid in it.workers() if niceness(pid) == {19}]
            with pytest.raises(QueryTimeout, match="3 s"):
                await asking
            assert 2.9 < time.monotonic() - start < 3.5 + 3.0
            await until(lambda: not is_there(worker), 1.0)
            assert await it.body(LIGHT)

    run_served(stopped())


@pytest.mark.slow
@pytest.mark.parametrize("text", BOMBS, ids=["doubling", "sorting", "grouping"])
def test_a_query_that_takes_too_much_memory(run_served: Runs, room: Any, text: str) -> None:
    """If it failed: one query could take the machine's memory, and the kernel would choose who pays."""

    async def stopped() -> None:
        async with room() as it:
            with pytest.raises(QueryMemory, match="200 MiB"):
                await it.body(text)
            assert await it.body(LIGHT)

    run_served(stopped())


NESTED = {
    "(": "SELECT * {{ FILTER {}1{} }}",
    "{": "SELECT * {{ {} ?s ?p ?o {} }}",
    "!": "SELECT * {{ FILTER ({}1) }}",
    "-(": "SELECT * {{ FILTER ({}1{}) }}",
    "FILTER EXISTS {": "SELECT * {{ {} ?s ?p ?o {} }}",
    "(^": "SELECT * {{ ?s {}<a:b>{} ?o }}",
    "<<( ?s ?p ": "SELECT * {{ ?s ?p {} ?o {} }}",
}


@pytest.mark.parametrize("opening", NESTED)
def test_no_nesting_ends_the_pool(run_served: Runs, room: Any, opening: str) -> None:
    """If it failed: 4 KB of brackets would end the service, or one worker after the other."""
    closing = "".join({"(": ")", "{": "}"}.get(c, "") for c in reversed(opening.replace("<<(", "(")))

    async def survived() -> None:
        async with room() as it:
            for depth in (60, 1000, 10_000):
                with suppress(QueryError, QueryRefused):
                    await it.body(NESTED[opening].format(opening * depth, closing * depth))
            assert await it.body(LIGHT)

    run_served(survived())


def test_nesting_past_the_guard_ends_a_worker_and_no_more(
    run_served: Runs, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: what holds would be the guard, which counts tokens and knows no grammar."""

    async def survived() -> None:
        async with room(PoolSize(fast=1)) as it:
            real = runs.pack_json

            def crashing(kind: bytes, data: object) -> bytes:
                (worker,) = it.workers()
                os.kill(worker, signal.SIGSEGV)  # as the engine's stack would
                return real(kind, data)

            with monkeypatch.context() as patched:
                patched.setattr(runs, "pack_json", crashing)
                with pytest.raises(QueryRefused, match="nested deeper"):
                    await it.body(LIGHT)
            assert await it.body(LIGHT)

    run_served(survived())
