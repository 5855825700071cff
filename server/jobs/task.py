"""What a job computes, and within which limits; both travel between processes as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from collegium.graph.measures.sample import Sample
from collegium.graph.selection import Filter
from collegium.graph.snapshot import MOST_AUTHORS

from ..editions import Edition, Wanted
from ..workers.question import Snapshot


@dataclass(frozen=True, slots=True)
class JobLimits:
    """How many computations run at once, how many wait for that, and what one may cost.

    `waiting_requests`: so many requests may wait for an answer; others are told at once that it is being computed, so
    that there is always a thread for what is cheap. `most_authors`: of a paper that makes pairs.
    """

    most: int = 2
    waiting: int = 32
    seconds: float = 300.0
    memory_bytes: int = 4 << 30
    waiting_requests: int = 8
    most_authors: int = MOST_AUTHORS


@dataclass(frozen=True, slots=True)
class Task:
    """A ranking of one version of one store."""

    snapshot: Snapshot
    measure: str
    wanted: Wanted
    sample: Sample | None = None

    def to_data(self) -> dict[str, Any]:
        """Return the task as data that JSON can hold."""
        return {
            "snapshot": self.snapshot.to_data(),
            "measure": self.measure,
            "projection": self.wanted.projection,
            "weight": self.wanted.weight,
            "where": self.wanted.where.given,
            "around": list(self.wanted.around),
            "sample": None if self.sample is None else [self.sample.size, self.sample.seed],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return the task of what `to_data` gave."""
        sample = data["sample"]
        where = Filter(**data["where"])
        wanted = Wanted(data["projection"], data["weight"], where, tuple(data["around"]))
        snapshot = Snapshot.from_data(data["snapshot"])
        return cls(snapshot, data["measure"], wanted, None if sample is None else Sample(*sample))

    @property
    def key(self) -> str:
        """What tells tasks apart: who asks for the same waits for the same."""
        return json.dumps(self.to_data(), sort_keys=True)

    def is_on(self, edition: Edition) -> bool:
        """Return whether the task is of this version."""
        return self.snapshot.version == edition.version
