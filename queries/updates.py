"""Run an update on the engine, in the dataset that a request names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from collegium.graph.errors import ParameterError, QueryError
from collegium.graph.vocabulary import PREFIXES

from .explain import explained
from .guard import Limits, check_update
from .lexer import Token, tokens

# An update is written by somebody who may write: long ones are wanted, deep ones still break the engine.
LIMITS: Final = Limits(
    size_bytes=64 << 20, depth=64, tokens=10_000_000, operators=10_000, patterns=10_000_000, steps=64
)
_PREFIXES: Final = dict(PREFIXES)


def update(
    engine: ox.Store,
    text: str,
    *,
    base_iri: str | None = None,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> None:
    """Carry out an update: all of it, or nothing when it fails.

    Args:
        using, using_named: graphs that its patterns are matched in, as USING and USING NAMED would say.

    Raises:
        QueryRefused: it reaches out, or is nested too deeply.
        QueryError: it does not parse, or failed.
        ParameterError: a graph that is no IRI, or beside USING or WITH in the update.
    Source: https://www.w3.org/TR/sparql11-protocol/#update-operation
    """
    check_update(text, LIMITS)
    asked = with_dataset(text, using, using_named) if using or using_named else text
    with explained(text):
        engine.update(asked, base_iri=base_iri, prefixes=_PREFIXES)


def with_dataset(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """Return the update with USING clauses before each WHERE of its top level.

    Raises:
        ParameterError: a graph that is no IRI; the update says USING or WITH itself.

    Example:
        >>> with_dataset("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", ["http://example.org/g"], [])
        'INSERT { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p ?o }'
        >>> with_dataset("DELETE WHERE { ?s ?p 1 }", ["http://example.org/g"], [])
        'DELETE { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p 1 }'
    """
    clauses = "".join(f"USING {_iri(iri)} " for iri in using)
    clauses += "".join(f"USING NAMED {_iri(iri)} " for iri in using_named)
    changes: list[tuple[int, str]] = []
    before: Token | None = None
    for token in tokens(text):
        if token.depth == 0 and token.keyword in ("USING", "WITH"):
            raise ParameterError(
                "using-graph-uri",
                token.keyword,
                "an update without USING and WITH, or a request without the parameter",
            )
        if token.depth == 0 and token.keyword == "WHERE":
            if before is not None and before.keyword == "DELETE":
                changes.append((token.start, f"{_group_after(text, token)} {clauses}"))
            else:
                changes.append((token.start, clauses))
        before = token
    for place, words in reversed(changes):
        text = text[:place] + words + text[place:]
    return text


def _group_after(text: str, where: Token) -> str:
    """Return the braces behind a WHERE: in DELETE WHERE they are pattern and template in one."""
    start = None
    for token in tokens(text):
        if token.start > where.start and token.kind == "mark" and token.depth == 0:
            if token.text == "{" and start is None:
                start = token.start
            elif token.text == "}" and start is not None:
                return text[start : token.end]
    raise QueryError("DELETE WHERE without a pattern")


def _iri(text: str) -> str:
    try:
        return str(ox.NamedNode(text))
    except ValueError:
        raise ParameterError("using-graph-uri", text, "an absolute IRI") from None
