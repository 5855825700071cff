"""A network of co-authors that nobody is in, as columns, of any size in a second or two: the same for the same seed.

Like real ones: papers per author fall off as a power law, people write again with those near them, one in twenty
authorships leads far away. Unlike real ones: triangles come from common papers alone (transitivity 0.08 where dblp has
0.17 and mean clustering 0.80 where it has 0.63), there are no fields and no years in which people come and go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from collegium.graph.columns import Columns
from collegium.graph.packed import Texts
from collegium.graph.rows import Rows
from collegium.graph.snapshot import Mirror
from collegium.graph.things import NO_CATEGORY, Entities, Figures, Papers, Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED: Final = 20250731
BASE: Final = "http://localhost:8000/"
_FALL: Final = 2.25  # of papers per author, exponent
_MOST_PAPERS: Final = 1_000
_NEAR: Final = 150  # authorships that lie between those of one paper, in the middle
_FAR: Final = 0.05
_TEAM: Final = (2.0, 1.2)  # others on a paper: Poisson, its mean gamma of this shape and scale; 2.4
_MOST_ON_PAPER: Final = 100
_DIGITS: Final = 8


def made_mirror(authors: int, seed: int = SEED) -> Mirror:
    """Return a mirror of so many authors; about 4.3 links an author."""
    columns = made_columns(authors, seed)
    papers = len(columns)
    known = np.random.default_rng(seed + 1).permutation(authors)
    none = Texts.of(())
    return Mirror(
        papers=Papers(
            BASE,
            _numbered(f"{BASE}paper/", np.arange(papers)),
            _numbered("Paper ", np.arange(papers)),
            np.full(papers, NO_CATEGORY, np.int32),
            columns,
        ),
        authors=Entities(BASE, _numbered(f"{BASE}author/", np.arange(authors)), _numbered("Author ", known)),
        institutions=Entities(BASE, none, none),
        categories=(),
        reported=Figures.of(()),
        ties=Ties.of(()),
        cited=none,
        base=BASE,
        version=1,
    )


def made_columns(authors: int, seed: int = SEED) -> Columns:
    """Return who wrote what: every authorship has a place on a line, and papers are pieces of the line."""
    draw = np.random.default_rng(seed)
    signs = np.repeat(np.arange(authors), np.minimum(draw.zipf(_FALL, authors), _MOST_PAPERS))
    count = len(signs)
    places = np.arange(count) + draw.standard_t(1, count) * _NEAR
    far = draw.random(count) < _FAR
    places[far] = draw.random(int(far.sum())) * count
    signs = signs[np.argsort(places)]
    sizes = np.minimum(1 + draw.poisson(draw.gamma(*_TEAM, count)), _MOST_ON_PAPER)
    papers = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    of = np.repeat(np.arange(papers, dtype=np.int32), sizes[:papers])[:count]
    rows = Rows.of_pairs(papers, of, draw.permutation(authors).astype(np.int32)[signs])
    nothing = Rows(np.zeros(papers + 1, np.int64), np.zeros(0, np.int32))
    return Columns(
        authors=rows,
        positions=(np.arange(len(rows.ends)) - rows.starts[rows.number] + 1).astype(np.int32),
        institutions=nothing,
        categories=nothing,
        references=nothing,
        cites=nothing,
        years=draw.integers(1990, 2025, papers).astype(np.int16),
        year_inferred=np.zeros(papers, np.bool_),
        truncated=np.zeros(papers, np.bool_),
    )


def _numbered(head: str, numbers: NDArray[np.int64]) -> Texts:
    """Texts of one length, ended by a number, so that they sort by it."""
    first = np.frombuffer(head.encode(), np.uint8)
    texts = np.empty((len(numbers), len(first) + _DIGITS), np.uint8)
    texts[:, : len(first)] = first
    for digit in range(_DIGITS):
        texts[:, -1 - digit] = ord("0") + numbers // 10**digit % 10
    return Texts(np.arange(len(numbers) + 1, dtype=np.int64) * texts.shape[1], texts.reshape(-1))
