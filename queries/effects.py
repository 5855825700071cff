"""What an update may have changed, told from its text and asked of the version that it was made from.

Three forms are told, and every other is not:

- `INSERT DATA` and `DELETE DATA`, however many: the engine writes their statements into an empty store.
- One `DELETE … INSERT … WHERE` or `DELETE WHERE`: its templates and its pattern make a CONSTRUCT.
- What cannot reach belief: WITH, and CLEAR, DROP, CREATE, COPY, MOVE and ADD among named graphs.

Words that are glued together (see `lexer`) make no such form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, Final

import pyoxigraph as ox

from collegium.graph.changes import BESIDE_BELIEF, Changes
from collegium.graph.quads import BELIEF
from collegium.graph.vocabulary import PREFIXES

from .lexer import Token, tokens

_MOST_CHARACTERS: Final = 8 << 20  # of an update that is looked at: its statements are held once more
_MOST_ASKED: Final = 20_000  # statements of a CONSTRUCT
_PREFIXES: Final = dict(PREFIXES)
# The words and braces of the top, a space behind each; "i" is an IRI or a name.
_PROLOGUE: Final = re.compile(r"(?<![^ ])(?:PREFIX i i|BASE i) ")
_MODIFY: Final = r"(?:DELETE { } )?(?:INSERT { } )?(?:USING (?:NAMED )?i )*WHERE { } "
_IS_DATA: Final = re.compile(r"(?:(?:INSERT|DELETE) DATA { } (?:; |$))*")
_IS_PATTERN: Final = re.compile(rf"(?:{_MODIFY}|DELETE WHERE {{ }} )(?:; )?")
_IS_BESIDE: Final = re.compile(
    rf"(?:(?:WITH i {_MODIFY}|(?:CLEAR|DROP) (?:SILENT )?(?:GRAPH i|NAMED) |CREATE (?:SILENT )?GRAPH i "
    r"|(?:COPY|MOVE|ADD) (?:SILENT )?(?:GRAPH )?i TO (?:GRAPH )?i )(?:; |$))*"
)
_IS_OF_NAMED: Final = re.compile(r"(?:GRAPH [iv] { } (?:\. )?)+")  # a template


def effects(text: str, before: ox.Store, *, base_iri: str | None, may_ask: bool) -> Changes | None:
    """Return what an update that was carried out may have changed; None when it is of no form that tells.

    Args:
        before: the store as it was.
        may_ask: whether the pattern of the update may be matched once more: it gives the same, and does not take long.
    Cost: O(length of the text), and as long as the pattern takes.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    found = list(tokens(text))
    form = _PROLOGUE.sub("", _form(found, 0))
    if _IS_DATA.fullmatch(form):
        return _of_data(text, found, base_iri)
    if _IS_BESIDE.fullmatch(form):
        return BESIDE_BELIEF
    if may_ask and _IS_PATTERN.fullmatch(form):
        return _of_pattern(text, found, before, base_iri)
    return None


def _form(found: Sequence[Token], depth: int) -> str:
    """Return what stands at a depth: words in capitals, "i" for each IRI and name, "v" for each variable, marks."""
    short = {"iri": "i", "name": "i", "variable": "v"}
    return "".join(f"{short.get(t.kind) or t.keyword or t.text} " for t in found if t.depth == depth)


def _of_data(text: str, found: Sequence[Token], base_iri: str | None) -> Changes:
    """Return the statements that stand in the text, to be written or removed."""
    parts, place = [], 0
    for token in found:
        if token.depth == 0 and token.keyword == "DELETE":
            parts += [text[place : token.start], "INSERT"]
            place = token.end
    scratch = ox.Store()
    scratch.update("".join([*parts, text[place:]]), base_iri=base_iri, prefixes=_PREFIXES)
    return _changes(list(scratch))


def _of_pattern(text: str, found: Sequence[Token], before: ox.Store, base_iri: str | None) -> Changes | None:
    """Return what the templates give for each match; None when that is too much, or they write to other graphs too."""
    top = [token for token in found if token.depth == 0]
    braces = [token for token in top if token.kind == "mark" and token.text in "{}"]
    groups = list(zip(braces[::2], braces[1::2], strict=True))
    words = {token.keyword: token for token in reversed(top)}
    templates = groups[:-1] or groups  # a DELETE WHERE is both in one
    given = []
    for opening, closing in templates:
        inside = [token for token in found if opening.end <= token.start < closing.start]
        if not _IS_OF_NAMED.fullmatch(_form(inside, 1)):
            if any("GRAPH" in token.text.upper() for token in inside if token.kind in ("word", "name")):
                return None
            given.append(text[opening.end : closing.start] + _stop(inside))
    if not given:
        return BESIDE_BELIEF
    start = min(words[word].start for word in ("DELETE", "INSERT") if word in words)
    dataset = " ".join(_dataset(top))
    pattern = text[groups[-1][0].start : groups[-1][1].end]
    asked = f"{text[:start]} CONSTRUCT {{ {' '.join(given)} }} {dataset} WHERE {pattern}"
    try:
        answer: Any = before.query(asked, base_iri=base_iri, prefixes=_PREFIXES)
    except SyntaxError:  # read in another way than by the engine
        return None
    triples = list(islice(answer, _MOST_ASKED + 1))
    if len(triples) > _MOST_ASKED:
        return None
    return _changes([ox.Quad(t.subject, t.predicate, t.object, BELIEF) for t in triples])


def _stop(inside: Sequence[Token]) -> str:
    """Return what parts a template from the next; the lexer takes "5." for one number."""
    is_stopped = (
        not inside or inside[-1].text == "." or (inside[-1].kind, inside[-1].text[-1]) == ("number", ".")
    )
    return "" if is_stopped else " ."


def _dataset(top: Sequence[Token]) -> Iterator[str]:
    """Yield USING clauses as the FROM clauses of a query."""
    for before, token in pairwise(top):
        if token.keyword == "USING":
            yield "FROM"
        elif token.keyword == "NAMED" or before.keyword in ("USING", "NAMED"):
            yield token.text


def _changes(quads: Sequence[ox.Quad]) -> Changes:
    """Blank nodes are other ones in the store: with them it is not known which statements are new."""
    is_ground = all(isinstance(q.subject, ox.NamedNode) and _is_ground(q.object) for q in quads)
    return Changes(quads, is_whole=is_ground)


def _is_ground(term: object) -> bool:
    return isinstance(term, (ox.NamedNode, ox.Literal))
