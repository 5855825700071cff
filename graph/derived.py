"""Statements that follow from belief: who wrote with whom. A convenience for queries, rebuilt after each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from . import vocabulary as v
from .batches import lines, put_in
from .quads import statements
from .snapshot import MOST_AUTHORS

MOST_PAPERS: Final = 200_000


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
    for told in _told(engine, base, most_authors):
        yield from told


def _told(engine: ox.Store, base: str, most_authors: int) -> Iterator[list[Triple]]:
    """Yield what is said of each pair, then of papers without pairs."""
    found: dict[tuple[str, str], _Pair] = {}
    capped, years = 0, _years(engine)
    for paper, authors in _bylines(engine).items():
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
    for (a, b), pair_facts in found.items():
        yield list(_statements(a, b, pair_facts, base))
    if capped:
        graph = v.derived_graph(base)
        yield [Triple(graph, v.term("ck:mostAuthors"), Literal(most_authors))]
        yield [Triple(graph, v.term("ck:papersWithoutPairs"), Literal(capped))]


def rebuild(engine: ox.Store, base: str, *, is_wanted: bool = True, most_authors: int = MOST_AUTHORS) -> None:
    """Replace the derived graph by what follows from belief now; by nothing when it is not wanted, or grows too large.

    Above `MOST_PAPERS` papers it would outgrow belief; nothing of ours reads it.
    """
    graph = v.derived_graph(base)
    engine.remove_graph(graph)
    if not is_wanted or _has_too_many(engine):
        return
    put_in(engine, (lines(told, graph) for told in _told(engine, base, most_authors)))


def _has_too_many(engine: ox.Store) -> bool:
    papers = statements(engine, predicate=v.RDF_TYPE, value=v.SOA_WORK)
    return next(islice(papers, MOST_PAPERS, None), None) is not None


def _bylines(engine: ox.Store) -> dict[str, set[str]]:
    bylines: dict[str, set[str]] = {}
    for paper, _, author in statements(engine, predicate=v.DCTERMS_CREATOR):
        bylines.setdefault(paper.value, set()).add(author.value)
    return bylines


def _years(engine: ox.Store) -> dict[str, int]:
    """Paper → the earliest year that a source prints for it."""
    years: dict[str, int] = {}
    for paper, _, day in statements(engine, predicate=v.DCTERMS_ISSUED):
        year = int(day.value[:4])
        years[paper.value] = min(year, years.get(paper.value, year))
    return years


def _statements(a: str, b: str, pair: _Pair, base: str) -> Iterator[Triple]:
    one, other = NamedNode(a), NamedNode(b)
    yield Triple(one, v.DBLP_COAUTHOR_WITH, other)
    yield Triple(other, v.DBLP_COAUTHOR_WITH, one)
    head = f"{base}author/"
    node = NamedNode(f"{base}pair/{a.removeprefix(head)}--{b.removeprefix(head)}")
    yield Triple(node, v.RDF_TYPE, v.CK_COAUTHORSHIP)
    yield Triple(node, v.CK_MEMBER, one)
    yield Triple(node, v.CK_MEMBER, other)
    yield Triple(node, v.CK_JOINT_PAPERS, Literal(pair.joint_papers))
    weight = f"{float(pair.fractional):.12f}".rstrip("0")
    weight = weight + "0" if weight.endswith(".") else weight
    yield Triple(node, v.CK_FRACTIONAL_WEIGHT, Literal(weight, datatype=v.XSD_DECIMAL))
    if pair.first_year is not None and pair.last_year is not None:
        yield Triple(node, v.CK_FIRST_YEAR, Literal(pair.first_year))
        yield Triple(node, v.CK_LAST_YEAR, Literal(pair.last_year))
