"""The worker processes of a pool, real ones: who comes, goes, is killed, and that nobody is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from collegium.graph.errors import Overloaded
from collegium.server.workers import nest as nests
from collegium.server.workers.nest import Nest
from collegium.server.workers.nurse import Worker
from collegium.server.workers.question import WorkLimits
from processes_seen import Runs, children, handles, is_there, needs_linux, niceness, until

pytestmark = needs_linux
LIMITS = WorkLimits(memory_bytes=500 << 20, stack_bytes=16 << 20)


@asynccontextmanager
async def started(idle: int = 2) -> AsyncIterator[Nest]:
    """Yield a nest with its workers; afterwards nothing of it may be left."""
    nest = Nest(LIMITS, idle)
    before = children(os.getpid())
    await nest.start()
    nursery = nursery_of(nest)
    brood = children(nursery)
    try:
        yield nest
        brood = [*brood, *children(nursery), *(children(nest.nurse.pid or 0) if nest.nurse else [])]
    finally:
        await nest.stop()
    await until(lambda: not any(map(is_there, brood)))
    assert children(os.getpid()) == before


def nursery_of(nest: Nest) -> int:
    """Return the process id of its nursery."""
    assert nest.nurse is not None and nest.nurse.pid is not None
    return nest.nurse.pid


async def is_tied(worker: Worker) -> bool:
    """Return whether a worker's line leads to the process that bears its number."""
    os.kill(worker.pid, signal.SIGKILL)
    return await worker.line.next() is None and await worker.ended == signal.SIGKILL


def test_workers_come_and_nothing_is_left(run: Runs) -> None:
    """If it failed: each start and stop of a service would leave processes, or open files."""

    async def lived() -> None:
        async with started():
            await asyncio.sleep(0)
        before = handles()
        async with started(3) as nest:
            assert nest.idle == 3 and len(children(nursery_of(nest))) == 3
            one, other = await nest.take(), await nest.take()
            assert one.pid != other.pid and nest.idle == 1
            nest.give_back(one)
            assert nest.idle == 2 and await nest.take() is one
        await until(lambda: handles() == before)

    run(lived())


def test_a_worker_in_use_ends_with_the_nest(run: Runs) -> None:
    """If it failed: a service that stops would wait for the slowest query, or leave it running."""

    async def ended() -> None:
        async with started(1) as nest:
            worker = await nest.take()
            waiting = asyncio.ensure_future(worker.line.next())
            await nest.stop()
            assert await asyncio.wait_for(waiting, 5) is None
            assert not is_there(worker.pid)
            assert await asyncio.wait_for(nest.signal_of(worker), 1) is None
            nest.give_back(worker)
            with pytest.raises(Overloaded, match="being stopped"):
                await nest.take()
            assert nest.nurse is None

    run(ended())


def test_who_waits_for_a_worker_hears_of_the_stop(run: Runs) -> None:
    """If it failed: a question would wait for ever for a nest that is gone, or start it anew."""

    async def heard() -> None:
        nest = Nest(LIMITS, 1)
        waiting = asyncio.ensure_future(nest.take())
        await asyncio.sleep(0.01)
        await nest.stop()
        with pytest.raises(Overloaded, match="being stopped"):
            await waiting
        assert nest.nurse is None

    run(heard())


def test_clients_that_go_while_workers_are_made_mix_nothing_up(run: Runs) -> None:
    """If it failed: each would leave a process behind, and the next question's worker bear another's number."""

    async def kept_apart() -> None:
        async with started(1) as nest:
            first = await nest.take()
            for _ in range(5):
                going = asyncio.ensure_future(nest.take())
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                if not going.cancel():  # it was there already
                    nest.give_back(going.result())
                await asyncio.gather(going, return_exceptions=True)
            taken = [await nest.take() for _ in range(3)]
            assert len({worker.pid for worker in [first, *taken]}) == 4
            for worker in [first, *taken]:
                assert await is_tied(worker)
                nest.kill(worker)
            await until(lambda: nest.idle == 1 and len(children(nursery_of(nest))) == 1)

    run(kept_apart())


def test_a_worker_that_comes_as_its_client_goes_is_the_next_ones(run: Runs) -> None:
    """If it failed: it would run on with nobody who knows of it."""

    async def passed_on() -> None:
        async with started(1) as nest:
            worker = await nest.take()
            going = asyncio.ensure_future(nest.take())
            await asyncio.sleep(0)
            nest.give_back(worker)
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
            assert going.cancelled() and await nest.take() is worker
            nest.kill(worker)

    run(passed_on())


def test_those_killed_at_once_are_replaced_by_as_many_as_stand_by(run: Runs) -> None:
    """If it failed: fifty clients that hang up would leave fifty idle processes."""

    async def replaced() -> None:
        async with started(2) as nest:
            for worker in [await nest.take() for _ in range(6)]:
                nest.kill(worker)
            await until(lambda: nest.idle == 2 and len(children(nursery_of(nest))) == 2)
            await asyncio.sleep(0.3)
            assert nest.idle == 2 and len(children(nursery_of(nest))) == 2

    run(replaced())


