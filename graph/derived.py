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
from .quads import statements
from .snapshot import MOST_AUTHORS

MOST_PAPERS: Final = 200_000


@dataclass(slots=True)
class _Pair:
    """Filled paper by paper."""

    joint_papers: int = 0
    fractional: Fraction = Fraction(0)
    first_year: int | None = None
    last_year: int | None = None

    def add(self, authors: int, year: int | None) -> None:
        self.joint_papers += 1
        self.fractional += Fraction(1, authors - 1)
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
    found: dict[tuple[str, str], _Pair] = {}
    capped = 0
    for paper, authors in _bylines(engine).items():
        if len(authors) > most_authors:
            capped += 1
            continue
        year = _year(engine, paper)
        for pair in combinations(sorted(authors), 2):
            found.setdefault(pair, _Pair()).add(len(authors), year)
    for (a, b), pair_facts in found.items():
        yield from _statements(a, b, pair_facts, base)
    if capped:
        yield Triple(v.derived_graph(base), v.term("ck:mostAuthors"), Literal(most_authors))
        yield Triple(v.derived_graph(base), v.term("ck:papersWithoutPairs"), Literal(capped))


def rebuild(engine: ox.Store, base: str, *, is_wanted: bool = True, most_authors: int = MOST_AUTHORS) -> None:
    """Replace the derived graph by what follows from belief now; by nothing when it is not wanted, or grows too large.

    Above `MOST_PAPERS` papers it would outgrow belief; nothing of ours reads it.
    """
    graph = v.derived_graph(base)
    engine.remove_graph(graph)
    if not is_wanted or _has_too_many(engine):
        return
    engine.bulk_extend(
        ox.Quad(t.subject, t.predicate, t.object, graph) for t in pairs(engine, base, most_authors)
    )


def _has_too_many(engine: ox.Store) -> bool:
    papers = statements(engine, predicate=v.RDF_TYPE, value=v.SOA_WORK)
    return next(islice(papers, MOST_PAPERS, None), None) is not None


def _bylines(engine: ox.Store) -> dict[NamedNode, set[str]]:
    bylines: dict[NamedNode, set[str]] = {}
    for paper, _, author in statements(engine, predicate=v.DCTERMS_CREATOR):
        bylines.setdefault(paper, set()).add(author.value)
    return bylines


def _year(engine: ox.Store, paper: NamedNode) -> int | None:
    """The earliest year that a source prints for the paper."""
    dates = statements(engine, paper, v.DCTERMS_ISSUED)
    return min((int(day.value[:4]) for _, _, day in dates), default=None)


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
