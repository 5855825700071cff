"""Where tasks come in, in the process of a job: one after the other, each answer put on the version's shelf."""

from __future__ import annotations

import select
import socket
from typing import Any, Final

from collegium.graph.errors import CollegiumError, JobStopped
from collegium.graph.store import Store

from .jobs.task import ForAnswer, ForNetwork, JobLimits, Task
from .told_edition import ToldEdition
from .workers.frames import FAIL, NOTE, pack_json, pack_whole, receive
from .workers.told import told

IDLE_S: Final = 20.0  # that it stays for the next task; it holds its version on disk as long


class TaskDesk:
    """Where tasks come in; keeps the version that was asked last open."""

    def __init__(self, channel: socket.socket, memory_bytes: int) -> None:
        self._channel, self._memory_bytes = channel, memory_bytes
        self._edition: ToldEdition | None = None

    def serve(self) -> bool:
        """Do the next task; return False when there comes none."""
        if not select.select([self._channel], [], [], IDLE_S)[0]:
            return False
        try:
            frame = receive(self._channel)
            if frame is None:
                return False
            self._do(frame.json())
        except OSError:  # nobody is there to hear
            return False
        return True

    def _do(self, given: dict[str, Any]) -> None:
        task = Task.from_data(given["task"])
        try:
            self._tell({"stage": "opening"})
            compute(self._opened(task, JobLimits(**given["limits"])), task)
        except CollegiumError as error:
            self._channel.sendall(pack_json(FAIL, told(error)))
        except MemoryError:
            self._edition = None  # and all that it remembers
            reason = f"it needed more than {self._memory_bytes >> 20:,} MiB of memory"
            self._channel.sendall(pack_json(FAIL, told(JobStopped(task.title, reason))))
        else:
            self._channel.sendall(pack_whole({}, b""))

    def _tell(self, note: dict[str, Any]) -> None:
        self._channel.sendall(pack_json(NOTE, note))

    def _opened(self, task: Task, limits: JobLimits) -> ToldEdition:
        at = task.snapshot
        if self._edition is None or (str(self._edition.store.path), self._edition.version) != (
            at.path,
            at.version,
        ):
            self._edition = None  # first: its files can then be removed
            self._edition = ToldEdition(Store.at(at.path, at.version, at.base), limits, self._tell)
        return self._edition


def compute(edition: ToldEdition, task: Task) -> None:
    """Compute a task; its answer is then on the shelf.

    Raises:
        TooDear: it would not end within the time that is given.
        CollegiumError: as `Edition.ranking`; as whoever answers.
    """
    wants = task.wants
    if isinstance(wants, ForAnswer):
        from .answering import Answering

        edition.memory.get("answering", lambda: Answering(edition)).put(task.snapshot, wants)
    elif isinstance(wants, ForNetwork):
        from .directory import dates_of

        if wants.wanted is None:
            dates_of(edition)  # and the mirror for them
        else:
            edition.compact(wants.wanted)
    else:
        edition.ranking(wants.measure, wants.wanted, wants.sample)
