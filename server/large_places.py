"""What stands on the papers of an institution or a category of very many, counted in the mirror.

The named query of the panel gives the same, of equals in another order; it walks from each paper, which takes seconds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from pyoxigraph import NamedNode

from collegium.graph.columns import NO_YEAR
from collegium.graph.errors import NotFound
from collegium.graph.items import index_of
from collegium.graph.projections import things_of
from collegium.graph.quads import BELIEF
from collegium.graph.rows import Rows
from collegium.graph.vocabulary import FOAF_GROUP, RDF_TYPE

from .editions import Edition
from .panels import MOST_ROWS, Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from collegium.graph.columns import Columns
    from collegium.graph.snapshot import Mirror

# Named query → what it counts, and the column that names it.
_COUNTED: Final = {
    "category_authors": ("author", "author"),
    "institution_partners": ("institution", "other"),
    "institution_categories": ("category", "category"),
}


def large_rows(found: Edition, query: str, kind: str, identifier: str) -> list[Row] | None:
    """Return the rows of a named query on one institution or category, at most `MOST_ROWS`; None for other queries."""
    if query not in _COUNTED and query != "category_neighbours":
        return None
    columns = _of_people(found)
    own = next(at for at, thing in enumerate(things_of(found.mirror, kind)) if thing.id == identifier)
    held = _of(columns, kind)
    chosen = np.zeros(len(columns), np.bool_)
    chosen[held.number[held.ends == own]] = True
    if query == "category_neighbours":
        return _neighbours(found, columns, chosen, own)
    what, key = _COUNTED[query]
    rows, listed = _of(columns, what).take(chosen), things_of(found.mirror, what)
    counts = np.bincount(rows.ends, minlength=len(listed))
    if what == kind:
        counts[own] = 0
    first, last = _spans(rows, columns, chosen, len(listed))
    return [
        {
            key: listed[at].iri,
            "name": listed[at].name,
            "papers": int(counts[at]),
            "first_year": int(first[at]) if first[at] <= last[at] else None,
            "last_year": int(last[at]) if first[at] <= last[at] else None,
        }
        for at in _most(counts)
    ]


def _of_people(found: Edition) -> Columns:
    """The columns without groups, who sign papers and are no creators of them."""
    mirror, columns = found.mirror, found.mirror.columns
    groups = found.engine.quads_for_pattern(None, RDF_TYPE, FOAF_GROUP, BELIEF)
    iris = (quad.subject.value for quad in groups if isinstance(quad.subject, NamedNode))
    known = {at for at in (_number_of(mirror, iri) for iri in iris) if at is not None}
    if not known:
        return columns
    return replace(columns, authors=columns.authors.where(~np.isin(columns.authors.ends, list(known))))


def _number_of(mirror: Mirror, iri: str) -> int | None:
    try:
        return index_of("author", mirror.authors, iri)
    except NotFound:
        return None


def _neighbours(found: Edition, columns: Columns, chosen: NDArray[np.bool_], own: int) -> list[Row]:
    """The other categories of authors who have papers in one, by how many of these authors."""
    categories = found.mirror.categories
    here = np.zeros(len(found.mirror.authors), np.bool_)
    here[columns.authors.take(chosen).ends] = True
    theirs = columns.authors.where(here[columns.authors.ends])
    met = theirs.matrix(len(here)).T @ columns.categories.matrix(len(categories))
    authors = np.bincount(met.tocoo().col, minlength=len(categories))
    papers = np.bincount(columns.categories.take(chosen).ends, minlength=len(categories))
    authors[own] = 0
    return [
        {
            "neighbour": categories[at].iri,
            "name": categories[at].name,
            "authors": int(authors[at]),
            "papers": int(papers[at]),
        }
        for at in _most(authors)
    ]


def _of(columns: Columns, kind: str) -> Rows:
    return {"author": columns.authors, "institution": columns.institutions, "category": columns.categories}[
        kind
    ]


def _spans(
    rows: Rows, columns: Columns, chosen: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The first and the last printed year of each of so many things; the first after the last where there is none."""
    years = np.where(columns.year_inferred, NO_YEAR, columns.years).astype(np.int32)[chosen][rows.number]
    is_known = years != NO_YEAR
    first, last = np.full(count, 10_000, np.int32), np.full(count, -10_000, np.int32)
    np.minimum.at(first, rows.ends[is_known], years[is_known])
    np.maximum.at(last, rows.ends[is_known], years[is_known])
    return first, last


def _most(counts: NDArray[np.int64]) -> list[int]:
    """The numbers of what is counted at all, most first, then in their order."""
    order = np.argsort(-counts, kind="stable")[:MOST_ROWS]
    found: list[int] = order[counts[order] > 0].tolist()
    return found
