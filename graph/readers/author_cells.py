"""Cells of a table that hold authors → single names; a comma or an "and" parts them only where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

COMMA: Final = "comma"
AND: Final = "and"

_PARTED: Final = re.compile(r"[;|\n]")
_QUOTED: Final = r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\""
_LIST: Final = re.compile(rf"\[\s*+(?:{_QUOTED})(?:\s*+,\s*+(?:{_QUOTED}))*+\s*+(?:,\s*+)?+\]", re.DOTALL)
_ITEM: Final = re.compile(_QUOTED, re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}|(?:[^\W\d_][ -]?){1,3}")
_SUFFIX: Final = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?", re.IGNORECASE)
_AND: Final = re.compile(r" (?:and|&) ")  # in text whose white space is single spaces


def parted_by(cells: Iterable[str]) -> frozenset[str]:
    """Return which of COMMA and AND part the authors in a column, by what its cells show; empty if not certain.

    "A B, C D, E F" shows the comma: an odd number of pieces, each of two words or more, cannot be pairs of family and
    given name. "Smith, J." or "Smith, John, Doe, Jane" in any cell shows that commas stand inside names here. Three
    names joined by two "and" show that one; a ministry has one "and" in its name.
    """
    shown, is_inside = set(), False
    for cell in cells:
        if _PARTED.search(cell) or cell.startswith("["):
            continue
        text = " ".join(cell.split())
        if "," in text and not _AND.search(text):
            pieces = _pieces(text)
            is_inside = is_inside or not all(map(_is_whole_name, pieces))
            shown |= {COMMA} if len(pieces) > 2 and len(pieces) % 2 else set()
        sides = _AND.split(text)
        shown |= (
            {AND} if len(sides) > 2 and all("," in side or _is_whole_name(side) for side in sides) else set()
        )
    return frozenset(shown - {COMMA} if is_inside else shown)


def authors_in(cell: str, parted: frozenset[str] = frozenset()) -> list[str] | None:
    """Return the printed names of a cell in order; None where it cannot be told what parts them.

    Semicolons, strokes, line ends and lists in brackets part them always, what `parted_by` gave in its column.

    Example:
        >>> authors_in("Lovelace, Ada; Babbage, Charles & Noether, Emmy")
        ['Lovelace, Ada', 'Babbage, Charles', 'Noether, Emmy']
        >>> authors_in("Ada Lovelace, Charles Babbage", frozenset({COMMA}))
        ['Ada Lovelace', 'Charles Babbage']
        >>> authors_in("['Ada Lovelace', 'Charles Babbage']")
        ['Ada Lovelace', 'Charles Babbage']
        >>> authors_in("Lovelace, Ada"), authors_in("Smith, John, Doe, Jane")
        (['Lovelace, Ada'], None)
    """
    text = cell.strip()
    if _LIST.fullmatch(text):
        return [name for item in _ITEM.findall(text) if (name := _ESCAPE.sub(r"\1", item[1:-1]).strip())]
    if _PARTED.search(text):
        names = [name for piece in _PARTED.split(text) if (name := " ".join(piece.split()).strip(" ,"))]
        return [name for piece in names for name in _joined(piece) or [piece]]
    text = " ".join(text.split())
    if joined := _joined(text):
        return joined
    if _AND.search(text):
        return [side.strip() for side in _AND.split(text)] if AND in parted and "," not in text else None
    pieces = _pieces(text)
    if COMMA in parted:
        return None if any(map(_is_short, pieces)) else pieces
    return [text][: len(text)] if _is_one(pieces) else None


def _joined(text: str) -> list[str]:
    """The names in "Family, Given and Family, Given", where every side has its comma; none in other texts."""
    sides = [side.strip() for side in _AND.split(text)]
    return sides if len(sides) > 1 and all(side.count(",") == 1 for side in sides) else []


def _pieces(cell: str) -> list[str]:
    return [piece for part in cell.split(",") if (piece := " ".join(part.split()))]


def _is_whole_name(piece: str) -> bool:
    """Whether a piece may be a person's whole name: two words or more, not initials or a "Jr." alone."""
    return " " in piece and not _is_short(piece)


def _is_short(piece: str) -> bool:
    """Whether a piece is initials in capitals, or what stands behind a name."""
    has_case = piece.upper() == piece != piece.lower()
    return (has_case and _INITIALS.fullmatch(piece) is not None) or _SUFFIX.fullmatch(piece) is not None


def _is_one(pieces: list[str]) -> bool:
    """Whether pieces between commas are one person: a name alone, "Family, Given" or "Family, Given, Jr."."""
    if len(pieces) == 3:
        return any(map(_SUFFIX.fullmatch, pieces[1:]))
    return len(pieces) < 2 or (len(pieces) == 2 and not all(map(_is_whole_name, pieces)))
