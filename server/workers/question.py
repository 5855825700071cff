"""What a worker is asked, and within which limits it works; both travel between processes as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from collegium.graph.snapshot import MOST_AUTHORS


class _Travelling:
    """A frozen record that goes to another process as JSON."""

    __slots__: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the record as data, without what is None."""
        return {n: v for n in self.__slots__ if (v := getattr(self, n)) is not None}

    def to_json(self) -> str:
        """Return the record as JSON, without what is None."""
        return json.dumps(self.to_data())

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return the record of what `to_data` gave, or `to_json` wrote; lists become tuples."""
        return cls(
            **{k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in cls.__slots__}
        )


@dataclass(frozen=True, slots=True)
class Snapshot(_Travelling):
    """Which version of which store is asked."""

    path: str
    version: int
    base: str


@dataclass(frozen=True, slots=True)
class Question(_Travelling):
    """One piece of work for a worker.

    `kind` is "query" (the answer to `text`), "graph" (the statements of the graph `text`; "" is the default graph) or
    "dump" (all statements as gzipped N-Quads). `accept` and `format` decide the form of the answer, `default_graphs`
    and `named_graphs` its dataset (None: that of the query, else the store's own). `at_most` cuts rows off.
    `seconds` and `answer_bytes` stand in place of those of `WorkLimits`: for work of our own, never for a stranger's.
    """

    snapshot: dict[str, Any]
    text: str
    kind: str = "query"
    accept: str | None = None
    format: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    at_most: int | None = None
    seconds: float | None = None
    answer_bytes: int | None = None

    @property
    def asked(self) -> str:
        """All that decides the answer on one snapshot, as one text."""
        rest = (self.format, self.default_graphs, self.named_graphs, self.at_most)
        return f"{self.kind} {rest} {self.text}"


@dataclass(frozen=True, slots=True)
class WorkLimits(_Travelling):
    """What one question may cost, and `most_authors` of the network that it asks.

    `services`: addresses that SERVICE may ask; without any, there is no network.
    """

    seconds: float = 30.0
    memory_bytes: int = 2 << 30
    stack_bytes: int = 256 << 20
    answer_rows: int = 1_000_000
    answer_bytes: int = 256 << 20
    services: tuple[str, ...] = ()
    most_authors: int = MOST_AUTHORS
