"""The edition that the service shows: what costs next to nothing is made at once, else a process of its own makes it.

igraph, scipy and the engine's dumps hold Python's lock while they work: in the web process, one long computation would
stop every answer. So there it is looked up, remembered or on the shelf. A ranking that is not there has a job of its
own, which all who ask share; where anything else is missing, the whole answer is left to a job (`elsewhere.py`).
Decision and figures: docs/decisions/0022.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from collegium.graph.errors import JobStopped
from collegium.graph.measures import Ranking, Sample, check_around, measure_named
from collegium.graph.measures.row import REPORTED
from collegium.graph.shelf import Form, Shelf
from collegium.graph.shelved import ranking_form
from collegium.graph.snapshot import Mirror
from collegium.graph.versions import derived_folder

from .askable import check_askable
from .editions import Edition, Wanted
from .engine_room import EngineRoom
from .jobs.job import Job
from .jobs.task import ForNetwork, ForRanking, Task, Wants
from .work import expected_s
from .workers.question import Snapshot

if TYPE_CHECKING:
    from collegium.graph.network import Network

_T = TypeVar("_T")
AT_ONCE_S: Final = 0.05  # what is expected to take no longer is computed where it was asked for
PAGE_WAIT_S: Final = 1.0  # a page waits so long, so that it need not be loaded twice
LITTLE: Final = 50_000  # authorships: their network is counted in 20 ms
_SMALL_BYTES: Final = 32 << 20  # of a version: its mirror is made in a tenth of a second
_QUICK: Final = 10_000_000  # authorships times work: a few seconds
NOT_KEPT: Final = "its answer could not be put into the store's folder, which may be full"


class BeingComputed(Exception):
    """There is no answer yet, and `job` is at it. Not an error: ask again."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(f"{job.task.title} is being computed")


class Dear(Exception):
    """Something is missing that takes a while to make, and the whole answer is left to a job. No asker sees it.

    `is_quick`: the while is expected to be seconds.
    """

    def __init__(self, what: str, is_quick: bool) -> None:
        self.what, self.is_quick = what, is_quick
        super().__init__(f"{what} is not there")


class ServedEdition(Edition):
    """An edition that leaves what is dear to jobs. It remembers together with the one that it was made from."""

    def __init__(self, edition: Edition, room: EngineRoom, patience_s: float = PAGE_WAIT_S) -> None:
        """`edition`: of which it is the face; `room`: where jobs are; `patience_s`: that the mirror is waited for."""
        self.store, self._most_authors, self.memory = edition.store, edition._most_authors, edition.memory
        self._plain, self._room, self._patience_s = edition, room, patience_s

    @property
    def mirror(self) -> Mirror:
        """Belief as a network. Raises: BeingComputed, Overloaded, JobStopped."""
        if not self._has_mirror:
            self._await(ForNetwork(), self._patience_s, is_quick=True)
        return self._plain.mirror

    @property
    def _has_mirror(self) -> bool:
        shelf = self.store.shelf
        return (
            self.memory.known("mirror") is not None
            or shelf is None
            or shelf.has_flat(self._mirror_key)
            or self.store.size_bytes <= _SMALL_BYTES
        )

    def wanted_ahead(self) -> Task | None:
        """Return the task that makes the mirror, where that is dear and it is not there."""
        return None if self._has_mirror else Task(self._at, ForNetwork())

    def compact(self, wanted: Wanted) -> Network:
        """Return a projection as compressed rows. Raises: Dear."""
        if not (self.has_network(wanted) or self._is_little(1)):
            raise self._dear("network", 1)
        return self._plain.compact(wanted)

    def counted(self, wanted: Wanted, *, wait_s: float = 0) -> Network:
        """The same, waited for. Raises: BeingComputed, Overloaded, JobStopped."""
        if not (self.has_network(wanted) or self._is_little(1)):
            check_askable(self, wanted)
            self._await(ForNetwork(wanted), wait_s, is_quick=True)
        return self._plain.compact(wanted)

    def made(self, key: Hashable, make: Callable[[], _T], work: float = 1) -> _T:
        """Return what is remembered under a key, or costs little. Raises: Dear."""
        known: _T | None = self.memory.known(key)
        if known is not None:
            return known
        if not self._is_little(work):
            raise self._dear(str(key[0] if isinstance(key, tuple) else key), work)
        return self.memory.get(key, make)

    def _kept(self, key: dict[str, Any], form: Form[_T], make: Callable[[], _T], work: float = 1) -> _T:
        """Return what is on the shelf, or costs little. Raises: Dear."""
        shelf = self.store.shelf
        found = None if shelf is None else shelf.find(key, form)
        if found is not None:
            return found
        if not self._is_little(work):
            raise self._dear(str(key["kind"]), work)
        return super()._kept(key, form, make, work)

    def _is_little(self, work: float) -> bool:
        # A store in memory is small, and the copy of it that a job would answer from counts its versions from 1.
        return self.store.path is None or len(self.mirror.columns.authors.ends) * work <= LITTLE

    def _dear(self, what: str, work: float) -> Dear:
        return Dear(what, len(self.mirror.columns.authors.ends) * work <= _QUICK)

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
        check_around(measure_named(name), wanted.around)
        if is_slice:  # a hundred of them may be asked for at once: each is small, and none is kept
            return self._plain.ranking(name, wanted, sample, is_slice=True)
        found = self._there(self.store.shelf, name, wanted, sample)
        if found is not None:
            return found
        if self._is_light(name, wanted, sample):
            return self._plain.ranking(name, wanted, sample)
        at = self._at
        shelf = Shelf(derived_folder(Path(at.path), at.version))  # of a store in memory: that of its copy
        found = self._there(shelf, name, wanted, sample)
        if found is not None:
            return found
        check_askable(self, wanted)
        self._await(ForRanking(name, wanted, sample), wait_s)
        found = self._there(shelf, name, wanted, sample)
        if found is None:
            raise JobStopped(name, NOT_KEPT)
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
        if row.basis == REPORTED:
            return True
        if not (self.has_network(wanted) or self._is_little(1)):
            return False
        expected = expected_s(self._plain.compact(wanted), row, wanted.weight, sample)
        return expected is not None and expected <= AT_ONCE_S

    @property
    def _at(self) -> Snapshot:
        found: Mapping[str, Any] = self._room.snapshot(self)
        return Snapshot.from_data(dict(found))

    def _await(self, wants: Wants, wait_s: float, *, is_quick: bool = False) -> None:
        """Return once a job has made what is wanted. Raises: BeingComputed, Overloaded; as the job found."""
        job = self._room.result(Task(self._at, wants), wait_s, is_quick=is_quick)
        if job.error is not None:
            raise job.error
        if not job.is_over:
            raise BeingComputed(job)
