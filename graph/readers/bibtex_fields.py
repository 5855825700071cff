"""The fields of one BibTeX entry: values in braces, in quotes, numbers and macros, joined by `#`.

A value that breaks off costs that field: the next `name =` at the beginning of a line begins a new one. A comma that is
missing and a closing brace too much leave one way to read on, so they are only said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from .record_limits import LARGEST_ENTRY_BYTES

_MOST_BROKEN: Final = 16  # fields; each may cost a scan of the whole entry
# Fields of which a second one would say something else; dblp's mirrors repeat `url` and `editor` by the hundred.
_SAID_ONCE: Final = frozenset("author title year date journal booktitle doi eprint".split())
_NAME: Final = r"[^\s=,{}\"#%()'\\]++"
# Braces three deep in one go, deeper ones by counting; possessive, so that no text is scanned twice.
_BRACED: Final = r"\{((?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+)\}"
_QUOTED: Final = r"\"((?:[^\"{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+)\""
_FIELD: Final = re.compile(rf"\s*+({_NAME})\s*+=\s*+(?:{_BRACED}|{_QUOTED}|([0-9]++))\s*+(?:,|(?=[}})]))")
_BEGUN: Final = re.compile(rf"\s*+({_NAME})\s*+=\s*+")
_WORD: Final = re.compile(r"[^\s,#{}\"=()]++")
_JOINED: Final = re.compile(r"\s*+#\s*+")
_MARK: Final = re.compile(r"\s*+([,})]?)")
_COMMENT: Final = re.compile(r"\s*+%[^\n]*+")  # biber takes it for one inside an entry, BibTeX does not
_SPECIAL: Final = re.compile(r"[{}\"]")
_BRACE: Final = re.compile(r"[{}]")
_LINE_FIELD: Final = re.compile(r"\n[ \t]*+,?[ \t]*+([A-Za-z][\w-]*+)[ \t]*+=[ \t]*+[{\"\w]")
_GOES_ON: Final = re.compile(rf"\s*+,?\s*+{_NAME}\s*+=\s*+[{{\"\w]")


class Fault(NamedTuple):
    """What is wrong at an offset; `lost` is the field that is left out for it."""

    at: int
    found: str
    expected: str
    lost: str | None = None


@dataclass(slots=True)
class Body:
    """The fields of an entry, filled while reading; `end` is the offset behind it."""

    fields: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    end: int = 0
    is_closed: bool = True
    broken: int = 0
    last: tuple[int, int, str] = (0, 0, "")  # offsets and name of the field that was read last

    def put(self, start: int, end: int, name: str, value: str) -> None:
        """Keep a field, unless it was given before: BibTeX too keeps the first."""
        self.last = (start, end, name)
        known = self.fields.setdefault(name, value)
        if known is not value and known != value and name in _SAID_ONCE:
            self.faults.append(Fault(start, f"a second {name}", "each field once; the first is kept", None))

    def lose(self, at: int, name: str, found: str, expected: str) -> None:
        self.broken += 1
        if self.last[2] == name:
            self.fields.pop(name, None)
        self.faults.append(Fault(at, found, f"{expected}; {name or 'it'} is left out", name))


def parse_fields(text: str, at: int, closer: str, macros: dict[str, str]) -> Body:
    """Return the fields from an offset on, up to the closing mark of the entry or the end of the text.

    Cost: O(length): what is broken is scanned anew, at most 16 times an entry.
    """
    body = Body()
    while body.broken < _MOST_BROKEN:
        if (found := _FIELD.match(text, at)) is not None:
            group = found.lastindex or 1
            # A value of nothing ("{}") matches its group too, so the last index is that of the value.
            body.put(found.start(1), found.end(), found[1].lower(), found[group])
            at = found.end()
            continue
        mark = _MARK.match(text, at)
        char = mark[1] if mark else ""
        end = mark.end() if mark else at
        if char == ",":
            at = end
        elif char == closer:
            body.end = end
            if _GOES_ON.match(text, end) is None:
                return body
            body.faults.append(
                Fault(end - 1, f"{closer} before the end of the entry", "it behind the last field")
            )
            at = end
        elif end == len(text):
            if (again := _swallowed(text, body)) is None:
                break
            at = again
        else:
            at = _field(text, at, macros, body)
    body.end, body.is_closed = len(text), False
    return body


def _swallowed(text: str, body: Body) -> int | None:
    """Where to read on when the text ends inside the entry and its last value swallowed the begin of a field."""
    start, end, name = body.last
    found = _LINE_FIELD.search(text, start, end)
    if found is None:
        return None
    body.lose(
        start, name, f"{name} with a brace that is not closed", "as many closing braces as opening ones"
    )
    body.last = (end, end, "")
    return found.start()


def _field(text: str, at: int, macros: dict[str, str], body: Body) -> int:
    """Read one field that is more than a name and one plain value; return where to read on."""
    if (comment := _COMMENT.match(text, at)) is not None:
        return comment.end()
    begun = _BEGUN.match(text, at)
    if begun is None:
        return _lost(text, at, "", body, _excerpt(text, at), "a field: name = value")
    name, start, at = begun[1].lower(), begun.start(1), begun.end()
    pieces, unknown = list[str](), False
    while True:
        end, piece = _piece(text, at, macros)
        if piece is None and end > at:
            body.lose(start, name, f"{name} = {text[at:end][:40]}", "a macro that is defined above")
            unknown, piece = True, ""
        if piece is None:
            what = "a value that is not closed" if end < 0 else _excerpt(text, at)
            return _lost(text, start, name, body, f"{name} = {what}", '{value}, "value", a number or a macro')
        pieces.append(piece)
        joined = _JOINED.match(text, end)
        if joined is None:
            break
        at = joined.end()
    if sum(map(len, pieces)) > LARGEST_ENTRY_BYTES:
        body.lose(start, name, f"{name} of macros that fill over 4 MiB", "a value below that")
        unknown = True
    mark = _MARK.match(text, end)
    if mark is not None and mark[1] == "" and mark.end() < len(text):
        if _COMMENT.match(text, end) is not None:
            pass  # what follows is looked at behind it
        elif _BEGUN.match(text, end) is None:
            found = f"{_excerpt(text, end)} behind the value of {name}"
            return _lost(text, start, name, body, found, "a comma or the end of the entry")
        else:
            body.faults.append(Fault(end, f"no comma behind {name}", "one; read as if it were there"))
    if not unknown:
        body.put(start, end, name, "".join(pieces))
    return end


def _piece(text: str, at: int, macros: dict[str, str]) -> tuple[int, str | None]:
    """One value: (offset behind it, its text).

    No text: a macro that is not known, or where the offset is still `at`, or -1 for the end, no value.
    """
    opening = text[at : at + 1]
    if opening == "{" or opening == '"':
        end = balanced(text, at, opening)
        return (end, text[at + 1 : end - 1]) if end >= 0 else (-1, None)
    word = _WORD.match(text, at)
    if word is None:
        return at, None
    # A word that begins with a digit is no macro: `pages = 10-20`.
    value = word[0] if word[0][0].isdigit() else macros.get(word[0].lower())
    return word.end(), value


def balanced(text: str, at: int, opening: str = "{") -> int:
    """Return the offset behind the value that opens here with a brace or a quote; -1 where it does not end.

    Example:
        >>> balanced("{a {b} c} d", 0), balanced('"a {"} b"', 0, '"'), balanced("{a", 0)
        (9, 9, -1)
    """
    depth = 0
    for found in (_BRACE if opening == "{" else _SPECIAL).finditer(text, at if opening == "{" else at + 1):
        char = found[0]
        if char == "{":
            depth += 1
        elif char == '"':
            if depth == 0:
                return found.end()
        else:
            depth -= 1
            if depth == 0 and opening == "{":
                return found.end()
            if depth < 0:
                return -1
    return -1


def _lost(text: str, start: int, name: str, body: Body, found: str, expected: str) -> int:
    """Leave a field out; return the begin of the next one, or the end of the text."""
    body.lose(start, name, found, expected)
    following = _LINE_FIELD.search(text, start)
    body.last = (start, start, "")
    return following.start() if following else len(text)


def _excerpt(text: str, at: int) -> str:
    return " ".join(text[at : at + 60].split())[:40]
