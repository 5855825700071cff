"""Who computes what: one job for all who ask for the same, so many at once, a bounded queue, an end for each.

All methods belong to the event loop that they are first called in.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict, deque
from dataclasses import asdict
from typing import Final

from collegium.graph.errors import CollegiumError, JobNotCancelled, JobStopped, NotFound, Overloaded

from ..workers.question import Snapshot
from .job import Job
from .process import Ended, Process
from .task import JobLimits, Task

_REMEMBERED: Final = 200  # jobs that are over
_FULL: Final = "as many computations as are taken are running or waiting"


class Desk:
    """The jobs of one service."""

    def __init__(self, limits: JobLimits) -> None:
        self.limits = limits
        self._jobs: OrderedDict[str, Job] = OrderedDict()  # by ID, those that are over among them
        self._under_way: dict[str, Job] = {}  # by the key of their task
        self._queue: deque[Job] = deque()
        self._processes: dict[str, Process] = {}  # of the jobs that run
        self._tasks: set[asyncio.Task[None]] = set()
        self._running = self._slow = 0  # all that run, and those of them that are not quick
        self._idle: list[Process] = []
        self._requests = 0  # that wait
        self._newest: dict[str, int] = {}  # path of a store -> version

    def want(self, task: Task, *, is_quick: bool = False) -> Job:
        """Return the job of a task, a new one where none is under way.

        `is_quick`: it is expected to take seconds, and does not wait behind what takes minutes: that leaves it a place.

        Raises: Overloaded.
        """
        self.turn_to(task.snapshot)
        job = self._under_way.get(task.key)
        if job is None:
            job = Job(task, is_quick)
            if not self._has_place(job) and len(self._queue) >= self.limits.waiting:
                raise Overloaded(_FULL)
            self._jobs[job.id] = self._under_way[task.key] = job
            self._queue.append(job)
            self._forget()
            self._go_on()
        return job

    async def result(self, task: Task, wait_s: float, *, is_quick: bool = False) -> Job:
        """Return the job of a task, over if that is so within `wait_s`. Raises: Overloaded."""
        job = self.want(task, is_quick=is_quick)
        if wait_s > 0 and self._requests < self.limits.waiting_requests:
            await self._wait(job, wait_s)
        return job

    async def _wait(self, job: Job, wait_s: float) -> None:
        job.waiting += 1
        self._requests += 1
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await job.over.wait()
        finally:
            job.waiting -= 1
            self._requests -= 1

    def jobs(self) -> list[Job]:
        """Return all jobs that are remembered, the newest first."""
        return [*reversed(self._jobs.values())]

    def job(self, id: str) -> Job:
        """Return a job by its ID. Raises: NotFound."""
        if id not in self._jobs:
            raise NotFound(
                "job", id, "jobs are forgotten some time after their end; ask for the answer itself"
            )
        return self._jobs[id]

    def ahead(self, job: Job) -> int:
        """Return how many jobs begin before this one."""
        return self._queue.index(job) if job in self._queue else 0

    def cancel(self, id: str) -> Job:
        """End a job that nobody waits for. Raises: NotFound, JobNotCancelled."""
        job = self.job(id)
        if job.is_over:
            raise JobNotCancelled(id, f"it is over ({job.state})")
        if job.waiting:
            raise JobNotCancelled(id, "another request waits for its answer")
        self._end(job, "it was cancelled")
        return job

    def turn_to(self, at: Snapshot) -> None:
        """End the jobs of versions before this one that nobody waits for any more."""
        if self._newest.get(at.path, 0) < at.version:
            self._newest[at.path] = at.version
            for job in [*self._under_way.values()]:
                theirs = job.task.snapshot
                if theirs.path == at.path and theirs.version < at.version and not job.is_awaited:
                    self._end(job, "the store has changed, and nobody waited for the answer")

    async def stop(self) -> None:
        """End all jobs and processes; return when they are gone."""
        for job in [*self._under_way.values()]:
            self._end(job, "the service is being stopped")
        await asyncio.gather(*self._tasks, return_exceptions=True)
        idle, self._idle = self._idle, []
        for process in idle:
            await process.end()

    def _end(self, job: Job, reason: str) -> None:
        """End a job before it has an answer."""
        job.end("cancelled", JobStopped(job.task.title, reason))
        self._under_way.pop(job.task.key, None)
        if job in self._queue:
            self._queue.remove(job)
        if (process := self._processes.get(job.id)) is not None:
            process.kill()

    def _forget(self) -> None:
        over = [id for id, job in self._jobs.items() if job.is_over]
        for id in over[: max(0, len(over) - _REMEMBERED)]:
            del self._jobs[id]

    def _go_on(self) -> None:
        """Begin with as many jobs as there are places."""
        for job in [*self._queue]:
            if not self._has_place(job):
                continue
            self._queue.remove(job)
            self._running += 1
            self._slow += not job.is_quick
            task = asyncio.ensure_future(self._run(job))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, job: Job) -> None:
        job.begin()
        try:
            await self._compute(job)
            job.end("done")
        except CollegiumError as error:
            job.end("failed", error)
        except OSError:
            job.end("failed", Overloaded("no process for it could be started"))
        finally:
            if self._under_way.get(job.task.key) is job:
                del self._under_way[job.task.key]
            self._running -= 1
            self._slow -= not job.is_quick
            self._go_on()

    def _has_place(self, job: Job) -> bool:
        """Whether a job may begin: of one place more than there are for what takes long, that leaves one free."""
        most = self.limits.most
        return self._running <= most and (job.is_quick or self._slow < most)

    async def _compute(self, job: Job) -> None:
        """Have a process compute it; one that stood by and ended meanwhile is replaced.

        Raises:
            CollegiumError: there is no answer, and why.
            OSError: no process could be started.
        """
        while True:
            waiting = self._stand_by()
            process = waiting or await Process.start(self.limits.memory_bytes)
            is_well = False
            self._processes[job.id] = process
            try:
                if job.is_over:  # cancelled while the process was started
                    return
                await self._ask(process, job)
                is_well = True
                return
            except CollegiumError:
                is_well = process.is_well
                raise
            except TimeoutError:  # it is at it still, and would be at it for the next who asks
                reason = f"it took longer than the {self.limits.seconds:g} s that are given"
                raise JobStopped(job.task.title, reason) from None
            except Ended as end:
                if waiting is None or end.has_begun:  # else it went away just as it was asked
                    raise JobStopped(job.task.title, end.told) from None
            finally:
                del self._processes[job.id]
                if is_well:
                    self._idle.append(process)
                else:
                    await process.end()

    async def _ask(self, process: Process, job: Job) -> None:
        content = {
            "task": job.task.to_data(),
            "limits": asdict(self.limits),
        }
        async with asyncio.timeout(self.limits.seconds):
            await process.ask(content, job.note.update)

    def _stand_by(self) -> Process | None:
        """Return a process that waits for a task; those that went away are buried by their `is_well`."""
        while self._idle:
            process = self._idle.pop()
            if process.is_well:
                return process
        return None
