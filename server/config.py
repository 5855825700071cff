"""The settings of the service: one table, read from `COLLEGIUM_*` variables and typed.

`SETTINGS` is what the documentation lists and what `Settings.from_environment` reads; a setting without a row
there cannot be set from outside.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from collegium.graph.errors import ParameterError
from collegium.graph.identity.policies import check_policy
from collegium.graph.snapshot import MOST_AUTHORS
from collegium.graph.vocabulary import DEFAULT_BASE

_LEAST_TOKEN: Final = 16  # characters


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
    most_authors: int = MOST_AUTHORS
    token: str = field(default="", repr=False)
    query_seconds: int = 30
    query_bytes: int = 1_073_741_824
    query_workers: int = 2
    slow_queries: int = 2
    waiting_queries: int = 128
    queries_per_address: int = 64
    answer_rows: int = 1_000_000
    answer_bytes: int = 268_435_456
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


def _path(variable: str, text: str) -> Path:
    if "\0" in text:
        raise ParameterError(variable, text, "a folder")
    return Path(text)


def _host(variable: str, text: str) -> str:
    if any(c.isspace() or c == "/" for c in text):
        raise ParameterError(variable, text, "a host name or address, like 127.0.0.1")
    return text


def _base(variable: str, text: str) -> str:
    """Return `text` when IRIs can be made by writing behind it."""
    expected = "an http or https address that ends in a slash, like https://example.org/"
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ParameterError(variable, text, expected) from error
    is_plain = not (parts.query or parts.fragment or any(c.isspace() or c in '<>"{}|^`\\' for c in text))
    if parts.scheme not in ("http", "https") or not parts.netloc or not text.endswith("/") or not is_plain:
        raise ParameterError(variable, text, expected)
    return text


def _address(variable: str, text: str) -> str:
    """Return `text` when it is the IRI of a page."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", text):
        raise ParameterError(variable, text, "an http or https address")
    return text


def _whole(least: int, most: int) -> Callable[[str, str], int]:
    """Return a parser of whole numbers in [least, most]."""

    def parse(variable: str, text: str) -> int:
        expected = f"a whole number from {least} to {most}"
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise ParameterError(variable, text, expected)
        if not least <= int(text) <= most:
            raise ParameterError(variable, text, expected)
        return int(text)

    return parse


def _truth(variable: str, text: str) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in known:
        raise ParameterError(variable, text, "true or false")
    return known[text.lower()]


def _token(variable: str, text: str) -> str:
    """Return a token that a header can hold and nobody guesses. The text itself is never repeated."""
    if len(text) < _LEAST_TOKEN or not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", text):
        expected = f"at least {_LEAST_TOKEN} letters, digits or . _ ~ + / = - (try: openssl rand -hex 24)"
        raise ParameterError(variable, f"{len(text)} characters", expected)
    return text


def _addresses(variable: str, text: str) -> tuple[str, ...]:
    """Return the addresses of a list parted by spaces or commas."""
    found = tuple(text.replace(",", " ").split())
    for address in found:
        if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", address):
            raise ParameterError(
                variable, address, "http or https addresses of SPARQL endpoints, parted by spaces"
            )
    return found


