"""What names the members of a network and so links them: papers, the works they cite, or citations one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from .chosen import authors_counted
from .items import Dated
from .pairing import Node
from .rows import Rows
from .selection import Filter, Selection, members_by
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


class Occasions(NamedTuple):
    """Occasions in columns: the members of a kind that each names, ascending; and the work that stands for each."""

    members: Rows
    works: NDArray[np.int64]


def occasions(mirror: Mirror, made_of: str, kind: str, papers: NDArray[np.bool_], where: Filter) -> Occasions:
    """Return the occasions that some papers (a mask) make; of papers a row each, empty for those left out.

    Cost: O(what the papers hold).
    """
    columns = mirror.columns
    if made_of == PAPERS:
        rows = {
            "institution": columns.institutions,
            "category": columns.categories,
            PAPER: columns.references,
        }
        named = rows[kind] if kind in rows else authors_counted(columns, where)
        return Occasions(named.where(papers[named.number]), np.arange(len(columns)))
    if made_of == CITED:
        cited = columns.references
        by_work = cited.where(papers[cited.number]).turned(len(mirror.works))
        is_cited = by_work.sizes > 0
        return Occasions(by_work.take(is_cited), np.flatnonzero(is_cited))
    citing, cited_papers = columns.cites.number, columns.cites.ends
    counted = papers[citing] & papers[cited_papers]
    ends = np.sort(np.column_stack((citing[counted], cited_papers[counted])), axis=1).astype(np.int32)
    return Occasions(Rows(np.arange(0, ends.size + 1, 2), ends.reshape(-1)), citing[counted])
