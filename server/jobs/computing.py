"""The process of a job: takes tasks over a socket, one after the other, and puts each answer on the version's shelf.

Started by `process.py`. It says what it is at in `NOTE` frames, and at the end `WHOLE`, or `FAIL` with an error.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, Final

from collegium.graph.errors import CollegiumError, JobStopped, TooDear
from collegium.graph.measures import measure_named, sample_of
from collegium.graph.measures.cost import refusal, seconds
from collegium.graph.measures.row import REPORTED
from collegium.graph.store import Store

from ..editions import Edition
from ..workers.frames import FAIL, NOTE, pack_json, pack_whole, receive
from ..workers.jail import confine
from ..workers.told import told
from .task import Task

IDLE_S: Final = 20.0  # that it stays for the next task; it holds its version on disk as long
_NICENESS: Final = 10

Note = Callable[[dict[str, Any]], None]


def main(handle: int, parent: int, memory_bytes: int) -> None:
    """Take tasks until the other side hangs up, or nothing comes for a while."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the service, which ends us when it has ended
        signal.signal(number, signal.SIG_IGN)
    # By the thread that started us: the event loop's, which lives as long as the service.
    confine(memory_bytes=memory_bytes, network=False, parent=parent)
    os.nice(_NICENESS)
    desk = _Desk(socket.socket(fileno=handle), memory_bytes)
    while desk.serve():
        gc.collect()


class _Desk:
    """Where tasks come in; keeps the version that was asked last open."""

    def __init__(self, channel: socket.socket, memory_bytes: int) -> None:
        self._channel, self._memory_bytes = channel, memory_bytes
        self._edition: Edition | None = None

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
            compute(self._opened(task, given["most_authors"]), task, given["seconds"], self._tell)
        except CollegiumError as error:
            self._channel.sendall(pack_json(FAIL, told(error)))
        except MemoryError:
            reason = f"it needed more than {self._memory_bytes >> 20:,} MiB of memory"
            self._channel.sendall(pack_json(FAIL, told(JobStopped(task.measure, reason))))
        else:
            self._channel.sendall(pack_whole({}, b""))

    def _tell(self, note: dict[str, Any]) -> None:
        self._channel.sendall(pack_json(NOTE, note))

    def _opened(self, task: Task, most_authors: int) -> Edition:
        at = task.snapshot
        if self._edition is None or (str(self._edition.store.path), self._edition.version) != (
            at.path,
            at.version,
        ):
            self._edition = None  # first: its files can then be removed
            self._edition = Edition(Store.at(at.path, at.version, at.base), most_authors)
        return self._edition


def compute(edition: Edition, task: Task, budget_s: float, tell: Note) -> None:
    """Compute a task; its answer is then on the shelf.

    Raises:
        TooDear: it would not end within `budget_s`.
        CollegiumError: as `Edition.ranking`.
    """
    tell({"stage": "counting the network"})
    row, net = measure_named(task.measure), edition.compact(task.wanted)
    expected = None
    if row.basis != REPORTED:
        sample = sample_of(row, len(net), task.sample)
        is_weighted = row.is_weighted(task.wanted.weight)
        expected = seconds(net, row.name, is_weighted=is_weighted, sample=sample.size if sample else None)
        if (reason := refusal(net, row.name, expected, budget_s, is_weighted=is_weighted)) is not None:
            raise TooDear(row.name, reason)
    tell({"stage": "computing", "nodes": len(net), "edges": net.size, "estimated_seconds": expected})
    edition.ranking(row.name, task.wanted, task.sample)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