# Filled here, never changed. The variables are promises to users.
SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("store", "COLLEGIUM_STORE", "Folder of the store.", _path),
    Setting(
        "base",
        "COLLEGIUM_BASE",
        "What the IRIs of a new store begin with; a store that exists keeps its own.",
        _base,
    ),
    Setting("host", "COLLEGIUM_HOST", "Address that the service listens on.", _host),
    Setting(
        "port", "COLLEGIUM_PORT", "Port that the service listens on; 0 takes a free one.", _whole(0, 65535)
    ),
    Setting(
        "threads",
        "COLLEGIUM_THREADS",
        "Pages and answers of the API that are made at the same time; /sparql and /graphs take no thread.",
        _whole(1, 1024),
    ),
    Setting(
        "at_most_rows",
        "COLLEGIUM_AT_MOST_ROWS",
        "Rows after which a table that a query gives to a page or to the JSON API is cut, and says so.",
        _whole(1, 10_000_000),
    ),
    Setting(
        "request_bytes",
        "COLLEGIUM_REQUEST_BYTES",
        "Largest request body, in bytes; a larger one is answered 413.",
        _whole(1, 1 << 30),
    ),
    Setting(
        "cache_bytes",
        "COLLEGIUM_CACHE_BYTES",
        "Memory for finished answers, in bytes; 0 keeps none.",
        _whole(0, 1 << 40),
    ),
    Setting(
        "pairs",
        "COLLEGIUM_PAIRS",
        "Whether loading writes the graph of coauthor pairs (true or false): a convenience for queries.",
        _truth,
    ),
    Setting(
        "identity",
        "COLLEGIUM_IDENTITY",
        "How far names alone make two authors one (names, evidence or strict); a load makes it the store's own.",
        lambda variable, text: check_policy(text),
    ),
    Setting(
        "most_authors",
        "COLLEGIUM_MOST_AUTHORS",
        "Authors above which a paper makes no pairs of co-authors; its statements are kept, and it is counted.",
        _whole(2, 1_000_000),
    ),
    Setting(
        "token",
        "COLLEGIUM_TOKEN",
        "What a writer sends as `Authorization: Bearer …`; without it nothing can be written over HTTP.",
        _token,
    ),
    Setting(
        "query_seconds",
        "COLLEGIUM_QUERY_SECONDS",
        "Seconds after which a query is stopped.",
        _whole(1, 86_400),
    ),
    Setting(
        "query_bytes",
        "COLLEGIUM_QUERY_BYTES",
        "Memory that one query may use, in bytes.",
        _whole(1 << 26, 1 << 40),
    ),
    Setting(
        "query_workers",
        "COLLEGIUM_QUERY_WORKERS",
        "Processes that stand by for light queries; best as many as the machine has cores.",
        _whole(1, 256),
    ),
    Setting(
        "slow_queries",
        "COLLEGIUM_SLOW_QUERIES",
        "Heavy queries that run at the same time, beside the light ones and behind them.",
        _whole(1, 256),
    ),
    Setting(
        "waiting_queries",
        "COLLEGIUM_WAITING_QUERIES",
        "Queries that may wait for a process; one more is answered 503.",
        _whole(1, 100_000),
    ),
    Setting(
        "queries_per_address",
        "COLLEGIUM_QUERIES_PER_ADDRESS",
        "Queries of one client address at the same time; one more is answered 429.",
        _whole(1, 100_000),
    ),
    Setting(
        "answer_rows",
        "COLLEGIUM_ANSWER_ROWS",
        "Rows after which the answer of /sparql is cut: a small one says so, a large one breaks off.",
        _whole(1, 1 << 40),
    ),
    Setting(
        "answer_bytes",
        "COLLEGIUM_ANSWER_BYTES",
        "Bytes after which an answer of /sparql breaks off.",
        _whole(1 << 10, 1 << 40),
    ),
    Setting(
        "update_seconds",
        "COLLEGIUM_UPDATE_SECONDS",
        "Seconds after which an update is stopped; the store is then as it was.",
        _whole(1, 86_400),
    ),
    Setting(
        "update_bytes",
        "COLLEGIUM_UPDATE_BYTES",
        "Largest update or graph that is written over HTTP, in bytes; a larger one is answered 413.",
        _whole(1, 1 << 30),
    ),
    Setting(
        "services",
        "COLLEGIUM_SERVICES",
        "Endpoints that SERVICE in a query may ask, parted by spaces; without any, queries have no network.",
        _addresses,
    ),
    Setting(
        "proxies",
        "COLLEGIUM_PROXIES",
        "Proxies in front that write X-Forwarded-For: so many entries of it, from the right, are believed.",
        _whole(0, 8),
    ),
    Setting(
        "license",
        "COLLEGIUM_LICENSE",
        "Address of the licence that the data are under; said in the description of the data set.",
        _address,
    ),
)
