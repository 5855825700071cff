"""Rule: papers of two sources with the same title, years that fit and an author in common are one.

Titles are compared whole, without case and punctuation: a word more makes two papers. Two that one source lists apart
stay apart, and so do two that bear different identifiers of one scheme.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..names import id_rank, name_id, name_key
from ..rubrics import is_rubric
from .claims import Claim, Claims
from .clusters import Identity
from .found import Found, Ids, contradict, groups, ids_of, pairs_of

RULE: Final = "title"
_MANY: Final = 5_000  # papers from which one pass over the store is cheaper than looking up each
_MOST_ALIKE: Final = 500  # papers of one title: beyond, it is no title but a rubric


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is claimed of a paper, or of all that its identifiers make one paper."""

    ids: Ids
    years: frozenset[int]
    authors: frozenset[str]
    venues: frozenset[str]
    sources: frozenset[str]


def find(
    claims: Claims, identity: Identity, titles: Collection[tuple[str, Collection[str]]]
) -> Iterator[Found]:
    """Yield which papers are one, of those that share a title.

    Args:
        identity: what identifiers alone make one.
        titles: key of a title, and the papers that bear it.
    Cost: O(papers); at most `_MOST_ALIKE` papers of one title are compared, each two of them that share an author.
    """
    alike = {paper for _, those in titles if len(those) <= _MOST_ALIKE for paper in those}
    said = _Said(claims, identity, alike)
    for key, papers in titles:
        by_paper = {identity.one(paper): paper for paper in sorted(papers, reverse=True)}
        if 1 < len(by_paper) <= _MOST_ALIKE:
            yield from _joined(claims, identity, key, by_paper, said)


def _joined(
    claims: Claims, identity: Identity, key: str, by_paper: dict[str, str], said: _Said
) -> Iterator[Found]:
    facts = {used: said.facts(used) for used in by_paper}
    needs_venue = is_rubric(key)

    def are_at_odds(a: str, b: str) -> bool:
        one, other = facts[a], facts[b]
        return contradict(one.ids, other.ids) or not one.sources.isdisjoint(other.sources)

    def may_be_one(a: str, b: str) -> bool:
        one, other = facts[a], facts[b]
        fits = _years_fit(one.years, other.years) and (
            not needs_venue or not one.venues.isdisjoint(other.venues)
        )
        return fits and not are_at_odds(a, b)

    alike: dict[str, list[str]] = {}
    for used in sorted(by_paper):
        for author in facts[used].authors:
            alike.setdefault(author, []).append(used)
    linked = sorted(
        {pair for those in alike.values() for pair in combinations(those, 2) if may_be_one(*pair)}
    )
    sure, unsure = groups(by_paper, linked, are_at_odds)
    for group in unsure:  # a preprint, a paper and its extended version: the year decides, or nothing does
        same_year = [(a, b) for a, b in linked if not facts[a].years.isdisjoint(facts[b].years)]
        sure += groups(group, [pair for pair in same_year if pair[0] in group], are_at_odds)[0]
    for group in sure:
        for a, b in pairs_of((by_paper[used] for used in group), claims.base):
            yield _told(a, b, key, facts[identity.one(a)], facts[identity.one(b)])


def _told(a: str, b: str, key: str, one: _Facts, other: _Facts) -> Found:
    common = tuple(sorted(one.authors & other.authors))
    years = sorted(one.years & other.years)
    when = f"year {years[0]}" if years else "years that fit"
    # Two of a group may share no author but each with a third.
    who = (
        f"{len(common)} {'author' if len(common) == 1 else 'authors'} in common"
        if common
        else "authors in common with a third"
    )
    return Found(a, b, RULE, key, f"same title, {when}, {who}", common[:3])


def _years_fit(one: frozenset[int], other: frozenset[int]) -> bool:
    return not one or not other or any(abs(a - b) <= 1 for a in one for b in other)


_OF_NAMES: Final = id_rank("author", "")
_WANTED: Final = (v.OWL_SAME_AS, v.DCTERMS_ISSUED, v.PRISM_NAME, v.DCTERMS_CREATOR, v.DCTERMS_TITLE)


class _Said:
    """What is claimed of papers, looked up one by one, or for very many in one pass over all that is claimed."""

    def __init__(self, claims: Claims, identity: Identity, papers: Iterable[str]) -> None:
        self._claims, self._identity = claims, identity
        self._known: dict[str, dict[NamedNode, list[Claim]]] | None = None
        used = {identity.one(paper) for paper in papers}
        if len(used) > _MANY:
            members = (identity.members.get(one, (one,)) for one in used)
            self._known = {paper: {} for those in members for paper in those}
            for predicate in _WANTED:
                for claim in claims.of(None, predicate):
                    known = self._known.get(claim.subject.value)
                    if known is not None:
                        known.setdefault(predicate, []).append(claim)

    def _of(self, paper: str, predicate: NamedNode) -> Iterable[Claim]:
        if self._known is None:
            return self._claims.of(NamedNode(paper), predicate)
        return self._known[paper].get(predicate, ())

    def facts(self, used: str) -> _Facts:
        """Return what is claimed of a paper and of all that its identifiers make one with it."""
        members = self._identity.members.get(used, (used,))

        def claims(predicate: NamedNode) -> list[Claim]:
            return [claim for paper in members for claim in self._of(paper, predicate)]

        dates = {claim.object.value[:4] for claim in claims(v.DCTERMS_ISSUED)}
        return _Facts(
            ids_of((claim.object.value for claim in claims(v.OWL_SAME_AS)), "paper"),
            frozenset(int(year) for year in dates if year.isdecimal()),
            frozenset(name for claim in claims(v.DCTERMS_CREATOR) for name in self._names(claim)),
            frozenset(name_key(claim.object.value) for claim in claims(v.PRISM_NAME)),
            frozenset(claim.source for claim in claims(v.DCTERMS_TITLE)),
        )

    def _names(self, creator: Claim) -> set[str]:
        """Return the names of an author, as IDs, by the word of the source that names the author here."""
        identifier = creator.object.value.rpartition("/")[2]
        if id_rank("author", identifier) == _OF_NAMES:  # nothing is to be looked up
            return {identifier}
        names = self._claims.values(creator.object.value, v.FOAF_NAME, creator.source)
        return {name_id(name) for name in names}
