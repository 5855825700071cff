"""What the groups of a network are about: categories, institutions and title words that stand out in their papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .communities import Groups
from .evidence import Evidence
from .rows import Rows
from .title_words import TitleWords

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCORE: Final = (
    "log-likelihood ratio (G²) of a term among the group's papers against all other papers counted; only terms that "
    "are more frequent in the group, with at least 3.84 (5 % by chance) and on two of its papers, or its only one"
)
_LEAST: Final = 3.84  # chi-squared with one degree of freedom, 5 %
_LEAST_PAPERS: Final = 2
_MOST: Final = 5
_IN_LABEL: Final = (1, 1, 3)


@dataclass(frozen=True, slots=True)
class Topic:
    """A term that stands out in a group: on `papers` of the group's, on `elsewhere` of all others."""

    id: str
    name: str
    papers: int
    elsewhere: int
    score: float


@dataclass(frozen=True, slots=True)
class Topics:
    """What a group is about, the strongest first; `papers` are those that name at least one member."""

    papers: int
    categories: tuple[Topic, ...] = ()
    institutions: tuple[Topic, ...] = ()
    words: tuple[Topic, ...] = ()

    @property
    def label(self) -> str:
        """A name for people: the top category, institution and words; "" when nothing stands out."""
        kinds = zip((self.categories, self.institutions, self.words), _IN_LABEL, strict=True)
        return " · ".join(", ".join(t.name for t in topics[:most]) for topics, most in kinds if topics)


@dataclass(frozen=True, eq=False)
class _Standing:
    """Terms of one kind that stand out, group after group, by score, then papers, then place of the term."""

    starts: NDArray[np.int64]
    terms: NDArray[Any]
    inside: NDArray[Any]
    elsewhere: NDArray[Any]
    scores: NDArray[Any]


@dataclass(frozen=True, eq=False)
class GroupTopics:
    """The topics of all groups of a network, made when they are looked at. See `SCORE`."""

    evidence: Evidence
    words: TitleWords
    papers: NDArray[Any]
    kinds: tuple[_Standing, _Standing, _Standing]

    @staticmethod
    def of(groups: Groups, evidence: Evidence, words: TitleWords) -> GroupTopics:
        """Return what the groups of a network are about.

        Cost: O(what the papers hold), a paper once for each group that it names.
        Source: T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics
            19 (1993) 61-74.
        """
        columns = evidence.mirror.columns
        members = evidence.members
        rows = Rows.of_pairs(len(members), members.number.astype(np.int32), groups.labels[members.ends])
        is_counted = members.sizes > 0
        held = rows.matrix(len(groups), np.ones(len(rows.ends), np.int64)).T.tocsr()
        kinds = (
            (columns.categories, len(evidence.mirror.categories)),
            (columns.institutions, len(evidence.mirror.institutions)),
            (words.rows, len(words.words)),
        )
        papers = np.bincount(rows.ends, minlength=len(groups))
        standing = tuple(_standing(held, terms, most, is_counted, papers) for terms, most in kinds)
        return GroupTopics(evidence, words, papers, standing)  # type: ignore[arg-type]

    def of_group(self, at: int, most: int = _MOST) -> Topics:
        """Return what the group at a place (from 0) is about, at most so many terms of each kind."""
        found = [self._listed(kind, at, most) for kind in range(3)]
        return Topics(int(self.papers[at]), *found)

    def _listed(self, kind: int, at: int, most: int) -> tuple[Topic, ...]:
        of = self.kinds[kind]
        start, end = int(of.starts[at]), int(min(of.starts[at] + most, of.starts[at + 1]))
        rows = zip(
            *(x[start:end].tolist() for x in (of.terms, of.inside, of.elsewhere, of.scores)), strict=True
        )
        return tuple(Topic(*self._named(kind, term), *figures) for term, *figures in rows)

    def _named(self, kind: int, term: int) -> tuple[str, str]:
        if kind == 2:
            return self.words.words[term], self.words.words[term]
        mirror = self.evidence.mirror
        if kind == 1:
            thing = mirror.institutions[term]
            return thing.id, thing.name
        category = mirror.categories[term]
        return category.id, category.label


def _standing(
    held: Any, terms: Rows, most: int, is_counted: NDArray[np.bool_], papers: NDArray[Any]
) -> _Standing:
    counted = terms.where(is_counted[terms.number])
    counts = (held @ counted.matrix(most, np.ones(len(counted.ends), np.int64))).tocoo()
    group, term, inside = counts.row, counts.col, counts.data
    all_with = np.bincount(counted.ends, minlength=most)
    scores = log_likelihood(inside, papers[group], all_with[term], int(is_counted.sum()))
    kept = (scores >= _LEAST) & (inside >= np.minimum(_LEAST_PAPERS, papers[group]))
    group, term, inside, scores = group[kept], term[kept], inside[kept], scores[kept]
    order = np.lexsort((term, -inside, -np.round(scores, 9), group))
    starts = np.zeros(len(papers) + 1, np.int64)
    np.cumsum(np.bincount(group, minlength=len(papers)), out=starts[1:])
    term, inside = term[order], inside[order]
    return _Standing(starts, term, inside, all_with[term] - inside, scores[order])


def log_likelihood(inside: Any, group: Any, term: Any, total: int) -> NDArray[Any]:
    """Return G² of terms in groups; 0 where a term is no more frequent in the group than elsewhere.

    Args: papers of the group with the term, of the group, with the term, and all; the first three beside each other.

    Example:
        >>> round(float(log_likelihood(np.array([2]), np.array([2]), np.array([2]), 4)[0]), 6)
        5.545177
    """
    inside, group, term = (np.asarray(counts, np.float64) for counts in (inside, group, term))
    seen = (inside, group - inside, term - inside, total - group - term + inside)
    rows, columns = (group, total - group), (term, total - term)
    expected = [row * column / max(total, 1) for row in rows for column in columns]
    # Cells in the order (in, with), (in, without), (out, with), (out, without).
    parts = [
        np.where(cell > 0, cell * np.log(np.where(cell > 0, cell, 1) / np.where(cell > 0, chance, 1)), 0.0)
        for cell, chance in zip((seen[0], seen[1], seen[2], seen[3]), expected, strict=True)
    ]
    found: NDArray[Any] = np.where(inside > expected[0], 2 * np.sum(parts, axis=0), 0.0)
    return found
