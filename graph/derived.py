"""Statements that follow from belief: who wrote with whom. A convenience for queries, rebuilt after each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby, islice
from operator import attrgetter
from typing import Final, TypeAlias, cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .batches import Piece, empty, lines, put_in
from .quads import statements
from .snapshot import MOST_AUTHORS

MOST_PAPERS: Final = 200_000

_FEW: Final = 20_000  # pairs that are compared one by one
_COUNT: Final = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?pair a <%s> } }"

_Key: TypeAlias = tuple[str, str]  # two authors, the first by IRI first
_Compared: TypeAlias = tuple[list[ox.Quad], set[_Key]]  # statements that hold no more, pairs to be told

# Terms as N-Quads spell them.
_WITH, _MEMBER = str(v.DBLP_COAUTHOR_WITH), str(v.CK_MEMBER)
_IS_PAIR: Final = f"{v.RDF_TYPE} {v.CK_COAUTHORSHIP}"
_PAPERS, _WEIGHT = str(v.CK_JOINT_PAPERS), str(v.CK_FRACTIONAL_WEIGHT)
_FIRST, _LAST = str(v.CK_FIRST_YEAR), str(v.CK_LAST_YEAR)
_INTEGER, _DECIMAL = str(v.XSD_INTEGER), str(v.XSD_DECIMAL)


@dataclass(slots=True)
class _Pair:
    """Filled paper by paper."""

    joint_papers: int
    fractional: Fraction
    first_year: int | None
    last_year: int | None

    def add(self, share: Fraction, year: int | None) -> None:
        self.joint_papers += 1
        self.fractional += share
        if year is not None:
            self.first_year = year if self.first_year is None else min(self.first_year, year)
            self.last_year = year if self.last_year is None else max(self.last_year, year)


def pairs(engine: ox.Store, base: str, most_authors: int = MOST_AUTHORS) -> Iterator[Triple]:
    """Yield the statements of each two authors with joint papers, all authors known of a paper counted.

    A paper with more than `most_authors` makes no pairs; how many do so is said of the derived graph itself.
    Years are printed ones only. `ck:fractionalWeight` is the sum of 1/(k-1) over joint papers with k known authors.

    Cost: O(sum of k² over papers).
    Source: M. E. J. Newman 2001, doi:10.1103/PhysRevE.64.016132 (the fractional weight).
    """
    found, capped = _found(engine, _bylines(engine), most_authors)
    for text in _spelled(found, capped, base, most_authors):
        yield from (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def _found(
    engine: ox.Store, bylines: Mapping[str, set[str]], most_authors: int
) -> tuple[dict[_Key, _Pair], int]:
    """Return the pairs, and how many papers have too many authors to make some."""
    found: dict[_Key, _Pair] = {}
    capped, years = 0, _years(engine)
    for paper, authors in bylines.items():
        if len(authors) > most_authors:
            capped += 1
            continue
        year, share = years.get(paper), Fraction(1, max(len(authors) - 1, 1))
        for pair in combinations(sorted(authors), 2):
            known = found.get(pair)
            if known is None:  # most pairs have one paper
                found[pair] = _Pair(1, share, year, year)
            else:
                known.add(share, year)
    return found, capped


def rebuild(
    engine: ox.Store,
    base: str,
    *,
    is_wanted: bool = True,
    most_authors: int = MOST_AUTHORS,
    touched: Collection[str] | None = None,
) -> None:
    """Make the derived graph what follows from belief now; nothing when it is not wanted, or grows too large.

    Above `MOST_PAPERS` papers it would outgrow belief; nothing of ours reads it. Pairs that stay as they are are not
    touched: reading one costs a tenth of taking it out.

    Args:
        touched: the things of which belief may say something else than before, where that is known; the pairs of others
            are not even read, which costs 160 µs each.
    """
    graph = v.derived_graph(base)
    if not is_wanted or _has_too_many(engine):
        empty(engine, graph)
        return
    bylines = _bylines(engine)
    found, capped = _found(engine, bylines, most_authors)
    few = None if touched is None else _affected(engine, graph, found, bylines, set(touched))
    compared = None if few is None else _compared_among(engine, graph, few, found, base)
    gone, come = _compared(engine, graph, found, base) if compared is None else compared
    for quad in gone:
        engine.remove(quad)
    told = {key: found[key] for key in come}
    put_in(engine, (Piece(text, (graph,)) for text in _spelled(told, capped, base, most_authors)))


def _affected(
    engine: ox.Store,
    graph: NamedNode,
    found: Mapping[_Key, _Pair],
    bylines: Mapping[str, set[str]],
    touched: set[str],
) -> set[_Key] | None:
    """Return the pairs that may be other than before, those of papers and authors that were touched; None for many."""
    pairs: set[_Key] = set()
    for iri in touched:
        pairs.update(combinations(sorted(bylines.get(iri, ())), 2))
        for node, _, _ in statements(engine, None, v.CK_MEMBER, NamedNode(iri), graph):
            ends = sorted(o.value for _, _, o in statements(engine, node, v.CK_MEMBER, graph=graph))
            pairs.add((ends[0], ends[-1]))
        if len(pairs) > _FEW:
            return None
    pairs.update(key for key in found if not touched.isdisjoint(key))
    return pairs if len(pairs) <= _FEW else None


def _compared_among(
    engine: ox.Store, graph: NamedNode, few: Collection[_Key], found: Mapping[_Key, _Pair], base: str
) -> _Compared | None:
    """Compare these pairs alone; None where others are not as they were either: the cap was another one, say."""
    gone = list(engine.quads_for_pattern(graph, None, None, graph))  # how many papers make none
    come: set[_Key] = set()
    grown = 0
    for key in few:
        quads = list(engine.quads_for_pattern(NamedNode(_node(key, base)), None, None, graph))
        if key in found and {str(quad.triple) for quad in quads} == set(_facts(key, found[key], base)):
            continue
        gone += quads
        grown += (key in found) - bool(quads)
        if key in found:
            come.add(key)
        else:
            a, b = map(NamedNode, key)
            gone += [ox.Quad(one, v.DBLP_COAUTHOR_WITH, other, graph) for one, other in ((a, b), (b, a))]
    told = cast(ox.QuerySolutions, engine.query(_COUNT % (graph.value, v.CK_COAUTHORSHIP.value)))
    known = next(int(row["n"].value) for row in told)
    return (gone, come) if known + grown == len(found) else None


def _compared(engine: ox.Store, graph: NamedNode, found: Mapping[_Key, _Pair], base: str) -> _Compared:
    """Return the statements of the graph that hold no more, and the pairs of which not all is there."""
    nodes = {_node(key, base): key for key in found}
    gone: list[ox.Quad] = []
    whole: set[_Key] = set()
    told: Counter[_Key] = Counter()  # pairs, by the directions in which the authors are said to be co-authors
    for subject, group in groupby(statements(engine, graph=graph), key=attrgetter("subject")):
        claims = [ox.Triple(*claim) for claim in group]
        key = nodes.get(subject.value)
        if key and set(map(str, claims)) == set(_facts(key, found[key], base)):
            whole.add(key)
            continue
        for claim in claims:
            ends = sorted((str(subject.value), str(getattr(claim.object, "value", ""))))
            if claim.predicate == v.DBLP_COAUTHOR_WITH and (way := (ends[0], ends[1])) in found:
                told[way] += 1
            else:
                gone.append(ox.Quad(claim.subject, claim.predicate, claim.object, graph))
    return gone, {key for key in found if key not in whole or told[key] != len(set(key))}


def _has_too_many(engine: ox.Store) -> bool:
    papers = statements(engine, predicate=v.RDF_TYPE, value=v.SOA_WORK)
    return next(islice(papers, MOST_PAPERS, None), None) is not None


def _bylines(engine: ox.Store) -> dict[str, set[str]]:
    bylines: dict[str, set[str]] = {}
    for paper, _, author in statements(engine, predicate=v.DCTERMS_CREATOR):
        if isinstance(author, NamedNode):  # a stranger's update may have written anything
            bylines.setdefault(paper.value, set()).add(author.value)
    return bylines


def _years(engine: ox.Store) -> dict[str, int]:
    """Paper → the earliest year that a source prints for it."""
    years: dict[str, int] = {}
    for paper, _, day in statements(engine, predicate=v.DCTERMS_ISSUED):
        year = int(day.value[:4])
        years[paper.value] = min(year, years.get(paper.value, year))
    return years


def _node(key: _Key, base: str) -> str:
    head = f"{base}author/"
    return f"{base}pair/{key[0].removeprefix(head)}--{key[1].removeprefix(head)}"


def _facts(key: _Key, pair: _Pair, base: str) -> list[str]:
    """What is said of a pair itself: every fifth statement of a store, so they are spelled out, without objects."""
    node = f"<{_node(key, base)}>"
    weight = f"{float(pair.fractional):.12f}".rstrip("0").removesuffix(".")  # as the engine gives it back
    said = [
        f"{node} {_IS_PAIR}",
        *(f"{node} {_MEMBER} <{author}>" for author in key),
        f'{node} {_PAPERS} "{pair.joint_papers}"^^{_INTEGER}',
        f'{node} {_WEIGHT} "{weight}"^^{_DECIMAL}',
    ]
    if pair.first_year is not None:
        said.append(f'{node} {_FIRST} "{pair.first_year}"^^{_INTEGER}')
        said.append(f'{node} {_LAST} "{pair.last_year}"^^{_INTEGER}')
    return said


def _spelled(found: Mapping[_Key, _Pair], capped: int, base: str, most_authors: int) -> Iterator[str]:
    """Yield all that is said of each pair, and how many papers make none where there are any, as N-Triples."""
    for key, pair in found.items():
        a, b = key
        yield " .\n".join((f"<{a}> {_WITH} <{b}>", f"<{b}> {_WITH} <{a}>", *_facts(key, pair, base), ""))
    if capped:
        said = (("ck:mostAuthors", most_authors), ("ck:papersWithoutPairs", capped))
        graph = v.derived_graph(base)
        yield lines(Triple(graph, v.term(name), Literal(number)) for name, number in said)
