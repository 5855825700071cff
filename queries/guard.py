"""Refuse a query or update that reaches out or breaks the engine, before it is parsed.

The guard is a help. It counts tokens and knows no grammar, so it cannot tell a cheap query from a dear one;
what holds is the isolation around the engine.

Measured on pyoxigraph 0.5.13, 2 MiB of stack: 256 nested EXISTS or function calls kill the process, 128 do
not. Planning time grows with the cube of the patterns that are joined, and worse for stars: 64 patterns
0.1 s, 128 patterns 1.9 s; 128 OPTIONAL 0.25 s, 256 OPTIONAL 1.9 s; 128 path steps 0.08 s, 512 steps 6 s.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from collegium.graph.errors import QueryRefused

from .glance import Glance, glance
from .lexer import OPENING, Token, tokens, unescape

_UPDATES: Final = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD WITH".split())
_OPERATORS: Final = frozenset("|| && = != < > <= >= + - * / | ^ !".split())
_CLAUSES: Final = frozenset("UNION MINUS EXISTS SELECT FILTER BIND LATERAL GRAPH".split())
_STEPS: Final = frozenset("/ | ^ * + ?".split())
_TERMS: Final = frozenset("iri string variable number name".split())
_PROLOGUE: Final = frozenset("PREFIX BASE VERSION".split())
# After these words a prefixed name stands at the top of an update.
BEFORE_NAMES: Final = frozenset("PREFIX GRAPH INTO TO USING NAMED WITH COPY MOVE ADD SILENT LOAD".split())
_CHANGING: Final = frozenset("NOW RAND UUID STRUUID BNODE".split())  # give something else at each call
_FILE: Final = re.compile(r"<\s*file:", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How large a stranger's query may be; each figure is the largest that is still let through."""

    size_bytes: int = 64 * 1024
    depth: int = 64
    tokens: int = 10_000
    operators: int = 500
    negations: int = 32  # one after the other
    patterns: int = 100  # triple patterns, OPTIONAL blocks, items of collections, steps of paths
    steps: int = 64  # of property paths; a division counts as one too


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen in a text that passed: `is_steady` when the same store gives the same answer at any time."""

    is_steady: bool


def check(text: str, limits: Limits = LIMITS, services: AbstractSet[str] = frozenset()) -> Reading:
    """Return what was seen when the query may go to the engine.

    Checked as the engine reads it and, where it holds `\\uXXXX`, once more with these undone, as the
    standard says.

    Args:
        services: addresses that SERVICE may ask, written in full in the query.

    Raises:
        QueryRefused: says which limit was passed, or what is not allowed.
    Cost: O(size of the text).
    Example:
        >>> check('SELECT * { ?s ?p "SERVICE <http://example.org/>" }')
        Reading(is_steady=True)
        >>> check("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
        Traceback (most recent call last):
        ...
        collegium.graph.errors.QueryRefused: the query was refused: SERVICE asks other machines, ...
    """
    return _check_both(text, limits, services, is_update=False)


def check_update(text: str, limits: Limits = LIMITS) -> Reading:
    """Return what was seen when the update may go to the engine: it reaches no other machine and no file.

    Raises:
        QueryRefused: says which limit was passed, or what is not allowed.
    Cost: O(size of the text).
    """
    return _check_both(text, limits, frozenset(), is_update=True)


def _check_both(text: str, limits: Limits, services: AbstractSet[str], *, is_update: bool) -> Reading:
    _check_size(text, limits)
    reading = _check_reading(text, limits, services, is_update)
    plain = unescape(text) if "\\" in text else text
    if plain != text:
        reading = Reading(reading.is_steady and _check_reading(plain, limits, services, is_update).is_steady)
    return reading


def _check_size(text: str, limits: Limits) -> None:
    """Refuse what is too long, or no text at all."""
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise QueryRefused(f"it is not text: half a character (surrogate) at {error.start}") from None
    if size > limits.size_bytes:
        raise QueryRefused(f"{size:,} bytes long, at most {limits.size_bytes:,} are read")


def _check_reading(text: str, limits: Limits, services: AbstractSet[str], is_update: bool) -> Reading:
    """Refuse one reading of the text by what it says and by how much it holds."""
    if not is_update and (seen := _harmless(text, limits)) is not None:
        _refuse_update(seen.first)
        return Reading(not services and _CHANGING.isdisjoint(seen.words))
    tally = _Tally(limits)
    before: list[Token] = []
    forms_seen, is_steady = is_update, not services
    for token in tokens(text):
        tally.add(token, before[-1] if before else None)
        _refuse_service(token, before, services)
        _refuse_file(token, before)
        if token.kind == "word":
            is_steady = is_steady and token.keyword not in _CHANGING
            if not forms_seen and token.keyword not in _PROLOGUE:
                forms_seen = True
                _refuse_update(token.keyword)
        if is_update:
            _refuse_load(token, before)
        before = [*before[-2:], token]
    return Reading(is_steady)


def _harmless(text: str, limits: Limits) -> Glance | None:
    """Return what is in a text that is too short to pass a limit and holds no word that is looked into; else None.

    Most queries are such, and are through in a third of the time. Whatever is counted is a token, and whatever is
    nested or negated or walked along is a mark.
    """
    loud = text.upper()
    seen = None if "SERVICE" in loud or "FROM" in loud else glance(text)
    if seen is None or not seen.first:
        return None
    is_short = seen.tokens <= min(limits.tokens, limits.operators, limits.patterns)
    return seen if is_short and seen.marks <= min(limits.depth, limits.negations, limits.steps) else None


def _refuse_update(keyword: str) -> None:
    """Refuse an update, told by the first word after the prologue."""
    if keyword in _UPDATES:
        raise QueryRefused(
            f"{keyword} changes data, and only queries are answered here: "
            "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )


def _refuse_load(token: Token, before: list[Token]) -> None:
    """Refuse LOAD, also glued to a name: it stands at the top of an update, where few other words do.

    A prefix may hold "load": `PREFIX upload:`. Behind the words that a name follows the engine reads it as that.
    """
    is_name = token.kind == "name" and not (before and before[-1].keyword in BEFORE_NAMES)
    glued = is_name and "LOAD" in token.text.partition(":")[0].upper()
    if token.depth == 0 and ("LOAD" in token.keyword or glued):
        raise QueryRefused("LOAD fetches from elsewhere; send the statements themselves to /graphs")


def _refuse_file(token: Token, before: list[Token]) -> None:
    """Refuse a file as part of the dataset: graphs are of the store, and nothing is ever read from elsewhere."""
    if token.kind != "iri" or not before:
        return
    words = [earlier.keyword for earlier in before[-2:]]
    is_from = "FROM" in words[-1] or words == ["FROM", "NAMED"]
    if is_from and _FILE.match(unescape(token.text)):
        raise QueryRefused("FROM names a graph of this store, and no file is read")


def _refuse_service(token: Token, before: list[Token], services: AbstractSet[str]) -> None:
    """Refuse SERVICE, also where it is glued to its neighbours (see `lexer`), but for the addresses allowed.

    A prefixed name may hold "service". Only where `{` follows could the engine read it as the keyword and a
    shorter name; after GRAPH it cannot.
    """
    reason = "SERVICE asks other machines, and this store answers from its own data only"
    if services:
        reason = f"SERVICE may ask {', '.join(sorted(services))} and nobody else; write the address in full"
    if "SERVICE" in token.keyword and (token.keyword != "SERVICE" or not services):
        raise QueryRefused(reason)
    if token.kind == "name" and ".SERVICE" in token.text.upper():
        raise QueryRefused(f"{reason}; a name that holds '.service' is written in full, as <…>")
    behind = before[-1] if before else None
    if behind and behind.keyword == "SILENT" and len(before) > 1:
        behind = before[-2]
    is_address = token.kind == "iri" and unescape(token.text[1:-1]) in services
    if behind and behind.keyword == "SERVICE" and token.keyword != "SILENT" and not is_address:
        raise QueryRefused(reason)
    if token.text == "{" and before and before[-1].kind == "name":
        named = "SERVICE" in before[-1].text.partition(":")[0].upper()
        if named and not (len(before) > 1 and before[-2].keyword == "GRAPH"):
            raise QueryRefused(reason)


class _Tally:
    """Counts one reading against the limits; the first that is passed ends it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._counts = dict.fromkeys(("tokens", "operators", "negations", "patterns", "steps"), 0)
        self._in_data = False

    def add(self, token: Token, before: Token | None) -> None:
        """Count the token.

        Raises:
            QueryRefused: a limit is passed.
        """
        self._count("tokens")
        if token.kind == "mark" and token.text in OPENING and token.depth + 1 > self._limits.depth:
            raise QueryRefused(f"brackets nested deeper than {self._limits.depth}")
        self._follow_data(token)
        if self._in_data:
            return
        if token.text == "!":
            self._count("negations")
        else:
            self._counts["negations"] = 0
        if token.text in _OPERATORS or token.keyword in _CLAUSES:
            self._count("operators")
        if token.text in _STEPS and (token.text not in "*+?" or token.within in ("{", "[")):
            self._count("steps")
        if self._is_pattern(token, before):
            self._count("patterns")

    def _is_pattern(self, token: Token, before: Token | None) -> bool:
        """Tell whether the token adds a part to a join.

        In `( )`, terms side by side are items of a collection: in an expression something stands between.
        """
        if token.kind == "mark":
            separates = token.text in (".", ";", ",") and token.within in ("{", "[")
            return separates or token.text in ("{", "[", "/")
        side_by_side = before is not None and before.kind in _TERMS
        return token.keyword == "OPTIONAL" or (token.within == "(" and token.kind in _TERMS and side_by_side)

    def _follow_data(self, token: Token) -> None:
        """Skip the rows of VALUES: they cost their tokens only."""
        if token.keyword == "VALUES":
            self._in_data = True
        elif self._in_data and token.text == "}" and token.kind == "mark":
            self._in_data = False

    def _count(self, what: str) -> None:
        self._counts[what] += 1
        most: int = getattr(self._limits, what)
        if self._counts[what] > most:
            raise QueryRefused(f"more than {most:,} {what}; ask for less at a time")
