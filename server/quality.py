"""How far the data can be trusted: what is cut, missing, guessed or told apart by a name only, each counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from collegium.graph import deciding
from collegium.graph.identity import same_name
from collegium.graph.quads import BELIEF
from collegium.graph.sources import SourceInfo, sources
from collegium.graph.vocabulary import CK_IDENTIFIED_BY, CK_IDENTIFIER, CK_NORMALISED_NAME
from collegium.graph.words import folded

from .editions import Edition

_MOST_NAMES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to know of the data: how many of how many, what it means, and the named query that lists them."""

    name: str
    count: int
    of: int
    what: str
    meaning: str
    query: str | None

    @property
    def share(self) -> float:
        """The count as a share, 0 of nothing."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Shared:
    """A name that several authors bear."""

    name: str
    authors: tuple[tuple[str, str], ...]  # ID and name


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that the page shows. `names` are the names borne most often, `shared` counts all such names."""

    doubts: tuple[Doubt, ...]
    shared: int
    names: tuple[Shared, ...]
    sources: tuple[SourceInfo, ...]


def quality(found: Edition) -> Quality:
    """Return what is to be known of the data of a version. Cost: O(papers + authors), once a version."""
    return found.made("quality", lambda: _made(found), 20)


def _made(found: Edition) -> Quality:
    names = _shared_names(found)
    loaded = sorted(sources(found.store), key=lambda source: -source.problems)
    return Quality(_doubts(found), len(names), tuple(names[:_MOST_NAMES]), tuple(loaded))


def _doubts(found: Edition) -> tuple[Doubt, ...]:
    of = {"papers": len(found.mirror.papers), "authors": len(found.mirror.authors)}
    most = f"{found.mirror.most_authors:,}"
    return tuple(
        Doubt(name, int(count(found)), of[what], what, meaning.replace("MOST", most), query)
        for name, what, query, count, meaning in _DOUBTS
    )


def _joined_by_name(found: Edition) -> int:
    """How many pairs of authors are taken for one because they bear one full name; see `/identity`."""
    made = deciding.listed(found.store, "author")
    states = deciding.states(found.store, made)
    return sum(
        one.is_merge and one.rule == same_name.RULE and state == "holds"
        for one, state in zip(made, states, strict=True)
    )


def _disputed(found: Edition) -> int:
    """How many papers have two authors at one place of their list."""
    import numpy as np

    from collegium.graph.columns import NO_POSITION

    columns = found.mirror.columns
    papers, places = columns.authors.number, columns.positions
    printed = places != NO_POSITION
    pairs = np.stack([papers[printed], places[printed]])
    known, times = np.unique(pairs, axis=1, return_counts=True)
    return len(np.unique(known[0][times > 1]))


def _without_year(found: Edition) -> int:
    from collegium.graph.columns import NO_YEAR

    return int((found.mirror.columns.years == NO_YEAR).sum())


def _known_by_name(found: Edition) -> int:
    """How many authors no identifier names."""
    return len(_identified(found, CK_NORMALISED_NAME) - _identified(found, CK_IDENTIFIER))


def _identified(found: Edition, basis: NamedNode) -> set[str]:
    """The authors whom belief knows by something; one that was joined with a name, by that too."""
    said = found.engine.quads_for_pattern(None, CK_IDENTIFIED_BY, basis, BELIEF)
    return {str(quad.subject) for quad in said}


def _shared_names(found: Edition) -> list[Shared]:
    """Names that several authors bear, most authors first; case, accents and all signs aside."""
    bearers: dict[str, list[tuple[str, str]]] = {}
    for author in found.mirror.authors:
        bearers.setdefault(folded(author.name) or author.name, []).append((author.id, author.name))
    shared = [Shared(all_[0][1], tuple(all_)) for all_ in bearers.values() if len(all_) > 1]
    return sorted(shared, key=lambda one: (-len(one.authors), one.name))


# Name, of what, the named query that lists them, how they are counted, what it means.
_DOUBTS: Final[tuple[tuple[str, str, str | None, Callable[[Edition], int], str], ...]] = (
    (
        "Cut author lists",
        "papers",
        "papers_truncated",
        lambda found: found.mirror.columns.truncated.sum(),
        "The list ends in “et al.”, or no source says that it is whole: links can be missing.",
    ),
    (
        "No author",
        "papers",
        None,
        lambda found: (found.mirror.columns.authors.sizes == 0).sum(),
        "The sources name none: the paper is in no network.",
    ),
    (
        "Two authors at one place",
        "papers",
        "papers_disputed_places",
        _disputed,
        "Sources name different people at one place, or one person by names too far apart: links count both.",
    ),
    ("No year", "papers", "papers_without_year", _without_year, "Left out as soon as years are asked for."),
    (
        "Year completed by us",
        "papers",
        None,
        lambda found: found.mirror.columns.year_inferred.sum(),
        "The source prints a date without its year; the year is marked wherever it stands.",
    ),
    (
        "Too many authors for pairs",
        "papers",
        None,
        lambda found: (found.mirror.columns.authors.sizes > found.mirror.most_authors).sum(),
        "More than MOST: they make no links between co-authors.",
    ),
    (
        "Known by name only",
        "authors",
        "authors_identified_by_name",
        _known_by_name,
        "No identifier tells them apart: two people of one name would be one author here.",
    ),
    (
        "Joined by their name",
        "authors",
        None,
        _joined_by_name,
        "Pairs taken for one person by one full name, where nothing spoke against it; paths and ranks rest on them.",
    ),
)
