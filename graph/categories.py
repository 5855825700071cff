"""What a category code means: the arXiv taxonomy, and codes printed without their archive.

arXiv notations are "archive.CODE" ("cs.CL") or a bare archive ("hep-th"). Pages print the last part alone; 19 of
these stand in several archives (CV: cs.CV, math.CV): such a code stays a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .records import Category

ARXIV = "arxiv"
UNRESOLVED = "scholar-feed"  # the scheme of codes that cannot be resolved


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the taxonomy; `archive` is "" for an archive itself."""

    notation: str
    name: str
    archive: str
    is_active: bool


@cache
def taxonomy() -> dict[str, Entry]:
    """Return notation -> entry, archives included, in alphabetical order."""
    text = (files(__package__) / "arxiv_categories.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {r[0]: Entry(r[0], r[1], r[2], r[3] == "active") for r in rows}


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    """Last part of a notation -> the active notations that end so, sorted."""
    found: dict[str, list[str]] = {}
    for entry in taxonomy().values():
        if entry.is_active:
            found.setdefault(entry.notation.rpartition(".")[2], []).append(entry.notation)
    return {code: tuple(sorted(notations)) for code, notations in found.items()}


def is_code(text: str) -> bool:
    """Return whether `text` is a code or a whole notation of the taxonomy.

    Example:
        >>> is_code("CL"), is_code("cs.CL"), is_code("Cl")
        (True, True, False)
    """
    return text in _by_code() or text in taxonomy()


def resolve(as_given: str) -> Category:
    """Return the category that a printed code stands for; ambiguous and unknown codes stay codes.

    Example:
        >>> resolve("CL").notation, resolve("CV").notation, resolve("CV").possible
        ('cs.CL', 'CV', ('cs.CV', 'math.CV'))
    """
    if as_given in taxonomy():
        return Category(as_given, as_given, ARXIV)
    possible = _by_code().get(as_given, ())
    if len(possible) == 1:
        return Category(as_given, possible[0], ARXIV)
    return Category(as_given, as_given, UNRESOLVED, possible)
