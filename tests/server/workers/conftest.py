"""A store for workers, and event loops of both kinds."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox
import pytest
import uvloop

from collegium.graph.store import Store
from collegium.server.workers.pool import Pool, PoolSize
from collegium.server.workers.question import Snapshot, WorkLimits
from pool_room import GUARDS, Room
from processes_seen import Runs, children, is_there, until


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Runs:
    """Return what runs a coroutine. Prevents: it holds on asyncio's loop, and the service runs on another."""
    return _runs(request.param)


@pytest.fixture
def run_served() -> Runs:
    """Return what runs a coroutine as the service does. Prevents: a test of the pool on a loop that nobody has."""
    return _runs(uvloop.new_event_loop)


# A loop that is closed while a killed worker's end of a line is being told of complains of it (uvloop).
_LAST_NEWS_S = 0.05


def _runs(factory: Callable[[], asyncio.AbstractEventLoop]) -> Runs:
    def run(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(work)
            runner.run(asyncio.sleep(_LAST_NEWS_S))

    return run


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return a version of 300 statements. Prevents: each test writes a store of its own."""
    store = Store.open(tmp_path_factory.mktemp("workers") / "store", create=True)
    with store.write() as writer:
        for number in range(300):
            thing = ox.NamedNode(f"{store.base}thing/{number}")
            writer.engine.add(ox.Quad(thing, ox.NamedNode(f"{store.base}number"), ox.Literal(number)))
        writer.changed = True
    return asdict(Snapshot(str(store.path), 1, store.base))


@pytest.fixture
def clock() -> Iterator[None]:
    """Prevents: a test leaves the kernel's timer on, and it ends the whole run."""
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


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
