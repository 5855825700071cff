"""The settings of the service: one table, read from `COLLEGIUM_*` variables and typed.

`SETTINGS` is what the documentation lists and what `Settings.from_environment` reads; a setting without a row
there cannot be set from outside.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from collegium.graph.errors import ParameterError
from collegium.graph.vocabulary import DEFAULT_BASE


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
    Setting("threads", "COLLEGIUM_THREADS", "Requests answered at the same time.", _whole(1, 1024)),
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
        "license",
        "COLLEGIUM_LICENSE",
        "Address of the licence that the data are under; said in the description of the data set.",
        _address,
    ),
)
