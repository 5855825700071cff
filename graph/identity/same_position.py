"""Rule: at one place of one paper's author list, sources name one person where the names go together.

It holds on these papers alone, since a name with initials stands for many people elsewhere. Two who both have an
identifier, under one full name, are one altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from .. import vocabulary as v
from ..names import id_rank
from .claims import Claims
from .clusters import Identity
from .decisions import Link, mention_of
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
_Moves = dict[tuple[str, str], set[str]]  # author and whom they are → authorships


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
    moves: _Moves = {}
    met: set[tuple[str, str]] = set()
    for paper in sorted({identity.one(paper) for paper in papers}):
        pairs = [
            pair for lists in _comparable(claims, identity, paper) for pair in _same_people(claims, lists)
        ]
        met.update((a.used, b.used) for a, b in pairs if a.is_identified and b.is_identified)
        for entry, stays in _moved(pairs):
            node = part_node(stays.author, stays.source) if stays.author in parts else stays.author
            if node != entry.author:
                moves.setdefault((entry.author, node), set()).add(entry.authorship)
    for one, other in _altogether(claims, met):
        yield Found(one, other, RULE, "", _ALTOGETHER)
    for (author, node), authorships in sorted(moves.items()):
        one, other = sorted((author, node))
        yield Found(one, other, RULE, "", _ON_PAPERS, new=node, authorships=tuple(sorted(authorships)))


def affected(
    claims: Claims,
    identity: Identity,
    things: Iterable[str],
    papers: Collection[str],
    known: Collection[Link],
) -> tuple[set[str], set[str]]:
    """Return of whom this rule may find something else than before, and all papers on which it finds them.

    Args:
        things, papers: those that came, went or became another; papers of such authors too.
        known: what this rule found before.
    Cost: O(entries of the lists of these papers, what was found).
    """
    members = {one for paper in papers for one in identity.members.get(identity.one(paper), (paper,))}
    people = {c.object.value for one in members for c in claims.of(NamedNode(one), v.DCTERMS_CREATOR)}
    people.update(things)
    told = members.union(papers)
    people.update(author for link in known for author, paper in link.mentions if paper in told)
    altogether = [link for link in known if not link.new]
    size = -1
    while size != len(people):  # whether such a group is sure depends on all who are in it
        size = len(people)
        for link in altogether:
            if link.one in people or link.other in people:
                people |= {link.one, link.other}
    for link in known:
        if link.one in people or link.other in people:
            told.update(paper for _, paper in link.mentions)
    for iri in {end for link in altogether for end in (link.one, link.other)} & people:
        told |= {claim.subject.value for claim in claims.of(None, v.DCTERMS_CREATOR, NamedNode(iri))}
    return people, told


def _moved(pairs: Iterable[tuple[_Entry, _Entry]]) -> Iterator[tuple[_Entry, _Entry]]:
    """Yield who of one paper is whom: not who would be several, as "Y. Wang" at two places; over all steps at once."""
    to: dict[str, dict[str, _Entry]] = {}
    entries: dict[str, dict[str, _Entry]] = {}
    for entry, stays in pairs:
        if not entry.is_identified:
            to.setdefault(entry.used, {}).setdefault(stays.used, stays)
            entries.setdefault(entry.used, {})[entry.authorship] = entry
    for used, those in entries.items():
        at, seen = used, {used}
        while len(to.get(at, ())) == 1:  # who is better known is further on, so that this ends
            (at,) = to[at]
            seen.add(at)
        if at != used and at not in to:
            ends = (one for step in seen for one in to.get(step, {}).values() if one.used == at)
            last = min(ends, key=lambda one: (one.author, one.source))
            yield from ((entry, last) for entry in those.values())


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
    """Yield entries of one place that are one person by different IRIs, each with the one that stays.

    Who goes with two who do not go together is left alone.
    """
    everybody = [{entry.used for entry in entries.values()} for entries in lists]

    def are_both_in_one(one: str, other: str) -> bool:
        return any(one in people and other in people for people in everybody)

    def may_be(entry: _Entry, stays: _Entry) -> bool:
        return not are_both_in_one(entry.used, stays.used) and _is_same(claims, stays, entry)

    for place in sorted(set().union(*lists)):
        staying: dict[str, _Entry] = {}
        moved: dict[str, _Entry] = {}
        for entry in sorted((at[place] for at in lists if place in at), key=lambda entry: entry.rank):
            if entry.used in staying:
                continue
            fits = [one for one in staying.values() if may_be(entry, one)]
            if entry.used in moved or len(fits) == 1:
                stays = moved.setdefault(entry.used, *fits) if len(fits) == 1 else moved[entry.used]
                yield entry, stays
            else:
                staying[entry.used] = entry


def _is_same(claims: Claims, one: _Entry, other: _Entry) -> bool:
    """Whether two entries, of people and not of groups, have names that are one."""
    if any(
        any(claims.of(NamedNode(entry.author), v.RDF_TYPE, v.FOAF_GROUP, entry.source))
        for entry in (one, other)
    ):
        return False
    fit: Callable[[str, str], bool] = are_equal if one.is_identified and other.is_identified else go_together
    ours, theirs = (claims.values(entry.author, v.FOAF_NAME, entry.source) for entry in (one, other))
    return any(fit(a, b) for a in ours for b in theirs)
