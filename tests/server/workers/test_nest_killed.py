"""Workers and nurseries that are killed, hang or cannot be started; real ones."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from collegium.graph.errors import Overloaded
from collegium.server.workers import nest as nests
from collegium.server.workers.nest import Nest
from nest_started import LIMITS, nursery_of, started
from processes_seen import Runs, children, is_there, needs_linux, niceness, until

pytestmark = needs_linux


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
            await nest.signal_of(worker)
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


def test_no_nursery_at_all_is_overload(run: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it failed: a machine without processes would answer with a fault of ours, or not at all."""
    monkeypatch.setattr("sys.executable", "/nowhere/python")

    async def refused() -> None:
        nest = Nest(LIMITS, 1)
        with pytest.raises(Overloaded, match="could be started"):
            await nest.start()
        with pytest.raises(Overloaded):
            await nest.take()
        await nest.stop()

    run(refused())
