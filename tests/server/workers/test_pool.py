"""The pool as the service uses it: questions in, answers out, each within its limits."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest

from collegium.graph.errors import (
    AnswerTooLarge,
    CollegiumError,
    QueryError,
    QueryMemory,
    QueryRefused,
    QueryTimeout,
)
from collegium.server.workers.pool import whole
from processes_seen import Runs, is_there, needs_linux, niceness, until
from worker_room import ENDLESS, LARGE, LIGHT, Opens, ended

pytestmark = needs_linux
DOUBLING = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
BOMBS = [
    f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('0123456789' AS ?a0) {DOUBLING} }}",
    LARGE + " ORDER BY ?c ?f ?i",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
]


def test_answers_one_by_one_and_at_once(run: Runs, room: Opens) -> None:
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
    run_served: Runs, room: Opens, text: str, error: type[Exception]
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


def test_an_endless_query_is_gone_at_its_limit(run_served: Runs, room: Opens) -> None:
    """If it failed: each such query would take a processor for ever."""

    async def stopped() -> None:
        async with room(seconds=1.0) as it:
            asking, start = it.later(ENDLESS), time.monotonic()
            await until(lambda: it.pool.slow.running == 1)
            (worker,) = [pid for pid in it.workers() if niceness(pid) == {19}]
            with pytest.raises(QueryTimeout, match="1 s"):
                await asking
            assert 0.9 < time.monotonic() - start < 1.5 + 3.0
            await until(lambda: not is_there(worker), 1.0)
            assert await it.body(LIGHT)

    run_served(stopped())


@pytest.mark.slow
@pytest.mark.parametrize("text", BOMBS, ids=["doubling", "sorting", "grouping"])
def test_a_query_that_takes_too_much_memory(run_served: Runs, room: Opens, text: str) -> None:
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
def test_no_nesting_ends_the_pool(run_served: Runs, room: Opens, opening: str) -> None:
    """If it failed: 4 KB of brackets would end the service, or one worker after the other."""
    closing = "".join({"(": ")", "{": "}"}.get(c, "") for c in reversed(opening.replace("<<(", "(")))

    async def survived() -> None:
        async with room() as it:
            for depth in (60, 1000, 10_000):
                with suppress(QueryError, QueryRefused):
                    await it.body(NESTED[opening].format(opening * depth, closing * depth))
            assert await it.body(LIGHT)

    run_served(survived())


def test_a_client_that_goes_stops_its_query(run: Runs, room: Opens) -> None:
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


def test_a_client_that_goes_in_the_middle_of_an_answer(run: Runs, room: Opens) -> None:
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


def test_rows_beyond_the_most_are_cut_and_told(run_served: Runs, room: Opens) -> None:
    """If it failed: the first rows of many would look like all of them."""

    async def cut() -> None:
        async with room(answer_rows=10) as it:
            reply = await it.reply("SELECT ?s { ?s ?p ?o }")
            assert reply.head["truncated"] and (await whole(reply)).count(b"\r\n") == 11
            reply = await it.reply("SELECT ?s { ?s ?p ?o } LIMIT 10")
            assert not reply.head["truncated"] and (await whole(reply)).count(b"\r\n") == 11

    run_served(cut())


def test_bytes_beyond_the_most_end_the_answer(run_served: Runs, room: Opens) -> None:
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


def test_one_large_text_comes_in_small_parts(run_served: Runs, room: Opens) -> None:
    """If it failed: the web process would have to hold 100 MB at once, for each who asks for them."""
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(20))

    async def parted() -> None:
        async with room(memory_bytes=1 << 30) as it:
            reply = await it.reply(f"SELECT ?a20 {{ BIND('0123456789' AS ?a0) {doubled} }}")
            sizes = [len(chunk) async for chunk in reply.chunks()]
            await reply.close()
            assert sum(sizes) > 10 << 20 and max(sizes) <= 256 << 10

    run_served(parted())
