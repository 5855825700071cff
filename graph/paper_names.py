"""Names for the papers of one source: two that bear one DOI, and different identifiers of the source's own, are two.

A paper is named by the most widely used of its identifiers, so that sources that know the same DOI meet at once
(decision 0002). A source that lists two papers of one DOI under numbers of its own keeps them apart: each is then named
by its own number, whichever came first.
"""

from __future__ import annotations

from typing import Final

from .errors import shorten
from .names import own_id, paper_id
from .records import Paper, Problem

_LINES: Final = 40  # bits of a line's number; those above are of the own name
_MASK: Final = (1 << 32) - 1
_APART: Final = ";"  # behind a name, until all papers were told: no ID holds one


class PaperNames:
    """Filled while the papers of one source are told.

    What the first paper of a name that several share was told under is known at the end to be its own no more:
    `apart` says which names have to be moved.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._seen: dict[
            int, int
        ] = {}  # hash of a name -> line of the first paper, and what is left of its own name
        self._shared: dict[
            str, int
        ] = {}  # name that several share -> what is left of the own name of the first

    def name(self, paper: Paper) -> tuple[str, Problem | None]:
        """Return the IRI of a paper, and a remark where it is one with an earlier paper, or only shares a name with it.

        Asked once a paper.
        """
        shared, own = paper_id(paper), own_id(paper)
        rest = rest_of(own) if own and own != shared else 0
        iri = f"{self._base}paper/{shared}"
        first, first_line = self._first(iri, rest, paper.lines.first)
        if first == rest:
            return iri, _twin(paper, first_line)
        self._shared[iri] = first
        iri = f"{self._base}paper/{own}" if rest else iri + _APART
        _, own_line = self._first(iri, 0, paper.lines.first)
        return iri, _twin(paper, own_line) or _namesake(paper, first_line)

    def _first(self, iri: str, rest: int, line: int) -> tuple[int, int]:
        """What is left of the own name of the first paper of a name, and its line."""
        found = self._seen.setdefault(hash(iri), rest << _LINES | line)
        return found >> _LINES, found & ((1 << _LINES) - 1)

    def apart(self) -> list[tuple[str, int, str]]:
        """Return the names that papers of different own names share, what is left of the own name of those that were
        told under it (0: it is theirs), and the name that stands in for it with those whose own it is; sorted."""
        return sorted((iri, rest, iri + _APART) for iri, rest in self._shared.items())


def rest_of(own: str) -> int:
    """Return what is kept of the ID by which a source itself names a paper: a hash, of this process only."""
    return hash(own) & _MASK or 1


def _twin(paper: Paper, first: int) -> Problem | None:
    if first == paper.lines.first:
        return None
    what = "identifier" if paper.identifiers else "title, first author or date"
    expected = f"another {what} than in {paper.lines.unit} {first}; held as one paper with it"
    return Problem(paper.lines, shorten(paper.title), expected, False)


def _namesake(paper: Paper, first: int) -> Problem:
    expected = f"identifiers of which none is that of another paper, in {paper.lines.unit} {first}; kept as two papers"
    return Problem(paper.lines, shorten(paper.title), expected, False)
