"""Two-mode networks (authors × papers) → papers with their authors, where the labels show which kind is which.

A mode shows papers when most of its labels are identifiers of papers, or long as titles are or with a year in them; it
shows authors when most are words without digits, few enough for a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ..errors import shorten
from ..identifiers import by_form
from ..person_names import turned
from ..records import Authorship, Lines, Paper, Problem, Record

_NAME: Final = re.compile(r"[^\W\d_][^\d]{1,59}")
_LEAST_WORDS_OF_A_TITLE: Final = 5
_MOST_WORDS_OF_A_NAME: Final = 5
_YEAR: Final = re.compile(r"(?:^|\D)(?:1[5-9]|20)\d\d(?:\D|$)")
_MOST: Final = 0.8  # of the labels of a mode


class Vertex(NamedTuple):
    """A vertex with its label and the line it stands in."""

    label: str
    line: int


def papers_of(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Return which of two modes are papers, 0 or 1, by their labels; None where the labels do not show it.

    Example:
        >>> papers_of(["Ada Lovelace", "Babbage, C"], ["Notes on the Analytical Engine by Menabrea"])
        1
        >>> papers_of(["Ada Lovelace"], ["p1"]) is None
        True
    """
    modes = (one, other)
    for index, labels in enumerate(modes):
        rest = modes[1 - index]
        if labels and rest and _share(labels, _is_paper) >= _MOST and _share(rest, _is_name) >= _MOST:
            return index
    return None


def papers(
    vertices: Mapping[int, Vertex], written: Mapping[int, Iterable[int]], remarked: Lines
) -> Iterator[Record]:
    """Yield a paper for each of `written` (paper -> authors in the order of the file), then a remark on the order."""
    for number, authors in written.items():
        paper = vertices[number]
        lines = Lines(paper.line, paper.line)
        known = by_form(paper.label, "paper")
        names = [vertices[author].label for author in dict.fromkeys(authors)]
        yield Paper(
            title="" if known else " ".join(paper.label.split()),
            authorships=tuple(_authorship(name, place) for place, name in enumerate(names, 1)),
            is_truncated=False,
            lines=lines,
            identifiers=(known,) if known else (),
        )
        if known:
            yield Problem(lines, "no title", "a title; the paper is kept by its identifier", False)
        if not names:
            found = f"a paper without authors: {shorten(paper.label)}"
            yield Problem(lines, found, "a link to an author", False)
    found = "papers with authors in no order of their own"
    yield Problem(remarked, found, "an order; the authors stand in the order of the links", False)


def _authorship(printed: str, position: int) -> Authorship:
    name = turned(printed)
    return Authorship(name, position, as_given=printed if printed != name else None)


def _share(labels: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(1 for label in labels if is_one(label)) / len(labels)


def _is_paper(label: str) -> bool:
    return (
        by_form(label, "paper") is not None
        or len(label.split()) >= _LEAST_WORDS_OF_A_TITLE
        or _YEAR.search(label) is not None
    )


def _is_name(label: str) -> bool:
    return _NAME.fullmatch(label) is not None and len(label.split()) <= _MOST_WORDS_OF_A_NAME
