"""Lines of Pajek files: section headings, vertices, and what may stand behind the numbers of a link.

Source: W. de Nooy, A. Mrvar, V. Batagelj, "Exploratory Social Network Analysis with Pajek" (3rd edition, 2018).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

_HEADING: Final = re.compile(r"\*\s*([A-Za-z]+)\s*(.*)", re.DOTALL)
_VERTEX: Final = re.compile(r'\s*(\d{1,18})(?:\s+(?:"([^"]*)"|(\S+)))?(?:\s|$)')
_NUMBERS: Final = re.compile(r"\d{1,18}")
_RELATION: Final = re.compile(r':\s*\d+(?:\s+"([^"]*)")?')
_LABEL: Final = re.compile(r'\bl\s+"([^"]*)"')
_WITH_ID: Final = re.compile(r"(.+) \[([A-Za-z0-9][A-Za-z0-9.~-]{0,199})\]")
COMMENTS: Final = ("%", "/*")


class Heading(NamedTuple):
    """A line that opens a section: its word in lower case, and what stands behind it."""

    word: str
    rest: str


def heading(line: str) -> Heading | None:
    """Return the heading that a line is; None for another line.

    Example:
        >>> heading("*Vertices 12 5"), heading("1 2")
        (Heading(word='vertices', rest='12 5'), None)
    """
    found = _HEADING.match(line)
    return Heading(found[1].lower(), found[2].strip()) if found else None


def sizes(rest: str) -> tuple[int, int | None] | None:
    """Return how many vertices `*Vertices` announces, and how many of them are of the first kind (two-mode)."""
    parts = rest.split()
    if not parts or not all(map(_NUMBERS.fullmatch, parts[:2])):
        return None
    return int(parts[0]), int(parts[1]) if len(parts) > 1 else None


def vertex(line: str) -> tuple[int, str | None] | None:
    """Return number and label of a vertex; None for another line.

    Example:
        >>> vertex('1 "Kuperman, M" 0.1 0.2 ellipse'), vertex("2 Ada 0.1"), vertex("3")
        ((1, 'Kuperman, M'), (2, 'Ada'), (3, None))
    """
    found = _VERTEX.match(line)
    if found is None:
        return None
    return int(found[1]), found[2] if found[2] is not None else found[3]


def relation(rest: str) -> str | None:
    """Return the name of the relation that a heading of links gives.

    Example:
        >>> relation(':1 "writes with"'), relation("")
        ('writes with', None)
    """
    found = _RELATION.match(rest)
    return found[1] if found else None


def label(line: str) -> str | None:
    """Return the label of a link (`l "…"` behind its numbers)."""
    found = _LABEL.search(line)
    return found[1] if found else None


def numbers(line: str) -> list[int] | None:
    """Return the whole numbers of a line; None where something else stands in it."""
    parts = line.split()
    return [int(p) for p in parts] if all(map(_NUMBERS.fullmatch, parts)) else None


def namesakes(labels: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return name and address of vertices that our own export tells apart by an ID in brackets; of others nothing.

    Example:
        >>> namesakes({1: "Wei Li [wei-li]", 2: "Wei Li [orcid-0000-0002-8077-7025]", 3: "Bo [Jr]"})[1]
        ('Wei Li', 'http://localhost/author/wei-li')
    """
    found = {number: got for number, text in labels.items() if (got := _WITH_ID.fullmatch(text))}
    bearers = Counter(got[1] for got in found.values())
    return {
        number: (got[1], f"http://localhost/author/{got[2]}")
        for number, got in found.items()
        if bearers[got[1]] > 1
    }
