"""The processes behind the service: workers that answer strangers, jobs, and the writer; for asyncio and threads."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import weakref
from collections.abc import Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from collegium.graph.errors import StoreMissing
from collegium.graph.store import Store

from .config import Settings
from .editions import Edition
from .jobs.desk import Desk
from .jobs.job import Job
from .jobs.task import JobLimits, Task
from .software import software
from .workers.pool import Pool, PoolSize, whole
from .workers.question import Question, Snapshot, WorkLimits
from .writing.keeper import Keeper

_T = TypeVar("_T")
_STOP_S: Final = 10.0


class EngineRoom:
    """Workers and writer of one service. Nothing is started before it is asked for.

    It lives in the event loop that `attach` gave it, or else in one of its own, in a thread.
    """

    def __init__(self, settings: Settings, path: Path | None) -> None:
        self.settings, self._path = settings, path
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._pool: Pool | None = None
        self._desk: Desk | None = None
        self._keeper: Keeper | None = None
        self._copies = _Copies()

    async def attach(self) -> None:
        """Live in the running loop, and have workers and writer at hand before the first question.

        Raises:
            StoreBusy: another service has the store.
            StoreDamaged: its files are not those that were committed.
        """
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self.start_writer)
        await self.pool.start()

    async def detach(self) -> None:
        """End workers and writer."""
        if self._pool is not None:
            await self._pool.stop()
            self._pool = None
        if self._desk is not None:
            await self._desk.stop()
            self._desk = None
        if self._keeper is not None:
            await asyncio.to_thread(self._keeper.stop)
        self._copies.remove()

    def close(self) -> None:
        """End workers and writer, and the thread of our own; from outside the loop."""
        if self._thread is not None and self._loop is not None:
            self.run(self.detach(), _STOP_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_STOP_S)
            self._loop.close()
            self._loop = self._thread = None

    @property
    def pool(self) -> Pool:
        """The workers. Belongs to the loop."""
        if self._pool is None:
            self._pool = Pool(limits_of(self.settings), size_of(self.settings))
        return self._pool

    @property
    def desk(self) -> Desk:
        """The computations that run in processes of their own. Belongs to the loop."""
        if self._desk is None:
            self._desk = Desk(self.job_limits)
        return self._desk

    @property
    def job_limits(self) -> JobLimits:
        """Within which limits jobs work."""
        return job_limits_of(self.settings)

    def result(self, task: Task, wait_s: float, *, is_quick: bool = False) -> Job:
        """Return the job of a task, over if that is so within `wait_s`; from a thread. Raises: Overloaded."""

        async def asked() -> Job:
            return await self.desk.result(task, wait_s, is_quick=is_quick)

        return self.run(asked())

    def run(self, work: Coroutine[Any, Any, _T], timeout_s: float | None = None) -> _T:
        """Return what a coroutine returns that belongs to our loop; from a thread outside it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout_s)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that we live in."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="engine-room", daemon=True
                )
                self._thread.start()
            return self._loop

    def answer(
        self, edition: Edition, text: str, asker: str = "", **wanted: Any
    ) -> tuple[dict[str, Any], bytes]:
        """Return head and body of the answer to a stranger's query, whole; from a thread.

        Raises:
            CollegiumError: see `Pool.ask`.
        """
        question = Question(self.snapshot(edition), text, **wanted)

        async def asked() -> tuple[dict[str, Any], bytes]:
            reply = await self.pool.ask(question, asker)
            return reply.head, await whole(reply)

        return self.run(asked())

    def snapshot(self, edition: Edition) -> dict[str, Any]:
        """Return the version of an edition as a question names it; a store in memory is copied to disk first."""
        store = edition.store
        if store.path is not None and store.version:
            path, version = store.path, store.version
            return edition.memory.get(
                ("snapshot",), lambda: asdict(Snapshot(str(path.absolute()), version, store.base))
            )
        # By the folder too: a room that was closed took its copies along.
        return edition.memory.get(("snapshot", self._copies.folder), lambda: self._copies.of(store))

    def start_writer(self) -> None:
        """Have the writer running. Raises: StoreBusy, StoreDamaged."""
        if self._path is not None:
            self.writer.start()

    @property
    def writer(self) -> Keeper:
        """The writer of the store. Raises: StoreMissing: the store is in memory."""
        if self._path is None:
            raise StoreMissing("memory", "it is in memory and cannot be written over HTTP")
        if self._keeper is None:
            self._keeper = Keeper(self._path, self.settings.base, self.settings.update_seconds)
        return self._keeper


def limits_of(settings: Settings) -> WorkLimits:
    """Return what one question may cost."""
    return WorkLimits(
        seconds=settings.query_seconds,
        memory_bytes=settings.query_bytes,
        answer_rows=settings.answer_rows,
        answer_bytes=settings.answer_bytes,
        services=settings.services,
        most_authors=settings.most_authors,
    )


def job_limits_of(settings: Settings) -> JobLimits:
    """Return how many computations run, and what one may cost. Half of the threads may wait for them."""
    return JobLimits(
        most=settings.jobs,
        waiting=settings.waiting_jobs,
        seconds=settings.job_seconds,
        memory_bytes=settings.job_bytes,
        waiting_requests=settings.threads // 2,
        most_authors=settings.most_authors,
        at_most_rows=settings.at_most_rows,
        license=settings.license,
        software=software(),
    )


def size_of(settings: Settings) -> PoolSize:
    """Return how many questions are answered, and how many wait."""
    return PoolSize(
        fast=settings.query_workers,
        slow=settings.slow_queries,
        waiting=settings.waiting_queries,
        per_asker=settings.queries_per_address,
    )


class _Copies:
    """Copies on disk of stores in memory: workers are other processes and cannot see them."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._count = 0
        self._lock = threading.Lock()

    @property
    def folder(self) -> str:
        """Where they are; made when first asked for."""
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.mkdtemp(prefix="collegium-")
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            return self._folder

    def of(self, store: Store) -> dict[str, Any]:
        """Return a snapshot that holds what the store holds."""
        folder = self.folder
        with self._lock:
            self._count += 1
            path = Path(folder) / str(self._count)
        copy = Store.open(path, create=True, base=store.base)
        with copy.write() as writer:
            writer.engine.bulk_extend(store.engine)
            writer.changed = True
        return asdict(Snapshot(str(path), 1, store.base))

    def remove(self) -> None:
        """Remove all copies; the next have a folder of their own."""
        with self._lock:
            folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
