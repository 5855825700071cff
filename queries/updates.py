"""Run an update on the engine, in the dataset that a request names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pyoxigraph as ox

from collegium.graph.errors import ParameterError, QueryRefused
from collegium.graph.vocabulary import PREFIXES

from .explain import explained
from .guard import BEFORE_NAMES, Limits, check_update
from .lexer import Token, tokens

# An update is written by somebody who may write: long ones are wanted, deep ones still break the engine.
LIMITS: Final = Limits(
    size_bytes=64 << 20, depth=64, tokens=10_000_000, operators=10_000, patterns=10_000_000, steps=64
)
_PREFIXES: Final = dict(PREFIXES)
# Words that stand at the top of an update (SPARQL 1.1, rules 29-52).
_WORDS: Final = frozenset(
    "PREFIX BASE VERSION INSERT DELETE DATA WHERE WITH USING NAMED INTO LOAD SILENT GRAPH CLEAR DROP CREATE COPY MOVE "
    "ADD TO DEFAULT ALL".split()
)


class Carried(NamedTuple):
    """An update that was carried out: its text with the dataset written in; `is_steady` when the same store gives the
    same at any time."""

    text: str
    is_steady: bool


def update(
    engine: ox.Store,
    text: str,
    *,
    base_iri: str | None = None,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> Carried:
    """Carry out an update and return it: all of it, or nothing when it fails.

    Args:
        using, using_named: graphs that its patterns are matched in, as USING and USING NAMED would say.

    Raises:
        QueryRefused: it reaches out, or is nested too deeply.
        QueryError: it does not parse, or failed.
        ParameterError: a graph that is no IRI, or beside USING or WITH in the update.
        OSError, RuntimeError: nothing is wrong with the update; the files of the store cannot be written or read.
    Source: https://www.w3.org/TR/sparql11-protocol/#update-operation
    """
    reading = check_update(text, LIMITS)
    asked = with_dataset(text, using, using_named)
    failed: Exception | None = None
    with explained(asked):
        try:
            engine.update(asked, base_iri=base_iri, prefixes=_PREFIXES)
        except (OSError, RuntimeError) as error:
            if not _is_of_the_disk(error):
                raise
            failed = error
    if failed is not None:
        raise failed
    return Carried(asked, reading.is_steady)


def _is_of_the_disk(error: Exception) -> bool:
    """The engine's words for files that it cannot write, or whose bytes have changed; LOAD, its other way to an
    OSError, does not come so far."""
    return isinstance(error, OSError) or str(error).startswith("Corruption")


def with_dataset(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """Return the update with USING clauses before each WHERE of its top level; as it is when no graph is named.

    Raises:
        ParameterError: a graph that is no IRI; the update says USING or WITH itself.
        QueryRefused: two words without a space between them, which only the engine takes apart.

    Example:
        >>> with_dataset("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", ["http://example.org/g"], [])
        'INSERT { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p ?o }'
        >>> with_dataset("DELETE WHERE { ?s ?p 1 }", ["http://example.org/g"], [])
        'DELETE { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p 1 }'
    """
    clauses = "".join(f"USING {_iri('using-graph-uri', iri)} " for iri in using)
    clauses += "".join(f"USING NAMED {_iri('using-named-graph-uri', iri)} " for iri in using_named)
    if not clauses:
        return text
    parts, place = [], 0
    for where, pattern in _wheres(text):
        parts += [text[place:where], f"{pattern} " if pattern else "", clauses]
        place = where
    return "".join([*parts, text[place:]])


def _wheres(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each WHERE of the top level begins, and the braces behind it where it is a DELETE WHERE: there they
    are pattern and template in one."""
    before: Token | None = None
    awaited: int | None = None  # the place of a DELETE WHERE whose braces have not ended yet
    start = 0
    for token in (token for token in tokens(text) if token.depth == 0):
        _refuse_dataset(token, before)
        if token.keyword == "WHERE":
            if before is not None and before.keyword == "DELETE":
                awaited = token.start
            else:
                yield token.start, ""
        elif awaited is not None and token.text == "{":
            start = token.start
        elif awaited is not None and token.text == "}":
            yield awaited, text[start : token.end]
            awaited = None
        before = token


def _refuse_dataset(token: Token, before: Token | None) -> None:
    """Refuse an update that names its graphs itself, and words glued together, among which one could do so."""
    if token.keyword in ("USING", "WITH"):
        raise ParameterError(
            "using-graph-uri",
            token.keyword,
            "an update without USING and WITH, or a request without the parameter",
        )
    is_loose = token.kind == "name" and (before is None or before.keyword not in BEFORE_NAMES)
    if is_loose or (token.keyword and token.keyword not in _WORDS):
        raise QueryRefused(
            f"{token.text!r} stands where a word of an update is expected; in an update for graphs that the request "
            "names, write a space after each word"
        )


def _iri(parameter: str, text: str) -> str:
    try:
        return str(ox.NamedNode(text))
    except ValueError:
        raise ParameterError(parameter, text, "an absolute IRI") from None
