"""Every error of Collegium, as one tree.

CollegiumError
├── ParameterError            a value a caller gave: query, measure, filter, setting
│   ├── UnknownName           a name that stands in none of our tables (with the nearest one)
│   └── NameTaken             a name for something new that something else bears
├── NotFound                  the store holds no such author, paper, institution, category, source
├── AmbiguousName             a name that several things bear
├── QueryError                SPARQL that does not parse, or cannot be evaluated
├── QueryRefused              SPARQL that parses and that we do not run (guard)
├── QueryStopped              SPARQL that was running and was stopped
│   ├── QueryTimeout          it took too long
│   ├── QueryMemory           it took too much memory
│   └── AnswerTooLarge        its answer has more bytes or rows than are given out
├── Overloaded                more queries at once than are taken
│   └── TooManyQueries        more of them from one asker than are taken
├── LibraryMissing            a library that this needs and that is not installed
├── MeasureError              a measure that is not defined on this network
│   └── TooDear               one that would not end within the time that it is given
├── JobStopped                a computation that ended without an answer
├── JobNotCancelled           one that is over, or that somebody else waits for
├── LoadError                 a file that cannot be loaded; the store is unchanged
│   ├── UnknownFormat         no reader knows the content
│   ├── UnreadableFile        missing, no permission, not text, a line too long
│   │   └── BrokenOff         it ends before its end; what stands before that can be read
│   └── NothingToLoad         a folder or pattern that holds no file we can read
└── StoreError                the store on disk
    ├── StoreMissing          no store there
    ├── StoreBusy             another process is writing
    ├── StoreTooNew           written by a newer version of Collegium
    ├── StoreUnwritable       the system does not take what is written: the disk is full
    └── StoreDamaged          files of the store are missing or broken

Each carries its facts as attributes; its text is one line that says what was found, what was expected and
what to do. HTTP statuses and exit codes stand elsewhere (`server/problems.py`, `server/cli.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from errno import EDQUOT, ENOSPC
from os import PathLike

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
        most = _SHOWN_PATH if isinstance(found, PathLike) else _SHOWN  # of a path, the end says most
        self.parameter, self.found, self.expected = parameter, shorten(str(found), most), expected
        super().__init__(f"{parameter}: found '{self.found}', expected {expected}")


class UnknownName(ParameterError):
    """A name that stands in none of our tables: a measure, projection, query, format …"""

    def __init__(self, kind: str, found: str, known: Iterable[str]) -> None:
        self.kind, self.known = kind, tuple(sorted(known))
        near = get_close_matches(found, self.known, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        super().__init__(kind, found, f"one of {', '.join(self.known)}{hint}")


class NameTaken(ParameterError):
    """A name for something new that something else bears. Not for a name that is none: see `ParameterError`."""


class NotFound(CollegiumError):
    """The store holds nothing of that name. Not for our own tables: see `UnknownName`."""

    def __init__(self, kind: str, found: str, hint: str = "") -> None:
        self.kind, self.found, self.hint = kind, shorten(found), hint
        where = "" if " in this " in kind else " in the store"
        super().__init__(f"no {kind} '{self.found}'{where}" + (f"; {hint}" if hint else ""))


class AmbiguousName(CollegiumError):
    """Several things bear that name; the caller has to name one by its ID."""

    def __init__(self, kind: str, found: str, candidates: Iterable[str]) -> None:
        self.kind, self.found, self.candidates = kind, shorten(found), tuple(candidates)
        named = ", ".join(self.candidates[:5])
        super().__init__(f"{kind} '{self.found}' is ambiguous: use one of the IDs {named}")


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


class QueryStopped(CollegiumError):
    """SPARQL that was running and was stopped; nothing is wrong with its text."""


class QueryTimeout(QueryStopped):
    """A query or update that took longer than it may."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        super().__init__(
            f"the query was stopped after {limit_s:g} s; "
            "ask for less: fewer patterns, a LIMIT, no sorting of everything"
        )


