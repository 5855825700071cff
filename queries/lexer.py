"""Cut SPARQL text into tokens the way the engine reads it, without parsing it.

Facts of the engine (pyoxigraph 0.5.13) that the patterns below rely on, each seen in a test:

- It matches keywords without asking for a word's end: `SERVICEx:a{…}` is SERVICE on the name `x:a`.
- In a prefixed name it takes one run of dots only, behind the first character: `x:a.b.SERVICE` ends before the second
  dot, and `x:.SERVICE` before the first.
- It undoes `\\uXXXX` inside strings and IRIs only; the standard (19.2) undoes it everywhere, first.
- It reads `<` by place: after an operand inside `( )` it is "less than", elsewhere the start of an IRI. So
  `(?a<?b)SERVICE?s#>` hides a SERVICE from a lexer that always takes `<?b)SERVICE?s#>` for an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from collegium.graph.errors import QueryRefused

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Every character outside ASCII counts as part of a name. The engine takes most of them for that, and for the others
# the text is wrong anyway, so nothing can hide behind them.
_START: Final = r"A-Za-z_\u0080-\U0010FFFF"
# What may stand in a name behind its colon: one run of dots inside, by the engine's grammar, and none at its beginning.
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[^\w\s]|\\_"
_WITHIN: Final = rf"(?:[{_START}0-9:\-]++|{_ESCAPED})"
_LOCAL: Final = rf"(?:(?:[{_START}0-9:]|{_ESCAPED}){_WITHIN}*+(?:\.++{_WITHIN}++)?+)?+"
_LABEL: Final = rf"_:[{_START}0-9](?:[{_START}0-9\-]++|\.++(?=[{_START}0-9\-]))*+"  # of a blank node
# What stands before the colon of a name, or looks so: taken whole and never given back, so that `a.a.a.a…` is read once
# and not once from each of its letters.
_BEFORE_COLON: Final = rf"[{_START}](?:[{_START}0-9\-]++|\.+(?=[{_START}0-9\-]))*+"
_NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_SPACE: Final = r"(?:[ \t\r\n]+|\#[^\n\r]*+)*+"
# SPARQL 1.1 section 19.8, from long to short where one begins like another.
_KINDS: Final = {
    "iri": r"""<(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>""",
    "string": r"""\"\"\"(?:\"{0,2}(?:[^\"\\]++|\\.))*\"\"\"|\'\'\'(?:\'{0,2}(?:[^\'\\]++|\\.))*\'\'\'
        |\"(?:[^\"\\\n\r]++|\\.)*+\"|\'(?:[^\'\\\n\r]++|\\.)*+\'""",
    "tag": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "variable": rf"[?$][{_START}0-9]+",
    "number": _NUMBER,
    "name": rf"{_LABEL}|(?:{_BEFORE_COLON})?:{_LOCAL}",
    "word": _BEFORE_COLON,
    "mark": r"\|\||&&|\^\^|[!=<>]=|<<\(?|\)?>>|\{\||\|\}|.",
}
_TOKEN: Final = re.compile(
    _SPACE + "(?:" + "|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items()) + ")",
    re.VERBOSE | re.DOTALL,
)
# The same for all tokens at once; each gives (token, name, word, mark), and the end of the text four empty ones.
EACH: Final = re.compile(
    _SPACE
    + "(?:("
    + "|".join(f"({form})" if kind in ("name", "word", "mark") else form for kind, form in _KINDS.items())
    + r")|\Z)",
    re.VERBOSE | re.DOTALL,
)
# The words, numbers and marks in what looked like the beginning of a name and has no colon.
_PART: Final = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<word>[{_START}][{_START}0-9]*)|(?P<mark>.)",
    re.DOTALL,
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{", "|}": "{|", ">>": "<<", ")>>": "<<("}
OPENING: Final = frozenset(_PAIRS.values())
CLOSING: Final = frozenset(_PAIRS)
_MOST_KEPT: Final = 8 << 10  # characters of a text whose tokens are kept
# Characters by which the two readings of `<…>` part ways: brackets, a comment, a string.
_PARTING: Final = re.compile(r"[()\[\]#']")


class Token(NamedTuple):
    """One token: `kind` (iri, string, tag, variable, number, name, word, mark), its text and place.

    `within` is the innermost open bracket ("" at the top); `depth` counts the open ones. An opening bracket
    belongs to what stands around it, a closing one too. `keyword` is the word in capitals, "" for any other kind.
    """

    kind: str
    text: str
    start: int
    within: str
    depth: int
    keyword: str

    @property
    def end(self) -> int:
        """Index of the first character after it."""
        return self.start + len(self.text)


def unescape(text: str) -> str:
    """Return the text with every `\\uXXXX` and `\\UXXXXXXXX` undone, as section 19.2 asks.

    Numbers beyond Unicode and surrogates become U+FFFD: no text can hold them.
    """

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return "\ufffd" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)

    return _ESCAPE.sub(character, text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query in order, comments and space left out.

    A bracket that closes nothing is yielded and otherwise ignored, so that `depth` never falls by a trick.

    A text that is not long is cut once: guard, form and functions each go through the same query.

    Raises:
        QueryRefused: `<` after an operand where it can be read both as "less than" and as an IRI.
    """
    return iter(_cut_before(text)) if len(text) <= _MOST_KEPT else _cut(text)


@lru_cache(maxsize=4)
def _cut_before(text: str) -> tuple[Token, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Token]:
    stack: list[str] = []
    within, place, end_of_run = "", 0, 0
    before: Token | None = None
    data = _DataBlock()
    while match := (_PART if place < end_of_run else _TOKEN).match(text, place):
        kind = match.lastgroup or ""
        start, place = match.span(kind)
        found = text[start:place]
        keyword = ""
        if kind == "word":
            if "." in found or "-" in found:
                end_of_run, place = place, start
                continue
            keyword = found.upper()
        elif found[0] == "<" and within == "(" and not data.open and _is_operand(before) and found != "<=":
            _refuse_two_readings(found if kind == "iri" else "", text, start)
            kind, found, place = "mark", "<", start + 1
        if kind == "mark" and found in CLOSING and stack and stack[-1] == _PAIRS[found]:
            stack.pop()
            within = stack[-1] if stack else ""
        before = Token(kind, found, start, within, len(stack), keyword)
        if kind == "mark" and found in OPENING:
            stack.append(found)
            within = found
        data.see(before)
        yield before


def _is_operand(token: Token | None) -> bool:
    """Tell whether a comparison may follow the token."""
    if token is None or token.kind == "mark":
        return token is not None and token.text in (")", ")>>", "]", "}")
    return token.kind != "word" or token.keyword.endswith(("TRUE", "FALSE"))


def _refuse_two_readings(found: str, text: str, start: int) -> None:
    """Refuse `<…>` after an operand when its two readings differ in more than the names they hold.

    Without these characters both readings open and close the same brackets and hide nothing.
    """
    if _PARTING.search(found):
        line = text.count("\n", 0, start) + 1
        raise QueryRefused(
            f"{found[:40]} on line {line} can be read as an IRI and as 'less than'; "
            "write a space after '<', or a prefixed name for the IRI"
        )


class _DataBlock:
    """Follows VALUES: inside its braces stand only terms, so `<` always begins an IRI there."""

    def __init__(self) -> None:
        self.open = False
        self._awaited = False
        self._depth = 0

    def see(self, token: Token) -> None:
        """Take the next token into account."""
        if token.keyword == "VALUES" and not self.open:
            self._awaited, self._depth = True, token.depth
        elif self.open:
            self.open = not (token.text == "}" and token.depth <= self._depth)
        elif self._awaited and token.text == "{" and token.kind == "mark":
            self.open, self._awaited = token.depth <= self._depth, False
