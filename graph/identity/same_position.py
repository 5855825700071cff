"""Rule: at one place of one paper's author list, sources name one person where the names go together.

It holds on these papers alone, since a name with initials stands for many people elsewhere. Two who both have an
identifier, under one full name, are one altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from .. import vocabulary as v
from ..names import id_rank
from .claims import Claims
from .clusters import Identity
from .decisions import mention_of
from .found import Found, Ids, contradict, groups, ids_of, pairs_of
from .full_names import are_equal, go_together
from .names_apart import part_node

RULE: Final = "position"
_ON_PAPERS: Final = "at the same place of the author list, and the names go together"
_ALTOGETHER: Final = "at the same place of an author list, under the same full name"
_OF_NAMES: Final = id_rank("author", "")
_CUT: Final = Literal(True)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Whom a source has at a place of a list; `used` is the IRI that stands for the person so far."""

    author: str
    used: str
    source: str
    authorship: str

    @property
    def rank(self) -> tuple[int, int, str]:
        """What entries of one place are sorted by: who is known best first, then by the longest name."""
        return id_rank("author", self.used.rpartition("/")[2]), -len(self.used), self.used

    @property
    def is_identified(self) -> bool:
        """Whether the person is known by more than a name."""
        return self.rank[0] != _OF_NAMES


_List = dict[int, _Entry]  # place, from 1 → entry


@dataclass(slots=True)
class _Met:
    """Whom sources have at one place: who is `moved` to whom on which papers, and who are one `altogether`."""

    moved: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    altogether: set[tuple[str, str]] = field(default_factory=set)


def find(
    claims: Claims, identity: Identity, papers: Iterable[str], parts: Collection[str]
) -> Iterator[Found]:
    """Yield who is the same person on papers that several sources have.

    Args:
        identity: what the rules before this one make one.
        papers: as any source has them.
        parts: authors of no more than a name who are kept apart by sources.
    Cost: O(entries of the lists of these papers).
    """
    met = _Met()
    for paper in sorted({identity.one(paper) for paper in papers}):
        for lists in _comparable(claims, identity, paper):
            for entry, stays in _same_people(claims, lists):
                if entry.is_identified and stays.is_identified:
                    met.altogether.add((entry.used, stays.used))
                elif entry.author != stays.author:
                    node = part_node(stays.author, stays.source) if stays.author in parts else stays.author
                    met.moved.setdefault((entry.author, node), set()).add(entry.authorship)
    for one, other in _altogether(claims, met.altogether):
        yield Found(one, other, RULE, "", _ALTOGETHER)
    for (author, node), authorships in sorted(met.moved.items()):
        one, other = sorted((author, node))
        yield Found(one, other, RULE, "", _ON_PAPERS, new=node, authorships=tuple(sorted(authorships)))


def _altogether(claims: Claims, met: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that make one of identified people, but for groups in which two contradict each other."""
    ids: dict[str, Ids] = {
        iri: ids_of(claims.values(iri, v.OWL_SAME_AS), "author") for pair in met for iri in pair
    }
    for group in groups(ids, sorted(met), lambda a, b: contradict(ids[a], ids[b]))[0]:
        yield from pairs_of(group, claims.base)


def _comparable(claims: Claims, identity: Identity, paper: str) -> Iterator[list[_List]]:
    """Yield the lists of a paper that have the same places: whole ones of one length; cut ones where none is whole."""
    members = identity.members.get(paper, (paper,))
    told: dict[str, set[bool]] = {}
    for member in members:
        for claim in claims.of(NamedNode(member), v.CK_TRUNCATED):
            told.setdefault(claim.source, set()).add(claim.object == _CUT)
    if len(told) < 2:
        return
    whole = [source for source, is_cut in told.items() if is_cut == {False}]
    by_length: dict[int, list[_List]] = {}
    for source in sorted(whole or told):
        if found := _list(claims, identity, members, source):
            by_length.setdefault(len(found) if whole else 0, []).append(found)
    yield from (lists for lists in by_length.values() if len(lists) > 1)


def _list(claims: Claims, identity: Identity, members: Iterable[str], source: str) -> _List:
    """The list that a source has of a paper; empty where it has two, or names nobody's place."""
    found: _List = {}
    for member in members:
        for claim in claims.of(NamedNode(member), v.SOA_HAS_AUTHORSHIP, None, source):
            node = claim.object.value
            place = node.rpartition("/")[2].partition("-")[0]
            if not place.isdecimal():
                continue
            if int(place) in found:
                return {}
            author = mention_of(node)[0]
            found[int(place)] = _Entry(author, identity.one(author, source), source, node)
    return found


def _same_people(claims: Claims, lists: Collection[_List]) -> Iterator[tuple[_Entry, _Entry]]:
    """Yield entries of one place that are one person by different IRIs, each with the one that stays."""
    everybody = [{entry.used for entry in entries.values()} for entries in lists]

    def are_both_in_one(one: str, other: str) -> bool:
        return any(one in people and other in people for people in everybody)

    for place in sorted(set().union(*lists)):
        staying: list[_Entry] = []
        for entry in sorted((at[place] for at in lists if place in at), key=lambda entry: entry.rank):
            stays = next(
                (
                    one
                    for one in staying
                    if one.used == entry.used
                    or (not are_both_in_one(one.used, entry.used) and _is_same(claims, one, entry))
                ),
                None,
            )
            if stays is None:
                staying.append(entry)
            elif stays.used != entry.used:
                yield entry, stays


def _is_same(claims: Claims, one: _Entry, other: _Entry) -> bool:
    fit: Callable[[str, str], bool] = are_equal if one.is_identified and other.is_identified else go_together
    names = (claims.values(entry.author, v.FOAF_NAME, entry.source) for entry in (one, other))
    ours, theirs = names
    return any(fit(a, b) for a in ours for b in theirs)
