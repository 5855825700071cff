"""Belief as an immutable network snapshot: papers, authors, institutions, categories under integer ids.

One pass over the default graph, predicate by predicate; nothing else of the store is read. Ids are places among all
sorted by IRI, so the same belief gives the same mirror, in whatever order its statements came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from pyoxigraph import NamedNode, Store

from . import vocabulary as v
from .belief import Belief, Numbers, Pairs, many
from .belief_of_authors import nodes, reported, ties
from .columns import NO_POSITION, NO_YEAR, Columns
from .items import Category
from .packed import Texts
from .rows import Rows
from .snapshot import MOST_AUTHORS, Mirror
from .things import NO_CATEGORY, Entities, Figures, Papers, Ties, id_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_YEAR: Final = re.compile(rb"-?\d{4}(?!\d)")  # xsd:date, xsd:gYearMonth and xsd:gYear all begin with it
_LAST: Final = int(np.iinfo(np.int32).max)
_NOBODY: Final = -1
# What is read, in that order: while one is worked on the engine writes the next.
READ: Final = (
    v.DCTERMS_CREATOR,
    v.SOA_HAS_AUTHOR,
    v.SOA_POSITION,
    v.SOA_HAS_AUTHORSHIP,
    v.SCHEMA_SOURCE_ORGANIZATION,
    v.FABIO_PRIMARY_SUBJECT,
    v.DCTERMS_SUBJECT,
    v.SKOS_BROADER,
    v.DCTERMS_TITLE,
    v.DCTERMS_ISSUED,
    v.CK_ISSUED_INFERRED,
    v.CK_TRUNCATED,
    v.FOAF_NAME,
)


class HoldsBelief(Protocol):
    """What the mirror needs of a store: its engine, its version, and the base of its IRIs."""

    @property
    def engine(self) -> Store: ...
    @property
    def version(self) -> int: ...
    @property
    def base(self) -> str: ...


def mirror(store: HoldsBelief, most_authors: int = MOST_AUTHORS) -> Mirror:
    """Return the mirror of a store's belief.

    Of several names the longest stands (then the first by code point), of several years the earliest, of
    several positions the smallest. Links to blank nodes are not followed.

    Cost: O(statements of the predicates read).
    """
    with Belief(store.engine, ahead=READ) as belief:
        return _mirrored(belief, store.base, store.version, most_authors)


def _mirrored(belief: Belief, base: str, version: int, most_authors: int) -> Mirror:
    papers = Numbers(belief.instances(v.SOA_WORK)).sorted().ids
    people, places, topics = (
        Numbers(belief.instances(kind)) for kind in (v.FOAF_PERSON, v.ORG_ORGANIZATION, v.SKOS_CONCEPT)
    )
    links = _Links.read(belief, papers, people, places, topics)
    references, cited = _references(belief, papers)
    authors, institutions, categories = people.sorted(), places.sorted(), topics.sorted()
    return Mirror(
        papers=Papers(
            base,
            Texts.of(papers),
            Texts.of(belief.names(v.DCTERMS_TITLE, papers)),
            links.primary(len(papers), categories.places),
            _columns(
                belief, papers, links, references, authors.places, institutions.places, categories.places
            ),
        ),
        authors=_entities(belief, authors.ids, v.FOAF_NAME, base),
        institutions=_entities(belief, institutions.ids, v.SKOS_PREF_LABEL, base),
        categories=_categories(belief, categories.ids, links.above, base),
        reported=Figures.of(reported(belief, authors.ids)),
        cited=Texts.of(cited),
        base=base,
        version=version,
        most_authors=most_authors,
        ties=Ties.of(ties(belief, authors.ids), nodes(belief, authors.ids)),
    )


@dataclass(frozen=True, slots=True)
class _Links:
    """What papers link to, by their ids, before the other ends have any: by number in order of first sight."""

    bylines: Pairs
    positions: NDArray[np.int32]
    institutions: Pairs
    primaries: Pairs
    subjects: Pairs
    above: Mapping[bytes, set[bytes]]

    @staticmethod
    def read(
        belief: Belief, papers: Mapping[bytes, int], people: Numbers, places: Numbers, topics: Numbers
    ) -> _Links:
        created = belief.pairs(v.DCTERMS_CREATOR, papers, people)
        signed, positions = _signed(belief, papers, people)
        found = _Links(
            Pairs(
                np.concatenate((created.ones, signed.ones)), np.concatenate((created.others, signed.others))
            ),
            np.concatenate((np.full(len(created.ones), _LAST, np.int32), positions)),
            belief.pairs(v.SCHEMA_SOURCE_ORGANIZATION, papers, places),
            belief.pairs(v.FABIO_PRIMARY_SUBJECT, papers, topics),
            belief.pairs(v.DCTERMS_SUBJECT, papers, topics),
            many(belief.links(v.SKOS_BROADER)),
        )
        for iri in topics.all():  # those right above a category are categories too
            topics.of(found.above.get(iri, ()))
        return found

    def primary(self, papers: int, places: NDArray[np.int32]) -> NDArray[np.int32]:
        """The main category of each paper, of several the first; `NO_CATEGORY` without."""
        found = np.full(papers, _LAST, np.int32)
        np.minimum.at(found, self.primaries.ones, places[self.primaries.others])
        return np.where(found == _LAST, np.int32(NO_CATEGORY), found)


def _signed(belief: Belief, papers: Mapping[bytes, int], people: Numbers) -> tuple[Pairs, NDArray[np.int32]]:
    """Papers and who signs them by an authorship; and beside them the position, `_LAST` without."""
    authorships, signers = Numbers(), Numbers()
    rows = belief.links(v.SOA_HAS_AUTHOR)
    ones, others = authorships.of(one for one, _ in rows), signers.of(other for _, other in rows)
    signed = Rows.of_pairs(len(authorships), ones, others)
    at = np.full(len(signed), _LAST, np.int32)
    placed = [
        (authorships.known(authorship), _position(text)) for authorship, text in belief.values(v.SOA_POSITION)
    ]
    numbers, positions = np.array(placed, np.int32).reshape(-1, 2).T
    np.minimum.at(at, numbers[numbers >= 0], positions[numbers >= 0])
    numbered = (
        (papers.get(paper, -1), authorships.known(authorship))
        for paper, authorship in belief.links(v.SOA_HAS_AUTHORSHIP)
    )
    of = Pairs(*np.array([row for row in numbered if min(row) >= 0], np.int32).reshape(-1, 2).T)
    each = signed.sizes[of.others]
    picked = np.arange(each.sum()) + np.repeat(signed.starts[of.others] - np.cumsum(each) + each, each)
    who = signed.ends[picked]
    iris, used = signers.all(), np.unique(who)
    number = np.zeros(len(iris), np.int32)
    number[used] = people.of(iris[one] for one in used.tolist())
    return Pairs(np.repeat(of.ones, each), number[who]), np.repeat(at[of.others], each)


@cache
def _position(text: bytes) -> int:
    """The position that a text says; `_LAST` when it says none."""
    lexical = text.decode()
    return min(int(lexical), _LAST - 1) if lexical.isdecimal() else _LAST


def _columns(
    belief: Belief,
    papers: Mapping[bytes, int],
    links: _Links,
    references: Rows,
    authors: NDArray[np.int32],
    institutions: NDArray[np.int32],
    categories: NDArray[np.int32],
) -> Columns:
    rows, positions = _bylines(len(papers), links, authors)
    about = links.primaries, links.subjects
    stated, inferred = _years(belief, v.DCTERMS_ISSUED, papers), _years(belief, v.CK_ISSUED_INFERRED, papers)
    complete = [
        papers[iri]
        for iri, text in belief.values(v.CK_TRUNCATED)
        if text in (b"false", b"0") and iri in papers
    ]
    truncated = np.ones(len(papers), np.bool_)
    truncated[complete] = False
    return Columns(
        authors=rows,
        positions=positions,
        institutions=Rows.of_pairs(
            len(papers), links.institutions.ones, institutions[links.institutions.others]
        ),
        categories=Rows.of_pairs(
            len(papers),
            np.concatenate([pairs.ones for pairs in about]),
            categories[np.concatenate([pairs.others for pairs in about])],
        ),
        references=references,
        cites=references.where(references.ends < len(papers)),
        years=np.where(stated == NO_YEAR, inferred, stated),
        year_inferred=(stated == NO_YEAR) & (inferred != NO_YEAR),
        truncated=truncated,
    )


def _bylines(papers: int, links: _Links, places: NDArray[np.int32]) -> tuple[Rows, NDArray[np.int32]]:
    """Authors in the order of their positions, those without one last, by IRI; and the positions beside them."""
    rows, authors = links.bylines.ones, places[links.bylines.others]
    positions = links.positions
    order = np.lexsort((positions, authors, rows))
    rows, authors, positions = rows[order], authors[order], positions[order]
    first = np.ones(len(rows), np.bool_)  # of one author on one paper the smallest position
    first[1:] = (rows[1:] != rows[:-1]) | (authors[1:] != authors[:-1])
    rows, authors, positions = rows[first], authors[first], positions[first]
    order = np.lexsort((authors, positions, rows))
    shown = np.where(positions == _LAST, np.int32(NO_POSITION), positions)
    return Rows.of_sorted(papers, rows, authors[order]), shown[order]


def _references(belief: Belief, papers: Mapping[bytes, int]) -> tuple[Rows, list[bytes]]:
    """What each paper cites, as ids of `Mirror.works`, and the IRIs of what is no paper of the mirror, sorted.

    A paper is cited by its IRI, or by an address that is its alone. None cites itself.
    """
    cited = Numbers()
    said = belief.pairs(v.CITO_CITES, papers, cited)
    addresses: dict[bytes, int] = dict(papers)
    if len(cited):
        for paper, address in belief.links(v.OWL_SAME_AS):
            if (at := papers.get(paper)) is not None:
                addresses[address] = at if addresses.get(address, at) == at else _NOBODY
    iris = cited.all()
    outside = sorted(iri for iri in iris if addresses.get(iri, _NOBODY) == _NOBODY)
    addresses |= {iri: len(papers) + place for place, iri in enumerate(outside)}
    ends = np.array([addresses[iri] for iri in iris], np.int32)[said.others]
    is_other = ends != said.ones
    return Rows.of_pairs(len(papers), said.ones[is_other], ends[is_other]), outside


def _years(belief: Belief, predicate: NamedNode, papers: Mapping[bytes, int]) -> NDArray[np.int16]:
    """The earliest year of each paper; `NO_YEAR` without."""
    found = [_LAST] * len(papers)
    for iri, date in belief.values(predicate):
        if iri in papers and (year := _YEAR.match(date)):
            found[papers[iri]] = min(found[papers[iri]], int(year[0]))
    years = np.array(found, np.int32)
    return np.where(years == _LAST, NO_YEAR, years).astype(np.int16)


def _entities(belief: Belief, ids: Mapping[bytes, int], predicate: NamedNode, base: str) -> Entities:
    return Entities(base, Texts.of(ids), Texts.of(belief.names(predicate, ids)))


def _categories(
    belief: Belief, ids: Mapping[bytes, int], above: Mapping[bytes, set[bytes]], base: str
) -> tuple[Category, ...]:
    notations: dict[bytes, bytes] = {}
    for iri, text in belief.values(v.SKOS_NOTATION):
        notations[iri] = min(text, notations.get(iri, text))
    made = []
    for iri, name in zip(ids, belief.names(v.SKOS_PREF_LABEL, ids), strict=True):
        identifier = id_of(iri.decode(), base)
        notation = notations[iri].decode() if iri in notations else identifier
        broader = tuple(sorted(ids[other] for other in above.get(iri, ()) if other in ids))
        made.append(Category(iri.decode(), identifier, name.decode() or notation, notation, broader))
    return tuple(made)