def test_one_too_many_is_ended(run: Runs) -> None:
    """If it failed: a rush of questions would leave its workers for good."""

    async def ended() -> None:
        async with started(1) as nest:
            workers = [await nest.take() for _ in range(3)]
            for worker in workers:
                nest.give_back(worker)
            await until(lambda: nest.idle == 1 and len(children(nursery_of(nest))) == 1)
            assert is_there(workers[0].pid)

    run(ended())


def test_a_worker_killed_while_it_stands_by_is_replaced(run: Runs) -> None:
    """If it failed: the next question would be sent to a process that is gone."""

    async def replaced() -> None:
        async with started(1) as nest:
            (pid,) = children(nursery_of(nest))
            os.kill(pid, signal.SIGKILL)
            await until(lambda: nest.idle == 0)
            await until(lambda: nest.idle == 1)
            worker = await nest.take()
            assert worker.pid != pid and worker.line.is_open
            nest.kill(worker)
            await nest.signal_of(worker)  # the kill, or None where it saw first that we hung up
            assert worker.ended.done()
            assert worker.cpu_seconds() == 0.0

    run(replaced())


def test_a_nursery_that_is_killed_is_replaced_with_all_its_workers(run: Runs) -> None:
    """If it failed: after one kill -9 there would be no answers any more, or workers that nobody can end."""

    async def replaced() -> None:
        async with started(2) as nest:
            before, brood = nursery_of(nest), children(nursery_of(nest))
            held = await nest.take()
            os.kill(before, signal.SIGKILL)
            assert await nest.signal_of(held) is None
            worker = await nest.take()
            assert worker.pid not in brood and nursery_of(nest) != before
            nest.kill(held)
            nest.give_back(worker)
            await until(lambda: not any(map(is_there, [before, *brood])))
            await until(lambda: nest.idle == 2)
            assert not [pid for pid in children(os.getpid()) if pid == before], "it was not buried"

    run(replaced())


@pytest.mark.slow
def test_a_nursery_that_hangs_takes_nobody_with_it(run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a nursery that is stopped would stop the service."""
    monkeypatch.setattr(nests, "_START_S", 3.0)

    async def replaced() -> None:
        async with started(1) as nest:
            held, before = await nest.take(), nursery_of(nest)
            os.kill(before, signal.SIGSTOP)
            with pytest.raises(Overloaded):
                await nest.take()
            assert held.ended.done()
            assert (await nest.take()).line.is_open and nursery_of(nest) != before

    run(replaced())


def test_orders_that_nobody_takes_end_the_nursery(run: Runs) -> None:
    """If it failed: an order to end a worker could be lost, and the worker use a processor to its limit."""

    async def ended() -> None:
        async with started(1) as nest:
            nurse, worker = nest.nurse, await nest.take()
            assert nurse is not None
            os.kill(nursery_of(nest), signal.SIGSTOP)
            for _ in range(100_000):
                nurse.order("yield", worker)
                if worker.ended.done():
                    break
                await asyncio.sleep(0)
            await until(lambda: not is_there(worker.pid))

    run(ended())


def test_who_yields_does_so_with_all_threads(run: Runs) -> None:
    """If it failed: the thread that works would keep its place before the light queries (as it did)."""

    async def yielded() -> None:
        async with started(1) as nest:
            worker = await nest.take()
            await until(lambda: len(list(Path(f"/proc/{worker.pid}/task").iterdir())) > 1)
            assert niceness(worker.pid) == {0}
            nest.let_others_go_first(worker)
            await until(lambda: niceness(worker.pid) == {19})
            (other,) = [pid for pid in children(nursery_of(nest)) if pid != worker.pid] or [nursery_of(nest)]
            assert niceness(other) == {0} and worker.yields
            nest.kill(worker)

    run(yielded())


def test_a_stop_of_the_service_is_no_matter_of_its_workers(run: Runs) -> None:
    """If it failed: Ctrl-C, or systemd's SIGTERM to all, would break off what the service is finishing."""

    async def stayed() -> None:
        async with started(1) as nest:
            worker = await nest.take()
            await until(lambda: len(list(Path(f"/proc/{worker.pid}/task").iterdir())) > 1)
            for pid in (worker.pid, nursery_of(nest)):
                for number in (signal.SIGINT, signal.SIGTERM):
                    os.kill(pid, number)
            nest.let_others_go_first(worker)
            await until(lambda: niceness(worker.pid) == {19})
            assert worker.line.is_open
            nest.kill(worker)

    run(stayed())


def test_the_token_and_the_folder_stay_outside(
    run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it failed: a broken worker could write to the store, or a file in the folder of the start run as ours."""
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the folder was imported')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLLEGIUM_TOKEN", "secret")
    monkeypatch.setenv("RUST_BACKTRACE", "1")

    async def kept() -> None:
        async with started(1) as nest:
            given = Path(f"/proc/{nursery_of(nest)}/environ").read_bytes()
            assert b"PATH=" in given
            assert b"secret" not in given and b"RUST_BACKTRACE" not in given

    run(kept())
