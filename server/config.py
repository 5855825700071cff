"""The settings of the service: one table, read from `COLLEGIUM_*` variables and typed.

`SETTINGS` is what the documentation lists and what `Settings.from_environment` reads; a setting without a row
there cannot be set from outside.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from collegium.graph.identity.policies import check_policy
from collegium.graph.snapshot import MOST_AUTHORS
from collegium.graph.vocabulary import DEFAULT_BASE

from . import setting_forms as forms


@dataclass(frozen=True, slots=True)
class Settings:
    """How one service runs. Immutable: a test makes its own, nothing is global."""

    store: Path = Path("collegium-store")
    base: str = DEFAULT_BASE
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 16
    at_most_rows: int = 100_000
    request_bytes: int = 1_048_576
    cache_bytes: int = 33_554_432
    pairs: bool = True
    identity: str = ""
    ror: Path | None = None
    most_authors: int = MOST_AUTHORS
    token: str = field(default="", repr=False)
    query_seconds: int = 30
    query_bytes: int = 1_073_741_824
    query_workers: int = 3
    slow_queries: int = 2
    waiting_queries: int = 128
    queries_per_address: int = 64
    answer_rows: int = 1_000_000
    answer_bytes: int = 268_435_456
    jobs: int = 2
    waiting_jobs: int = 32
    job_seconds: int = 300
    job_bytes: int = 4_294_967_296
    update_seconds: int = 300
    update_bytes: int = 67_108_864
    services: tuple[str, ...] = ()
    proxies: int = 0
    license: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Return the settings that `environment` (default: the process's own) holds; `given` wins over it.

        An empty variable counts as not set; a value of None in `given` counts as not given.

        Raises:
            ParameterError: A variable cannot be read as its type, or is out of range.
        """
        surroundings = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for setting in SETTINGS:
            text = surroundings.get(setting.variable, "").strip()
            if text:
                values[setting.name] = setting.parse(setting.variable, text)
        values.update({name: value for name, value in given.items() if value is not None})
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of `SETTINGS`: `name` is the field of `Settings`, `parse` turns (variable, text) into its value."""

    name: str
    variable: str
    description: str
    parse: Callable[[str, str], object]

    @property
    def default(self) -> object:
        """The value when the variable is not set."""
        return next(field.default for field in fields(Settings) if field.name == self.name)


# Filled here, never changed. The variables are promises to users.
SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("store", "COLLEGIUM_STORE", "Folder of the store.", forms.path),
    Setting(
        "base",
        "COLLEGIUM_BASE",
        "What the IRIs of a new store begin with; a store that exists keeps its own.",
        forms.base,
    ),
    Setting("host", "COLLEGIUM_HOST", "Address that the service listens on.", forms.host),
    Setting(
        "port",
        "COLLEGIUM_PORT",
        "Port that the service listens on; 0 takes a free one.",
        forms.whole(0, 65535),
    ),
    Setting(
        "threads",
        "COLLEGIUM_THREADS",
        "Pages and answers of the API that are made at the same time; /sparql and /graphs take no thread.",
        forms.whole(1, 1024),
    ),
    Setting(
        "at_most_rows",
        "COLLEGIUM_AT_MOST_ROWS",
        "Rows after which a table that a query gives to a page or to the JSON API is cut, and says so.",
        forms.whole(1, 10_000_000),
    ),
    Setting(
        "request_bytes",
        "COLLEGIUM_REQUEST_BYTES",
        "Largest request body, in bytes; a larger one is answered 413.",
        forms.whole(1, 1 << 30),
    ),
    Setting(
        "cache_bytes",
        "COLLEGIUM_CACHE_BYTES",
        "Memory for finished answers, in bytes; 0 keeps none.",
        forms.whole(0, 1 << 40),
    ),
    Setting(
        "pairs",
        "COLLEGIUM_PAIRS",
        "Whether loading writes the graph of coauthor pairs (true or false): a convenience for queries.",
        forms.truth,
    ),
    Setting(
        "identity",
        "COLLEGIUM_IDENTITY",
        "How far names alone make two authors one (names, evidence or strict); a load makes it the store's own.",
        lambda variable, text: check_policy(text),
    ),
    Setting(
        "ror",
        "COLLEGIUM_ROR",
        "Table of ROR that names of institutions are looked up in (collegium ror build), or none.",
        forms.path,
    ),
    Setting(
        "most_authors",
        "COLLEGIUM_MOST_AUTHORS",
        "Authors above which a paper makes no pairs of co-authors; its statements are kept, and it is counted.",
        forms.whole(2, 1_000_000),
    ),
    Setting(
        "token",
        "COLLEGIUM_TOKEN",
        "What a writer sends as `Authorization: Bearer …`; without it nothing can be written over HTTP.",
        forms.token,
    ),
    Setting(
        "query_seconds",
        "COLLEGIUM_QUERY_SECONDS",
        "Seconds after which a query is stopped.",
        forms.whole(1, 86_400),
    ),
    Setting(
        "query_bytes",
        "COLLEGIUM_QUERY_BYTES",
        "Memory that one query may use, in bytes.",
        forms.whole(1 << 26, 1 << 40),
    ),
    Setting(
        "query_workers",
        "COLLEGIUM_QUERY_WORKERS",
        "Processes that stand by for light queries; best one more than the machine has cores.",
        forms.whole(1, 256),
    ),
    Setting(
        "slow_queries",
        "COLLEGIUM_SLOW_QUERIES",
        "Heavy queries that run at the same time, beside the light ones and behind them.",
        forms.whole(1, 256),
    ),
    Setting(
        "waiting_queries",
        "COLLEGIUM_WAITING_QUERIES",
        "Queries that may wait for a process; one more is answered 503.",
        forms.whole(1, 100_000),
    ),
    Setting(
        "queries_per_address",
        "COLLEGIUM_QUERIES_PER_ADDRESS",
        "Queries of one client address at the same time; one more is answered 429.",
        forms.whole(1, 100_000),
    ),
    Setting(
        "answer_rows",
        "COLLEGIUM_ANSWER_ROWS",
        "Rows after which the answer of /sparql is cut: a small one says so, a large one breaks off.",
        forms.whole(1, 1 << 40),
    ),
    Setting(
        "answer_bytes",
        "COLLEGIUM_ANSWER_BYTES",
        "Bytes after which an answer of /sparql breaks off.",
        forms.whole(1 << 10, 1 << 40),
    ),
    Setting(
        "jobs",
        "COLLEGIUM_JOBS",
        "Computations at the same time, each in a process of its own, behind everything else; one more of seconds.",
        forms.whole(1, 256),
    ),
    Setting(
        "waiting_jobs",
        "COLLEGIUM_WAITING_JOBS",
        "Computations that may wait to be begun; one more is answered 503.",
        forms.whole(0, 100_000),
    ),
    Setting(
        "job_seconds",
        "COLLEGIUM_JOB_SECONDS",
        "Seconds after which a computation is stopped; a ranking that would surely take longer is not begun.",
        forms.whole(1, 604_800),
    ),
    Setting(
        "job_bytes",
        "COLLEGIUM_JOB_BYTES",
        "Memory that the process of a computation may use, in bytes.",
        forms.whole(1 << 28, 1 << 42),
    ),
    Setting(
        "update_seconds",
        "COLLEGIUM_UPDATE_SECONDS",
        "Seconds after which an update is stopped; the store is then as it was.",
        forms.whole(1, 86_400),
    ),
    Setting(
        "update_bytes",
        "COLLEGIUM_UPDATE_BYTES",
        "Largest update or graph that is written over HTTP, in bytes; a larger one is answered 413.",
        forms.whole(1, 1 << 30),
    ),
    Setting(
        "services",
        "COLLEGIUM_SERVICES",
        "Endpoints that SERVICE in a query may ask, parted by spaces; without any, queries have no network.",
        forms.addresses,
    ),
    Setting(
        "proxies",
        "COLLEGIUM_PROXIES",
        "Proxies in front that write X-Forwarded-For: so many entries of it, from the right, are believed.",
        forms.whole(0, 8),
    ),
    Setting(
        "license",
        "COLLEGIUM_LICENSE",
        "Address of the licence that the data are under; said in the description of the data set.",
        forms.address,
    ),
)
