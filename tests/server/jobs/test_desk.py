"""Rankings in processes of their own: one for all who ask, an end for each, and a bounded queue. Real processes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from collegium.graph.errors import JobNotCancelled, JobStopped, MeasureError, NotFound, Overloaded, TooDear
from collegium.graph.selection import Filter
from collegium.graph.shelved import ranking_form
from collegium.graph.store import Store
from collegium.server.editions import Edition, Wanted
from collegium.server.jobs.job import Job
from collegium.server.jobs.task import JobLimits, Task
from collegium.server.task_desk import compute
from collegium.server.told_edition import ToldEdition
from processes_seen import is_there, needs_linux, niceness, until

pytestmark = needs_linux

Run = Callable[[Coroutine[Any, Any, None]], None]
Make = Callable[..., Task]
Computing = Callable[[], Coroutine[Any, Any, int]]


def reason_of(job: Job) -> str:
    """Return why a job ended without an answer."""
    return job.error.reason if isinstance(job.error, JobStopped) else ""


def test_an_answer_stands_on_the_shelf(run: Run, desk: Any, task: Make, loaded: Path) -> None:
    """If it failed: a job would compute for nobody, or something else than Python does."""
    wanted = Wanted(
        "coauthors", "fractional", Filter(from_year=2020, authors=frozenset({"xingtai-lv", "ning-ding"}))
    )
    store = Store.open(loaded)
    edition, plain = Edition(store), Edition(store)

    async def work() -> None:
        async with desk() as found:
            job = await found.result(task("strength", wanted), 60)
            assert (job.state, job.error) == ("done", None)
            assert job.note["nodes"] == len(plain.compact(wanted))

    run(work())
    assert store.shelf is not None
    kept = store.shelf.find(edition.ranking_key("strength", wanted, None), ranking_form(edition.mirror))
    assert kept is not None and kept.values == plain.ranking("strength", wanted).values
    assert kept.facts == plain.ranking("strength", wanted).facts


def test_many_who_ask_for_the_same_wait_for_one(run: Run, desk: Any, task: Make) -> None:
    """If it failed: twenty readers of one page would start twenty computations."""

    async def work() -> None:
        async with desk(waiting_requests=20) as found:
            jobs = await asyncio.gather(*(found.result(task(), 60) for _ in range(20)))
            assert len({job.id for job in jobs}) == 1 and {job.state for job in jobs} == {"done"}
            assert len(found.jobs()) == 1

    run(work())


def test_nobody_waits_beyond_what_threads_there_are(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: all threads of the service would wait for rankings, and none be left for a page."""

    async def work() -> None:
        async with desk(waiting_requests=1) as found:
            first = asyncio.ensure_future(found.result(task(), 60))
            os.kill(await computing(), signal.SIGSTOP)
            second = await asyncio.wait_for(found.result(task(), 60), 5)
            assert second.state == "running" and not first.done()

    run(work())


def test_what_takes_too_long_is_killed(run: Run, desk: Any, task: Make, computing: Computing) -> None:
    """If it failed: an endless computation would hold its place for ever. A stopped process never ends of itself."""

    async def work() -> None:
        async with desk(seconds=1.0) as found:
            asked = asyncio.ensure_future(found.result(task(), 60))
            pid = await computing()
            os.kill(pid, signal.SIGSTOP)
            job = await asked
            assert job.state == "failed" and "longer than the 1 s" in reason_of(job)
            await until(lambda: not is_there(pid))

    run(work())


