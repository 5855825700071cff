"""A mirror of other papers: some of its own, each as often as it is drawn, under the same ids of authors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .columns import Columns
from .rows import Rows
from .snapshot import Mirror

if TYPE_CHECKING:
    from numpy.typing import NDArray


def of_papers(mirror: Mirror, drawn: NDArray[Any]) -> Mirror:
    """Return a mirror for counting (`compact`) that holds these papers: numbers, one twice for a paper drawn twice.

    Its papers have no names and cite none of its papers. Cost: O(what they hold).
    """
    columns = mirror.columns
    authors, at = _taken(columns.authors, drawn)
    return with_columns(
        mirror,
        Columns(
            authors=authors,
            positions=columns.positions[at],
            institutions=_taken(columns.institutions, drawn)[0],
            categories=_taken(columns.categories, drawn)[0],
            references=_taken(columns.references, drawn)[0],
            cites=Rows(np.zeros(len(drawn) + 1, np.int64), np.zeros(0, np.int32)),
            years=columns.years[drawn],
            year_inferred=columns.year_inferred[drawn],
            truncated=columns.truncated[drawn],
        ),
    )


def with_columns(mirror: Mirror, columns: Columns) -> Mirror:
    """Return a mirror that holds other columns: for counting only, as nothing else of its papers fits."""
    return replace(mirror, papers=replace(mirror.papers, columns=columns))


def _taken(rows: Rows, drawn: NDArray[Any]) -> tuple[Rows, NDArray[np.int64]]:
    """The rows drawn, and where in `ends` each of their ends stood."""
    sizes = rows.sizes[drawn]
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    at = np.repeat(rows.starts[:-1][drawn] - starts[:-1], sizes) + np.arange(starts[-1])
    return Rows(starts, rows.ends[at]), at
