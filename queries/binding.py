"""Bind variables of a query to RDF terms, and ask for one page of its rows.

Why inline data and not the engine's `substitutions=` (pyoxigraph 0.5.13; each line is a test):

- A variable that the outermost SELECT does not show is an error ("does not contains variable").
- Inside a subquery that does not show it the variable stays free: a wrong count, without a word.
- A grouped subquery is answered in full and filtered after (100 k papers: 9.8 ms against 0.3 ms).
- A custom function that returns the value reaches everywhere, and spoils every plan (279 ms against 0.08 ms).

`VALUES ?name { term }` at the head of every group that names the variable means the same in every scope, is
standard SPARQL 1.1, as fast as a constant, and equal on rdflib. What enters the text is a *typed term in the
engine's own notation*, and only once the engine has read it back as that very term (`_inline`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from collegium.graph.errors import ParameterError, QueryError

from .glance import glance
from .lexer import Token, tokens

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple  # whatever a row may hold
Value = ox.NamedNode | ox.Literal  # what a variable may be bound to

# Written backslashes, in pairs, and a `u` after one. The standard (19.2) undoes `\uXXXX` before it looks at
# strings, so that the text `\\u0022` ends a string; rdflib does so, our engine does not. With the `u` itself
# written as an escape (of eight digits: rdflib reads \u00750022 as one) both read a backslash and a `u`.
_BACKSLASH: Final = re.compile(r"\\\\[uU]?|\\.")
_U: Final = {"\\\\u": "\\\\\\U00000075", "\\\\U": "\\\\\\U00000055"}
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def form_of(text: str) -> str:
    """Return "SELECT", "ASK", "CONSTRUCT" or "DESCRIBE"; "" when none of them stands at the top."""
    seen = glance(text)
    if seen is not None and seen.first in _FORMS:
        return seen.first
    return next((t.keyword for t in tokens(text) if t.keyword in _FORMS and t.depth == 0), "")


def variables_of(text: str) -> frozenset[str]:
    """Return the names of all variables that stand in the query, without ? or $."""
    return frozenset(token.text[1:] for token in tokens(text) if token.kind == "variable")


def bind(text: str, bindings: Mapping[str, Value]) -> str:
    """Return the query with these variables held to these terms, in every scope that names them.

    A value stays one term, whatever characters it holds. Lines keep their numbers.

    Raises:
        ParameterError: the query does not name the variable.
        QueryError: `CONSTRUCT WHERE` in short form, which can hold no data.
    Cost: O(size of the text).
    Example:
        >>> bind("SELECT ?p WHERE { ?p foaf:name ?n }", {"n": ox.Literal("} UNION {")})
        'SELECT ?p WHERE { VALUES ?n { "} UNION {" } ?p foaf:name ?n }'
    """
    if not bindings:
        return text
    known = variables_of(text)
    for name in bindings:
        if name not in known:
            shown = ", ".join(sorted(known)) or "none at all"
            raise ParameterError(name, bindings[name].value, f"a variable of the query ({shown})")
    found = groups(text)
    if not found:
        return f"{text}\nWHERE {{{_data(bindings, known)} }}"
    for group in sorted(found, key=lambda group: group.place, reverse=True):
        wanted = _data(bindings, group.named)
        if wanted and group.is_template:
            raise QueryError("CONSTRUCT WHERE { … } cannot be bound: write CONSTRUCT { … } WHERE { … }")
        text = text[: group.place] + wanted + text[group.place :]
    return text


def page(text: str, limit: int | None, offset: int = 0) -> str:
    """Return the query cut to `limit` solutions after the first `offset`, inside its own LIMIT and OFFSET.

    ASK has one answer and is left as it is.

    Example:
        >>> page("SELECT * { ?s ?p ?o } LIMIT 10 OFFSET 5", 8, 4)
        'SELECT * { ?s ?p ?o }   \\nLIMIT 6 OFFSET 9'
    """
    for name, value in (("limit", limit), ("offset", offset)):
        if value is not None and value < 0:
            raise ParameterError(name, value, "a whole number from 0")
    if (limit is None and not offset) or form_of(text) == "ASK":
        return text
    seen = glance(text)
    if seen and seen.limit is not None and limit is not None and seen.limit <= limit and not offset:
        return text
    top = [token for token in tokens(text) if token.depth == 0]
    own = {a.keyword: (a, b) for a, b in pairwise(top) if a.keyword in ("LIMIT", "OFFSET")}
    figures = {word: int(number.text) for word, (_, number) in own.items() if number.text.isdecimal()}
    if "LIMIT" in figures:
        if not offset and (limit is None or figures["LIMIT"] <= limit):
            return text
        left = max(figures["LIMIT"] - offset, 0)
        limit = left if limit is None else min(limit, left)
    skipped = figures.get("OFFSET", 0) + offset
    wanted = "\n" + " ".join([f"LIMIT {limit}"] * (limit is not None) + [f"OFFSET {skipped}"] * (skipped > 0))
    values = [token.start for token in top if token.keyword == "VALUES"]
    end = values[-1] if values else len(text)
    text = text[:end] + wanted + ("\n" + text[end:] if values else "")
    for word, number in sorted(own.values(), key=lambda pair: -pair[0].start):
        text = text[: word.start] + text[number.end :]
    return text


@dataclass
class Braces:
    """What one `{` holds: a group, rows of VALUES, a CONSTRUCT template, or a subquery ("query").

    The query as a whole counts as one, opened before the text begins.
    """

    kind: str
    place: int
    named: set[str] = field(default_factory=set)
    where: Braces | None = None  # of a query: the group of its WHERE
    is_template: bool = False  # a group that is a template too: CONSTRUCT WHERE { … }


def groups(text: str) -> list[Braces]:
    """Return the groups of a query with the variables that each names outside the groups inside it.

    Variables of a SELECT, CONSTRUCT or DESCRIBE clause, of ORDER BY, GROUP BY and HAVING, belong to the WHERE
    of their query.
    """
    whole = Braces("query", 0)
    stack, seen = [whole], [whole]
    before: list[Token] = []
    for token in tokens(text):
        inner = stack[-1]
        if token.kind == "mark" and token.text == "{":
            stack.append(_opened(token, inner, before))
            seen.append(stack[-1])
        elif token.kind == "mark" and token.text == "}" and len(stack) > 1:
            stack.pop()
        elif token.keyword.startswith("SELECT") and before and before[-1].end <= inner.place:
            inner.kind = "query"
        elif token.kind == "variable":
            scope = next(braces for braces in reversed(stack) if braces.kind in ("group", "query"))
            scope.named.add(token.text[1:])
        before.append(token)
    for query in seen:
        if query.kind == "query" and query.where is not None:
            query.where.named |= query.named
    return [braces for braces in seen if braces.kind == "group"]


def _opened(token: Token, around: Braces, before: list[Token]) -> Braces:
    """Return what a `{` opens, told by the words since the last brace."""
    words: list[str] = []
    for earlier in reversed(before):
        if earlier.text in ("{", "}"):
            break
        words.append(earlier.keyword)
    braces = Braces("group", token.end)
    if "VALUES" in words:
        braces.kind = "data"
    elif words[:1] == ["CONSTRUCT"]:
        braces.kind = "template"
    elif around.kind == "query" and around.where is None:
        around.where = braces
        braces.is_template = "CONSTRUCT" in words
    return braces


def _data(bindings: Mapping[str, Value], named: AbstractSet[str]) -> str:
    """Return the inline data for those of the bindings that a group names, in order of name."""
    wanted = sorted(named & bindings.keys())
    return "".join(f" VALUES ?{name} {{ {_inline(bindings[name])} }}" for name in wanted)


def _inline(value: Value) -> str:
    """Return the term in the engine's notation, once the engine has read it back as that term alone.

    Raises:
        ParameterError: it reads as something else. No such value is known.
    """
    written = _BACKSLASH.sub(lambda pair: _U.get(pair[0], pair[0]), str(value))
    query = f"SELECT ?value {{ VALUES ?value {{ {written} }} }}"
    held: dict[ox.Variable, Term] = {ox.Variable("value"): value}
    try:
        rows = [_count(_reader().query(query, substitutions=given)) for given in (None, held)]
    except SyntaxError:  # pragma: no cover: as below
        rows = []
    if rows != [1, 1]:  # pragma: no cover: no such value is known, which is what the tests are to show
        raise ParameterError("value", value.value, "a value that stays one term in SPARQL")
    return written


def _count(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> int:
    return sum(1 for _ in results) if isinstance(results, ox.QuerySolutions) else 0


@cache
def _reader() -> ox.Store:
    """Return an empty store that reads terms back; made once, at the first binding."""
    return ox.Store()
