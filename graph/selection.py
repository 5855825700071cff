"""Which papers a network is drawn from: years, category, institution, authors, complete lists only."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields

from .categories import resolve
from .errors import AmbiguousName, NotFound, ParameterError
from .items import Paper, Thing, index_of
from .snapshot import Mirror

_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Filter:
    """What to leave out; the empty filter leaves out nothing.

    - `from_year`, `to_year`: both included; papers without any year are left out as soon as one is given
    - `category`: ID, notation or IRI; narrower categories count as well ("cs" takes "cs.CL")
    - `institution`: ID, IRI or name
    - `authors`: IRIs or IDs; papers by at least one of them, and of the author nodes only these
    - `complete_only`: papers whose author list is complete
    - `shown_only`: authors that a source prints, i.e. authorships with a position
    - `min_weight`: links of at least this weight (joint papers when every link weighs 1); nodes stay

    Raises: ParameterError for a value of the wrong type or out of range, and for a window that ends before
    it begins.
    """

    from_year: int | None = None
    to_year: int | None = None
    category: str | None = None
    institution: str | None = None
    authors: frozenset[str] = frozenset()
    complete_only: bool = False
    shown_only: bool = False
    min_weight: float = 0.0

    def __post_init__(self) -> None:
        for name in ("from_year", "to_year"):
            _check_year(name, getattr(self, name))
        if self.from_year is not None and self.to_year is not None and self.from_year > self.to_year:
            raise ParameterError(
                "from_year", self.from_year, f"a year not after to_year, which is {self.to_year}"
            )
        for name in ("category", "institution"):
            text = getattr(self, name)
            if text is not None and not (isinstance(text, str) and text.strip()):
                raise ParameterError(name, text, "an ID, name or IRI")
        object.__setattr__(self, "authors", _checked_authors(self.authors))
        if isinstance(self.min_weight, bool) or not isinstance(self.min_weight, int | float):
            raise ParameterError("min_weight", self.min_weight, "a number")
        if not math.isfinite(self.min_weight) or self.min_weight < 0:
            raise ParameterError("min_weight", self.min_weight, "a finite number, 0 or more")

    @property
    def given(self) -> dict[str, object]:
        """What differs from the empty filter, ready for JSON; authors sorted.

        Example:
            >>> Filter(from_year=2023, authors=frozenset({"b", "a"})).given
            {'from_year': 2023, 'authors': ['a', 'b']}
        """
        stated = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return {name: sorted(x) if isinstance(x, frozenset) else x for name, x in stated.items()}


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers that passed, in order of IRI, and what must be said about them.

    `authors` holds the ids asked for (None: all). `without_year` counts papers that passed everything but the
    window because they have no year; without a window, those that passed and have none.
    """

    papers: tuple[Paper, ...]
    authors: frozenset[int] | None
    without_year: int

    @property
    def truncated(self) -> int:
        """Papers whose author list is not known to be complete."""
        return sum(paper.truncated for paper in self.papers)

    @property
    def year_inferred(self) -> int:
        """Papers whose year was completed by us."""
        return sum(paper.year_inferred for paper in self.papers)

    @property
    def coverage(self) -> float | None:
        """Share of papers with a complete author list, in [0, 1]; None when there are no papers."""
        return (len(self.papers) - self.truncated) / len(self.papers) if self.papers else None


def select(mirror: Mirror, where: Filter) -> Selection:
    """Return the papers of a filter. Raises: NotFound, AmbiguousName. Cost: O(papers)."""
    within = None if where.category is None else narrower(mirror, where.category)
    place = None if where.institution is None else find("institution", mirror.institutions, where.institution)
    authors = frozenset(find("author", mirror.authors, a) for a in where.authors) if where.authors else None
    passed = [
        paper
        for paper in (mirror.papers if authors is None else _with_any(mirror, authors))
        if (within is None or not within.isdisjoint(paper.categories))
        and (place is None or place in paper.institutions)
        and (authors is None or not authors.isdisjoint(members_by(paper, where)))
        and not (where.complete_only and paper.truncated)
    ]
    without_year = sum(paper.year is None for paper in passed)
    return Selection(tuple(p for p in passed if _in_window(p.year, where)), authors, without_year)


def _with_any(mirror: Mirror, authors: frozenset[int]) -> Iterator[Paper]:
    """Yield the papers of some authors: in a large store few of many, and to look at each takes a while."""
    import numpy as np

    rows = mirror.columns.authors
    theirs = np.isin(rows.ends, np.fromiter(authors, np.int64, len(authors)))
    return (mirror.papers[at] for at in np.unique(rows.number[theirs]).tolist())


def members_by(paper: Paper, where: Filter) -> tuple[int, ...]:
    """Return the authors of a paper that a filter counts: all, or the shown ones."""
    return paper.shown if where.shown_only else paper.authors


def find(kind: str, things: Sequence[Thing], text: str) -> int:
    """Return the id of the thing with that IRI, ID, notation, or (case aside) name.

    Raises: NotFound; AmbiguousName when several bear the name and none has it as IRI, ID or notation.
    Cost: O(log n) by IRI, else O(n).
    """
    with suppress(NotFound):
        return index_of(kind, things, text)
    for at, thing in enumerate(things):
        if text in (thing.iri, thing.id, getattr(thing, "notation", None)):
            return at
    wanted = text.strip().casefold()
    named = [at for at, thing in enumerate(things) if thing.name.casefold() == wanted]
    if not named and kind == "category":
        named = _by_code(things, text)
    if not named:
        raise NotFound(kind, text)
    if len(named) > 1:
        raise AmbiguousName(kind, text, (things[at].id for at in named))
    return named[0]


def _by_code(things: Sequence[Thing], code: str) -> list[int]:
    """The categories that a code without its archive may mean: "CL" is cs.CL, "CV" is cs.CV or math.CV."""
    category = resolve(code.strip())
    meant = category.possible or (category.notation,)
    return [at for at, thing in enumerate(things) if thing.id in meant]


def narrower(mirror: Mirror, text: str) -> frozenset[int]:
    """The category itself and all below it; a circle of `skos:broader` ends where it closes."""
    below: Mapping[int, list[int]] = {at: [] for at in range(len(mirror.categories))}
    for at, category in enumerate(mirror.categories):
        for above in category.broader:
            below[above].append(at)
    found: set[int] = set()
    waiting = [find("category", mirror.categories, text)]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(below[at])
    return frozenset(found)


def _checked_authors(authors: object) -> frozenset[str]:
    # A string is a collection of letters: without the check "ab" would mean the authors "a" and "b".
    if not isinstance(authors, frozenset | set | tuple | list):
        raise ParameterError("authors", authors, "a set of IRIs or IDs")
    if not authors and not isinstance(authors, frozenset):
        # Someone's own list came out empty: that is nobody's papers, not everybody's.
        raise ParameterError("authors", authors, "at least one author")
    for author in authors:
        if not isinstance(author, str) or not author:
            raise ParameterError("authors", author, "an IRI or ID")
    return frozenset(authors)


def _check_year(name: str, year: object) -> None:
    if year is None:
        return
    if isinstance(year, bool) or not isinstance(year, int) or not 1 <= year <= _LAST_YEAR:
        raise ParameterError(name, year, f"a year from 1 to {_LAST_YEAR}")


def _in_window(year: int | None, where: Filter) -> bool:
    if where.from_year is None and where.to_year is None:
        return True
    return year is not None and (where.from_year or 1) <= year <= (where.to_year or _LAST_YEAR)
