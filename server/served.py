"""Rankings as the service gives them: at once where they cost next to nothing, else from a process of their own.

igraph and scipy hold Python's lock while they compute: in the web process, one long ranking would stop every answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from collegium.graph.errors import JobStopped
from collegium.graph.measures import Ranking, Sample, measure_named, sample_of
from collegium.graph.measures.cost import seconds
from collegium.graph.measures.row import REPORTED
from collegium.graph.shelf import Shelf
from collegium.graph.shelved import ranking_form
from collegium.graph.versions import derived_folder

from .editions import Edition, Wanted
from .engine_room import EngineRoom
from .jobs.job import Job
from .jobs.task import Task
from .workers.question import Snapshot

AT_ONCE_S: Final = 0.05  # what is expected to take no longer is computed where it was asked for
PAGE_WAIT_S: Final = 1.0  # a page waits so long, so that it need not be loaded twice
_LITTLE: Final = 50_000  # authorships: their network is counted in 20 ms
_NOT_KEPT: Final = "its answer could not be put into the store's folder, which may be full"


class BeingComputed(Exception):
    """There is no answer yet, and `job` is at it. Not an error: ask again."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(f"{job.task.measure} is being computed")


class ServedEdition(Edition):
    """An edition whose dear rankings are made elsewhere. It remembers together with the one that it was made from."""

    def __init__(self, edition: Edition, room: EngineRoom) -> None:
        """`edition`: of which it is the face; `room`: where jobs are."""
        self.store, self._most_authors, self.memory = edition.store, edition._most_authors, edition.memory
        self._room = room

    def ranking(
        self,
        name: str,
        wanted: Wanted,
        sample: Sample | None = None,
        *,
        wait_s: float = PAGE_WAIT_S,
        is_slice: bool = False,
    ) -> Ranking:
        """Return a ranking that is there, or that costs next to nothing, or that is there within `wait_s`.

        Raises:
            BeingComputed: it is not there yet.
            Overloaded: as many are being computed as are taken.
            JobStopped, TooDear: its computation ended without an answer, or was not begun.
            UnknownName, MeasureError, ParameterError, NotFound: as `Edition.ranking`.
        """
        name = measure_named(name).name
        if is_slice:  # a hundred of them may be asked for at once: each is small, and none is kept
            return super().ranking(name, wanted, sample, is_slice=True)
        found = self._there(self.store.shelf, name, wanted, sample)
        if found is not None:
            return found
        if self._is_light(name, wanted, sample):
            return super().ranking(name, wanted, sample)
        at = Snapshot.from_data(self._room.snapshot(self))
        shelf = Shelf(derived_folder(Path(at.path), at.version))  # of a store in memory: that of its copy
        found = self._there(shelf, name, wanted, sample)
        if found is not None:
            return found
        job = self._result(Task(at, name, wanted, sample), wait_s)
        if job.error is not None:
            raise job.error
        if not job.is_over:
            raise BeingComputed(job)
        found = self._there(shelf, name, wanted, sample)
        if found is None:
            raise JobStopped(name, _NOT_KEPT)
        return found

    def _there(self, shelf: Shelf | None, name: str, wanted: Wanted, sample: Sample | None) -> Ranking | None:
        """Return a ranking that is remembered, or stands on the shelf."""
        place = ("ranking", name, wanted, sample)
        known: Ranking | None = self.memory.known(place)
        if known is not None or shelf is None:
            return known
        found = shelf.find(self.ranking_key(name, wanted, sample), ranking_form(self.mirror))
        if found is None:
            return None
        # A copy of a store in memory counts its versions from 1.
        told = Ranking(found.rows, {**found.facts, "version": self.version})
        return self.memory.get(place, lambda: told)

    def _is_light(self, name: str, wanted: Wanted, sample: Sample | None) -> bool:
        row = measure_named(name)
        net = self.network_at_hand(wanted, _LITTLE)
        if net is None or row.basis == REPORTED:
            return row.basis == REPORTED
        drawn = sample_of(row, len(net), sample)
        expected = seconds(
            net, name, is_weighted=row.is_weighted(wanted.weight), sample=drawn.size if drawn else None
        )
        return expected is not None and expected <= AT_ONCE_S

    def _result(self, task: Task, wait_s: float) -> Job:
        async def asked() -> Job:
            return await self._room.desk.result(task, wait_s)

        return self._room.run(asked())
