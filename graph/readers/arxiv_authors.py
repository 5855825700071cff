"""arXiv's line of authors → authorships: names parted by commas and "and", affiliations in brackets behind them.

Source: info.arxiv.org/help/prep#author (names, affiliations, numbers that stand for affiliations listed at the end);
arxiv-base, `arxiv/authors/__init__.py` (what arXiv makes of the line: an affiliation holds for the authors before it
that have none, a group at the beginning excepted; which names are groups).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from ..person_names import stands_for_others
from ..records import Authorship
from .latex import without_latex

_GROUP: Final = re.compile(r"(?:.*\s)?(?:collaborations?|consortium|group|team)", re.IGNORECASE)
_CUT: Final = re.compile(r"\bet\.? +al\b|\band +others\b", re.IGNORECASE)
_AND: Final = re.compile(r",?\s(?:and|&)\s")
_PARTED: Final = re.compile(r"[,:]")
_BRACKET: Final = re.compile(r"[()]")
_NUMBERS: Final = re.compile(r"(?:[\d\s,;&*]|and)+")
_NUMBER: Final = re.compile(r"\d{1,4}")
# The list behind the names is "((1) CREST, Japan, (2) The University of Tokyo)" or "(1 INAF, Bologna; 2 SISSA)".
_LEGEND: Final = re.compile(r"\((\d{1,4})\)")
_BARE_LEGEND: Final = re.compile(r"(?:(?<=\()|(?<=[;,] ))(\d{1,2}) (?!and\b)(?=[^\W\d])")
_TAIL: Final = re.compile(r"(?:[\s,;.()]|\band(?=\s*$))+$")
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")


class AuthorLine(NamedTuple):
    """What a line says; with `is_truncated` it says that there are more authors ("et al.")."""

    authorships: tuple[Authorship, ...]
    is_truncated: bool


def is_group(name: str) -> bool:
    """Return whether arXiv takes a name for a group's.

    Example:
        >>> is_group("The BABAR Collaboration"), is_group("Rob Seaman")
        (True, False)
    """
    return _GROUP.fullmatch(name) is not None


def is_cut(line: str) -> bool:
    """Return whether a line of authors says that there are more."""
    return _CUT.search(" ".join(line.split())) is not None


def only_numbers(affiliation: str) -> bool:
    """Return whether an affiliation is no text but points to a list of affiliations.

    Example:
        >>> only_numbers("1 and 2"), only_numbers("1"), only_numbers("Univ. Paris 7")
        (True, True, False)
    """
    return _NUMBERS.fullmatch(affiliation) is not None


def authors_of(line: str) -> AuthorLine:
    r"""Return the authors of a line, in its order, positions from 1.

    Cost: O(length).

    Example:
        >>> [(a.name, a.affiliations) for a in authors_of(r"C. Bal\'azs (1) and A. B ((1) X, Y; (2) Z)").authorships]
        [('C. Balázs', ('X, Y',)), ('A. B', ())]
    """
    text = without_latex(line)
    blocks = list(_blocks(text))
    legend = {number: place for block in blocks if block[0] == "(" for number, place in _legend(block)}
    found: list[Authorship] = []
    is_first = False  # of the brackets behind a name
    for block in blocks:
        if block[0] != "(":
            is_first = True
            found += [
                Authorship(name, position, is_collective=is_group(name))
                for position, name in enumerate(_names(block), len(found) + 1)
            ]
        elif found and is_first and not _numbered(block):
            is_first = False
            found[-1] = replace(found[-1], affiliations=_affiliations(block[1:].removesuffix(")"), legend))
    return AuthorLine(_propagated(found), is_cut(text))


def _blocks(text: str) -> Iterator[str]:
    """Pieces outside of brackets, and pieces in outermost brackets with their "("; the last may lack its ")"."""
    depth = start = 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "(":
            depth += 1
            at = bracket.start() if depth == 1 else None
        elif depth:
            depth -= 1
            at = bracket.end() if depth == 0 else None
        else:
            at = None
        if at is not None and at > start:
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def _names(block: str) -> Iterator[str]:
    """The names of a piece outside of brackets; a suffix that a comma parts off goes back to its name."""
    last = ""
    for part in _PARTED.split(_AND.sub(",", f" {block} ")):
        name = part.strip(" ;")
        if not name or stands_for_others(name):
            continue
        if last and _SUFFIX.fullmatch(name):
            last = f"{last} {name}"
            continue
        if last:
            yield last
        last = name
    if last:
        cut = _CUT.search(last)  # "F. Aharonian et al."
        yield last[: cut.start()].strip(" ,") if cut and cut.start() else last


def _numbered(block: str) -> list[str]:
    """A list of affiliations at its numbers: what stands before, number, affiliation, number …; or nothing."""
    form = _BARE_LEGEND if _BARE_LEGEND.match(block, 1) else _LEGEND
    return form.split(block)[1:] if form.search(block, 1) else []


def _legend(block: str) -> Iterator[tuple[str, str]]:
    """Number and affiliation, each."""
    pieces = _numbered(block)
    for number, place in zip(pieces[::2], pieces[1::2], strict=True):
        text = _TAIL.sub("", place)
        if text and not only_numbers(text):
            yield number, " ".join(text.split())


def _affiliations(printed: str, legend: dict[str, str]) -> tuple[str, ...]:
    text = printed.strip()
    if not only_numbers(text):
        return (text,) if text else ()
    return tuple(legend[number] for number in _NUMBER.findall(text) if number in legend)


def _propagated(authors: list[Authorship]) -> tuple[Authorship, ...]:
    """Give each author without affiliation those of the next one who has some; groups at the beginning stay without."""
    leading = next((at for at, author in enumerate(authors) if not author.is_collective), len(authors))
    last: tuple[str, ...] = ()
    for at in range(len(authors) - 1, leading - 1, -1):
        last = authors[at].affiliations or last
        if last and not authors[at].affiliations:
            authors[at] = replace(authors[at], affiliations=last)
    return tuple(authors)