def test_a_killed_process_is_told_and_the_next_asker_begins_anew(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: whoever asked would wait for nothing, or the failure would be remembered as the answer."""

    async def work() -> None:
        async with desk() as found:
            asked = asyncio.ensure_future(found.result(task(), 60))
            pid = await computing()
            os.kill(pid, signal.SIGSTOP)
            os.kill(pid, signal.SIGKILL)
            job = await asked
            assert job.state == "failed" and "SIGKILL" in reason_of(job)
            again = await found.result(task(), 60)
            assert again.id != job.id and again.state == "done"

    run(work())


def test_a_job_is_cancelled_once(run: Run, desk: Any, task: Make, computing: Computing) -> None:
    """If it failed: cancelling would be a wish, or the place would stay taken."""

    async def work() -> None:
        async with desk() as found:
            running, queued = found.want(task()), found.want(task("closeness"))
            assert (found.ahead(running), found.ahead(queued)) == (0, 1) or running.state == "queued"
            pid = await computing()
            os.kill(pid, signal.SIGSTOP)
            assert found.cancel(running.id).state == "cancelled" and "cancelled" in reason_of(running)
            with pytest.raises(JobNotCancelled, match="over"):
                found.cancel(running.id)
            with pytest.raises(NotFound):
                found.cancel("nobody")
            await until(lambda: not is_there(pid))
            assert (await found.result(task("closeness"), 60)).id == queued.id
            assert queued.state == "done"

    run(work())


def test_what_somebody_waits_for_is_not_cancelled(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: any stranger could take the answer from those who wait."""

    async def work() -> None:
        async with desk() as found:
            asked = asyncio.ensure_future(found.result(task(), 60))
            pid = await computing()
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(JobNotCancelled, match="another request waits"):
                found.cancel(found.jobs()[0].id)
            os.kill(pid, signal.SIGCONT)
            assert (await asked).state == "done"

    run(work())


def test_a_queued_job_that_is_cancelled_is_never_begun(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: it would be computed for nobody."""

    async def work() -> None:
        async with desk() as found:
            found.want(task())
            queued = found.want(task("closeness"))
            pid = await computing()
            os.kill(pid, signal.SIGSTOP)
            found.cancel(queued.id)
            os.kill(pid, signal.SIGCONT)
            assert (await found.result(task(), 60)).state == "done"
            assert queued.started is None and queued.state == "cancelled"

    run(work())


def test_the_queue_has_an_end(run: Run, desk: Any, task: Make, computing: Computing) -> None:
    """If it failed: whoever asks for a thousand networks would have all of them computed."""

    async def work() -> None:
        async with desk(waiting=1) as found:
            found.want(task())
            os.kill(await computing(), signal.SIGSTOP)
            found.want(task("closeness"))
            with pytest.raises(Overloaded, match="as many computations"):
                found.want(task("harmonic"))
            assert found.want(task("closeness")).state == "queued"  # not another one

    run(work())


def test_what_is_quick_does_not_wait(run: Run, desk: Any, task: Make, computing: Computing) -> None:
    """If it failed: an author's page would wait for a ranking of five minutes. What takes long has no second place."""

    async def work() -> None:
        async with desk(most=1) as found:
            slow, other = found.want(task()), found.want(task("harmonic"))
            os.kill(await computing(), signal.SIGSTOP)
            assert (await found.result(task("closeness"), 60, is_quick=True)).state == "done"
            assert (slow.state, other.state) == ("running", "queued")

    run(work())


def test_a_newer_version_ends_what_nobody_waits_for(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: answers of an old version would be computed before those of the new one."""

    async def work() -> None:
        async with desk() as found:
            old = found.want(task())
            os.kill(await computing(), signal.SIGSTOP)
            looked_after = found.want(task("closeness"))
            old.seen_at -= 3_600
            found.turn_to(task("harmonic", version=old.task.snapshot.version + 1).snapshot)
            assert old.state == "cancelled" and "store has changed" in reason_of(old)
            assert looked_after.state in ("queued", "running")

    run(work())


def test_errors_of_the_computation_come_through(run: Run, desk: Any, task: Make) -> None:
    """If it failed: a wrong question would look like a broken service. And the process goes on with the next."""

    async def work() -> None:
        async with desk() as found:
            job = await found.result(
                task("degree", Wanted("coauthors", None, Filter(category="no-such"))), 60
            )
            assert isinstance(job.error, NotFound) and job.state == "failed"
            process = found._idle[0].pid
            assert (await found.result(task(), 60)).state == "done" and found._idle[0].pid == process

    run(work())


def test_what_would_not_end_is_not_begun(loaded: Path, task: Make) -> None:
    """If it failed: the time would be spent first, and the refusal come after it."""
    store, told = Store.open(loaded), list[dict[str, Any]]()
    with pytest.raises(TooDear, match=r"would take about 1 s, 0\.0001 s are given; filter"):
        compute(ToldEdition(store, JobLimits(seconds=0.0001), told.append), task())
    assert "computing" not in [note["stage"] for note in told]


def test_a_process_that_went_while_it_stood_by_is_replaced(run: Run, desk: Any, task: Make) -> None:
    """If it failed: the first question after a quiet while would fail."""

    async def work() -> None:
        async with desk() as found:
            await found.result(task(), 60)
            pid = found._idle[0].pid
            os.kill(pid, signal.SIGKILL)
            assert (await found.result(task("closeness"), 60)).state == "done"

    run(work())


def test_a_process_goes_behind_and_has_an_end_of_memory(
    run: Run, desk: Any, task: Make, computing: Computing
) -> None:
    """If it failed: a ranking would take the processor from pages, or all memory from the machine."""

    async def work() -> None:
        async with desk(memory_bytes=1 << 30) as found:
            await found.result(task(), 60)
            pid = await computing()
            assert min(niceness(pid)) >= 10
            limits = Path(f"/proc/{pid}/limits").read_text()
            line = next(line for line in limits.splitlines() if line.startswith("Max data size"))
            assert str(1 << 30) in line
            status = Path(f"/proc/{pid}/status").read_text()
            assert "Seccomp:\t2" in status  # no network, no programs
            assert b"COLLEGIUM_TOKEN" not in Path(f"/proc/{pid}/environ").read_bytes()

    run(work())


def test_too_little_memory_is_told(run: Run, desk: Any, task: Make) -> None:
    """If it failed: a process that cannot even begin would be started again and again."""

    async def work() -> None:
        async with desk(memory_bytes=30 << 20) as found:
            job = await found.result(task(), 60)
            assert job.state == "failed" and isinstance(job.error, JobStopped | MeasureError)

    run(work())


def test_jobs_that_are_over_are_forgotten(run: Run, desk: Any, task: Make) -> None:
    """If it failed: a service that runs for a year would remember each ranking."""

    async def work() -> None:
        async with desk(most=1, waiting=1_000) as found:
            for year in range(1, 300):
                job = found.want(task("degree", Wanted("coauthors", None, Filter(from_year=year))))
                found.cancel(job.id)
            assert len(found.jobs()) <= 201

    run(work())
