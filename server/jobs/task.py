"""What a job computes, and within which limits; both travel between processes as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self, TypeAlias
from urllib.parse import urlencode

from collegium.graph.measures.sample import Sample
from collegium.graph.selection import Filter
from collegium.graph.snapshot import MOST_AUTHORS

from ..editions import Wanted
from ..workers.question import Snapshot


@dataclass(frozen=True, slots=True)
class JobLimits:
    """How many computations run at once, how many wait for that, and what one may cost.

    `waiting_requests`: so many requests may wait for an answer; others are told at once that it is being computed, so
    that there is always a thread for what is cheap. What decides an answer beside the store: `most_authors` of a paper
    that makes pairs, `at_most_rows` of a table that a query gives, `license` of the data, and our own `software`.
    """

    most: int = 2
    waiting: int = 32
    seconds: float = 300.0
    memory_bytes: int = 4 << 30
    waiting_requests: int = 8
    most_authors: int = MOST_AUTHORS
    at_most_rows: int = 100_000
    license: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class ForRanking:
    """A ranking is wanted, on the shelf."""

    kind: ClassVar[str] = "ranking"
    measure: str
    wanted: Wanted
    sample: Sample | None = None

    @property
    def title(self) -> str:
        """What is wanted, for people."""
        return self.measure

    @property
    def parameters(self) -> dict[str, Any]:
        """What it is made of, as JSON shows it."""
        return {
            **_network(self.wanted),
            "sample": None if self.sample is None else self.sample.size,
            "seed": None if self.sample is None else self.sample.seed,
        }

    @classmethod
    def from_parameters(cls, measure: str, given: Mapping[str, Any]) -> Self:
        """Return what title and parameters say."""
        sample = None if given["sample"] is None else Sample(given["sample"], given["seed"])
        return cls(measure, _wanted(given), sample)


@dataclass(frozen=True, slots=True)
class ForNetwork:
    """The mirror is wanted on the shelf; and with `wanted` a network counted out of it."""

    kind: ClassVar[str] = "network"
    wanted: Wanted | None = None

    @property
    def title(self) -> str:
        """What is wanted, for people."""
        return "network" if self.wanted else "belief as a network"

    @property
    def parameters(self) -> dict[str, Any]:
        """What it is made of, as JSON shows it."""
        return _network(self.wanted) if self.wanted else {}

    @classmethod
    def from_parameters(cls, title: str, given: Mapping[str, Any]) -> Self:
        """Return what title and parameters say."""
        return cls(_wanted(given) if given else None)


@dataclass(frozen=True, slots=True)
class ForAnswer:
    """The answer to a GET is wanted, on the shelf.

    `path` is as the service has it, `root` what stands before it in addresses; `query` has names sorted, and nothing
    that does not decide the answer; `media_type` is the form that was chosen.
    """

    kind: ClassVar[str] = "answer"
    path: str
    query: tuple[tuple[str, str], ...]
    media_type: str
    root: str = ""

    @property
    def encoded(self) -> str:
        """The query as an address holds it."""
        return urlencode(self.query)

    @property
    def title(self) -> str:
        """What is wanted, for people."""
        return self.path

    @property
    def parameters(self) -> dict[str, Any]:
        """What it is made of, as JSON shows it."""
        return {"query": [list(pair) for pair in self.query], "form": self.media_type, "root": self.root}

    @classmethod
    def from_parameters(cls, title: str, given: Mapping[str, Any]) -> Self:
        """Return what title and parameters say."""
        query = tuple((name, value) for name, value in given["query"])
        return cls(title, query, given["form"], given["root"])


Wants: TypeAlias = ForRanking | ForNetwork | ForAnswer
_WANTS: Final[Mapping[str, type[Wants]]] = MappingProxyType(
    {row.kind: row for row in (ForRanking, ForNetwork, ForAnswer)}
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to compute of one version of one store."""

    snapshot: Snapshot
    wants: Wants

    @property
    def title(self) -> str:
        """What is wanted, for people."""
        return self.wants.title

    def to_data(self) -> dict[str, Any]:
        """Return the task as data that JSON can hold."""
        return {
            "snapshot": self.snapshot.to_data(),
            "kind": self.wants.kind,
            "title": self.title,
            "parameters": self.wants.parameters,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return the task of what `to_data` gave."""
        wants = _WANTS[data["kind"]].from_parameters(data["title"], data["parameters"])
        return cls(Snapshot.from_data(data["snapshot"]), wants)

    @property
    def key(self) -> str:
        """What tells tasks apart: who asks for the same waits for the same."""
        return json.dumps(self.to_data(), sort_keys=True)


def _network(wanted: Wanted) -> dict[str, Any]:
    return {
        "projection": wanted.projection,
        "weight": wanted.weight,
        "where": wanted.where.given,
        "around": list(wanted.around),
    }


def _wanted(given: Mapping[str, Any]) -> Wanted:
    where = Filter(**given["where"])
    return Wanted(given["projection"], given["weight"], where, tuple(given["around"]))
