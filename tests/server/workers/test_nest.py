"""The worker processes of a pool, real ones: who comes and goes, and that nobody is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from collegium.graph.errors import Overloaded
from collegium.server.workers.nest import Nest
from collegium.server.workers.nurse import Worker
from nest_started import LIMITS, nursery_of, started
from processes_seen import Runs, children, handles, is_there, needs_linux, niceness, until

pytestmark = needs_linux


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
