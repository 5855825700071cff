"""One job: a task, how far it is, and how it ended."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeAlias

from collegium.graph.errors import CollegiumError

from .task import Task

State: TypeAlias = Literal["queued", "running", "done", "failed", "cancelled"]

_MOST_ADDRESSES: Final = 100
_LOOKED_AFTER_S: Final = 30.0  # who looked so long ago is taken to wait no more


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(eq=False, slots=True)
class Job:
    """A computation under way, or over.

    `note` is what its process said last; `waiting` counts requests that wait; `addresses` are those that were asked,
    the first `_MOST_ADDRESSES` of them. `is_quick`: it is expected to take seconds.
    """

    task: Task
    is_quick: bool = False
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = "queued"
    since: datetime = field(default_factory=_now)
    started: datetime | None = None
    ended: datetime | None = None
    note: dict[str, Any] = field(default_factory=dict)
    error: CollegiumError | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0
    seen_at: float = field(default_factory=time.monotonic)
    addresses: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.over.is_set()

    @property
    def is_awaited(self) -> bool:
        """Whether a request waits for it, or somebody looked after it of late."""
        return self.waiting > 0 or time.monotonic() - self.seen_at < _LOOKED_AFTER_S

    def look(self) -> None:
        """Note that somebody asks how far it is."""
        self.seen_at = time.monotonic()

    def place_of(self, address: str) -> int:
        """Return the place of an address among those that were asked, 0 for one too many."""
        if address not in self.addresses:
            if len(self.addresses) >= _MOST_ADDRESSES:
                return 0
            self.addresses.append(address)
        return self.addresses.index(address)

    def begin(self) -> None:
        """Say that a process is at it."""
        self.state, self.started = "running", _now()

    def end(self, state: State, error: CollegiumError | None = None) -> None:
        """Say how it ended, once: what comes later changes nothing."""
        if not self.is_over:
            self.state, self.error, self.ended = state, error, _now()
            self.over.set()

    def to_document(self, ahead: int = 0) -> dict[str, Any]:
        """Return the job for JSON; `ahead` counts those that begin before it."""
        until = self.ended or _now()
        estimate = self.note.get("estimated_seconds")
        elapsed = None if self.started is None else round((until - self.started).total_seconds(), 3)
        return {
            "job": self.id,
            "state": self.state,
            "stage": self.note.get("stage") if self.state == "running" else None,
            "kind": self.task.wants.kind,
            "title": self.task.title,
            "measure": self.task.title if self.task.wants.kind == "ranking" else None,
            "parameters": self.task.wants.parameters,
            "version": self.task.snapshot.version,
            "since": self.since.isoformat(timespec="milliseconds"),
            "started": None if self.started is None else self.started.isoformat(timespec="milliseconds"),
            "ended": None if self.ended is None else self.ended.isoformat(timespec="milliseconds"),
            "nodes": self.note.get("nodes"),
            "edges": self.note.get("edges"),
            "elapsed_seconds": elapsed,
            "estimated_seconds": estimate,
            "ahead": ahead if self.state == "queued" else None,
            "waiting_requests": self.waiting,
            "problem": None if self.error is None else self.error.message,
        }
