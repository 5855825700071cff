"""Rule: papers of two sources with the same title, years that fit and an author in common are one.

Titles are compared whole, without case and punctuation: a word more makes two papers. Two that one source lists apart
stay apart, and so do two that bear different identifiers of one scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from pyoxigraph import NamedNode

from .. import vocabulary as v
from ..names import name_key
from .claims import Claims
from .clusters import Identity
from .found import Found, Ids, contradict, groups, ids_of, pairs_of

RULE: Final = "title"
_LEAST_WORDS: Final = 3
_MOST_ALIKE: Final = 500  # papers of one title: beyond, it is no title but a rubric
# Titles that many papers bear; those of the second list with words behind them too.
_WHOLE: Final = frozenset(
    {
        "abstract of papers",
        "announcements and calls",
        "comment and reply",
        "from the editor s desk",
        "in this issue",
        "index of authors",
        "introduction to this issue",
        "list of reviewers",
        "note from the editors",
        "notes for contributors",
        "report from the chair",
    }
)
_BEGINNINGS: Final = (
    "book review",
    "call for papers",
    "correction to",
    "corrigendum",
    "editor s note",
    "editorial",
    "erratum",
    "foreword",
    "front matter",
    "guest edit",
    "in memoriam",
    "introduction to the special",
    "letter to the editor",
    "letters to the editor",
    "message from",
    "obituary",
    "preface",
    "proceedings of",
    "table of contents",
    "welcome to",
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is claimed of a paper, or of all that its identifiers make one paper."""

    ids: Ids
    years: frozenset[int]
    authors: frozenset[str]
    venues: frozenset[str]
    sources: frozenset[str]


def find(claims: Claims, identity: Identity, titles: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Found]:
    """Yield which papers are one, of those that share a title.

    Args:
        identity: what identifiers alone make one.
        titles: key of a title, and the papers that bear it.
    Cost: O(papers); at most `_MOST_ALIKE` papers of one title are compared, each two of them that share an author.
    """
    for key, papers in titles:
        by_paper = {identity.one(paper): paper for paper in sorted(papers, reverse=True)}
        if 1 < len(by_paper) <= _MOST_ALIKE:
            yield from _joined(claims, identity, key, by_paper)


def is_rubric(key: str) -> bool:
    """Return whether a title alone tells too little: it is short, or what many papers are called.

    Example:
        >>> is_rubric("editorial"), is_rubric("editorial changes in wikipedia articles"), is_rubric("deep learning")
        (True, True, True)
    """
    return len(key.split()) < _LEAST_WORDS or key in _WHOLE or key.startswith(_BEGINNINGS)


def _joined(claims: Claims, identity: Identity, key: str, by_paper: dict[str, str]) -> Iterator[Found]:
    facts = {used: _facts(claims, identity, used) for used in by_paper}
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
    who = f"{len(common)} authors in common" if common else "authors in common with a third"
    return Found(a, b, RULE, key, f"same title, {when}, {who}", common[:3])


def _years_fit(one: frozenset[int], other: frozenset[int]) -> bool:
    return not one or not other or any(abs(a - b) <= 1 for a in one for b in other)


def _facts(claims: Claims, identity: Identity, used: str) -> _Facts:
    addresses: set[str] = set()
    dates: set[str] = set()
    authors: set[str] = set()
    venues: set[str] = set()
    sources: set[str] = set()
    for paper in identity.members.get(used, (used,)):
        addresses |= claims.values(paper, v.OWL_SAME_AS)
        dates |= claims.values(paper, v.DCTERMS_ISSUED)
        venues |= claims.values(paper, v.PRISM_NAME)
        sources |= claims.sources(paper)
        for claim in claims.of(NamedNode(paper), v.DCTERMS_CREATOR):
            # By what this source calls them: what others call them is theirs to say.
            authors |= claims.values(claim.object.value, v.FOAF_NAME, claim.source)
    return _Facts(
        ids_of(addresses, "paper"),
        frozenset(int(date[:4]) for date in dates if date[:4].isdecimal()),
        frozenset(map(name_key, authors)),
        frozenset(map(name_key, venues)),
        frozenset(sources),
    )
