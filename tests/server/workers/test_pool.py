"""The pool as the service uses it: questions in, answers out, and nothing a stranger sends can stop it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from collegium.graph.errors import (
    AnswerTooLarge,
    CollegiumError,
    Overloaded,
    QueryError,
    QueryMemory,
    QueryRefused,
    QueryTimeout,
    TooManyQueries,
)
from collegium.server.workers import run as runs
from collegium.server.workers.pool import Pool, PoolSize, Reply, whole
from collegium.server.workers.question import Question, WorkLimits
from processes_seen import Runs, children, is_there, needs_linux, niceness, until

pytestmark = needs_linux
LIGHT = "SELECT ?n { VALUES ?n { 1 2 3 } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"  # 27 million rows
DOUBLING = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
BOMBS = [
    f"SELECT (STRLEN(?a40) AS ?n) {{ BIND('0123456789' AS ?a0) {DOUBLING} }}",
    LARGE + " ORDER BY ?c ?f ?i",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
]
GUARDS = {"memory_bytes": 200 << 20, "stack_bytes": 64 << 20}


class Room:
    """A pool, and the questions that are put to it."""

    def __init__(self, pool: Pool, snapshot: dict[str, Any]) -> None:
        self.pool, self._snapshot = pool, snapshot

    async def reply(self, text: str, asker: str = "", **more: Any) -> Reply:
        """Return the reply to a query, as it begins."""
        return await self.pool.ask(Question(self._snapshot, text, accept="text/csv", **more), asker)

    async def body(self, text: str, asker: str = "", **more: Any) -> bytes:
        """Return the whole answer."""
        return await whole(await self.reply(text, asker, **more))

    def later(self, text: str, asker: str = "") -> asyncio.Task[bytes]:
        """Return a task that asks."""
        return asyncio.ensure_future(self.body(text, asker))

    def workers(self) -> list[int]:
        """Return the process ids of all workers."""
        nurse = self.pool.nest.nurse
        return children(nurse.pid) if nurse and nurse.pid else []


@pytest.fixture
def room(snapshot: dict[str, Any]) -> Any:
    """Return what opens a pool over the small store. Prevents: a test leaves workers, places or files behind."""

    @asynccontextmanager
    async def opened(size: PoolSize | None = None, **limits: Any) -> AsyncIterator[Room]:
        pool = Pool(WorkLimits(**({"seconds": 60.0} | GUARDS | limits)), size or PoolSize())
        before = children(os.getpid())
        await pool.start()
        room = Room(pool, snapshot)
        try:
            yield room
            assert (pool.fast.running, pool.slow.running) == (0, 0), "a place was lost"
            assert (pool.fast.waiting, pool.slow.waiting) == (0, 0) and not pool.askers._counts
        finally:
            seen = room.workers()
            await pool.stop()
        await until(lambda: not any(map(is_there, seen)))
        assert children(os.getpid()) == before

    return opened


async def ended(task: asyncio.Task[bytes]) -> None:
    """Cancel, as the service does when its client goes."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


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
            real = runs.pack

            def crashing(kind: bytes, data: bytes) -> bytes:
                (worker,) = it.workers()
                os.kill(worker, signal.SIGSEGV)  # as the engine's stack would
                return real(kind, data)

            with monkeypatch.context() as patched:
                patched.setattr(runs, "pack", crashing)
                with pytest.raises(QueryRefused, match="nested deeper"):
                    await it.body(LIGHT)
            assert await it.body(LIGHT)

    run_served(survived())


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
        async with room(PoolSize(slow=1), seconds=2.0) as it:
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
            assert sum(sizes) > 10 << 20 and max(sizes) <= 256 << 10

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
    monkeypatch.setattr(runs, "LONG_S", 0.3)

    async def left() -> None:
        async with room(PoolSize(slow=1, reading=1)) as it:
            slow = [await it.reply(LARGE, "slow") for _ in range(2)]
            await until(lambda: it.pool.slow.running == 2)
            assert it.pool.fast.running == 0 and await it.body(LIGHT)
            third = await it.reply(LARGE, "slow")
            with pytest.raises(Overloaded):
                await asyncio.sleep(1.0)
                await whole(third)
            assert await it.body(LIGHT)
            for reply in slow:
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
            real, killed = runs.pack, []

            def killing(kind: bytes, data: bytes) -> bytes:
                killed.extend(it.workers())
                os.kill(killed[-1], signal.SIGKILL)
                return real(kind, data)

            with monkeypatch.context() as patched:
                patched.setattr(runs, "pack", killing)
                with pytest.raises(QueryMemory):
                    await it.body(LIGHT)
            assert len(killed) == 2

    run_served(asked_again())


def test_a_heavy_question_whose_worker_was_killed_is_told(run_served: Runs, room: Any) -> None:
    """If it failed: what the kernel ended for its memory would be begun anew."""

    async def told() -> None:
        async with room() as it:
            asking = it.later(ENDLESS)
            await until(
                lambda: it.pool.slow.running == 1 and any(niceness(pid) == {19} for pid in it.workers())
            )
            (worker,) = [pid for pid in it.workers() if niceness(pid) == {19}]
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
