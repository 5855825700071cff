"""What names the members of a network and so links them: papers, the works they cite, or citations one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from .items import Dated
from .pairing import Node
from .selection import Filter, Selection, members_by
from .snapshot import Mirror

if TYPE_CHECKING:
    from .items import Paper

PAPERS: Final = "papers"  # a paper names members
CITED: Final = "cited works"  # a work names the papers counted that cite it
CITATIONS: Final = "citations"  # a citation names two papers counted
TIES: Final = "ties"  # of network files: no paper stands behind them
PAPER: Final = "paper"  # the kind of a node that is a paper, or a work that papers cite


class CitedWork(NamedTuple):
    """A work that papers cite, with what is known of its year."""

    iri: str
    year: int | None
    year_inferred: bool


def listed(
    mirror: Mirror, made_of: str, kinds: Sequence[str], selection: Selection, where: Filter
) -> Iterator[tuple[Dated, list[list[Node]]]]:
    """Yield the occasions of a selection one by one, each with the members of each kind that it names, ascending."""
    if made_of == PAPERS:
        for paper in selection.papers:
            yield paper, [[(kind, at) for at in sorted(_named(paper, kind, where))] for kind in kinds]
        return
    chosen = {paper.iri for paper in selection.papers}
    counted = {at: paper for at, paper in enumerate(mirror.papers) if paper.iri in chosen}
    if made_of == CITATIONS:
        for at, paper in counted.items():
            for cited in paper.references:
                if cited in counted:
                    yield paper, [[(PAPER, end) for end in sorted((at, cited))]]
        return
    citing: dict[int, list[Node]] = {}
    for at, paper in counted.items():
        for cited in paper.references:
            citing.setdefault(cited, []).append((PAPER, at))
    for cited in sorted(citing):
        yield _work(mirror, cited), [citing[cited]]


def _named(paper: Paper, kind: str, where: Filter) -> tuple[int, ...]:
    if kind == "author":
        return members_by(paper, where)
    return {
        "institution": paper.institutions,
        "category": paper.categories,
        PAPER: paper.references,
    }[kind]


def _work(mirror: Mirror, at: int) -> CitedWork:
    if at >= len(mirror.papers):
        return CitedWork(mirror.works[at].iri, None, False)
    paper = mirror.papers[at]
    return CitedWork(paper.iri, paper.year, paper.year_inferred)
