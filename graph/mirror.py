"""Belief as an immutable network snapshot: papers, authors, institutions, categories under integer ids.

One pass over the default graph, predicate by predicate; nothing else of the store is read. Ids are positions
in tuples sorted by IRI, so the same belief gives the same mirror, in whatever order its statements came.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import Literal, NamedNode, Store

from . import vocabulary as v
from .quads import BELIEF
from .snapshot import MOST_AUTHORS, Category, Entity, Mirror, Paper, Reported, Thing, Tie

if TYPE_CHECKING:
    import networkx

_YEAR = re.compile(r"-?\d{4}(?!\d)")  # xsd:date, xsd:gYearMonth and xsd:gYear all begin with it


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
    belief = _Belief(store.engine, store.base)
    papers = sorted(belief.instances(v.SOA_WORK))
    links = _Links(belief, papers)
    authors = belief.entities(belief.instances(v.FOAF_PERSON) | links.author_iris, v.FOAF_NAME)
    institutions = belief.entities(
        belief.instances(v.ORG_ORGANIZATION).union(*links.institutions.values()), v.SKOS_PREF_LABEL
    )
    categories = _categories(belief, links)
    ids = _Ids(_ids(authors), _ids(institutions), _ids(categories))
    return Mirror(
        papers=tuple(_papers(belief, papers, links, ids)),
        authors=authors,
        institutions=institutions,
        categories=categories,
        reported=_reported(belief, ids.authors),
        base=store.base,
        version=store.version,
        most_authors=most_authors,
        ties=_ties(belief, ids.authors),
    )


class _Belief:
    """The default graph of an engine, read one predicate at a time."""

    def __init__(self, engine: Store, base: str) -> None:
        self.engine, self.base = engine, base

    def instances(self, of: NamedNode) -> set[str]:
        found = self.engine.quads_for_pattern(None, v.RDF_TYPE, of, BELIEF)
        return {q.subject.value for q in found if isinstance(q.subject, NamedNode)}

    def links(self, predicate: NamedNode) -> dict[str, set[str]]:
        """IRI -> IRIs."""
        found: dict[str, set[str]] = {}
        for q in self.engine.quads_for_pattern(None, predicate, None, BELIEF):
            if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode):
                found.setdefault(q.subject.value, set()).add(q.object.value)
        return found

    def values(self, predicate: NamedNode) -> dict[str, set[str]]:
        """IRI -> lexical forms."""
        found: dict[str, set[str]] = {}
        for q in self.engine.quads_for_pattern(None, predicate, None, BELIEF):
            if isinstance(q.subject, NamedNode) and isinstance(q.object, Literal):
                found.setdefault(q.subject.value, set()).add(q.object.value)
        return found

    def id(self, iri: str) -> str:
        """The part behind `{base}kind/`; an IRI of another house is its own id."""
        return iri.removeprefix(self.base).partition("/")[2] if iri.startswith(self.base) else iri

    def entities(self, iris: Iterable[str], predicate: NamedNode) -> tuple[Entity, ...]:
        names = self.values(predicate)
        return tuple(
            Entity(iri, self.id(iri), _chosen(names.get(iri, ()), self.id(iri))) for iri in sorted(iris)
        )


class _Links:
    """Links of all papers by IRI, before anything has an id."""

    def __init__(self, belief: _Belief, papers: Iterable[str]) -> None:
        self.bylines: dict[str, dict[str, int | None]] = {paper: {} for paper in papers}
        for paper, creators in belief.links(v.DCTERMS_CREATOR).items():
            if paper in self.bylines:
                self.bylines[paper].update(dict.fromkeys(creators))
        has_author, positions = belief.links(v.SOA_HAS_AUTHOR), belief.values(v.SOA_POSITION)
        for paper, authorships in belief.links(v.SOA_HAS_AUTHORSHIP).items():
            if paper in self.bylines:
                for authorship in authorships:
                    position = _position(positions.get(authorship, ()))
                    self._place(self.bylines[paper], has_author.get(authorship, ()), position)
        self.author_iris = {author for byline in self.bylines.values() for author in byline}
        self.institutions = self._of_papers(belief.links(v.SCHEMA_SOURCE_ORGANIZATION))
        self.primary = self._of_papers(belief.links(v.FABIO_PRIMARY_SUBJECT))
        self.subjects = self._of_papers(belief.links(v.DCTERMS_SUBJECT))

    def _of_papers(self, links: Mapping[str, set[str]]) -> dict[str, set[str]]:
        return {paper: found for paper, found in links.items() if paper in self.bylines}

    @staticmethod
    def _place(byline: dict[str, int | None], authors: Iterable[str], position: int | None) -> None:
        for author in authors:
            known = byline.get(author)
            byline[author] = position if known is None else min(known, position or known)


@dataclass(frozen=True, slots=True)
class _Ids:
    """IRI -> id, by kind; thrown away once the mirror stands."""

    authors: dict[str, int]
    institutions: dict[str, int]
    categories: dict[str, int]


def _ids(things: Iterable[Thing]) -> dict[str, int]:
    return {thing.iri: at for at, thing in enumerate(things)}


def _chosen(values: Iterable[str], otherwise: str) -> str:
    return min(values, key=lambda value: (-len(value), value), default=otherwise)


def _categories(belief: _Belief, links: _Links) -> tuple[Category, ...]:
    above = belief.links(v.SKOS_BROADER)
    iris = belief.instances(v.SKOS_CONCEPT).union(*links.primary.values(), *links.subjects.values())
    iris = iris.union(*(above.get(iri, set()) for iri in iris))
    notations = belief.values(v.SKOS_NOTATION)
    ids = {iri: at for at, iri in enumerate(sorted(iris))}
    made = []
    for entity in belief.entities(iris, v.SKOS_PREF_LABEL):
        notation = min(notations.get(entity.iri, ()), default=entity.id)
        broader = tuple(sorted(ids[iri] for iri in above.get(entity.iri, ()) if iri in ids))
        name = notation if entity.name == entity.id else entity.name
        made.append(Category(entity.iri, entity.id, name, notation, broader))
    return tuple(made)


def _papers(belief: _Belief, iris: Iterable[str], links: _Links, ids: _Ids) -> Iterator[Paper]:
    titles, cut = belief.values(v.DCTERMS_TITLE), belief.values(v.CK_TRUNCATED)
    issued, inferred = belief.values(v.DCTERMS_ISSUED), belief.values(v.CK_ISSUED_INFERRED)
    nothing: set[str] = set()
    for iri in iris:
        byline = sorted(
            (position is None, position or 0, ids.authors[author])
            for author, position in links.bylines[iri].items()
        )
        primary = min((ids.categories[c] for c in links.primary.get(iri, nothing)), default=None)
        subjects = links.subjects.get(iri, nothing) | links.primary.get(iri, nothing)
        stated, completed = _year(issued.get(iri, nothing)), _year(inferred.get(iri, nothing))
        yield Paper(
            iri=iri,
            id=belief.id(iri),
            name=_chosen(titles.get(iri, nothing), belief.id(iri)),
            authors=tuple(author for _, _, author in byline),
            positions=tuple(None if hidden else position for hidden, position, _ in byline),
            institutions=tuple(sorted(ids.institutions[i] for i in links.institutions.get(iri, nothing))),
            category=primary,
            categories=tuple(sorted(ids.categories[c] for c in subjects)),
            year=completed if stated is None else stated,
            year_inferred=stated is None and completed is not None,
            truncated=cut.get(iri, nothing).isdisjoint({"false", "0"}),
        )


def _position(values: Iterable[str]) -> int | None:
    return min((int(value) for value in values if value.isdecimal()), default=None)


def _year(dates: Iterable[str]) -> int | None:
    return min((int(found[0]) for date in dates if (found := _YEAR.match(date))), default=None)


def _reported(belief: _Belief, authors: Mapping[str, int]) -> tuple[Reported, ...]:
    data, measures = belief.links(v.BIDO_WITH_DATA), belief.links(v.BIDO_HAS_MEASURE)
    values, sources = belief.values(v.BIDO_NUMERIC_VALUE), belief.links(v.BIDO_ACCORDING_TO)
    dates = belief.values(v.PROV_GENERATED_AT)
    found = {
        Reported(authors[author], measure, source, min(dates.get(held, {""})), _number(value))
        for author, metrics in belief.links(v.BIDO_HOLDS).items()
        if author in authors
        for held in metrics
        for source in sources.get(held, ())
        for datum in data.get(held, ())
        for measure in measures.get(datum, ())
        for value in values.get(datum, ())
    }
    return tuple(sorted(row for row in found if math.isfinite(row.value)))


def _ties(belief: _Belief, authors: Mapping[str, int]) -> tuple[Tie, ...]:
    """The links of network files, those of one pair as one; a tie of somebody with themselves is none."""
    weights, found = belief.values(v.CK_WEIGHT_AS_GIVEN), defaultdict[tuple[int, ...], list[float]](list)
    for tie, members in belief.links(v.CK_MEMBER).items():
        ends = tuple(sorted(authors[member] for member in members if member in authors))
        weight = math.fsum(map(_number, weights.get(tie, ())))
        if tie in weights and len(ends) == 2 and math.isfinite(weight):  # an update may write anything
            found[ends].append(weight)
    return tuple(sorted(Tie(one, other, _whole(math.fsum(sizes))) for (one, other), sizes in found.items()))


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _number(lexical: str) -> float:
    """An int when it is written as one, so that a page prints 35 and not 35.0; nan when it is no number."""
    try:
        return int(lexical)
    except ValueError:
        try:
            return float(lexical)
        except ValueError:
            return math.nan


def typed_graph(snapshot: Mirror) -> networkx.Graph:
    """Return the whole mirror as one network: a node per paper, author, institution and category.

    Nodes are IRIs with `kind`, `name`, `id` (papers also `year`, `truncated`); edges run from papers and have
    `relation` ("author", "institution", "category"), those to authors also `position` (None: not shown).
    """
    import networkx

    graph = networkx.Graph(version=snapshot.version)
    kinds: tuple[tuple[str, Sequence[Thing]], ...] = (
        ("author", snapshot.authors),
        ("institution", snapshot.institutions),
        ("category", snapshot.categories),
    )
    for kind, things in kinds:
        graph.add_nodes_from((t.iri, {"kind": kind, "name": t.name, "id": t.id}) for t in things)
    for paper in snapshot.papers:
        graph.add_node(
            paper.iri, kind="paper", name=paper.name, id=paper.id, year=paper.year, truncated=paper.truncated
        )
        for author, position in zip(paper.authors, paper.positions, strict=True):
            graph.add_edge(paper.iri, snapshot.authors[author].iri, relation="author", position=position)
        for at in paper.institutions:
            graph.add_edge(paper.iri, snapshot.institutions[at].iri, relation="institution")
        for at in paper.categories:
            graph.add_edge(paper.iri, snapshot.categories[at].iri, relation="category")
    return graph
