"""A store whose rankings are computed in processes, and a desk that leaves none behind."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import uvloop

from collegium.graph.store import Store
from collegium.server.editions import Wanted
from collegium.server.jobs.desk import Desk
from collegium.server.jobs.task import ForRanking, JobLimits, Task
from collegium.server.service import KnowledgeGraph
from collegium.server.workers.question import Snapshot
from processes_seen import children, is_there, until


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, seed_page: Path) -> Path:
    """Return a store with the bundled page. Prevents: each test loads it anew."""
    path = tmp_path_factory.mktemp("jobs") / "store"
    KnowledgeGraph(Store.open(path, create=True)).load(seed_page)
    return path


@pytest.fixture
def task(loaded: Path) -> Callable[..., Task]:
    """Return what makes a task on that store. Prevents: a test asks what is on the shelf already."""
    store = Store.open(loaded)
    if store.shelf is not None:
        for file in store.shelf.folder.glob("ranking-*"):
            file.unlink()

    def made(measure: str = "betweenness", wanted: Wanted | None = None, version: int | None = None) -> Task:
        snapshot = Snapshot(str(loaded), store.version if version is None else version, store.base)
        return Task(Snapshot.from_data(asdict(snapshot)), ForRanking(measure, wanted or Wanted()))

    return made


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Return what runs a coroutine as the service does. Prevents: a test on a loop that nobody has."""

    def ran(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(work)

    return ran


@pytest.fixture
def desk() -> Callable[..., Any]:
    """Return what opens a desk. Prevents: a test leaves a process behind."""

    @asynccontextmanager
    async def opened(**limits: Any) -> AsyncIterator[Desk]:
        before = children(os.getpid())
        found = Desk(JobLimits(**({"most": 1, "seconds": 60.0} | limits)))
        try:
            yield found
        finally:
            seen = children(os.getpid())
            await found.stop()
        await until(lambda: not any(is_there(pid) for pid in seen if pid not in before))
        assert children(os.getpid()) == before

    return opened


@pytest.fixture
def computing() -> Callable[[], Coroutine[Any, Any, int]]:
    """Return what waits for a process to compute, and gives its number. Prevents: a test that guesses how long."""
    before = set(children(os.getpid()))

    async def found() -> int:
        def new() -> list[int]:
            return [pid for pid in children(os.getpid()) if pid not in before]

        await until(lambda: bool(new()))
        return new()[0]

    return found
