"""Every error of Collegium, as one tree.

CollegiumError
├── ParameterError            a value a caller gave: query, measure, filter, setting
│   └── UnknownName           a name that stands in none of our tables (with the nearest one)
├── NotFound                  the store holds no such author, paper, institution, category, source
├── AmbiguousName             a name that several things bear
├── QueryError                SPARQL that does not parse, or cannot be evaluated
├── QueryRefused              SPARQL that parses and that we do not run (guard)
├── MeasureError              a measure that is not defined on this network
├── LoadError                 a file that cannot be loaded; the store is unchanged
│   ├── UnknownFormat         no reader knows the content
│   ├── UnreadableFile        missing, no permission, not text, a line too long
│   └── NothingToLoad         a folder or pattern that holds no file we can read
└── StoreError                the store on disk
    ├── StoreMissing          no store there
    ├── StoreBusy             another process is writing
    ├── StoreTooNew           written by a newer version of Collegium
    └── StoreDamaged          files of the store are missing or broken

Each carries its facts as attributes; its text is one line that says what was found, what was expected and
what to do. HTTP statuses and exit codes stand elsewhere (`server/problems.py`, `server/cli.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 80  # characters of a stranger's text that an error line repeats
_SHOWN_PATH = 400


def shorten(text: str, most: int = _SHOWN) -> str:
    """Return `text` on one line, at most `most` characters, control characters made visible."""
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[: most + 1])
    return line if len(line) <= most else line[: most - 1] + "…"


class CollegiumError(Exception):
    """The root: `except CollegiumError` catches everything we raise on purpose."""

    @property
    def message(self) -> str:
        """The text, on one line."""
        return str(self)


class ParameterError(CollegiumError):
    """A parameter has a value that cannot be used. Not for names missing in the store: see `NotFound`."""

    def __init__(self, parameter: str, found: object, expected: str) -> None:
        self.parameter, self.found, self.expected = parameter, shorten(str(found)), expected
        super().__init__(f"{parameter}: found {self.found!r}, expected {expected}")


class UnknownName(ParameterError):
    """A name that stands in none of our tables: a measure, projection, query, format …"""

    def __init__(self, kind: str, found: str, known: Iterable[str]) -> None:
        self.kind, self.known = kind, tuple(sorted(known))
        near = get_close_matches(found, self.known, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        super().__init__(kind, found, f"one of {', '.join(self.known)}{hint}")


class NotFound(CollegiumError):
    """The store holds nothing of that name. Not for our own tables: see `UnknownName`."""

    def __init__(self, kind: str, found: str, hint: str = "") -> None:
        self.kind, self.found, self.hint = kind, shorten(found), hint
        super().__init__(f"no {kind} {self.found!r} in the store" + (f"; {hint}" if hint else ""))


class AmbiguousName(CollegiumError):
    """Several things bear that name; the caller has to name one by its ID."""

    def __init__(self, kind: str, found: str, candidates: Iterable[str]) -> None:
        self.kind, self.found, self.candidates = kind, shorten(found), tuple(candidates)
        super().__init__(
            f"{kind} {self.found!r} is ambiguous: use one of the IDs {', '.join(self.candidates[:5])}"
        )


class QueryError(CollegiumError):
    """SPARQL that does not parse or cannot be evaluated; `line` and `column` count from 1 when known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.line, self.column = shorten(reason, 400), line, column
        at = f" at line {line}, column {column}" if line is not None else ""
        super().__init__(f"the query was not understood{at}: {self.reason}")


class QueryRefused(CollegiumError):
    """SPARQL that we do not run: too long, too deep, reaching out, or changing data."""

    def __init__(self, reason: str) -> None:
        self.reason = shorten(reason, 400)
        super().__init__(f"the query was refused: {self.reason}")


class MeasureError(CollegiumError):
    """A measure that is not defined on this network, or that did not converge."""

    def __init__(self, measure: str, reason: str) -> None:
        self.measure, self.reason = measure, reason
        super().__init__(f"{measure}: {reason}")


class LoadError(CollegiumError):
    """A file that cannot be loaded. The store is as it was."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        shown = shorten(path, _SHOWN_PATH)
        where = shown if line is None else f"{shown}:{line}"
        super().__init__(f"{where}: {reason}")


class UnknownFormat(LoadError):
    """The content fits no reader."""


class UnreadableFile(LoadError):
    """The bytes cannot be had or are not text: missing, no permission, binary, a line too long."""


class NothingToLoad(LoadError):
    """A folder or pattern without a file that can be read."""


class StoreError(CollegiumError):
    """The store on disk cannot be used."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"store {shorten(path, _SHOWN_PATH)}: {reason}")


class StoreMissing(StoreError):
    """There is no store at that path."""


class StoreBusy(StoreError):
    """Another process writes to the store at this moment."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of Collegium."""


class StoreDamaged(StoreError):
    """Files of the store are missing or cannot be read."""
