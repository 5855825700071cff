"""`?thing ck:matches "words"` in a query: search by words, written as inline data before the engine sees the query.

    ?paper ck:matches "graph neural"            →  VALUES ?paper { <…> … }
    ?paper ck:matches ("graph neural" ?score)   →  VALUES (?paper ?score) { (<…> 12.5) … }

The data stands at the head of the triples among which the property was written: joined with them it means the same
there, in OPTIONAL, UNION, EXISTS and subqueries, and no basic graph pattern is torn in two. Lines keep their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import pyoxigraph as ox

from collegium.graph import vocabulary as v
from collegium.graph.errors import QueryError, QueryRefused

from .binding import groups
from .lexer import Token, tokens, unescape
from .statements import Statement, split, statements_in

AT_MOST: Final = 10_000  # things that one text may bring into a query
AT_MOST_TEXTS: Final = 8  # in one query
_READ_EACH_TIME: Final = 1000  # rows; with 1,002 beside a class the engine took 264 ms for what took it 19 ms

Search: TypeAlias = Callable[[str], Sequence[tuple[str, float]]]

_WORD: Final = "matches"
_FORM: Final = 'write ?thing ck:matches "words" or ?thing ck:matches ("words" ?score)'


class _Edit(NamedTuple):
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str = ""


def expand(text: str, search: Search) -> str:
    """Return the query with each `ck:matches` written as the things that fit.

    Only what is asked as a statement counts: in a string, a comment, a template or as a value the name is left alone.

    Args:
        search: text → IRIs that fit with their scores, best first; no more than `AT_MOST` + 1 are looked at.

    Raises:
        QueryError: it stands where it cannot be answered; says what to write.
        QueryRefused: more than `AT_MOST_TEXTS` of them, or a text (without a score) that more than `AT_MOST` fit.
    Cost: one look for the word in queries without it, else O(size of the text) and the searches.
    Example:
        >>> expand('SELECT ?p { ?p ck:matches "x" ; a soa:Work }', lambda text: [("http://example.org/1", 2.5)])
        'SELECT ?p { VALUES ?p { <http://example.org/1> }  ?p a soa:Work }'
    """
    if _WORD not in text:
        return text
    query = _Query(text, search)
    if not any(map(query.is_property, query.tokens)):
        return text
    query.refuse_hidden()
    edits: list[_Edit] = []
    for group in groups(text):
        for statement in statements_in(query.tokens, group.place):
            changes = query.rewritten(statement)
            if changes and group.is_template:
                raise QueryError("ck:matches in CONSTRUCT WHERE { … }: write CONSTRUCT { … } WHERE { … }")
            edits += changes
    for edit in sorted(edits, reverse=True):
        lines = "\n" * text.count("\n", edit.start, edit.end)
        text = text[: edit.start] + edit.text + lines + text[edit.end :]
    return text


class _Query:
    """One query: its tokens, what its prefixes stand for, and what was found for its texts."""

    def __init__(self, text: str, search: Search) -> None:
        self.tokens = list(tokens(text))
        self._search = search
        self._found: dict[str, Sequence[tuple[str, float]]] = {}
        self._count = 0
        self._namespaces = dict(v.PREFIXES)
        for word, name, iri in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            if word.keyword == "PREFIX" and name.kind == "name" and iri.kind == "iri":
                self._namespaces[name.text.partition(":")[0]] = unescape(iri.text[1:-1])

    def is_property(self, token: Token) -> bool:
        """Return whether a token names `ck:matches`."""
        if token.kind == "iri":
            return unescape(token.text[1:-1]) == v.CK_MATCHES.value
        prefix, _, local = token.text.partition(":")
        return token.kind == "name" and self._namespaces.get(prefix, "") + local == v.CK_MATCHES.value

    def refuse_hidden(self) -> None:
        """Refuse it where it is no statement of a group: in `[ … ]`, or in a path in brackets.

        Raises:
            QueryError: says what to write.
        """
        for before, token, after in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            if token.within == "[" and self.is_property(token) and before.text in ("[", ";"):
                raise QueryError(f"the subject of ck:matches in [ … ] has no name; {_FORM}")
            if token.within == "(" and self.is_property(token):
                _refuse_path(before, after)

    def rewritten(self, statement: Statement) -> list[_Edit]:
        """Return what to change for a statement; nothing where it does not say `ck:matches`. Raises: QueryError."""
        said = statement.tokens
        for before, token, after in zip(said, said[1:], (*said[2:], said[-1]), strict=False):
            if self.is_property(token):
                _refuse_path(before, after)
        parts = statement.parts
        ours = [bool(part) and self.is_property(part[0]) for part in parts]
        if not any(ours):
            return []
        subject = statement.subject[0]
        if subject.kind != "variable":
            raise QueryError(f"ck:matches needs a variable before it, found {subject.text[:40]}; {_FORM}")
        asked = [part[1:] for part, is_ours in zip(parts, ours, strict=True) if is_ours]
        data = "".join(
            self._data(subject, words, score) for part in asked for words, score in self._objects(part)
        )
        return [_Edit(statement.head, statement.head, data), *_cuts(statement, ours)]

    def _objects(self, part: Sequence[Token]) -> Iterator[tuple[Token, Token | None]]:
        """Yield the objects of `ck:matches` as (words, score). Raises: QueryError."""
        for piece in split(part, ","):
            inner = list(piece)
            if [token.text for token in piece] == ["(", ")"]:
                inner = [t for t in self.tokens if piece[0].end <= t.start < piece[1].start]
                inner = inner if len(inner) == 2 else []
            if [token.kind for token in inner] not in (["string"], ["string", "variable"]):
                found = " ".join(token.text for token in piece)[:40] or "nothing"
                raise QueryError(f"after ck:matches stands {found}; {_FORM}")
            yield inner[0], inner[1] if len(inner) > 1 else None

    def _data(self, subject: Token, words: Token, score: Token | None) -> str:
        """Return the inline data for one object. Raises: QueryRefused, QueryError."""
        self._count += 1
        if self._count > AT_MOST_TEXTS:
            raise QueryRefused(f"ck:matches more than {AT_MOST_TEXTS} times; ask for less at a time")
        text = _read(words)
        if text not in self._found:
            self._found[text] = self._search(text)
        hits = self._found[text]
        if score is not None:
            if score.text[1:] == subject.text[1:]:
                raise QueryError(f"{score.text} is the thing and its score; {_FORM}")
            rows = " ".join(f"({ox.NamedNode(iri)} {value:.6f})" for iri, value in hits[:AT_MOST])
            return _inline(f"{subject.text} {score.text}", f"({subject.text} {score.text})", rows, len(hits))
        if len(hits) > AT_MOST:
            raise QueryRefused(
                f"more than {AT_MOST:,} things match {words.text[:40]}: add words, or ask for the best {AT_MOST:,} "
                "with a score, as in ?thing ck:matches (… ?score)"
            )
        rows = " ".join(str(ox.NamedNode(iri)) for iri, _ in hits)
        return _inline(subject.text, subject.text, rows, len(hits))


def _inline(names: str, columns: str, rows: str, count: int) -> str:
    """Return inline data; much of it as a subquery, which the engine reads once and not for each row beside it."""
    data = f"VALUES {columns} {{ {rows} }}"
    return f" {{ SELECT {names} {{ {data} }} }} " if count > _READ_EACH_TIME else f" {data} "


def _refuse_path(before: Token, after: Token) -> None:
    if before.text in ("/", "|", "^", "!") or after.text in ("/", "|", "*", "+", "?"):
        raise QueryError(f"ck:matches in a property path; {_FORM}")


def _cuts(statement: Statement, ours: Sequence[bool]) -> Iterator[_Edit]:
    """Yield what to take out of a statement: it whole, when all its parts are `ours`, else these parts."""
    parts = statement.parts
    left = [at for at, part in enumerate(parts) if part and not ours[at]]
    if not left:
        yield _Edit(statement.tokens[0].start, statement.end)
        return
    if ours[0]:  # a predicate must follow the subject; elsewhere nothing may stand between two semicolons
        yield _Edit(parts[0][0].start, parts[left[0]][0].start)
    for at, part in enumerate(parts):
        if ours[at] and at > left[0]:
            yield _Edit(part[0].start, part[-1].end)


def _read(words: Token) -> str:
    """Return the text of a string token, as the engine reads it. Raises: QueryError."""
    try:
        solutions = ox.Store().query(f"SELECT ({words.text} AS ?text) {{}}")
    except SyntaxError:
        raise QueryError(f"{words.text[:40]} after ck:matches is no string of SPARQL") from None
    rows = [row["text"] for row in solutions] if isinstance(solutions, ox.QuerySolutions) else []
    return "".join(term.value for term in rows if isinstance(term, ox.Literal))