class QueryMemory(QueryStopped):
    """A query that asked for more memory than it may have."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(
            f"the query was stopped: it needed more than {limit_bytes >> 20} MiB of memory; "
            "ask for less: no sorting or grouping of everything, no texts that grow"
        )


class AnswerTooLarge(QueryStopped):
    """An answer of more bytes, or rows, than are given out."""

    def __init__(self, limit: int, unit: str = "bytes") -> None:
        self.limit, self.unit = limit, unit
        super().__init__(
            f"the answer was stopped at {limit:,} {unit}; ask for pages of it with LIMIT and OFFSET"
        )


class Overloaded(CollegiumError):
    """More queries at once than are taken; none of them is wrong."""

    def __init__(self, reason: str = "as many queries as are taken are running or waiting") -> None:
        self.reason = reason
        super().__init__(f"{reason}; ask again in a few seconds")


class TooManyQueries(Overloaded):
    """More queries at once from one address than are taken."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"more than {most} queries at once from your address")


class LibraryMissing(CollegiumError):
    """Something that needs a library which Collegium does not bring along; nothing is wrong with what was asked."""

    def __init__(self, name: str, library: str) -> None:
        self.name, self.library = name, library
        super().__init__(f"{name} needs {library}, which is not installed: pip install {library}")


class MeasureError(CollegiumError):
    """A measure that is not defined on this network, or that did not converge."""

    def __init__(self, measure: str, reason: str) -> None:
        self.measure, self.reason = measure, reason
        super().__init__(f"{measure}: {reason}")


class TooDear(MeasureError):
    """A measure or a network that would not end in its time, or fit; its text names what can be had instead."""


class JobStopped(CollegiumError):
    """A computation that ended without an answer: it took too long, or too much, or was ended from outside.

    Not MeasureError: nothing is wrong with what was asked, and whoever asks next begins anew.
    """

    def __init__(self, measure: str, reason: str) -> None:
        self.measure, self.reason = measure, reason
        super().__init__(f"{measure}: the computation was stopped: {reason}")


class JobNotCancelled(CollegiumError):
    """A computation that cannot be cancelled: it is over, or somebody else waits for its answer."""

    def __init__(self, job: str, reason: str) -> None:
        self.job, self.reason = job, reason
        super().__init__(f"job {shorten(job)} cannot be cancelled: {reason}")


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


class BrokenOff(UnreadableFile):
    """The file ends before its end: a transfer or a disk broke it off. What stands before that can be read."""


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
    """Another process writes to the store at this moment, or owns it; `holder` is its number where it is known."""

    def __init__(self, path: str, reason: str, holder: str = "") -> None:
        self.holder = holder
        super().__init__(path, reason)


class StoreTooNew(StoreError):
    """The store was written by a newer version of Collegium."""


class StoreUnwritable(StoreError):
    """The system does not take what is written to the store: its disk is full, or broken. It is as it was."""

    def __init__(self, path: str, found: OSError) -> None:
        said = found.strerror or str(found)
        # The engine gives no number.
        self.is_full = found.errno in (ENOSPC, EDQUOT) or "No space left" in said
        reason = "its disk is full" if self.is_full else f"it cannot be written to ({shorten(said, 200)})"
        super().__init__(path, f"{reason}; it is as it was")


class StoreDamaged(StoreError):
    """Files of the store are missing or cannot be read."""


def to_facts(error: CollegiumError) -> dict[str, object]:
    """Return an error as plain data that JSON can hold, so that it can go to another process."""
    return {"error": type(error).__name__, "text": str(error), "facts": dict(vars(error))}


def from_facts(facts: dict[str, object]) -> CollegiumError:
    """Return the error that `to_facts` described; `CollegiumError` itself for a class that we do not know.

    Example:
        >>> from_facts(to_facts(QueryError("no WHERE", 3, 1)))
        QueryError('the query was not understood at line 3, column 1: no WHERE')
    """
    cls = _classes(CollegiumError).get(str(facts["error"]), CollegiumError)
    error, known = cls.__new__(cls, facts["text"]), facts["facts"]
    vars(error).update(known if isinstance(known, dict) else {})
    return error


def _classes(root: type[CollegiumError]) -> dict[str, type[CollegiumError]]:
    found = {root.__name__: root}
    for child in root.__subclasses__():
        found.update(_classes(child))
    return found
