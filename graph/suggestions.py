"""Suggestions: with whom an author could write next, each with its reason and its single scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .candidates import FEWEST, Ordered, ordered
from .columns import NO_YEAR
from .errors import NotFound, ParameterError
from .frames import frame
from .items import Category
from .link_scores import DIGITS, SCORES, Traits
from .network import Network
from .nodes import Node
from .snapshot import Mirror
from .walks import DAMPING, TOLERANCE, pagerank_from, steps_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

METHOD: Final = (
    f"candidates: no joint paper, two steps away; of fewer than {FEWEST} also authors of the same categories. score: "
    "mean of the percentiles of the single scores among the candidates"
)
_NAMED: Final = 3  # common co-authors whom a reason names
_MOST: Final = 1000
_NETWORK_FACTS: Final = (
    "papers_seen",
    "papers_truncated",
    "papers_without_year",
    "papers_year_inferred",
    "papers_without_pairs",
    "most_authors",
    "coverage",
    "at_least",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate.

    - `score`: in (0, 1), the higher the better; `scores`: the single ones, by the names of `SCORES`
    - `common_coauthors`: those that count most first; `shared_categories`: most shared first
    - `steps`: 2, or None for one who shares categories only
    - `last_year`: of their printed years, None without
    - `joint_papers`: that the network leaves out: of very many authors, or outside of the filters
    """

    rank: int
    author: Node
    score: float
    scores: Mapping[str, float]
    common_coauthors: tuple[Node, ...]
    shared_categories: tuple[Category, ...]
    steps: int | None
    last_year: int | None
    joint_papers: int

    @property
    def reason(self) -> str:
        """Why, in one line."""
        common = [node.name for node in self.common_coauthors]
        more = len(common) - _NAMED
        names = ", ".join(common[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        said = [
            f"{len(common)} common co-author{'s' * (len(common) != 1)} ({names})" if common else "",
            "both write on " + ", ".join(category.notation for category in self.shared_categories[:_NAMED])
            if self.shared_categories
            else "",
            "" if self.last_year is None else f"last active {self.last_year}",
            f"{self.joint_papers} joint paper{'s' * (self.joint_papers != 1)} not counted here"
            if self.joint_papers
            else "",
        ]
        return "; ".join(part for part in said if part)

    def to_dict(self) -> dict[str, Any]:
        """Return the suggestion for JSON."""
        node = self.author
        return {
            "rank": self.rank,
            "id": node.id,
            "iri": node.iri,
            "name": node.name,
            "score": self.score,
            "reason": self.reason,
            **{name: int(value) if name == "common" else float(value) for name, value in self.scores.items()},
            "last_year": self.last_year,
            "steps": self.steps,
            "joint_papers": self.joint_papers,
            "common_coauthors": [_told(near) for near in self.common_coauthors],
            "shared_categories": [_told(category) for category in self.shared_categories],
        }


def _told(thing: Node | Category) -> dict[str, str]:
    return {"id": thing.id, "iri": thing.iri, "name": thing.name}


_COLUMNS: Final = ("rank", "id", "iri", "name", "score", "reason")  # of no suggestion at all


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Some suggestions, the best first; `total` counts all candidates. `facts` say what they were made of."""

    rows: tuple[Suggestion, ...]
    total: int
    facts: Mapping[str, Any]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows for JSON, in order."""
        return [row.to_dict() for row in self.rows]

    def to_dataframe(self) -> Any:
        """Return the rows as a pandas DataFrame. Raises: LibraryMissing."""
        rows = self.to_dicts()
        return frame(rows, list(rows[0]) if rows else _COLUMNS)

    def __iter__(self) -> Iterator[Suggestion]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def suggestions(
    mirror: Mirror, net: Network, traits: Traits, iri: str, *, limit: int = 10, offset: int = 0
) -> Suggestions:
    """Return with whom an author could write next, best first, then by IRI.

    Args:
        net: the co-authors of that mirror, from `compact`; its links are counted, not weighed.
        traits: of the same network.
        iri: of an author.

    Raises: NotFound (no such author, or not in this network), ParameterError (limit, offset).
    Cost: 50 sparse products, O(m) each.
    """
    for name, value, least in (("limit", limit, 1), ("offset", offset, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _MOST * 1000:
            raise ParameterError(name, value, f"a whole number, {least} or more")
    one = net.nodes.number_of(iri)
    if one is None:
        raise NotFound("author in this network", mirror.author(iri).id, "the filters leave it out")
    walk = pagerank_from(steps_of(net), np.array([one]))[:, 0]
    found = ordered(net, traits, one, walk)
    joint = _joint_papers(mirror, net, one)
    last = min(offset + limit, len(found.numbers))
    rows = tuple(_suggestion(mirror, net, traits, one, found, at, joint) for at in range(offset, last))
    return Suggestions(rows, len(found.numbers), _facts(mirror, net, one))


def _suggestion(
    mirror: Mirror, net: Network, traits: Traits, one: int, found: Ordered, at: int, joint: NDArray[Any]
) -> Suggestion:
    number = int(found.numbers[at])
    common = np.intersect1d(net.links[one], net.links[number])
    common = common[np.argsort(net.degrees[common], kind="stable")]
    own, other = (traits.shares[[who]].toarray()[0] for who in (one, number))
    shared = np.minimum(own, other)
    topics = [topic for topic in np.argsort(-shared, kind="stable").tolist() if shared[topic] > 0]
    year = int(traits.last_years[number])
    return Suggestion(
        rank=at + 1,
        author=net.nodes[number],
        score=float(found.score[at]),
        scores={name: float(values[at]) for name, values in found.scores.items()},
        common_coauthors=tuple(net.nodes[near] for near in common.tolist()),
        shared_categories=tuple(mirror.categories[topic] for topic in topics),
        steps=2 if found.is_near[at] else None,
        last_year=None if year == NO_YEAR else year,
        joint_papers=int(joint[number]),
    )


def _papers_of(mirror: Mirror, net: Network, one: int) -> NDArray[np.bool_]:
    bylines = mirror.columns.authors
    mine = bylines.number[bylines.ends == net.nodes.groups[0].ids[one]]
    return np.bincount(mine, minlength=len(bylines)) > 0


def _joint_papers(mirror: Mirror, net: Network, one: int) -> NDArray[Any]:
    """Papers that each node has with one, whatever the network leaves out."""
    rows = mirror.columns.authors.take(_papers_of(mirror, net, one))
    return np.bincount(rows.ends, minlength=len(mirror.authors))[net.nodes.groups[0].ids]


def _facts(mirror: Mirror, net: Network, one: int) -> dict[str, Any]:
    papers = _papers_of(mirror, net, one)
    seen, cut = int(papers.sum()), int((papers & mirror.columns.truncated).sum())
    return {
        "version": mirror.version,
        "author": _told(net.nodes[one]),
        "parameters": {
            "projection": "coauthors",
            "where": net.facts.get("where", {}),
            "damping": DAMPING,
            "tolerance": TOLERANCE,
            "digits": DIGITS,
        },
        "method": METHOD,
        "scores": dict(SCORES),
        "exact": True,
        "nodes": len(net),
        "edges": net.size,
        **{name: net.facts[name] for name in _NETWORK_FACTS if name in net.facts},
        "author_papers": seen,
        "author_papers_truncated": cut,
        "author_coverage": 1 - cut / seen if seen else None,
    }
